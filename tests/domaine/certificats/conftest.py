"""Certificates for tests of the rules: made at once, without the layout engine."""

from collections.abc import Iterator

import pytest

from certif.documents.sceau import Sceau
from certif.domaine.certificats import dossier
from certif.domaine.certificats.contenu_du_dossier import Contenu, Document
from certif.domaine.certificats.modeles import SorteFichier
from tests.production import page_factice, pdf_factice, rendre_par


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

    def fabriquer(contenu: Contenu, sceau: Sceau) -> Iterator[Document]:
        for sorte in (SorteFichier.RECUEIL, SorteFichier.PROCES_VERBAL):
            octets = sceau.signer(repr((sorte, contenu)).encode()[:32])
            yield Document(f"{sorte}.pdf", sorte, octets)

    monkeypatch.setattr(dossier, "fabriquer", fabriquer)
