"""The certificate, read back from its bytes: what was asked is printed, and nothing else (R6, R7, R12)."""

import hashlib
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from certif.documents.certificat.certificat import rendre_certificat
from certif.documents.certificat.places import COURANT, FORT, ITALIQUE, TITRE
from certif.documents.donnees import DonneesCertificat
from certif.documents.erreurs import RenduImpossible
from certif.documents.rendu import moteur
from certif.documents.rendu.moteur import GABARITS

RACINE = Path(__file__).parents[3]


def texte(pdf: bytes) -> str:
    """All the text of the file, without blanks: lines may break anywhere."""
    (page,) = PdfReader(BytesIO(pdf)).pages
    return "".join(page.extract_text().split())


def sans_blancs(valeur: str) -> str:
    return "".join(valeur.split())


def test_everything_is_printed(donnees: DonneesCertificat) -> None:
    adresse = "https://certif.exemple.fr/verification/ABCD-EFGH-JKLM-NPQH"
    lu = texte(rendre_certificat(replace(donnees, adresse_verification=adresse)))
    imprimes = {cle: v for cle, v in donnees.en_json().items() if cle not in ("gabarit", "logo")}
    for valeur in imprimes.values():
        assert (
            not isinstance(valeur, str)
            or (valeur[:4].isdigit() and valeur[4] == "-")
            or sans_blancs(valeur) in lu
        )
    for attendu in (
        "né(e)le1erfévrier1980",
        "prisfinle10juin2026.",
        "Valablejusqu’au10juin2028",
        "àcompterdu10juin2026",
        "Émisle12juin2026",
        adresse,
    ):
        assert attendu in lu
    assert "None" not in lu and "qualifié" not in lu.lower()


def test_a_certificate_without_end(donnees: DonneesCertificat) -> None:
    lu = texte(rendre_certificat(replace(donnees, fin_validite=None)))
    assert "Valablesanslimitededuréeàcompterdu10juin2026" in lu
    assert "None" not in lu


@pytest.mark.parametrize(
    ("nom", "prenom"),
    [
        ("O'CONNOR", "D’Almeida--Faÿ"),
        ("ŻÓŁĆ", "Łukasz"),
        ("NGUYỄN", "Thị Hồng Ưng"),
        ("İNCİ", "ışık Ğül"),
        ("STRAẞE", "ß Œuvrard Æ"),
        ("ΠΑΠΑΔΟΠΟΎΛΟΥ", "Ελένη ΐ"),
        ("ЖАННА", "Ёлкина Їжак Ґ ў"),
        ("ʻOKINA", "Gal·la St. ʼn"),
        ("W" * 80, "W" * 80),
        ("DE LA " * 13 + "X", "Jean-" * 15 + "Jean"),
        ("MADONNA", ""),
        ("null", "CON"),
    ],
)
def test_names_of_every_kind_read_back(donnees: DonneesCertificat, nom: str, prenom: str) -> None:
    assert sans_blancs(nom + prenom) in texte(rendre_certificat(replace(donnees, nom=nom, prenom=prenom)))


def test_decomposed_letters_are_composed(donnees: DonneesCertificat) -> None:
    compose, decompose = "NGUYỄN", "NGUYE\u0302\u0303N"
    assert rendre_certificat(replace(donnees, nom=decompose)) == rendre_certificat(
        replace(donnees, nom=compose)
    )


@pytest.fixture
def ecoute() -> Iterator[socket.socket]:
    """A listening socket that nothing may reach."""
    with socket.create_server(("127.0.0.1", 0)) as serveur:
        serveur.settimeout(0.2)
        yield serveur


def test_markup_is_printed_and_nothing_is_fetched(donnees: DonneesCertificat, ecoute: socket.socket) -> None:
    adresse = f"http://127.0.0.1:{ecoute.getsockname()[1]}"
    hostiles: dict[str, Any] = {
        "nom": f'<b>Bob</b><img src="{adresse}/x">',
        "prenom": "{{7*7}}{% include '/etc/passwd' %}",
        "entite": '<pdf:include src="/etc/passwd"><script>alert(1)</script>',
        "lieu": "&lt;i&gt; &amp; &#233;",
        "formateur": '" onfocus=alert(1) x="</div></body>',
        "certificat_titre": f'</title><style>@import url("{adresse}/c");</style>',
        "certificat_libelle": f"<link href='{adresse}/l' rel=stylesheet>",
        "habilitation_numero": "--><pdf:pagenumber/>",
    }
    pdf = rendre_certificat(replace(donnees, **hostiles))
    lu = texte(pdf)
    for valeur in hostiles.values():
        assert sans_blancs(valeur) in lu
    assert "root:" not in lu
    with pytest.raises(TimeoutError):
        ecoute.accept()
    infos = PdfReader(BytesIO(pdf)).metadata
    assert infos is not None and infos.author == hostiles["entite"]


