"""A list that is pasted or sent, as a browser without scripts goes from one of its pages to the next."""

from io import BytesIO
from typing import Any

from werkzeug.test import TestResponse

from tests.web import arbre
from tests.web.distribution import Navigateur
from tests.web.scene import Scene


def inscrits(scene: Scene, numero: int) -> list[str]:
    return scene.voir(numero, lambda s: [f"{t.nom} {t.prenom}" for t in s.stagiaires_saisis])


def envoyer(qui: Navigateur, liste: str, fichier: bytes, nom: str = "x.xlsx") -> TestResponse:
    qui.get(liste)
    champs = {"lignes": "", "fichier": (BytesIO(fichier), nom)}
    return suivre(qui, qui.post(liste, champs, content_type="multipart/form-data"))


def coller(qui: Navigateur, liste: str, texte: str) -> TestResponse:
    qui.get(liste)
    return suivre(qui, qui.post(liste, {"lignes": texte}))


def relire(qui: Navigateur, liste: str, champs: dict[str, str]) -> TestResponse:
    return suivre(qui, qui.post(f"{liste}/apercu", champs))


def ajouter(qui: Navigateur, liste: str, champs: dict[str, str]) -> TestResponse:
    """Where it leads, once the preview that it may lead to is read."""
    return suivre(qui, qui.post(f"{liste}/ajouter", champs))


def suivre(qui: Navigateur, reponse: TestResponse) -> TestResponse:
    """The preview that it leads to, or itself."""
    return qui.get(reponse.location) if "/apercu?" in (reponse.location or "") else reponse


def poste(page: TestResponse) -> dict[str, str]:
    """What the form of the preview holds, as a browser would post it without a button."""
    formulaire = arbre.lire(page.text).xpath('//form[@id="apercu"]')[0]
    champs = {
        champ.get("name"): champ.get("value", "")
        for champ in formulaire.xpath(".//input[@name and (not(@type='checkbox') or @checked)]")
        if champ.get("name") != "csrf_token"
    }
    for choix in formulaire.xpath(".//select"):
        champs[choix.get("name")] = choix.xpath("./option[@selected]")[0].get("value")
    return champs


def a_ajouter(page: TestResponse) -> str:
    """What the heading of the preview says is to be added; "" where there is no button that adds it."""
    lue = arbre.lire(page.text)
    [titre] = lue.xpath('//section[@id="liste"]/h2')
    return texte_de(titre).partition(" : ")[2] if lue.xpath('//button[@id="tout-ajouter"]') else ""


def devenues(page: TestResponse) -> list[str]:
    badges = '//form[@id="apercu"]//tbody//span[contains(@class, "etat ")]'
    return [texte_de(badge) for badge in arbre.lire(page.text).xpath(badges)]


def texte_de(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())
