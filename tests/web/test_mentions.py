"""What the site says of itself: for anybody, from every page, and true."""

import pytest

from certif.domaine import conservation
from tests.web import arbre
from tests.web.distribution import Navigateur
from tests.web.lecture import texte
from tests.web.scene import Scene


@pytest.mark.parametrize("adresse", ["/accessibilite", "/confidentialite"])
@pytest.mark.parametrize("page", ["/connexion", "/accessibilite"])
def test_every_page_leads_there(scene: Scene, page: str, adresse: str) -> None:
    anonyme = Navigateur(scene.app.test_client())
    assert f'href="{adresse}"' in anonyme.get(page).text
    assert anonyme.get(adresse).status_code == 200


def test_the_public_pages_lead_to_what_is_kept(scene: Scene) -> None:
    assert 'href="/confidentialite"' in Navigateur(scene.app.test_client()).get("/verifier").text


def test_the_delays_are_those_of_the_rules(scene: Scene) -> None:
    lu = texte(Navigateur(scene.app.test_client()).get("/confidentialite").text)
    for dit in (
        "effacés 15 jours après la génération",
        "6 mois après la fin de la session",
        "7 jours au plus",
        "oublié en 7 jours",
        "chiffré 15 minutes",
    ):
        assert dit in lu.replace("\u00a0", " "), dit


def test_the_whole_table_is_read_there(scene: Scene) -> None:
    lu = arbre.lire(Navigateur(scene.app.test_client()).get("/confidentialite").text)
    lignes = [
        (arbre.texte(ligne.xpath("th")[0]), arbre.texte(ligne.xpath("td")[0]))
        for ligne in lu.xpath("//section[@aria-labelledby='durees']//tbody/tr")
    ]
    dites = [(ligne.quoi, ligne.combien) for ligne in conservation.LIGNES.values()]
    assert lignes == [tuple(" ".join(texte.split()) for texte in dite) for dite in dites]


@pytest.mark.parametrize("adresse", ["/connexion", "/verifier"])
def test_a_page_that_is_searched_says_what_it_is_for(scene: Scene, adresse: str) -> None:
    page = arbre.lire(Navigateur(scene.app.test_client()).get(adresse).text)
    [description] = page.xpath("//head/meta[@name='description']/@content")
    assert 50 <= len(description) <= 160
