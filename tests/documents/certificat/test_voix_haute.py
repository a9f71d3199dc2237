"""The certificate read aloud: its language, its title, its texts in order, whichever way it was printed."""

import re
import shutil
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from certif.documents.certificat.certificat import rendre_certificat
from certif.documents.certificat.composition import Compositeur
from certif.documents.certificat.fabrique import Fabrique
from certif.documents.donnees import DonneesCertificat
from tests.support.servers import absent

ADRESSE = "https://certif.example/v/ABCDEFGHJKLMNPQH"


def lu(pdf: bytes, dossier: Path) -> list[str]:
    """What a screen reader is told, text by text; what is not tagged is not there."""
    if not shutil.which("pdfinfo"):
        absent("pdfinfo (poppler)")
    fichier = dossier / "certificat.pdf"
    fichier.write_bytes(pdf)
    sortie = subprocess.run(
        ["pdfinfo", "-struct-text", str(fichier)], capture_output=True, text=True, check=True, timeout=30
    ).stdout
    return [ligne.strip()[1:-1] for ligne in sortie.splitlines() if ligne.strip().startswith('"')]


@pytest.fixture(params=["rapide", "arbitre"])
def facon(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def imprimer(d: DonneesCertificat, facon: str) -> bytes:
    if facon == "arbitre":
        return rendre_certificat(d)
    voisin = replace(d, nom="MARTIN", numero="ABCD-EFGH-JKLM-NPQR", adresse_verification=f"{ADRESSE[:-1]}R")
    fabrique = Fabrique([d, voisin], None, None)
    pdf = fabrique.faire(d).octets
    assert fabrique.rapides == 1
    return pdf


def test_it_is_read_in_the_order_of_the_page(donnees: DonneesCertificat, facon: str, tmp_path: Path) -> None:
    assert lu(imprimer(replace(donnees, adresse_verification=ADRESSE), facon), tmp_path) == [
        "MAROSE FORMATION",
        "Certificat",
        "Sauveteur secouriste du travail",
        "délivré à",
        "DUPONT-DURAND Éloïse",
        "né(e) le 1er février 1980",
        "a satisfait aux épreuves de la session de certification qui a pris fin le 10 juin 2026.",
        "Valable jusqu’au 10 juin 2028",
        "à compter du 10 juin 2026",
        "Certificat n° ABCD-EFGH-JKLM-NPQH",
        f"À vérifier sur {ADRESSE}",
        *("Dispositif et niveau", "SST / 1"),
        *("Certificat", "SST-1"),
        *("Identification", "Stage initial"),
        *("Habilitation", "H-2026-0042"),
        *("Formateur", "DUPONT Stéphanie"),
        *("Lieu de formation", "26800 ETOILE SUR RHONE"),
        "Émis le 12 juin 2026",
        "Romain MAROSE",
        "Directeur",
    ]


@pytest.mark.parametrize(
    ("nom", "prenom"),
    [
        ("DE LA ROCHEFOUCAULD-MONTMORENCY", "Marie-Antoinette Joséphine"),
        ("W" * 80, "Jean-" * 15 + "Jean"),
        ("ПАПАДОПУЛОВ ЖАННА ЁЛКИНА ЇЖАК", "Ἀναστασία Παπαδοπούλου Ελένη Łukasz Nguyễn"),
    ],
)
def test_a_name_on_several_lines_is_read_whole(
    donnees: DonneesCertificat, nom: str, prenom: str, facon: str, tmp_path: Path
) -> None:
    d = replace(donnees, nom=nom, prenom=prenom, adresse_verification=ADRESSE)
    assert len(Compositeur().composer(d).blocs["titulaire"].lignes) > 1
    assert d.titulaire in lu(imprimer(d, facon), tmp_path)


@pytest.mark.parametrize("texte", ["BT /F1 12 Tf 12 TL ET", "rue /F9+9 99 Tf " * 8, "(A \\) B  T* (C) Tj ET"])
def test_what_looks_like_an_operator_is_read_as_it_is(
    donnees: DonneesCertificat, texte: str, facon: str, tmp_path: Path
) -> None:
    dits = lu(imprimer(replace(donnees, lieu=texte, entite=texte), facon), tmp_path)
    assert sum(" ".join(texte.split()) in dit for dit in dits) == 2


def test_no_face_is_named_that_the_file_lacks(donnees: DonneesCertificat, facon: str) -> None:
    page: Any = PdfReader(BytesIO(imprimer(donnees, facon))).pages[0]
    nommees = set(re.findall(rb"(/F[\d+]+) [\d.]+ Tf", page.get_contents().get_data()))
    assert nommees == {nom.encode() for nom in page["/Resources"]["/Font"]}


def test_the_address_of_verification_is_a_link(donnees: DonneesCertificat, facon: str) -> None:
    pdf = imprimer(replace(donnees, adresse_verification=ADRESSE), facon)
    annotations: Any = PdfReader(BytesIO(pdf)).pages[0]["/Annots"]
    liens = [a.get_object() for a in annotations if a.get_object().get("/Subtype") == "/Link"]
    assert [lien["/A"]["/URI"] for lien in liens] == [ADRESSE]


def test_without_an_address_there_is_no_link(donnees: DonneesCertificat) -> None:
    annotations: Any = PdfReader(BytesIO(rendre_certificat(donnees))).pages[0]["/Annots"]
    assert [a.get_object()["/Subtype"] for a in annotations] == ["/Widget"]


def test_the_file_says_its_language_and_its_title(donnees: DonneesCertificat, facon: str) -> None:
    lecteur = PdfReader(BytesIO(imprimer(replace(donnees, adresse_verification=ADRESSE), facon)))
    catalogue: Any = lecteur.root_object
    assert (catalogue["/Lang"], catalogue["/MarkInfo"]["/Marked"]) == ("fr", True)
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    assert lecteur.metadata is not None
    assert lecteur.metadata.title == "SST-1 – DUPONT-DURAND Éloïse"
