"""The tab of the certificates makes, shows and stops the codes; the page of codes says initials alone."""

import pytest

from certif.domaine.certificats.remise import codes
from certif.domaine.certificats.remise.lectures import cartes
from certif.domaine.personnes.modeles import Entite
from certif.domaine.sessions.etats import Etat
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import aujourd_hui
from tests.support.production import pdf_factice, rendre_par
from tests.web import arbre
from tests.web.distribution import Navigateur
from tests.web.lecture import Page
from tests.web.scene import Scene


@pytest.fixture
def numero(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> int:
    rendre_par(monkeypatch, pdf_factice)
    return scene.session(Etat.GENERE, reussites=8)


def onglet(scene: Scene, numero: int) -> str:
    return scene.adresse(f"/sessions/{numero}/telechargements")


def ecrits(scene: Scene, numero: int) -> list[str]:
    faites = scene.dans(lambda: cartes(scene.troupe.gestionnaire, numero))
    return [codes.presenter(carte.code) for carte in faites]


def test_made_when_asked_for_then_shown(scene: Scene, numero: int, gestionnaire: Navigateur) -> None:
    avant = gestionnaire.get(onglet(scene, numero)).text
    assert "Créer les codes" in avant and "Projeter ou imprimer" not in avant
    adresse = scene.adresse(f"/sessions/{numero}/remise")
    assert "Aucun code n’ouvre" in gestionnaire.get(adresse).text
    assert gestionnaire.post(adresse).status_code == 303
    apres = gestionnaire.get(onglet(scene, numero)).text
    assert "Projeter ou imprimer les codes" in apres and "Aucun certificat n’a encore été ouvert" in apres
    page = gestionnaire.get(adresse)
    arbre.verifier(page.text, "remise")
    assert [page.text.count(code) for code in ecrits(scene, numero)] == [1] * 8
    assert page.text.count('<ol class="feuille">') == 2, "six a sheet"


def test_initials_alone_are_projected(scene: Scene, numero: int, gestionnaire: Navigateur) -> None:
    adresse = scene.adresse(f"/sessions/{numero}/remise")
    gestionnaire.post(adresse)
    lu = Page(gestionnaire.get(adresse)).texte
    for identite in ("Lefèvre", "LEFÈVRE", "Hélène", "Nguy", "NGUY", "Petit", "1970", "/1971"):
        assert identite not in lu
    assert "H. L." in lu and "J. D." in lu


def test_by_htmx_the_tab_changes_in_place(scene: Scene, numero: int, gestionnaire: Navigateur) -> None:
    reponse = gestionnaire.htmx(scene.adresse(f"/sessions/{numero}/remise"))
    assert reponse.status_code == 200 and "Projeter ou imprimer les codes" in reponse.text
    arretes = gestionnaire.htmx(scene.adresse(f"/sessions/{numero}/remise/arret"))
    assert "Sans code en service" in arretes.text and "Créer les codes" in arretes.text


def test_the_formateur_is_shown_them_once_they_are_there(
    scene: Scene, numero: int, gestionnaire: Navigateur, formateur: Navigateur
) -> None:
    leur = f"/formateur/sessions/{numero}"
    assert "codes de remise" not in formateur.get(f"{leur}/stagiaires").text
    assert "MAROSE FORMATION n’a pas créé de code" in formateur.get(f"{leur}/remise").text
    gestionnaire.post(scene.adresse(f"/sessions/{numero}/remise"))
    assert "Montrer les codes de remise" in formateur.get(f"{leur}/stagiaires").text
    page = formateur.get(f"{leur}/remise").text
    assert all(code in page for code in ecrits(scene, numero)) and "telecharg" not in page
    assert formateur.post(f"{leur}/remise").status_code == 405


@pytest.fixture
def suspendue(scene: Scene, numero: int, gestionnaire: Navigateur) -> str:
    """The address of the codes that an entité made before it was suspended."""
    adresse = scene.adresse(f"/sessions/{numero}/remise")
    gestionnaire.post(adresse)

    def suspendre() -> None:
        with transaction():
            db.session.get_one(Entite, scene.troupe.marose.entite_id).suspendue_le = aujourd_hui()

    scene.dans(suspendre)
    return adresse


def test_r17_a_suspended_entite_shows_and_makes_none(
    scene: Scene, numero: int, gestionnaire: Navigateur, suspendue: str
) -> None:
    assert ecrits(scene, numero)[0] in gestionnaire.get(suspendue).text
    assert gestionnaire.post(suspendue).status_code == 409
    assert "Nouveau code" not in gestionnaire.get(onglet(scene, numero)).text


def test_r17_a_suspended_entite_stops_one_of_its_codes_or_all(
    scene: Scene, numero: int, gestionnaire: Navigateur, suspendue: str
) -> None:
    page = gestionnaire.get(onglet(scene, numero))
    formulaires = arbre.lire(page.text).xpath('//section[@id="remise"]//form')
    arreter_un, *_, arreter_tous = [f.get("action") for f in formulaires]
    un_code = ecrits(scene, numero)[0]
    assert gestionnaire.post(arreter_un).status_code == 303
    assert un_code not in ecrits(scene, numero) and len(ecrits(scene, numero)) == 7
    assert gestionnaire.post(arreter_tous).status_code == 303
    assert ecrits(scene, numero) == []
    assert gestionnaire.post(arreter_un.removesuffix("/arret")).status_code == 409, "another is not made"


def test_before_the_certificates_there_is_nothing_to_show(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session(Etat.VALIDATION_ENTITE)
    assert gestionnaire.get(scene.adresse(f"/sessions/{numero}/remise")).status_code == 409
