"""From an empty database to certificates in hand, in production: one command, then browsers only."""

import os
import re
import secrets
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect

from certif.config import RACINE
from certif.documents.sceau.cle_de_sceau import fabriquer
from certif.domaine.temps import format_date
from certif.socle.horloge import aujourd_hui, maintenant
from tests.parcours.pages import Liste, PageFormateur, PageSession, groupe
from tests.support.mailbox import Boite, Serveur, texte_de
from tests.support.proxy import FrontalTLS
from tests.support.servers import attendre
from tests.support.stack import Lance, port_libre

PHRASE = "cheval agrafe pile correcte"

Ouvrir = Callable[..., Page]


@pytest.fixture
def boite() -> Boite:
    return Boite()


@pytest.fixture
def reglages(boite: Boite, tmp_path: Path) -> Iterator[dict[str, str]]:
    """All that production asks for."""
    serveur = Serveur(boite, hostname="127.0.0.1", port=port_libre())
    serveur.start()
    cle = tmp_path / "sceau.p12"
    cle.write_bytes(fabriquer(maintenant() - timedelta(days=1)))
    yield {
        "CERTIF_MODE": "production",
        "CERTIF_URL": f"https://localhost:{port_libre()}",
        "CERTIF_CLE_SECRETE": secrets.token_hex(32),
        "CERTIF_CLES_REGISTRE": f"r1:{secrets.token_hex(32)}",
        "CERTIF_PKCS12": str(cle),
        "CERTIF_PROXYS": "1",
        "CERTIF_ASSISTANCE": "aide@plateforme.example",
        "SMTP_URL": serveur.url,
    }
    serveur.stop()


@pytest.fixture
def invitation(reglages: dict[str, str], tmp_path: Path) -> str:
    """The only command: nothing was prepared before it."""
    commande = [sys.executable, "-m", "flask", "--app", "app", "administrateur", "creer"]
    qui = ["--nom", "Vasseur", "--prenom", "Irène", "--email", "irene@plateforme.example"]
    environ = os.environ | reglages | {"CERTIF_DONNEES": str(tmp_path / "donnees")}
    dit = subprocess.run(commande + qui, cwd=RACINE, env=environ, capture_output=True, text=True, check=True)
    return dit.stdout.splitlines()[-1]


@pytest.fixture
def pile(chromium: Browser, invitation: str, reglages: dict[str, str], tmp_path: Path) -> Iterator[Lance]:
    """The application in production, behind a proxy that ends TLS."""
    pile = Lance(tmp_path / "donnees", port_libre(), **reglages)
    pile.url = reglages["CERTIF_URL"]
    frontal = FrontalTLS(int(pile.url.rpartition(":")[2]), pile.port, tmp_path)
    frontal.demarrer()
    try:
        pile.pret()
        yield pile
    finally:
        if pile.processus.poll() is None:
            pile.arreter()
        frontal.arreter()


def test_one_command_then_browsers_until_the_certificates(
    invitation: str, boite: Boite, ouvrir: Ouvrir, tmp_path: Path
) -> None:
    irene = ouvrir(ignore_https_errors=True)
    s_inscrire(irene, invitation)
    activer_le_second_facteur(irene)
    creer_l_entite(irene)

    denis = ouvrir(ignore_https_errors=True)
    s_inscrire(denis, lien_recu(boite, "denis@atelier.example"))
    trouver_le_nom_exact(denis)
    demander_l_habilitation(denis)
    accepter_la_demande(irene)
    numero = creer_le_formateur(irene)
    qualifier(irene)
    lea = ouvrir(ignore_https_errors=True, largeur=390)
    s_inscrire(lea, lien_recu(boite, "lea@formatrice.example"))

    session = Liste(denis, espace_de(denis)).aller().nouvelle_session()
    session.remplir(reference="Première")
    session.suivant()
    session.declarer(numero)
    session.suivant()
    session.ajouter(groupe("Premier")[:4])
    session.soumettre()

    lea.goto(lien_recu(boite, "lea@formatrice.example", "/formateur/sessions/"))
    releve = PageFormateur(lea, session.numero).aller()
    releve.repondre({"Anne-Sophie": "Réussite", "João": "Réussite", "Thị Hồng": "Réussite", "Zofia": "Échec"})
    releve.envoyer()

    noms = recevoir_les_certificats(session, tmp_path)
    certificats = {nom.split("_")[2] for nom in noms if nom.endswith(".pdf")}
    assert certificats == {"LEFEVRE-PREMIER", "D-ALMEIDA-PREMIER", "NGUYEN-PREMIER"}


def s_inscrire(page: Page, lien: str) -> None:
    """Follow an invitation and choose a password; whoever comes in so is logged in."""
    page.goto(lien)
    page.get_by_label("Nouveau mot de passe").fill(PHRASE)
    page.get_by_label("Le même, une seconde fois").fill(PHRASE)
    page.get_by_role("button", name="Créer mon compte").click()
    expect(page.get_by_role("button", name="Créer mon compte")).to_have_count(0)


