"""R15: what was printed first, what it has become beside it."""

from typing import Any

import pytest

from certif.domaine.certificats.registre.emission import Emission, Imprime


def emission(nom_commercial: str = "", **actuels: str) -> Emission:
    imprimes = {
        "raison_sociale": "MAROSE FORMATION",
        "habilitation": "H-0001",
        "libelle": "SST-1",
        "titre": "Sauveteur secouriste du travail",
    }
    valeurs: dict[str, Any] = {n: Imprime(texte, actuels.get(n, texte)) for n, texte in imprimes.items()}
    return Emission(nom_commercial=nom_commercial, **valeurs)


def test_nothing_has_changed() -> None:
    e = emission()
    assert (e.delivre_par, e.emetteur) == ("MAROSE FORMATION", "MAROSE FORMATION")
    assert (e.raison_sociale.devenu, e.precision_du_certificat) == ("", "SST-1")


def test_the_raison_sociale_comes_before_the_trade_name() -> None:
    e = emission("MAROSE SÉCURITÉ")
    assert e.delivre_par == "MAROSE FORMATION (sous le nom commercial MAROSE SÉCURITÉ)"
    assert e.emetteur == "MAROSE FORMATION"


def test_a_new_raison_sociale_stands_beside_the_printed_one_and_never_in_its_place() -> None:
    e = emission("MAROSE SÉCURITÉ", raison_sociale="INRS – INSTITUT NATIONAL")
    assert e.delivre_par == "MAROSE FORMATION (sous le nom commercial MAROSE SÉCURITÉ)"
    assert e.raison_sociale.devenu == "(aujourd’hui INRS – INSTITUT NATIONAL)"
    assert e.emetteur == "MAROSE FORMATION (aujourd’hui INRS – INSTITUT NATIONAL)"


@pytest.mark.parametrize(
    ("libelle", "titre", "precision"),
    [
        ("SST-1", "Secouriste", "SST-1 (aujourd’hui Secouriste)"),
        ("SST-2", "Sauveteur secouriste du travail", "SST-1 (aujourd’hui SST-2)"),
        ("SST-2", "Secouriste", "SST-1 (aujourd’hui SST-2) (aujourd’hui Secouriste)"),
    ],
)
def test_the_certificat_too(libelle: str, titre: str, precision: str) -> None:
    e = emission(libelle=libelle, titre=titre)
    assert e.titre.texte == "Sauveteur secouriste du travail"
    assert e.precision_du_certificat == precision


def test_a_title_that_is_its_label_is_said_once() -> None:
    meme = Imprime("SST-1", "SST-1")
    autre = Imprime("SST-1", "SST-2")
    autres: dict[str, Any] = {"raison_sociale": meme, "habilitation": meme, "nom_commercial": ""}
    assert Emission(libelle=meme, titre=meme, **autres).precision_du_certificat == ""
    for libelle, titre in ((autre, meme), (meme, autre), (autre, autre)):
        assert (
            Emission(libelle=libelle, titre=titre, **autres).precision_du_certificat == "(aujourd’hui SST-2)"
        )
