"""What a certificate will look like, before it is generated: a specimen that proves nothing."""

from datetime import date

from certif.documents.archive import nom_de_session, nom_fichier
from certif.documents.certificat.apercu import rendre_specimen
from certif.documents.de_session.apercus import demander_specimens
from certif.documents.donnees import DonneesCertificat
from certif.documents.hors_processus import DocumentIndisponible
from certif.domaine.acteur import Acteur
from certif.domaine.certificats.generation import geler
from certif.domaine.entites import logos
from certif.domaine.entites.chargement import nom_commercial_de
from certif.domaine.erreurs import ActionImpossible, Introuvable, ServiceIndisponible
from certif.domaine.libelles.certificats.generation import SANS_CERTIFICAT
from certif.domaine.libelles.typographie import francais
from certif.domaine.personnes.titulaires import entite_de
from certif.domaine.referentiel.lectures import certificat_d_exemple
from certif.domaine.sessions.droits.conditions import exiger_habilitation
from certif.domaine.sessions.etats import Action, mouvement
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.portee import charger
from certif.domaine.sessions.regles import validite
from certif.domaine.sessions.valeurs import Identification
from certif.socle.horloge import aujourd_hui

SPECIMEN = "SPECIMEN"


def apercu(acteur: Acteur, numero: int, stagiaire_id: int) -> tuple[str, bytes]:
    """The name and the bytes of the specimen of one réussite, while its session waits to be generated.

    Raises:
        Introuvable: not this actor's session, not one of its réussites, or not to be generated now.
        Refus: no habilitation covers F: there is nothing true to print.
        ServiceIndisponible: it cannot be laid out, or not now.
    """
    session_certif = _a_generer(acteur, numero)
    stagiaire = next((s for s in session_certif.reussites if s.id == stagiaire_id), None)
    if stagiaire is None:
        raise Introuvable
    return _rendre(geler(session_certif, stagiaire, exiger_habilitation(session_certif), SPECIMEN))


def apercus(acteur: Acteur, numero: int) -> tuple[str, bytes]:
    """The same of all its réussites, in one file.

    Raises:
        Introuvable: not this actor's session, without réussite, or not to be generated now.
        Refus: no habilitation covers F.
        ServiceIndisponible: they cannot be laid out, or not now.
    """
    session_certif = _a_generer(acteur, numero)
    reussites = session_certif.reussites
    if not reussites:
        raise Introuvable
    habilitation = exiger_habilitation(session_certif)
    geles = [geler(session_certif, stagiaire, habilitation, SPECIMEN) for stagiaire in reussites]
    gele = geles[0]
    try:
        pdf = demander_specimens(geles, logos.lire(gele.logo), f"Aperçus de la session n°{numero}")
    except DocumentIndisponible as erreur:
        raise ServiceIndisponible(erreur.message) from erreur
    return nom_de_session(gele.date_fin, gele.certificat_libelle, "specimens", numero, "pdf"), pdf


def _a_generer(acteur: Acteur, numero: int) -> SessionCertification:
    session_certif = charger(acteur, numero)
    transition = mouvement(session_certif.etat, Action.GENERER)
    if transition is None or acteur.role.value not in transition.qui:
        raise Introuvable
    return session_certif


def apercu_de_l_entite(acteur: Acteur, nom_id: int | None = None) -> tuple[str, bytes]:
    """The name and the bytes of a specimen in the name of the entité, or of one of its trade names.

    The trainee is nobody; the certificat is one that the entité may deliver, or any, and so is the place.

    Raises:
        Introuvable: not this actor's entité, or not one of its trade names.
        ActionImpossible: there is no certificat at all yet.
        ServiceIndisponible: it cannot be laid out, or not now.
    """
    if acteur.entite_id is None:
        raise Introuvable
    entite = entite_de(acteur.entite_id)
    nom = nom_commercial_de(acteur, nom_id) if nom_id is not None else None
    certificat, habilitation = certificat_d_exemple(entite.id)
    if certificat is None:
        raise ActionImpossible(SANS_CERTIFICAT)
    jour = aujourd_hui()
    logo, porte_le_nom = logos.logo_imprime(entite, nom)
    return _rendre(
        DonneesCertificat(
            numero=SPECIMEN,
            entite=entite.raison_sociale,
            nom="EXEMPLE",
            prenom="Camille",
            date_naissance=date(jour.year - 30, 1, 1),
            certificat_libelle=certificat.libelle,
            certificat_titre=certificat.titre,
            dispositif_niveau=certificat.niveau.libelle,
            date_fin=jour,
            lieu=f"{entite.code_postal} {entite.ville}".strip() or "Lieu de la formation",
            identification=Identification.INITIAL.libelle,
            formateur="FORMATEUR Dominique",
            habilitation_numero=habilitation.numero if habilitation else francais("N° d'habilitation"),
            debut_validite=jour,
            fin_validite=validite.fin_validite(jour, certificat.mois_validite),
            emis_le=jour,
            signataire=entite.signataire,
            signataire_qualite=entite.signataire_qualite,
            logo=logo,
            logo_porte_le_nom=porte_le_nom,
            gabarit=certificat.gabarit,
            nom_commercial=nom.libelle if nom else "",
        )
    )


def _rendre(donnees: DonneesCertificat) -> tuple[str, bytes]:
    try:
        pdf = rendre_specimen(donnees, logos.lire(donnees.logo))
    except DocumentIndisponible as erreur:
        raise ServiceIndisponible(erreur.message) from erreur
    nom = nom_fichier(donnees.date_fin, donnees.certificat_libelle, donnees.nom, donnees.prenom, SPECIMEN)
    return nom, pdf
