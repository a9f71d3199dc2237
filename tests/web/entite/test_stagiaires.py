"""The tab of the stagiaires in saisie: added, corrected, removed, put back; what is typed is never lost."""

import html
import re

import pytest

from certif.domaine.referentiel.modeles import Niveau
from certif.domaine.sessions.etats import Etat
from certif.socle.base.extensions import db
from tests.support.factories import un_stagiaire
from tests.web.distribution import Navigateur
from tests.web.lecture import texte
from tests.web.scene import Scene

FERRAND = {"nom": "Ferrand", "prenom": "Régine", "date_naissance": "06/04/1977"}


@pytest.fixture
def numero(scene: Scene) -> int:
    return scene.session(Etat.SAISIE, stagiaires=[])


def onglet(scene: Scene, numero: int, suite: str = "") -> str:
    return scene.adresse(f"/sessions/{numero}/stagiaires{suite}")


def test_an_empty_session_teaches_what_will_stand_there(
    scene: Scene, numero: int, gestionnaire: Navigateur
) -> None:
    page = gestionnaire.get(onglet(scene, numero))
    assert "Aucun stagiaire" in page.text
    assert f'href="{onglet(scene, numero, "/nouveau")}"' in page.text


def test_a_trainee_is_added_and_the_form_is_ready_for_the_next(
    scene: Scene, numero: int, gestionnaire: Navigateur
) -> None:
    champs = {**FERRAND, "version": scene.version(numero)}
    reponse = gestionnaire.post(onglet(scene, numero), champs)
    assert reponse.status_code == 303
    assert reponse.location.split("?")[0] == onglet(scene, numero, "/nouveau")
    suite = gestionnaire.get(reponse.location).text
    assert "la session compte 1\u00a0stagiaire" in suite
    assert "Ferrand" not in suite
    assert "FERRAND" in gestionnaire.get(onglet(scene, numero)).text


def test_with_htmx_the_dialog_stays_empty_and_says_who_was_added(
    scene: Scene, numero: int, gestionnaire: Navigateur
) -> None:
    reponse = gestionnaire.htmx(onglet(scene, numero), {**FERRAND, "version": scene.version(numero)})
    assert reponse.status_code == 200
    assert "FERRAND Régine est dans la session" in reponse.text
    assert f'data-vierge="{scene.version(numero)}"' in reponse.text
    assert "Terminer" in reponse.text
    assert 'value="Ferrand"' not in reponse.text


def test_the_fragments_are_those_of_a_fresh_page(scene: Scene, numero: int, gestionnaire: Navigateur) -> None:
    reponse = gestionnaire.htmx(onglet(scene, numero), {**FERRAND, "version": scene.version(numero)})
    page = texte(gestionnaire.get(onglet(scene, numero)).text)
    for morceau in re.findall(r"<hx-partial [^>]*>(.*?)</hx-partial>", reponse.text, re.S):
        if 'id="dialogue"' not in morceau[:40]:
            assert texte(morceau) in page


def test_a_double_click_adds_once(scene: Scene, numero: int, gestionnaire: Navigateur) -> None:
    champs = {**FERRAND, "version": scene.version(numero)}
    statuts = [gestionnaire.post(onglet(scene, numero), champs).status_code for _ in range(2)]
    assert statuts == [303, 303]
    assert scene.noms(numero) == ["Ferrand"]


def test_a_refused_form_keeps_what_was_typed_beside_each_message(
    scene: Scene, numero: int, gestionnaire: Navigateur
) -> None:
    champs = {"nom": "李小龍", "prenom": "", "date_naissance": "31/02/1990", "version": scene.version(numero)}
    reponse = gestionnaire.post(onglet(scene, numero), champs)
    assert reponse.status_code == 422
    assert "ne peut pas être imprimée" in reponse.text
    assert "Le prénom doit être renseigné." in reponse.text
    assert "31/02/1990" in reponse.text
    assert 'value="李小龍"' in reponse.text
    assert 'href="#s-nom"' in reponse.text
    assert scene.noms(numero) == []


@pytest.mark.parametrize(
    "nom",
    [
        "",
        "\u00a0\u200b",
        "😀",
        "a\u202eb",
        "a" * 81,
        "a" * 10_000,
        "<b>Bob</b>",
        '" onfocus=alert(1) x="',
        "{{7*7}}",
        "a/b",
        "=HYPERLINK(1)",
        "Ana\r\nBcc",
        "علي",
    ],
)
def test_a_name_that_no_document_could_print_is_refused_and_shown_as_typed(
    scene: Scene, numero: int, gestionnaire: Navigateur, nom: str
) -> None:
    champs = {**FERRAND, "nom": nom, "version": scene.version(numero)}
    reponse = gestionnaire.htmx(onglet(scene, numero), champs)
    assert reponse.status_code == 422
    assert "<b>Bob" not in reponse.text
    assert " onfocus=alert(1) x=" not in html.unescape(re.sub(r'value="[^"]*"', "", reponse.text))
    assert scene.noms(numero) == []


