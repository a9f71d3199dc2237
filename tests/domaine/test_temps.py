"""Dates as typed, shown and counted."""

import calendar
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certif.domaine import dates, temps
from certif.domaine.erreurs import SaisieInvalide

DATES = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("10/06/2026", date(2026, 6, 10)),
        ("1/6/2026", date(2026, 6, 1)),
        ("2026-06-10", date(2026, 6, 10)),
        ("\u00a010/06/2026\r\n", date(2026, 6, 10)),
        ("29/02/2000", date(2000, 2, 29)),
        ("10.06.2026", date(2026, 6, 10)),
        ("1.6.2026", date(2026, 6, 1)),
        ("10-06-2026", date(2026, 6, 10)),
        ("10 06 2026", date(2026, 6, 10)),
        ("1 6 2026", date(2026, 6, 1)),
        ("10\u00a006\u00a02026", date(2026, 6, 10)),
        ("10062026", date(2026, 6, 10)),
        ("2026-6-1", date(2026, 6, 1)),
        ("01011900", date(1900, 1, 1)),
    ],
)
def test_dates_lues(texte: str, attendu: date) -> None:
    assert dates.lire_date(texte) == attendu


@pytest.mark.parametrize(
    ("texte", "extrait"),
    [
        ("", "Indiquez une date"),
        ("\u00a0", "Indiquez une date"),
        ("31/02/1990", "31/02/1990 n’existe pas"),
        ("31/02/2026", "n’existe pas"),
        ("29/02/2027", "n’existe pas"),
        ("01/13/2026", "n’existe pas"),
        ("00/00/0000", "n’existe pas"),
        ("2026-02-30", "n’existe pas"),
        ("1/6/26", "quatre chiffres"),
        ("01/01/0001", "entre 1900 et 2100"),
        ("01/01/1899", "entre 1900 et 2100"),
        ("01/01/9999", "entre 1900 et 2100"),
        ("01/01/10000", "jj/mm/aaaa"),
        ("٠١/٠١/٢٠٢٦", "jj/mm/aaaa"),
        ("²/1/2026", "jj/mm/aaaa"),
        ("-1/01/2026", "jj/mm/aaaa"),
        ("1_0/06/2026", "jj/mm/aaaa"),
        ("10/06/2026 12:00", "jj/mm/aaaa"),
        ("10 juin 2026", "jj/mm/aaaa"),
        ("1.6.26", "quatre chiffres"),
        ("1-6-26", "quatre chiffres"),
        ("01 06 26", "quatre chiffres"),
        ("010626", "quatre chiffres"),
        ("31022026", "n’existe pas"),
        ("20260610", "n’existe pas"),
        ("1062026", "jj/mm/aaaa"),
        ("10/06.2026", "jj/mm/aaaa"),
        ("10  06  2026", "jj/mm/aaaa"),
        ("10,06,2026", "jj/mm/aaaa"),
        ("2026/06/10", "jj/mm/aaaa"),
        ("26-06-10", "quatre chiffres"),
        ("9" * 400, "jj/mm/aaaa"),
        ("10/06/2026\x00", "jj/mm/aaaa"),
    ],
)
def test_dates_refusees(texte: str, extrait: str) -> None:
    with pytest.raises(SaisieInvalide) as refus:
        dates.lire_date(texte, "date_fin")
    (message,) = refus.value.champs["date_fin"]
    assert extrait in message


def test_date_facultative() -> None:
    assert dates.lire_date_facultative(" \u00a0") is None
    assert dates.lire_date_facultative("10/06/2026") == date(2026, 6, 10)


@given(DATES)
def test_une_date_affichee_se_relit(jour: date) -> None:
    assert dates.lire_date(temps.format_date(jour)) == jour
    assert dates.lire_date(jour.isoformat()) == jour
    for separateur in ("/", ".", "-", " ", ""):
        assert dates.lire_date(temps.format_date(jour).replace("/", separateur)) == jour


