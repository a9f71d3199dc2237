"""Asking for the certificates of a session (R6): all checked, frozen and numbered in one transaction."""

from datetime import date
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from certif.documents.archive import nom_fichier
from certif.documents.donnees import DonneesCertificat
from certif.domaine.acteur import Acteur
from certif.domaine.certificats.modeles import CertificatEmis, LigneRegistre, StatutRegistre
from certif.domaine.certificats.obstacles import empechement, obstacles
from certif.domaine.certificats.registre import numeros
from certif.domaine.certificats.registre.empreintes import empreinte
from certif.domaine.entites.logos import logo_imprime
from certif.domaine.erreurs import Introuvable, Refus, ServiceIndisponible
from certif.domaine.libelles.certificats import generation as textes
from certif.domaine.noms import majuscules, nom_affiche
from certif.domaine.personnes.modeles import Entite
from certif.domaine.referentiel.modeles import Certificat, Habilitation
from certif.domaine.sessions.droits.conditions import exiger_habilitation
from certif.domaine.sessions.droits.lecture import lire_droits
from certif.domaine.sessions.etats import Action, Etat, generation_deja_demandee
from certif.domaine.sessions.modeles import SessionCertification, Stagiaire
from certif.domaine.sessions.modification import conclure, ouvrir
from certif.domaine.sessions.portee import visible_de
from certif.domaine.sessions.regles import validite
from certif.domaine.sessions.valeurs import Identification, Resultat
from certif.socle.adresses import adresse
from certif.socle.base.extensions import db
from certif.socle.base.transaction import apres_commit, transaction
from certif.socle.base.verrou import attendre
from certif.socle.file import enfiler
from certif.socle.horloge import aujourd_hui, maintenant
from certif.socle.rupture import point_de_rupture


def demander_generation(acteur: Acteur, numero: int, version: int) -> None:
    """Freeze the data, allocate the numbers and have the certificates made; a repeated click does nothing.

    Raises:
        Introuvable, VersionPerimee, ActionImpossible: as for any move.
        Refus: R2, R3 or R6 does not hold; a duplicate or a name that cannot be printed is named.
        ServiceIndisponible: the store does not answer or has no room.
    """
    if not acteur.est_entite:
        raise Introuvable
    # Asked before the session is held: a store in trouble answers slowly.
    nombre = _nombre_de_reussites(acteur, numero)
    obstacle = empechement(nombre) if nombre else None
    try:
        _demander(acteur, numero, version, obstacle)
    except IntegrityError:
        # Somebody else's certificates went in between: judged again, they give a refusal that names whom.
        _demander(acteur, numero, version, obstacle)


def _demander(acteur: Acteur, numero: int, version: int, obstacle: str | None) -> None:
    with transaction():
        session_certif = ouvrir(
            acteur, numero, version, Action.GENERER, deja=lambda s: generation_deja_demandee(s.etat)
        )
        if session_certif is None:
            return
        habilitation = _verifier(session_certif)
        if obstacle is not None:
            raise ServiceIndisponible(obstacle)
        emis = [_emettre(session_certif, stagiaire, habilitation) for stagiaire in session_certif.reussites]
        _verifier_l_impression(emis[0]["donnees"])
        session_certif.generation_demandee_le = maintenant()
        session_certif.certificats_total = len(emis)
        session_certif.certificats_produits = session_certif.certificats_en_echec = 0
        session_certif.zip_cle = None
        conclure(session_certif, acteur, Action.GENERER)
        db.session.flush()
        db.session.execute(insert(CertificatEmis), emis)
        point_de_rupture("generation_avant_commit")
        apres_commit(enfiler, "produire_certificats", numero)
    point_de_rupture("generation_apres_commit")


def _nombre_de_reussites(acteur: Acteur, numero: int) -> int:
    """How many certificates this actor could ask for now: 0 too where the move will be refused."""
    requete = (
        select(func.count())
        .select_from(Stagiaire)
        .join(SessionCertification)
        .where(SessionCertification.numero == numero, visible_de(acteur))
        .where(SessionCertification.etat == Etat.VALIDATION_ENTITE, Stagiaire.resultat == Resultat.REUSSITE)
    )
    return db.session.scalar(requete) or 0


def _verifier(session_certif: SessionCertification) -> Habilitation:
    """Every rule of R6 on the data now in force; gives the habilitation to freeze."""
    # One generation of an entité after the other: the index of the register does not see across versions.
    attendre(select(Entite.id).filter_by(id=session_certif.entite_id), cle_seule=True)
    droits = lire_droits([session_certif])
    if trouves := obstacles(session_certif, droits):
        raise Refus(" ".join(refus.message for refus in trouves), trouves[0].regle)
    return exiger_habilitation(session_certif, droits)


