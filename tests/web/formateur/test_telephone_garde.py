"""What a phone keeps, from whom, and until when; what happens to answers that could not leave."""

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import update

from certif.domaine.acteur import TypeRole
from certif.domaine.personnes.modeles import Role
from certif.domaine.sessions.etats import Action
from certif.domaine.sessions.valeurs import Resultat
from certif.socle.base.extensions import db
from tests.web.formateur.terrain import TROIS, Chantier, Terrain

pytestmark = [pytest.mark.navigateur, pytest.mark.lent]

REUSSITE, ECHEC = Resultat.REUSSITE, Resultat.ECHEC
TROIS_JOURS_MS = 72 * 3_600_000
CLE_ESPIONNEE = """
    const fabriquer = crypto.subtle.generateKey.bind(crypto.subtle);
    crypto.subtle.generateKey = async (genre, _, usages) => {
        const cle = await fabriquer(genre, true, usages);
        const brute = await crypto.subtle.exportKey("raw", cle);
        (self.cles ||= []).push([...new Uint8Array(brute)]);
        return crypto.subtle.importKey("raw", brute, genre, false, usages);
    };
    null;
"""


def test_logging_out_names_what_was_not_sent(terrain: Terrain) -> None:
    terrain.ouvrir()
    terrain.couper()
    terrain.repondre(0, REUSSITE)
    terrain.repondre(1, REUSSITE)
    se_deconnecter(terrain)
    expect(terrain.page.get_by_text("2 réponses ne sont pas parties")).to_be_visible()
    terrain.retablir()
    expect(terrain.page.get_by_text("2 réponses ne sont pas parties")).to_be_hidden()
    assert terrain.resultats() == [REUSSITE, REUSSITE, None]


def test_logging_out_sends_first_what_can_be_sent(terrain: Terrain) -> None:
    terrain.ouvrir()
    terrain.couper()
    terrain.repondre(0, REUSSITE)
    terrain.reseau.mettre(terrain.reseau.etat.OUVERT)
    se_deconnecter(terrain)
    expect(terrain.page).to_have_url(re.compile("/connexion"))
    assert terrain.resultats() == [REUSSITE, None, None]


def test_after_a_logout_neither_data_nor_key_is_left(durable: Terrain) -> None:
    service = durable.page.context.service_workers[0]
    service.evaluate(CLE_ESPIONNEE)
    durable.ouvrir()
    durable.couper()
    durable.repondre(0, ECHEC)
    secrets = [bytes(cle) for cle in service.evaluate("self.cles")]
    noms = [texte.encode(codage) for nom, _ in TROIS for texte in (nom,) for codage in ("utf-8", "utf-16-le")]
    durable.telephone.tuer()
    assert any(trouvees(durable.telephone.memoire, secrets)), "the key lies beside what it locks"
    assert not any(trouvees(durable.telephone.memoire, noms)), "names are never written in clear"
    durable.retablir_en_ouvrant()
    expect(durable.dit).to_have_count(0)
    se_deconnecter(durable)
    expect(durable.page).to_have_url(re.compile("/connexion"))
    durable.telephone.eteindre()
    assert not any(trouvees(durable.telephone.memoire, [*secrets, *noms]))


def test_a_login_that_ended_keeps_answers_locked_for_the_same_person(terrain: Terrain) -> None:
    terrain.ouvrir()
    terrain.couper()
    terrain.repondre(1, ECHEC)
    terrain.fermer_les_connexions()
    terrain.retablir()
    expect(terrain.dit).to_have_count(0)
    terrain.couper()
    assert not terrain.telephone.aller(terrain.onglet), "locked: nobody is shown anything"
    terrain.reseau.mettre(terrain.reseau.etat.OUVERT)
    terrain.connecter()
    terrain.telephone.aller("/formateur/")
    expect(terrain.page.locator("h1")).to_be_visible()
    attendre_les_resultats(terrain, [None, ECHEC, None])


