"""The place in the tab "Session": a postcode and its towns, a CEDEX, abroad, a platform (R13); its helps."""

import html
from typing import Any

import pytest

from certif.domaine.referentiel.modeles import Plateforme
from certif.socle.base.extensions import db
from tests.support.factories import une_entite
from tests.web import arbre
from tests.web.distribution import Navigateur
from tests.web.entite.onglet_session import (
    VIDE,
    amiante,
    automatique,
    choisie,
    erreur,
    onglet,
    options,
    poster,
)
from tests.web.scene import Scene


@pytest.fixture
def numero(scene: Scene) -> int:
    """A draft in which nothing is filled in."""
    return scene.session(**VIDE)


def test_the_towns_of_a_postcode_are_offered(scene: Scene, gestionnaire: Navigateur) -> None:
    entetes = {"HX-Request": "true", "HX-Request-Type": "partial"}
    for code, villes in (("26800", 5), ("97133", 1), ("01400", 9)):
        page = gestionnaire.get(scene.adresse(f"/villes?code_postal={code}"), headers=entetes).text
        assert len(options(page, "ville")) > villes / 2, code
    unique = gestionnaire.get(scene.adresse("/villes?code_postal=97133"), headers=entetes).text
    assert choisie(unique, "ville")


@pytest.mark.parametrize(
    "code", ["", "2A004", "7500", "750011", "-1", "²²²²²", "٣٣٣٣٣", "1e9", "9" * 400, "<b>"]
)
def test_any_postcode_may_be_looked_up(scene: Scene, gestionnaire: Navigateur, code: str) -> None:
    entetes = {"HX-Request": "true", "HX-Request-Type": "partial"}
    reponse = gestionnaire.get(scene.adresse("/villes"), query_string={"code_postal": code}, headers=entetes)
    assert reponse.status_code == 200
    assert len(options(reponse.text, "ville")) <= 1


def test_a_cedex_is_typed_and_warned(scene: Scene, numero: int, gestionnaire: Navigateur) -> None:
    champs = {"lieu_type": "france", "code_postal": "75901", "ville": "Paris cedex 01"}
    page = automatique(scene, gestionnaire, numero, **champs).text
    assert 'value="PARIS CEDEX 01"' in page
    assert "il est accepté comme adresse CEDEX" in page


def test_a_place_abroad_is_a_country_and_a_town(scene: Scene, numero: int, gestionnaire: Navigateur) -> None:
    champs = {"lieu_type": "etranger", "pays": "BE", "ville_etranger": "Liège"}
    poster(scene, gestionnaire, numero, **champs)
    assert scene.voir(numero, lambda s: s.lieu) == "Liège, Belgique"
    assert choisie(gestionnaire.get(onglet(scene, numero)).text, "pays") == "Belgique"


def test_a_dispositif_with_platforms_offers_nothing_else(scene: Scene, gestionnaire: Navigateur) -> None:
    """A forged post of another place is refused."""
    niveau_id, _ = scene.dans(lambda: amiante(scene))
    numero = scene.session()
    page = automatique(scene, gestionnaire, numero, niveau_id=niveau_id, lieu_type="france").text
    assert "26800 ETOILE SUR RHONE" in page
    assert 'name="lieu_type"' not in page
    assert not erreur(page, "plateforme_id")
    refus = poster(scene, gestionnaire, numero, lieu_type="france", code_postal="75001", ville="PARIS")
    assert refus.status_code == 422
    assert scene.voir(numero, lambda s: s.lieu) == "26800 ETOILE SUR RHONE"


def test_another_entite_s_platform_is_refused(scene: Scene, gestionnaire: Navigateur) -> None:
    def ailleurs() -> tuple[int, int]:
        niveau_id, plateforme_id = amiante(scene)
        sienne = db.session.get_one(Plateforme, plateforme_id)
        sienne.entite_id = une_entite("AILLEURS").id
        db.session.commit()
        return niveau_id, plateforme_id

    niveau_id, plateforme_id = scene.dans(ailleurs)
    numero = scene.session(**{**VIDE, "niveau_id": niveau_id})
    reponse = poster(scene, gestionnaire, numero, plateforme_id=plateforme_id)
    assert reponse.status_code == 422
    assert scene.voir(numero, lambda s: s.plateforme_id) is None
    assert "n’en a aucune d’active" in html.unescape(reponse.text)


