"""Models on the pages: kept from a session, offered with *Nouvelle session*, listed, changed, deleted."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from certif.domaine.personnes.modeles import Entite
from certif.domaine.referentiel.modeles import Certificat, Qualification
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles_gardes.actions import garder
from certif.domaine.sessions.modeles_gardes.modeles import ModeleGarde
from certif.domaine.temps import format_date
from certif.socle.base.extensions import db
from certif.socle.horloge import aujourd_hui
from tests.web import arbre
from tests.web.distribution import Navigateur
from tests.web.lecture import Page
from tests.web.scene import Scene

JETON = "j" * 43


@pytest.fixture
def modele_id(scene: Scene) -> int:
    """One that the délégataire kept."""
    delegataire = scene.troupe.delegataire
    numero = scene.session(Etat.VALIDATION_FORMATEUR, declarant=delegataire)
    return scene.dans(lambda: garder(delegataire, numero, "Usine de Lyon", None))


def gardes(scene: Scene) -> list[tuple[str, date | None]]:
    return scene.dans(lambda: [(m.nom, m.rappele_le) for m in db.session.query(ModeleGarde).all()])


def jeton(page: str) -> str:
    return str(arbre.lire(page).xpath("//input[@name='jeton']/@value")[0])


def offerts(page: str) -> dict[str, str]:
    """What *Nouvelle session* offers besides an empty one."""
    puces = arbre.lire(page).xpath("//button[@name='modele']")
    return {puce.get("value"): arbre.texte(puce) for puce in puces}


class TestGarder:
    def ouvrir(self, scene: Scene, navigateur: Navigateur, numero: int) -> tuple[str, str]:
        adresse = scene.adresse(f"/sessions/{numero}/modele")
        page = navigateur.get(adresse)
        assert page.status_code == 200
        return adresse, page.text

    def test_a_name_is_proposed_and_a_double_click_keeps_one(
        self, scene: Scene, gestionnaire: Navigateur
    ) -> None:
        numero = scene.session(Etat.GENERE)
        adresse, page = self.ouvrir(scene, gestionnaire, numero)
        assert 'value="SST-1 – ETOILE SUR RHONE"' in page
        demain = aujourd_hui() + timedelta(days=1)
        champs = {"jeton": jeton(page), "nom": " Siège ", "rappele_le": format_date(demain)}
        for _ in range(2):
            reponse = gestionnaire.post(adresse, champs)
            assert reponse.status_code == 303
        assert gardes(scene) == [("Siège", demain)]

    @pytest.mark.parametrize(
        ("champs", "fautif"),
        [
            ({"nom": " "}, "nom"),
            ({"nom": "x" * 81}, "nom"),
            ({"nom": "a\u0007b"}, "nom"),
            ({"nom": "Siège", "rappele_le": "31/02/2030"}, "rappele_le"),
            ({"nom": "Siège", "rappele_le": "01/06/28"}, "rappele_le"),
            ({"nom": "Siège", "rappele_le": "01/01/2020"}, "rappele_le"),
        ],
    )
    def test_what_is_wrong_is_said_beside_it_and_kept(
        self, scene: Scene, gestionnaire: Navigateur, champs: dict[str, Any], fautif: str
    ) -> None:
        adresse, page = self.ouvrir(scene, gestionnaire, scene.session())
        reponse = gestionnaire.post(adresse, {"jeton": jeton(page), **champs})
        assert reponse.status_code == 422 and f'id="{fautif}-erreur"' in reponse.text
        assert not gardes(scene)

    @pytest.mark.parametrize(
        "nom", ["<script>alert(1)</script>", '" onfocus=alert(1) x="', "{{7*7}}", "李小龍"]
    )
    def test_whatever_it_is_called_it_is_shown_as_typed(
        self, scene: Scene, gestionnaire: Navigateur, nom: str
    ) -> None:
        adresse, page = self.ouvrir(scene, gestionnaire, scene.session())
        assert gestionnaire.post(adresse, {"jeton": jeton(page), "nom": nom}).status_code == 303
        for chemin in ("/modeles", "/sessions/a-traiter"):
            lue = gestionnaire.get(scene.adresse(chemin)).text
            assert "<script>alert" not in lue and 'onfocus=alert(1) x=""' not in lue
            assert nom in "".join(arbre.lire(lue).itertext())

    def test_the_link_stands_where_there_is_something_to_keep(
        self, scene: Scene, gestionnaire: Navigateur
    ) -> None:
        for numero, la in ((scene.session(), True), (scene.session(certificat_id=None), False)):
            page = gestionnaire.get(scene.adresse(f"/sessions/{numero}/stagiaires")).text
            assert (f"/sessions/{numero}/modele" in page) is la


class TestNouvelleSession:
    def test_without_a_model_it_is_as_before(self, scene: Scene, gestionnaire: Navigateur) -> None:
        page = gestionnaire.get(scene.adresse("/sessions/a-traiter")).text
        assert offerts(page) == {} and "Nouvelle session" in page

    def test_one_tap_then_f_then_the_stagiaires(
        self, scene: Scene, modele_id: int, gestionnaire: Navigateur
    ) -> None:
        page = gestionnaire.get(scene.adresse("/sessions/a-traiter")).text
        assert offerts(page) == {str(modele_id): "Usine de Lyon"}
        champs = {"jeton": jeton(page), "modele": str(modele_id)}
        adresses = {gestionnaire.post(scene.adresse("/sessions"), champs).location for _ in range(2)}
        assert len(adresses) == 1
        (adresse,) = adresses
        ouverte = Page(gestionnaire.get(adresse)).texte
        assert "il reste à indiquer la date de fin et les stagiaires" in ouverte
        saisis = {"version": "1", "suite": "suivant", "date_fin": format_date(aujourd_hui())}
        suite = gestionnaire.post(adresse, saisis)
        assert suite.status_code == 303 and suite.location.endswith("/stagiaires")

    def test_a_formateur_refused_at_f_is_shown_with_the_reason(
        self, scene: Scene, modele_id: int, gestionnaire: Navigateur
    ) -> None:
        def perimer() -> None:
            db.session.execute(update(Qualification).values(fin=aujourd_hui() - timedelta(days=1)))
            db.session.commit()

        scene.dans(perimer)
        champs = {"jeton": JETON, "modele": str(modele_id)}
        adresse = gestionnaire.post(scene.adresse("/sessions"), champs).location
        saisis = {"version": "1", "suite": "suivant", "date_fin": format_date(aujourd_hui())}
        suite = gestionnaire.post(adresse, saisis)
        assert suite.location.endswith("/formateur")
        page = Page(gestionnaire.get(suite.location)).texte
        assert "a pris fin le" in page and "n’a pas encore abouti" not in page.partition("Soumettre au")[0]

    def test_what_no_longer_holds_is_told(
        self, scene: Scene, modele_id: int, gestionnaire: Navigateur
    ) -> None:
        def archiver() -> None:
            certificat_id = scene.troupe.marose.certificat_id
            db.session.get_one(Certificat, certificat_id).archive_le = aujourd_hui()
            db.session.commit()

        scene.dans(archiver)
        dit = "Son certificat (SST-1) n’est plus délivré"
        assert dit in Page(gestionnaire.get(scene.adresse(f"/modeles/{modele_id}"))).texte
        champs = {"jeton": JETON, "modele": str(modele_id)}
        adresse = gestionnaire.post(scene.adresse("/sessions"), champs).location
        assert dit in Page(gestionnaire.get(adresse)).texte

    @pytest.mark.parametrize("modele", ["0", "-1", "x", "", "9" * 30])
    def test_what_is_no_model_opens_nothing(
        self, scene: Scene, gestionnaire: Navigateur, modele: str
    ) -> None:
        reponse = gestionnaire.post(scene.adresse("/sessions"), {"jeton": JETON, "modele": modele})
        assert reponse.status_code == 404

    def test_a_colleague_s_is_not_offered_and_opens_nothing(self, scene: Scene, modele_id: int) -> None:
        collegue = scene.navigateur(scene.troupe.collegue)
        assert offerts(collegue.get(scene.adresse("/sessions/a-traiter")).text) == {}
        champs = {"jeton": JETON, "modele": str(modele_id)}
        assert collegue.post(scene.adresse("/sessions"), champs).status_code == 404

    def test_a_suspended_entite_reads_them_only(
        self, scene: Scene, modele_id: int, gestionnaire: Navigateur
    ) -> None:
        def suspendre() -> None:
            db.session.get_one(Entite, scene.troupe.marose.entite_id).suspendue_le = aujourd_hui()
            db.session.commit()

        scene.dans(suspendre)
        assert offerts(gestionnaire.get(scene.adresse("/sessions/a-traiter")).text) == {}
        fiche = gestionnaire.get(scene.adresse(f"/modeles/{modele_id}")).text
        assert "Usine de Lyon" in fiche and "/supprimer" not in fiche


class TestPageDesModeles:
    def test_renamed_then_deleted_once_it_is_said(
        self, scene: Scene, modele_id: int, gestionnaire: Navigateur
    ) -> None:
        modifier = scene.adresse(f"/modeles/{modele_id}/modifier")
        formulaire = arbre.lire(gestionnaire.get(modifier).text)
        poste = {c.get("name"): c.get("value") for c in formulaire.xpath("//main//form//input")}
        reponse = gestionnaire.post(modifier, {**poste, "nom": "Siège"})
        assert reponse.status_code == 303
        assert "Siège" in gestionnaire.get(scene.adresse("/modeles")).text
        supprimer = scene.adresse(f"/modeles/{modele_id}/supprimer")
        page = gestionnaire.get(supprimer)
        assert "Le modèle « Siège » va être supprimé." in Page(page).texte
        poste = {c.get("name"): c.get("value") for c in arbre.lire(page.text).xpath("//main//form//input")}
        assert gestionnaire.post(supprimer, {**poste, "confirme": "1"}).status_code == 303
        assert gardes(scene) == []

    def test_it_opens_a_session_from_its_own_page_too(
        self, scene: Scene, modele_id: int, gestionnaire: Navigateur
    ) -> None:
        ouvrir = scene.adresse(f"/modeles/{modele_id}/ouvrir")
        page = arbre.lire(gestionnaire.get(ouvrir).text)
        poste = {c.get("name"): c.get("value") for c in page.xpath("//main//form//input")}
        adresses = {gestionnaire.post(ouvrir, poste).location for _ in range(2)}
        assert len(adresses) == 1 and adresses.pop().endswith("/session")
