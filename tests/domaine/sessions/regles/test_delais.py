"""R1, R7, R8, R15, R17, R18: what is open until when, with their worked cases."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certif.domaine import temps
from certif.domaine.erreurs import Refus
from certif.domaine.personnes import regles
from certif.domaine.sessions.regles import delais, validite
from certif.socle.horloge import PARIS

DATES = st.dates(date(1990, 1, 1), date(2090, 12, 31))
F = date(2026, 6, 10)


def ouverte(date_fin: date, jour: date, soumise: date | None = None) -> bool:
    try:
        delais.verifier_fenetre(date_fin, jour, soumise)
    except Refus as refus:
        assert refus.regle == "R1" and refus.message
        return False
    return True


def jour_a_paris(*instant: int) -> date:
    return temps.date_de(datetime(*instant, tzinfo=PARIS))  # type: ignore[arg-type,misc]


def test_cas_1_bornes_de_la_fenetre() -> None:
    assert ouverte(F, date(2026, 3, 10))
    assert not ouverte(F, date(2026, 3, 9))
    assert ouverte(F, jour_a_paris(2026, 7, 10, 23, 59))
    assert not ouverte(F, jour_a_paris(2026, 7, 11, 0, 0))


def test_cas_1_messages() -> None:
    with pytest.raises(Refus) as tard:
        delais.verifier_fenetre(F, date(2026, 7, 11))
    assert tard.value.message == (
        "Le délai d’un mois est dépassé (10/07/2026)\u00a0: cette session ne peut plus être soumise."
    )
    with pytest.raises(Refus) as tot:
        delais.verifier_fenetre(F, date(2026, 3, 9))
    assert "à partir du 10/03/2026" in tot.value.message


def test_cas_2_fins_de_mois() -> None:
    assert delais.fenetre(date(2026, 5, 31)) == delais.Fenetre(date(2026, 2, 28), date(2026, 6, 30))
    assert ouverte(date(2026, 1, 31), date(2026, 2, 28))
    assert not ouverte(date(2026, 1, 31), date(2026, 3, 1))


def test_cas_3_fin_d_annee() -> None:
    assert delais.fenetre(date(2026, 12, 31)) == delais.Fenetre(date(2026, 9, 30), date(2027, 1, 31))


def test_cas_20_corrigee_apres_la_soumission() -> None:
    soumise, retour = date(2026, 7, 5), date(2026, 7, 20)
    assert ouverte(date(2026, 6, 9), retour, soumise)
    assert not ouverte(date(2026, 4, 1), retour, soumise)
    assert not ouverte(date(2026, 6, 9), retour), "without a first submission it would be too late"
    with pytest.raises(Refus) as refus:
        delais.verifier_fenetre(date(2026, 4, 1), retour, soumise)
    assert "soumise le 05/07/2026" in refus.value.message
    assert "entre le 05/06/2026 et le 05/10/2026" in refus.value.message


@given(DATES, DATES)
def test_r1_les_dates_de_fin_possibles_sont_exactement_celles_de_la_fenetre(
    date_fin: date, jour: date
) -> None:
    premiere, derniere = delais.dates_de_fin_possibles(jour)
    assert (premiere <= date_fin <= derniere) == delais.fenetre(date_fin).contient(jour)
    for bord in (premiere, derniere):
        assert delais.fenetre(bord).contient(jour)
    assert not delais.fenetre(premiere - timedelta(days=1)).contient(jour)
    assert not delais.fenetre(derniere + timedelta(days=1)).contient(jour)


@given(DATES, st.integers(-2, 2))
def test_r1_les_dates_closes_un_jour_sont_toutes_celles_qui_le_sont(date_fin: date, ecart: int) -> None:
    jour = delais.fenetre(date_fin).cloture + timedelta(days=ecart)
    assert (date_fin in delais.dates_de_fin_closes_le(jour)) == (ecart == 0)


@given(DATES)
def test_r1_la_fenetre_contient_toujours_la_date_de_fin(date_fin: date) -> None:
    assert delais.fenetre(date_fin).contient(date_fin)


def test_cas_14_validite() -> None:
    assert validite.fin_validite(F, 24) == date(2028, 6, 10)
    assert validite.fin_validite(date(2028, 2, 29), 24) == date(2030, 2, 28)
    assert validite.fin_validite(date(2028, 2, 29), 36) == date(2031, 2, 28)
    assert validite.fin_validite(F, None) is None


def test_cas_13_telechargement_d_avril() -> None:
    genere_le = date(2022, 4, 11)
    assert delais.telechargeable_jusqu_au(genere_le) == date(2022, 4, 26)
    assert delais.telechargeable(genere_le, datetime(2022, 4, 26, 23, 59, tzinfo=PARIS))
    assert not delais.telechargeable(genere_le, datetime(2022, 4, 27, 0, 0, tzinfo=PARIS))
    assert delais.purge_le(genere_le) == date(2022, 4, 27)


def test_cas_13_telechargement_au_changement_d_heure() -> None:
    genere_le = date(2026, 10, 20)
    fin = datetime(2026, 11, 4, 23, tzinfo=UTC)
    assert delais.fin_telechargement(genere_le) == fin
    assert delais.fin_telechargement(genere_le).tzinfo is UTC
    assert delais.telechargeable(genere_le, fin - timedelta(microseconds=1))
    assert not delais.telechargeable(genere_le, fin)


@given(DATES)
def test_r8_les_rappels_comptent_les_jours_qui_restent(genere_le: date) -> None:
    rappels = delais.rappels_telechargement(genere_le)
    assert list(rappels) == [7, 3, 1]
    for jours, jour in rappels.items():
        assert jour + timedelta(days=jours) == delais.purge_le(genere_le)
    assert rappels[1] == delais.telechargeable_jusqu_au(genere_le)


def test_r15_annule_avant_expire_avant_valide() -> None:
    fin = date(2028, 6, 10)
    assert validite.statut(None, fin, fin) is validite.Statut.VALIDE
    assert validite.statut(None, fin, date(2028, 6, 11)) is validite.Statut.EXPIRE
    assert validite.statut(date(2026, 6, 12), fin, date(2028, 6, 11)) is validite.Statut.ANNULE
    assert validite.statut(None, None, date(2100, 1, 1)) is validite.Statut.VALIDE


def test_r17_le_dernier_jour_d_un_role_compte() -> None:
    assert regles.role_actif(True, None, F)
    assert regles.role_actif(True, F, F)
    assert not regles.role_actif(True, F, date(2026, 6, 11))
    assert not regles.role_actif(False, None, F)


def test_r18_conservation() -> None:
    assert delais.efface_le(date(2026, 8, 31), F) == date(2027, 2, 28)
    assert delais.efface_le(None, F) == date(2026, 12, 10)
    assert delais.rappels_effacement(date(2026, 12, 10)) == {30: date(2026, 11, 10), 7: date(2026, 12, 3)}
    assert delais.empreinte_effacee_le(F, date(2028, 6, 10)) == date(2033, 6, 10)
    assert delais.empreinte_effacee_le(F, None) == date(2036, 6, 10)