def lien_recu(boite: Boite, adresse: str, vers: str = "/lien/") -> str:
    """The address that a mail to this person leads to."""

    def cherche() -> str:
        textes = [texte_de(message) for message in boite.recus if message["To"] == adresse]
        trouve = re.search(rf"https://localhost:\d+{vers}\S+", "\n".join(textes))
        return trouve[0] if trouve else ""

    return attendre(cherche, 30, 0.2)


def activer_le_second_facteur(page: Page) -> None:
    """An administrateur in production has no other page before."""
    page.get_by_role("button", name="Commencer").click()
    secret = page.locator("strong.chiffres").inner_text().replace(" ", "")
    page.get_by_label("Code de vérification").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Activer").click()
    page.get_by_role("link", name="Je les ai notés").click()


def creer_l_entite(page: Page) -> None:
    page.goto("/administration/")
    page.get_by_role("link", name="Nouvelle entité").first.click()
    page.get_by_label("Raison sociale").fill("ATELIER DES GESTES")
    page.get_by_role("button", name="Créer").click()
    page.get_by_role("link", name="Inviter un gestionnaire").click()
    page.get_by_label("Nom", exact=True).fill("Fabre")
    page.get_by_label("Prénom").fill("Denis")
    page.get_by_label("E-mail", exact=True).fill("denis@atelier.example")
    page.get_by_role("button", name="Inviter").click()
    expect(page.get_by_text("denis@atelier.example")).to_be_visible()


def trouver_le_nom_exact(page: Page) -> None:
    """What the first gestionnaire is shown at the first visit, and not again."""
    page.goto("/")
    expect(page.get_by_role("heading", name="Votre nom, tel qu’il sera imprimé")).to_be_visible()
    page.get_by_role("button", name="C’est exact").click()
    expect(page.get_by_role("button", name="C’est exact")).to_have_count(0)
    page.goto("/")
    page.wait_for_url("**/sessions/a-traiter")


def demander_l_habilitation(page: Page) -> None:
    page.goto(f"{espace_de(page)}/demandes/nouvelle")
    niveau = page.get_by_label("Dispositif et niveau")
    niveau.select_option(niveau.locator("option", has_text="SST / 1").get_attribute("value"))
    page.get_by_role("button", name="Préparer la demande").click()
    page.get_by_label("Début souhaité", exact=True).fill(format_date(aujourd_hui()))
    page.get_by_role("button", name="Transmettre").click()
    expect(page.locator("main")).to_contain_text("ransmise")


def accepter_la_demande(page: Page) -> None:
    page.goto("/administration/demandes")
    page.locator("table.liste tbody").get_by_role("link").first.click()
    page.get_by_label("Accepter et créer l’habilitation").check()
    page.get_by_label("Numéro d’habilitation").fill("HAB-0001")
    page.get_by_role("button", name="Soumettre").click()
    expect(page.locator("main")).to_contain_text("Acceptée")


def creer_le_formateur(page: Page) -> str:
    """A person, formateur and invited; their N°."""
    page.get_by_role("list", name="INDIVIDUS").get_by_role("link", name="Rechercher").click()
    page.get_by_role("link", name="Nouvelle personne").first.click()
    page.get_by_label("Nom", exact=True).fill("Lefèvre")
    page.get_by_label("Prénom").fill("Léa")
    page.get_by_role("textbox", name="Date de naissance").fill("14/02/1985")
    page.get_by_label("E-mail").fill("lea@formatrice.example")
    page.get_by_label("Rôle").select_option(label="Formateur")
    page.get_by_role("button", name="Suivant").click()
    expect(page.get_by_text("Personne de semblable")).to_be_visible()
    page.get_by_role("button", name="Créer cette personne").click()
    numero = page.get_by_text(re.compile(r"^LEF[0-9]{5}$"))
    expect(numero).to_be_visible()
    return numero.inner_text()


def qualifier(page: Page) -> None:
    """From the record of the formateur: for a year around today."""
    page.get_by_role("link", name="Accorder une qualification").click()
    page.get_by_label("Dispositif niveau").select_option(label="SST / 1")
    page.get_by_label("Début", exact=True).fill(format_date(aujourd_hui() - timedelta(days=180)))
    page.get_by_label("Fin", exact=True).fill(format_date(aujourd_hui() + timedelta(days=180)))
    page.get_by_role("button", name="Suivant").click()
    page.get_by_role("button", name="Accorder la qualification").click()
    expect(page.get_by_role("row").filter(has_text="SST / 1")).to_contain_text("En vigueur")


def espace_de(page: Page) -> str:
    """Where this gestionnaire stands: the address of their entité."""
    if "/entite/" not in page.url:
        page.goto("/")
    trouve = re.search(r"/entite/\d+", page.url)
    assert trouve, page.url
    return trouve[0]


def recevoir_les_certificats(session: PageSession, dossier: Path) -> list[str]:
    session.aller("stagiaires").choisir("Générer les certificats")
    session.attendre_les_certificats()
    with zipfile.ZipFile(session.telecharger(dossier)) as zip_:
        return zip_.namelist()
