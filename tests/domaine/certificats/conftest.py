"""Certificates for tests of the rules: made at once, without the layout engine."""

import pytest

from certif.domaine.certificats import production
from tests.production import pdf_factice


@pytest.fixture
def rendu_rapide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Production writes stand-ins."""
    monkeypatch.setattr(production, "rendre_certificat", pdf_factice)
