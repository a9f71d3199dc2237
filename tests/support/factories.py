"""Rows for tests, made in one call each: organisations with their people, sessions in any state.

    organisme = un_organisme()                                  # entité, people, habilitation, qualification
    numero = une_session(organisme, Etat.VALIDATION_ENTITE, reussites=3, echecs=1)

Every function commits. Actors and numbers are plain values: they stay good after any commit or in any thread.
Habilitations and qualifications run from 2020 to 2040, so that the clock of a test is free.
"""

import itertools
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select

from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.certificats.generation import demander_generation
from certif.domaine.certificats.production.certificats import produire
from certif.domaine.entites import logos
from certif.domaine.noms import cle
from certif.domaine.personnes.modeles import Entite, Individu, NomCommercial, NomPris, Role, indexer_individu
from certif.domaine.personnes.personnes import nouveau_timbre
from certif.domaine.referentiel.modeles import (
    Certificat,
    Dispositif,
    Habilitation,
    Niveau,
    Qualification,
    TypeNiveau,
)
from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.modeles import SessionCertification, Soumission, Stagiaire
from certif.domaine.sessions.modeles_annexes import Proposition
from certif.domaine.sessions.modification import conclure
from certif.domaine.sessions.relecture import photographier
from certif.domaine.sessions.valeurs import GenreProposition, Identification, Resultat, TypeLieu
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import aujourd_hui, maintenant

LOGO = (Path(__file__).parents[2] / "certif" / "demo" / "logos" / "marose.png").read_bytes()
DEBUT, FIN = date(2020, 1, 1), date(2040, 12, 31)
_NOMS = ("Lefèvre", "D’Almeida", "Nguyễn", "Petit-Roux", "Łukasik", "Øberg", "Bernard", "Çelik")
_PRENOMS = ("Hélène", "João", "Thị Hồng", "Mehdi", "Zofia", "Anaïs", "Noël")
_LETTRES = "abcdefghijklmnopqrstuvwxyz"
_suite = itertools.count(1)


@dataclass(frozen=True)
class Organisme:
    """An organisation that can certify, with one person in each role."""

    entite_id: int
    niveau_id: int
    certificat_id: int
    habilitation_id: int
    gestionnaire: Acteur
    delegataire: Acteur
    formateur: Acteur


@contextmanager
def ecriture() -> Iterator[None]:
    """A transaction, within another one a part of it; its rows have their ids when it ends."""
    with transaction():
        yield
        db.session.flush()


def une_entite(raison_sociale: str = "MAROSE FORMATION", **colonnes: Any) -> Entite:
    """An organisation; `colonnes` sets any other column."""
    with ecriture():
        entite = Entite(raison_sociale=raison_sociale, **{"nom_confirme": raison_sociale, **colonnes})
        db.session.add(entite)
        db.session.flush()
        _prendre(entite.id, raison_sociale)
    return entite


def _prendre(entite_id: int, nom: str) -> None:
    """The name is taken; admitted where another entité has it."""
    deja = db.session.scalar(select(NomPris.cle).filter_by(cle=cle(nom)).limit(1)) is not None
    db.session.add(NomPris(cle=cle(nom), entite_id=entite_id, admis=deja))


def un_nom_commercial(entite_id: int, libelle: str = "MAROSE SÉCURITÉ") -> int:
    """A trade name of the entité; both have the same logo. Returns its id."""
    with ecriture():
        logo = logos.conserver(LOGO)
        nom = NomCommercial(entite_id=entite_id, libelle=libelle, logo_sha256=logo)
        db.session.add(nom)
        db.session.get_one(Entite, entite_id).logo_sha256 = logo
        _prendre(entite_id, libelle)
    return nom.id


def une_personne(nom: str = "Dupont", prenom: str = "Stéphanie", **colonnes: Any) -> Individu:
    """A person without role, with an e-mail address and a N° of their own."""
    rang = next(_suite)
    valeurs: dict[str, Any] = {
        "numero": f"{_LETTRES[rang // 26 % 26]}{_LETTRES[rang % 26]}X{rang:05}".upper(),
        "email": f"personne{rang}@certif.example",
        "date_naissance": date(1980, 2, 1),
        "cle_nom": cle(nom),
        "cle_prenom": cle(prenom),
        "timbre": nouveau_timbre(),
    }
    with ecriture():
        individu = Individu(nom=nom, prenom=prenom, **{**valeurs, **colonnes})
        db.session.add(individu)
    return individu


