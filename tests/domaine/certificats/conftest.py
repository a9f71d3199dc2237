"""Certificates for tests of the rules: made at once, without the layout engine."""

import pytest

from tests.production import pdf_factice, rendre_par


@pytest.fixture
def rendu_rapide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Production writes stand-ins."""
    rendre_par(monkeypatch, pdf_factice)
