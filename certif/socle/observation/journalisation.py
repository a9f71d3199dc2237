"""The technical log: one line per event, identifiers only, nothing that names or reaches a person."""

import logging
import re
import sys
import traceback
from collections.abc import Mapping, MutableMapping
from types import TracebackType
from typing import Any

import structlog
from structlog.typing import Processor

Evenement = MutableMapping[str, Any]

PERSONNEL = re.compile(
    r"(?<![a-z])(pre)?nom(?![a-z])|naissance|mail|courriel|telephone|adresse|commentaire|motif|mot_de_passe|password|secret|jeton|token|"
    r"cookie|authorization|formulaire|form\b|corps|body|donnees|requete|query|referer|agent|remote_addr"
)
"""A field whose key contains one of these is dropped."""

NOTRES = ("certif", "acces")
"""Loggers whose ordinary events are kept; libraries only warn."""

CACHE = "[retiré]"
LONGUEUR_MAX = 500

# Each begins where a word begins and never backs up: anyone may have written a long text here.
_COURRIEL = re.compile(r"(?<![^\s@<>\"'(),;:=])[^\s@<>\"'(),;:=]++@[^\s@<>\"'(),;:=]+")
_QUESTION = re.compile(r"(?<![^\s?\"'])([^\s?\"']*+)\?[^\s\"']+")
_COMMANDES = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+")
"""What would begin a line, or speak to the terminal of who reads the log."""

_BAVARDES = (AttributeError, ImportError, NameError, OSError, TypeError)
"""Failures whose message tells of code and files, not of what somebody typed."""


def regler(*, json: bool) -> None:
    """Send our log, and the libraries' warnings, through the scrubber to the standard error."""
    commun: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        expurger,
    ]
    rendu: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if json
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[*commun, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    sortie = _Sortie()
    sortie.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=commun,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, rendu],
        )
    )
    racine = logging.getLogger()
    for ancienne in [h for h in racine.handlers if isinstance(h, _Sortie)]:
        racine.removeHandler(ancienne)
    racine.addHandler(sortie)
    racine.setLevel(logging.WARNING)
    for nom in NOTRES:
        logging.getLogger(nom).setLevel(logging.INFO)


class _Sortie(logging.Handler):
    """Our handler, told from those of others; it writes to whatever the standard error is now."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            sys.stderr.write(self.format(record) + "\n")
            sys.stderr.flush()
        except Exception:  # noqa: BLE001 - a log that fails must not break what it tells of
            self.handleError(record)


def expurger(_journal: Any, _methode: str, evenement: Evenement) -> Evenement:
    """Drop what could name or reach a person; keep of an exception where it happened."""
    exc_info = evenement.pop("exc_info", None)
    propre = {
        cle: valeur if cle.startswith("_") else _nettoyer(valeur)
        for cle, valeur in evenement.items()
        if not PERSONNEL.search(cle.casefold())
    }
    if exc_info:
        propre["exception"] = decrire(exc_info)
    return propre


def decrire(exc_info: Any) -> str:
    """An exception and its causes: types and lines of code, and a message only if it cannot be personal."""
    if isinstance(exc_info, BaseException):
        erreur: BaseException | None = exc_info
    else:
        erreur = exc_info[1] if isinstance(exc_info, tuple) else sys.exc_info()[1]
    lignes: list[str] = []
    while erreur is not None and len(lignes) < 100:
        genre = f"{type(erreur).__module__}.{type(erreur).__qualname__}".removeprefix("builtins.")
        lignes.append(f"{genre}: {_masquer(str(erreur))}" if isinstance(erreur, _BAVARDES) else genre)
        lignes.extend(_cadres(erreur.__traceback__))
        erreur = erreur.__cause__ or (None if erreur.__suppress_context__ else erreur.__context__)
    return "\n".join(lignes)


def _cadres(trace: TracebackType | None) -> list[str]:
    return [f"  {cadre.filename}:{cadre.lineno} {cadre.name}" for cadre in traceback.extract_tb(trace)]


def _nettoyer(valeur: Any) -> Any:
    if isinstance(valeur, str):
        return _masquer(valeur)
    if valeur is None or isinstance(valeur, (bool, int, float)):
        return valeur
    if isinstance(valeur, Mapping):
        return {c: _nettoyer(v) for c, v in valeur.items() if not PERSONNEL.search(str(c).casefold())}
    if isinstance(valeur, (list, tuple, set, frozenset)):
        return [_nettoyer(v) for v in valeur]
    # Anything else (a row, a form, bytes) could print more than identifiers.
    return f"<{type(valeur).__name__}>"


def _masquer(texte: str) -> str:
    texte = _COMMANDES.sub("\ufffd", _QUESTION.sub(_sans_question, _COURRIEL.sub(CACHE, texte)))
    return texte if len(texte) <= LONGUEUR_MAX else texte[:LONGUEUR_MAX] + "…"


def _sans_question(mot: re.Match[str]) -> str:
    return f"{mot[1]}?{CACHE}" if "/" in mot[0] else mot[0]
