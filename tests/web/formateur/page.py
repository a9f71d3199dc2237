"""The tab "Stagiaires" as a formateur uses it: read the page, answer, submit."""

import re
from dataclasses import dataclass
from typing import Any

from werkzeug.test import TestResponse

from tests.web import arbre
from tests.web.distribution import Navigateur
from tests.web.scene import Scene


def meme_code(page: str) -> str:
    """HTML without what changes from one answer to the next: spaces between lines, signed tokens."""
    return " ".join(re.sub(r'(name="csrf_token" value)="[^"]*"', r"\1", page).split())


def cochees(page: str) -> dict[int, str]:
    """The answers that the page shows, by trainee."""
    trouvees = arbre.lire(page).xpath("//input[@checked][starts-with(@name, 'resultat-')]")
    return {int(bouton.get("name").removeprefix("resultat-")): bouton.get("value") for bouton in trouvees}


def action_choisie(page: str) -> list[str]:
    """What the form would do if it were submitted now."""
    return [str(valeur) for valeur in arbre.lire(page).xpath("//input[@name='action'][@checked]/@value")]


@dataclass
class Onglet:
    """One session's tab in one browser; `version` is the one that its page showed."""

    scene: Scene
    navigateur: Navigateur
    numero: int
    version: int = 0

    def __post_init__(self) -> None:
        self.version = self.version or self.scene.version(self.numero)

    @property
    def adresse(self) -> str:
        return f"/formateur/sessions/{self.numero}"

    @property
    def stagiaires(self) -> list[int]:
        """Their ids, in the order of the page."""
        return self.scene.voir(self.numero, lambda s: [stagiaire.id for stagiaire in s.stagiaires])

    def lire(self) -> str:
        return self.navigateur.get(f"{self.adresse}/stagiaires").text

    def champs(self, *valeurs: str, **autres: Any) -> dict[str, Any]:
        """The form with these answers in turn: "reussite", "echec", or "" for none."""
        reponses = {
            f"resultat-{cle}": valeur for cle, valeur in zip(self.stagiaires, valeurs, strict=False) if valeur
        }
        return {"version": self.version, **reponses, **autres}

    def soumettre(
        self, *valeurs: str, action: str = "envoyer_resultats", htmx: bool = False, **autres: Any
    ) -> TestResponse:
        return self._poster("/stagiaires", self.champs(*valeurs, action=action, **autres), htmx)

    def enregistrer(self, *valeurs: str, geste: str = "", htmx: bool = False, **autres: Any) -> TestResponse:
        """Save the draft, or one of its gestures: "/reussites", "/annulation", "/reprise"."""
        return self._poster(f"/resultats{geste}", self.champs(*valeurs, **autres), htmx)

    def stockees(self) -> list[str | None]:
        """The answers in the database, in the order of the page."""
        return self.scene.voir(
            self.numero,
            lambda s: [stagiaire.resultat and stagiaire.resultat.value for stagiaire in s.stagiaires],
        )

    def _poster(self, suite: str, champs: dict[str, Any], htmx: bool) -> TestResponse:
        poster = self.navigateur.htmx if htmx else self.navigateur.post
        return poster(self.adresse + suite, champs)
