"""What the application needs, and whether it answers."""

import time
from dataclasses import dataclass, field
from logging import INFO, WARNING

import structlog
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from certif.socle import file
from certif.socle.epreuve import refus_du_stockage
from certif.socle.extensions import db

_journal = structlog.get_logger(__name__)


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
_dernier: dict[str, bool] = {}


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
