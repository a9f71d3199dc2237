"""The files: whole, named safely, for the entité alone, for fifteen days, each download recorded."""

import hashlib
import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import timedelta

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from certif.config import Config
from certif.domaine.certificats.modeles import CertificatEmis
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles_annexes import Telechargement
from certif.socle import stockage
from certif.socle.base.extensions import db
from certif.socle.horloge import aujourd_hui, maintenant
from tests.web.distribution import Navigateur
from tests.web.scene import Scene
from tests.web.test_securite import PDF_MONTRE


@pytest.fixture
def numero(scene: Scene) -> int:
    return scene.session(Etat.GENERE, reussites=2, echecs=1)


def onglet(scene: Scene, numero: int, suite: str = "") -> str:
    return scene.adresse(f"/sessions/{numero}/telechargements{suite}")


def certificats(scene: Scene, numero: int) -> list[tuple[int, str, str]]:
    """Id, SHA-256 and storage key of each certificate."""
    requete = select(CertificatEmis).filter_by(session_numero=numero).order_by(CertificatEmis.id)
    return scene.dans(
        lambda: [(c.id, c.sha256 or "", c.cle_objet or "") for c in db.session.scalars(requete)]
    )


def telechargements(scene: Scene, numero: int) -> list[int | None]:
    """What was downloaded: a certificate's id, None for the zip."""
    requete = select(Telechargement.certificat_emis_id).filter_by(session_numero=numero)
    return scene.dans(lambda: list(db.session.scalars(requete)))


def test_the_tab_says_how_many_until_when_and_that_there_is_no_duplicate(
    scene: Scene, numero: int, gestionnaire: Navigateur
) -> None:
    page = gestionnaire.get(onglet(scene, numero)).text
    dernier_jour = (maintenant() + timedelta(days=15)).strftime("%d/%m/%Y")
    assert "2\u00a0candidats ont validé la certification" in page
    assert f"(jusqu’au {dernier_jour} inclus, heure de Paris)" in page
    assert "Aucun duplicata ne sera délivré pour le niveau acteur." in page
    assert page.count("Jamais téléchargé") == 2


def test_the_zip_holds_one_pdf_per_reussite(scene: Scene, numero: int, gestionnaire: Navigateur) -> None:
    reponse = gestionnaire.get(onglet(scene, numero, "/certificats"))
    assert reponse.status_code == 200
    assert reponse.mimetype == "application/zip"
    assert int(reponse.headers["Content-Length"]) == len(reponse.data)
    with zipfile.ZipFile(io.BytesIO(reponse.data)) as archive:
        assert len(archive.namelist()) == 2


def test_a_pdf_alone_is_the_file_that_was_issued(scene: Scene, numero: int, gestionnaire: Navigateur) -> None:
    for identifiant, empreinte, _ in certificats(scene, numero):
        reponse = gestionnaire.get(onglet(scene, numero, f"/certificats/{identifiant}"))
        assert hashlib.sha256(reponse.data).hexdigest() == empreinte
        assert int(reponse.headers["Content-Length"]) == len(reponse.data)


def test_files_are_handed_over_as_attachments_that_nothing_keeps_or_guesses(
    scene: Scene, numero: int, gestionnaire: Navigateur
) -> None:
    entetes = gestionnaire.get(
        onglet(scene, numero, f"/certificats/{certificats(scene, numero)[0][0]}")
    ).headers
    assert re.fullmatch(
        r"attachment; filename=[\w-]+_SST-1_D-ALMEIDA_Joao_[0-9A-Z]+\.pdf", entetes["Content-Disposition"]
    )
    assert entetes["X-Content-Type-Options"] == "nosniff"
    assert entetes["Cache-Control"] == "no-store"
    assert "ETag" not in entetes


def test_a_range_or_a_condition_gets_the_whole_file(
    scene: Scene, numero: int, gestionnaire: Navigateur
) -> None:
    entetes = {
        "Range": "bytes=0-10",
        "If-None-Match": "*",
        "If-Modified-Since": "Sat, 01 Jan 2050 00:00:00 GMT",
    }
    reponse = gestionnaire.get(onglet(scene, numero, "/certificats"), headers=entetes)
    assert reponse.status_code == 200
    assert int(reponse.headers["Content-Length"]) == len(reponse.data)


