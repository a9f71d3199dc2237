"""Opening a session and filling it: missing data is accepted, malformed data is not (R5)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from certif.domaine.acteur import Acteur
from certif.domaine.erreurs import ActionImpossible, Introuvable
from certif.domaine.libelles.personnes import entite_suspendue
from certif.domaine.libelles.sessions.chronologie import NOMS_DE_CHAMPS, SEMBLABLE
from certif.domaine.libelles.sessions.droits import AUCUNE_HABILITATION
from certif.domaine.personnes.modeles import Entite
from certif.domaine.sessions.declaration.champs import Brouillon, lire_champs
from certif.domaine.sessions.declaration.choix import niveaux_proposes
from certif.domaine.sessions.etats import Action
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.modification import conclure, inaugurer, ouvrir
from certif.domaine.sessions.portee import charger
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import maintenant

REPRIS = (
    "niveau_id",
    "certificat_id",
    "lieu_type",
    "code_postal",
    "ville",
    "pays",
    "plateforme_id",
    "identification",
    "formateur_id",
    "reference_interne",
    "nom_commercial_id",
)
"""What a session that copies another takes from it; one that corrects it takes its entité and F too."""


@dataclass(frozen=True)
class Enregistrement:
    """What saving did: the refused fields with their messages; the others are saved."""

    erreurs: dict[str, list[str]] = field(default_factory=dict)


def creer(acteur: Acteur, jeton: str) -> int:
    """Open a session and return its number; the same one-time token gives the same session.

    Raises:
        ActionImpossible: the entité is suspended, or has no habilitation that could cover a session.
        Introuvable: the token served someone else, or the actor is not of an entité.
    """
    return _creer_une_fois(acteur, jeton)


def creer_semblable(acteur: Acteur, numero: int, jeton: str) -> int:
    """Open a session like `numero`, whatever its state: all but the end date and the stagiaires.

    The formateur has to be verified again (R4). Same bounds and errors as `creer`.

    Raises:
        Introuvable: also when the actor does not see that session.
    """
    return _creer_une_fois(acteur, jeton, numero)


def _creer_une_fois(acteur: Acteur, jeton: str, modele: int | None = None) -> int:
    try:
        return _creer(acteur, jeton, modele)
    except IntegrityError:
        # PostgreSQL: the same click went in between; now its session is found.
        return _creer(acteur, jeton, modele)


def _creer(acteur: Acteur, jeton: str, modele: int | None) -> int:
    with transaction():
        if acteur.entite_id is None:
            raise Introuvable
        repris = _reprendre(charger(acteur, modele)) if modele is not None else {}
        requete = select(SessionCertification).filter_by(jeton=jeton)
        existante = db.session.scalars(requete).one_or_none()
        if existante is not None:
            if (existante.declarant_id, existante.entite_id) != (acteur.individu_id, acteur.entite_id):
                raise Introuvable
            return existante.numero
        entite = db.session.get_one(Entite, acteur.entite_id)
        if entite.suspendue:
            raise ActionImpossible(entite_suspendue(entite.raison_sociale))
        niveaux = niveaux_proposes(acteur.entite_id)
        if not niveaux:
            raise ActionImpossible(AUCUNE_HABILITATION)
        session_certif = SessionCertification(
            entite_id=acteur.entite_id,
            declarant_id=acteur.individu_id,
            dernier_intervenant_id=acteur.individu_id,
            jeton=jeton,
            creee_le=maintenant(),
            modifiee_le=maintenant(),
            **repris,
        )
        if len(niveaux) == 1 and session_certif.niveau_id is None:
            session_certif.niveau_id = niveaux[0].id
        db.session.add(session_certif)
        db.session.flush()
        inaugurer(session_certif, acteur, SEMBLABLE if modele is not None else "")
        return session_certif.numero


def _reprendre(modele: SessionCertification) -> dict[str, Any]:
    """What a session like `modele` begins with."""
    repris = {colonne: getattr(modele, colonne) for colonne in REPRIS}
    if modele.certificat is not None and modele.certificat.archive_le is not None:
        repris["certificat_id"] = None
    if modele.niveau is not None and modele.niveau.dispositif.archive_le is not None:
        repris |= {"niveau_id": None, "certificat_id": None}
    if modele.formateur_id is not None:
        repris["verification_a_relancer"] = "semblable"
    return repris


def enregistrer(acteur: Acteur, numero: int, version: int, champs: Mapping[str, str]) -> Enregistrement:
    """Save what is well formed among `champs` (field name → text as typed); fields left out keep their value.

    What R1, R12 or R13 refuses comes back beside its field and is not saved; R2 and R3 are shown elsewhere.
    """
    contenu = dict(champs)
    with transaction():
        session_certif = ouvrir(acteur, numero, version, Action.ENREGISTRER, contenu)
        if session_certif is None:
            return Enregistrement(_redire(charger(acteur, numero), champs))
        brouillon = lire_champs(session_certif, champs)
        changes = _appliquer(session_certif, brouillon)
        if changes:
            details = dict.fromkeys(NOMS_DE_CHAMPS[champ] for champ in changes)
            conclure(session_certif, acteur, Action.ENREGISTRER, contenu=contenu, details=details)
    return Enregistrement(brouillon.fautes.champs)


def _redire(session_certif: SessionCertification, champs: Mapping[str, str]) -> dict[str, list[str]]:
    """What the first of two same clicks refused: the answer to the second is the one that is read.

    A certificat or a town that depended on the values of before was settled by the first click.
    """
    erreurs = lire_champs(session_certif, champs).fautes.champs
    deja_regles = {
        champ for champ in ("certificat_id", "ville") if getattr(session_certif, champ) is not None
    }
    return {champ: messages for champ, messages in erreurs.items() if champ not in deja_regles}


def _appliquer(session_certif: SessionCertification, brouillon: Brouillon) -> list[str]:
    """Store the values that differ; the names of the columns that changed."""
    changes: dict[str, Any] = {
        colonne: valeur
        for colonne, valeur in brouillon.valeurs.items()
        if getattr(session_certif, colonne) != valeur
    }
    for colonne, valeur in changes.items():
        setattr(session_certif, colonne, valeur)
    if session_certif.formateur_id is not None:
        # R4: the verdict was given for another niveau or another F.
        for colonne, cause in (("niveau_id", "niveau"), ("date_fin", "date_fin")):
            if colonne in changes:
                session_certif.verification_a_relancer = cause
    return list(changes)
