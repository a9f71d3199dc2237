"""Every screen of every actor: axe finds nothing, by day or night, at any width; 320 px are enough."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from certif.domaine.temps import format_date
from certif.socle.horloge import aujourd_hui
from tests.parcours.accessibilite import a_toute_largeur, sans_faute
from tests.parcours.pages import Liste, PageSansReseau

ROMAIN, DELEGUE = "romain@marose.example", "delegue@marose.example"
STEPHANIE, ADMIN = "stephanie@formateurs.example", "admin@certif.example"

# Numbers of the demonstration's sessions, in the order in which it makes them.
BROUILLON, DU_DELEGUE, CHEZ_LE_FORMATEUR, A_GENERER, RENVOYEE, GENEREE, SOUMISE = range(1, 8)


def _entite(numero: int, *onglets: str) -> list[str]:
    return [f"/entite/1/sessions/{numero}/{onglet}" for onglet in onglets]


ECRANS = {
    "": [
        *("/connexion", "/page-qui-n-existe-pas", "/demo/courriers", "/verifier", "/v/2222222222222222"),
        *("/accessibilite", "/confidentialite"),
        *("/r", f"/r?c={'A' * 26}"),
    ],
    ROMAIN: [
        "/entite/1/sessions/a-traiter",
        "/entite/1/sessions/en-cours",
        "/entite/1/sessions/a-traiter?recherche=introuvable",
        "/entite/1/modeles",
        *(f"/entite/1/modeles/1{geste}" for geste in ("", "/ouvrir", "/modifier", "/supprimer")),
        "/entite/1/vue-d-ensemble",
        "/entite/1/informations",
        "/entite/1/informations/modifier",
        "/entite/1/informations/stagiaire",
        "/entite/1/informations/logo",
        "/entite/1/informations/noms/1",
        "/entite/1/informations/noms/1/retirer",
        "/entite/1/habilitations",
        "/entite/1/utilisateurs",
        "/entite/1/utilisateurs/3",
        "/entite/1/utilisateurs/nouveau",
        "/entite/1/utilisateurs/3/donner",
        "/entite/1/utilisateurs/3/fin-delegataire",
        "/entite/1/utilisateurs/3/retirer-delegataire",
        "/entite/1/invitations",
        "/entite/1/demandes/en-cours",
        "/entite/1/demandes/a-traiter",
        "/entite/1/demandes/nouvelle",
        "/entite/1/demandes/1",
        "/entite/1/demandes/1/supprimer",
        "/entite/1/demandes/2",
        "/entite/1/demandes/5",
        "/entite/1/demandes/6",
        *(f"/compte/{page}" for page in ("", "adresse", "mot-de-passe", "connexions")),
        *(f"/compte/{page}" for page in ("cles-acces", "double-authentification", "courriels")),
        *_entite(
            BROUILLON, "session", "modele", "formateur", "stagiaires", "stagiaires/nouveau", "supprimer"
        ),
        *_entite(A_GENERER, "session", "stagiaires", "telechargements", "actions?action=generer"),
        *_entite(RENVOYEE, "session", "formateur", "stagiaires", "stagiaires/liste"),
        *_entite(GENEREE, "session", "stagiaires", "telechargements", "annulation?tous=1", "remise"),
        *_entite(SOUMISE, "session", "stagiaires", "actions?action=reprendre_saisie"),
    ],
    DELEGUE: [
        "/entite/1/sessions/a-traiter",
        "/entite/1/informations",
        *_entite(DU_DELEGUE, "formateur"),
    ],
    # She has not issued any certificate yet: her first steps.
    "karine@guy.example": ["/entite/2/sessions/a-traiter"],
    STEPHANIE: [
        "/formateur/sessions/a-traiter",
        "/formateur/sessions/en-cours",
        f"/formateur/sessions/{CHEZ_LE_FORMATEUR}",
        f"/formateur/sessions/{CHEZ_LE_FORMATEUR}/stagiaires",
        f"/formateur/sessions/{CHEZ_LE_FORMATEUR}/pas-ma-session",
        f"/formateur/sessions/{CHEZ_LE_FORMATEUR}/relire/1",
        f"/formateur/sessions/{CHEZ_LE_FORMATEUR}/relire/5",
        f"/formateur/sessions/{GENEREE}/stagiaires",
        f"/formateur/sessions/{GENEREE}/remise",
        f"/formateur/sessions/{RENVOYEE}",
        "/formateur/qualifications",
        "/formateur/telephone",
    ],
    ADMIN: [
        "/administration/",
        "/administration/demandes",
        "/administration/demandes/2",
        "/administration/demandes/3",
        "/administration/demandes/6",
        "/administration/demandes/7",
        "/administration/entites",
        "/administration/entites/1",
        "/administration/entites/1/inviter",
        "/administration/entites/1/accorder-une-habilitation",
        "/administration/entites/1/modifier",
        "/administration/entites/1/noms-commerciaux",
        "/administration/entites/1/suspendre",
        "/administration/entites/nouveau",
        "/administration/qualifications",
        "/administration/qualifications/1",
        "/administration/qualifications/1/retirer",
        "/administration/qualifications/importer",
        "/administration/qualifications/nouveau",
        "/administration/individus",
        "/administration/individus/1",
        "/administration/individus/nouveau",
        "/administration/individus/3/donner-un-role",
        "/administration/individus/3/effacer",
        "/administration/individus/3/fusionner",
        "/administration/individus/5/qualifier",
        "/administration/individus/3/retirer-un-role",
        "/administration/habilitations",
        "/administration/habilitations/3",
        "/administration/habilitations/3/corriger",
        "/administration/habilitations/3/retirer",
        "/administration/habilitations/3/suspendre",
        "/administration/habilitations/5",
        "/administration/habilitations/5/declarer-une-plateforme",
        "/administration/referentiel",
        "/administration/referentiel/nouveau",
        "/administration/referentiel/5",
        "/administration/referentiel/5/ajouter-un-certificat",
        "/administration/referentiel/5/archiver",
        "/administration/referentiel/5/modifier",
        "/administration/certificats",
        "/administration/certificats/1",
        "/administration/certificats/1/corriger",
        "/administration/registre",
        "/administration/registre/stagiaire",
        "/administration/journal",
        "/administration/plateforme",
        "/administration/sessions",
        *(f"/administration/sessions/{numero}" for numero in (BROUILLON, A_GENERER, GENEREE, 99)),
    ],
    "deux@roles.example": ["/"],
}


@pytest.mark.parametrize("compte", ECRANS)
def test_every_screen_at_every_width(ouvrir: Callable[..., Page], compte: str) -> None:
    """On a desktop, on a phone by night, then under a thumb at 320 px."""
    page = ouvrir(compte)
    for adresse in ECRANS[compte]:
        a_toute_largeur(page, adresse)


def test_a_phone_that_keeps_an_answer_at_every_width(ouvrir: Callable[..., Page]) -> None:
    page = ouvrir(STEPHANIE)
    PageSansReseau(page).garder().repondre_sans_reseau(CHEZ_LE_FORMATEUR, {"Mehdi": "Réussite"})
    for adresse in (page.url, "/formateur/telephone", "/formateur/telephone?partir=1"):
        # What it holds is known once its script has run.
        a_toute_largeur(page, adresse, fixe=False)
        expect(page.locator("#telephone")).to_contain_text("1 réponse en attente d’envoi")


@pytest.mark.parametrize("largeur", [1280, 390])
def test_axe_on_what_opens_over_a_page(ouvrir: Callable[..., Page], largeur: int) -> None:
    page = ouvrir(ROMAIN, largeur=largeur)
    page.goto(f"/entite/1/sessions/{BROUILLON}/stagiaires")
    page.get_by_role("link", name="Ajouter un stagiaire").click()
    dialogue = page.get_by_role("dialog")
    expect(dialogue).to_be_visible()
    sans_faute(page)
    dialogue.get_by_label("Nom", exact=True).fill("李小龍")
    dialogue.get_by_role("button", name="Ajouter").click()
    expect(dialogue.locator("#s-nom-erreur")).to_contain_text("Cette écriture ne peut pas être imprimée")
    sans_faute(page)
    page.keyboard.press("Escape")
    expect(dialogue).to_have_count(0)
    page.get_by_role("link", name="Supprimer la session").click()
    expect(dialogue).to_be_visible()
    sans_faute(page)
    page.goto(f"/entite/1/sessions/{BROUILLON}/session")
    page.get_by_label("Date de fin de session", exact=True).fill("31/02/2026")
    page.get_by_role("button", name="Suivant").click()
    expect(page.locator("#date_fin-erreur")).to_be_visible()
    sans_faute(page)
    if largeur == 390:
        page.goto("/entite/1/sessions/a-traiter")
        page.get_by_role("button", name="Menu").click()
        sans_faute(page)


def test_the_session_form_by_keyboard_alone(ouvrir: Callable[..., Page]) -> None:
    """From the button that opens a session to the next tab, without a pointer; the focus is always seen."""
    page = ouvrir(ROMAIN)
    Liste(page, "/entite/1").aller()
    aller_a(page, "Nouvelle session")
    page.keyboard.press("Enter")
    page.wait_for_url("**/session")
    aller_a(page, "Dispositif niveau")
    page.keyboard.type("SST")
    aller_a(page, "Certificat")
    page.keyboard.type("SST-1")
    aller_a(page, "Code postal")
    page.keyboard.type("26800")
    expect(page.locator("#ville option")).not_to_have_count(1)
    aller_a(page, "Ville")
    page.keyboard.type("ETOILE")
    aller_a(page, "Stage initial")
    page.keyboard.press("Space")
    aller_a(page, "Date de fin de session")
    page.keyboard.type(format_date(aujourd_hui()).replace("/", ""))
    aller_a(page, "Référence interne")
    page.keyboard.type("Au clavier")
    aller_a(page, "Suivant")
    page.keyboard.press("Enter")
    page.wait_for_url("**/formateur")
    page.go_back()
    expect(page.locator("#reference_interne")).to_have_value("Au clavier")
    expect(page.locator("#ville")).to_have_value("ETOILE SUR RHONE")
    expect(page.locator("#identification")).to_be_checked()


_ACTIF = """() => {
  const e = document.activeElement;
  const nom = e.getAttribute("aria-label") || e.labels?.[0]?.innerText || e.innerText || "";
  const style = getComputedStyle(e);
  const vu = style.outlineStyle !== "none" || style.boxShadow !== "none" || !e.matches(":focus-visible");
  return [nom.trim(), vu];
}"""


def aller_a(page: Page, nom: str) -> None:
    """Tab until the control of this name has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        courant, vu = page.evaluate(_ACTIF)
        if courant:
            assert vu, f"the focus is not seen on {courant!r}"
        if courant.startswith(nom):
            return
    raise AssertionError(f"no way to {nom!r} by the keyboard")
