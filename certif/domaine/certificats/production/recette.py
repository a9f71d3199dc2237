"""The recipe of what workers make of a session: certificates, zip, dossier. One word for each step of it.

*prendre*: claim, by writing in the rows who makes it and since when; the claim lapses unless it is renewed.
*faire*: make it, and store it under a name that is this attempt's own.
*marquer*: enter it as made, or as failed, if this attempt still holds it.
*lacher*: give it back, when an outage stops the work; that counts for nothing.

The rows are the only truth: a job may die anywhere, run twice at once or come late. All but *faire* happen in
a transaction that holds the session's row, so that counting and deciding see all of it.
"""

import errno
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, NoReturn, TypeVar

import structlog
from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as AttenteTropLongue
from sqlalchemy.orm import InstrumentedAttribute

from certif.documents.donnees import DonneesPlusRecentes
from certif.documents.erreurs import RenduImpossible
from certif.documents.sceau.cle_de_sceau import CleInutilisable
from certif.domaine.certificats.modeles import CertificatEmis, DossierSession
from certif.domaine.certificats.production.fichiers import balayer
from certif.domaine.pannes.attente import attendre, derniere_panne
from certif.domaine.pannes.modeles import SorteDePanne
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.base.verrou import tenir
from certif.socle.delai import DelaiDepasse
from certif.socle.horloge import AVANCE_MAX, instant_reel
from certif.socle.rupture import point_de_rupture
from certif.socle.stockage import StockageIndisponible, StockagePlein

BAIL = timedelta(seconds=60)
INSISTANCE_S = 60.0
"""How long a claim is given back again and again while the database is away; then it lapses by itself."""

_PLEINS = frozenset({errno.ENOSPC, errno.EDQUOT})
_REFUS = frozenset(
    {errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO, errno.ESTALE, errno.ENFILE, errno.EMFILE, errno.ENXIO}
)
_BASE = (OperationalError, InterfaceError, AttenteTropLongue)

_journal = structlog.get_logger(__name__)

P = TypeVar("P")
F = TypeVar("F")


class Suspendu(Exception):
    """The work stops here, and goes on in another job: nothing of it is claimed any more."""


class EnPanne(Suspendu):
    """An outage stops it: nothing was counted."""


@dataclass(frozen=True, slots=True)
class Recette(Generic[P, F]):
    """How one thing is made: P is what was claimed of it, F what was made.

    `nom` begins the names of its break points. `prendre` gives None when there is nothing to be made, or when
    somebody makes it; `marquer` and `lacher` touch only what this attempt still holds. `lacher` is False when
    nothing has to wait for the end of the outage.
    """

    nom: str
    etat: Etat
    prendre: Callable[[SessionCertification], P | None]
    faire: Callable[[P], F]
    marquer: Callable[[SessionCertification, P, F], None]
    lacher: Callable[[SessionCertification, P], bool]


def suivre(recette: Recette[P, F], session_numero: int) -> P | None:
    """Claim, make, mark; returns what was claimed.

    Raises:
        EnPanne: an outage stops it; what was claimed was given back, or lapses in a minute.
    """
    prise = prendre(recette, session_numero)
    if prise is not None:
        try:
            point_de_rupture(f"{recette.nom}_apres_prise")
            marquer(recette, session_numero, prise, recette.faire(prise))
        except Exception as erreur:  # noqa: BLE001 - an outage is told from a failure, which is raised again
            _lacher(recette, session_numero, prise, erreur)
    return prise


def prendre(recette: Recette[P, F], session_numero: int) -> P | None:
    """Claim what there is to make; None when there is nothing.

    Raises:
        EnPanne: nobody knows whether the claim was written; it was given back, or lapses in a minute.
    """
    prise: P | None = None
    try:
        with transaction():
            session_certif = verrouiller(session_numero, recette.etat)
            prise = recette.prendre(session_certif) if session_certif is not None else None
            if prise is not None:
                point_de_rupture(f"{recette.nom}_avant_commit_prise")
    except Exception as erreur:
        if prise is None:
            raise
        _lacher(recette, session_numero, prise, erreur)
    return prise