@given(st.text())
def test_un_texte_quelconque_est_lu_ou_refuse(texte: str) -> None:
    try:
        assert isinstance(dates.lire_date(texte), date)
    except SaisieInvalide as refus:
        assert refus.champs["date"]


def test_heures_de_paris() -> None:
    ete = datetime(2026, 4, 11, 16, 12, tzinfo=UTC)
    assert temps.format_date_heure(ete) == "11/04/2026 à 18\u00a0h\u00a012"
    assert temps.format_heure(datetime(2026, 12, 1, 13, 2, tzinfo=UTC)) == "14\u00a0h\u00a002"


def test_un_instant_sans_fuseau_est_une_erreur_de_programme() -> None:
    with pytest.raises(ValueError):
        temps.format_heure(datetime(2026, 4, 11))


@pytest.mark.parametrize(
    ("ecart", "mots"),
    [
        (0, "aujourd’hui"),
        (1, "demain"),
        (-1, "hier"),
        (3, "dans 3\u00a0jours"),
        (-2, "il y a 2\u00a0jours"),
        (7, "dans 7\u00a0jours"),
        (-7, "il y a 7\u00a0jours"),
        (8, ""),
        (-8, ""),
    ],
)
def test_une_date_proche_se_dit_aussi_en_mots(ecart: int, mots: str) -> None:
    jour = date(2026, 6, 10)
    assert temps.proche(jour + timedelta(days=ecart), jour) == mots


@pytest.mark.parametrize(
    ("jours", "dit"),
    [
        (0, "dernier jour aujourd’hui"),
        (1, "encore 1\u00a0jour"),
        (2, "encore 2\u00a0jours"),
        (89, "encore 89\u00a0jours"),
        (90, "jusqu’en septembre 2026"),
        (731, "jusqu’en juin 2028"),
    ],
)
def test_ce_qui_reste_se_compte_en_jours_sous_quatre_vingt_dix(jours: int, dit: str) -> None:
    jour = date(2026, 6, 10)
    assert temps.jusqu_a(jour + timedelta(days=jours), jour) == dit


@pytest.mark.parametrize(
    ("jours", "mots"), [(0, "aujourd’hui"), (1, "hier"), (3, "3\u00a0jours"), (40, "40\u00a0jours")]
)
def test_durees(jours: int, mots: str) -> None:
    jour = date(2026, 6, 10)
    assert temps.depuis(jour - timedelta(days=jours), jour) == f"depuis {mots}"


@given(DATES, st.integers(-600, 600))
def test_ajouter_des_mois_garde_le_jour_ou_prend_le_dernier(jour: date, mois: int) -> None:
    obtenu = temps.ajouter_mois(jour, mois)
    assert (obtenu.year * 12 + obtenu.month) - (jour.year * 12 + jour.month) == mois
    dernier = calendar.monthrange(obtenu.year, obtenu.month)[1]
    assert obtenu.day == min(jour.day, dernier)


@given(DATES, DATES, st.integers(-60, 60))
def test_ajouter_des_mois_garde_l_ordre(un: date, autre: date, mois: int) -> None:
    premier, second = sorted((un, autre))
    assert temps.ajouter_mois(premier, mois) <= temps.ajouter_mois(second, mois)


@given(DATES)
def test_le_debut_du_jour_est_le_premier_instant_de_ce_jour(jour: date) -> None:
    debut = temps.debut_du_jour(jour).astimezone(UTC)
    assert temps.date_de(debut) == jour
    assert temps.date_de(debut - timedelta(microseconds=1)) == jour - timedelta(days=1)


@pytest.mark.parametrize(
    ("jour", "debut"),
    [
        (date(2026, 3, 29), datetime(2026, 3, 28, 23, tzinfo=UTC)),
        (date(2026, 3, 30), datetime(2026, 3, 29, 22, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 24, 22, tzinfo=UTC)),
        (date(2026, 10, 26), datetime(2026, 10, 25, 23, tzinfo=UTC)),
    ],
)
def test_nuits_ou_l_heure_change(jour: date, debut: datetime) -> None:
    assert temps.debut_du_jour(jour) == debut