def _emettre(
    session_certif: SessionCertification, stagiaire: Stagiaire, habilitation: Habilitation
) -> dict[str, Any]:
    """The row of one certificate to be made, with its number, whose line is added to the register."""
    certificat, date_fin = _certificat(session_certif), _date_fin(session_certif)
    numero = numeros.nouveau()
    donnees = geler(session_certif, stagiaire, habilitation, numero)
    identite = empreinte(stagiaire.nom, stagiaire.prenom, _naissance(stagiaire))
    db.session.add(
        LigneRegistre(
            numero=numero,
            session_numero=session_certif.numero,
            certificat_id=certificat.id,
            certificat_libelle=donnees.certificat_libelle,
            certificat_titre=donnees.certificat_titre,
            entite_id=session_certif.entite_id,
            raison_sociale=donnees.entite,
            nom_commercial=donnees.nom_commercial,
            habilitation_id=habilitation.id,
            habilitation_numero=donnees.habilitation_numero,
            habilitation_debut=habilitation.debut,
            habilitation_fin=habilitation.fin,
            formateur_id=session_certif.formateur_id,
            identification=session_certif.identification,
            date_fin=date_fin,
            fin_validite=donnees.fin_validite,
            statut=StatutRegistre.RESERVE,
            demande_le=maintenant(),
            empreinte_identite=identite.valeur,
            cle_id=identite.cle_id,
            version_normalisation=identite.version,
        )
    )
    return {
        "session_numero": session_certif.numero,
        "stagiaire_id": stagiaire.id,
        "numero": numero,
        "donnees": donnees.en_json(),
        "nom_fichier": nom_fichier(date_fin, certificat.libelle, donnees.nom, donnees.prenom, numero),
    }


def geler(
    session_certif: SessionCertification, stagiaire: Stagiaire, habilitation: Habilitation, numero: str
) -> DonneesCertificat:
    """Everything that the certificate will say; nothing is looked up after this."""
    entite, nom = session_certif.entite, session_certif.nom_commercial
    certificat, date_fin, formateur = (
        _certificat(session_certif),
        _date_fin(session_certif),
        session_certif.formateur,
    )
    if formateur is None:
        raise ValueError("a submitted session has a formateur")
    logo, porte_le_nom = logo_imprime(entite, nom)
    return DonneesCertificat(
        numero=numeros.presenter(numero),
        entite=entite.raison_sociale,
        nom=majuscules(stagiaire.nom),
        prenom=stagiaire.prenom,
        date_naissance=_naissance(stagiaire),
        certificat_libelle=certificat.libelle,
        certificat_titre=certificat.titre,
        dispositif_niveau=certificat.niveau.libelle,
        date_fin=date_fin,
        lieu=session_certif.lieu,
        identification=(session_certif.identification or Identification.INITIAL).libelle,
        formateur=nom_affiche(formateur.nom, formateur.prenom),
        habilitation_numero=habilitation.numero,
        debut_validite=date_fin,
        fin_validite=validite.fin_validite(date_fin, certificat.mois_validite),
        emis_le=aujourd_hui(),
        signataire=entite.signataire,
        signataire_qualite=entite.signataire_qualite,
        nom_commercial=nom.libelle if nom else "",
        logo=logo,
        logo_porte_le_nom=porte_le_nom,
        gabarit=certificat.gabarit,
        adresse_verification=adresse(f"/v/{numero}"),
    )


def _verifier_l_impression(donnees: dict[str, str | bool | None]) -> None:
    """What all the certificates of the session share must be printable; the names were judged before."""
    # Reads the fonts: only who generates needs them.
    from certif.documents.rendu.caracteres import imprimable

    messages = [
        textes.non_imprimable(champ, " ".join(refuses))
        for champ, texte in donnees.items()
        if isinstance(texte, str) and champ not in ("nom", "prenom") and (refuses := imprimable(texte))
    ]
    if messages:
        raise Refus(" ".join(messages), "R6")


def _date_fin(session_certif: SessionCertification) -> date:
    if session_certif.date_fin is None:
        raise ValueError("a submitted session has an end date")
    return session_certif.date_fin


def _certificat(session_certif: SessionCertification) -> Certificat:
    if session_certif.certificat is None:
        raise ValueError("a submitted session has a certificat")
    return session_certif.certificat


def _naissance(stagiaire: Stagiaire) -> date:
    if stagiaire.date_naissance is None:
        raise ValueError("a submitted stagiaire has a birth date")
    return stagiaire.date_naissance
