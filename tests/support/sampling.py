"""How much is tried: a fixed sample at each `make test`, all of it by `make eprouver`.

A test that belongs to `make eprouver` is marked `marches`, `pannes`, `taille`, `charge` or `cluster`.
`un_sur=4` keeps one of four of its cases in `make test`, evenly, `un_sur=0` none; a test that is one case
asks `ampleur` how far to go.
"""

import os
from collections import Counter

import pytest

EPREUVES = ("marches", "pannes", "taille", "charge", "cluster")
TOUT = os.environ.get("CERTIF_EPREUVE") == "1"


def ampleur(echantillon: int, tout: int) -> int:
    """How many examples, steps or rows: `tout` by `make eprouver`, else `echantillon`."""
    return tout if TOUT else echantillon


def echantillonner(items: list[pytest.Item]) -> tuple[list[pytest.Item], list[pytest.Item]]:
    """What this run keeps of these tests, and what it leaves to `make eprouver`."""
    rangs: Counter[str] = Counter()
    gardes: list[pytest.Item] = []
    laisses: list[pytest.Item] = []
    for item in items:
        fonction = item.nodeid.partition("[")[0]
        un_sur = _un_sur(item)
        laisse = not TOUT and (un_sur == 0 or rangs[fonction] % un_sur > 0)
        (laisses if laisse else gardes).append(item)
        rangs[fonction] += 1
    return gardes, laisses


def _un_sur(item: pytest.Item) -> int:
    marques = (item.get_closest_marker(nom) for nom in EPREUVES)
    return next((int(marque.kwargs.get("un_sur", 1)) for marque in marques if marque), 1)
