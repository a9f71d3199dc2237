"""SIRET: fourteen digits, spaces tolerated, a check digit that holds, and the offices of La Poste."""

import pytest

from certif.domaine.entites.regles import lire_siret, presenter
from certif.domaine.erreurs import SaisieInvalide

VALIDE = "73282932000074"


@pytest.mark.parametrize(
    "saisi",
    [VALIDE, "732 829 320 00074", " 732\u00a0829\u202f320 00074\t"],
)
def test_les_espaces_sont_admis(saisi: str) -> None:
    assert lire_siret(saisi) == VALIDE


def test_rien_n_est_rien() -> None:
    assert lire_siret("  ") == ""
    assert presenter("") == ""
    assert presenter(VALIDE) == "732\u00a0829\u00a0320\u00a000074"


@pytest.mark.parametrize(
    "saisi",
    [
        "73282932000075",  # Luhn's digit is another one
        "7328293200007",
        "732829320000740",
        "0" * 14,
        "73282932O00074",
        "٧٣٢٨٢٩٣٢٠٠٠٠٧٤",
        "7328293200007²",
        "-7328293200007",
        "1" * 400,
        "732_829_320_00074",
        "73282932\n000074",
        "nan",
    ],
)
def test_le_reste_est_refuse(saisi: str) -> None:
    with pytest.raises(SaisieInvalide) as refus:
        lire_siret(saisi)
    assert list(refus.value.champs) == ["siret"]


def test_la_poste_a_sa_propre_somme() -> None:
    assert lire_siret("35600000000048") == "35600000000048"  # its head office obeys Luhn
    assert lire_siret("35600000049837") == "35600000049837"  # an office: 3+5+6+4+9+8+3+7 = 45
    with pytest.raises(SaisieInvalide):
        lire_siret("35600000049838")
    with pytest.raises(SaisieInvalide):
        lire_siret("35700000049836")  # the same sum, but not La Poste
