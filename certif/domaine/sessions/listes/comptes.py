"""How many sessions each list holds, in one query: what the menu, the chips and the pages say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy import ColumnElement, Select, case, func, literal, select, union_all

from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.personnes.titulaires import quiconque
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.listes.attente import tours_de
from certif.domaine.sessions.listes.filtres import Liste
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.portee import listee_de
from certif.socle.base.extensions import db

ParEtat = Mapping[Etat, tuple[int, int]]
"""How many, and how many of them the actor declared."""


@dataclass(frozen=True, slots=True)
class Comptes:
    """How many sessions wait for the actor, and how many go on without them; no state without any."""

    par_etat: Mapping[Liste, ParEtat]

    @property
    def a_traiter(self) -> int:
        return self.combien(Liste.A_TRAITER)

    @property
    def en_cours(self) -> int:
        return self.combien(Liste.EN_COURS)

    def combien(self, liste: Liste) -> int:
        """Sessions of a list whatever their state."""
        return sum(nombre for nombre, _ in self.par_etat[liste].values())


def compter(acteur: Acteur, jour: date) -> Comptes:
    """Counts of the two lists."""
    lui = {"individu_id": acteur.individu_id, "entite_id": acteur.entite_id}
    toutes: dict[Etat, tuple[int, int]] = {}
    siennes: dict[Etat, tuple[int, int]] = {}
    for attend, etat, nombre, declarees in db.session.execute(_comptes(acteur.role, jour), lui):
        (siennes if attend else toutes)[etat] = (nombre, int(declarees))
    autres = {etat: _moins(comptes, siennes.get(etat, (0, 0))) for etat, comptes in toutes.items()}
    return Comptes({Liste.A_TRAITER: siennes, Liste.EN_COURS: {e: c for e, c in autres.items() if c[0]}})


def _moins(comptes: tuple[int, int], autres: tuple[int, int]) -> tuple[int, int]:
    return comptes[0] - autres[0], comptes[1] - autres[1]


def par_etat(acteur: Acteur, *conditions: ColumnElement[bool]) -> Select[Etat, int, int]:
    """Of the sessions that meet these conditions: each state, how many, how many that the actor declared."""
    s = SessionCertification
    declarees = func.sum(case((s.declarant_id == acteur.individu_id, 1), else_=0))
    return select(s.etat, func.count(), declarees).where(*conditions).group_by(s.etat)


@lru_cache(maxsize=8)
def _comptes(role: TypeRole, jour: date) -> Select[int, Etat, int, int]:
    """All, by an index alone; then those that wait. To build it takes longer than to run it."""
    acteur = quiconque(role)
    listee = listee_de(acteur)
    toutes = par_etat(acteur, listee)
    siennes = [par_etat(acteur, listee, tour) for tour in tours_de(acteur, jour)]
    reunies = union_all(
        *(
            requete.with_only_columns(literal(attend).label("attend"), *requete.selected_columns)
            for attend, requete in ((0, toutes), *((1, sienne) for sienne in siennes))
        )
    ).subquery()
    return select(*reunies.c)
