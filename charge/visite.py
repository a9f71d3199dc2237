"""A visitor of the site, as a browser is one: cookies, forms, redirections; every answer is looked at."""

import html
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPResponse, RemoteDisconnected
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from certif.domaine.personnes.demonstration import MOT_DE_PASSE_DEMO

PARTIEL = {"HX-Request": "true", "HX-Request-Type": "partial"}
"""What htmx says of itself when it asks for pieces of the page."""
_JETON = re.compile(r'name="csrf_token" value="([^"]+)"')
_REDIRECTIONS = (302, 303)


class Refusee(Exception):
    """The site did not answer what it should."""


@dataclass(frozen=True, slots=True)
class Demande:
    """What is asked: method, address, form, headers; `nom` is the page that it counts for."""

    nom: str
    methode: str
    adresse: str
    champs: Mapping[str, str] | None = None
    entetes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reponse:
    """An answer; `vers`: where a redirection leads."""

    statut: int
    texte: str
    vers: str = ""


Transport = Callable[[Demande], Reponse]
"""How requests go, without following where an answer leads."""


@dataclass
class Directe:
    """One connection, kept open; says how long each answer took."""

    port: int
    secondes: float = 0.0
    _biscuits: dict[str, str] = field(default_factory=dict)
    _connexion: HTTPConnection | None = None

    def __call__(self, demande: Demande) -> Reponse:
        """One request, without following where it leads."""
        biscuits = "; ".join(f"{c}={v}" for c, v in self._biscuits.items())
        entetes = {**demande.entetes, **({"Cookie": biscuits} if biscuits else {})}
        if demande.champs is not None:
            entetes["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            reponse, octets = self._demander(demande, entetes)
        except (RemoteDisconnected, ConnectionResetError):  # it had been open for too long
            self.close()
            reponse, octets = self._demander(demande, entetes)
        for depose in reponse.headers.get_all("Set-Cookie") or ():
            self._biscuits |= {m.key: m.value for m in SimpleCookie(depose).values()}
        texte = (
            octets.decode("utf-8", "replace") if "text/" in reponse.headers.get("Content-Type", "") else ""
        )
        return Reponse(reponse.status, texte, reponse.headers.get("Location", ""))

    def close(self) -> None:
        """Let the connection go."""
        if self._connexion is not None:
            self._connexion.close()
            self._connexion = None

    def _demander(self, demande: Demande, entetes: Mapping[str, str]) -> tuple[HTTPResponse, bytes]:
        if self._connexion is None:
            self._connexion = HTTPConnection("127.0.0.1", self.port, timeout=60)
            self._connexion.connect()
        corps = None if demande.champs is None else urlencode(demande.champs)
        depart = time.perf_counter()
        self._connexion.request(demande.methode, demande.adresse, corps, dict(entetes))
        reponse = self._connexion.getresponse()
        octets = reponse.read()
        self.secondes = time.perf_counter() - depart
        return reponse, octets


@dataclass
class Visiteur:
    """Somebody who browses; `page` is the last page that was read."""

    envoyer: Transport
    page: str = ""
    _jeton: str = ""

    def lire(self, nom: str, adresse: str, mot: str) -> str:
        """GET a page that must hold `mot`."""
        return self._verifier(nom, self._suivre(Demande(nom, "GET", adresse)), mot)

    def poster(
        self, nom: str, adresse: str, champs: Mapping[str, str], mot: str, *, partiel: bool = False
    ) -> str:
        """POST a form, with the token of the last page; the page where it leads must hold `mot`."""
        rempli = {**champs, "csrf_token": self._jeton}
        demande = Demande(nom, "POST", adresse, rempli, PARTIEL if partiel else {})
        return self._verifier(nom, self._suivre(demande), mot)

    def entrer(self, email: str, mot: str) -> str:
        """Log in by the form, and read the page where that leads."""
        self.lire("connexion", "/connexion", "Mot de passe")
        identifiants = {"identifiant": email, "mot_de_passe": MOT_DE_PASSE_DEMO}
        return self.poster("connexion", "/connexion", identifiants, mot)

    def _suivre(self, demande: Demande) -> Reponse:
        reponse = self.envoyer(demande)
        for _ in range(5):
            if reponse.statut not in _REDIRECTIONS:
                break
            reponse = self.envoyer(Demande(demande.nom, "GET", reponse.vers))
        return reponse

    def _verifier(self, nom: str, reponse: Reponse, mot: str) -> str:
        if reponse.statut != 200 or mot not in reponse.texte:
            raise Refusee(f"{nom}: {reponse.statut}, without « {mot} »")
        if jeton := _JETON.search(reponse.texte):
            self._jeton = html.unescape(jeton[1])
        self.page = reponse.texte
        return reponse.texte


def liens(page: str, motif: str) -> list[str]:
    """The addresses of a page that match the whole pattern, each once, in their order."""
    trouves = (html.unescape(lien) for lien in re.findall(r'href="([^"]+)"', page))
    return list(dict.fromkeys(lien for lien in trouves if re.fullmatch(motif, lien)))


def champs_du_formulaire(page: str, identifiant: str) -> dict[str, str]:
    """What a browser would post of the form that has this id, without its buttons."""
    lecteur = _Formulaire(identifiant)
    lecteur.feed(page)
    return lecteur.champs


class _Formulaire(HTMLParser):
    def __init__(self, identifiant: str) -> None:
        super().__init__()
        self._identifiant, self._dedans = identifiant, False
        self.champs: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributs = dict(attrs)
        if tag == "form":
            self._dedans = attributs.get("id") == self._identifiant
        nom = attributs.get("name")
        if not (self._dedans and nom and tag in ("input", "textarea")):
            return
        if attributs.get("type") in ("radio", "checkbox") and "checked" not in attributs:
            return
        self.champs[nom] = attributs.get("value") or ""
