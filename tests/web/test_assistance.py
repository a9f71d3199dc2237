"""Wherever somebody is sent to the administrateur, they read how to reach them."""

from collections.abc import Iterator

import pytest
from flask import Flask

from certif.domaine.libelles import assistance
from certif.domaine.libelles.cadre_des_courriers import corps
from certif.domaine.libelles.certificats import annulation, generation
from certif.domaine.libelles.roles import roles, roles_proposes
from certif.domaine.libelles.sessions import annonces
from tests.web.scene import Scene

CONTACT = ("aide@plateforme.example", "04 75 00 00 00")


@pytest.fixture(autouse=True)
def _joignable(app: Flask) -> Iterator[None]:
    assistance.regler(*CONTACT)
    yield
    assistance.regler()


def test_every_sentence_that_sends_somebody_there_says_how() -> None:
    for dire in (
        generation.espace_insuffisant,
        generation.sceau_expire,
        generation.sceau_illisible,
        generation.fichier_altere,
        generation.generation_en_retard,
        annulation.reconstitution_en_retard,
        roles.compte_desactive,
        roles.sans_adresse,
        roles_proposes.sans_adresse,
        lambda: annonces.formateur_sans_adresse("Jean"),
    ):
        assert "l’administrateur (aide@plateforme.example, 04 75 00 00 00)" in dire()


def test_so_does_every_mail() -> None:
    assert "\nAssistance\u00a0: aide@plateforme.example, 04 75 00 00 00\n" in corps("x", "https://x.example")


def test_so_does_every_page_in_its_footer(scene: Scene) -> None:
    anonyme = scene.app.test_client()
    gestionnaire = scene.navigateur(scene.troupe.gestionnaire)
    dedans = gestionnaire.get(scene.adresse("/sessions/a-traiter"))
    for page in (anonyme.get("/connexion"), anonyme.get("/verifier"), dedans):
        assert 'href="mailto:assistance@certif.example"' in page.text
