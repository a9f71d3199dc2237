"""Importing qualifications: sent or pasted, seen line by line, written once and only if still the same."""

from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select, update
from werkzeug.test import TestResponse

from certif.domaine.acces.modeles import SaisieConservee
from certif.domaine.acteur import TypeRole
from certif.domaine.personnes.modeles import Individu, Role
from certif.domaine.referentiel.modeles import Qualification
from certif.socle.base.extensions import db
from tests.support.factories import un_acteur, un_certificat
from tests.support.tables import REFUSES
from tests.web import arbre
from tests.web.distribution import Navigateur
from tests.web.lecture import Page
from tests.web.scene import Scene

IMPORT = "/administration/qualifications/importer"
ENTETES = "N° Forprev\tDispositif niveau\tDébut\tFin\tNom"


@pytest.fixture
def admin(scene: Scene) -> Navigateur:
    scene.dans(lambda: un_certificat("PRAP-IBC", "PRAP"))
    return scene.navigateur(scene.troupe.administrateur)


@pytest.fixture
def lignes(scene: Scene) -> str:
    """Two good lines and a wrong one, as pasted."""
    qui = scene.dans(lambda: db.session.get_one(Individu, scene.troupe.formateur.individu_id).numero)
    return "\n".join(
        (
            ENTETES,
            f"{qui}\tPRAP / 1\t01/01/2026\t31/12/2026\tRivière",
            f"{qui}\tPRAP / 1\t01/01/2027\t31/12/2027\t",
            "ZZZ99999\tPRAP / 1\t01/01/2026\t31/12/2026\tCanaride",
        )
    )


def combien(scene: Scene) -> int:
    return scene.dans(lambda: db.session.scalar(select(func.count()).select_from(Qualification)) or 0)


def envoyer(admin: Navigateur, fichier: bytes, nom: str = "x.xlsx") -> TestResponse:
    admin.get(IMPORT)
    champs = {"lignes": "", "fichier": (BytesIO(fichier), nom)}
    return admin.post(IMPORT, champs, content_type="multipart/form-data")


def caches(page: TestResponse) -> dict[str, str]:
    """What the button of the preview posts."""
    formulaire = arbre.lire(page.text).xpath('//form[contains(@action, "apercu")]')[0]
    champs = formulaire.xpath('.//input[@type="hidden" and @name != "csrf_token"]')
    return {champ.get("name"): champ.get("value") for champ in champs}


def test_pasted_lines_are_seen_then_written_once(scene: Scene, admin: Navigateur, lignes: str) -> None:
    avant = combien(scene)
    envoi = admin.post(IMPORT, {"lignes": lignes})
    assert envoi.status_code == 303 and "Canaride" not in envoi.location
    page = admin.get(envoi.location)
    assert "Ligne\u00a04" in Page(page).texte or "Ligne 4" in Page(page).texte
    assert "Aucune personne n’a ce N°" in page.text and "RIVIÈRE" not in page.text
    toutes = admin.get(f"{envoi.location}&verdict=toutes&page=99")
    assert "RIVIÈRE Stéphanie" in toutes.text and Page(toutes).dangers == []
    assert "Confirmer l’import de 2\u00a0lignes" in toutes.text
    assert combien(scene) == avant
    champs = caches(page)
    faites = [admin.post(f"{IMPORT}/apercu", champs) for _ in range(2)]
    # The preview stays as long as lines are to be corrected.
    assert [f.location for f in faites] == [envoi.location] * 2
    assert combien(scene) == avant + 2
    assert "1\u00a0ligne reste à corriger" in admin.get(envoi.location).text


def test_once_every_line_is_written_nothing_is_kept(scene: Scene, admin: Navigateur, lignes: str) -> None:
    bonnes = "\n".join(
        rangee for rangee in lignes.splitlines() if "Canaride" not in rangee and "ZZZ" not in rangee
    )
    envoi = admin.post(IMPORT, {"lignes": bonnes})
    faite = admin.post(f"{IMPORT}/apercu", caches(admin.get(envoi.location)))
    assert faite.location == "/administration/qualifications"
    assert admin.get(envoi.location).location == IMPORT
    assert scene.dans(lambda: db.session.scalars(select(SaisieConservee.id)).all()) == []


def test_the_lines_in_error_come_back_as_a_file_that_can_be_sent(
    scene: Scene, admin: Navigateur, lignes: str
) -> None:
    apercu = admin.post(IMPORT, {"lignes": lignes}).location
    fichier = admin.get(apercu.replace("/apercu", "/erreurs"))
    assert fichier.headers["Content-Disposition"] == "attachment; filename=a-corriger.xlsx"
    (feuille,) = load_workbook(BytesIO(fichier.data)).worksheets
    assert [c.value for c in feuille[2]][:6] == [
        "ZZZ99999",
        "PRAP / 1",
        "01/01/2026",
        "31/12/2026",
        "Canaride",
        None,
    ]
    assert "Aucune personne" in str(feuille["H2"].value)
    encore = admin.get(envoyer(admin, fichier.data).location)
    assert "ZZZ99999" in encore.text and "Aucune ligne n’est à importer" in encore.text
    modele = load_workbook(BytesIO(admin.get(f"{IMPORT}/modele").data))
    assert [c.value for c in modele.worksheets[0][1]][:4] == [
        "N° Forprev",
        "Dispositif niveau",
        "Début",
        "Fin",
    ]
    assert "PRAP / 1" in [ligne[0].value for ligne in modele.worksheets[1]]


