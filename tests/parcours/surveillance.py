"""What no journey may cause: a request outside the site, a refused script or style, an error, an alert."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Error, Page, Request, Response

# Chromium reports every refusal of ours as an error: a 422 beside a field is no accident.
_REFUS = re.compile(r"Failed to load resource: the server responded with a status of 4(?:0[0149]|10|2[29])\b")


@dataclass
class Surveillance:
    """Watches a browser; `incidents` says what went wrong, page by page."""

    site: str
    incidents: list[str] = field(default_factory=list)

    def suivre(self, contexte: BrowserContext) -> None:
        """Watch every page of this browser from now on."""
        contexte.on("request", self._requete)
        contexte.on("response", self._reponse)
        contexte.on("page", self._page)

    def _page(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", self._erreur)
        page.on("dialog", self._dialogue)

    def _requete(self, requete: Request) -> None:
        if not requete.url.startswith((f"{self.site}/", "data:", "blob:")):
            self.incidents.append(f"request outside: {requete.url}")

    def _reponse(self, reponse: Response) -> None:
        if reponse.status >= 500:
            self.incidents.append(f"{reponse.status}: {reponse.request.method} {reponse.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not _REFUS.match(message.text):
            self.incidents.append(f"console: {message.text} ({message.location['url']})")

    def _erreur(self, erreur: Error) -> None:
        self.incidents.append(f"script: {erreur.message}")

    def _dialogue(self, dialogue: Dialog) -> None:
        if dialogue.type != "beforeunload":
            self.incidents.append(f"{dialogue.type}: {dialogue.message}")
        dialogue.accept()
