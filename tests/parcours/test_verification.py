"""Somebody with a certificate in hand: its number, the name on it, its file; on a phone, without a script."""

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from certif.documents.certificat.composition import MOIS
from tests.parcours.pages import PageSession
from tests.parcours.test_ecrans import GENEREE, ROMAIN


def test_a_certificate_is_verified_by_anyone(ouvrir: Callable[..., Page], tmp_path: Path) -> None:
    session = PageSession(ouvrir(ROMAIN, accept_downloads=True), "/entite/1", GENEREE).aller(
        "telechargements"
    )
    session.attendre_les_certificats()
    archive = session.telecharger(tmp_path)
    pdf = sorted(extraire(archive, tmp_path))[0]
    imprime = PdfReader(BytesIO(pdf.read_bytes())).pages[0].extract_text()
    nom, prenom = pdf.name.split("_")[2:4]
    [(jour, mois, annee)] = re.findall(r"né\(e\) le (\d+)(?:er)? (\S+) (\d{4})", imprime)
    naissance = f"{jour}/{MOIS.index(mois) + 1}/{annee}"
    [adresse] = re.findall(r"https?://\S+/v/\w+", imprime)

    page = ouvrir(js=False, largeur=390)
    page.goto("/connexion")
    page.get_by_role("contentinfo").get_by_role("link", name="Vérifier un certificat").click()
    page.get_by_label("Numéro du certificat").fill(adresse.rpartition("/")[2].lower())
    page.get_by_role("button", name="Vérifier ce numéro").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Valide")

    page.goto(adresse)
    expect(page.locator("main")).not_to_contain_text(re.compile(nom, re.IGNORECASE))
    essayer(page, nom, "Personne", naissance)
    expect(page.locator("main")).to_contain_text("L’identité saisie ne correspond pas au titulaire.")
    essayer(page, nom.capitalize(), prenom, naissance)
    expect(page.locator("main")).to_contain_text("L’identité saisie correspond au titulaire.")
    assert page.url == adresse

    altere = tmp_path / "altere.pdf"
    octets = bytearray(pdf.read_bytes())
    octets[len(octets) // 2] ^= 1
    altere.write_bytes(octets)
    deposer(page, pdf)
    expect(page.locator("main")).to_contain_text("Fichier original, non modifié.")
    deposer(page, altere)
    expect(page.locator("main")).to_contain_text("Ce fichier n’est pas l’original délivré ici.")
    deposer(page, archive)
    expect(page.locator("main")).to_contain_text(
        re.compile(r"Document authentique regroupant 3\scertificats")
    )


def extraire(archive: Path, dossier: Path) -> list[Path]:
    with zipfile.ZipFile(archive) as zip_:
        return [Path(zip_.extract(nom, dossier / "pdf")) for nom in zip_.namelist()]


def essayer(page: Page, nom: str, prenom: str, naissance: str) -> None:
    """Type an identity under a certificate."""
    if not page.get_by_label("Prénom", exact=True).is_visible():
        page.get_by_text("Est-ce bien le certificat de cette personne").click()
    page.get_by_label("Nom", exact=True).fill(nom)
    page.get_by_label("Prénom", exact=True).fill(prenom)
    page.get_by_label("Date de naissance", exact=True).fill(naissance)
    page.get_by_role("button", name="Vérifier cette identité").click()


def deposer(page: Page, fichier: Path) -> None:
    page.goto("/verifier")
    page.get_by_label("Fichier PDF ou zip").set_input_files(fichier)
    page.get_by_role("button", name="Vérifier ce fichier").click()
