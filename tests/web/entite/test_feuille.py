"""The sheet to be signed: for the entité, until the results are known; whatever is missing is left blank."""

import io

import pytest
from pypdf import PdfReader

from certif.domaine.sessions.etats import Etat
from tests.support.factories import un_stagiaire
from tests.web.distribution import Navigateur
from tests.web.scene import Scene
from tests.web.test_securite import PDF_MONTRE


def adresse(scene: Scene, numero: int, suite: str = "") -> str:
    return scene.adresse(f"/sessions/{numero}/feuille{suite}")


def texte(octets: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(octets)).pages)


@pytest.mark.parametrize("etat", [Etat.SAISIE, Etat.VALIDATION_FORMATEUR])
def test_it_names_everyone_and_tells_them_why(scene: Scene, gestionnaire: Navigateur, etat: Etat) -> None:
    numero = scene.session(etat, stagiaires=[un_stagiaire(), un_stagiaire("Nguyễn", "Thị Hồng")])
    onglet = gestionnaire.get(scene.adresse(f"/sessions/{numero}/stagiaires")).text
    assert f'action="{adresse(scene, numero)}"' in onglet and "Feuille de session" in onglet
    reponse = gestionnaire.get(adresse(scene, numero, "?demi_journees=3"))
    assert reponse.status_code == 200 and reponse.mimetype == "application/pdf"
    assert reponse.headers["Content-Disposition"] == f"inline; filename=feuille_session-{numero}.pdf"
    assert {nom: reponse.headers[nom] for nom in PDF_MONTRE} == PDF_MONTRE
    lu = texte(reponse.data)
    for attendu in ("LEFÈVREHélène", "NGUYỄNThịHồng", "14/02/1991", "RIVIÈREStéphanie", "26800ETOILE"):
        assert attendu in lu
    assert "seuleuneempreintepermetensuitedelevérifier" in lu
    assert lu.count("demi-journée") == 3


def test_a_draft_that_knows_nothing_yet(scene: Scene, gestionnaire: Navigateur) -> None:
    vides = ("niveau_id", "certificat_id", "lieu_type", "code_postal", "ville", "identification", "date_fin")
    numero = scene.session(
        Etat.SAISIE,
        stagiaires=[un_stagiaire("Roux", "", date_naissance=None)],
        **dict.fromkeys((*vides, "formateur_id")),
    )
    reponse = gestionnaire.get(adresse(scene, numero))
    assert reponse.status_code == 200
    lu = texte(reponse.data)
    assert "ROUX" in lu and "None" not in lu and lu.count("demi-journée") == 4
    vide = scene.session(Etat.SAISIE, stagiaires=[])
    assert gestionnaire.get(adresse(scene, vide)).status_code == 200


@pytest.mark.parametrize("etat", [Etat.VALIDATION_ENTITE, Etat.GENERATION, Etat.GENERE])
def test_not_once_the_results_are_known(scene: Scene, gestionnaire: Navigateur, etat: Etat) -> None:
    numero = scene.session(etat)
    assert "Feuille de session" not in gestionnaire.get(scene.adresse(f"/sessions/{numero}/stagiaires")).text
    reponse = gestionnaire.get(adresse(scene, numero))
    assert reponse.status_code == 409
    assert "a envoyé les résultats" in reponse.text


@pytest.mark.parametrize("nombre", ["1", "9", "-1", "0", "", "x", "٣", "²", "4.0", "1e1", "9" * 400])
def test_two_to_eight_half_days(scene: Scene, gestionnaire: Navigateur, nombre: str) -> None:
    numero = scene.session(Etat.SAISIE)
    reponse = gestionnaire.get(adresse(scene, numero), query_string={"demi_journees": nombre})
    assert reponse.status_code == 422
    assert "de 2 à 8 demi-journées" in reponse.text


def test_never_for_a_formateur_nor_anyone_else(scene: Scene) -> None:
    numero = scene.session(Etat.VALIDATION_FORMATEUR)
    for acteur in (scene.troupe.formateur, scene.troupe.etranger, scene.troupe.collegue):
        assert scene.navigateur(acteur).get(adresse(scene, numero)).status_code == 404
