"""Why what a session waits for cannot be done: by its formateur (R3), its declarer (R17); and who is told.

One condition each, in SQL: the lists filter by them, and a page reads them for the sessions that it shows.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, or_, select, update

from certif.domaine.acteur import ROLES_ENTITE, TypeRole
from certif.domaine.personnes.modeles import Role
from certif.domaine.personnes.titulaires import titulaires
from certif.domaine.referentiel.modeles import Qualification
from certif.domaine.sessions.annonces import annoncer_formateur_empeche
from certif.domaine.sessions.courriers.faits import AVEC_LEURS_FAITS, faits
from certif.domaine.sessions.declaration.vides import vide
from certif.domaine.sessions.droits.conditions import refus_des_droits
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification, Stagiaire
from certif.domaine.sessions.valeurs import Resultat
from certif.socle.base.conditions import existe
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.base.verrou import tenir
from certif.socle.horloge import aujourd_hui, maintenant

LOT = 10
"""Sessions that one transaction tells about: each takes a few statements, while others wait to write."""


@dataclass(frozen=True, slots=True)
class Relais:
    """`formateur_empeche`: the results are awaited from somebody who cannot send them any more.

    `declarant_parti`: who declared the session has no role left in its entité. `sans_reussite`: the results
    came without any réussite, so that it can only be closed (R5). `vide`: a draft in which nothing stands.
    """

    formateur_empeche: bool = False
    declarant_parti: bool = False
    sans_reussite: bool = False
    vide: bool = False


def formateur_empeche(jour: date | None = None, *, partout: bool = False) -> ColumnElement[bool]:
    """SQL condition: in validation formateur, R3 refuses today the formateur who is awaited.

    `partout`: it is asked of all sessions, rather than of those of a list.
    """
    s, q = SessionCertification, Qualification
    siens = titulaires(TypeRole.FORMATEUR, jour=jour).where(Role.individu_id == s.formateur_id)
    exerce = siens.exists() if partout else existe(siens)
    qualifie = exists().where(
        q.individu_id == s.formateur_id,
        q.niveau_id == s.niveau_id,
        q.debut <= s.date_fin,
        q.fin >= s.date_fin,
        or_(q.retrait_le.is_(None), q.retrait_le > s.date_fin),
    )
    return and_(s.etat == Etat.VALIDATION_FORMATEUR, ~and_(exerce, qualifie))


def declarant_parti(jour: date | None = None) -> ColumnElement[bool]:
    """SQL condition: the declarer holds no role of the entité today, or may not come in."""
    s = SessionCertification
    siens = titulaires(*ROLES_ENTITE, jour=jour).where(
        Role.individu_id == s.declarant_id, Role.entite_id == s.entite_id
    )
    return ~existe(siens)


def sans_reussite() -> ColumnElement[bool]:
    """SQL condition: in validation entité, nobody succeeded."""
    s, q = SessionCertification, Stagiaire
    reussite = exists().where(q.session_numero == s.numero, q.resultat == Resultat.REUSSITE)
    return and_(s.etat == Etat.VALIDATION_ENTITE, ~reussite)


def relais(sessions: Collection[SessionCertification]) -> dict[int, Relais]:
    """The same of these sessions, by number, in one query."""
    numeros = [session.numero for session in sessions]
    lus = db.session.execute(_relais(aujourd_hui()), {"numeros": numeros})
    return {numero: Relais(*map(bool, dits)) for numero, *dits in lus}


@lru_cache(maxsize=2)
def _relais(jour: date) -> Select[int, bool, bool, bool, bool]:
    """Every list asks: to build it takes longer than to run it. It is another one each day."""
    s = SessionCertification
    dits = formateur_empeche(jour), declarant_parti(jour), sans_reussite(), vide()
    return select(s.numero, *dits).where(s.numero.in_(bindparam("numeros", expanding=True)))


def relais_de(session_certif: SessionCertification) -> Relais:
    """The same of one session."""
    return relais([session_certif]).get(session_certif.numero, Relais())


def prevenir() -> None:
    """Write the mails that are due, and forget the sessions whose formateur can answer, or that moved on.

    Nothing is written, nor locked, when nothing has changed.
    """
    s = SessionCertification
    remises = s.empeche_le.is_not(None) & ~formateur_empeche(partout=True)
    if db.session.scalar(select(s.numero).where(remises).limit(1)) is not None:
        with transaction():
            db.session.execute(
                update(s).where(remises).values(empeche_le=None).execution_options(synchronize_session=False)
            )
    empeches = s.empeche_le.is_(None) & formateur_empeche(partout=True)
    a_dire = select(s.numero).where(empeches).order_by(s.numero).limit(LOT)
    while numeros := list(db.session.scalars(a_dire)):
        with transaction():
            _dire(numeros)


def _dire(numeros: list[int]) -> None:
    """Those of these that nobody was told of yet, under their lock."""
    s = SessionCertification
    requete = (
        select(s).where(s.numero.in_(numeros), s.empeche_le.is_(None), formateur_empeche()).order_by(s.numero)
    )
    sessions = list(db.session.scalars(tenir(requete.options(*AVEC_LEURS_FAITS), s)))
    refus, dits = refus_des_droits(sessions), faits(sessions)
    for session_certif in sessions:
        session_certif.empeche_le = maintenant()
        numero = session_certif.numero
        annoncer_formateur_empeche(session_certif, refus.get(numero, ""), dits[numero])
