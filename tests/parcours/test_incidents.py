"""What happens to people: a formateur falls ill, a login ends, a finger clicks twice, someone types code."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from certif.domaine.personnes.demonstration import MOT_DE_PASSE_DEMO
from tests.parcours.compteur import lien_du_courrier
from tests.parcours.pages import Connexion, Liste, PageFormateur, PageSession, groupe

MAROSE = "/entite/1"
ROMAIN, STEPHANIE, DEUX = "romain@marose.example", "stephanie@formateurs.example", "deux@roles.example"
CODE = '<img src=x onerror=alert(1)><script>alert(2)</script>" onfocus=alert(3) autofocus x=" {{7*7}}'

AVEC_ET_SANS = pytest.mark.parametrize("js", [True, False], ids=["js", "sans-js"])


def soumise(page: Page, marque: str, formateur: str = "STE10001", reference: str = "") -> PageSession:
    """A session of today, just submitted."""
    session = Liste(page, MAROSE).aller().nouvelle_session()
    session.remplir(reference=reference)
    session.suivant()
    session.declarer(formateur)
    session.suivant()
    session.ajouter(groupe(marque)[:2])
    session.soumettre()
    return session


def copier_le_lien(entite: Page, numero: int | str, *, js: bool) -> None:
    """The address for a text message: copied, or selected where that is forbidden; or a field."""
    champ = entite.get_by_label("Lien pour le formateur")
    expect(champ).to_have_value(re.compile(rf"/formateur/sessions/{numero}/stagiaires$"))
    bouton = entite.get_by_role("button", name="Copier le lien pour le formateur")
    expect(bouton).to_have_count(1 if js else 0)
    if js:
        bouton.click()
        expect(entite.locator("#lien-formateur-statut")).to_contain_text(re.compile("copié|copiez-le"))
        assert champ.evaluate("c => c.value.slice(c.selectionStart, c.selectionEnd) === c.value")


@AVEC_ET_SANS
def test_the_formateur_falls_ill_and_is_replaced(ouvrir: Callable[..., Page], js: bool) -> None:
    entite, malade = ouvrir(ROMAIN, js=js), ouvrir(STEPHANIE, js=js, largeur=390)
    remplacante = ouvrir(DEUX, js=js, largeur=390)
    session = soumise(entite, "Relais js" if js else "Relais")
    copier_le_lien(entite, session.numero, js=js)
    PageFormateur(malade, session.numero).aller().repondre({"Anne-Sophie": "Réussite"})
    if js:
        expect(malade.locator("#enregistrement")).to_contain_text("Enregistré à")

    session.aller("stagiaires")
    entite.get_by_role("link", name="Reprendre la saisie").click()
    session.confirmer("Reprendre la saisie")
    expect(session.etat).to_contain_text("En cours de saisie")
    session.aller("formateur").declarer("DUO10002")
    session.aller("stagiaires").soumettre()

    # The first one has lost it at once, wherever they look; what was on the screen cannot be sent.
    assert malade.request.get(f"/formateur/sessions/{session.numero}").status == 404
    expect(Liste(malade, "/formateur").aller("en-cours").ligne(session.numero)).to_have_count(0)
    assert f"n°{session.numero} : vous n’êtes plus le formateur déclaré" in courriers(entite)

    PageFormateur(remplacante, session.numero).aller()
    expect(remplacante.locator("li.reponse input[name^='resultat']:checked")).to_have_count(0)
    reponses = PageFormateur(remplacante, session.numero)
    reponses.repondre({"Anne-Sophie": "Réussite", "João": "Échec"})
    reponses.envoyer()
    session.aller("stagiaires")
    expect(entite.locator("#stagiaires")).to_contain_text("Échec")
    expect(session.etat).to_contain_text("À vous : vérifier et générer")


def courriers(page: Page) -> str:
    """The subjects of the demonstration's mailbox, with plain spaces."""
    return " ".join(page.request.get("/demo/courriers").text().replace("&nbsp;", " ").split())


def test_a_login_that_ends_opens_a_dialog_over_the_untouched_form(ouvrir: Callable[..., Page]) -> None:
    page = ouvrir(ROMAIN, seul=True)
    session = Liste(page, MAROSE).aller().nouvelle_session()
    se_deconnecter_ailleurs(page)
    page.locator("#reference_interne").fill("Tapée après la fin")
    page.get_by_role("button", name="Enregistrer").click()
    dialogue = page.get_by_role("dialog", name="Votre connexion a expiré")
    expect(dialogue).to_be_visible()
    dialogue.get_by_label("E-mail ou N° Forprev").fill(ROMAIN)
    dialogue.get_by_label("Mot de passe").fill(MOT_DE_PASSE_DEMO)
    dialogue.get_by_role("button", name="Se connecter").click()
    expect(dialogue).to_have_count(0)
    assert page.url.endswith(f"/sessions/{session.numero}/session"), "the page stays under the dialog"
    expect(page.locator("#reference_interne")).to_have_value("Tapée après la fin")
    # The page goes on with the token of the new login, in its form and in what htmx sends by itself.
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("#enregistrement")).to_contain_text("Enregistré à")
    page.get_by_role("link", name="Stagiaires").click()
    session.ajouter(groupe("Reconnexion")[:1])
    session.aller("session")
    expect(page.locator("#reference_interne")).to_have_value("Tapée après la fin")