@pytest.mark.parametrize("nom", ["O'Connor", "O’Connor", "Łukasz Żółć", "Ελένη", "Жанна", "D'Almeida--Faÿ"])
def test_the_names_that_people_have_are_accepted(
    scene: Scene, numero: int, gestionnaire: Navigateur, nom: str
) -> None:
    gestionnaire.post(onglet(scene, numero), {**FERRAND, "nom": nom, "version": scene.version(numero)})
    assert scene.noms(numero) == [nom]


@pytest.mark.parametrize(
    "naissance", ["01/01/2999", "31/12/1899", "00/00/0000", "٠١/٠١/٢٠٠٠", "1/6/26", "demain"]
)
def test_an_impossible_birth_date_is_refused(
    scene: Scene, numero: int, gestionnaire: Navigateur, naissance: str
) -> None:
    champs = {**FERRAND, "date_naissance": naissance, "version": scene.version(numero)}
    assert gestionnaire.post(onglet(scene, numero), champs).status_code == 422
    assert scene.noms(numero) == []


def test_a_person_may_have_one_name_only(scene: Scene, numero: int, gestionnaire: Navigateur) -> None:
    champs = {"nom": "Suharto", "nom_unique": "1", "version": scene.version(numero)}
    assert gestionnaire.post(onglet(scene, numero), champs).status_code == 303
    assert scene.noms(numero) == ["Suharto"]


