"""A page as a browser reads it: its fields, what is said beside them, what could run or be fetched."""

import html
import re
from html.parser import HTMLParser

from werkzeug.test import TestResponse

_SANS_FIN = frozenset(
    {"input", "link", "meta", "br", "img", "source", "path", "circle", "rect", "line", "use"}
)
# What no page of ours holds, whatever was typed in it.
_INTERDITES = frozenset(
    {"img", "iframe", "object", "embed", "b", "i", "pdf:include", "svg:script", "style", "base"}
)
_ADRESSES = ("href", "src", "action", "formaction", "hx-get", "hx-post", "hx-push-url", "hx-replace-url")


class Page(HTMLParser):
    """The parsed page.

    `valeurs`: id of each control → what it holds. `messages`: id of each refused control → its message, as
    its `aria-describedby` leads to it. `dangers`: elements, handlers and addresses that came out of a text.
    """

    def __init__(self, reponse: TestResponse) -> None:
        super().__init__(convert_charrefs=True)
        self.valeurs: dict[str, str] = {}
        self.textes: dict[str, str] = {}
        self.dangers: list[str] = []
        self.adresses: list[str] = []
        self.texte = ""
        self._decrits: dict[str, str] = {}
        self._ouverts: list[str] = []
        self._zone = ""
        self.feed(reponse.text)
        self.close()
        self.texte = " ".join(self.texte.split())

    @property
    def messages(self) -> dict[str, str]:
        lus = {cle: self.textes.get(par, "").strip() for cle, par in self._decrits.items()}
        return {cle: " ".join(message.split()) for cle, message in lus.items() if message}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        lus = {nom: valeur or "" for nom, valeur in attrs}
        self._surveiller(tag, lus)
        identifiant = lus.get("id", "")
        if tag == "input" and lus.get("type") not in ("radio", "checkbox") and identifiant:
            self.valeurs[identifiant] = lus.get("value", "")
        if tag == "textarea":
            self._zone = identifiant or lus.get("name", "")
            self.valeurs[self._zone] = ""
        for par in lus.get("aria-describedby", "").split():
            if par.endswith("-erreur"):
                self._decrits[par.removesuffix("-erreur")] = par
        if tag not in _SANS_FIN:
            self._ouverts.append(identifiant)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            # A browser drops the line break that begins a textarea.
            self.valeurs[self._zone] = self.valeurs[self._zone].removeprefix("\n")
            self._zone = ""
        if tag not in _SANS_FIN and self._ouverts:
            self._ouverts.pop()

    def handle_data(self, data: str) -> None:
        if self._zone:
            self.valeurs[self._zone] += data
        self.texte += f" {data}"
        for identifiant in self._ouverts:
            if identifiant:
                self.textes[identifiant] = self.textes.get(identifiant, "") + data

    def _surveiller(self, tag: str, lus: dict[str, str]) -> None:
        if tag in _INTERDITES or (tag == "script" and not lus.get("src", "").startswith("/static/")):
            self.dangers.append(f"<{tag}>")
        self.dangers += [nom for nom in lus if re.match(r"on|hx-on|style$", nom)]
        self.adresses += [lus[nom] for nom in _ADRESSES if lus.get(nom)]
        self.dangers += [a for a in (lus.get(nom, "") for nom in _ADRESSES) if not _du_site(a)]


_ASSISTANCE = "mailto:assistance@certif.example"
"""Of the demonstration, in every footer."""


def _du_site(adresse: str) -> bool:
    return not adresse or adresse in ("true", "false", _ASSISTANCE) or bool(re.match(r"/(?!/)|#|\?", adresse))


def texte(page: str) -> str:
    """What is read, without tags, spaces made plain."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())