def test_another_person_sees_nothing_and_leaves_them_to_their_author(terrain: Terrain) -> None:
    terrain.ouvrir()
    terrain.couper()
    terrain.repondre(1, ECHEC)
    terrain.reseau.mettre(terrain.reseau.etat.OUVERT)
    terrain.connecter_a_la_main(terrain.scene.troupe.remplacant)
    terrain.page.goto("/formateur/telephone")
    expect(terrain.page.get_by_role("button", name="Garder mes sessions")).to_be_visible()
    expect(terrain.dit).to_have_count(0)
    terrain.couper()
    assert not terrain.telephone.aller(terrain.onglet)
    terrain.reseau.mettre(terrain.reseau.etat.OUVERT)
    terrain.page.goto("/formateur/")
    se_deconnecter(terrain)
    expect(terrain.page).to_have_url(re.compile("/connexion"))
    assert terrain.resultats() == [None, None, None]
    terrain.connecter()
    terrain.page.goto("/formateur/")
    attendre_les_resultats(terrain, [None, ECHEC, None])


def test_an_answer_from_another_screen_is_shown_and_neither_is_lost(terrain: Terrain) -> None:
    terrain.ouvrir()
    terrain.couper()
    terrain.repondre(0, REUSSITE)
    terrain.autre_ecran(0, ECHEC)
    terrain.retablir()
    attendre_le_conflit(terrain)
    terrain.ouvrir()
    expect(terrain.page.get_by_text("La session a changé")).to_be_visible()
    expect(terrain.page.get_by_text("ici, vous aviez choisi Réussite")).to_be_visible()
    assert terrain.resultats() == [ECHEC, None, None]
    terrain.repondre(0, REUSSITE)
    assert terrain.resultats() == [REUSSITE, None, None]
    terrain.page.reload()
    expect(terrain.dit).to_have_count(0)


def test_what_the_entite_took_back_is_said_with_its_number(terrain: Terrain) -> None:
    terrain.ouvrir()
    terrain.couper()
    terrain.page.get_by_role("button", name="Tous en réussite").click()
    expect(terrain.reponse(2, REUSSITE)).to_be_checked()
    terrain.agir(Action.REPRENDRE_SAISIE, terrain.scene.troupe.gestionnaire)
    terrain.reseau.mettre(terrain.reseau.etat.OUVERT)
    terrain.page.goto("/formateur/telephone")
    perdues = f"3 réponses de la session n°\u00a0{terrain.numero} n’ont pas été envoyées"
    expect(terrain.dit).to_contain_text(perdues)
    terrain.page.get_by_role("button", name="J’ai compris").click()
    expect(terrain.dit).to_have_count(0)


def test_after_72_hours_copies_go_and_answers_not_without_a_word(terrain: Terrain) -> None:
    terrain.ouvrir()
    terrain.couper()
    terrain.repondre(0, REUSSITE)
    terrain.vieillir(contact=time.time() * 1000 - TROIS_JOURS_MS - 60_000)
    assert not terrain.telephone.aller(terrain.onglet)
    terrain.reseau.mettre(terrain.reseau.etat.OUVERT)
    terrain.page.goto("/formateur/telephone")
    expect(terrain.dit).to_contain_text(
        f"1 réponse de la session n°\u00a0{terrain.numero} n’a pas été envoyée"
    )
    assert terrain.resultats() == [None, None, None]


def test_who_is_no_formateur_any_more_keeps_no_session_and_is_told_what_was_lost(
    terrain: Terrain, retirer_le_role: Callable[[], None]
) -> None:
    terrain.ouvrir()
    terrain.couper()
    terrain.repondre(0, REUSSITE)
    retirer_le_role()
    terrain.retablir()
    perdue = f"1 réponse de la session n°\u00a0{terrain.numero} n’a pas été envoyée"
    expect(terrain.dit).to_contain_text(perdue)
    terrain.couper()
    assert not terrain.telephone.aller(terrain.onglet)


