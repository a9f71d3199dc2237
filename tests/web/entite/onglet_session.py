"""The tab "Session" as a gestionnaire uses it: post it, read what it says."""

import html
import re
from datetime import date
from typing import Any

from werkzeug.test import TestResponse

from certif.domaine.referentiel.modeles import Plateforme
from certif.socle.base.extensions import db
from tests.support.factories import un_certificat, une_habilitation
from tests.web import arbre
from tests.web.distribution import Navigateur
from tests.web.scene import Scene

VIDE: dict[str, Any] = {
    "niveau_id": None,
    "certificat_id": None,
    "lieu_type": None,
    "code_postal": None,
    "ville": None,
    "identification": None,
    "date_fin": None,
    "formateur_id": None,
    "stagiaires": [],
}


def onglet(scene: Scene, numero: int) -> str:
    return scene.adresse(f"/sessions/{numero}/session")


def poster(scene: Scene, navigateur: Navigateur, numero: int, **champs: Any) -> TestResponse:
    """As without JavaScript: with the button that was pressed."""
    return navigateur.post(
        onglet(scene, numero), {"version": scene.version(numero), "suite": "enregistrer", **champs}
    )


def automatique(scene: Scene, navigateur: Navigateur, numero: int, **champs: Any) -> TestResponse:
    """As htmx does after a change: without any button."""
    return navigateur.htmx(onglet(scene, numero), {"version": scene.version(numero), **champs})


def options(page: str, champ: str) -> list[str]:
    return [arbre.texte(option) for option in arbre.lire(page).xpath("//select[@id=$id]//option", id=champ)]


def choisie(page: str, champ: str) -> str:
    trouvees = arbre.lire(page).xpath("//select[@id=$id]//option[@selected]", id=champ)
    return arbre.texte(trouvees[0]) if trouvees else ""


def erreur(page: str, champ: str) -> str:
    trouve = re.search(rf'id="{champ}-erreur">.*?<span>(.*?)</span>', page, re.S)
    return html.unescape(trouve[1]) if trouve else ""


def amiante(scene: Scene) -> tuple[int, int]:
    """A dispositif that requires a platform, and MAROSE's only one: niveau, platform."""
    marose = scene.troupe.marose
    certificat = un_certificat("Amiante-1", "Amiante", plateforme_requise=True)
    une_habilitation(marose.entite_id, certificat.niveau_id)
    plateforme = Plateforme(
        entite_id=marose.entite_id,
        dispositif_id=certificat.niveau.dispositif_id,
        code_postal="26800",
        ville="ETOILE SUR RHONE",
        debut=date(2020, 1, 1),
    )
    db.session.add(plateforme)
    db.session.commit()
    return certificat.niveau_id, plateforme.id
