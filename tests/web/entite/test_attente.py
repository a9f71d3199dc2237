"""While an outage lasts the tab says that it waits, for what, and that nothing is lost."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import update

from certif.domaine.certificats.modeles import CertificatEmis, EtatEmission
from certif.domaine.pannes.attente import attendre
from certif.domaine.pannes.modeles import Panne, SorteDePanne
from certif.domaine.sessions.etats import Etat
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import instant_reel
from tests.support.moves import porter_a
from tests.support.production import prendre_un_lot
from tests.web.distribution import Navigateur
from tests.web.scene import Scene

PARTIEL = {"HX-Request": "true", "HX-Request-Type": "partial"}
QUITTER = "la génération continue sans vous"
PERDU = "Rien n’est perdu"
PLEIN = "l’espace de stockage est plein"


def onglet(scene: Scene, numero: int) -> str:
    return scene.adresse(f"/sessions/{numero}/telechargements")


def depuis(scene: Scene, numero: int, secondes: int) -> None:
    """The click, and whatever was claimed since, are this old."""
    depart = scene.voir(numero, lambda s: s.modifiee_le)

    def vieillir() -> None:
        porter_a(numero, modifiee_le=depart - timedelta(seconds=secondes))
        with transaction():
            db.session.execute(
                update(CertificatEmis)
                .where(CertificatEmis.etat == EtatEmission.EN_COURS)
                .values(prise_a=instant_reel() - timedelta(seconds=secondes))
            )

    scene.dans(vieillir)


def en_panne(sorte: SorteDePanne) -> Callable[[], None]:
    def ouvrir() -> None:
        with transaction():
            db.session.add(Panne(sorte=sorte, debut=instant_reel()))

    return ouvrir


def qui_attend(numero: int, sorte: SorteDePanne) -> Callable[[], None]:
    def noter() -> None:
        with transaction():
            attendre(numero, sorte)

    return noter


def test_ce_que_la_production_a_rencontre_remplace_le_nom(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session(Etat.GENERATION)
    scene.dans(lambda: prendre_un_lot(numero))
    page = gestionnaire.get(onglet(scene, numero)).text
    assert "En ce moment" in page and QUITTER in page and "En attente" not in page
    scene.dans(qui_attend(numero, SorteDePanne.PLEIN))
    for entetes in ({}, PARTIEL):
        page = gestionnaire.get(onglet(scene, numero), headers=entetes).text
        assert f"En attente\u00a0: {PLEIN}" in page and PERDU in page
        assert "En ce moment" not in page and QUITTER not in page
        assert "hx-trigger" in page, "it is followed all the same"


@pytest.mark.parametrize(
    ("sorte", "mots"),
    [
        (SorteDePanne.OUVRIER, "le programme qui établit les certificats est arrêté"),
        (SorteDePanne.FILE, "la file d’attente ne répond pas"),
        (SorteDePanne.STOCKAGE, "l’espace de stockage ne répond pas"),
    ],
)
def test_dix_secondes_sans_que_rien_ne_commence(
    scene: Scene, gestionnaire: Navigateur, sorte: SorteDePanne, mots: str
) -> None:
    numero = scene.session(Etat.GENERATION)
    scene.dans(en_panne(sorte))
    assert "En attente" not in gestionnaire.get(onglet(scene, numero)).text
    depuis(scene, numero, 11)
    page = gestionnaire.get(onglet(scene, numero)).text
    assert mots in page and PERDU in page


def test_sans_panne_connue_le_silence_se_dit(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session(Etat.GENERATION)
    depuis(scene, numero, 11)
    assert "la production n’a pas encore commencé" in gestionnaire.get(onglet(scene, numero)).text
    scene.dans(lambda: prendre_un_lot(numero))
    page = gestionnaire.get(onglet(scene, numero)).text
    assert "En attente" not in page and "En ce moment" in page
    depuis(scene, numero, 20)
    page = gestionnaire.get(onglet(scene, numero)).text
    assert "la production ne donne plus signe de vie" in page and "En ce moment" not in page


def test_une_panne_ailleurs_ne_dit_rien_de_ce_qui_avance(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session(Etat.GENERATION)
    depuis(scene, numero, 60)
    scene.dans(lambda: prendre_un_lot(numero))
    scene.dans(en_panne(SorteDePanne.STOCKAGE))
    assert "En attente" not in gestionnaire.get(onglet(scene, numero)).text


def test_le_dossier_et_le_zip_attendent_aussi(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session(Etat.GENERE)
    page = gestionnaire.get(onglet(scene, numero)).text
    assert "en préparation" in page and "attend" not in page.partition("Dossier de la session")[2][:400]
    scene.dans(qui_attend(numero, SorteDePanne.PLEIN))
    page = gestionnaire.get(onglet(scene, numero)).text
    assert f"Le dossier attend\u00a0: {PLEIN}" in page and PERDU in page and "en préparation" not in page
    scene.dans(lambda: porter_a(numero, zip_sha256=None, zip_cle=None))
    assert f"Le fichier zip attend\u00a0: {PLEIN}" in gestionnaire.get(onglet(scene, numero)).text
