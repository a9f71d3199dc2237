"""R9 on the pages: the warning about a similar session betrays no session of a colleague."""

import pytest

from certif.domaine.libelles.sessions.avertissements import SESSION_SEMBLABLE
from certif.domaine.sessions.etats import Etat
from tests.web.lecture import Page
from tests.web.scene import Scene


@pytest.mark.parametrize("onglet", ["session", "formateur", "stagiaires"])
def test_the_warning_speaks_of_what_the_reader_sees(scene: Scene, onglet: str) -> None:
    sienne = scene.session(Etat.SAISIE, declarant=scene.troupe.delegataire)
    scene.session(Etat.VALIDATION_FORMATEUR, declarant=scene.troupe.collegue)
    adresse = scene.adresse(f"/sessions/{sienne}/{onglet}")
    for acteur, averti in ((scene.troupe.delegataire, False), (scene.troupe.gestionnaire, True)):
        reponse = scene.navigateur(acteur).get(adresse)
        assert reponse.status_code == 200
        assert (" ".join(SESSION_SEMBLABLE.split()) in Page(reponse).texte) is averti