def test_the_same_person_twice_is_refused(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session(Etat.SAISIE, stagiaires=[un_stagiaire("Dupont-Durand", "Éloïse")])
    champs = {"nom": "Dupont Durand", "prenom": "ELOISE", "date_naissance": "14/02/1991"}
    reponse = gestionnaire.post(onglet(scene, numero), {**champs, "version": scene.version(numero)})
    assert reponse.status_code == 422
    assert "figure déjà dans cette session" in reponse.text


def test_a_stale_form_overwrites_nothing_and_keeps_what_was_typed(
    scene: Scene, numero: int, gestionnaire: Navigateur
) -> None:
    ancienne = scene.version(numero)
    gestionnaire.post(onglet(scene, numero), {**FERRAND, "version": ancienne})
    reponse = gestionnaire.htmx(onglet(scene, numero), {**FERRAND, "nom": "Joubert", "version": ancienne})
    assert reponse.status_code == 409
    assert "un stagiaire ajouté" in reponse.text
    assert 'value="Joubert"' in reponse.text
    assert f'name="version" value="{scene.version(numero)}"' in reponse.text
    assert scene.noms(numero) == ["Ferrand"]


@pytest.mark.parametrize("htmx", [False, True])
def test_a_correction_of_somebody_removed_meanwhile_can_add_them_again(
    scene: Scene, gestionnaire: Navigateur, htmx: bool
) -> None:
    numero = scene.session(Etat.SAISIE, reussites=2)
    qui, ancienne = scene.voir(numero, lambda s: s.stagiaires_saisis[0].id), scene.version(numero)
    gestionnaire.post(onglet(scene, numero, "/retirer"), {"stagiaire": qui, "version": ancienne})
    poster = gestionnaire.htmx if htmx else gestionnaire.post
    reponse = poster(onglet(scene, numero, f"/{qui}"), {**FERRAND, "version": ancienne})
    assert reponse.status_code == 409
    dite = texte(reponse.text)
    assert "Ce stagiaire a été retiré de la session" in dite and "un stagiaire retiré" in dite
    assert "Nouveau stagiaire" in dite and "ajoutez de nouveau cette personne" in dite
    assert 'value="Ferrand"' in reponse.text and 'value="06/04/1977"' in reponse.text
    assert f'action="{onglet(scene, numero)}"' in reponse.text
    assert scene.noms(numero) == ["D’Almeida"]
    champs = {**FERRAND, "version": scene.version(numero)}
    assert gestionnaire.post(onglet(scene, numero), champs).status_code == 303


@pytest.mark.parametrize("version", ["", "-1", "1e9", "9" * 400, "²", "٣", "1_0", "null"])
def test_a_version_that_no_page_posts_is_refused(
    scene: Scene, numero: int, gestionnaire: Navigateur, version: str
) -> None:
    assert gestionnaire.post(onglet(scene, numero), {**FERRAND, "version": version}).status_code == 422
    assert scene.noms(numero) == []


def test_a_trainee_is_corrected(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session(Etat.SAISIE, reussites=1)
    qui = scene.voir(numero, lambda s: s.stagiaires[0].id)
    formulaire = gestionnaire.get(onglet(scene, numero, f"/{qui}"))
    assert 'value="Lefèvre"' in formulaire.text
    champs = {**FERRAND, "version": scene.version(numero)}
    assert gestionnaire.post(onglet(scene, numero, f"/{qui}"), champs).status_code == 303
    assert scene.noms(numero) == ["Ferrand"]


def test_a_refused_correction_changes_nothing(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session(Etat.SAISIE, reussites=1)
    qui = scene.voir(numero, lambda s: s.stagiaires[0].id)
    champs = {**FERRAND, "nom": "", "version": scene.version(numero)}
    reponse = gestionnaire.htmx(onglet(scene, numero, f"/{qui}"), champs)
    assert reponse.status_code == 422
    assert 'value="Régine"' in reponse.text
    assert scene.noms(numero) == ["Lefèvre"]


def test_a_removed_trainee_can_be_put_back_from_the_answer(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session(Etat.SAISIE, reussites=2)
    qui = scene.voir(numero, lambda s: s.stagiaires_saisis[0].id)
    champs = {"stagiaire": qui, "version": scene.version(numero)}
    reponse = gestionnaire.post(onglet(scene, numero, "/retirer"), champs)
    assert reponse.status_code == 200
    assert scene.noms(numero) == ["D’Almeida"]
    formulaire = re.search(r'<form[^>]*retablir"[^>]*>(.*?)</form>', reponse.text, re.S)
    assert formulaire is not None
    caches = {
        nom: html.unescape(valeur)
        for nom, valeur in re.findall(r'name="(\w+)" value="([^"]*)"', formulaire[1])
    }
    assert gestionnaire.post(onglet(scene, numero, "/retablir"), caches).status_code == 303
    assert scene.noms(numero) == ["Lefèvre", "D’Almeida"], "not back where they were"
    assert scene.voir(numero, lambda s: str(s.stagiaires[1].date_naissance)) == "1970-01-01"


def test_removing_twice_is_removing_once(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session(Etat.SAISIE, reussites=2)
    qui = scene.voir(numero, lambda s: s.stagiaires_saisis[0].id)
    champs = {"stagiaire": qui, "version": scene.version(numero)}
    statuts = [gestionnaire.post(onglet(scene, numero, "/retirer"), champs).status_code for _ in range(2)]
    assert statuts == [200, 303]
    assert scene.noms(numero) == ["D’Almeida"]


@pytest.mark.parametrize("qui", ["", "0", "-1", "999999", str(2**63), "9" * 400, "²", "1 OR 1=1"])
def test_removing_nobody_is_a_page_that_does_not_exist(
    scene: Scene, gestionnaire: Navigateur, qui: str
) -> None:
    numero = scene.session(Etat.SAISIE, reussites=1)
    champs = {"stagiaire": qui, "version": scene.version(numero)}
    assert gestionnaire.post(onglet(scene, numero, "/retirer"), champs).status_code == 404
    assert scene.noms(numero) == ["Lefèvre"]


def test_the_trainee_of_another_session_is_not_reached_through_ones_own(
    scene: Scene, gestionnaire: Navigateur
) -> None:
    numero, autre = (scene.session(Etat.SAISIE, reussites=1) for _ in range(2))
    qui = scene.voir(autre, lambda s: s.stagiaires[0].id)
    assert gestionnaire.get(onglet(scene, numero, f"/{qui}")).status_code == 404
    champs = {**FERRAND, "stagiaire": qui, "version": scene.version(numero)}
    assert gestionnaire.post(onglet(scene, numero, f"/{qui}"), champs).status_code == 404
    assert gestionnaire.post(onglet(scene, numero, "/retirer"), champs).status_code == 404
    assert scene.noms(autre) == ["Lefèvre"]


def test_nobody_else_sees_or_changes_them(scene: Scene) -> None:
    numero = scene.session(Etat.SAISIE, reussites=1)
    for acteur in (scene.troupe.etranger, scene.troupe.collegue, scene.troupe.formateur):
        intrus = scene.navigateur(acteur)
        for suite in ("", "/nouveau"):
            assert intrus.get(onglet(scene, numero, suite)).status_code == 404
        champs = {**FERRAND, "version": scene.version(numero)}
        reponse = intrus.post(onglet(scene, numero), champs)
        assert reponse.status_code == 404
        assert "LEFÈVRE" not in reponse.text
    assert scene.noms(numero) == ["Lefèvre"]


def test_unusual_groups_and_ages_are_told_and_block_nothing(
    scene: Scene, numero: int, gestionnaire: Navigateur
) -> None:
    scene.dans(lambda: _bornes_du_groupe(scene.troupe.marose.niveau_id))
    champs = {**FERRAND, "date_naissance": "01/01/1920", "version": scene.version(numero)}
    assert gestionnaire.post(onglet(scene, numero), champs).status_code == 303
    page = texte(gestionnaire.get(onglet(scene, numero)).text)
    assert "Le groupe compte 1 stagiaire" in page
    assert "Aura 106 ans à la fin de la session" in page


def _bornes_du_groupe(niveau_id: int) -> None:
    dispositif = db.session.get_one(Niveau, niveau_id).dispositif
    dispositif.groupe_min, dispositif.groupe_max = 4, 10
    db.session.commit()
