"""A file is the original issued here, or it is not; not one byte of it is kept."""

import random
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse

from certif import rythmes
from certif.domaine.certificats.registre import empreintes
from certif.web.verification import page as vues
from tests.support.invariants import empreinte_de_la_base
from tests.web import arbre
from tests.web.distribution import Navigateur
from tests.web.lecture import Page
from tests.web.verification.conftest import NOM, Delivre

PAS_L_ORIGINAL = (
    "Ce fichier n’est pas l’original délivré ici. "
    "Un scan ou une réimpression n’est jamais reconnu : vérifiez le numéro."
)


def envoyer(navigateur: Navigateur, octets: bytes, nom: str = "certificat.pdf") -> TestResponse:
    champs = {"csrf_token": navigateur.jeton, "fichier": (BytesIO(octets), nom)}
    return navigateur.client.post("/verifier", data=champs)


def verdict(navigateur: Navigateur, octets: bytes) -> str:
    reponse = envoyer(navigateur, octets)
    assert reponse.status_code == 200
    arbre.verifier(reponse.text, "/verifier")
    assert NOM.lower() not in reponse.text.lower()
    return Page(reponse).texte.replace("\u00a0", " ")


def test_a_genuine_certificate_with_its_state(delivre: Delivre, anonyme: Navigateur) -> None:
    page = verdict(anonyme, delivre.pdf)
    assert "Valide Certificat authentique, en cours de validité jusqu’au 10/06/2028." in page
    assert "Fichier original, non modifié." in page


def test_the_original_of_a_cancelled_certificate_says_so_first(delivre: Delivre, anonyme: Navigateur) -> None:
    delivre.annuler()
    page = verdict(anonyme, delivre.pdf)
    annule = page.index("Annulé Certificat annulé le 12/06/2026")
    assert annule < page.index("Fichier original, non modifié.")
    archive = verdict(anonyme, delivre.archive)
    assert "1 certificat de cette session a été annulé : vérifiez chaque numéro." in archive


def test_the_zip_says_how_many_it_holds(delivre: Delivre, anonyme: Navigateur) -> None:
    page = verdict(anonyme, delivre.archive)
    assert "Document authentique regroupant 1 certificat, non modifié." in page
    assert "Archive (zip) des certificats d’une session" in page and "MAROSE FORMATION" in page


def test_one_altered_byte_anywhere(delivre: Delivre, anonyme: Navigateur) -> None:
    for octets in (delivre.pdf, delivre.archive):
        for place in (0, len(octets) - 1, *random.sample(range(len(octets)), 8)):
            altere = bytearray(octets)
            altere[place] ^= 1
            assert PAS_L_ORIGINAL in verdict(anonyme, bytes(altere)), place


def test_after_the_purge_and_after_the_key_was_rotated(
    delivre: Delivre, anonyme: Navigateur, horloge_a: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    horloge_a("2026-06-28T00:00:00+02:00")
    delivre.scene.dans(rythmes.purger)
    monkeypatch.setattr(empreintes, "_cles", (("nouvelle", b"n" * 32), *empreintes._cles))
    assert "Fichier original, non modifié." in verdict(anonyme, delivre.pdf)
    assert "regroupant 1 certificat" in verdict(anonyme, delivre.archive)
    marie = {"nom": NOM, "prenom": "Marie", "date_naissance": "14/02/1991"}
    assert "correspond au titulaire." in Page(anonyme.post(delivre.adresse, marie)).texte


@pytest.mark.parametrize(
    ("octets", "nom", "message"),
    [
        (b"", "vide.pdf", "Ce fichier est vide"),
        (b"", "", "Choisissez un fichier PDF"),
        (b"x", "", "Choisissez"),
    ],
)
def test_no_file_or_an_empty_one(
    delivre: Delivre, anonyme: Navigateur, octets: bytes, nom: str, message: str
) -> None:
    reponse = envoyer(anonyme, octets, nom)
    assert reponse.status_code == 422
    assert message in Page(reponse).messages["fichier"]


@pytest.mark.parametrize(
    "nom",
    [
        'x".pdf',
        "x\r\nX: y.pdf",
        "x" * 300 + ".pdf",
        "../../etc/passwd",
        "<script>alert(1)</script>.pdf",
        "\u202e",
    ],
)
def test_its_name_changes_nothing_and_is_never_shown(delivre: Delivre, anonyme: Navigateur, nom: str) -> None:
    reponse = envoyer(anonyme, delivre.pdf, nom)
    # A line break ends the header in which the name stands: then there is no file.
    assert reponse.status_code == (422 if "\n" in nom else 200)
    assert Page(reponse).dangers == [] and "passwd" not in reponse.text


def test_bodies_that_hold_no_file(delivre: Delivre, anonyme: Navigateur) -> None:
    entetes = {"X-CSRFToken": anonyme.jeton}
    for corps, genre in (
        (b"fichier=x", "application/x-www-form-urlencoded"),
        (b'{"fichier": 1}', "application/json"),
        (b"--x\r\nrien", "multipart/form-data; boundary=x"),
        (b"%PDF-1.7", "application/pdf"),
        (b"", "multipart/form-data"),
    ):
        reponse = anonyme.client.post("/verifier", data=corps, content_type=genre, headers=entetes)
        assert reponse.status_code == 422, genre


def test_nothing_of_it_is_written_anywhere(
    delivre: Delivre, anonyme: Navigateur, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Neither the database, nor the store, nor a temporary file, however large it is."""

    def interdit(*_arguments: object, **_options: object) -> None:
        raise AssertionError("a file was opened for what was sent")

    avant = delivre.scene.dans(empreinte_de_la_base)
    monkeypatch.setattr("werkzeug.formparser.default_stream_factory", interdit)
    monkeypatch.setattr("werkzeug.wrappers.request.default_stream_factory", interdit)
    gardes: list[int] = []
    vraie = FileStorage.save
    monkeypatch.setattr(FileStorage, "save", lambda *a, **k: gardes.append(1) or vraie(*a, **k))
    assert PAS_L_ORIGINAL in verdict(anonyme, b"%PDF-1.7" + b"Zorglub" * 500_000)
    assert gardes == [] and delivre.scene.dans(empreinte_de_la_base) == avant


def test_too_large_a_file_is_said_beside_its_field(
    delivre: Delivre, anonyme: Navigateur, monkeypatch: pytest.MonkeyPatch
) -> None:
    vue = delivre.scene.app.view_functions["verification.fichier"]
    monkeypatch.setattr(vue, "_taille_max", 200_000)
    assert verdict(anonyme, b"x" * 190_000)
    reponse = envoyer(anonyme, b"x" * 200_001)
    assert reponse.status_code == 413
    assert "Ce fichier dépasse 100 Mo" in Page(reponse).messages["fichier"]


def test_only_this_page_takes_such_large_files(delivre: Delivre, anonyme: Navigateur) -> None:
    assert getattr(vues.fichier, "_taille_max", None) == 100_000_000
    lourd = {"csrf_token": anonyme.jeton, "fichier": (BytesIO(b"x" * 13_000_000), "x.pdf")}
    assert anonyme.client.post("/connexion", data=lourd).status_code == 413
    assert envoyer(anonyme, b"x" * 13_000_000).status_code == 200


def test_a_page_left_open_asks_again(delivre: Delivre, anonyme: Navigateur) -> None:
    anonyme.jeton = "x"
    reponse = envoyer(anonyme, delivre.pdf)
    assert reponse.status_code == 400
    assert "Cette page était ouverte depuis trop longtemps" in reponse.text
    assert "original, non modifié" not in reponse.text
