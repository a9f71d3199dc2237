"""A formateur at work: their browser, and a session of three trainees that waits for them."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright

from certif.config import Config
from certif.domaine.sessions.etats import Etat
from certif.socle.base.extensions import db
from tests.support.coupure import Coupure
from tests.support.factories import un_stagiaire
from tests.support.moves import reunir
from tests.support.phone import Telephone
from tests.support.stack import port_libre, un_site
from tests.web.distribution import Navigateur
from tests.web.formateur.page import Onglet
from tests.web.formateur.terrain import TROIS, Chantier, Terrain
from tests.web.scene import Scene


@pytest.fixture
def numero(scene: Scene) -> int:
    """Submitted to the formateur, nothing answered yet."""
    stagiaires = [un_stagiaire(*nom) for nom in TROIS]
    return scene.session(Etat.VALIDATION_FORMATEUR, stagiaires=stagiaires)


@pytest.fixture
def onglet(scene: Scene, formateur: Navigateur, numero: int) -> Onglet:
    """The tab "Stagiaires" of that session, opened in that browser."""
    return Onglet(scene, formateur, numero)


@pytest.fixture(scope="module")
def chantier(
    request: pytest.FixtureRequest, dossier_neuf: Callable[[str], Path], modele_sqlite: Path
) -> Iterator[Chantier]:
    """The site of all the phones of a file, on data of its own."""
    donnees = dossier_neuf("chantier")
    shutil.copyfile(modele_sqlite, donnees / "certif.db")
    config = Config.lire({"CERTIF_DONNEES": str(donnees)})
    app = request.getfixturevalue("applications").neuve(config)
    with app.app_context():
        troupe = reunir()
    with un_site(config) as site:
        reseau = Coupure(port_libre(), site)
        reseau.demarrer()
        yield Chantier(Scene(app, troupe, request.getfixturevalue("_hache")), reseau)
        reseau.arreter()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def terrain(
    chantier: Chantier, playwright: Playwright, chromium: Browser, tmp_path: Path
) -> Iterator[Terrain]:
    """A session of three on a phone that keeps it, its formateur logged in, the network there."""
    yield from _sur(chantier, Telephone(playwright, tmp_path, chantier.reseau.url, chromium))


@pytest.fixture
def durable(chantier: Chantier, playwright: Playwright, tmp_path: Path) -> Iterator[Terrain]:
    """The same on a phone that can be killed, and whose memory can be read."""
    yield from _sur(chantier, Telephone(playwright, tmp_path / "telephone", chantier.reseau.url))


def _sur(chantier: Chantier, telephone: Telephone) -> Iterator[Terrain]:
    terrain = chantier.terrain(telephone)
    terrain.connecter()
    terrain.garder()
    yield terrain
    telephone.eteindre()
    assert not telephone.incidents
