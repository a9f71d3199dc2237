"""Fixtures of the web tests: the cast of `distribution`, and browsers."""

import pytest
from argon2 import PasswordHasher
from flask import Flask

from certif.domaine.noms import cle
from certif.domaine.personnes.modeles import Entite, Individu, Role
from certif.domaine.personnes.personnes import nouveau_timbre
from certif.socle.base.extensions import db
from tests.support.kept_database import Garde
from tests.support.moves import Troupe, reunir
from tests.web import vues_d_essai
from tests.web.distribution import DISTRIBUTION, MOT_DE_PASSE, Monde, Navigateur
from tests.web.scene import Scene


@pytest.fixture(scope="session")
def _hache() -> str:
    """The shared password, hashed at the least cost: its parameters stand in the hash."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(MOT_DE_PASSE)


@pytest.fixture
def monde(app: Flask, _hache: str) -> Monde:
    """Two entités and a person for each role, each with the same password."""
    with app.app_context():
        entites = {nom: Entite(raison_sociale=f"ENTITÉ {nom}") for nom in "AB"}
        db.session.add_all(entites.values())
        individus = {}
        for qui, (numero, adresse, roles) in DISTRIBUTION.items():
            individus[qui] = Individu(
                numero=numero,
                nom=qui,
                cle_nom=cle(qui),
                email=adresse,
                mot_de_passe=_hache,
                timbre=nouveau_timbre(),
            )
            for genre, entite in roles:
                individus[qui].roles.append(Role(type=genre, entite=entites.get(entite or "")))
        db.session.add_all(individus.values())
        db.session.commit()
        return Monde(
            app, {n: e.id for n, e in entites.items()}, {q: individu.id for q, individu in individus.items()}
        )


@pytest.fixture(scope="session")
def _troupe_gardee(tmp_path_factory: pytest.TempPathFactory) -> Garde[Troupe]:
    """The cast of `gestes`."""
    return Garde(tmp_path_factory.mktemp("troupe") / "copie.db", reunir)


@pytest.fixture
def scene(app: Flask, _hache: str, _troupe_gardee: Garde[Troupe]) -> Scene:
    """The cast of `gestes`, whose people can log in; not with `monde`."""
    with app.app_context():
        troupe = _troupe_gardee.amener()
    return Scene(app, troupe, _hache)


@pytest.fixture
def navigateur(monde: Monde) -> Navigateur:
    """A browser, nobody logged in."""
    return Navigateur(monde.app.test_client())


@pytest.fixture
def autre_navigateur(monde: Monde) -> Navigateur:
    """Another one."""
    return Navigateur(monde.app.test_client())


@pytest.fixture
def application_d_essai(application_neuve: Flask, monde: Monde) -> Flask:
    """The application with views that prove who gets where; they exist in tests only."""
    vues_d_essai.enregistrer(application_neuve)
    return application_neuve


@pytest.fixture
def gestionnaire(scene: Scene) -> Navigateur:
    return scene.navigateur(scene.troupe.gestionnaire)


@pytest.fixture
def formateur(scene: Scene) -> Navigateur:
    return scene.navigateur(scene.troupe.formateur)
