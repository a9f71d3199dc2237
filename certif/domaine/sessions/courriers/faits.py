"""What every mail says of a session, as far as it has it: never who its trainees are."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from certif.domaine.libelles.sessions import annonces as textes
from certif.domaine.noms import prenom_nom
from certif.domaine.personnes.modeles import Individu
from certif.domaine.sessions.effacement import efface_le
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification, Stagiaire
from certif.domaine.sessions.regles import delais
from certif.domaine.temps import date_de
from certif.socle.base.extensions import db
from certif.socle.horloge import aujourd_hui

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

    def pour_l_entite(self, echeance: str = "") -> list[str]:
        """A line each; `echeance` says until when, and for what."""
        return self._lignes("", self.formateur, echeance)

    def pour_le_formateur(self, echeance: str = "") -> list[str]:
        """The same, from who asks."""
        return self._lignes(self.entite, "", echeance)

    def en_ligne(self, suite: str = "") -> str:
        """`SST-1, fin le 10/06/2026, 26800 ETOILE SUR RHONE, 12 stagiaires`, then a sentence."""
        return textes.faits_en_une_ligne(
            self.certificat, self.date_fin, self.lieu, self.stagiaires, self.declarant, suite
        )

    def _lignes(self, entite: str, formateur: str, echeance: str) -> list[str]:
        return textes.faits(
            self.certificat,
            self.date_fin,
            self.lieu,
            self.stagiaires,
            self.declarant,
            entite,
            formateur,
            echeance,
        )


def faits(sessions: Collection[SessionCertification]) -> dict[int, Faits]:
    """By number; their trainees are counted in one query."""
    q = Stagiaire
    comptes = select(q.session_numero, func.count()).where(q.session_numero.in_([s.numero for s in sessions]))
    lus = db.session.execute(comptes.group_by(q.session_numero))
    nombres = {numero: nombre for numero, nombre in lus}  # noqa: C416 - rows, to mypy, are no pairs
    return {s.numero: _faits(s, nombres.get(s.numero, 0)) for s in sessions}


def faits_de(session_certif: SessionCertification) -> Faits:
    """The same of one session."""
    return _faits(session_certif, len(session_certif.stagiaires))


def echeance_de_l_entite(s: SessionCertification) -> str:
    """Until when the entité can do what the session waits for: R1, then R18, then R8."""
    if s.genere_le is not None:
        return textes.telecharger_jusqu_au(delais.telechargeable_jusqu_au(date_de(s.genere_le)))
    if s.etat is Etat.SAISIE and s.date_fin and not s.premiere_soumission_le and not s.rectifie_numero:
        return textes.soumettre_jusqu_au(delais.fenetre(s.date_fin).cloture)
    return textes.supprimee_le(efface_le(s))


def echeance_du_formateur(s: SessionCertification) -> str:
    """Until when results are expected; "" once that day is past: late ones are welcome too."""
    cloture = delais.fenetre(s.date_fin).cloture if s.date_fin else None
    return textes.resultats_avant_le(cloture) if cloture and aujourd_hui() < cloture else ""


def chemin_du_formateur(numero: int) -> str:
    """Where whatever is sent to the formateur leads: to the results."""
    return f"/formateur/sessions/{numero}/stagiaires"


def _faits(s: SessionCertification, stagiaires: int) -> Faits:
    return Faits(
        s.certificat.libelle if s.certificat else "",
        s.date_fin,
        s.lieu,
        stagiaires,
        s.entite.raison_sociale,
        _nom(s.declarant),
        _nom(s.formateur),
    )


def _nom(qui: Individu | None) -> str:
    return prenom_nom(qui.nom, qui.prenom) if qui is not None and not qui.efface_le else ""
