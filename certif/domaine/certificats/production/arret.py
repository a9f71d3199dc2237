"""What stops the work on a session's files without being its fault: told apart, given back, waited for."""

import errno
import time
from collections.abc import Callable
from typing import NoReturn

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as AttenteTropLongue

from certif.documents.donnees import DonneesPlusRecentes
from certif.documents.sceau.cle_de_sceau import CleInutilisable
from certif.domaine.pannes.attente import attendre
from certif.domaine.pannes.modeles import SorteDePanne
from certif.socle.base.transaction import transaction
from certif.socle.rupture import point_de_rupture
from certif.socle.stockage import StockageIndisponible, StockagePlein

INSISTANCE_S = 60.0
"""How long a claim is given back again and again while the database is away; then it lapses by itself."""

_PLEINS = frozenset({errno.ENOSPC, errno.EDQUOT})
_REFUS = frozenset(
    {errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO, errno.ESTALE, errno.ENFILE, errno.EMFILE, errno.ENXIO}
)
_BASE = (OperationalError, InterfaceError, AttenteTropLongue)

_journal = structlog.get_logger(__name__)


class EnPanne(Exception):
    """The work stops here: what it had claimed was given back, and counts for nothing."""


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


def constater(erreur: Exception, session_numero: int, rendre: Callable[[], bool]) -> NoReturn:
    """Raise `erreur` again unless an outage explains it: then give back what was claimed, and stop.

    `rendre` gives it back, in a transaction that also notes what this session waits for; it is False when
    there is no such session any more.

    Raises:
        EnPanne: it was given back, or lapses in a minute.
    """
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
                if rendre():
                    attendre(session_numero, sorte)
                point_de_rupture("avant_commit_attente")
            break
        except _BASE:
            if time.monotonic() > fin:
                break
            time.sleep(1)
    raise EnPanne from erreur