@pytest.mark.parametrize(
    "image", ["/etc/hostname", "http://127.0.0.1:9/x.png", "absente.svg", "../base.html"]
)
def test_a_resource_that_is_left_out_is_an_error(
    donnees: DonneesCertificat, image: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    gabarit = (GABARITS / "base.html").read_text(encoding="utf-8").replace("{{ cadre }}", image)
    monkeypatch.setattr(moteur._gabarits, "get_template", lambda _: moteur._gabarits.from_string(gabarit))
    with pytest.raises(RenduImpossible):
        rendre_certificat(donnees)


@pytest.mark.parametrize(
    "nom", ["李小龍", "علي", "Bob 🙂", "a\u202eb", "a\x00b", "a\nb", "a\u200bb", "e" + "\u030b" * 30]
)
def test_what_cannot_be_printed_fails_by_its_place_and_code(donnees: DonneesCertificat, nom: str) -> None:
    with pytest.raises(RenduImpossible, match=r"ne peut pas être imprimé \(titulaire\) : U\+") as refus:
        rendre_certificat(replace(donnees, nom=nom))
    assert nom not in refus.value.message


def test_a_text_that_does_not_fit_fails(donnees: DonneesCertificat) -> None:
    with pytest.raises(RenduImpossible, match=r"trop long .*\(raison sociale\)"):
        rendre_certificat(replace(donnees, entite="X" * 5000))


def test_a_value_that_does_not_read_back_fails(
    donnees: DonneesCertificat, monkeypatch: pytest.MonkeyPatch
) -> None:
    gabarit = (
        (GABARITS / "base.html")
        .read_text(encoding="utf-8")
        .replace("{{ ligne }}", "{{ 'x' if nom == 'naissance' else ligne }}")
    )
    monkeypatch.setattr(moteur._gabarits, "get_template", lambda _: moteur._gabarits.from_string(gabarit))
    with pytest.raises(RenduImpossible, match="relit"):
        rendre_certificat(donnees)


def test_a_specimen_cannot_pass_for_a_certificate(donnees: DonneesCertificat) -> None:
    adressees = replace(donnees, adresse_verification="https://certif.exemple.fr/v")
    pdf = rendre_certificat(adressees, specimen=True)
    lu = texte(pdf)
    assert "Certificatn°SPÉCIMEN" in lu
    assert "ABCD-EFGH" not in lu and "https" not in lu
    trace, sans = (
        PdfReader(BytesIO(octets)).pages[0].get_contents() for octets in (pdf, rendre_certificat(donnees))
    )
    assert trace is not None and sans is not None
    assert b".709804 .337255" in trace.get_data() and b".709804 .337255" not in sans.get_data()


def test_the_file_says_what_it_is_and_embeds_its_fonts(donnees: DonneesCertificat) -> None:
    pdf = rendre_certificat(donnees)
    lecteur = PdfReader(BytesIO(pdf))
    infos = lecteur.metadata
    assert infos is not None
    assert infos.title == "SST-1 – DUPONT-DURAND Éloïse"
    assert (infos.author, infos.subject) == ("MAROSE FORMATION", "Sauveteur secouriste du travail")
    assert infos.creation_date is not None and infos.creation_date.date() == donnees.emis_le
    assert str(lecteur.root_object["/Lang"]) == "fr"
    (page,) = lecteur.pages
    assert [round(float(cote)) for cote in page.mediabox[2:]] == [842, 595]
    ressources: Any = page["/Resources"]
    polices = {str(p.get_object()["/BaseFont"]) for p in ressources["/Font"].get_object().values()}
    assert {p.partition("+")[2] for p in polices} == {COURANT, FORT, TITRE, ITALIQUE}
    assert all("/FontFile2" in p.get_object()["/FontDescriptor"] for p in ressources["/Font"].values())
    assert len(pdf) < 66 * 1024


def test_the_same_data_give_the_same_bytes(donnees: DonneesCertificat) -> None:
    """In this process, whatever it made before, and in another one."""
    pdf = rendre_certificat(donnees)
    rendre_certificat(replace(donnees, nom="ЖАННА", emis_le=date(2026, 7, 1)), specimen=True)
    assert rendre_certificat(donnees) == pdf
    programme = (
        "import sys, json, hashlib\n"
        "from certif.documents.certificat.certificat import rendre_certificat\n"
        "from certif.documents.donnees import DonneesCertificat\n"
        "d = DonneesCertificat.de_json(json.load(sys.stdin))\n"
        "print(hashlib.sha256(rendre_certificat(d)).hexdigest())\n"
    )
    autre = subprocess.run(
        [sys.executable, "-c", programme],
        input=json.dumps(donnees.en_json()),
        env={**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": str(RACINE)},
        cwd="/",
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert autre.stdout.strip() == hashlib.sha256(pdf).hexdigest()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_worker_makes_the_same_file(donnees: DonneesCertificat) -> None:
    pdf = rendre_certificat(donnees)
    lecture, ecriture = os.pipe()
    if (enfant := os.fork()) == 0:
        try:
            os.write(ecriture, hashlib.sha256(rendre_certificat(donnees)).digest())
        finally:
            os._exit(0)
    os.close(ecriture)
    with os.fdopen(lecture, "rb") as resultat:
        assert resultat.read() == hashlib.sha256(pdf).digest()
    os.waitpid(enfant, 0)
