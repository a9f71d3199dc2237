"""A session from its declaration to its certificates, by those who see it and before those who must not."""

import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from certif.documents.certificat.composition import en_lettres
from certif.domaine.temps import format_date
from certif.socle.horloge import aujourd_hui
from tests.parcours.pages import Liste, PageFormateur, groupe

MAROSE = "/entite/1"
REFERENCE = "Convention Zéphyr 118"
ROMAIN, DELEGUE = "romain@marose.example", "delegue@marose.example"
ETRANGERS = ("karine@guy.example", DELEGUE, "delegue2@marose.example")


@pytest.mark.parametrize(
    ("marque", "declarant", "js", "largeur", "largeur_formateur"),
    [
        ("Bureau", ROMAIN, True, 1280, 390),
        ("Sobre", DELEGUE, False, 1280, 390),
    ],
    ids=["bureau", "délégataire sans-js"],
)
def test_from_the_declaration_to_the_certificates(
    ouvrir: Callable[..., Page],
    tmp_path: Path,
    marque: str,
    declarant: str,
    js: bool,
    largeur: int,
    largeur_formateur: int,
) -> None:
    entite = ouvrir(declarant, js=js, largeur=largeur, accept_downloads=True)
    formateur = ouvrir("stephanie@formateurs.example", js=js, largeur=largeur_formateur)
    exclus = [ouvrir(compte) for compte in (*ETRANGERS, "admin@certif.example") if compte != declarant]
    comptes = [comptes_du_menu(page) for page in exclus]

    stagiaires = groupe(marque)

    def personne_d_autre(numero: int) -> None:
        for page in exclus:
            ne_voit_rien(page, numero)
        assert [comptes_du_menu(page) for page in exclus] == comptes

    # The declarer opens a session that ended today, with a wrong date.
    session = Liste(entite, MAROSE).aller().nouvelle_session()
    numero = session.numero
    session.remplir(date_fin=format_date(aujourd_hui() - timedelta(days=1)), reference=REFERENCE)
    session.suivant()
    session.declarer("STE10001")
    session.suivant()
    session.ajouter(stagiaires)
    for nom, prenom, _ in stagiaires:
        expect(entite.locator("#stagiaires")).to_contain_text(f"{nom.upper()}")
        expect(entite.locator("#stagiaires")).to_contain_text(prenom)
    ne_voit_rien(formateur, numero)
    personne_d_autre(numero)
    session.soumettre()
    personne_d_autre(numero)

    # The formateur returns it with a comment.
    liste = Liste(formateur, "/formateur").aller()
    expect(liste.ligne(numero)).to_contain_text("MAROSE FORMATION")
    expect(liste.ligne(numero)).to_contain_text("En cours de validation Formateur")
    PageFormateur(formateur, numero).aller().renvoyer("La session s’est terminée aujourd’hui.")
    attendre_absence(formateur, f"/formateur/sessions/{numero}")

    # The declarer reads why, corrects, submits again.
    expect(Liste(entite, MAROSE).aller().ligne(numero)).to_contain_text("À vous : corriger")
    session.aller("session")
    expect(entite.locator("#bandeaux")).to_contain_text("La session s’est terminée aujourd’hui.")
    session.remplir(reference=REFERENCE)
    session.suivant()
    if entite.get_by_text("Vérification à relancer").count():
        entite.get_by_role("button", name="Lancer la vérification").first.click()
        expect(entite.get_by_text("(STE10001) peut être déclarée")).to_be_visible()
    session.aller("stagiaires")
    session.soumettre()
    personne_d_autre(numero)

    # The formateur sees what changed, passes four and fails two.
    releve = PageFormateur(formateur, numero).aller()
    expect(formateur.get_by_text("Cette session a été corrigée")).to_be_visible()
    recus, refuses = stagiaires[:4], stagiaires[4:]
    releve.repondre(
        {prenom: "Réussite" for _, prenom, _ in recus} | {prenom: "Échec" for _, prenom, _ in refuses}
    )
    releve.envoyer()
    personne_d_autre(numero)

    # The declarer generates, waits and downloads.
    expect(Liste(entite, MAROSE).aller().ligne(numero)).to_contain_text("À vous : vérifier et générer")
    session.aller("stagiaires")
    session.choisir("Générer les certificats")
    session.attendre_les_certificats()
    expect(entite.get_by_text("4 candidats ont validé la certification")).to_be_visible()
    archive = session.telecharger(tmp_path)
    personne_d_autre(numero)
    for adresse in (
        f"{MAROSE}/sessions/{numero}/telechargements/certificats",
        f"{MAROSE}/sessions/{numero}/telechargements/dossier",
        f"/formateur/sessions/{numero}/telechargements",
    ):
        assert formateur.request.get(adresse).status == 404

    if declarant != ROMAIN:  # a gestionnaire sees what the délégataires declare
        gestionnaire = Liste(ouvrir(ROMAIN), MAROSE).aller("en-cours")
        expect(gestionnaire.ligne(numero)).to_contain_text("Certificats générés")
    verifier_archive(archive, [f"{nom.upper()}" for nom, _, _ in recus], [p for _, p, _ in recus])
    with zipfile.ZipFile(session.telecharger_le_dossier(tmp_path)) as zip_:
        proces_verbal = texte_de(zip_.read("proces-verbal.pdf"))
    assert "4 réussites, 2 échecs" in proces_verbal
    assert all(nom.upper() in proces_verbal for nom, _, _ in stagiaires)


def ne_voit_rien(page: Page, numero: int) -> None:
    """Neither its page nor any of its addresses, nor a line in a list."""
    for onglet in (
        "",
        "/session",
        "/stagiaires",
        "/telechargements",
        "/telechargements/certificats",
        "/telechargements/dossier",
        "/feuille",
        "/supprimer",
    ):
        assert page.request.get(f"{MAROSE}/sessions/{numero}{onglet}").status == 404
    for espace in ("/entite/1", "/entite/2", "/formateur"):
        for liste in ("a-traiter", "en-cours"):
            # The last sessions first: whoever had it would have it on the first page.
            reponse = page.request.get(f"{espace}/sessions/{liste}?sens=desc")
            assert reponse.status == 404 or not re.search(rf"/sessions/{numero}\b|>{numero}<", reponse.text())


def comptes_du_menu(page: Page) -> list[str]:
    """What this person's menu says of each list."""
    return re.findall(r'class="pastille[^"]*">(\d+)', page.request.get("/").text())


def attendre_absence(page: Page, adresse: str) -> None:
    assert page.request.get(adresse).status == 404


def verifier_archive(archive: Path, noms: list[str], prenoms: list[str]) -> None:
    """Exactly one PDF per réussite; its text holds the right name, and no other."""
    with zipfile.ZipFile(archive) as zip_:
        fichiers = {nom: zip_.read(nom) for nom in zip_.namelist()}
    assert len(fichiers) == len(noms)
    assert all(nom.endswith(".pdf") for nom in fichiers)
    textes = [texte_de(octets) for octets in fichiers.values()]
    for nom, prenom in zip(noms, prenoms, strict=True):
        porteurs = [texte for texte in textes if nom in texte]
        assert len(porteurs) == 1, nom
        assert prenom in porteurs[0]
        assert "MAROSE FORMATION" in porteurs[0]
        assert f"Émis le {en_lettres(aujourd_hui())}" in porteurs[0]


def texte_de(pdf: bytes) -> str:
    return " ".join("\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())
