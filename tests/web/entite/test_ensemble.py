"""The overview and its workbook: the same rows, no trainee, for gestionnaires alone."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from certif.domaine.demandes.etats import EtatDemande
from certif.domaine.sessions.ensemble.mois import A_L_ECRAN
from certif.domaine.sessions.etats import Etat
from certif.socle.base.transaction import transaction
from tests.support.demandes import une_demande
from tests.support.factories import un_certificat, une_session
from tests.web import arbre
from tests.web.distribution import Navigateur
from tests.web.lecture import Page
from tests.web.scene import Scene


@pytest.fixture
def adresse(scene: Scene) -> str:
    return scene.adresse("/vue-d-ensemble")


def test_what_waits_what_ends_and_the_month(scene: Scene, gestionnaire: Navigateur, adresse: str) -> None:
    numero = scene.session(Etat.VALIDATION_FORMATEUR)
    niveau_id = scene.dans(lambda: un_certificat("CATEC-1", "CATEC").niveau_id)
    troupe = scene.troupe
    scene.dans(
        lambda: une_demande(troupe.gestionnaire, niveau_id, EtatDemande.TRANSMISE, troupe.administrateur)
    )
    page = gestionnaire.get(adresse)
    arbre.verifier(page.text, "ensemble")
    lu = Page(page).texte
    assert lu.count(f"n°{numero} ") == 2, "it waits, and is of this month"
    assert "Demande" in lu and "CATEC / 1" in lu and "RIVIÈRE Stéphanie" in lu
    assert "Aucune habilitation, ni aucune qualification" in lu


def test_the_workbook_has_the_same_rows_and_no_trainee(
    scene: Scene, gestionnaire: Navigateur, adresse: str
) -> None:
    numero = scene.session(Etat.VALIDATION_ENTITE, reference_interne='=HYPERLINK("http://x")', ville="=1+1")
    page = gestionnaire.get(adresse)
    reponse = gestionnaire.get(f"{adresse}/classeur")
    assert reponse.headers["Content-Disposition"].startswith("attachment; filename=vue-d-ensemble-")
    feuilles = load_workbook(BytesIO(reponse.data)).worksheets
    assert [f.title for f in feuilles][:2] == ["Ce qui attend", "Droits qui prennent fin"]
    cellules = [c for f in feuilles for rangee in f.iter_rows() for c in rangee]
    assert {c.data_type for c in cellules if c.value is not None} <= {"s"}, "no formula"
    textes = [str(c.value) for c in cellules]
    assert textes.count(f"Session\u00a0n°{numero}") == 2
    for nom in scene.noms(numero):
        assert nom not in page.text and not [t for t in textes if nom.upper() in t.upper()]


def test_the_workbook_has_more_of_a_full_month_than_the_page(
    scene: Scene, gestionnaire: Navigateur, adresse: str
) -> None:
    with scene.app.app_context(), transaction():
        for _ in range(A_L_ECRAN + 1):
            une_session(scene.troupe.marose, Etat.SAISIE, reussites=0)
    page = Page(gestionnaire.get(adresse)).texte
    assert "Seules les 50 premières sessions du mois sont affichées" in page
    classeur = load_workbook(BytesIO(gestionnaire.get(f"{adresse}/classeur").data))
    assert classeur.worksheets[2].max_row == 1 + A_L_ECRAN + 1


@pytest.mark.parametrize("mois", ["2026-13", "0000-00", "٢٠٢٦-٠١", "x" * 9999, "2026-1", "'", "9999-12"])
def test_a_month_that_is_none_is_this_one(gestionnaire: Navigateur, adresse: str, mois: str) -> None:
    celui_ci = Page(gestionnaire.get(adresse)).texte
    assert Page(gestionnaire.get(adresse, query_string={"mois": mois})).texte == celui_ci


def test_another_month(scene: Scene, gestionnaire: Navigateur, adresse: str) -> None:
    scene.session(Etat.SAISIE)
    lu = Page(gestionnaire.get(f"{adresse}?mois=2031-04")).texte
    assert "Sessions d’avril 2031" in lu and "Ce mois-ci" in lu
    assert "Aucune session ne se termine ce mois-ci." in lu


def test_months_lead_only_towards_sessions(scene: Scene, gestionnaire: Navigateur, adresse: str) -> None:
    def liens(suite: str = "") -> list[str]:
        page = arbre.lire(gestionnaire.get(f"{adresse}{suite}").text)
        return [arbre.texte(lien) for lien in page.xpath("//nav[@aria-label='Choisir le mois']/a")]

    assert liens() == []
    scene.session(Etat.SAISIE, date_fin=date(2031, 4, 30))
    assert liens() == ["Mois suivant"]
    assert liens("?mois=2031-03") == ["Ce mois-ci", "Mois suivant"]
    assert liens("?mois=2031-04") == ["Ce mois-ci"]
    assert liens("?mois=2031-05") == ["Mois précédent", "Ce mois-ci"]


def test_for_gestionnaires_alone(scene: Scene, adresse: str) -> None:
    for acteur in (scene.troupe.delegataire, scene.troupe.formateur, scene.troupe.etranger):
        navigateur = scene.navigateur(acteur)
        assert navigateur.get(adresse).status_code == 404
        assert navigateur.get(f"{adresse}/classeur").status_code == 404
    assert (
        "Vue d’ensemble"
        not in scene.navigateur(scene.troupe.delegataire).get(scene.adresse("/sessions/a-traiter")).text
    )
