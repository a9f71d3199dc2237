"""What a worker prepares before it forks is there for its jobs."""

import pytest

from certif.documents.certificat import certificat
from certif.documents.certificat.fabrique import prechauffer
from certif.documents.rendu import qr
from certif.domaine.certificats.registre import numeros

SITE = "https://prechauffage.example/v/"


def test_the_codes_of_the_site_are_learnt_once() -> None:
    prechauffer(SITE + numeros.nouveau())
    appris = qr.famille.cache_info().misses
    qr.dessinateur([SITE + numeros.nouveau()])
    assert qr.famille.cache_info().misses == appris


def test_what_cannot_be_prepared_stops_no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    essais: list[str] = []

    def refuser(*couleurs: str) -> bytes:
        essais.extend(couleurs)
        raise OSError("un fichier manque")

    monkeypatch.setattr(certificat, "cadre", refuser)
    prechauffer(SITE + numeros.nouveau())
    assert essais
