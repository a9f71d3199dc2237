"""The formateur's lists: what waits, what goes on, and a session back in saisie as a line only (R9)."""

import re

import pytest

from certif.domaine.sessions.etats import Action, Etat
from tests.support.factories import un_stagiaire
from tests.support.moves import agir
from tests.support.statements import requetes
from tests.web import arbre
from tests.web.distribution import Navigateur
from tests.web.lecture import texte
from tests.web.scene import Scene

A_TRAITER, EN_COURS = "/formateur/sessions/a-traiter", "/formateur/sessions/en-cours"


def liens(page: str) -> list[str]:
    return re.findall(r'class="ligne-lien" href="([^"]+)"', page)


def premieres(page: str) -> list[str]:
    """The first cell of each line."""
    return [arbre.texte(cellule) for cellule in arbre.lire(page).xpath("//th[@scope='row']")]


def test_the_space_begins_with_what_waits_there(formateur: Navigateur) -> None:
    assert formateur.get("/formateur/").location == A_TRAITER


def test_an_empty_list_says_so_and_teaches(formateur: Navigateur) -> None:
    page = texte(formateur.get(A_TRAITER).text)
    assert "Vous n’avez pas de session de certification à traiter" in page
    assert "Quand une entité vous déclare comme formateur" in page
    assert "Vous n’avez pas de session de certification en cours" in texte(formateur.get(EN_COURS).text)


def test_sessions_stand_by_number_with_the_columns_of_the_source(scene: Scene, formateur: Navigateur) -> None:
    numeros = [scene.session(Etat.VALIDATION_FORMATEUR) for _ in range(3)]
    page = formateur.get(A_TRAITER).text
    assert liens(page) == [f"/formateur/sessions/{numero}" for numero in numeros]
    lu = texte(page)
    for colonne in (
        "Numéro",
        "Raison sociale",
        "Dispositif niveau",
        "Certificat",
        "Date de fin de session",
        "Dernier intervenant",
        "Date de modification",
        "État",
    ):
        assert colonne in lu
    assert "MAROSE FORMATION" in lu
    assert "PARIS Karine" in lu
    assert "En cours de validation Formateur À vous : renseigner les résultats" in lu


def test_what_was_answered_goes_on_without_them(scene: Scene, formateur: Navigateur) -> None:
    envoyee, generee = scene.session(Etat.VALIDATION_ENTITE), scene.session(Etat.GENERE)
    assert liens(formateur.get(A_TRAITER).text) == []
    page = formateur.get(EN_COURS).text
    assert liens(page) == [f"/formateur/sessions/{numero}" for numero in (envoyee, generee)]
    assert "Au tour de MAROSE FORMATION" in texte(page)
    assert "Terminée" in texte(page)


def test_a_session_back_in_saisie_is_a_line_and_a_draft_is_nothing(
    scene: Scene, formateur: Navigateur
) -> None:
    scene.session(Etat.SAISIE)
    numero = scene.session(Etat.VALIDATION_FORMATEUR)
    scene.dans(lambda: agir(Action.REPRENDRE_SAISIE, scene.troupe.gestionnaire, numero))
    page = formateur.get(EN_COURS).text
    assert liens(page) == []
    assert texte(page).count("En cours de saisie") == 1
    assert formateur.get(f"/formateur/sessions/{numero}").status_code == 404


def test_other_formateurs_sessions_are_nowhere(scene: Scene) -> None:
    numero = scene.session(Etat.VALIDATION_FORMATEUR)
    autre = scene.navigateur(scene.troupe.remplacant)
    for liste in (A_TRAITER, EN_COURS):
        assert liens(autre.get(f"{liste}?recherche={numero}").text) == []
    assert "pastille--vive" not in autre.get(A_TRAITER).text


def test_the_lists_belong_to_formateurs(scene: Scene) -> None:
    for qui in (scene.troupe.gestionnaire, scene.troupe.administrateur):
        assert scene.navigateur(qui).get(A_TRAITER).status_code == 404


def test_more_sessions_cost_no_more_queries(scene: Scene, formateur: Navigateur) -> None:
    comptes = []
    for _ in range(2):
        scene.session(Etat.VALIDATION_FORMATEUR, stagiaires=[un_stagiaire()])
        scene.session(Etat.VALIDATION_FORMATEUR, stagiaires=[un_stagiaire()])
        with requetes() as lues:
            formateur.get(A_TRAITER)
        comptes.append(len(lues))
    assert comptes[0] == comptes[1]


def test_more_trainees_cost_no_more_queries(scene: Scene, formateur: Navigateur) -> None:
    comptes = []
    for nombre in (1, 12):
        numero = scene.session(Etat.VALIDATION_FORMATEUR, reussites=nombre)
        with requetes() as lues:
            formateur.get(f"/formateur/sessions/{numero}/stagiaires")
        comptes.append(len(lues))
    assert comptes[0] == comptes[1]


class TestParNom:
    """A trainee's name, in no address, and only where the formateur may see the trainees (R9)."""

    @pytest.fixture
    def numero(self, scene: Scene) -> int:
        scene.session(Etat.VALIDATION_FORMATEUR, stagiaires=[un_stagiaire("Çelik", "Emre")])
        return scene.session(Etat.VALIDATION_FORMATEUR, stagiaires=[un_stagiaire("Lefèvre", "Hélène")])

    def test_a_trainee_is_found(self, numero: int, formateur: Navigateur) -> None:
        page = formateur.post(f"{A_TRAITER}/nom", {"nom": " lefevre"}).text
        assert liens(page) == [f"/formateur/sessions/{numero}"]
        adresses = re.findall(r'(?:href|action)="([^"]*)"', page)
        assert not [adresse for adresse in adresses if "lefevre" in adresse.lower()]
        assert "Sessions où figure « lefevre », stagiaire : 1" in texte(page)

    def test_one_s_own_name_finds_nothing(self, numero: int, formateur: Navigateur) -> None:
        assert liens(formateur.post(f"{A_TRAITER}/nom", {"nom": "Rivière"}).text) == []

    def test_a_session_back_in_saisie_answers_no_name(
        self, scene: Scene, numero: int, formateur: Navigateur
    ) -> None:
        scene.dans(lambda: agir(Action.REPRENDRE_SAISIE, scene.troupe.gestionnaire, numero))
        assert str(numero) in premieres(formateur.get(EN_COURS).text)
        assert premieres(formateur.post(f"{EN_COURS}/nom", {"nom": "lefevre"}).text) == []

    def test_other_formateurs_trainees_are_nowhere(self, scene: Scene, numero: int) -> None:
        autre = scene.navigateur(scene.troupe.remplacant)
        assert liens(autre.post(f"{A_TRAITER}/nom", {"nom": "lefevre"}).text) == []

    def test_a_name_without_letter_is_refused_beside_its_field(
        self, numero: int, formateur: Navigateur
    ) -> None:
        reponse = formateur.post(f"{A_TRAITER}/nom", {"nom": "--"})
        assert reponse.status_code == 422
        assert 'id="nom-erreur"' in reponse.text and 'value="--"' in reponse.text
        assert len(liens(reponse.text)) == 2
