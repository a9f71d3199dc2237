"""The ends that are warned of at 90, 60 and 30 days, and the rights that go on after others."""

from datetime import date, timedelta

import pytest

from certif.domaine.sessions.regles import preavis
from certif.domaine.sessions.regles.preavis import Periode

FIN = date(2026, 9, 30)


@pytest.mark.parametrize(
    ("jours", "seuil"),
    [(91, None), (90, 90), (61, 90), (60, 60), (31, 60), (30, 30), (1, 30), (0, 30), (-1, None)],
)
def test_le_seuil_le_plus_proche(jours: int, seuil: int | None) -> None:
    jour = FIN - timedelta(days=jours)
    assert preavis.jours_restants(FIN, jour) == jours
    assert preavis.seuil(FIN, jour) == seuil


def test_un_droit_qui_continue_prend_le_relais() -> None:
    ancien = Periode(1, date(2024, 10, 1), FIN)
    suivant = Periode(2, FIN + timedelta(days=1), date(2028, 9, 30))
    assert preavis.relais(ancien, [ancien, suivant]) is suivant
    assert preavis.relais(suivant, [ancien, suivant]) is None


def test_un_jour_sans_droit_n_est_pas_un_relais() -> None:
    ancien = Periode(1, date(2024, 10, 1), FIN)
    apres = Periode(2, FIN + timedelta(days=2), date(2028, 9, 30))
    assert preavis.relais(ancien, [ancien, apres]) is None


def test_de_deux_qui_finissent_ensemble_un_seul_avertit() -> None:
    un, autre = Periode(1, date(2024, 1, 1), FIN), Periode(2, date(2025, 1, 1), FIN)
    assert preavis.relais(un, [un, autre]) is autre
    assert preavis.relais(autre, [un, autre]) is None


def test_un_droit_retire_avant_d_avoir_commence_ne_prend_pas_le_relais() -> None:
    ancien = Periode(1, date(2024, 10, 1), FIN)
    retire = Periode(2, FIN + timedelta(days=1), FIN)
    assert preavis.relais(ancien, [ancien, retire]) is None
