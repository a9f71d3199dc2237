"""Texts about an organisation: what entry accepts, printing prints; telephone numbers under one spelling."""

import pytest

from certif.documents.rendu.caracteres import imprimable
from certif.domaine.caracteres import SIGNES
from certif.domaine.entites.regles import lire_telephone, lire_texte
from certif.domaine.erreurs import SaisieInvalide


def test_chaque_signe_admis_s_imprime() -> None:
    assert imprimable("".join(sorted(SIGNES))) == []


@pytest.mark.parametrize(
    "texte",
    ["C.F.P. & Fils", "2I (n° 1)", "L’Étoile « bleue »", "<b>Bob</b>", "{{7*7}}", "=1+1", "Ελένη", "x" * 160],
)
def test_ce_qui_s_imprime_est_admis(texte: str) -> None:
    assert lire_texte(texte, "raison_sociale", 160, vide="vide") == texte


@pytest.mark.parametrize(
    ("texte", "dit"),
    [
        ("", "vide"),
        ("\u00a0\u200b ", "vide"),
        ("x" * 161, "160 caractères au plus"),
        ("x" * 10_000, "160 caractères au plus"),
        ("李小龍", "ne peut pas être imprimé"),
        ("Zoé 😀", "ne peut pas être imprimé"),
        ("Zo\u202eé", "caractère invisible"),
        ("a\x00b", "caractère de contrôle"),
        ("a\r\nb", "retour à la ligne"),
        ("e" + "\u030b" * 30, "accent"),
        ("--- & ---", "une lettre ou un chiffre"),
    ],
)
def test_le_reste_est_refuse_a_sa_place(texte: str, dit: str) -> None:
    with pytest.raises(SaisieInvalide) as refus:
        lire_texte(texte, "raison_sociale", 160, vide="vide")
    assert dit in refus.value.champs["raison_sociale"][0]


def test_un_texte_facultatif_peut_etre_vide() -> None:
    assert lire_texte(" ", "adresse", 200) == ""


@pytest.mark.parametrize(
    ("saisi", "lu"),
    [
        ("0475600000", "04 75 60 00 00"),
        ("04.75.60.00.00", "04 75 60 00 00"),
        ("+33 (0)4 75 60 00 00", "04 75 60 00 00"),
        ("0033475600000", "04 75 60 00 00"),
        ("+32 2 555 12 12", "+3225551212"),
        ("  ", ""),
    ],
)
def test_un_telephone_a_une_seule_forme(saisi: str, lu: str) -> None:
    assert lire_telephone(saisi) == lu


@pytest.mark.parametrize(
    "saisi", ["123", "04756000000", "٠٤٧٥٦٠٠٠٠٠", "04 75 60 00 0²", "+" + "1" * 16, "x" * 500]
)
def test_le_reste_n_est_pas_un_telephone(saisi: str) -> None:
    with pytest.raises(SaisieInvalide):
        lire_telephone(saisi)