def un_alias(de: int, nom: str = "Dupond", **colonnes: Any) -> Individu:
    """A former record of this person, merged into theirs: only its N° still serves."""
    alias = une_personne(nom, **{"email": None, "actif": False, "fusionne_dans_id": de, **colonnes})
    with ecriture():
        indexer_individu(db.session.connection(), db.session.get_one(Individu, de))
    return alias


def un_role(individu_id: int, type_: TypeRole, entite_id: int | None = None, **colonnes: Any) -> Acteur:
    """Give a role to a person, and stand in it."""
    with ecriture():
        db.session.add(Role(individu_id=individu_id, type=type_, entite_id=entite_id, **colonnes))
    return Acteur(individu_id, type_, entite_id)


def un_acteur(
    type_: TypeRole, entite_id: int | None = None, nom: str = "Paris", prenom: str = "Karine"
) -> Acteur:
    """A new person in a role."""
    with ecriture():
        return un_role(une_personne(nom, prenom).id, type_, entite_id)


def un_certificat(
    libelle: str = "SST-1", dispositif: str = "SST", mois: int | None = 24, **colonnes: Any
) -> Certificat:
    """A certificat of a dispositif's first niveau, both made if missing; `colonnes`: the dispositif's."""
    with ecriture():
        trouve = db.session.scalars(select(Certificat).filter_by(libelle=libelle)).one_or_none()
        if trouve is None:
            scheme = db.session.scalars(select(Dispositif).filter_by(code=dispositif)).one_or_none()
            niveau = None
            if scheme is None:
                scheme = Dispositif(code=dispositif, libelle=dispositif, **colonnes)
            else:
                niveau = db.session.scalars(select(Niveau).filter_by(dispositif_id=scheme.id)).first()
            niveau = niveau or Niveau(dispositif=scheme, numero=1, type=TypeNiveau.ACTEUR)
            trouve = Certificat(niveau=niveau, libelle=libelle, titre=libelle, mois_validite=mois)
            db.session.add(trouve)
    return trouve


def une_habilitation(
    entite_id: int, niveau_id: int, debut: date = DEBUT, fin: date = FIN, **colonnes: Any
) -> Habilitation:
    """An accreditation of the entité for the niveau."""
    with ecriture():
        habilitation = Habilitation(
            numero=f"H-{next(_suite):04}",
            entite_id=entite_id,
            niveau_id=niveau_id,
            debut=debut,
            fin=fin,
            **colonnes,
        )
        db.session.add(habilitation)
    return habilitation


def une_qualification(
    individu_id: int, niveau_id: int, debut: date = DEBUT, fin: date = FIN
) -> Qualification:
    """A right of the person to certify the niveau."""
    with ecriture():
        qualification = Qualification(individu_id=individu_id, niveau_id=niveau_id, debut=debut, fin=fin)
        db.session.add(qualification)
    return qualification


def un_organisme(
    raison_sociale: str = "MAROSE FORMATION", certificat: str = "SST-1", **colonnes: Any
) -> Organisme:
    """An organisation ready to certify; `colonnes` as for `un_certificat`."""
    with ecriture():
        entite_id = une_entite(raison_sociale).id
        type_de_certificat = un_certificat(certificat, **colonnes)
        certificat_id, niveau_id = type_de_certificat.id, type_de_certificat.niveau_id
        formateur = un_acteur(TypeRole.FORMATEUR, nom="Rivière", prenom="Stéphanie")
        une_qualification(formateur.individu_id, niveau_id)
        return Organisme(
            entite_id=entite_id,
            niveau_id=niveau_id,
            certificat_id=certificat_id,
            habilitation_id=une_habilitation(entite_id, niveau_id).id,
            gestionnaire=un_acteur(TypeRole.GESTIONNAIRE, entite_id),
            delegataire=un_acteur(TypeRole.DELEGATAIRE, entite_id, "Tessier", "Camille"),
            formateur=formateur,
        )


