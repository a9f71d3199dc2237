"""What people see of a fault: pages of the real site, asked for as whoever waits for the answer."""

from contextvars import Context
from datetime import UTC, datetime, timedelta
from functools import cache

import time_machine
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.personnes.modeles import Individu, Role
from certif.socle.base.extensions import db
from tests.support.factories import version
from tests.support.moves import lire
from tests.web.distribution import MOT_DE_PASSE, Navigateur


def gestionnaire_de(numero: int) -> Acteur:
    """Who answers for this session."""
    entite_id = lire(numero).entite_id
    requete = select(Role.individu_id).filter_by(entite_id=entite_id, type=TypeRole.GESTIONNAIRE)
    return Acteur(db.session.scalars(requete.order_by(Role.id)).all()[0], TypeRole.GESTIONNAIRE, entite_id)


def onglet_des_telechargements(app: Flask, numero: int, apres_s: int = 0) -> str:
    """That page of a session as its gestionnaire reads it so many seconds later."""
    acteur = gestionnaire_de(numero)
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=apres_s)):
        adresse = f"/entite/{acteur.entite_id}/sessions/{numero}/telechargements"
        return Personne(app, acteur).get(adresse).text


def sante(app: Flask) -> dict[str, bool]:
    """What /sante answers to anybody."""
    return dict(Context().run(lambda: app.test_client().get("/sante").get_json()))


class Personne:
    """Somebody logged in; each of their requests has a context of its own, as on the real site."""

    def __init__(self, app: Flask, acteur: Acteur) -> None:
        with app.app_context():
            elle = update(Individu).where(Individu.id == acteur.individu_id)
            email = db.session.scalar(elle.values(mot_de_passe=_hache()).returning(Individu.email))
            db.session.commit()
        self._navigateur = Navigateur(app.test_client())
        Context().run(self._navigateur.entrer, email or "")

    def get(self, adresse: str) -> TestResponse:
        return Context().run(self._navigateur.get, adresse)

    def post(self, adresse: str, champs: dict[str, int]) -> TestResponse:
        return Context().run(self._navigateur.post, adresse, champs)


class Clic:
    """A click on “Générer”, that can be made again as it was."""

    def __init__(self, app: Flask, numero: int) -> None:
        acteur = gestionnaire_de(numero)
        self._adresse = f"/entite/{acteur.entite_id}/sessions/{numero}/actions/generer"
        self._champs = {"version": version(numero)}
        db.session.rollback()
        self._personne = Personne(app, acteur)

    def __call__(self) -> TestResponse:
        return self._personne.post(self._adresse, self._champs)


@cache
def _hache() -> str:
    """The shared password, hashed at the least cost: its parameters stand in the hash."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(MOT_DE_PASSE)