def test_what_changed_in_between_is_shown_again_and_the_preview_is_its_authors(
    scene: Scene, admin: Navigateur, lignes: str
) -> None:
    avant = combien(scene)
    apercu = admin.post(IMPORT, {"lignes": lignes}).location
    champs = caches(admin.get(apercu))
    autre = scene.navigateur(scene.dans(lambda: un_acteur(TypeRole.ADMINISTRATEUR)))
    assert autre.get(apercu).location == IMPORT
    assert autre.post(f"{IMPORT}/apercu", champs).location == IMPORT
    scene.dans(
        lambda: (
            db.session.execute(update(Role).filter_by(type=TypeRole.FORMATEUR).values(actif=False)),
            db.session.commit(),
        )
    )
    refus = admin.post(f"{IMPORT}/apercu", champs)
    assert refus.status_code == 409 and "a changé depuis cet aperçu" in refus.text
    assert "n’a pas de rôle formateur actif" in refus.text
    assert combien(scene) == avant


def test_what_cannot_be_read_is_said_beside_its_field_and_kept(scene: Scene, admin: Navigateur) -> None:
    avant = combien(scene)
    for collees in (
        "",
        " ",
        "x",
        f"{ENTETES}\n",
        'a\t"b',
        "\0",
        f"{ENTETES}\n" + "x\t" * 60,
        "</textarea><b>",
    ):
        reponse = admin.post(IMPORT, {"lignes": collees})
        assert reponse.status_code == 422, collees
        assert Page(reponse).messages.keys() & {"fichier", "lignes"} and Page(reponse).dangers == []
        assert Page(reponse).valeurs["lignes"] in (collees, "\ufffd"), collees
    for fichier in (b"", b"PK\x03\x04", b"%PDF-1.7", b"<html>", b"x" * (2 * 1024 * 1024 + 1)):
        for nom in ("x.xlsx", '"\r\n' + "é" * 300):
            reponse = envoyer(admin, fichier, nom)
            assert reponse.status_code == 422 and Page(reponse).messages["fichier"], fichier[:9]
    deux = {"lignes": "x", "fichier": (BytesIO(b"x"), "x.csv")}
    assert admin.post(IMPORT, deux, content_type="multipart/form-data").status_code == 422
    assert combien(scene) == avant


@pytest.mark.parametrize("quoi", REFUSES)
def test_a_hostile_file_is_refused_beside_its_field(scene: Scene, admin: Navigateur, quoi: str) -> None:
    faire, dit = REFUSES[quoi]
    avant = combien(scene)
    reponse = envoyer(admin, faire())
    assert reponse.status_code == 422 and dit in Page(reponse).messages["fichier"]
    assert combien(scene) == avant


def test_a_row_in_error_is_seen_among_the_others(scene: Scene, admin: Navigateur, lignes: str) -> None:
    livre = Workbook()
    feuille = livre.worksheets[0]
    for rangee in lignes.splitlines()[:2]:
        feuille.append(rangee.split("\t"))
    feuille.append(["=A2", "=B2", "=C2", "=D2"])  # never computed: no spreadsheet opened it
    octets = BytesIO()
    livre.save(octets)
    page = admin.get(envoyer(admin, octets.getvalue()).location)
    assert "#FORMULE" in page.text and "import de 1 ligne" in Page(page).texte


def test_what_the_table_hides_is_named_and_written_only_when_asked_for(
    scene: Scene, admin: Navigateur, lignes: str
) -> None:
    livre = Workbook()
    feuille = livre.worksheets[0]
    feuille.title = "Qualifs"
    for rangee in lignes.splitlines()[:3]:
        feuille.append(rangee.split("\t"))
    feuille.row_dimensions[3].hidden = True
    livre.create_sheet("Ancienne").sheet_state = "hidden"
    octets = BytesIO()
    livre.save(octets)
    avant = combien(scene)

    sans = admin.get(envoyer(admin, octets.getvalue()).location)
    texte = Page(sans).texte
    assert "1 ligne masquée dans votre tableau : l’importer aussi ?" in texte
    assert "Feuille lue : « Qualifs »" in texte and "« Ancienne »" in texte
    assert "import de 1 ligne" in texte or "import d’une ligne" in texte

    (lien,) = arbre.lire(sans.text).xpath('//a[contains(., "Importer aussi ce qui est masqué")]')
    avec = admin.get(lien.get("href"))
    assert "elle est comprise" in avec.text and "import de 2 lignes" in Page(avec).texte
    admin.post(f"{IMPORT}/apercu", caches(sans))
    assert combien(scene) == avant + 1
