"""The preview of a list where no script runs: its address, for its author, for a quarter of an hour."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from certif.domaine.acces import formulaires_gardes
from certif.domaine.acces.modeles import SaisieConservee
from certif.domaine.sessions.etats import Etat
from certif.socle.base.extensions import db
from certif.socle.horloge import instant_reel
from tests.web.distribution import Navigateur
from tests.web.entite.liste_collee import a_ajouter, ajouter, coller, devenues, inscrits, poste, relire
from tests.web.scene import Scene

DEUX = "Nom\tPrénom\tNé le\nLEROY\tPaul\t01/03/1985\nDUPONT\tMarie\t14/02/1990\n"
UNE_FAUSSE = DEUX + "BERGER\tLuc\t31/02/1990\n"
PLUS_GARDEES = "Ces lignes ne sont plus gardées"


@pytest.fixture
def numero(scene: Scene) -> int:
    return scene.session(Etat.SAISIE, stagiaires=[], declarant=scene.troupe.delegataire)


@pytest.fixture
def liste(scene: Scene, numero: int) -> str:
    return scene.adresse(f"/sessions/{numero}/stagiaires/liste")


def apercu(qui: Navigateur, liste: str, texte: str) -> str:
    """The address of its preview."""
    qui.get(liste)
    reponse = qui.post(liste, {"lignes": texte})
    assert reponse.status_code == 303
    return reponse.location


def gardees(scene: Scene) -> list[bytes]:
    return scene.dans(lambda: list(db.session.scalars(select(SaisieConservee.contenu))))


def test_the_preview_has_an_address_that_says_nothing_of_anybody(
    scene: Scene, liste: str, gestionnaire: Navigateur
) -> None:
    adresse = apercu(gestionnaire, liste, UNE_FAUSSE)
    assert adresse.startswith(f"{liste}/apercu?saisie=") and "LEROY" not in adresse
    pages = [gestionnaire.get(adresse) for _ in range(2)]
    assert [devenues(page) for page in pages] == [["À ajouter", "À ajouter", "À corriger"]] * 2
    assert not any(b"LEROY" in contenu for contenu in gardees(scene))


def test_what_was_corrected_and_chosen_is_there_again(liste: str, gestionnaire: Navigateur) -> None:
    adresse = apercu(gestionnaire, liste, UNE_FAUSSE)
    choix = {"nom-4": "Bergère", "date_naissance-4": "28/02/1990", "laisser-2": "1", "sens-2": "ignoree"}
    corrigee = gestionnaire.post(f"{liste}/apercu", poste(gestionnaire.get(adresse)) | choix)
    assert corrigee.location == adresse
    page = gestionnaire.get(adresse)
    assert devenues(page) == ["Laissée", "À ajouter, à vérifier", "À ajouter"]
    assert poste(page) | choix == poste(page)


def test_the_lines_that_remain_have_the_same_address(
    scene: Scene, numero: int, liste: str, gestionnaire: Navigateur
) -> None:
    adresse = apercu(gestionnaire, liste, UNE_FAUSSE)
    faite = gestionnaire.post(f"{liste}/ajouter", poste(gestionnaire.get(adresse)))
    assert faite.location == adresse
    page = gestionnaire.get(adresse)
    assert "1\u00a0ligne reste à corriger ci-dessous." in page.text
    assert devenues(gestionnaire.get(adresse)) == ["À corriger"]
    assert len(inscrits(scene, numero)) == 2


def test_nothing_is_kept_once_they_are_all_there(scene: Scene, liste: str, gestionnaire: Navigateur) -> None:
    adresse = apercu(gestionnaire, liste, DEUX)
    gestionnaire.post(f"{liste}/ajouter", poste(gestionnaire.get(adresse)))
    assert gardees(scene) == []
    assert gestionnaire.get(adresse).location == liste
    assert PLUS_GARDEES in gestionnaire.get(liste).text


def test_after_a_quarter_of_an_hour_one_is_told_to_paste_again(liste: str, gestionnaire: Navigateur) -> None:
    adresse = apercu(gestionnaire, liste, DEUX)
    page = gestionnaire.get(adresse)
    with time_machine.travel(instant_reel() + timedelta(minutes=16), tick=False):
        assert gestionnaire.get(adresse).location == liste
        assert "collez-les de nouveau" in gestionnaire.get(liste).text
        # The page itself holds all of it.
        assert a_ajouter(relire(gestionnaire, liste, poste(page))) == "2 stagiaires à ajouter"


def test_another_person_or_another_session_finds_nothing_there(
    scene: Scene, liste: str, gestionnaire: Navigateur
) -> None:
    adresse = apercu(gestionnaire, liste, DEUX)
    collegue = scene.navigateur(scene.troupe.delegataire)
    sienne = scene.adresse(f"/sessions/{scene.session(Etat.SAISIE, stagiaires=[])}/stagiaires/liste")
    for qui, ou in (
        (scene.navigateur(scene.troupe.etranger), liste),
        (collegue, sienne),
        (gestionnaire, sienne),
    ):
        reponse = qui.get(adresse.replace(liste, ou))
        assert reponse.status_code == 404 or reponse.location == ou
        assert "LEROY" not in reponse.text


def test_another_person_replaces_and_erases_nothing(
    scene: Scene, liste: str, gestionnaire: Navigateur
) -> None:
    adresse = apercu(gestionnaire, liste, DEUX)
    collegue = scene.navigateur(scene.troupe.delegataire)
    autre = coller(collegue, liste, "PETIT\tLuc\t01/01/1990\n")
    cle = adresse.partition("saisie=")[2]
    champs = poste(autre) | {"saisie": cle}
    relire(collegue, liste, champs)
    ajouter(collegue, liste, champs)
    assert devenues(gestionnaire.get(adresse)) == ["À ajouter", "À ajouter"]


def test_two_lists_are_kept_side_by_side(
    scene: Scene, numero: int, liste: str, gestionnaire: Navigateur
) -> None:
    une, autre = (apercu(gestionnaire, liste, texte) for texte in (DEUX, "PETIT\tLuc\t01/01/1990\n"))
    ajouter(gestionnaire, liste, poste(gestionnaire.get(une)))
    assert ajouter(gestionnaire, liste, poste(gestionnaire.get(autre))).status_code == 303
    assert inscrits(scene, numero) == ["LEROY Paul", "DUPONT Marie", "PETIT Luc"]


def test_a_refusal_keeps_what_was_corrected(scene: Scene, liste: str, gestionnaire: Navigateur) -> None:
    adresse = apercu(gestionnaire, liste, UNE_FAUSSE)
    champs = poste(gestionnaire.get(adresse)) | {"date_naissance-4": "28/02/1990"}
    ajouter(gestionnaire, liste, poste(coller(gestionnaire, liste, "PETIT\tLuc\t01/01/1990\n")))
    assert ajouter(gestionnaire, liste, champs).status_code == 409
    assert devenues(gestionnaire.get(adresse)) == ["À ajouter"] * 3


def test_with_a_script_nothing_is_kept(scene: Scene, liste: str, gestionnaire: Navigateur) -> None:
    page = gestionnaire.htmx(liste, {"lignes": UNE_FAUSSE})
    gestionnaire.htmx(f"{liste}/apercu", poste(page))
    gestionnaire.htmx(f"{liste}/ajouter", poste(page))
    assert gardees(scene) == []


def test_a_preview_that_became_a_page_with_scripts_is_still_kept(
    liste: str, gestionnaire: Navigateur
) -> None:
    adresse = apercu(gestionnaire, liste, UNE_FAUSSE)
    champs = poste(gestionnaire.get(adresse)) | {"date_naissance-4": "28/02/1990"}
    fragment = gestionnaire.htmx(f"{liste}/apercu", champs)
    assert devenues(fragment) == devenues(gestionnaire.get(adresse)) == ["À ajouter"] * 3


def test_a_list_too_long_to_be_kept_is_shown_at_once(
    monkeypatch: pytest.MonkeyPatch, scene: Scene, liste: str, gestionnaire: Navigateur
) -> None:
    monkeypatch.setattr(formulaires_gardes, "TAILLE_MAX", 10)
    page = coller(gestionnaire, liste, UNE_FAUSSE)
    assert page.status_code == 200 and devenues(page) == ["À ajouter", "À ajouter", "À corriger"]
    page = ajouter(gestionnaire, liste, poste(page))
    assert page.status_code == 200 and "1\u00a0ligne reste à corriger" in page.text


def test_the_lines_that_remain_are_read_as_they_were(liste: str, gestionnaire: Navigateur) -> None:
    # The whole tells which column is the nom; the line that remains would not.
    entiere = "DUPONT\tMarie\t14/02/1990\nLEROY\tPaul\t01/03/1985\nKazan\tZorba\t31/02/1990\n"
    page = ajouter(gestionnaire, liste, poste(coller(gestionnaire, liste, entiere)))
    assert devenues(page) == ["À corriger"]
    page = relire(gestionnaire, liste, poste(page) | {"date_naissance-3": "28/02/1990"})
    assert "Rien ne dit lequel est le nom" not in page.text
    assert a_ajouter(page) == "1 stagiaire à ajouter"
