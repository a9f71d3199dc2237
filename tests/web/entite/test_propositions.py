"""What the formateur proposes, read and accepted by the entité; in saisie, applied line by line."""

import pytest

from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.propositions import en_attente
from certif.domaine.sessions.valeurs import Resultat
from certif.socle.horloge import maintenant
from tests.support.factories import un_stagiaire, une_proposition
from tests.support.moves import porter_a
from tests.web import arbre
from tests.web.distribution import Navigateur
from tests.web.lecture import texte
from tests.web.scene import Scene

NOMS = ("Bernard", "Petit")


def une_session_avec(scene: Scene, etat: Etat, champ: str = "nom", valeur: str = "Bernarde") -> int:
    numero = scene.session(etat, stagiaires=[un_stagiaire(nom) for nom in NOMS])
    scene.dans(lambda: (une_proposition(numero, champ, valeur), porter_a(numero, soumise_le=maintenant())))
    return numero


def onglet(scene: Scene, numero: int) -> str:
    return scene.adresse(f"/sessions/{numero}/stagiaires")


def test_old_and_new_stand_there_and_generer_waits(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = une_session_avec(scene, Etat.VALIDATION_ENTITE)
    page = gestionnaire.get(onglet(scene, numero)).text
    assert "Nom : BERNARD → BERNARDE" in texte(page)
    assert "Le formateur propose une correction : acceptez-la" in texte(page)
    (generer,) = arbre.lire(page).xpath("//input[@name='action'][@value='generer']")
    assert "disabled" in generer.attrib


@pytest.mark.parametrize("htmx", [False, True])
def test_accepted_in_one_click(scene: Scene, gestionnaire: Navigateur, htmx: bool) -> None:
    numero = une_session_avec(scene, Etat.VALIDATION_ENTITE)
    poster = gestionnaire.htmx if htmx else gestionnaire.post
    adresse = scene.adresse(f"/sessions/{numero}/actions/accepter_corrections")
    champs = {"version": scene.version(numero)}
    for _ in range(2):
        assert poster(adresse, champs).status_code == (200 if htmx else 303)
    page = texte(gestionnaire.get(onglet(scene, numero)).text)
    assert "BERNARDE" in page and "propose" not in page and "a accepté les corrections" in page
    assert scene.etat(numero) is Etat.VALIDATION_ENTITE


def test_a_stale_acceptance_says_what_changed(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = une_session_avec(scene, Etat.VALIDATION_ENTITE)
    adresse = scene.adresse(f"/sessions/{numero}/actions/accepter_corrections")
    reponse = gestionnaire.post(adresse, {"version": scene.version(numero) - 1})
    assert reponse.status_code == 409
    assert "a envoyé les résultats" in texte(reponse.text)
    assert scene.voir(numero, lambda s: len(en_attente(s))) == 1


@pytest.mark.parametrize(
    ("champ", "valeur", "averti"),
    [("nom", "Madame Bernard", "civilité"), ("date_naissance", "2015-02-14", "Aura")],
)
def test_what_is_proposed_is_warned_of(
    scene: Scene, gestionnaire: Navigateur, champ: str, valeur: str, averti: str
) -> None:
    numero = une_session_avec(scene, Etat.VALIDATION_ENTITE, champ, valeur)
    assert averti in texte(gestionnaire.get(onglet(scene, numero)).text)


def test_who_would_hold_the_certificate_twice_is_said_before(scene: Scene, gestionnaire: Navigateur) -> None:
    scene.session(Etat.GENERE, stagiaires=[un_stagiaire("Bernarde", resultat=Resultat.REUSSITE)])
    numero = une_session_avec(scene, Etat.VALIDATION_ENTITE)
    assert "lui a déjà été délivré par votre entité" in texte(gestionnaire.get(onglet(scene, numero)).text)


def test_drafts_are_the_formateur_s(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = une_session_avec(scene, Etat.VALIDATION_FORMATEUR)
    assert "Bernarde".upper() not in gestionnaire.get(onglet(scene, numero)).text.upper()


def test_in_saisie_one_tap_does_it_and_another_undoes_it(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = une_session_avec(scene, Etat.SAISIE)
    page = arbre.lire(gestionnaire.get(onglet(scene, numero)).text)
    (adresse,) = page.xpath("//form[contains(@action, '/propositions/')]/@action")
    assert "Une correction demandée par le formateur n’est pas faite" in texte(arbre.texte(page))
    fait = gestionnaire.post(adresse, {"version": scene.version(numero)})
    assert "n’est pas faite" not in texte(fait.text)
    assert fait.status_code == 200 and "identité de BERNARD Hélène est corrigée" in texte(fait.text)
    assert "1 faite sur 1" in texte(fait.text)
    (retablir,) = arbre.lire(fait.text).xpath("//form[.//button[contains(., 'Rétablir')]]")
    champs = {
        i.get("name"): i.get("value") for i in retablir.xpath(".//input") if i.get("name") != "csrf_token"
    }
    assert gestionnaire.post(retablir.get("action"), champs).status_code == 303
    assert scene.voir(numero, lambda s: [s.stagiaires[0].nom, len(en_attente(s))]) == ["Bernard", 1]


def test_a_retour_is_a_list_on_both_tabs(
    scene: Scene, gestionnaire: Navigateur, formateur: Navigateur
) -> None:
    numero = scene.session(Etat.VALIDATION_FORMATEUR, stagiaires=[un_stagiaire(nom) for nom in NOMS])
    premier = scene.voir(numero, lambda s: s.stagiaires[0].id)
    formateur.post(
        f"/formateur/sessions/{numero}/stagiaires",
        {
            "version": scene.version(numero),
            "action": "retour_commente",
            "ajout-nom-1": "Garnier",
            "ajout-prenom-1": "Lou",
            "session-lieu": "69003 LYON",
            f"retirer-{premier}": "1",
        },
    )
    for onglet_ in ("session", "stagiaires"):
        page = gestionnaire.get(scene.adresse(f"/sessions/{numero}/{onglet_}")).text
        lu = texte(page)
        assert "3 corrections demandées" in lu and "0 faite sur 3" in lu
        assert "GARNIER Lou" in lu and "26800 ETOILE SUR RHONE → 69003 LYON" in lu
        assert len(arbre.lire(page).xpath("//form[contains(@action, '/propositions/')]")) == 2
    retirer = arbre.lire(page).xpath(
        "//form[contains(@action, '/propositions/')][contains(., 'Retirer')]/@action"
    )
    fait = gestionnaire.post(retirer[0], {"version": scene.version(numero)})
    assert "est retiré de la session" in texte(fait.text) and "1 faite sur 3" in texte(fait.text)
