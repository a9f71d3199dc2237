"""What every mail says of a session, as far as it has it: never who its trainees are."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from certif.domaine.libelles.sessions import annonces as textes
from certif.domaine.noms import prenom_nom
from certif.domaine.personnes.modeles import Individu
from certif.domaine.sessions.modeles import SessionCertification, Stagiaire
from certif.socle.base.extensions import db

AVEC_LEURS_FAITS = (
    joinedload(SessionCertification.entite),
    joinedload(SessionCertification.certificat),
    joinedload(SessionCertification.declarant),
    joinedload(SessionCertification.formateur),
)
"""What a query of many sessions loads with them."""


@dataclass(frozen=True, slots=True)
class Faits:
    """Of one session; "", 0 or None is what it has not yet. Names are those of who works on it."""

    certificat: str
    date_fin: date | None
    lieu: str
    stagiaires: int
    entite: str
    declarant: str
    formateur: str

    def en_liste(self, pour_le_formateur: bool, echeance: str = "") -> list[str]:
        """A line each; `echeance` says until when, and for what."""
        qui = (self.declarant, self.entite, "") if pour_le_formateur else (self.declarant, "", self.formateur)
        return textes.faits(self.certificat, self.date_fin, self.lieu, self.stagiaires, *qui, echeance)

    def en_ligne(self, numero: int) -> str:
        """`Session n°125 (SST-1, fin le 10/06/2026, 26800 ETOILE SUR RHONE, 12 stagiaires)`."""
        return textes.session_en_une_ligne(
            numero, self.certificat, self.date_fin, self.lieu, self.stagiaires, self.declarant
        )


def faits(sessions: Collection[SessionCertification]) -> dict[int, Faits]:
    """By number; their trainees are counted in one query."""
    q = Stagiaire
    comptes = select(q.session_numero, func.count()).where(q.session_numero.in_([s.numero for s in sessions]))
    lus = db.session.execute(comptes.group_by(q.session_numero))
    nombres = {numero: nombre for numero, nombre in lus}  # noqa: C416 - rows, to mypy, are no pairs
    return {
        s.numero: Faits(
            s.certificat.libelle if s.certificat else "",
            s.date_fin,
            s.lieu,
            nombres.get(s.numero, 0),
            s.entite.raison_sociale,
            _nom(s.declarant),
            _nom(s.formateur),
        )
        for s in sessions
    }


def _nom(qui: Individu | None) -> str:
    return prenom_nom(qui.nom, qui.prenom) if qui is not None and not qui.efface_le else ""