def test_who_downloaded_what_is_shown(scene: Scene, numero: int, gestionnaire: Navigateur) -> None:
    premier = certificats(scene, numero)[0][0]
    gestionnaire.get(onglet(scene, numero, f"/certificats/{premier}"))
    page = gestionnaire.get(onglet(scene, numero)).text
    assert page.count("Jamais téléchargé") == 1
    assert "D’ALMEIDA João\u00a0: Karine PARIS, le " in page
    gestionnaire.get(onglet(scene, numero, "/certificats"))
    page = gestionnaire.get(onglet(scene, numero)).text
    assert "Jamais téléchargé" not in page
    assert "Téléchargés le" in page
    assert telechargements(scene, numero) == [premier, None]


def test_a_head_is_no_download(scene: Scene, numero: int, gestionnaire: Navigateur) -> None:
    tete = gestionnaire.client.head(onglet(scene, numero, "/certificats"))
    assert tete.status_code == 200
    assert tete.data == b""
    assert int(tete.headers["Content-Length"]) > 0
    assert telechargements(scene, numero) == []


def test_an_altered_file_is_refused_and_said_so(scene: Scene, numero: int, gestionnaire: Navigateur) -> None:
    identifiant, _, cle = certificats(scene, numero)[0]
    stockage.ecrire(cle, b"%PDF-1.7 autre chose")
    reponse = gestionnaire.get(onglet(scene, numero, f"/certificats/{identifiant}"))
    assert reponse.status_code == 503
    assert "n’est plus identique à celui qui a été délivré" in reponse.text
    assert "attachment" not in reponse.headers.get("Content-Disposition", "")
    assert telechargements(scene, numero) == []


def test_a_missing_file_is_refused_and_said_so(scene: Scene, numero: int, gestionnaire: Navigateur) -> None:
    identifiant, _, cle = certificats(scene, numero)[0]
    stockage.supprimer(cle)
    reponse = gestionnaire.get(onglet(scene, numero, f"/certificats/{identifiant}"))
    assert reponse.status_code == 503
    assert "n’est plus dans l’espace de stockage" in reponse.text and "Réessayez" not in reponse.text


def test_a_store_that_is_away_is_asked_again_later(
    scene: Scene, numero: int, gestionnaire: Navigateur, config: Config
) -> None:
    identifiant = certificats(scene, numero)[0][0]
    dossier = config.donnees / "fichiers"
    dossier.rename(config.donnees / "ailleurs")
    reponse = gestionnaire.get(onglet(scene, numero, f"/certificats/{identifiant}"))
    assert reponse.status_code == 503
    assert "ne peut pas être lu pour le moment" in reponse.text and not dossier.exists()


def test_nothing_can_be_downloaded_before_the_end_of_the_generation(
    scene: Scene, gestionnaire: Navigateur
) -> None:
    numero = scene.session(Etat.GENERATION)
    for suite in ("/certificats", f"/certificats/{certificats(scene, numero)[0][0]}"):
        reponse = gestionnaire.get(onglet(scene, numero, suite))
        assert reponse.status_code == 409
        assert "ne sont pas encore générés" in reponse.text


def test_from_the_sixteenth_day_nothing_can_be_had(scene: Scene, horloge_a: Callable[[str], None]) -> None:
    horloge_a("2022-04-11T10:00:00+02:00")
    numero = scene.session(Etat.GENERE)
    gestionnaire = scene.navigateur(scene.troupe.gestionnaire)
    horloge_a("2022-04-26T23:59:00+02:00")
    assert gestionnaire.get(onglet(scene, numero, "/certificats")).status_code == 200
    horloge_a("2022-04-27T00:00:00+02:00")
    reponse = gestionnaire.get(onglet(scene, numero, "/certificats"))
    assert reponse.status_code == 422
    assert "jusqu’au 26/04/2022 inclus" in reponse.text
    page = gestionnaire.get(onglet(scene, numero)).text
    assert "Télécharger les certificats" not in page
    assert "Aucun duplicata ne sera délivré" in page


def test_only_the_entite_reaches_the_files(scene: Scene, numero: int) -> None:
    identifiant = certificats(scene, numero)[0][0]
    for acteur in (scene.troupe.formateur, scene.troupe.etranger, scene.troupe.collegue):
        intrus = scene.navigateur(acteur)
        for suite in ("", "/certificats", f"/certificats/{identifiant}"):
            assert intrus.get(onglet(scene, numero, suite)).status_code == 404
    assert telechargements(scene, numero) == []


