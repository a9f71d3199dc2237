"""One page of a list of sessions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, case, func, select
from sqlalchemy.orm import aliased, contains_eager, load_only
from sqlalchemy.orm.attributes import set_committed_value

from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.personnes.modeles import Entite, Individu
from certif.domaine.personnes.titulaires import quiconque
from certif.domaine.referentiel.modeles import Certificat, Dispositif, Niveau
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.listes.attente import a_traiter_de
from certif.domaine.sessions.listes.comptes import Comptes, ParEtat, compter, par_etat
from certif.domaine.sessions.listes.filtres import Filtres, Liste, Tri
from certif.domaine.sessions.listes.recherche import contient, nomme
from certif.domaine.sessions.modeles import SessionCertification, Stagiaire
from certif.domaine.sessions.portee import listee_de
from certif.domaine.sessions.regles import resultats
from certif.domaine.sessions.valeurs import Resultat
from certif.socle.base.conditions import sauf
from certif.socle.base.extensions import db
from certif.socle.base.pages_par_cle import Tranche, trancher
from certif.socle.base.pagination import PREMIERE, PageDe

_Intervenant = aliased(Individu)


@dataclass(frozen=True)
class PageDeSessions(PageDe[SessionCertification]):
    """One page of a list, with the counts that its filters show."""

    filtres: Filtres
    par_etat: dict[Etat, int]
    declarees_par_moi: int

    @property
    def toutes(self) -> int:
        """Sessions of the list whatever their state."""
        return sum(self.par_etat.values())


_ORDRE: dict[Tri, tuple[ColumnElement[Any], ...]] = {
    Tri.NUMERO: (),
    Tri.RAISON_SOCIALE: (Entite.raison_sociale.expression,),
    Tri.DISPOSITIF: (Dispositif.code.expression, Niveau.numero.expression),
    Tri.CERTIFICAT: (Certificat.libelle.expression,),
    Tri.DATE_FIN: (SessionCertification.date_fin.expression,),
    Tri.INTERVENANT: (_Intervenant.cle_nom.expression, _Intervenant.cle_prenom.expression),
    Tri.MODIFICATION: (SessionCertification.modifiee_le.expression,),
    # In the order of the process, which no alphabet knows.
    Tri.ETAT: (case({etat: rang for rang, etat in enumerate(Etat)}, value=SessionCertification.etat),),
}

_TABLES_DU_TRI: dict[Tri, tuple[Any, ...]] = {
    Tri.RAISON_SOCIALE: (SessionCertification.entite,),
    Tri.DISPOSITIF: (SessionCertification.niveau, Niveau.dispositif),
    Tri.CERTIFICAT: (SessionCertification.certificat,),
    Tri.INTERVENANT: (SessionCertification.dernier_intervenant.of_type(_Intervenant),),
}


def lister(acteur: Acteur, filtres: Filtres, jour: date, comptes: Comptes | None = None) -> PageDeSessions:
    """One page of a list, in a number of queries that does not depend on its length.

    `comptes`: those of this actor, where they are known already.
    """
    cherchees = _cherchees(acteur, filtres)
    if cherchees:
        lues = _decompter(acteur, filtres, jour, cherchees)
    else:
        lues = (comptes or compter(acteur, jour)).par_etat[filtres.liste]
    par_moi = sum(siennes for _, siennes in lues.values())
    rang = 1 if filtres.par_moi else 0
    nombres = {etat: nombres[rang] for etat, nombres in lues.items() if nombres[rang]}
    total = nombres.get(filtres.etat, 0) if filtres.etat else sum(nombres.values())
    if not total:
        return PageDeSessions([], total, 1, filtres, nombres, par_moi)
    tranche = _trancher(acteur, filtres, jour, cherchees, total)
    bouts = tranche.bouts if filtres.tri is Tri.NUMERO else None
    lignes = _lire(tranche.cles)
    return PageDeSessions(lignes, total, tranche.page, filtres, nombres, par_moi, bouts=bouts)


def _cherchees(acteur: Acteur, filtres: Filtres) -> list[ColumnElement[bool]]:
    conditions = []
    if filtres.recherche.strip():
        conditions.append(contient(acteur, filtres.recherche.strip()))
    if filtres.nom.strip():
        conditions.append(nomme(acteur, filtres.nom))
    return conditions


def _decompter(acteur: Acteur, filtres: Filtres, jour: date, cherchees: list[ColumnElement[bool]]) -> ParEtat:
    """Of what a search finds in a list."""
    lui = quiconque(acteur.role)
    requete = par_etat(lui, listee_de(lui), _de_la_liste(lui, filtres.liste, jour), *cherchees)
    return {etat: (n, int(siennes)) for etat, n, siennes in db.session.execute(requete, _ids(acteur))}


def _trancher(
    acteur: Acteur, filtres: Filtres, jour: date, cherchees: list[ColumnElement[bool]], total: int
) -> Tranche:
    """The numbers of one page: beside the one that leads there, or by its rank where all are sorted."""
    requete = _numeros(acteur.role, jour, replace(filtres, place=PREMIERE, recherche="", nom=""))
    cle = filtres.place.cle
    depart = (cle,) if filtres.tri is Tri.NUMERO and isinstance(cle, int) else None
    requete = requete.where(*cherchees)
    return trancher(requete, _ordre(filtres), filtres.place, total, depart, _ids(acteur))


def _lire(numeros: Sequence[int]) -> list[SessionCertification]:
    """The sessions of these numbers, in that order."""
    sessions = {lue.numero: lue for lue in db.session.scalars(_jointures(), {"numeros": numeros})}
    _nommer(sessions.values())
    return [sessions[numero] for numero in numeros if numero in sessions]


def _nommer(sessions: Collection[SessionCertification]) -> None:
    """Read once whom they name: the same few persons, in several roles, of which joins would make many."""
    ids = {getattr(s, f"{role}_id") for s in sessions for role in _NOMMES} - {None}
    personnes = {p.id: p for p in db.session.scalars(_personnes(), {"ids": [*ids]})}
    for s in sessions:
        for role in _NOMMES:
            set_committed_value(s, role, personnes.get(getattr(s, f"{role}_id")))


_NOMMES = ("declarant", "formateur", "dernier_intervenant")


@lru_cache(maxsize=1)
def _personnes() -> Select[Individu]:
    i = Individu
    requete = select(i).options(load_only(i.nom, i.prenom, i.efface_le))
    return requete.where(i.id.in_(bindparam("ids", expanding=True)))


def _ids(acteur: Acteur) -> dict[str, int | None]:
    """What a statement for `quiconque` is run with."""
    return {"individu_id": acteur.individu_id, "entite_id": acteur.entite_id}


@lru_cache(maxsize=64)
def _numeros(role: TypeRole, jour: date, filtres: Filtres) -> Select[int]:
    """Their numbers, whatever is searched; to build it takes longer than to run it."""
    s, lui = SessionCertification, quiconque(role)
    requete = select(s.numero)
    for jointure in _TABLES_DU_TRI.get(filtres.tri, ()):
        requete = requete.outerjoin(jointure)
    requete = requete.where(listee_de(lui), _de_la_liste(lui, filtres.liste, jour))
    if filtres.par_moi:
        requete = requete.where(s.declarant_id == lui.individu_id)
    if filtres.etat:
        requete = requete.where(s.etat == filtres.etat)
    return requete


def _de_la_liste(acteur: Acteur, liste: Liste, jour: date) -> ColumnElement[bool]:
    attend = a_traiter_de(acteur, jour)
    return attend if liste is Liste.A_TRAITER else sauf(attend)


@lru_cache(maxsize=1)
def _jointures() -> Select[SessionCertification]:
    s = SessionCertification
    return (
        select(s)
        .join(s.entite)
        .outerjoin(s.certificat)
        .outerjoin(Niveau, s.niveau_id == Niveau.id)
        .outerjoin(Dispositif, Niveau.dispositif_id == Dispositif.id)
        .where(s.numero.in_(bindparam("numeros", expanding=True)))
        .options(
            contains_eager(s.entite).load_only(Entite.raison_sociale, Entite.suspendue_le),
            contains_eager(s.certificat).load_only(Certificat.libelle).lazyload(Certificat.niveau),
            contains_eager(s.niveau).contains_eager(Niveau.dispositif).load_only(Dispositif.code),
        )
    )


def resultats_envoyes(sessions: Collection[SessionCertification]) -> dict[int, resultats.Comptes]:
    """What came of those whose results were sent, by number; one query, or none. Drafts count for nothing."""
    if not (numeros := [s.numero for s in sessions if s.resultats_le is not None]):
        return {}
    lues = db.session.execute(_resultats(), {"numeros": numeros})
    return {numero: resultats.Comptes(*comptes) for numero, *comptes in lues}


@lru_cache(maxsize=1)
def _resultats() -> Select[*tuple[int, ...]]:
    q = Stagiaire
    combien = [func.count(case((q.resultat == valeur, 1))) for valeur in (Resultat.REUSSITE, Resultat.ECHEC)]
    requete = select(q.session_numero, func.count(), *combien).group_by(q.session_numero)
    return requete.where(q.session_numero.in_(bindparam("numeros", expanding=True)))


def _ordre(filtres: Filtres) -> list[ColumnElement[Any]]:
    ordre: list[ColumnElement[Any]] = []
    for colonne in _ORDRE[filtres.tri]:
        # Absent values last, whichever way: databases disagree on their place.
        ordre += [colonne.is_(None), colonne.desc() if filtres.decroissant else colonne.asc()]
    numero = SessionCertification.numero.expression
    return [*ordre, numero.desc() if filtres.decroissant else numero.asc()]
