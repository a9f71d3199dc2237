"""What the application needs, and whether it answers; a store that hangs holds up nobody."""

import threading
import time
from dataclasses import dataclass, field
from logging import INFO, WARNING

import structlog
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from certif.socle import file, stockage
from certif.socle.base.extensions import db
from certif.socle.stockage import StockageIndisponible

_journal = structlog.get_logger(__name__)
_dernier: dict[str, bool] = {}
PATIENCE_S = 8.0
"""How long a store may take to write one file before it counts as away."""


@dataclass
class _Memoire:
    """The last check of the storage: it writes, and anyone may ask."""

    duree_s: float = 10.0
    valeur: bool = False
    expire: float = field(default=-1.0)

    def verifier(self) -> bool:
        maintenant = time.monotonic()
        if maintenant >= self.expire:
            self.valeur = refus_du_stockage() is None
            self.expire = maintenant + (self.duree_s if self.valeur else 0.0)
        return self.valeur


_stockage = _Memoire()


def examiner() -> dict[str, bool]:
    """Whether the database, the queues, a worker of each and the storage answer. Needs an app context."""
    etat = {
        "base": _base(),
        "file": file.joignable(),
        **{f"ouvrier_{voie}": file.ouvrier_vivant(voie) for voie in file.Voie},
        "stockage": _stockage.verifier(),
    }
    if etat != _dernier:
        _journal.log(INFO if all(etat.values()) else WARNING, "sante", **etat)
        _dernier.update(etat)
    return etat


def _base() -> bool:
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return False
    finally:
        db.session.rollback()
    return True


class Epreuve:
    """One try at a time: whoever asks meanwhile waits for the same."""

    def __init__(self) -> None:
        self._fil: threading.Thread | None = None
        self._refus: StockageIndisponible | None = None

    def passer(self) -> StockageIndisponible | None:
        """What keeps a file from being written now; None when nothing does."""
        fil = self._fil
        if fil is None or not fil.is_alive():
            fil = self._fil = threading.Thread(target=self._ecrire, daemon=True)
            fil.start()
        fil.join(PATIENCE_S)
        return StockageIndisponible() if fil.is_alive() else self._refus

    def _ecrire(self) -> None:
        try:
            stockage.eprouver()
        except StockageIndisponible as refus:
            self._refus = refus
        else:
            self._refus = None


_epreuve = Epreuve()


def refus_du_stockage() -> StockageIndisponible | None:
    """What keeps a file from being written now, within eight seconds; None when nothing does."""
    return _epreuve.passer()