def test_the_certificate_of_another_session_is_not_reached_through_ones_own(
    scene: Scene, numero: int, gestionnaire: Navigateur
) -> None:
    autre = scene.session(Etat.GENERATION, date_fin=aujourd_hui() - timedelta(days=1))
    ailleurs = certificats(scene, autre)[0][0]
    for identifiant in (ailleurs, 0, 999_999, 2**31, "x", "1 OR 1=1"):
        assert gestionnaire.get(onglet(scene, numero, f"/certificats/{identifiant}")).status_code == 404


def test_a_specimen_can_be_seen_before_generating_and_proves_nothing(
    scene: Scene, gestionnaire: Navigateur
) -> None:
    numero = scene.session(Etat.VALIDATION_ENTITE, reussites=1, echecs=1)
    reussite, echec = scene.voir(numero, lambda s: [stagiaire.id for stagiaire in s.stagiaires_saisis])
    adresse = scene.adresse(f"/sessions/{numero}/stagiaires/{reussite}/apercu")
    assert f'href="{adresse}"' in gestionnaire.get(scene.adresse(f"/sessions/{numero}/stagiaires")).text
    reponse = gestionnaire.get(adresse)
    assert reponse.mimetype == "application/pdf"
    montre = reponse.headers["Content-Disposition"]
    assert montre.startswith("inline; filename=") and montre.endswith("SPECIMEN.pdf")
    assert {nom: reponse.headers[nom] for nom in PDF_MONTRE} == PDF_MONTRE
    texte = PdfReader(io.BytesIO(reponse.data)).pages[0].extract_text()
    assert "LEFÈVRE" in texte
    assert "SPÉCIMEN" in texte
    assert "verification" not in texte
    assert certificats(scene, numero) == []
    autres = [scene.adresse(f"/sessions/{numero}/stagiaires/{i}/apercu") for i in (echec, 0, 999)]
    assert {gestionnaire.get(adresse).status_code for adresse in autres} == {404}
    for acteur in (scene.troupe.formateur, scene.troupe.etranger):
        assert scene.navigateur(acteur).get(adresse).status_code == 404


def test_all_specimens_can_be_seen_together(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session(Etat.VALIDATION_ENTITE, reussites=2, echecs=1)
    adresse = scene.adresse(f"/sessions/{numero}/apercus")
    onglet = scene.adresse(f"/sessions/{numero}/stagiaires")
    page = gestionnaire.get(onglet).text
    assert f'href="{adresse}"' in page and "Aperçu des 2 certificats" in page
    reponse = gestionnaire.get(adresse)
    fin = scene.voir(numero, lambda s: s.date_fin)
    montre = f"inline; filename={fin}_SST-1_specimens_session-{numero}.pdf"
    assert (reponse.mimetype, reponse.headers["Content-Disposition"]) == ("application/pdf", montre)
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(reponse.data)).pages]
    assert [nom in page for nom, page in zip(("D’ALMEIDA", "LEFÈVRE"), pages, strict=True)] == [True, True]
    assert certificats(scene, numero) == []
    seul = scene.session(Etat.VALIDATION_ENTITE, reussites=1, echecs=1)
    assert "Aperçu des" not in gestionnaire.get(scene.adresse(f"/sessions/{seul}/stagiaires")).text
    aucun = scene.session(Etat.VALIDATION_ENTITE, reussites=0, echecs=1)
    assert gestionnaire.get(scene.adresse(f"/sessions/{aucun}/apercus")).status_code == 404


def test_there_is_no_specimen_once_the_certificates_exist(
    scene: Scene, numero: int, gestionnaire: Navigateur
) -> None:
    qui = scene.voir(numero, lambda s: s.stagiaires[0].id)
    assert gestionnaire.get(scene.adresse(f"/sessions/{numero}/stagiaires/{qui}/apercu")).status_code == 404
    assert gestionnaire.get(scene.adresse(f"/sessions/{numero}/apercus")).status_code == 404
    assert "apercu" not in gestionnaire.get(scene.adresse(f"/sessions/{numero}/stagiaires")).text


def test_the_web_process_never_loads_the_layout_engine() -> None:
    charges = "import sys, certif.application; print('xhtml2pdf' in sys.modules, 'reportlab' in sys.modules)"
    lu = subprocess.run([sys.executable, "-c", charges], capture_output=True, text=True, check=True)
    assert lu.stdout.split() == ["False", "False"]
