"""A backup holds everything, opens for the operator's key alone, and goes after 14 days."""

import errno
import os
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from tarfile import TarFile
from unittest.mock import Mock

import pyrage
import pytest
from click.testing import Result
from pyrage.x25519 import Identity
from sqlalchemy import Connection

from certif.config import Config, ConfigurationInvalide
from certif.depart import exiger
from certif.sauvegarde import faire
from certif.socle import stockage
from certif.socle.horloge import instant_reel
from tests.sauvegarde.conftest import Operateur

pytestmark = pytest.mark.usefixtures("organisme")


def test_it_opens_with_the_tools_of_the_field(operateur: Operateur, config: Config) -> None:
    """Nothing of ours is needed to look inside."""
    fichier = operateur.sauvegarder(config)
    noms = TarFile(fileobj=BytesIO(pyrage.decrypt(fichier.read_bytes(), operateur.cles))).getnames()
    assert noms[0] == "manifeste.json" and noms[-1] == "fin.json"
    assert "lignes/session_certification/000000.jsonl.gz" in noms
    assert [nom for nom in noms if nom.startswith("fichiers/4/")], "the certificates of the fourth session"


def test_nothing_can_be_read_without_the_key(operateur: Operateur, config: Config) -> None:
    octets = operateur.sauvegarder(config).read_bytes()
    assert b"MAROSE" not in octets and b"manifeste" not in octets and b"%PDF" not in octets
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(octets, [Identity.generate()])


def test_only_its_owner_may_read_the_file(operateur: Operateur, config: Config) -> None:
    fichier = operateur.sauvegarder(config)
    assert fichier.stat().st_mode & 0o777 == 0o600
    assert operateur.dossier.stat().st_mode & 0o777 == 0o700


def test_those_of_fourteen_days_go(
    operateur: Operateur, config: Config, horloge_a: Callable[[str], None]
) -> None:
    operateur.dossier.mkdir()
    for nom in ("certif-20010101T000000Z.tar.age", "certif-20010101T000000Z.tar.inacheve", "autre.age"):
        (operateur.dossier / nom).touch()
    recente = operateur.sauvegarder(config)
    assert {f.name for f in operateur.dossier.iterdir()} == {recente.name, "autre.age"}


def test_those_of_fourteen_days_go_where_no_other_can_be_made(operateur: Operateur, config: Config) -> None:
    """As on a disk that they fill."""
    operateur.dossier.mkdir()
    (operateur.dossier / "certif-20010101T000000Z.tar.age").touch()
    resultat = operateur.lancer(config, "sauvegarder", str(operateur.dossier))
    assert resultat.exit_code == 1 and list(operateur.dossier.iterdir()) == []


def test_one_that_cannot_be_removed_is_named_and_another_one_made(
    operateur: Operateur, config: Config
) -> None:
    (operateur.dossier / "certif-20010101T000000Z.tar.age").mkdir(parents=True)
    resultat = operateur.lancer(operateur.avec_cle(config), "sauvegarder", str(operateur.dossier))
    assert resultat.exit_code == 1 and "certif-20010101T000000Z.tar.age" in resultat.output
    assert len(list(operateur.dossier.iterdir())) == 2


@pytest.mark.usefixtures("organisme")
def test_two_that_begin_together_do_not_spoil_each_other(
    operateur: Operateur, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    autres: list[Result] = []

    def commencer(connexion: Connection) -> bytes:
        if not autres:
            autres.append(operateur.lancer(operateur.avec_cle(config), "sauvegarder", str(operateur.dossier)))
        return b"{}"

    instant = instant_reel()
    monkeypatch.setattr(faire, "instant_reel", lambda: instant)
    monkeypatch.setattr(faire, "_manifeste", commencer)
    assert operateur.sauvegarder(config).suffix == ".age"
    assert autres[0].exit_code == 1 and "une autre sauvegarde commence" in autres[0].output
    assert len(list(operateur.dossier.iterdir())) == 1


def test_a_full_disk_is_said_in_french(operateur: Operateur, config: Config) -> None:
    with pytest.MonkeyPatch.context() as panne:
        panne.setattr(os, "fsync", Mock(side_effect=OSError(errno.ENOSPC, "No space left on device")))
        resultat = operateur.lancer(operateur.avec_cle(config), "sauvegarder", str(operateur.dossier))
    assert resultat.exit_code == 1 and "rien n’a été écrit : il n’y a plus de place." in resultat.output


def test_a_store_that_fails_leaves_nothing_behind(
    operateur: Operateur, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    def en_panne(_: str) -> None:
        raise stockage.StockageIndisponible

    monkeypatch.setattr(stockage, "ouvrir", en_panne)
    resultat = operateur.lancer(operateur.avec_cle(config), "sauvegarder", str(operateur.dossier))
    assert resultat.exit_code == 1
    assert "rien n’a été écrit" in resultat.output and "stockage ne répond pas" in resultat.output
    assert list(operateur.dossier.iterdir()) == []


def test_a_folder_that_refuses_is_said(operateur: Operateur, config: Config) -> None:
    operateur.dossier.touch()
    dedans = str(operateur.dossier / "dedans")
    resultat = operateur.lancer(operateur.avec_cle(config), "sauvegarder", dedans)
    assert resultat.exit_code == 1
    assert "rien n’a été écrit" in resultat.output and "Traceback" not in resultat.output


def test_without_a_key_none_is_made(operateur: Operateur, config: Config) -> None:
    resultat = operateur.lancer(config, "sauvegarder", str(operateur.dossier))
    assert resultat.exit_code == 1 and "CERTIF_CLES_SAUVEGARDE" in resultat.output
    assert not operateur.dossier.exists()


@pytest.mark.parametrize("cle", ["age1qpzry", "AGE-SECRET-KEY-1", f"age1{'q' * 58}"])
def test_a_key_that_is_none_stops_a_start(tmp_path: Path, cle: str) -> None:
    with pytest.raises(ConfigurationInvalide) as refus:
        exiger({"CERTIF_DONNEES": str(tmp_path), "CERTIF_CLES_SAUVEGARDE": cle})
    (probleme,) = refus.value.problemes
    assert "CERTIF_CLES_SAUVEGARDE" in probleme and cle not in probleme
