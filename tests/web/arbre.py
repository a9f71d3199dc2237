"""Pages as trees: what each owes its readers, and what becomes of one that receives fragments."""

import copy
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

import html5lib
from lxml import etree

Element = Any

REGIONS_PASSAGERES = ("messages", "toast", "dialogue", "connexion")
"""What says that something was just done, or is open over the page: a fresh page has none of it."""

_LIENS = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "popovertarget")
_CONTROLES = "//input[not(@type='hidden')] | //select | //textarea | //button"


def lire(html: str) -> Element:
    """The tree of a page, or of fragments, as a browser would build it."""
    # A colon in a name is no XML.
    return html5lib.parse(
        html.replace(":inherited=", "-inherited="), treebuilder="lxml", namespaceHTMLElements=False
    ).getroot()


def texte(element: Element) -> str:
    """What is read of it, spaces made plain."""
    return " ".join("".join(element.itertext()).split())


def cocher(page: Element, champs: Mapping[str, str]) -> None:
    """Check the radio buttons that a reader checked before posting these fields."""
    for nom, valeur in champs.items():
        for bouton in page.xpath("//input[@type='radio'][@name=$nom]", nom=nom):
            bouton.attrib.pop("checked", None)
            if bouton.get("value") == valeur:
                bouton.set("checked", "")


def appliquer(page: Element, reponse: str) -> Element:
    """The page after these fragments; each one must find its place, once."""
    resultat = copy.deepcopy(page)
    morceaux = lire(reponse).xpath("//hx-partial")
    assert morceaux, f"no fragment in {reponse[:200]!r}"
    for morceau in morceaux:
        cibles = resultat.xpath("//*[@id=$cible]", cible=morceau.get("hx-target").removeprefix("#"))
        assert len(cibles) == 1, f"{len(cibles)} places for {morceau.get('hx-target')}"
        [nouveau] = list(morceau)
        nouveau.tail = cibles[0].tail
        cibles[0].getparent().replace(cibles[0], nouveau)
    return resultat


def contenu(element: Element) -> list[str]:
    """What the reader has under the eyes, line by line, without tokens and without what passes."""
    arbre = copy.deepcopy(element)
    for noeud in list(arbre.iter()):
        if noeud.get("name") in ("csrf_token", "jeton"):
            noeud.set("value", "…")
        if noeud.get("id") in REGIONS_PASSAGERES or noeud.get("data-enregistrement") is not None:
            _vider(noeud)
    lignes = re.sub(r"(<[^>]*>)", r"\n\1\n", etree.tostring(arbre, encoding="unicode"))
    return [propre for ligne in lignes.splitlines() if (propre := " ".join(ligne.split()))]


def principal(page: Element) -> list[str]:
    """The same for what an answer may change: the page proper, and the menu with its counts."""
    [trouve] = page.xpath("//main")
    return [ligne for partie in (trouve, *page.xpath("//*[@id='menu']")) for ligne in contenu(partie)]


def verifier(html: str, ou: str) -> Element:
    """Check what every page owes; returns its tree."""
    return verifier_arbre(lire(html), ou)


def verifier_arbre(page: Element, ou: str) -> Element:
    """The same for a page already read."""
    manques = [*_structure(page), *_identifiants(page), *_etiquettes(page), *_code_en_ligne(page)]
    assert not manques, f"{ou}: {manques}"
    return page


def _structure(page: Element) -> list[str]:
    titre = "".join(page.xpath("//title//text()")).strip()
    trouves = [] if titre and not titre.startswith("–") else ["no title"]
    if len(page.xpath("//h1")) != 1:
        trouves.append(f"{len(page.xpath('//h1'))} h1")
    if not page.xpath("//html[@lang='fr']") or len(page.xpath("//main")) != 1:
        trouves.append("no lang or no main")
    return trouves


def _identifiants(page: Element) -> list[str]:
    connus = Counter(page.xpath("//@id"))
    trouves = [f"id {nom} twice" for nom, fois in connus.items() if fois > 1]
    for attribut in _LIENS:
        for valeur in page.xpath("//@*[name()=$nom]", nom=attribut):
            trouves += [f"{attribut} to {nom}" for nom in valeur.split() if nom not in connus]
    for valeur in page.xpath("//a/@href[starts-with(., '#')]"):
        trouves += [f"link to {valeur}"] if valeur[1:] not in connus else []
    for element in page.iter():
        cible = element.get("hx-target") or element.get("hx-target-inherited") or ""
        trouves += [f"hx-target {cible}"] if cible.startswith("#") and cible[1:] not in connus else []
    return trouves


def _etiquettes(page: Element) -> list[str]:
    pour = set(page.xpath("//label/@for"))
    trouves = []
    for controle in page.xpath(_CONTROLES):
        nomme = (
            controle.get("id") in pour
            or controle.get("aria-label")
            or controle.get("aria-labelledby")
            or controle.xpath("ancestor::label")
            or (controle.tag == "button" and "".join(controle.itertext()).strip())
        )
        if not nomme:
            trouves.append(f"unnamed {controle.tag} {dict(controle.attrib)}")
    return trouves


def _code_en_ligne(page: Element) -> list[str]:
    trouves = [f"inline {nom}" for nom in page.xpath("//@*[name()='style' or starts-with(name(), 'on')]/..")]
    return trouves + [e.tag for e in page.xpath("//style | //script[not(@src)]")]


def _vider(element: Element) -> None:
    for enfant in list(element):
        element.remove(enfant)
    element.text = ""
    for attribut in list(element.attrib):
        if attribut != "id":
            del element.attrib[attribut]
