"""A formateur answers without network: nothing is lost, nothing is sent twice, nothing stays behind."""

import pytest
from playwright.sync_api import expect

from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.propositions import en_attente
from certif.domaine.sessions.valeurs import Resultat
from tests.support.coupure import Reseau
from tests.support.moves import lignes
from tests.web.formateur.terrain import Terrain

pytestmark = [pytest.mark.navigateur, pytest.mark.lent]

REUSSITE, ECHEC = Resultat.REUSSITE, Resultat.ECHEC


def test_answers_given_without_network_wait_and_leave_when_it_is_back(terrain: Terrain) -> None:
    terrain.ouvrir()
    terrain.couper()
    terrain.repondre(0, REUSSITE)
    terrain.repondre(1, ECHEC)
    expect(terrain.dit).to_contain_text("2 réponses en attente d’envoi")
    expect(terrain.page.get_by_text("stagiaires sans résultat")).to_be_hidden()
    assert terrain.resultats() == [None, None, None]
    terrain.retablir()
    expect(terrain.dit).to_have_count(0)
    expect(terrain.page.get_by_text("1 stagiaire sans résultat")).to_be_visible()
    assert terrain.resultats() == [REUSSITE, ECHEC, None]


def test_a_phone_that_is_killed_shows_what_was_answered_and_sends_it(durable: Terrain) -> None:
    durable.ouvrir()
    durable.couper()
    durable.repondre(2, ECHEC)
    durable.telephone.tuer()
    durable.ouvrir()
    expect(durable.reponse(2, ECHEC)).to_be_checked()
    expect(durable.dit).to_contain_text("1 réponse en attente d’envoi")
    durable.retablir()
    expect(durable.dit).to_have_count(0)
    assert durable.resultats() == [None, None, ECHEC]


def test_all_at_once_and_sent_without_network(durable: Terrain) -> None:
    durable.couper()
    durable.ouvrir()
    durable.page.get_by_role("button", name="Tous en réussite").click()
    expect(durable.reponse(1, REUSSITE)).to_be_checked()
    durable.soumettre()
    expect(durable.dit).to_contain_text("Vos résultats sont gardés sur ce téléphone")
    durable.telephone.tuer()
    durable.retablir_en_ouvrant()
    expect(durable.page.get_by_text("Envoyés le")).to_be_visible()
    assert durable.scene.etat(durable.numero) is Etat.VALIDATION_ENTITE
    assert durable.resultats() == [REUSSITE] * 3


def test_results_whose_receipt_was_lost_are_sent_once(terrain: Terrain) -> None:
    terrain.ouvrir()
    terrain.page.get_by_role("button", name="Tous en réussite").click()
    expect(terrain.page.get_by_text("3 stagiaires mis en réussite")).to_be_visible()
    terrain.reseau.mettre(Reseau.SANS_RETOUR)
    terrain.soumettre()
    expect(terrain.dit).to_contain_text("Vos résultats sont gardés sur ce téléphone")
    expect(terrain.page.get_by_role("button", name="Modifier mes réponses")).to_have_count(0)
    terrain.retablir()
    expect(terrain.page.get_by_text("Envoyés le")).to_be_visible()
    envois = terrain.scene.dans(lambda: lignes(terrain.numero, Action.ENVOYER_RESULTATS))
    assert len(envois) == 1


def test_results_that_lack_one_are_not_made_ready(terrain: Terrain) -> None:
    terrain.ouvrir()
    terrain.couper()
    terrain.repondre(0, REUSSITE)
    terrain.soumettre()
    expect(terrain.page.get_by_text("2 stagiaires sans résultat")).to_be_visible()
    expect(terrain.reponse(1, ECHEC)).to_be_focused()
    terrain.retablir()
    expect(terrain.dit).to_have_count(0)
    assert terrain.scene.etat(terrain.numero) is Etat.VALIDATION_FORMATEUR
    assert terrain.resultats() == [REUSSITE, None, None]


