"""Typed readers of environment variables; they gather problems instead of stopping at the first."""

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

_COURRIEL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_TELEPHONE = re.compile(r"\+?[0-9][0-9 .()-]{5,19}")


class Environnement:
    """Variables of the environment; blanks around a value are dropped, a blank value counts as absent."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables
        self.problemes: list[str] = []

    def refuser(self, nom: str, raison: str) -> None:
        """Note a problem; the value itself is never repeated: it may be a secret."""
        self.problemes.append(f"{nom} {raison}.")

    def texte(self, nom: str, *, obligatoire: bool = False) -> str:
        """The value, or "" (a problem when it is mandatory)."""
        valeur = self._variables.get(nom, "").strip()
        if obligatoire and not valeur:
            self.refuser(nom, "est obligatoire en production")
        return valeur

    def interdire(self, *noms: str) -> None:
        """Refuse variables that have no place in production."""
        for nom in noms:
            if self.texte(nom):
                self.refuser(nom, "est interdite en production")

    def entier(self, nom: str, *, defaut: int, minimum: int, maximum: int, obligatoire: bool = False) -> int:
        """A number between two bounds, both included."""
        valeur = self.texte(nom, obligatoire=obligatoire)
        if not valeur:
            return defaut
        if re.fullmatch(r"[0-9]{1,9}", valeur) and minimum <= int(valeur) <= maximum:
            return int(valeur)
        self.refuser(nom, f"doit être un nombre entier de {minimum} à {maximum}")
        return defaut

    def dossier(self, nom: str, defaut: Path) -> Path:
        """An absolute folder path, which may not exist yet, but can be made and written in."""
        chemin = self._chemin(nom, self.texte(nom) or defaut)
        if chemin is None:
            return defaut
        present = next(c for c in (chemin, *chemin.parents) if c.exists())
        if not present.is_dir():
            self.refuser(nom, "doit être un dossier")
        elif not os.access(present, os.W_OK | os.X_OK):
            self.refuser(nom, "doit être un dossier où écrire est permis")
        return chemin

    def fichier(self, nom: str, *, obligatoire: bool = False) -> Path | None:
        """The path of a file that exists."""
        valeur = self.texte(nom, obligatoire=obligatoire)
        if not valeur:
            return None
        chemin = self._chemin(nom, valeur)
        if chemin is not None and not chemin.is_file():
            self.refuser(nom, "doit être le chemin d’un fichier existant")
        return chemin

    def _chemin(self, nom: str, valeur: str | Path) -> Path | None:
        try:
            return Path(valeur).expanduser().absolute()
        except RuntimeError:
            self.refuser(nom, "commence par un utilisateur que cette machine ne connaît pas")
            return None

    def adresse(self, nom: str, schemas: Sequence[str], *, obligatoire: bool = False) -> str | None:
        """An address that starts with one of the schemes and names a host (or a path, for unix:)."""
        valeur = self.texte(nom, obligatoire=obligatoire)
        if not valeur:
            return None
        parties = decouper(valeur)
        if (
            parties is None
            or parties.scheme not in schemas
            or not (parties.hostname or (parties.scheme == "unix" and parties.path))
        ):
            attendus = " ou ".join(f"{schema}://" for schema in schemas)
            self.refuser(nom, f"doit être une adresse en {attendus}")
        return valeur

    def coordonnees(self, nom: str, *, obligatoire: bool = False) -> tuple[str, str] | None:
        """How to reach somebody: `mail, telephone`, or one of them; the other one is ""."""
        valeur = self.texte(nom, obligatoire=obligatoire)
        if not valeur:
            return None
        morceaux = [m.strip() for m in valeur.split(",")]
        adresses = [m for m in morceaux if _COURRIEL.fullmatch(m)]
        telephones = [m for m in morceaux if _TELEPHONE.fullmatch(m)]
        if len(adresses) > 1 or len(telephones) > 1 or len(adresses) + len(telephones) < len(morceaux):
            self.refuser(
                nom, "doit être une adresse e-mail, un téléphone, ou les deux séparés par une virgule"
            )
        return "".join(adresses[:1]), "".join(telephones[:1])


def decouper(adresse: str) -> SplitResult | None:
    """The parts of an address, or None when it has a blank, no sound port, or cannot be read."""
    if re.search(r"\s", adresse):
        return None
    try:
        parties = urlsplit(adresse)
        _ = parties.port
    except ValueError:
        return None
    return parties
