"""What people click and type, counted, and the mails that lead them from one to the other."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page


@dataclass
class Compteur:
    """A click is a pointer's, or a paste; a field is one that is typed in."""

    clics: int = 0
    champs: int = 0

    def cliquer(self, cible: Locator) -> None:
        self.clics += 1
        cible.click()

    def taper(self, cible: Locator, texte: str) -> None:
        self.champs += 1
        cible.fill(texte)

    def coller(self, cible: Locator, texte: str) -> None:
        self.clics += 1
        cible.evaluate(
            "(champ, texte) => { champ.value = texte;"
            " champ.dispatchEvent(new ClipboardEvent('paste', { bubbles: true })); }",
            texte,
        )

    def choisir(self, liste: Locator, libelle: str) -> None:
        """In a list that unfolds: one click opens it, one chooses."""
        self.clics += 2
        liste.select_option(label=libelle)


def lien_du_courrier(page: Page, motif: str) -> str:
    """Where the last mail that leads to such an address leads."""
    for numero in re.findall(r"/demo/courriers/(\d+)", page.request.get("/demo/courriers").text()):
        texte = page.request.get(f"/demo/courriers/{numero}").text()
        if trouve := re.search(rf"https?://[^/\s\"]+({motif})(?=[\s\"<])", texte):
            return trouve[1]
    raise AssertionError(f"no mail leads to {motif}")
