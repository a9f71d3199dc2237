"""Premiers pas on the first page, and the warning that nobody will have signed."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from certif.domaine.personnes.modeles import Entite
from certif.domaine.referentiel.modeles import Habilitation
from certif.domaine.sessions.etats import Etat
from certif.socle.base.extensions import db
from certif.socle.horloge import aujourd_hui
from tests.web import arbre
from tests.web.distribution import Navigateur
from tests.web.lecture import Page
from tests.web.scene import Scene


def liens(page: str) -> list[str]:
    """Where the steps lead, in order."""
    return [
        str(href) for href in arbre.lire(page).xpath("//section[@class='carte pile premiers-pas']//a/@href")
    ]


def changer(scene: Scene, **colonnes: object) -> None:
    def faire() -> None:
        db.session.execute(
            update(Entite).where(Entite.id == scene.troupe.marose.entite_id).values(**colonnes)
        )
        db.session.commit()

    scene.dans(faire)


def test_the_gestionnaire_is_led_to_each_page(scene: Scene, gestionnaire: Navigateur) -> None:
    def perimer() -> None:
        db.session.execute(update(Habilitation).values(fin=aujourd_hui() - timedelta(days=60)))
        db.session.commit()

    scene.dans(perimer)
    page = gestionnaire.get(scene.adresse("/sessions/a-traiter")).text
    suites = ("/informations/logo", "/informations/modifier", "/informations/apercu", "/demandes/nouvelle")
    assert liens(page) == [scene.adresse(suite) for suite in suites]
    assert "1 sur 5" in Page(gestionnaire.get(scene.adresse("/sessions/a-traiter"))).texte


def test_the_name_once_confirmed_leads_to_the_next_step(scene: Scene, gestionnaire: Navigateur) -> None:
    changer(scene, nom_confirme="")
    accueil = gestionnaire.get(scene.adresse("/"))
    assert accueil.location == scene.adresse("/informations")
    exact = gestionnaire.post(scene.adresse("/informations/nom-exact"), {"nom": "MAROSE FORMATION"})
    assert exact.location == scene.adresse("/")


def test_a_delegataire_reads_theirs_only(scene: Scene) -> None:
    delegataire = scene.navigateur(scene.troupe.delegataire)
    page = delegataire.get(scene.adresse("/sessions/a-traiter"))
    assert "0 sur 2" in Page(page).texte and liens(page.text) == []
    numero = scene.session(declarant=scene.troupe.delegataire, formateur_id=None)
    page = delegataire.get(scene.adresse("/sessions/a-traiter"))
    assert liens(page.text) == [scene.adresse(f"/sessions/{numero}")]


def test_none_elsewhere_nor_suspended_nor_once_issued(scene: Scene, gestionnaire: Navigateur) -> None:
    a_traiter = scene.adresse("/sessions/a-traiter")
    assert "Premiers pas" not in gestionnaire.get(scene.adresse("/sessions/en-cours")).text
    changer(scene, suspendue_le=aujourd_hui())
    assert "Premiers pas" not in gestionnaire.get(a_traiter).text
    changer(scene, suspendue_le=None)
    assert "Premiers pas" in gestionnaire.get(a_traiter).text
    scene.session(Etat.GENERE)
    assert "Premiers pas" not in gestionnaire.get(a_traiter).text


@pytest.mark.parametrize("signataire", ["", "Jeanne Marose"])
def test_generating_warns_that_nobody_signs_and_blocks_nothing(
    scene: Scene, gestionnaire: Navigateur, signataire: str
) -> None:
    changer(scene, signataire=signataire)
    numero = scene.session(Etat.VALIDATION_ENTITE, declarant=scene.troupe.delegataire)
    adresse = scene.adresse(f"/sessions/{numero}/actions?action=generer")
    for navigateur, ou in (
        (gestionnaire, scene.adresse("/informations/modifier")),
        (scene.navigateur(scene.troupe.delegataire), "Un gestionnaire peut l’indiquer"),
    ):
        page = navigateur.get(adresse)
        assert page.status_code == 200
        assert ("Aucun signataire ne sera imprimé." in page.text) is not bool(signataire)
        assert (ou in page.text) is not bool(signataire)
        assert f"/sessions/{numero}/actions/generer" in page.text
