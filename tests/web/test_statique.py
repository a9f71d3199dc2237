"""What is served beside the pages: one sheet in one piece, even where nothing can be prepared."""

import json
import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from urllib.parse import urljoin

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from certif.config import RACINE, Config
from certif.web import statique


def feuilles(client: FlaskClient, page: str) -> list[str]:
    return re.findall(r'<link rel="stylesheet" href="([^"]+)"', client.get(page).text)


@pytest.mark.parametrize("page", ["/connexion", "/verifier"])
def test_a_page_has_one_sheet_in_one_piece(client: FlaskClient, page: str) -> None:
    [adresse] = feuilles(client, page)
    with client.get(adresse) as reponse:
        assert "--accent:" in reponse.get_data(as_text=True)
        assert "@import" not in reponse.get_data(as_text=True)


def test_scripts_are_served_without_what_is_only_for_us(client: FlaskClient) -> None:
    [adresse] = re.findall(r'src="([^"]+certif\.js)"', client.get("/connexion").text)
    with client.get(adresse) as reponse:
        servi = reponse.get_data(as_text=True).splitlines()
    ecrit = (RACINE / "static" / "certif.js").read_text().splitlines()
    code = [ligne for ligne in ecrit if not ligne.lstrip().startswith(("/*", "* ", "*/"))]
    assert servi == code != ecrit


def test_where_nothing_can_be_written_the_sheet_is_read_part_by_part(config: Config, tmp_path: Path) -> None:
    pris = tmp_path / "pris"
    pris.write_text("not a folder")
    app = Flask(__name__, static_folder=None)
    statique.installer(app, replace(config, donnees=pris), RACINE / "static")
    client = app.test_client()
    adresse = f"{app.static_url_path}/css/certif.css"
    with client.get(adresse) as reponse:
        parties = re.findall(r'@import url\("([^"]+)"\)', reponse.get_data(as_text=True))
    assert len(parties) > 10
    for partie in parties:
        with client.get(urljoin(adresse, partie)) as reponse:
            assert reponse.status_code == 200


def test_another_file_is_another_version(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("a {}")
    avant = statique.version(tmp_path)
    assert avant == statique.version(tmp_path)
    (tmp_path / "a.css").write_text("b {}")
    assert statique.version(tmp_path) != avant


def test_the_site_can_be_installed_with_icons_of_the_sizes_that_are_said(client: FlaskClient) -> None:
    [adresse] = re.findall(r'<link rel="manifest" href="([^"]+)"', client.get("/connexion").text)
    with client.get(adresse) as reponse:
        assert reponse.mimetype == "application/manifest+json"
        manifeste = json.loads(reponse.get_data(as_text=True))
    assert manifeste["display"] == "standalone"
    assert client.get(manifeste["start_url"]).status_code in (200, 302, 303)
    for icone in manifeste["icons"]:
        with client.get(urljoin(adresse, icone["src"])) as reponse:
            largeur, hauteur = Image.open(BytesIO(reponse.get_data())).size
        assert f"{largeur}x{hauteur}" == icone["sizes"]
    assert {icone.get("purpose", "any") for icone in manifeste["icons"]} == {"any", "maskable"}


def test_the_service_of_phones_is_one_script_for_the_whole_site(
    client: FlaskClient,
) -> None:
    page = re.search(r'src="([^"]+)certif.js"', client.get("/connexion").text)
    assert page
    with client.get(f"{page[1]}telephone/service.js") as reponse:
        assert reponse.headers["Service-Worker-Allowed"] == "/"
        texte = reponse.get_data(as_text=True)
    assert not re.findall(r"^(?:import|export)\b", texte, re.MULTILINE)
    assert len(re.findall(r"^const BASE = ", texte, re.MULTILINE)) == 1
    with client.get(f"{page[1]}telephone/page.js") as reponse:
        assert "Service-Worker-Allowed" not in reponse.headers
