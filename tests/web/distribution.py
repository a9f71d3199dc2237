"""A small fixed cast for the web tests, and a browser that behaves."""

import html
import re
from dataclasses import dataclass
from typing import Any

from flask import Flask, session
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from werkzeug.routing import AnyConverter, Rule
from werkzeug.test import TestResponse

from certif.domaine.acces import authentification
from certif.domaine.acces.authentification import Ouverture
from certif.domaine.acteur import TypeRole
from certif.domaine.personnes.modeles import Role
from certif.socle.base.extensions import db
from certif.web import connexion
from certif.web.presence import entrer

MOT_DE_PASSE = "un mot de passe d'essai"

# Who there is: N°, e-mail, then their roles as (type, entité).
DISTRIBUTION: dict[str, tuple[str, str, tuple[tuple[TypeRole, str | None], ...]]] = {
    "gestionnaire": ("GES10001", "gestionnaire@a.example", ((TypeRole.GESTIONNAIRE, "A"),)),
    "delegataire": ("DEL10002", "delegataire@a.example", ((TypeRole.DELEGATAIRE, "A"),)),
    "autre": ("AUT10003", "gestionnaire@b.example", ((TypeRole.GESTIONNAIRE, "B"),)),
    "formateur": ("FOR10004", "formateur@f.example", ((TypeRole.FORMATEUR, None),)),
    "double": ("DOU10005", "double@a.example", ((TypeRole.DELEGATAIRE, "A"), (TypeRole.FORMATEUR, None))),
    "cumul": ("CUM10006", "cumul@a.example", ((TypeRole.DELEGATAIRE, "A"), (TypeRole.GESTIONNAIRE, "A"))),
    "admin": ("ADM10007", "admin@c.example", ((TypeRole.ADMINISTRATEUR, None),)),
    "personne": ("PER10008", "personne@p.example", ()),
}


@dataclass
class Monde:
    """Identifiers of the cast."""

    app: Flask
    entites: dict[str, int]
    individus: dict[str, int]

    def modifier(self, genre: type[Any], identifiant: int, **valeurs: Any) -> None:
        """Change a row behind the application's back."""
        with self.app.app_context():
            for nom, valeur in valeurs.items():
                setattr(db.session.get_one(genre, identifiant), nom, valeur)
            db.session.commit()

    def role_de(self, qui: str) -> int:
        """The first role of someone."""
        with self.app.app_context():
            return (
                db.session.scalars(
                    db.select(Role.id).filter_by(individu_id=self.individus[qui]).order_by(Role.id)
                ).first()
                or 0
            )


class Navigateur:
    """A browser without JavaScript that posts the forms of its own pages."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.jeton = ""

    def get(self, adresse: str, **options: Any) -> TestResponse:
        return self._lire(self.client.get(adresse, **options))

    def post(self, adresse: str, data: Any = None, **options: Any) -> TestResponse:
        if isinstance(data, dict) or data is None:
            data = {"csrf_token": self.jeton, **(data or {})}
        return self._lire(self.client.post(adresse, data=data, **options))

    def htmx(self, adresse: str, data: Any = None) -> TestResponse:
        """The same post, by htmx."""
        return self.post(adresse, data, headers={"HX-Request": "true", "HX-Request-Type": "partial"})

    def connecter(self, qui: str, mot_de_passe: str = MOT_DE_PASSE, suivant: str = "") -> TestResponse:
        """Log in, whoever is logged in already; `jeton` is then the new login's."""
        self.rafraichir()
        champs = {"identifiant": email(qui), "mot_de_passe": mot_de_passe, "suivant": suivant}
        reponse = self.post("/connexion", champs)
        self.rafraichir()
        return reponse

    def entrer(self, identifiant: str) -> None:
        """Have them logged in, who have `MOT_DE_PASSE`, as `connecter` does, without loading its pages."""
        app = self.client.application
        with app.test_request_context("/connexion", method="POST"):
            ouverture = authentification.connecter(
                identifiant, MOT_DE_PASSE, adresse="127.0.0.1", navigateur=connexion.jeton_navigateur()
            )
            assert isinstance(ouverture, Ouverture), "they need a second factor"
            reponse = entrer(ouverture, None, "")
            self.jeton = generate_csrf()
            app.session_interface.save_session(app, session, reponse)
        for cookie in reponse.headers.getlist("Set-Cookie"):
            nom, _, valeur = cookie.partition(";")[0].partition("=")
            self.client.set_cookie(nom, valeur)

    def rafraichir(self) -> None:
        """Take the token of the present login from a page that everyone gets."""
        self.get("/page-qui-n-existe-pas")

    def cookie(self, nom: str = "certif") -> str:
        trouve = self.client.get_cookie(nom)
        return trouve.value if trouve else ""

    def _lire(self, reponse: TestResponse) -> TestResponse:
        if reponse.mimetype != "text/html":
            return reponse
        jeton = re.search(r'(?:data-jeton=|"X-CSRFToken": )"([^"]+)"', reponse.text)
        if jeton:
            self.jeton = html.unescape(jeton[1])
        return reponse


def adresse_de(app: Flask, regle: Rule) -> str:
    """An address that this route serves: 1 for a number or a text, the first of a closed list."""
    valeurs: dict[str, Any] = {
        nom: sorted(convertisseur.items)[0] if isinstance(convertisseur, AnyConverter) else 1
        for nom, convertisseur in regle._converters.items()
    }
    with app.test_request_context():
        return app.url_for(regle.endpoint, **valeurs)


def email(qui: str) -> str:
    return DISTRIBUTION[qui][1] if qui in DISTRIBUTION else qui