def test_a_login_that_ends_over_the_page_of_a_mail_s_link_leaves_that_page(
    ouvrir: Callable[..., Page],
) -> None:
    """Reached through the login page, on a phone: what was answered stays, and the rest is answered there."""
    numero = soumise(ouvrir(ROMAIN), "Courriel").numero
    page = ouvrir(largeur=390)
    lien = lien_du_courrier(page, rf"/formateur/sessions/{numero}[^\s\"<]*")
    page.goto(lien)
    Connexion(page).remplir(STEPHANIE)
    expect(page.locator("li.reponse")).to_have_count(2)
    ici = page.url
    PageFormateur(page, numero).repondre({"Anne-Sophie": "Réussite"})
    expect(page.locator("#enregistrement")).to_contain_text("Enregistré à")
    page.context.clear_cookies()
    PageFormateur(page, numero).repondre({"João": "Échec"})
    dialogue = page.get_by_role("dialog", name="Votre connexion a expiré")
    dialogue.get_by_label("E-mail ou N° Forprev").fill(STEPHANIE)
    dialogue.get_by_label("Mot de passe").fill(MOT_DE_PASSE_DEMO)
    dialogue.get_by_role("button", name="Se connecter").click()
    expect(dialogue).to_have_count(0)
    assert page.url == ici, "the page stays under the dialog"
    expect(page.locator("li.reponse input[name^='resultat']:checked")).to_have_count(2)
    PageFormateur(page, numero).envoyer()


def se_deconnecter_ailleurs(page: Page) -> None:
    """The same browser logs out in another tab."""
    autre = page.context.new_page()
    autre.goto("/")
    autre.get_by_role("button", name="Déconnexion").click()
    expect(autre.get_by_role("button", name="Se connecter")).to_be_visible()
    autre.close()


@AVEC_ET_SANS
def test_two_clicks_going_back_and_refreshing_repeat_nothing(ouvrir: Callable[..., Page], js: bool) -> None:
    page = ouvrir(ROMAIN, js=js)
    Liste(page, MAROSE).aller()
    page.get_by_role("button", name="Nouvelle session").first.dblclick()
    # Without a script the second click gives up the first one's answer.
    expect(page).to_have_url(re.compile("/session$"))
    numero = int(page.url.split("/")[-2])
    page.wait_for_timeout(500)
    assert page.request.get(f"{MAROSE}/sessions/{numero + 1}").status == 404, (
        "the second click opened another"
    )
    session = PageSession(page, MAROSE, numero).aller("stagiaires")
    session.ajouter(groupe("Double js" if js else "Double")[:1])
    page.reload()
    page.go_back()
    page.go_forward()
    session.aller("stagiaires")
    expect(page.locator("#stagiaires tbody tr")).to_have_count(1)


@AVEC_ET_SANS
def test_generating_twice_gives_one_set_of_certificates(ouvrir: Callable[..., Page], js: bool) -> None:
    entite, formateur = ouvrir(ROMAIN, js=js), ouvrir(STEPHANIE, js=js)
    session = soumise(entite, "Deux fois js" if js else "Deux fois")
    reponses = PageFormateur(formateur, session.numero).aller()
    reponses.repondre({"Anne-Sophie": "Réussite", "João": "Réussite"})
    reponses.envoyer()
    autre = entite.context.new_page()
    for page in (entite, autre):
        PageSession(page, MAROSE, session.numero).aller("stagiaires")
        page.get_by_label("Générer les certificats", exact=True).check()
        page.get_by_role("button", name="Soumettre", exact=True).click()
    for page in (entite, autre):
        PageSession(page, MAROSE, session.numero).confirmer("Générer les certificats")
    for page in (entite, autre):
        page.wait_for_url("**/telechargements")
    PageSession(autre, MAROSE, session.numero).attendre_les_certificats()
    expect(autre.get_by_text("2 candidats ont validé la certification")).to_be_visible()


