"""One form posted again and again with whatever people and machines type."""

from typing import Any

from werkzeug.test import TestResponse

from tests.support.invariants import empreinte_de_la_base
from tests.web.distribution import Navigateur
from tests.web.lecture import Page
from tests.web.scene import Scene

LEFEVRE: dict[str, Any] = {"nom": "Lefèvre", "prenom": "Hélène", "date_naissance": "14/02/1991"}


class Formulaire:
    """One form posted again and again: `refuser` and `accepter` gather what is not as it should be."""

    def __init__(self, scene: Scene, navigateur: Navigateur, numero: int, adresse: str, **reste: str) -> None:
        self.scene, self.navigateur, self.numero, self.adresse = scene, navigateur, numero, adresse
        self.reste = reste
        self.ecarts: list[str] = []

    def poster(self, **champs: Any) -> TestResponse:
        return self.navigateur.post(
            self.adresse, {"version": self.scene.version(self.numero), **self.reste, **champs}
        )

    def refuser(
        self, champ: str, saisi: str, message: str = "", *, cle: str = "", gardee: bool = True, **reste: Any
    ) -> None:
        """`saisi` in `champ` must come back refused; `cle` is the control's id when it is not its name."""
        cle = cle or champ
        avant = self.scene.dans(empreinte_de_la_base)
        reponse = self.poster(**{**reste, champ: saisi})
        page = Page(reponse)
        dit = page.messages.get(cle, "")
        self._noter(saisi, reponse.status_code == 422, f"status {reponse.status_code}")
        self._noter(saisi, _a_plat(message) in _a_plat(dit) and bool(dit), f"said: {dit[:120]!r}")
        if gardee:
            self._noter(saisi, page.valeurs.get(cle) == saisi, f"kept: {page.valeurs.get(cle, '')[:60]!r}")
        self._noter(saisi, not page.dangers, f"dangers: {page.dangers}")
        self._noter(saisi, self.scene.dans(empreinte_de_la_base) == avant, "something was written")

    def accepter(self, champ: str, saisi: str, **reste: Any) -> TestResponse:
        reponse = self.poster(**{**reste, champ: saisi})
        self._noter(saisi, reponse.status_code == 303, f"status {reponse.status_code}")
        return reponse

    def _noter(self, saisi: str, bien: bool, ecart: str) -> None:
        if not bien:
            self.ecarts.append(f"{saisi[:40]!r}: {ecart}")


def _a_plat(texte: str) -> str:
    """Words only: one kind of space, one kind of apostrophe."""
    return " ".join(texte.replace("’", "'").split())


def formulaire_stagiaire(scene: Scene, navigateur: Navigateur, numero: int) -> Formulaire:
    return Formulaire(scene, navigateur, numero, scene.adresse(f"/sessions/{numero}/stagiaires"), **LEFEVRE)


def formulaire_session(scene: Scene, navigateur: Navigateur, numero: int) -> Formulaire:
    adresse = scene.adresse(f"/sessions/{numero}/session")
    return Formulaire(scene, navigateur, numero, adresse, suite="enregistrer")
