"""R13: places, with worked cases 18 and 19."""

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certif.domaine.erreurs import SaisieInvalide
from certif.domaine.geographie import communes, pays
from certif.domaine.sessions.regles import lieux

F = date(2026, 6, 10)


def test_cas_18_cinq_communes_en_26800() -> None:
    assert communes.villes("26800") == [
        "AMBONIL",
        "BEAUVALLON",
        "ETOILE SUR RHONE",
        "MONTOISON",
        "PORTES LES VALENCE",
    ]


@pytest.mark.parametrize(
    ("code", "ville", "libelle"),
    [
        ("26800", "Étoile-sur-Rhône", "26800 ETOILE SUR RHONE"),
        (" 26800\u00a0", "etoile sur rhone", "26800 ETOILE SUR RHONE"),
        ("01400", "Châtillon-sur-Chalaronne", "01400 CHATILLON SUR CHALARONNE"),
        ("01000", "Bourg-en-Bresse", "01000 BOURG EN BRESSE"),
        ("97133", "Saint-Barthélemy", "97133 SAINT BARTHELEMY"),
        ("97133", "St Barthelemy", "97133 SAINT BARTHELEMY"),
        ("97400", "Saint-Denis", "97400 SAINT DENIS"),
        ("75001", "Paris", "75001 PARIS"),
        ("94240", "L'Haÿ-les-Roses", "94240 L HAY LES ROSES"),
        ("58120", "Château-Chinon", "58120 CHATEAU CHINON"),
    ],
)
def test_cas_18_lieux_en_france(code: str, ville: str, libelle: str) -> None:
    lieu, avertissement = communes.verifier_lieu_france(code, ville)
    assert (lieu.libelle, avertissement) == (libelle, None)


@pytest.mark.parametrize("ville", ["PARIS CEDEX 01", "Paris Cedex", "paris cedex 1"])
def test_cas_18_cedex_accepte_avec_avertissement(ville: str) -> None:
    lieu, avertissement = communes.verifier_lieu_france("75901", ville)
    assert lieu == communes.Lieu("75901", ville.upper())
    assert avertissement is not None and "75901" in avertissement


@pytest.mark.parametrize(
    ("code", "ville", "champ"),
    [
        ("2A004", "AJACCIO", "code_postal"),
        ("7500", "PARIS", "code_postal"),
        ("750011", "PARIS", "code_postal"),
        ("75 001", "PARIS", "code_postal"),
        ("-1", "PARIS", "code_postal"),
        ("", "PARIS", "code_postal"),
        ("1e9", "PARIS", "code_postal"),
        ("NaN", "PARIS", "code_postal"),
        ("1,5", "PARIS", "code_postal"),
        ("7500²", "PARIS", "code_postal"),
        ("7500٣", "PARIS", "code_postal"),
        ("1_000", "PARIS", "code_postal"),
        ("9" * 400, "PARIS", "code_postal"),
        ("98000", "MONACO", "code_postal"),
        ("75901", "PARIS", "code_postal"),
        ("75901", "CEDEX", "code_postal"),
        ("75901", "PARIS CEDEX 123", "code_postal"),
        ("75901", "X" * 100 + " CEDEX", "ville"),
        ("26800", "PARIS", "ville"),
        ("26800", "PARIS CEDEX 01", "ville"),
        ("26800", "", "ville"),
        ("26800", "\u00a0", "ville"),
        ("26800", "李", "ville"),
        ("75001", "PARIS 1ER ARRONDISSEMENT", "ville"),
        ("75001", "<b>PARIS</b>", "ville"),
    ],
)
def test_r13_lieux_refuses(code: str, ville: str, champ: str) -> None:
    with pytest.raises(SaisieInvalide) as refus:
        communes.verifier_lieu_france(code, ville)
    assert list(refus.value.champs) == [champ]


@pytest.mark.parametrize("code", ["00000", "2A004", "", "75 001", "1e9"])
def test_r13_un_code_inconnu_n_offre_rien(code: str) -> None:
    assert communes.villes(code) == []