def marquer(recette: Recette[P, F], session_numero: int, prise: P, fait: F) -> None:
    """Enter what was made, unless another attempt took it over, or the session is gone."""
    with transaction():
        session_certif = verrouiller(session_numero, recette.etat)
        if session_certif is not None:
            recette.marquer(session_certif, prise, fait)
        point_de_rupture(f"{recette.nom}_avant_commit")
    point_de_rupture(f"{recette.nom}_apres_commit")


def _lacher(recette: Recette[P, F], session_numero: int, prise: P, erreur: Exception) -> NoReturn:
    """Raise `erreur` again unless an outage explains it: then give back what was claimed, and stop."""
    sorte = panne_de(erreur)
    if sorte is None:
        raise erreur
    # The message of the error may quote what was written: only its type is kept.
    _journal.warning(
        "production.panne", session=session_numero, sorte=sorte.value, erreur=type(erreur).__name__
    )
    fin = time.monotonic() + INSISTANCE_S
    while True:
        try:
            with transaction():
                session_certif = verrouiller(session_numero, recette.etat)
                if session_certif is not None and recette.lacher(session_certif, prise):
                    attendre(session_numero, sorte)
                point_de_rupture("avant_commit_attente")
            break
        except _BASE:
            if time.monotonic() > fin:
                break
            time.sleep(1)
    raise EnPanne from erreur


@contextmanager
def travail(session_numero: int) -> Iterator[None]:
    """One job: when it is suspended the rows say what remains; at its end, what attempts left behind goes."""
    try:
        yield
        balayer(session_numero)
    except Suspendu:
        pass
    except StockageIndisponible:
        # What is left over is found again every hour.
        _journal.warning("production.balayage", session=session_numero)


def verrouiller(session_numero: int, etat: Etat) -> SessionCertification | None:
    """Lock a session in this state, in the caller's transaction; None when it is not, or no longer."""
    requete = select(SessionCertification).filter_by(numero=session_numero, etat=etat)
    return db.session.scalars(tenir(requete, SessionCertification)).one_or_none()


def tient(prise_a: datetime | None) -> bool:
    """Whether a claim made then still holds; False when there is none."""
    maintenant = instant_reel()
    return prise_a is not None and maintenant - BAIL <= prise_a <= maintenant + AVANCE_MAX


def echu(prise_a: InstrumentedAttribute[datetime | None] = CertificatEmis.prise_a) -> ColumnElement[bool]:
    """Condition that a claim no longer holds: too old, or made before the clock was put back."""
    maintenant = instant_reel()
    return or_(prise_a < maintenant - BAIL, prise_a > maintenant + AVANCE_MAX)


def reprendre_les_echus(lignes: Sequence[CertificatEmis | DossierSession], cause: str) -> None:
    """Take back claims of attempts that died or hang: a failed try, unless an outage came in between."""
    panne = derniere_panne() if lignes else None
    for ligne in lignes:
        if panne is not None and ligne.prise_a is not None and ligne.prise_a <= panne:
            ligne.liberer()
        else:
            ligne.compter_un_echec(ligne.cause or cause)


def panne_de(erreur: BaseException) -> SorteDePanne | None:
    """The outage that an error tells of; None when it is the fault of what was being made."""
    if isinstance(erreur, StockageIndisponible):
        return SorteDePanne.PLEIN if isinstance(erreur, StockagePlein) else SorteDePanne.STOCKAGE
    if isinstance(erreur, CleInutilisable):
        return SorteDePanne.SCEAU
    if isinstance(erreur, DonneesPlusRecentes):
        return SorteDePanne.VERSION
    if isinstance(erreur, _BASE):
        return SorteDePanne.BASE
    if isinstance(erreur, OSError) and erreur.errno in _PLEINS | _REFUS:
        return SorteDePanne.PLEIN if erreur.errno in _PLEINS else SorteDePanne.STOCKAGE
    return None


def cause_de(erreur: BaseException, delai: str, interne: str, **de_quoi: int) -> str:
    """The sentence that says what failed of its own fault; anything else is raised again."""
    if isinstance(erreur, RenduImpossible):
        return erreur.message
    if isinstance(erreur, DelaiDepasse):
        return delai
    if isinstance(erreur, Suspendu) or panne_de(erreur) is not None:
        raise erreur
    # The message of an unforeseen error may hold the trainee's name: only its type is kept.
    _journal.error("production.echec", erreur=type(erreur).__name__, **de_quoi)
    return interne