def test_a_new_version_fetches_its_pages_again_and_keeps_the_answers(terrain: Terrain) -> None:
    terrain.ouvrir()
    terrain.couper()
    terrain.repondre(0, REUSSITE)
    terrain.vieillir(version="/static/ancienne")
    terrain.retablir()
    attendre_les_resultats(terrain, [REUSSITE, None, None])
    terrain.page.goto("/formateur/telephone")
    expect(terrain.page.get_by_role("link", name=f"Session n°\u00a0{terrain.numero}")).to_be_visible()


def test_a_vault_that_fails_keeps_nobody_logged_in(terrain: Terrain) -> None:
    terrain.ouvrir()
    service = terrain.page.context.service_workers[0]
    service.evaluate("indexedDB.open = () => { throw new DOMException('full', 'QuotaExceededError'); }; null")
    se_deconnecter(terrain)
    expect(terrain.page).to_have_url(re.compile("/connexion"))


def test_answers_whose_key_is_gone_stop_nothing(terrain: Terrain) -> None:
    terrain.ouvrir()
    terrain.couper()
    terrain.repondre(0, REUSSITE)
    terrain.page.evaluate(
        """() => new Promise((oui) => {
            const demande = indexedDB.open("certif-telephone");
            demande.onsuccess = () => {
                const rangees = demande.result.transaction("rangees", "readwrite").objectStore("rangees");
                rangees.getAllKeys().onsuccess = ({ target }) => {
                    const cle = target.result.find((nom) => nom.endsWith("/cle/reponses"));
                    rangees.delete(cle).onsuccess = () => { demande.result.close(); oui(); };
                };
            };
        })"""
    )
    terrain.reseau.mettre(terrain.reseau.etat.OUVERT)
    terrain.ouvrir()
    terrain.repondre(1, ECHEC)
    assert terrain.resultats() == [None, ECHEC, None]
    terrain.page.goto("/formateur/telephone")
    expect(terrain.page.get_by_role("link", name=f"Session n°\u00a0{terrain.numero}")).to_be_visible()


def test_who_stops_keeping_leaves_nothing(terrain: Terrain) -> None:
    terrain.page.goto("/formateur/telephone")
    terrain.page.get_by_role("button", name="Ne plus rien garder ici").click()
    expect(terrain.page.get_by_role("button", name="Garder mes sessions")).to_be_visible()
    terrain.couper()
    assert not terrain.telephone.aller(terrain.onglet)


@pytest.fixture
def retirer_le_role(chantier: Chantier) -> Iterator[Callable[[], None]]:
    """Take the formateur's role away, for the time of a test."""
    siens = update(Role).where(
        Role.individu_id == chantier.scene.troupe.formateur.individu_id, Role.type == TypeRole.FORMATEUR
    )

    def mettre(actif: bool) -> None:
        def ecrire() -> None:
            db.session.execute(siens.values(actif=actif))
            db.session.commit()

        chantier.scene.dans(ecrire)

    yield lambda: mettre(False)
    mettre(True)


def se_deconnecter(terrain: Terrain) -> None:
    terrain.page.get_by_role("button", name="Menu").click()
    terrain.page.get_by_role("button", name="Déconnexion").click()


def attendre_les_resultats(terrain: Terrain, voulus: list[Resultat | None]) -> None:
    for _ in range(50):
        if terrain.resultats() == voulus:
            return
        terrain.page.wait_for_timeout(200)
    assert terrain.resultats() == voulus


def attendre_le_conflit(terrain: Terrain) -> None:
    terrain.page.wait_for_timeout(500)


def trouvees(dossier: Path, cherchees: list[bytes]) -> list[bool]:
    """Of each, whether some file of this folder holds it."""
    contenus = [fichier.read_bytes() for fichier in dossier.rglob("*") if fichier.is_file()]
    return [any(cherchee in contenu for contenu in contenus) for cherchee in cherchees]
