"""Certificates for tests of the rules: made at once, without the layout engine."""

import pytest

from tests.support.production import dossier_par, page_factice, pdf_factice, rendre_par


@pytest.fixture
def rendu_rapide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Production writes stand-ins."""
    rendre_par(monkeypatch, pdf_factice)


@pytest.fixture
def pages_rapides(monkeypatch: pytest.MonkeyPatch) -> None:
    """Production writes stand-ins that can be merged."""
    rendre_par(monkeypatch, page_factice)


@pytest.fixture
def documents_rapides(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dossier holds two stand-ins, for tests of how it is made rather than of what it says."""
    dossier_par(monkeypatch)