def identites(nombre: int) -> Iterator[tuple[str, str, date]]:
    """Different people with the names that people here have: nom, prénom, birth date."""
    for rang in range(nombre):
        suffixe = "".join(_LETTRES[rang // 26**n % 26] for n in range(3)) if rang >= len(_NOMS) else ""
        yield (
            f"{_NOMS[rang % len(_NOMS)]}{' ' if suffixe else ''}{suffixe}",
            _PRENOMS[rang % len(_PRENOMS)],
            date(1970 + rang % 30, 1 + rang % 12, 1 + rang % 28),
        )


def un_stagiaire(
    nom: str = "Lefèvre",
    prenom: str = "Hélène",
    date_naissance: date | None = date(1991, 2, 14),
    resultat: Resultat | None = None,
) -> Stagiaire:
    """A trainee, not yet in a session."""
    return Stagiaire(
        nom=nom,
        prenom=prenom,
        cle_nom=cle(nom),
        cle_prenom=cle(prenom),
        date_naissance=date_naissance,
        resultat=resultat,
    )


def une_session(
    organisme: Organisme,
    etat: Etat = Etat.VALIDATION_ENTITE,
    *,
    reussites: int = 2,
    echecs: int = 0,
    stagiaires: Sequence[Stagiaire] | None = None,
    declarant: Acteur | None = None,
    **colonnes: Any,
) -> int:
    """A complete session brought to this state, as its actions would leave it; returns its number.

    F is today unless `date_fin` says otherwise. In generation nothing is produced yet; once generated, its
    files are in the store. `stagiaires` replaces the made-up ones; `colonnes` sets any other column.
    """
    declarant = declarant or organisme.gestionnaire
    if stagiaires is None:
        stagiaires = [un_stagiaire(*identite) for identite in identites(reussites + echecs)]
        for rang, stagiaire in enumerate(stagiaires):
            stagiaire.resultat = Resultat.REUSSITE if rang < reussites else Resultat.ECHEC
    for rang, stagiaire in enumerate(stagiaires, 1):
        stagiaire.rang = rang
    valeurs: dict[str, Any] = {
        "jeton": secrets.token_urlsafe(16),
        "version": 1,
        "creee_le": maintenant(),
        "modifiee_le": maintenant(),
        "dernier_intervenant_id": declarant.individu_id,
        "niveau_id": organisme.niveau_id,
        "certificat_id": organisme.certificat_id,
        "lieu_type": TypeLieu.FRANCE,
        "code_postal": "26800",
        "ville": "ETOILE SUR RHONE",
        "identification": Identification.INITIAL,
        "date_fin": aujourd_hui(),
        "formateur_id": organisme.formateur.individu_id,
    }
    with ecriture():
        session_certif = SessionCertification(
            entite_id=organisme.entite_id,
            declarant_id=declarant.individu_id,
            etat=Etat.SAISIE,
            stagiaires=list(stagiaires),
            **{**valeurs, **colonnes},
        )
        db.session.add(session_certif)
        db.session.flush()
        numero = session_certif.numero
        _avancer(session_certif, etat, declarant, organisme.formateur)
    if etat in (Etat.GENERATION, Etat.GENERE):
        demander_generation(declarant, numero, version(numero))
    if etat is Etat.GENERE:
        produire(numero)
    return numero


def une_proposition(numero: int, champ: str = "nom", valeur: str = "Lefebvre", *, rang: int = 0) -> int:
    """What the formateur would have corrected of the trainee of that rank on their page; returns its id."""
    with ecriture():
        stagiaire = db.session.get_one(SessionCertification, numero).stagiaires[rang]
        proposition = Proposition(
            session_numero=numero,
            genre=GenreProposition.CORRIGER,
            stagiaire_id=stagiaire.id,
            nom=stagiaire.nom,
            prenom=stagiaire.prenom,
            date_naissance=stagiaire.date_naissance,
            champ=champ,
            valeur=valeur,
        )
        db.session.add(proposition)
    return proposition.id


def version(numero: int) -> int:
    """The session's version now, as a fresh form would post it."""
    db.session.rollback()
    return db.session.get_one(SessionCertification, numero).version


def _avancer(session_certif: SessionCertification, etat: Etat, declarant: Acteur, formateur: Acteur) -> None:
    """Walk the moves up to validation entité; results stay only where the formateur has given some."""
    if etat is Etat.SAISIE:
        for stagiaire in session_certif.stagiaires:
            stagiaire.resultat = None
        return
    session_certif.soumise_le = maintenant()
    session_certif.premiere_soumission_le = aujourd_hui()
    conclure(session_certif, declarant, Action.SOUMETTRE_AU_FORMATEUR)
    db.session.flush()
    db.session.add(
        Soumission(
            session_numero=session_certif.numero,
            soumise_le=maintenant(),
            formateur_id=formateur.individu_id,
            certificat_id=session_certif.certificat_id,
            date_fin=session_certif.date_fin,
            instantane=photographier(session_certif),
        )
    )
    if etat is not Etat.VALIDATION_FORMATEUR:
        session_certif.resultats_le = maintenant()
        conclure(session_certif, formateur, Action.ENVOYER_RESULTATS)
