"""The ends that are warned of, the rights that go on after others, the reminders of results."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certif.domaine.sessions.regles import preavis
from certif.domaine.sessions.regles.delais import fenetre
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


class TestRappelDesResultats:
    F = date(2026, 6, 10)
    SOUMISE = date(2026, 6, 9)

    @pytest.mark.parametrize(
        ("jour", "attendu"),
        [
            ("2026-06-09", None),
            ("2026-06-12", None),
            ("2026-06-13", "2026-06-13"),
            ("2026-06-19", "2026-06-13"),
            ("2026-06-20", "2026-06-20"),
            ("2026-06-26", "2026-06-20"),
            ("2026-06-27", "2026-06-27"),
            ("2026-07-02", "2026-06-27"),
            ("2026-07-03", "2026-07-03"),
            ("2026-07-09", "2026-07-03"),
            ("2026-07-10", None),
            ("2026-09-10", None),
        ],
    )
    def test_f_plus_3_10_17_puis_une_semaine_avant_la_cloture(self, jour: str, attendu: str | None) -> None:
        trouve = preavis.rappel_des_resultats(self.F, self.SOUMISE, date.fromisoformat(jour))
        assert trouve == (date.fromisoformat(attendu) if attendu else None)

    def test_la_fin_d_un_mois_court(self) -> None:
        assert preavis.jours_de_rappel(date(2027, 1, 31)) == [
            date(2027, 2, 3),
            date(2027, 2, 10),
            date(2027, 2, 17),
            date(2027, 2, 21),
        ]

    def test_demandes_ce_jour_la_ou_depuis_on_n_insiste_pas(self) -> None:
        for demandes_le, attendu in ((date(2026, 6, 12), date(2026, 6, 13)), (date(2026, 6, 13), None)):
            assert preavis.rappel_des_resultats(self.F, demandes_le, date(2026, 6, 15)) == attendu
        assert preavis.rappel_des_resultats(self.F, date(2026, 6, 15), date(2026, 6, 20)) == date(2026, 6, 20)

    @given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(-5, 40))
    def test_les_jours_se_suivent_avant_la_cloture(self, date_fin: date, ecart: int) -> None:
        cloture = fenetre(date_fin).cloture
        jours = preavis.jours_de_rappel(date_fin)
        assert jours == sorted(set(jours)) and all(date_fin < jour < cloture for jour in jours)
        jour = date_fin + timedelta(days=ecart)
        trouve = preavis.rappel_des_resultats(date_fin, date_fin, jour)
        assert (trouve is not None) == (jours[0] <= jour < cloture)
