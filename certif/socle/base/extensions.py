"""Flask extensions, created once and bound to an application by `create_app`."""

from typing import TYPE_CHECKING, Any

from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import Connection, MetaData, event
from sqlalchemy.engine import Engine
from sqlalchemy.orm import DeclarativeBase

from certif.socle.base import plume

ECRITURE = "certif_ecriture"
"""Execution option that makes a SQLite transaction take the write lock at once."""

ATTENTE_VERROU_S = 10.0
"""How long a statement waits for what somebody else holds, before it fails."""

SILENCE = {"keepalives_idle": 4, "keepalives_interval": 2, "keepalives_count": 2, "tcp_user_timeout": 8_000}
"""When either end of a connection with PostgreSQL gives up the other: a network that is cut tells nobody.

Sooner than others give up what the other end holds. As the client's library spells it; its own values are a
quarter of an hour for whoever asks, and two hours for the locks of who went.
"""


class Base(DeclarativeBase):
    """Declarative base; every constraint has a name so that migrations can change it."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base)

if TYPE_CHECKING:
    # Flask-SQLAlchemy makes its base class at run time: checkers need to be told what it is.
    Modele = Base
else:
    Modele = db.Model
login_manager = LoginManager()
csrf = CSRFProtect()
limiter = Limiter(key_func=get_remote_address)


@event.listens_for(Engine, "connect")
def _regler(connexion: Any, _fiche: Any) -> None:
    """Bounded waits for locks and for who went; and a durable, concurrent, forgetful SQLite."""
    attente_ms = int(ATTENTE_VERROU_S * 1000)
    if connexion.__class__.__module__ == "sqlite3":
        _regler_sqlite(connexion, attente_ms)
    else:
        # Compiling a plan takes longer than any of ours.
        reglages: dict[str, int | str] = {"lock_timeout": attente_ms, "jit": "off"}
        reglages |= {f"tcp_{nom.removeprefix('tcp_')}": valeur for nom, valeur in SILENCE.items()}
        connexion.autocommit = True  # in a transaction, it would be forgotten at the first rollback
        connexion.execute("; ".join(f"SET {nom} = {valeur}" for nom, valeur in reglages.items()))
        connexion.autocommit = False


def _regler_sqlite(connexion: Any, attente_ms: int) -> None:
    """WAL, foreign keys, deleted bytes overwritten."""
    # SQLAlchemy opens transactions itself (below): the driver must not.
    connexion.isolation_level = None
    for pragma in (
        f"busy_timeout={attente_ms}",
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "secure_delete=ON",
    ):
        connexion.execute(f"PRAGMA {pragma}")
    # SQLite's own knows ASCII only: a search for "été" would not find "Été".
    connexion.create_function("lower", 1, _minuscules, deterministic=True)


def _minuscules(texte: str | None) -> str | None:
    return None if texte is None else str(texte).lower()


@event.listens_for(Engine, "begin")
def _ouvrir_sqlite(connexion: Connection) -> None:
    """Writers take the lock when they begin: two of them queue instead of failing half-way."""
    if connexion.dialect.name == "sqlite":
        if connexion.get_execution_options().get(ECRITURE, False):
            plume.prendre(connexion, ATTENTE_VERROU_S)
        else:
            connexion.exec_driver_sql("BEGIN")
