"""*Coller une liste*: read, seen line by line, corrected in place, added once; with htmx and without."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from certif.domaine.sessions.etats import Etat
from tests.web import arbre
from tests.web.distribution import Navigateur
from tests.web.entite.liste_collee import (
    a_ajouter,
    ajouter,
    coller,
    devenues,
    envoyer,
    inscrits,
    poste,
    relire,
)
from tests.web.scene import Scene

DEUX = "Nom\tPrénom\tNé le\nLEROY\tPaul\t01/03/1985\nDUPONT\tMarie\t14/02/1990\n"
UNE_FAUSSE = DEUX + "BERGER\tLuc\t31/02/1990\n"


@pytest.fixture
def numero(scene: Scene) -> int:
    return scene.session(Etat.SAISIE, stagiaires=[])


@pytest.fixture
def liste(scene: Scene, numero: int) -> str:
    return scene.adresse(f"/sessions/{numero}/stagiaires/liste")


def test_nothing_is_written_before_the_button(
    scene: Scene, numero: int, liste: str, gestionnaire: Navigateur
) -> None:
    avant = scene.version(numero)
    page = coller(gestionnaire, liste, UNE_FAUSSE)
    assert page.status_code == 200
    assert a_ajouter(page) == "2 stagiaires à ajouter, 1 ligne à corriger"
    assert devenues(page) == ["À ajouter", "À ajouter", "À corriger"]
    relire(gestionnaire, liste, poste(page))
    assert (inscrits(scene, numero), scene.version(numero)) == ([], avant)


def test_the_button_adds_them_and_leads_back(
    scene: Scene, numero: int, liste: str, gestionnaire: Navigateur
) -> None:
    page = coller(gestionnaire, liste, DEUX)
    reponse = ajouter(gestionnaire, liste, poste(page))
    assert (reponse.status_code, reponse.location) == (303, liste.removesuffix("/liste"))
    assert "2\u00a0stagiaires ajoutés." in gestionnaire.get(reponse.location).text
    assert inscrits(scene, numero) == ["LEROY Paul", "DUPONT Marie"]


def test_a_second_click_adds_nobody(scene: Scene, numero: int, liste: str, gestionnaire: Navigateur) -> None:
    champs = poste(coller(gestionnaire, liste, DEUX))
    for _ in range(2):
        assert ajouter(gestionnaire, liste, champs).status_code == 303
    assert inscrits(scene, numero) == ["LEROY Paul", "DUPONT Marie"]


def test_the_errors_that_remain_stay_on_the_page(
    scene: Scene, numero: int, liste: str, gestionnaire: Navigateur
) -> None:
    page = ajouter(gestionnaire, liste, poste(coller(gestionnaire, liste, UNE_FAUSSE)))
    assert page.status_code == 200
    assert "2\u00a0stagiaires ajoutés. 1\u00a0ligne reste à corriger ci-dessous." in page.text
    assert devenues(page) == ["À corriger"]
    corrigee = poste(page) | {"date_naissance-4": "28/02/1990"}
    assert ajouter(gestionnaire, liste, corrigee).status_code == 303
    assert inscrits(scene, numero) == ["LEROY Paul", "DUPONT Marie", "BERGER Luc"]


def test_a_correction_is_kept_and_can_be_corrected_again(liste: str, gestionnaire: Navigateur) -> None:
    page = coller(gestionnaire, liste, UNE_FAUSSE)
    page = relire(gestionnaire, liste, poste(page) | {"date_naissance-4": "28/02/1990"})
    assert devenues(page) == ["À ajouter"] * 3
    page = relire(gestionnaire, liste, poste(page) | {"nom-4": "<b>"})
    assert devenues(page) == ["À ajouter", "À ajouter", "À corriger"]
    assert "&lt;b&gt;" in page.text


def test_other_columns_are_read_when_they_are_chosen(
    scene: Scene, numero: int, liste: str, gestionnaire: Navigateur
) -> None:
    page = coller(gestionnaire, liste, "DUPONT\tMarie\t26800\t32918\nLEROY\tPaul\t26000\t31107\n")
    page = relire(gestionnaire, liste, poste(page) | {"sens-3": "la_naissance"})
    assert "14/02/1990" in page.text
    ajouter(gestionnaire, liste, poste(page))
    nes = scene.voir(numero, lambda s: [t.date_naissance for t in s.stagiaires_saisis])
    assert nes == [date(1990, 2, 14), date(1985, 3, 1)]


@pytest.mark.parametrize(
    ("choix", "dit"),
    [
        ({"sens-0": "ignoree"}, "Dites quelle colonne contient le nom."),
        ({"sens-1": "le_nom"}, "Deux colonnes sont lues de la même façon"),
        ({"sens-2": "ensemble"}, "Le nom est lu deux fois"),
    ],
)
def test_columns_that_cannot_be_read_so_add_nothing(
    scene: Scene, numero: int, liste: str, gestionnaire: Navigateur, choix: dict[str, str], dit: str
) -> None:
    champs = poste(coller(gestionnaire, liste, DEUX)) | choix
    page = relire(gestionnaire, liste, champs)
    assert dit in page.text
    assert a_ajouter(page) == ""
    assert ajouter(gestionnaire, liste, champs).status_code == 422
    assert inscrits(scene, numero) == []


def test_the_question_of_the_columns_is_answered_in_one_click(
    scene: Scene, numero: int, liste: str, gestionnaire: Navigateur
) -> None:
    page = coller(gestionnaire, liste, "Zorba\tKazan\t14/02/1990\nTolga\tBerk\t01/03/1985\n")
    assert a_ajouter(page) == ""
    page = relire(gestionnaire, liste, poste(page) | {"ordre": "1"})
    ajouter(gestionnaire, liste, poste(page))
    assert inscrits(scene, numero) == ["Kazan Zorba", "Berk Tolga"]


def test_guessed_centuries_are_confirmed_in_one_click(
    scene: Scene, numero: int, liste: str, gestionnaire: Navigateur
) -> None:
    page = coller(gestionnaire, liste, "DUPONT\tMarie\t14/02/90\nLEROY\tPaul\t01/03/85\n")
    assert a_ajouter(page) == ""
    page = relire(gestionnaire, liste, poste(page) | {"annees": "1"})
    assert a_ajouter(page) == "2 stagiaires à ajouter"
    ajouter(gestionnaire, liste, poste(page))
    assert len(inscrits(scene, numero)) == 2


def classeur(*rangees: tuple[Any, ...]) -> Workbook:
    livre = Workbook()
    for rangee in rangees:
        livre.active.append(rangee)
    return livre


def octets(livre: Workbook) -> bytes:
    sortie = BytesIO()
    livre.save(sortie)
    return sortie.getvalue()


def test_what_a_workbook_hides_is_named_and_left_until_asked_for(
    scene: Scene, numero: int, liste: str, gestionnaire: Navigateur
) -> None:
    livre = classeur(
        ("Nom", "Prénom", "Né le"), ("DUPONT", "Marie", date(1990, 2, 14)), ("LEROY", "Paul", None)
    )
    livre.active.row_dimensions[3].hidden = True
    livre.active.column_dimensions["C"].hidden = True
    page = envoyer(gestionnaire, liste, octets(livre))
    assert "1\u00a0ligne masquée et 1\u00a0colonne masquée («\u00a0Né le\u00a0»)" in page.text
    assert a_ajouter(page) == "1 stagiaire à ajouter"
    assert "14/02/1990" not in arbre.lire(page.text).xpath('string(//form[@id="apercu"]//tbody)')
    page = relire(gestionnaire, liste, poste(page) | {"retourner-masque": "1"})
    assert a_ajouter(page) == "2 stagiaires à ajouter"
    assert "14/02/1990" in arbre.lire(page.text).xpath('string(//form[@id="apercu"]//tbody)')


def test_a_csv_of_windows_is_read(scene: Scene, numero: int, liste: str, gestionnaire: Navigateur) -> None:
    csv = "Prénom;Nom;Date de naissance\r\nHélène;LEFÈVRE;14/02/1990\r\n".encode("cp1252")
    ajouter(gestionnaire, liste, poste(envoyer(gestionnaire, liste, csv, "liste.csv")))
    assert inscrits(scene, numero) == ["LEFÈVRE Hélène"]


def test_the_model_comes_back_filled_in(
    scene: Scene, numero: int, liste: str, gestionnaire: Navigateur
) -> None:
    livre = load_workbook(BytesIO(gestionnaire.get(f"{liste}/modele").data))
    livre.active.append(("DUPONT", "Marie", "14/02/1990"))
    ajouter(gestionnaire, liste, poste(envoyer(gestionnaire, liste, octets(livre))))
    assert inscrits(scene, numero) == ["DUPONT Marie"]


def test_nothing_and_both_are_refused_beside_their_field(liste: str, gestionnaire: Navigateur) -> None:
    page = coller(gestionnaire, liste, "  \n")
    assert page.status_code == 422
    assert "Choisissez un fichier, ou collez vos lignes." in page.text
    deux = {"lignes": DEUX, "fichier": (BytesIO(b"a;b"), "x.csv")}
    page = gestionnaire.post(liste, deux, content_type="multipart/form-data")
    assert page.status_code == 422
    assert "DUPONT" in page.text


def test_a_list_of_more_than_a_thousand_lines_is_refused(liste: str, gestionnaire: Navigateur) -> None:
    page = coller(gestionnaire, liste, "DUPONT\tMarie\n" * 1_002)
    assert page.status_code == 422
    assert "plus de 1\u00a0000 lignes" in page.text


@pytest.mark.parametrize(
    "forge",
    [
        {"table": ""},
        {"table": "1"},
        {"table": "1\ta\n1\tb"},
        {"table": "2\ta\n1\tb"},
        {"table": "-1\ta"},
        {"table": "²\ta"},
        {"table": "99999999999\ta"},
        {"table": "1\t" + "a" * 301},
        {"table": "1" + "\ta" * 51},
        {"table": "\n".join(f"{n}\ta" for n in range(1_002))},
        {"origine": ""},
        {"origine": "[" * 100_000},
        {"origine": '["", [1.5], [], [], false]'},
        {"origine": '["", [], [{}], [], false]'},
        {"origine": '{"a": 1}'},
        {"version": "x"},
    ],
)
def test_a_table_that_no_page_of_ours_holds_changes_nothing(
    scene: Scene, numero: int, liste: str, gestionnaire: Navigateur, forge: dict[str, str]
) -> None:
    champs = poste(coller(gestionnaire, liste, DEUX)) | forge
    assert ajouter(gestionnaire, liste, champs).status_code == 422
    assert inscrits(scene, numero) == []


def test_a_page_from_before_is_told_what_changed_and_keeps_its_lines(
    scene: Scene, numero: int, liste: str, gestionnaire: Navigateur
) -> None:
    champs = poste(coller(gestionnaire, liste, UNE_FAUSSE)) | {"date_naissance-4": "28/02/1990"}
    ajouter(gestionnaire, liste, poste(coller(gestionnaire, liste, "PETIT\tLuc\t01/01/1990\n")))
    page = ajouter(gestionnaire, liste, champs)
    assert page.status_code == 409
    assert "1\u00a0stagiaire ajouté d’une liste" in page.text
    assert ajouter(gestionnaire, liste, poste(page)).status_code == 303
    assert len(inscrits(scene, numero)) == 4


def test_the_fragment_is_the_one_of_the_page(liste: str, gestionnaire: Navigateur) -> None:
    entiere = coller(gestionnaire, liste, UNE_FAUSSE)
    fragment = gestionnaire.htmx(liste, {"lignes": UNE_FAUSSE})
    assert poste(fragment) == {champ: valeur for champ, valeur in poste(entiere).items() if champ != "saisie"}
    assert devenues(fragment) == devenues(entiere)


@pytest.mark.parametrize("suite", ["/apercu", "/ajouter"])
def test_the_address_of_a_preview_begins_again(liste: str, gestionnaire: Navigateur, suite: str) -> None:
    assert gestionnaire.get(liste + suite).location == liste


def test_a_session_that_is_no_draft_takes_no_list(scene: Scene, gestionnaire: Navigateur) -> None:
    autre = scene.session(Etat.VALIDATION_FORMATEUR)
    assert gestionnaire.get(scene.adresse(f"/sessions/{autre}/stagiaires/liste")).status_code == 409
