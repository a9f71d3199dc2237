"""A phone: a browser whose memory is a folder, that is killed without warning and opened again."""

import os
import signal
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright, expect

from tests.support.browser import ARGUMENTS, PATIENCE_MS
from tests.support.servers import CHROMIUM, absent, attendre

PAS_DE_RESEAU = "net::ERR_"


class Telephone:
    """Looks at the site by `url`; `memoire` is all that survives a kill, logins apart.

    In a `navigateur` that others share, it cannot be killed, and forgets everything once it is put out.
    """

    def __init__(
        self, playwright: Playwright, memoire: Path, url: str, navigateur: Browser | None = None
    ) -> None:
        if not CHROMIUM:
            absent("navigateur Chromium")
        self.memoire = memoire
        self._navigateur = navigateur
        self.incidents: list[str] = []
        self._playwright = playwright
        self._url = url
        self._cookies: list[Any] = []
        self._contexte: BrowserContext | None = None

    @property
    def page(self) -> Page:
        """The open page; the phone is taken out if it was not."""
        if self._contexte is None:
            self._contexte = self._allumer()
        return self._contexte.pages[0]

    def entrer(self, cookies: Sequence[tuple[str, str]]) -> None:
        """Go on with this login, as (name, value)."""
        self._cookies = [{"name": nom, "value": valeur, "url": self._url} for nom, valeur in cookies]
        if self._contexte is not None:
            self._contexte.clear_cookies()
            self._contexte.add_cookies(self._cookies)

    def retenir_la_connexion(self) -> None:
        """Go on with the login that was just made here."""
        self._cookies = list(self.page.context.cookies())

    def garder(self) -> None:
        """The opt-in; what is there to be kept is kept when it returns."""
        self.page.goto("/formateur/telephone")
        self.page.get_by_role("button", name="Garder mes sessions sur ce téléphone").click()
        expect(self.page.get_by_role("button", name="Ne plus rien garder ici")).to_be_visible()
        expect(self.page.get_by_text("Pas encore sur ce téléphone")).to_have_count(0)

    def attendre_la_copie(self, adresse: str) -> None:
        """Until the page of this address is kept, and known to be."""
        self.page.goto("/formateur/telephone")
        expect(self.page.locator(f"[data-sessions] a[href='{adresse}']")).to_be_visible()
        expect(self.page.get_by_text("Pas encore sur ce téléphone")).to_have_count(0)

    def aller(self, adresse: str) -> bool:
        """Whether anything came."""
        try:
            self.page.goto(adresse)
        except Error as erreur:
            if PAS_DE_RESEAU not in erreur.message:
                raise
            self.page.wait_for_url("chrome-error://**")
            return False
        return True

    def tuer(self) -> None:
        """At once, whatever it was doing."""
        if self._navigateur is not None:
            raise RuntimeError("a phone in a browser that others share cannot be killed")
        if self._contexte is None:
            return
        for pid in self._processus():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        attendre(lambda: not self._processus())
        self._oublier()

    def eteindre(self) -> None:
        """As one closes a browser: what it had to write is written."""
        self._oublier()

    def _oublier(self) -> None:
        if self._contexte is not None:
            with suppress(Error):  # a browser that is dead answers no more
                self._contexte.close()
        self._contexte = None

    def _allumer(self) -> BrowserContext:
        contexte = self._contexte_neuf()
        contexte.set_default_timeout(PATIENCE_MS)
        contexte.on("page", self._suivre)
        self._suivre(contexte.pages[0])
        if self._cookies:
            contexte.add_cookies(self._cookies)
        return contexte

    def _contexte_neuf(self) -> BrowserContext:
        ecran: dict[str, Any] = {
            "base_url": self._url,
            "viewport": {"width": 390, "height": 844},
            "has_touch": True,
            "locale": "fr-FR",
            "timezone_id": "Europe/Paris",
            "reduced_motion": "reduce",
        }
        if self._navigateur is not None:
            contexte = self._navigateur.new_context(**ecran)
            contexte.new_page()
            return contexte
        (self.memoire / "SingletonLock").unlink(missing_ok=True)
        return self._playwright.chromium.launch_persistent_context(
            self.memoire, executable_path=CHROMIUM, args=ARGUMENTS, **ecran
        )

    def _suivre(self, page: Page) -> None:
        page.on("pageerror", lambda erreur: self.incidents.append(f"script: {erreur.message}"))
        page.on("dialog", lambda dialogue: dialogue.accept())

    def _processus(self) -> list[int]:
        """The browser's own, its children and theirs."""
        marque = f"--user-data-dir={self.memoire}"
        trouves = []
        for dossier in Path("/proc").iterdir():
            with suppress(OSError):
                if dossier.name.isdigit() and marque in (dossier / "cmdline").read_text().split("\0"):
                    trouves.append(int(dossier.name))
        return trouves