@pytest.mark.parametrize("champs", [{}, {"code_postal": "26905"}, {"amiante": True}], ids=str)
def test_each_field_has_its_help(
    scene: Scene, numero: int, gestionnaire: Navigateur, champs: dict[str, Any]
) -> None:
    """In France, at a CEDEX's postcode, on a platform; abroad is on the same page as France."""
    if champs.pop("amiante", False):
        champs["niveau_id"] = scene.dans(lambda: amiante(scene))[0]
    poster(scene, gestionnaire, numero, **champs)
    page = arbre.lire(gestionnaire.get(onglet(scene, numero)).text)
    groupes = page.xpath("//form[@id='formulaire-session']//*[contains(concat(' ', @class, ' '), ' champ ')]")
    assert len(groupes) >= 6
    for groupe in groupes:
        aides = groupe.xpath("details[@class='info']/p//text()")
        assert "".join(aides).strip(), "".join(groupe.itertext())
    lues = "".join(page.itertext())
    assert "Cette date permet de déterminer la date de début de validité du certificat." in lues


class TestLastPlaces:
    """The entité's last places in one tap: a button that saves what was typed and the place."""

    def offerts(self, page: str) -> dict[str, bool]:
        """What each chip sends, and whether it is the session's place."""
        puces = arbre.lire(page).xpath("//button[@name='lieu']")
        return {puce.get("value"): puce.get("aria-current") == "true" for puce in puces}

    def test_a_tap_saves_it_with_what_was_typed(
        self, scene: Scene, numero: int, gestionnaire: Navigateur
    ) -> None:
        scene.session(lieu_type="etranger", code_postal=None, ville="Liège", pays="BE")
        scene.session()
        offerts = self.offerts(gestionnaire.get(onglet(scene, numero)).text)
        assert list(offerts) == ["france|26800|ETOILE SUR RHONE", "etranger|BE|Liège"]
        for valeur, lieu in zip(offerts, ("26800 ETOILE SUR RHONE", "Liège, Belgique"), strict=True):
            saisis = {"lieu_type": "france", "code_postal": "7500", "ville": "", "suite": ""}
            reponse = poster(scene, gestionnaire, numero, **saisis, reference_interne=lieu, lieu=valeur)
            assert reponse.status_code == 303
            assert scene.voir(numero, lambda s: (s.lieu, s.reference_interne)) == (lieu, lieu)
            assert self.offerts(gestionnaire.get(onglet(scene, numero)).text)[valeur]

    def test_with_htmx_the_fields_are_filled_in_place(
        self, scene: Scene, numero: int, gestionnaire: Navigateur
    ) -> None:
        page = automatique(scene, gestionnaire, numero, lieu="france|26800|ETOILE SUR RHONE").text
        assert 'value="26800"' in page and choisie(page, "ville") == "ETOILE SUR RHONE"

    @pytest.mark.parametrize(
        ("valeur", "champ"),
        [
            ("france|99999|LYON", "code_postal"),
            ("france|26800|LYON", "ville"),
            ("etranger|ZZ|Liège", "pays"),
            ("plateforme|1|", "lieu_type"),
            ("n'importe quoi", "lieu_type"),
            ("france|26800\0|LYON", "code_postal"),
            (f"france|{'9' * 400}|LYON", "code_postal"),
            ("etranger|BE|Li\u202eège", "ville_etranger"),
            ("etranger|BE|<b>Liège</b>", "ville_etranger"),
            (f"etranger|BE|{'x' * 10_000}", "ville_etranger"),
        ],
    )
    def test_a_forged_place_is_judged_like_any(
        self, scene: Scene, gestionnaire: Navigateur, valeur: str, champ: str
    ) -> None:
        numero = scene.session()
        reponse = poster(scene, gestionnaire, numero, lieu=valeur)
        assert reponse.status_code == 422 and erreur(reponse.text, champ)
        assert "<b>Li" not in reponse.text

    def test_enter_sends_no_place(self, scene: Scene, numero: int, gestionnaire: Navigateur) -> None:
        """The first button of a form is what Enter presses."""
        scene.session()
        page = arbre.lire(gestionnaire.get(onglet(scene, numero)).text)
        premier, *_ = page.xpath("//form[@id='formulaire-session']//button[@type='submit']")
        assert (premier.get("name"), premier.get("value")) == ("suite", "suivant")
