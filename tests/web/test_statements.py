"""What the ten requests that people make all day ask of the database: so many statements, and no more."""

from collections.abc import Callable
from typing import Any

import pytest

from certif.domaine.personnes.modeles import Individu
from certif.domaine.sessions.etats import Etat
from certif.socle.base.extensions import db
from tests.support.production import pdf_factice, rendre_par
from tests.support.statements import requetes
from tests.web.scene import Scene

Envoi = Callable[[Scene, int], dict[str, Any]]

SAISIE, CHEZ_LE_FORMATEUR = Etat.SAISIE, Etat.VALIDATION_FORMATEUR


def rien(scene: Scene, numero: int) -> dict[str, Any]:
    return {}


def onglet_session(scene: Scene, numero: int) -> dict[str, Any]:
    return {"suite": "enregistrer", "reference_interne": "M-12"}


def stagiaire(scene: Scene, numero: int) -> dict[str, Any]:
    return {"nom": "Ferrand", "prenom": "Régine", "date_naissance": "06/04/1977"}


def recherche(scene: Scene, numero: int) -> dict[str, Any]:
    formateur = scene.troupe.formateur.individu_id
    return {"numero": scene.dans(lambda: db.session.get_one(Individu, formateur).numero)}


def resultats(scene: Scene, numero: int) -> dict[str, Any]:
    ids = scene.voir(numero, lambda s: [stagiaire.id for stagiaire in s.stagiaires])
    return {"action": "envoyer_resultats"} | {f"resultat-{id_}": "reussite" for id_ in ids}


REQUETES: dict[str, tuple[int, Etat, str, Envoi | None]] = {
    "page of a session": (16, SAISIE, "/sessions/{}/session", None),
    "list à traiter": (12, SAISIE, "/sessions/a-traiter", None),
    "saving the tab Session": (24, SAISIE, "/sessions/{}/session", onglet_session),
    "adding a stagiaire": (24, SAISIE, "/sessions/{}/stagiaires", stagiaire),
    "Lancer la vérification": (31, SAISIE, "/sessions/{}/formateur", recherche),
    "Soumettre": (20, SAISIE, "/sessions/{}/actions/soumettre_au_formateur", rien),
    "page of the formateur": (11, CHEZ_LE_FORMATEUR, "/formateur/sessions/{}/stagiaires", None),
    "sending the results": (27, CHEZ_LE_FORMATEUR, "/formateur/sessions/{}/stagiaires", resultats),
    "Générer": (19, Etat.VALIDATION_ENTITE, "/sessions/{}/actions/generer", rien),
    "a download": (8, Etat.GENERE, "/sessions/{}/telechargements/certificats", None),
}
"""How many statements, the state of the session, the address, and what is posted: None to read."""


@pytest.mark.parametrize("quoi", REQUETES)
def test_so_many_statements(scene: Scene, monkeypatch: pytest.MonkeyPatch, quoi: str) -> None:
    nombre, etat, adresse, envoi = REQUETES[quoi]
    rendre_par(monkeypatch, pdf_factice)
    options = {"formateur_id": None} if quoi == "Lancer la vérification" else {}
    if quoi == "list à traiter":
        scene.session(Etat.GENERE)  # it has begun long ago: no first steps
    numero = scene.session(etat, **options)
    au_formateur = adresse.startswith("/formateur")
    troupe = scene.troupe
    navigateur = scene.navigateur(troupe.formateur if au_formateur else troupe.gestionnaire)
    ou = adresse.format(numero) if au_formateur else scene.adresse(adresse.format(numero))
    champs = None if envoi is None else {"version": scene.version(numero), **envoi(scene, numero)}
    # What a process reads once, and what a visit leaves for the next.
    navigateur.get("/formateur/" if au_formateur else scene.adresse("/"))
    with requetes() as vues:
        reponse = navigateur.get(ou) if champs is None else navigateur.htmx(ou, champs)
        assert reponse.status_code in (200, 204) and reponse.get_data() is not None
    assert len(vues) == nombre, "\n".join(" ".join(vue.split())[:200] for vue in vues)
