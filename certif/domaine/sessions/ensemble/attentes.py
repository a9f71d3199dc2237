"""What waits in an entité, for whom and since when: its sessions and its demandes, the longest wait first."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import joinedload

from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.demandes.etats import EtatDemande
from certif.domaine.demandes.modeles import Demande
from certif.domaine.demandes.portee import empechee
from certif.domaine.demandes.portee import visible_de as demande_visible_de
from certif.domaine.personnes.modeles import Entite, Individu
from certif.domaine.personnes.titulaires import quiconque
from certif.domaine.referentiel.modeles import Certificat
from certif.domaine.sessions.declaration.vides import vide
from certif.domaine.sessions.droits.conditions import blocages
from certif.domaine.sessions.droits.relais import relais
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.listes import a_traiter_de
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.portee import visible_de
from certif.domaine.sessions.presentation import tour_de
from certif.domaine.sessions.tour import Tour
from certif.socle.base.extensions import db

ATTENTES_MAX = 50
"""Lines of the page: whoever has more waiting goes by the lists."""

_ATTENDUES = (EtatDemande.A_COMPLETER, EtatDemande.TRANSMISE)


@dataclass(frozen=True, slots=True)
class SessionEnAttente:
    """One session: whose turn it is, said to the reader, and since when it stands there."""

    session_certif: SessionCertification
    tour: Tour
    bloquee: bool
    depuis: datetime


@dataclass(frozen=True, slots=True)
class Attentes:
    """The first of them, and how many there are; `demandes` with whether nobody can complete them."""

    sessions: list[SessionEnAttente]
    total: int
    demandes: list[tuple[Demande, bool]]


def attentes(acteur: Acteur, jour: date) -> Attentes:
    """In a number of queries that does not depend on theirs."""
    lui = {"individu_id": acteur.individu_id, "entite_id": acteur.entite_id}
    premieres = db.session.execute(_premieres(acteur.role, jour), lui).all()
    lues = _lire([numero for numero, _ in premieres])
    bloquees, attendus = blocages(lues), relais(lues)
    return Attentes(
        sessions=[
            SessionEnAttente(
                session_certif=lue,
                tour=tour_de(lue, acteur, bloquees.get(lue.numero), attendus[lue.numero]),
                bloquee=lue.numero in bloquees,
                depuis=depuis_quand(lue),
            )
            for lue in lues
        ],
        total=premieres[0][1] if premieres else 0,
        demandes=_demandes(acteur, jour),
    )


@lru_cache(maxsize=2)
def _premieres(role: TypeRole, jour: date) -> Select[int, int]:
    """Their numbers, each with how many wait in all: whatever waits is judged once, and nothing else read.

    To build it takes longer than to run it. It is another one each day.
    """
    s = SessionCertification
    return (
        select(s.numero, func.count().over())
        .where(_attend(quiconque(role), jour))
        .order_by(_depuis(), s.numero)
        .limit(ATTENTES_MAX)
    )


def _lire(numeros: list[int]) -> list[SessionCertification]:
    """These sessions, in this order; one that was deleted meanwhile waits no more."""
    s = SessionCertification
    requete = (
        select(s)
        .where(s.numero.in_(numeros))
        .options(
            joinedload(s.entite).load_only(Entite.raison_sociale, Entite.suspendue_le),
            *(
                joinedload(qui).load_only(Individu.nom, Individu.prenom, Individu.efface_le)
                for qui in (s.declarant, s.formateur)
            ),
            joinedload(s.certificat).load_only(Certificat.libelle).lazyload(Certificat.niveau),
            joinedload(s.niveau),
        )
    )
    lues = {lue.numero: lue for lue in db.session.scalars(requete)}
    return [lues[numero] for numero in numeros if numero in lues]


def _attend(acteur: Acteur, jour: date) -> ColumnElement[bool]:
    """Somebody has something to do: all but empty drafts, certificates being made, those handed over."""
    en_route = SessionCertification.etat.in_((Etat.SAISIE, Etat.VALIDATION_FORMATEUR, Etat.VALIDATION_ENTITE))
    attend = or_(and_(en_route, ~vide()), a_traiter_de(acteur, jour))
    # Those that are generated are by far the most: they are not even looked at once they were handed over.
    s = SessionCertification
    return and_(visible_de(acteur), or_(s.etat != Etat.GENERE, s.a_telecharger()), attend)


def _depuis() -> ColumnElement[datetime]:
    """SQL of `depuis_quand`, to sort by."""
    s = SessionCertification
    return case(
        (s.etat == Etat.SAISIE, func.coalesce(s.retour_le, s.creee_le)),
        (s.etat == Etat.VALIDATION_FORMATEUR, s.soumise_le),
        (s.etat == Etat.VALIDATION_ENTITE, s.resultats_le),
        (s.etat == Etat.GENERATION, s.generation_demandee_le),
        else_=s.genere_le,
    )


def depuis_quand(s: SessionCertification) -> datetime:
    """Since when it stands where it is; its opening where nothing tells."""
    instants = {
        Etat.SAISIE: s.retour_le,
        Etat.VALIDATION_FORMATEUR: s.soumise_le,
        Etat.VALIDATION_ENTITE: s.resultats_le,
        Etat.GENERATION: s.generation_demandee_le,
        Etat.GENERE: s.genere_le,
    }
    return instants[s.etat] or s.creee_le


def _demandes(acteur: Acteur, jour: date) -> list[tuple[Demande, bool]]:
    requete = (
        select(Demande, empechee(jour))
        .where(demande_visible_de(acteur), Demande.etat.in_(_ATTENDUES))
        .options(joinedload(Demande.entite), joinedload(Demande.niveau))
        .order_by(Demande.modifiee_le, Demande.id)
        .limit(ATTENTES_MAX)
    )
    return [(demande, bool(sans_personne)) for demande, sans_personne in db.session.execute(requete)]
