"""Two pages, two persons, or somebody in the place of the site: nobody undoes what they have not seen."""

import re

import pytest
from playwright.sync_api import expect

from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.valeurs import Resultat
from tests.support.coupure import Reseau
from tests.support.moves import declarer
from tests.web.formateur.terrain import Terrain

pytestmark = [pytest.mark.navigateur, pytest.mark.lent]

REUSSITE, ECHEC = Resultat.REUSSITE, Resultat.ECHEC
PORTAIL = """(statut) => {
    self.vrai = self.fetch.bind(self);
    self.fetch = async (quoi, options) =>
        String(quoi.url || quoi).includes("/formateur/")
            ? new Response("<html>Bienvenue sur le Wi-Fi</html>", { status: statut })
            : self.vrai(quoi, options);
}"""
PLUS_DE_PORTAIL = "() => { self.fetch = self.vrai; }"


def test_a_conflict_is_shown_on_the_page_that_stayed_open(terrain: Terrain) -> None:
    terrain.ouvrir()
    terrain.couper()
    terrain.repondre(0, REUSSITE)
    terrain.autre_ecran(0, ECHEC)
    terrain.retablir()
    expect(terrain.page.get_by_text("La session a changé pendant")).to_be_visible()
    expect(terrain.page.get_by_text("ici, vous aviez choisi Réussite")).to_be_visible()
    terrain.page.wait_for_timeout(500)
    expect(terrain.page.get_by_text("La session a changé pendant")).to_be_visible()
    assert terrain.resultats() == [ECHEC, None, None]


def test_a_page_with_network_follows_what_another_one_answered(terrain: Terrain) -> None:
    terrain.ouvrir()
    autre = terrain.page.context.new_page()
    autre.goto(terrain.onglet)
    echec = autre.locator(f"input[name=resultat-{terrain.stagiaires[0]}][value=echec]")
    autre.locator("label").filter(has=echec).click()
    expect(terrain.reponse(0, ECHEC)).to_be_checked()
    terrain.repondre(2, REUSSITE)
    assert terrain.resultats() == [ECHEC, None, REUSSITE]


@pytest.mark.parametrize("statut", [200, 404])
def test_who_answers_in_the_place_of_the_site_ends_nothing(terrain: Terrain, statut: int) -> None:
    terrain.ouvrir()
    service = terrain.page.context.service_workers[0]
    service.evaluate(PORTAIL, statut)
    terrain.repondre(0, REUSSITE)
    expect(terrain.dit).to_contain_text("1 réponse en attente d’envoi")
    assert terrain.resultats() == [None, None, None]
    service.evaluate(PLUS_DE_PORTAIL)
    terrain.retablir()
    expect(terrain.dit).to_have_count(0)
    assert terrain.resultats() == [REUSSITE, None, None]


def test_who_logs_in_elsewhere_on_the_site_ends_what_was_shown(terrain: Terrain) -> None:
    """From a page outside the formateur's space, and with no contact made since."""
    terrain.ouvrir()
    terrain.page.request.get("/connexion")
    terrain.page.evaluate("() => fetch('/connexion', { method: 'POST', body: new URLSearchParams() })")
    terrain.page.wait_for_timeout(300)
    terrain.couper()
    assert not terrain.telephone.aller(terrain.onglet)


def test_the_next_formateur_of_a_session_is_not_given_the_answers_of_the_one_before(terrain: Terrain) -> None:
    terrain.ouvrir()
    terrain.couper()
    terrain.repondre(0, ECHEC)
    scene, troupe = terrain.scene, terrain.scene.troupe
    terrain.agir(Action.REPRENDRE_SAISIE, troupe.gestionnaire)
    scene.dans(lambda: declarer(troupe.gestionnaire, terrain.numero, troupe.remplacant.individu_id))
    terrain.agir(Action.SOUMETTRE_AU_FORMATEUR, troupe.gestionnaire)
    terrain.reseau.mettre(Reseau.OUVERT)
    terrain.connecter(troupe.remplacant)
    terrain.ouvrir()
    expect(terrain.reponse(0, ECHEC)).not_to_be_checked()
    expect(terrain.dit).to_have_count(0)
    terrain.repondre(1, REUSSITE)
    assert terrain.resultats() == [None, REUSSITE, None]


def test_a_comment_that_met_a_conflict_stays_until_it_is_sent(terrain: Terrain) -> None:
    terrain.ouvrir()
    terrain.couper()
    terrain.page.get_by_label("Retour commenté").check()
    terrain.page.get_by_label("Mon commentaire").fill("La ville est fausse.")
    terrain.soumettre()
    expect(terrain.dit).to_contain_text("Votre retour est gardé sur ce téléphone")
    terrain.autre_ecran(0, ECHEC)
    terrain.retablir()
    terrain.page.get_by_role("button", name="Enregistrer mes réponses").click()
    expect(terrain.page.locator("[data-enregistrement]")).to_contain_text("Enregistré à")
    terrain.page.reload()
    expect(terrain.page.get_by_label("Mon commentaire")).to_have_value("La ville est fausse.")
    terrain.soumettre()
    expect(terrain.page).to_have_url(re.compile("a-traiter"))
    assert terrain.scene.etat(terrain.numero) is Etat.SAISIE


def test_a_retour_whose_receipt_was_lost_is_not_said_to_be_lost(terrain: Terrain) -> None:
    terrain.ouvrir()
    terrain.page.get_by_label("Retour commenté").check()
    terrain.page.get_by_label("Mon commentaire").fill("La ville est fausse.")
    terrain.reseau.mettre(Reseau.SANS_RETOUR)
    terrain.soumettre()
    expect(terrain.dit).to_contain_text("Votre retour est gardé sur ce téléphone")
    terrain.reseau.mettre(Reseau.OUVERT)
    terrain.page.goto("/formateur/telephone")
    expect(terrain.page.get_by_text("Aucune session n’est gardée")).to_be_visible()
    expect(terrain.dit).to_have_count(0)
    assert terrain.scene.etat(terrain.numero) is Etat.SAISIE


def test_results_sent_from_another_screen_are_said_where_there_is_no_form_any_more(terrain: Terrain) -> None:
    terrain.ouvrir()
    terrain.couper()
    terrain.repondre(0, ECHEC)
    terrain.agir(Action.ENVOYER_RESULTATS, terrain.scene.troupe.formateur)
    terrain.reseau.mettre(Reseau.OUVERT)
    terrain.ouvrir()
    expect(terrain.dit).to_contain_text("gardées ici, ne sont pas enregistrées")
    terrain.page.get_by_role("button", name="Ne pas envoyer").click()
    terrain.page.get_by_role("button", name="Oui, y renoncer").click()
    expect(terrain.dit).to_have_count(0)
    assert terrain.resultats() == [REUSSITE] * 3


def test_what_waits_in_another_tab_stops_who_stops_keeping(terrain: Terrain) -> None:
    terrain.page.goto("/formateur/telephone")
    autre = terrain.page.context.new_page()
    autre.goto(terrain.onglet)
    terrain.couper()
    echec = autre.locator(f"input[name=resultat-{terrain.stagiaires[0]}][value=echec]")
    autre.locator("label").filter(has=echec).click()
    expect(autre.locator("#telephone")).to_contain_text("1 réponse en attente d’envoi")
    terrain.page.get_by_role("button", name="Ne plus rien garder ici").click()
    expect(terrain.page.get_by_text("Se déconnecter efface tout")).to_be_visible()
    terrain.retablir()
    expect(terrain.page.get_by_text("Se déconnecter efface tout")).to_be_hidden()
    assert terrain.resultats() == [ECHEC, None, None]
