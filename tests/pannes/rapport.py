"""The report of `make pannes`, made by the run: each fault on each pair of servers, and what became of it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.pannes.essai import Double, Essai, Muet, Perdu
from tests.pannes.fautes import GROUPES, Faute
from tests.support.sampling import TOUT

RAPPORT = Path(__file__).parents[2] / "pannes.md"
PAIRES = ("SQLite + Valkey", "PostgreSQL + Redis")
ISSUES = ("survived", "lost", "duplicated", "silent", "broken")
"""`broken`: the trial itself went wrong, nothing is known of the fault."""

_CLE = "panne"


@dataclass(frozen=True)
class Cas:
    """One trial of one fault."""

    faute: Faute
    paire: str
    issue: str
    temoins: tuple[str, ...]


_cas: list[Cas] = []


def noter(item: pytest.Function, appel: pytest.CallInfo[None], compte_rendu: pytest.TestReport) -> None:
    """In the process that ran it: add to the report of a test what it tried, and what became of it."""
    if compte_rendu.skipped:
        return
    essai = item.funcargs.get("essai")
    temoins = sorted({str(t) for t in essai.temoins}) if isinstance(essai, Essai) else []
    paire = PAIRES[item.get_closest_marker("postgres") is not None]
    issue = _issue(appel.excinfo)
    for marque in item.iter_markers("faute"):
        compte_rendu.user_properties.append((_CLE, (marque.args[0].name, paire, issue, tuple(temoins))))


def _issue(leve: pytest.ExceptionInfo[BaseException] | None) -> str:
    if leve is None:
        return "survived"
    sortes = {Perdu: "lost", Double: "duplicated", Muet: "silent"}
    return next((issue for sorte, issue in sortes.items() if isinstance(leve.value, sorte)), "broken")


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """In the process that gathers: keep it."""
    for cle, valeur in report.user_properties:
        if cle == _CLE and isinstance(valeur, (list, tuple)):
            nom, paire, issue, temoins = valeur
            _cas.append(Cas(Faute[nom], paire, issue, tuple(temoins)))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Write the report of a whole run, and say in a line what it says."""
    if not TOUT or not _cas or hasattr(config, "workerinput"):
        return
    RAPPORT.write_text(ecrire(_cas), encoding="utf-8")
    terminalreporter.write_line(f"{RAPPORT.name}: {_bilan(_cas)}")


def ecrire(cas: list[Cas]) -> str:
    """The whole report."""
    return "\n".join(["# Faults tried", "", f"{_bilan(cas)}.", "", *_par_groupe(cas), *_par_faute(cas), ""])


def _bilan(cas: list[Cas]) -> str:
    manquent = [(f, p) for f in Faute for p in PAIRES if not any(c.faute is f and c.paire == p for c in cas)]
    compte = Counter(c.issue for c in cas)
    issues = ", ".join(f"{compte[issue]} {issue}" for issue in ISSUES)
    return f"{len(Faute)} faults, {len(cas)} trials: {issues}; {len(manquent)} not tried"


def _par_groupe(cas: list[Cas]) -> Iterable[str]:
    yield from (_ligne("group", "servers", "tried", *ISSUES), _ligne(*["---"] * (3 + len(ISSUES))))
    for groupe, nom in GROUPES.items():
        for paire in PAIRES:
            ici = [c for c in cas if c.faute.groupe == groupe and c.paire == paire]
            compte = Counter(c.issue for c in ici)
            yield _ligne(f"{groupe}. {nom}", paire, len(ici), *(compte[issue] for issue in ISSUES))


def _par_faute(cas: list[Cas]) -> Iterable[str]:
    for groupe, nom in GROUPES.items():
        yield from ("", f"## {groupe}. {nom}", "", _ligne("fault", *PAIRES, "told by"), "|---|---|---|---|")
        for faute in (f for f in Faute if f.groupe == groupe):
            ici = [c for c in cas if c.faute is faute]
            temoins = sorted({temoin for c in ici for temoin in c.temoins})
            yield _ligne(faute.quoi, *(_resume(ici, p) for p in PAIRES), ", ".join(temoins) or "nobody")


def _resume(cas: list[Cas], paire: str) -> str:
    compte = Counter(c.issue for c in cas if c.paire == paire)
    return ", ".join(f"{compte[issue]} {issue}" for issue in ISSUES if compte[issue]) or "not tried"


def _ligne(*cellules: object) -> str:
    return f"| {' | '.join(map(str, cellules))} |"
