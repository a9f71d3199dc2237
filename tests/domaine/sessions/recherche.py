"""Searching a formateur in one call (R4), and what it says."""

from datetime import date
from typing import Any

from sqlalchemy import func, select

from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.personnes.modeles import Individu
from certif.domaine.sessions.actions.designation import RechercheSaisie, Verification, verifier_et_declarer
from certif.domaine.sessions.modeles_recherche import RechercheFormateur
from certif.socle.base.extensions import db
from tests.support.factories import un_role, une_personne, une_qualification, version
from tests.support.moves import Troupe

NE_LE = date(1980, 2, 1)


def un_formateur(troupe: Troupe, nom: str, prenom: str, **colonnes: Any) -> Individu:
    """A qualified formateur, born on 01/02/1980."""
    individu = une_personne(nom, prenom, **{"date_naissance": NE_LE, **colonnes})
    identifiant = individu.id
    un_role(identifiant, TypeRole.FORMATEUR)
    une_qualification(identifiant, troupe.marose.niveau_id)
    return db.session.get_one(Individu, identifiant)


def chercher(troupe: Troupe, numero: int, /, *, par: Acteur | None = None, **champs: str) -> Verification:
    return verifier_et_declarer(
        par or troupe.gestionnaire, numero, version(numero), RechercheSaisie(**champs)
    )


def identite(nom: str, prenom: str, naissance: str = "01/02/1980") -> dict[str, Any]:
    return {"nom": nom, "prenom": prenom, "date_naissance": naissance}


def recherches() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(RechercheFormateur)) or 0


def messages(verification: Verification) -> list[tuple[bool | None, str]]:
    return [(v.reussi, v.message) for v in verification.verdicts]
