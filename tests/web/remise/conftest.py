"""A session with codes, a holder's telephone."""

from datetime import date

import pytest
from sqlalchemy import update

from certif.domaine.certificats.remise import codes
from certif.domaine.certificats.remise.gestion import creer_les_codes
from certif.domaine.certificats.remise.lectures import cartes
from certif.domaine.personnes.modeles import Entite
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.valeurs import Resultat
from certif.socle.base.extensions import db
from tests.support.factories import un_stagiaire
from tests.support.production import pdf_factice, rendre_par
from tests.web.distribution import Navigateur
from tests.web.remise.remises import NOM, Remises
from tests.web.scene import Scene


@pytest.fixture
def remises(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Remises:
    """Marie's and Mehdi's certificates, with a code each; their organisation gave a contact."""
    rendre_par(monkeypatch, pdf_factice)
    stagiaires = [
        un_stagiaire(NOM, "Marie", date(1991, 2, 14), Resultat.REUSSITE),
        un_stagiaire("Zorglubon", "Mehdi", date(1984, 5, 3), Resultat.REUSSITE),
    ]
    numero = scene.session(Etat.GENERE, stagiaires=stagiaires, declarant=scene.troupe.delegataire)

    def creer() -> list[str]:
        db.session.execute(update(Entite).values(email="contact@marose.example", telephone="04 75 00 00 00"))
        db.session.commit()
        creer_les_codes(scene.troupe.gestionnaire, numero)
        return [carte.code for carte in cartes(scene.troupe.gestionnaire, numero)]

    faits = scene.dans(creer)
    assert all(len(code) == codes.LONGUEUR for code in faits)
    return Remises(scene, numero, *faits)


@pytest.fixture
def telephone(scene: Scene) -> Navigateur:
    """A browser that never came here."""
    return Navigateur(scene.app.test_client())
