"""Screens that the demonstration does not show, judged as the others: refusals, failures, what was kept.

Each is made by the application in this process, then shown by the browser with the running one's styles.
"""

import re
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import select

from certif.domaine.acces.hachage import hacher
from certif.domaine.certificats.modeles import CertificatEmis, EtatEmission
from certif.domaine.certificats.production.certificats import produire
from certif.domaine.demandes.actions import transmettre
from certif.domaine.demandes.demande_identite import SaisieIdentite, creer, enregistrer
from certif.domaine.personnes.modeles import Entite
from certif.domaine.referentiel.modeles import Habilitation
from certif.domaine.sessions.etats import Action, Etat
from certif.socle.base.extensions import db
from tests.parcours.accessibilite import sans_faute, tient_sous_le_pouce
from tests.support.demandes import fichier
from tests.support.moves import agir, reunir
from tests.web.distribution import MOT_DE_PASSE, Navigateur
from tests.web.scene import Scene


@pytest.fixture
def scene(app: Flask) -> Scene:
    with app.app_context():
        troupe = reunir()
    return Scene(app, troupe, hacher(MOT_DE_PASSE))


def page_perimee(scene: Scene, navigateur: Navigateur) -> str:
    """409: what happened since, and beside a field what this page said."""
    numero = scene.session()
    version = scene.version(numero)
    scene.dans(lambda: agir(Action.ENREGISTRER, scene.troupe.gestionnaire, numero))
    champs = {"version": str(version), "suite": "enregistrer", "reference_interne": "La mienne"}
    return navigateur.post(scene.adresse(f"/sessions/{numero}/session"), champs).text


def saisie_refusee(scene: Scene, navigateur: Navigateur) -> str:
    """422: the summary at the top."""
    numero = scene.session()
    champs = {"version": "1", "suite": "suivant", "date_fin": "31/02/2026", "code_postal": "7500"}
    return navigateur.post(scene.adresse(f"/sessions/{numero}/session"), champs).text


def formateur_refuse(scene: Scene, navigateur: Navigateur) -> str:
    numero = scene.session(formateur_id=None)
    champs = {"version": "1", "nom": "X9", "date_naissance": "hier"}
    return navigateur.post(scene.adresse(f"/sessions/{numero}/formateur"), champs).text


def soumission_refusee(scene: Scene, navigateur: Navigateur) -> str:
    """What is left to mend, with a link to each."""
    numero = scene.session(formateur_id=None, stagiaires=[], certificat_id=None)
    adresse = scene.adresse(f"/sessions/{numero}/actions/soumettre_au_formateur")
    return navigateur.post(adresse, {"version": "1"}).text


def generation_ratee(scene: Scene, navigateur: Navigateur) -> str:
    numero = scene.session(Etat.GENERATION, reussites=3)

    def rater() -> None:
        premiere = select(CertificatEmis).filter_by(session_numero=numero).order_by(CertificatEmis.id)
        rate = db.session.scalars(premiere.limit(1)).one()
        rate.etat, rate.echecs, rate.cause = EtatEmission.ECHEC, 3, "La mise en page du certificat a échoué."
        db.session.commit()
        produire(numero)

    scene.dans(rater)
    return navigateur.get(scene.adresse(f"/sessions/{numero}/telechargements")).text


def session_bloquee(scene: Scene, navigateur: Navigateur) -> str:
    numero = scene.session(Etat.VALIDATION_ENTITE)

    def retirer() -> None:
        db.session.get_one(Habilitation, scene.troupe.marose.habilitation_id).retrait_le = date(2021, 1, 1)
        db.session.commit()

    scene.dans(retirer)
    return navigateur.get(scene.adresse(f"/sessions/{numero}/stagiaires")).text


def saisie_conservee(scene: Scene, navigateur: Navigateur) -> str:
    numero = scene.session()
    jeton = navigateur.jeton
    navigateur.post("/deconnexion")
    navigateur.jeton = jeton
    champs = {"version": "1", "niveau_id": "1", "identification": "maj", "reference_interne": "Client B"}
    connexion = navigateur.post(scene.adresse(f"/sessions/{numero}/session"), champs).location
    suivant = re.search(r'name="suivant" value="([^"]+)"', navigateur.get(connexion).text)
    assert suivant
    return scene.navigateur(scene.troupe.gestionnaire).get(suivant[1]).text


def nom_a_confirmer(scene: Scene, navigateur: Navigateur) -> str:
    """The first visit of the first gestionnaire."""

    def oublier() -> None:
        db.session.get_one(Entite, scene.troupe.marose.entite_id).nom_confirme = ""
        db.session.commit()

    scene.dans(oublier)
    return navigateur.get(scene.adresse("/informations")).text


def identite_refusee(scene: Scene, navigateur: Navigateur) -> str:
    """Another name is for a demande, which is offered."""
    adresse = scene.adresse("/informations/modifier")
    marque = re.search(r'name="marque" value="(\w+)"', navigateur.get(adresse).text)
    assert marque
    return navigateur.post(adresse, {"marque": marque[1], "raison_sociale": "INRS"}).text


def nom_a_admettre(scene: Scene, _: Navigateur) -> str:
    """The administrateur reads whose name it is, and may admit it."""

    def demander() -> int:
        qui, souhaits = scene.troupe.gestionnaire, {"raison_sociale": "Formation-Guy"}
        demande_id = creer(qui, "j" * 43)
        enregistrer(qui, demande_id, 1, SaisieIdentite(souhaits, "", (fichier(),)))
        transmettre(qui, demande_id, 2)
        return demande_id

    adresse = f"/administration/demandes/{scene.dans(demander)}"
    admin = scene.navigateur(scene.troupe.administrateur)
    return admin.post(adresse, {"version": "3", "action": "accepter"}).text


RARES: dict[Callable[[Scene, Navigateur], str], str] = {
    page_perimee: "La session a changé pendant que cette page était ouverte",
    saisie_refusee: "2 informations sont à corriger",
    formateur_refuse: "informations sont à corriger",
    soumission_refusee: "points restent à régler",
    generation_ratee: "n’a pas pu être généré",
    session_bloquee: "Bloquée",
    saisie_conservee: "Votre saisie a été conservée",
    nom_a_confirmer: "C’est exact",
    identite_refusee: "Demander une correction",
    nom_a_admettre: "Admettre ce nom",
}


@pytest.mark.parametrize("ecran", RARES, ids=lambda ecran: ecran.__name__)
def test_a_rare_screen(
    ouvrir: Callable[..., Page], scene: Scene, ecran: Callable[[Scene, Navigateur], str]
) -> None:
    html = ecran(scene, scene.navigateur(scene.troupe.gestionnaire))
    assert RARES[ecran] in html
    page = ouvrir("", largeur=1280)
    page.route("**/rare", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    page.goto("/rare")
    sans_faute(page)
    page.set_viewport_size({"width": 320, "height": 640})
    sans_faute(page)
    tient_sous_le_pouce(page)
