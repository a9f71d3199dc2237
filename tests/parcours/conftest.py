"""A real application, a real browser, and an eye on both.

- `pile`: the application under its supervisor, with the demonstration's data; one per test process.
- `ouvrir(compte, js=True, largeur=1280, …)`: a page of a browser of its own, logged in
  when an account is given.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from tests.parcours.pages import Connexion
from tests.parcours.surveillance import Surveillance
from tests.support.browser import PATIENCE_MS
from tests.support.coupure import Coupure
from tests.support.phone import Telephone
from tests.support.stack import Lance, port_libre

Ouvrir = Callable[..., Page]

HAUTEURS = {1280: 900, 390: 844, 320: 640}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.navigateur)
            item.add_marker(pytest.mark.lent)
    # What it must forget is all that the others did; it ends the stack that they share.
    items.sort(key=lambda item: item.path.name == "test_oubli.py")


@pytest.fixture(scope="session")
def pile(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lance]:
    """The application, ready; without a browser it is not even started."""
    pile = Lance(tmp_path_factory.mktemp("parcours") / "donnees", port_libre())
    try:
        pile.pret()
        yield pile
    finally:
        if pile.processus.poll() is None:
            pile.arreter()


@pytest.fixture(scope="session")
def _cookies() -> dict[str, Any]:
    """One login per account for all the journeys that do not care about logging in."""
    return {}


@pytest.fixture
def ouvrir(chromium: Browser, pile: Lance, _cookies: dict[str, Any]) -> Iterator[Ouvrir]:
    """Open a page in a browser of its own; at the end nothing forbidden must have happened in any."""
    surveillance = Surveillance(pile.url)
    contextes: list[BrowserContext] = []

    def ouvrir_page(
        compte: str = "",
        *,
        js: bool = True,
        largeur: int = 1280,
        seul: bool = False,
        **options: Any,
    ) -> Page:
        """`seul`: with a login of its own, that the test may end."""
        contexte = chromium.new_context(
            base_url=pile.url,
            java_script_enabled=js,
            viewport={"width": largeur, "height": HAUTEURS[largeur]},
            has_touch=largeur < 1000,
            locale="fr-FR",
            timezone_id="Europe/Paris",
            reduced_motion="reduce",
            storage_state=None if seul else _cookies.get(compte),
            **options,
        )
        contexte.set_default_timeout(PATIENCE_MS)
        contextes.append(contexte)
        surveillance.suivre(contexte)
        page = contexte.new_page()
        if compte and (seul or compte not in _cookies):
            Connexion(page).entrer(compte)
            if not seul:
                _cookies[compte] = contexte.storage_state()
        return page

    yield ouvrir_page
    for contexte in contextes:
        contexte.close()
    assert not surveillance.incidents, "\n".join(surveillance.incidents)


@pytest.fixture
def telephone(playwright: Playwright, pile: Lance, tmp_path: Path) -> Iterator[tuple[Telephone, Coupure]]:
    """Stéphanie's phone, which keeps her sessions, and the network that it has."""
    reseau = Coupure(port_libre(), pile.port)
    reseau.demarrer()
    telephone = Telephone(playwright, tmp_path / "telephone", reseau.url)
    Connexion(telephone.page).entrer("stephanie@formateurs.example")
    telephone.retenir_la_connexion()
    telephone.garder()
    yield telephone, reseau
    telephone.eteindre()
    reseau.arreter()
    assert not telephone.incidents
