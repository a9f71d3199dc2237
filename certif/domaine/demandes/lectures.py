"""Lists, counts and pages of demandes, each in a constant number of queries."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from certif.domaine.acteur import Acteur, TypeRole, exiger_gestionnaire
from certif.domaine.demandes.annonces import objet_de
from certif.domaine.demandes.etats import DECIDEES, OUVERTES, EtatDemande
from certif.domaine.demandes.modeles import Demande
from certif.domaine.demandes.portee import charger, empechee, visible_de
from certif.domaine.personnes.titulaires import quiconque
from certif.domaine.referentiel.habilitations import numero_libre
from certif.domaine.referentiel.modeles import Habilitation, Plateforme
from certif.domaine.roles import roles_proposes
from certif.domaine.temps import debut_du_jour
from certif.socle.base.extensions import db
from certif.socle.base.pagination import PageDe, Place, paginer
from certif.socle.horloge import aujourd_hui, instant_reel

JOURS_DE_RAPPEL = 90
"""How long a decision stays among what is going on for the entité."""


class ListeDemandes(StrEnum):
    """What a list gathers: my turn, the other's turn, over (lately, for the entité's first look)."""

    A_TRAITER = "a-traiter"
    EN_COURS = "en-cours"
    DECIDEES = "decidees"


@dataclass(frozen=True, slots=True)
class Comptes:
    """How many demandes each list holds."""

    a_traiter: int
    en_cours: int
    decidees: int

    def de(self, liste: ListeDemandes) -> int:
        """The count of one list."""
        return {
            ListeDemandes.A_TRAITER: self.a_traiter,
            ListeDemandes.EN_COURS: self.en_cours,
            ListeDemandes.DECIDEES: self.decidees,
        }[liste]


@dataclass(frozen=True)
class PageDeDemandes(PageDe[Demande]):
    """One page of a list; `empechees`: those whose entité cannot act."""

    empechees: frozenset[int]


def compter(acteur: Acteur) -> Comptes:
    """What waits in each list of this actor, in one query."""
    lui = {"individu_id": acteur.individu_id, "entite_id": acteur.entite_id}
    miennes, autres, finies = db.session.execute(_comptes(acteur.role, aujourd_hui()), lui).one()
    return Comptes(miennes, autres, finies)


def compter_avec_invitations(acteur: Acteur) -> tuple[Comptes, int]:
    """The same, and how many roles that the entité proposed wait for an answer; in one query all the same.

    Raises:
        Introuvable: not a gestionnaire.
    """
    lui = {"individu_id": acteur.individu_id, "entite_id": exiger_gestionnaire(acteur)}
    requete = _comptes_et_invitations(aujourd_hui())
    *lues, invitations = db.session.execute(requete, {**lui, "instant": instant_reel()}).one()
    return Comptes(*lues), invitations


@lru_cache(maxsize=1)
def _comptes_et_invitations(jour: date) -> Select[int, int, int, int]:
    return _comptes(TypeRole.GESTIONNAIRE, jour).add_columns(roles_proposes.combien(jour))


@lru_cache(maxsize=4)
def _comptes(role: TypeRole, jour: date) -> Select[int, int, int]:
    """Every page asks: to build it takes longer than to run it. It is another one each day."""
    acteur = quiconque(role)
    a_traiter, en_cours, decidees = (func.count().filter(_condition(acteur, x, jour)) for x in ListeDemandes)
    return select(a_traiter, en_cours, decidees).select_from(Demande).where(visible_de(acteur))


def lister(acteur: Acteur, liste: ListeDemandes, place: Place) -> PageDeDemandes:
    """Those that have waited longest come first among mine to treat; elsewhere the last that moved."""
    ordre = Demande.modifiee_le if liste is ListeDemandes.A_TRAITER else Demande.modifiee_le.desc()
    requete = (
        select(Demande, empechee(aujourd_hui()))
        .where(visible_de(acteur), _condition(acteur, liste, aujourd_hui()))
        .options(selectinload(Demande.entite), selectinload(Demande.niveau), selectinload(Demande.noms))
        .order_by(ordre, Demande.id)
    )
    lue = paginer(requete, place)
    empechees = frozenset(demande.id for demande, sans_personne in lue.lignes if sans_personne)
    return PageDeDemandes(
        [demande for demande, _ in lue.lignes], lue.total, lue.page, empechees, plus=lue.plus
    )


def _condition(acteur: Acteur, liste: ListeDemandes, jour: date) -> ColumnElement[bool]:
    entite = acteur.role is TypeRole.GESTIONNAIRE
    a_completer = (Demande.etat == EtatDemande.A_COMPLETER) & ~empechee(jour)
    # What nobody of the entité can complete waits for the administrateur.
    a_decider = (Demande.etat == EtatDemande.TRANSMISE) | (
        Demande.etat == EtatDemande.A_COMPLETER
    ) & empechee(jour)
    match liste:
        case ListeDemandes.A_TRAITER:
            return (Demande.etat == EtatDemande.BROUILLON) | a_completer if entite else a_decider
        case ListeDemandes.DECIDEES:
            return Demande.etat.in_(DECIDEES)
    if not entite:
        return a_completer
    recentes = Demande.decidee_le >= debut_du_jour(jour - timedelta(days=JOURS_DE_RAPPEL))
    return or_(a_decider, Demande.etat.in_(DECIDEES) & recentes)


def charger_entiere(acteur: Acteur, demande_id: int) -> Demande:
    """One demande with all that its page shows.

    Raises:
        Introuvable: no such demande for this actor.
    """
    return charger(
        acteur,
        demande_id,
        selectinload(Demande.entite),
        selectinload(Demande.niveau),
        selectinload(Demande.plateformes),
        selectinload(Demande.noms),
        selectinload(Demande.pieces),
        selectinload(Demande.habilitation),
    )


def demande_ouverte(entite_id: int, niveau_id: int) -> int | None:
    """The open demande of the entité for this niveau, if there is one."""
    requete = select(Demande.id).where(
        Demande.entite_id == entite_id, Demande.niveau_id == niveau_id, Demande.etat.in_(OUVERTES)
    )
    return db.session.scalar(requete)


def identite_ouverte(entite_id: int) -> int | None:
    """The open demande of another identity, if there is one."""
    requete = select(Demande.id).where(
        Demande.entite_id == entite_id, Demande.niveau_id.is_(None), Demande.etat.in_(OUVERTES)
    )
    return db.session.scalar(requete)


def demandes_ouvertes(entite_id: int) -> dict[int, Demande]:
    """Its open demandes d'habilitation, by niveau."""
    requete = (
        select(Demande)
        .where(Demande.entite_id == entite_id, Demande.etat.in_(OUVERTES), Demande.niveau_id.is_not(None))
        .options(selectinload(Demande.entite), selectinload(Demande.niveau))
    )
    return {d.niveau_vise.id: d for d in db.session.scalars(requete)}


