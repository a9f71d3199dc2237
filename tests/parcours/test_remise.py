"""Without a printer: codes projected, scanned from the screen or from paper, opened on a phone."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from tests.documents.images import pixels
from tests.parcours.accessibilite import a_toute_largeur
from tests.parcours.test_ecrans import GENEREE, ROMAIN, STEPHANIE
from tests.support.stack import Lance

QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
"""Else a bar code is seen in the noise of one, now and then."""


def lus(*images: bytes) -> set[str]:
    """What a phone would read of these pictures."""
    grises = (Image.open(BytesIO(image)).convert("L") for image in images)
    return {code.text for grise in grises for code in zxingcpp.read_barcodes(grise, QR)}


def cartes(page: Page) -> list[bytes]:
    """Each card as it is on the screen: a phone is held before one."""
    return [carte.screenshot() for carte in page.locator(".feuille li").all()]


def creer(page: Page) -> list[str]:
    """The codes of the generated session, as its page of codes writes them."""
    page.goto(f"/entite/1/sessions/{GENEREE}/telechargements")
    bouton = page.get_by_role("button", name="Créer les codes")
    if bouton.count():
        bouton.click()
    page.get_by_role("link", name="Projeter ou imprimer les codes").click()
    ecrits = page.locator(".feuille b")
    expect(ecrits.first).to_be_visible()
    return [re.sub(r"\s", "", ecrit) for ecrit in ecrits.all_inner_texts()]


def test_a_screen_and_a_sheet_read_alike(ouvrir: Callable[..., Page], pile: Lance, tmp_path: Path) -> None:
    page = ouvrir(ROMAIN, js=False)
    adresses = {f"{pile.url}/r?c={code}" for code in creer(page)}
    assert len(adresses) == 3
    assert lus(*cartes(page)) == adresses
    feuille = page.pdf(prefer_css_page_size=True)
    # Nearer, then farther: a reader of several codes at once may miss one at the first look.
    assert lus(pixels(feuille, tmp_path, 300), pixels(feuille, tmp_path, 200)) == adresses
    telephone = ouvrir(STEPHANIE, largeur=390)
    telephone.goto(f"/formateur/sessions/{GENEREE}/stagiaires")
    telephone.get_by_role("link", name="Montrer les codes de remise").click()
    assert lus(*cartes(telephone)) == adresses


@pytest.mark.parametrize("js", [True, False])
def test_scanned_dated_downloaded(ouvrir: Callable[..., Page], js: bool) -> None:
    entite = ouvrir(ROMAIN, js=js)
    code = creer(entite)[0]
    telephone = ouvrir(js=js, largeur=320, accept_downloads=True)
    telephone.goto(f"/r?c={code}")
    telephone.get_by_label("Votre date de naissance").fill("01011990")
    telephone.get_by_role("button", name="Ouvrir mon certificat").click()
    expect(telephone.locator("#date_naissance-erreur")).to_contain_text("n’est pas celle du titulaire")
    entite.goto(f"/entite/1/sessions/{GENEREE}/stagiaires")
    naissance = re.search(r"\d\d/\d\d/\d{4}", entite.get_by_role("row", name="BERNARD").inner_text())
    assert naissance
    telephone.get_by_label("Votre date de naissance").fill(naissance[0])
    with telephone.expect_download() as remis:
        telephone.get_by_role("button", name="Ouvrir mon certificat").click()
    assert remis.value.suggested_filename.endswith(".pdf") and remis.value.path().read_bytes()[:5] == b"%PDF-"
    expect(telephone.get_by_role("heading", level=1)).to_have_text("Votre certificat")
    entite.goto(f"/entite/1/sessions/{GENEREE}/telechargements")
    expect(entite.locator("#remise")).to_contain_text("1\u00a0certificat sur 3 a été ouvert")


def test_what_codes_open_at_every_width(ouvrir: Callable[..., Page]) -> None:
    page = ouvrir(ROMAIN)
    code = creer(page)[1]
    onglet = f"/entite/1/sessions/{GENEREE}/telechargements"
    for adresse in (page.url, onglet, f"/r?c={code}", "/r?c="):
        a_toute_largeur(page, adresse)
