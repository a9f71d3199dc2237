"""Opening a session and filling it: missing data is accepted, malformed data is not (R5)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from certif.domaine.acteur import Acteur
from certif.domaine.erreurs import ActionImpossible, Introuvable
from certif.domaine.libelles.personnes import entite_suspendue
from certif.domaine.libelles.sessions.chronologie import NOMS_DE_CHAMPS, SEMBLABLE
from certif.domaine.libelles.sessions.droits import AUCUNE_HABILITATION
from certif.domaine.libelles.sessions.modeles import DEPUIS_UN_MODELE
from certif.domaine.personnes.modeles import Entite
from certif.domaine.sessions.actions import designation
from certif.domaine.sessions.declaration.champs import Brouillon, lire_champs
from certif.domaine.sessions.declaration.choix import niveaux_proposes
from certif.domaine.sessions.declaration.reprise import reprendre
from certif.domaine.sessions.etats import Action
from certif.domaine.sessions.modeles import Canevas, SessionCertification
from certif.domaine.sessions.modeles_gardes import portee as modeles_gardes
from certif.domaine.sessions.modification import conclure, inaugurer, ouvrir
from certif.domaine.sessions.portee import charger
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import maintenant


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
    """Open a session like `numero`, whatever its state: what still holds, but F and the stagiaires.

    The formateur is verified again (R4). Same bounds and errors as `creer`.

    Raises:
        Introuvable: also when the actor does not see that session.
    """
    return _creer_une_fois(acteur, jeton, lambda: charger(acteur, numero), SEMBLABLE)


def creer_depuis_un_modele(acteur: Acteur, modele_id: int, jeton: str) -> int:
    """Open a session from a model, as `creer_semblable` from a session.

    Raises:
        Introuvable: also when the actor does not see that model.
    """

    def servir() -> Canevas:
        modele = modeles_gardes.charger(acteur, modele_id, verrou=True)
        modele.servi_le = maintenant()
        return modele

    return _creer_une_fois(acteur, jeton, servir, DEPUIS_UN_MODELE)


Source = Callable[[], Canevas]
"""What a session begins with, loaded within what the actor may see."""


def _creer_une_fois(acteur: Acteur, jeton: str, source: Source | None = None, detail: str = "") -> int:
    try:
        return _creer(acteur, jeton, source, detail)
    except IntegrityError:
        # PostgreSQL: the same click went in between; now its session is found.
        return _creer(acteur, jeton, source, detail)


def _creer(acteur: Acteur, jeton: str, source: Source | None, detail: str) -> int:
    with transaction():
        if acteur.entite_id is None:
            raise Introuvable
        repris = reprendre(source(), acteur.entite_id).colonnes if source is not None else {}
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
            verification_a_relancer=designation.JAMAIS_FAITE if repris.get("formateur_id") else None,
            **repris,
        )
        if len(niveaux) == 1 and session_certif.niveau_id is None:
            session_certif.niveau_id = niveaux[0].id
        db.session.add(session_certif)
        db.session.flush()
        inaugurer(session_certif, acteur, detail)
        return session_certif.numero


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
    causes = {"niveau_id": "niveau", "date_fin": "date_fin"}
    cause = next((causes[colonne] for colonne in reversed(causes) if colonne in changes), None)
    if session_certif.formateur_id is not None and cause is not None:
        if session_certif.verification_a_relancer == designation.JAMAIS_FAITE:
            designation.verifier_le_repris(session_certif)
        else:
            # R4: the verdict was given for another niveau or another F.
            session_certif.verification_a_relancer = cause
    return list(changes)
