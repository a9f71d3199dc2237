"""What `make test` leaves to `make eprouver`, and that nothing is left by both."""

import re
from pathlib import Path

import pytest

from tests.support import sampling
from tests.support.sampling import EPREUVES, echantillonner

MAKEFILE = (Path(__file__).parents[1] / "Makefile").read_text("utf-8")


class Essai:
    """What is asked of a test."""

    def __init__(self, nodeid: str, marque: pytest.Mark | None = None) -> None:
        self.nodeid, self.marque = nodeid, marque

    def get_closest_marker(self, nom: str) -> pytest.Mark | None:
        return self.marque if self.marque and self.marque.name == nom else None


def gardes(essais: list[Essai]) -> list[str]:
    return [essai.nodeid for essai in echantillonner(essais)[0]]  # type: ignore[arg-type]


def cas(nombre: int, marque: pytest.Mark | None) -> list[Essai]:
    return [Essai(f"f.py::test[{rang}]", marque) for rang in range(nombre)]


@pytest.mark.parametrize("tout", [False, True], ids=["make test", "make eprouver"])
def test_one_of_so_many_cases_from_the_first_on(monkeypatch: pytest.MonkeyPatch, tout: bool) -> None:
    monkeypatch.setattr(sampling, "TOUT", tout)
    essais = cas(9, pytest.mark.pannes(un_sur=4).mark)
    rangs = range(9) if tout else (0, 4, 8)
    assert gardes(essais) == [f"f.py::test[{rang}]" for rang in rangs]


def test_some_are_for_make_eprouver_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    essais = cas(2, pytest.mark.charge(un_sur=0).mark)
    for tout in (False, True):
        monkeypatch.setattr(sampling, "TOUT", tout)
        assert len(gardes(essais)) == (2 if tout else 0)


@pytest.mark.parametrize("marque", [None, pytest.mark.lent.mark, pytest.mark.charge.mark])
def test_what_is_not_sampled_is_always_run(
    monkeypatch: pytest.MonkeyPatch, marque: pytest.Mark | None
) -> None:
    monkeypatch.setattr(sampling, "TOUT", False)
    assert len(gardes(cas(5, marque))) == 5


@pytest.mark.parametrize("epreuve", EPREUVES)
def test_each_kind_has_its_command_and_all_have_one(epreuve: str) -> None:
    assert re.search(rf"^{epreuve}:.* ## ", MAKEFILE, re.MULTILINE)
    ensemble = re.findall(r"\$\(subst eprouver,([a-z ]+),\$@\)", MAKEFILE)[0].split(" or ")
    assert epreuve in [*ensemble, *re.findall(r"^eprouver: ([a-z]+)$", MAKEFILE, re.MULTILINE)]