def habilitations_du_niveau(entite_id: int, niveau_id: int) -> list[Habilitation]:
    """All that the entité ever held for this niveau, the last to end first."""
    requete = (
        select(Habilitation)
        .filter_by(entite_id=entite_id, niveau_id=niveau_id)
        .order_by(Habilitation.fin.desc(), Habilitation.id)
    )
    return list(db.session.scalars(requete))


def tient_une_habilitation(entite_id: int, jour: date) -> bool:
    """Whether the entité holds any habilitation that is not over on this day."""
    h = Habilitation
    requete = select(h.id).where(
        h.entite_id == entite_id, h.fin >= jour, or_(h.retrait_le.is_(None), h.retrait_le > jour)
    )
    return db.session.scalar(requete.limit(1)) is not None


def plateformes_en_service(entite_id: int, dispositif_id: int, jour: date) -> list[Plateforme]:
    """The entité's platforms for this dispositif that are not closed on this day."""
    requete = (
        select(Plateforme)
        .filter_by(entite_id=entite_id, dispositif_id=dispositif_id)
        .where(or_(Plateforme.fin.is_(None), Plateforme.fin >= jour))
        .order_by(Plateforme.id)
    )
    return list(db.session.scalars(requete))


def numero_propose(demande: Demande) -> str:
    """`H-2026-0042`, from the year and the demande; followed by a rank if someone already uses it."""
    return numero_libre(f"H-{aujourd_hui().year}-{demande.id:04}")


def noms_de_demandes(ids: Collection[int]) -> dict[int, str]:
    """What is asked for and by whom, after « la demande », by id."""
    requete = select(Demande).where(Demande.id.in_(ids))
    lues = db.session.scalars(requete.options(joinedload(Demande.entite), joinedload(Demande.niveau)))
    return {d.id: f"{objet_de(d)} de {d.entite.raison_sociale}" for d in lues}