@given(st.text(), st.text())
def test_r13_un_lieu_quelconque_est_accepte_ou_refuse(code: str, ville: str) -> None:
    try:
        communes.verifier_lieu_france(code, ville)
    except SaisieInvalide as refus:
        assert set(refus.champs) <= {"code_postal", "ville"}


def test_r13_les_donnees_sont_en_style_postal() -> None:
    toutes = communes._communes()
    assert len(toutes) == 6310
    assert all(communes.forme_postale(ville) == ville for villes in toutes.values() for ville in villes)
    assert all(len(ville) <= communes.VILLE_MAX for villes in toutes.values() for ville in villes)
    assert not any("ARRONDISSEMENT" in ville for villes in toutes.values() for ville in villes)


def test_r13_etranger() -> None:
    assert pays.verifier_lieu_etranger("be", " Liège ").libelle == "Liège, Belgique"
    assert pays.verifier_lieu_etranger("TN", "Tunis 1").ville == "Tunis 1"
    assert pays.nom_pays("US") == "États-Unis d’Amérique"
    assert pays.nom_pays("ZZ") == "ZZ"
    noms = [nom for _, nom in pays.liste_pays()]
    assert noms.index("Équateur") < noms.index("Espagne") < noms.index("Finlande")


@pytest.mark.parametrize(
    ("code", "ville", "champs"),
    [
        ("", "", ["pays", "ville"]),
        ("ZZ", "Liège", ["pays"]),
        ("FR", "Paris", ["pays"]),
        ("RE", "Saint-Denis", ["pays"]),
        ("BE", "x" * 81, ["ville"]),
        ("BE", "12", ["ville"]),
        ("BE", "<b>Liège</b>", ["ville"]),
        ("CN", "北京", ["ville"]),
        ("BE", "Liè\x00ge", ["ville"]),
        ("BE", "Liège\u202e", ["ville"]),
    ],
)
def test_r13_etranger_refuse(code: str, ville: str, champs: list[str]) -> None:
    with pytest.raises(SaisieInvalide) as refus:
        pays.verifier_lieu_etranger(code, ville)
    assert list(refus.value.champs) == champs


@dataclass
class Plateforme:
    id: int
    debut: date = date(2020, 1, 1)
    fin: date | None = None


def test_cas_19_seule_la_plateforme_declaree() -> None:
    seule = Plateforme(7)
    assert lieux.verifier_plateforme(7, [seule], F) is seule
    for forge in (8, None, 0, -1):
        with pytest.raises(SaisieInvalide) as refus:
            lieux.verifier_plateforme(forge, [seule], F)
        assert "plateforme_id" in refus.value.champs
    with pytest.raises(SaisieInvalide):
        lieux.verifier_type_de_lieu("france", plateforme_requise=True)
    with pytest.raises(SaisieInvalide):
        lieux.verifier_type_de_lieu("etranger", plateforme_requise=True)


def test_r13_plateforme_active_a_la_date_de_fin() -> None:
    toutes = [
        Plateforme(1, fin=F),
        Plateforme(2, fin=date(2026, 6, 9)),
        Plateforme(3, debut=F),
        Plateforme(4),
    ]
    toutes.append(Plateforme(5, debut=date(2026, 6, 11)))
    assert [p.id for p in lieux.plateformes_actives(toutes, F)] == [1, 3, 4]
    assert lieux.verifier_plateforme(2, toutes, None).id == 2
    with pytest.raises(SaisieInvalide):
        lieux.verifier_plateforme(2, toutes, F)


@pytest.mark.parametrize("lieu_type", ["", "ailleurs", "plateforme"])
def test_r13_type_de_lieu_refuse_sans_plateforme_requise(lieu_type: str) -> None:
    with pytest.raises(SaisieInvalide):
        lieux.verifier_type_de_lieu(lieu_type, plateforme_requise=False)
    lieux.verifier_type_de_lieu("france", plateforme_requise=False)
    lieux.verifier_type_de_lieu("etranger", plateforme_requise=False)
    lieux.verifier_type_de_lieu("plateforme", plateforme_requise=True)