@AVEC_ET_SANS
def test_code_typed_anywhere_stays_text(ouvrir: Callable[..., Page], js: bool) -> None:
    """What is stored is shown as typed; no alert, no request, nothing run (the watch sees to that)."""
    entite, formateur = ouvrir(ROMAIN, js=js), ouvrir(STEPHANIE, js=js)
    reference = CODE[:80]
    session = soumise(entite, "Code js" if js else "Code", reference=reference)
    expect(session.aller("session").page.get_by_text(reference)).to_be_visible()
    PageFormateur(formateur, session.numero).aller().renvoyer(CODE)
    for onglet in ("session", "formateur", "stagiaires"):
        session.aller(onglet)
        expect(entite.locator("#bandeaux")).to_contain_text(CODE)
    expect(entite.locator("#chronologie")).to_contain_text(CODE)
    session.aller("session")
    expect(entite.locator("#reference_interne")).to_have_value(reference)

    # Refused values come back as typed too.
    session.aller("stagiaires")
    entite.get_by_role("link", name="Ajouter un stagiaire").click()
    formulaire = entite.locator("#formulaire-stagiaire")
    formulaire.get_by_label("Nom", exact=True).fill(CODE)
    formulaire.get_by_label("Date de naissance", exact=True).fill(CODE)
    formulaire.get_by_role("button", name="Ajouter").click()
    expect(entite.locator("#s-nom-erreur")).to_be_visible()
    expect(entite.locator("#s-nom")).to_have_value(CODE)
    entite.goto(f"{MAROSE}/sessions/a-traiter?recherche={CODE[:40]}&tri={CODE}&page={CODE}")
    expect(entite.locator("#recherche")).to_have_value(re.compile("<img src=x"))
    champ = session.aller("formateur").page.locator("#recherche-formateur [name=nom]")
    if not champ.is_visible():
        entite.get_by_text("Déclarer un autre formateur").click()
    champ.fill(CODE)
    entite.locator("#recherche-formateur").get_by_role("button", name="Lancer la vérification").click()
    expect(entite.locator("#recherche-formateur [aria-invalid=true]").first).to_be_visible()


def test_without_a_script_a_form_posted_too_late_is_kept(ouvrir: Callable[..., Page]) -> None:
    page = ouvrir(ROMAIN, js=False, seul=True)
    session = Liste(page, MAROSE).aller().nouvelle_session()
    page.locator("#reference_interne").fill("Tapée trop tard")
    se_deconnecter_ailleurs(page)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Votre connexion a expiré. Votre saisie est conservée")).to_be_visible()
    Connexion(page).remplir(ROMAIN)
    expect(page.get_by_role("heading", name="Votre saisie a été conservée")).to_be_visible()
    expect(page.get_by_text("Tapée trop tard").last).to_be_visible()
    page.get_by_role("button", name="Envoyer cette saisie").click()
    session.aller("session")
    expect(page.locator("#reference_interne")).to_have_value("Tapée trop tard")


def test_a_removed_trainee_can_be_put_back_as_long_as_one_likes(ouvrir: Callable[..., Page]) -> None:
    page = ouvrir(ROMAIN, largeur=390)
    session = Liste(page, MAROSE).aller().nouvelle_session().aller("stagiaires")
    session.ajouter(groupe("Retour")[:1])
    page.clock.install()
    page.get_by_role("button", name="Retirer").click()
    expect(page.locator("#stagiaires tbody tr")).to_have_count(0)
    page.clock.fast_forward("10:00")
    page.get_by_role("button", name="Rétablir").click()
    expect(page.locator("#stagiaires tbody tr")).to_have_count(1)
    expect(page.locator("#toast")).to_be_empty()


def test_towns_survive_an_answer_from_before_the_postcode(ouvrir: Callable[..., Page]) -> None:
    """A save that was on its way when the postcode was typed does not take its towns away."""
    page = ouvrir(ROMAIN)
    Liste(page, MAROSE).aller().nouvelle_session()
    page.route("**/sessions/*/session", lambda route: (page.wait_for_timeout(700), route.continue_()))
    page.get_by_label("Dispositif niveau", exact=True).select_option(label="SST / 1")
    page.get_by_label("Code postal", exact=True).press_sequentially("69007")
    expect(page.locator("#ville option[value=LYON]")).to_have_count(1)
    page.wait_for_timeout(1500)
    expect(page.locator("#ville option[value=LYON]")).to_have_count(1)


def test_a_town_chosen_before_the_towns_come_again_stays_chosen(ouvrir: Callable[..., Page]) -> None:
    """A postcode typed again, its town chosen at once: the late answer does not unchoose it."""
    page = ouvrir(ROMAIN)
    Liste(page, MAROSE).aller().nouvelle_session()
    code_postal = page.get_by_label("Code postal", exact=True)
    code_postal.fill("26800")
    expect(page.locator("#ville option")).not_to_have_count(1)
    page.route("**/villes?*", lambda route: (page.wait_for_timeout(700), route.continue_()))
    with page.expect_response("**/villes?*"):
        code_postal.fill("2680")
        code_postal.fill("26800")
        page.locator("#ville").select_option("ETOILE SUR RHONE")
    page.wait_for_timeout(500)
    expect(page.locator("#ville")).to_have_value("ETOILE SUR RHONE")
    page.reload()
    expect(page.locator("#ville")).to_have_value("ETOILE SUR RHONE")