def test_what_is_ready_to_leave_can_be_changed_before(terrain: Terrain) -> None:
    terrain.couper()
    terrain.ouvrir()
    terrain.page.get_by_role("button", name="Tous en réussite").click()
    expect(terrain.reponse(0, REUSSITE)).to_be_checked()
    terrain.soumettre()
    terrain.page.get_by_role("button", name="Modifier mes réponses").click()
    terrain.repondre(0, ECHEC)
    terrain.retablir()
    expect(terrain.dit).to_have_count(0)
    assert terrain.scene.etat(terrain.numero) is Etat.VALIDATION_FORMATEUR
    assert terrain.resultats() == [ECHEC, REUSSITE, REUSSITE]


def test_a_correction_a_reason_and_a_comment_wait_too(durable: Terrain) -> None:
    durable.ouvrir()
    durable.couper()
    page, qui = durable.page, durable.stagiaires[0]
    page.locator(f"#correction-{qui} summary").click()
    page.locator(f"#prenom-{qui}").fill("Joana")
    durable.repondre(1, ECHEC)
    page.locator(f"input[name=motif-{durable.stagiaires[1]}][value=absent]").check()
    page.get_by_label("Retour commenté").check()
    page.get_by_label("Mon commentaire").fill("La ville est fausse.")
    durable.soumettre()
    expect(durable.dit).to_contain_text("Votre retour est gardé sur ce téléphone")
    durable.telephone.tuer()
    durable.reseau.mettre(Reseau.OUVERT)
    durable.page.goto("/formateur/telephone")
    expect(durable.page.get_by_text("Aucune session n’est gardée")).to_be_visible()
    assert durable.scene.etat(durable.numero) is Etat.SAISIE
    assert durable.scene.voir(durable.numero, lambda s: s.retour_commentaire) == "La ville est fausse."
    assert durable.scene.voir(durable.numero, lambda s: [p.valeur for p in en_attente(s)]) == ["Joana"]


def test_an_older_page_of_the_same_phone_undoes_nothing(terrain: Terrain) -> None:
    terrain.ouvrir()
    ancienne, recente = terrain.page, terrain.page.context.new_page()
    recente.goto(terrain.onglet)
    terrain.couper()
    reussite = recente.locator(f"input[name=resultat-{terrain.stagiaires[0]}][value=reussite]")
    recente.locator("label").filter(has=reussite).click()
    expect(recente.locator("#telephone")).to_contain_text("1 réponse en attente d’envoi")
    ancienne.locator("label").filter(has=terrain.reponse(0, ECHEC)).click()
    expect(terrain.dit).to_contain_text("Voici ses réponses")
    terrain.retablir()
    terrain.page.reload()
    expect(terrain.dit).to_have_count(0)
    assert terrain.resultats() == [REUSSITE, None, None]


def test_a_refusal_is_shown_and_the_answers_are_kept_as_a_draft(terrain: Terrain) -> None:
    terrain.ouvrir()
    terrain.repondre(0, REUSSITE)
    terrain.soumettre()
    expect(terrain.page.locator("main > .resume, #resultats .resume").first).to_be_visible()
    terrain.repondre(1, REUSSITE)
    expect(terrain.dit).to_have_count(0)
    assert terrain.resultats() == [REUSSITE, REUSSITE, None]


def test_a_vault_that_fails_does_not_stand_before_the_site(terrain: Terrain) -> None:
    terrain.ouvrir()
    service = terrain.page.context.service_workers[0]
    service.evaluate("indexedDB.open = () => { throw new DOMException('full', 'QuotaExceededError'); }; null")
    terrain.repondre(0, REUSSITE)
    assert terrain.resultats() == [REUSSITE, None, None]
    terrain.ouvrir()
    expect(terrain.reponse(0, REUSSITE)).to_be_checked()
