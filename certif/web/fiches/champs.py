"""The kinds of fields: how each is read and written back. Shape only: the domain knows the rules."""

import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from certif.domaine.dates import lire_date, lire_date_facultative
from certif.domaine.erreurs import Fautes, SaisieInvalide
from certif.domaine.libelles import saisie
from certif.domaine.noms import normaliser
from certif.domaine.temps import format_date
from certif.web.entiers import ENTIER_MAX, lire_entier


@dataclass(frozen=True, slots=True, kw_only=True)
class Champ(ABC):
    """One field of a form: `nom` is posted, and is the name under which an action receives the value."""

    genre: ClassVar[str]
    nom: str
    libelle: str
    aide: str = ""
    requis: bool = True

    @abstractmethod
    def lire(self, texte: str) -> Any:
        """The value of what was typed. Raises SaisieInvalide on this field."""

    def ecrire(self, valeur: Any) -> str:
        """A value as it stands in the field."""
        return "" if valeur is None else str(valeur)

    def refuser(self, message: str) -> SaisieInvalide:
        return SaisieInvalide({self.nom: [message]})


@dataclass(frozen=True, slots=True, kw_only=True)
class Texte(Champ):
    """One line, in NFC without blanks at its ends; `maximum` counts characters."""

    genre: ClassVar[str] = "texte"
    maximum: int = 160
    type: str = "text"
    inputmode: str | None = None
    autocomplete: str = "off"

    def lire(self, texte: str) -> str:
        lu = normaliser(texte) if len(texte) <= 4 * self.maximum else texte
        if not lu and self.requis:
            raise self.refuser(saisie.CHAMP_VIDE)
        if len(lu) > self.maximum:
            raise self.refuser(saisie.trop_long(self.maximum, len(lu)))
        if any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in lu):
            raise self.refuser(saisie.NOM_CONTROLE)
        return lu


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone(Champ):
    """Several lines."""

    genre: ClassVar[str] = "zone"
    maximum: int = 2_000

    def lire(self, texte: str) -> str:
        lu = unicodedata.normalize("NFC", texte[: 4 * self.maximum]).replace("\r\n", "\n").strip()
        if not lu and self.requis:
            raise self.refuser(saisie.CHAMP_VIDE)
        if len(lu) > self.maximum or len(texte) > 4 * self.maximum:
            raise self.refuser(saisie.trop_long(self.maximum, max(len(lu), len(texte))))
        if any(unicodedata.category(c) in ("Cc", "Cs") and c != "\n" for c in lu):
            raise self.refuser(saisie.NOM_CONTROLE)
        return lu


@dataclass(frozen=True, slots=True, kw_only=True)
class Date(Champ):
    """A day, typed jj/mm/aaaa."""

    genre: ClassVar[str] = "date"

    def lire(self, texte: str) -> date | None:
        return lire_date(texte, self.nom) if self.requis else lire_date_facultative(texte, self.nom)

    def ecrire(self, valeur: Any) -> str:
        return format_date(valeur) if isinstance(valeur, date) else Champ.ecrire(self, valeur)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entier(Champ):
    """A whole number between `minimum` and `maximum`, both included."""

    genre: ClassVar[str] = "entier"
    minimum: int = 0
    maximum: int = ENTIER_MAX

    def lire(self, texte: str) -> int | None:
        ecrit = texte.strip()
        if not ecrit and not self.requis:
            return None
        lu = lire_entier(ecrit)
        if lu is None or not self.minimum <= lu <= self.maximum:
            raise self.refuser(saisie.nombre_entre(self.minimum, self.maximum))
        return lu


@dataclass(frozen=True, slots=True, kw_only=True)
class Choix(Champ):
    """One of the options, each a value and its label."""

    genre: ClassVar[str] = "choix"
    options: Sequence[tuple[str, str]] = ()

    def lire(self, texte: str) -> str | None:
        if not texte and not self.requis:
            return None
        if texte not in {valeur for valeur, _ in self.options}:
            raise self.refuser(saisie.CHOIX_A_FAIRE)
        return texte


@dataclass(frozen=True, slots=True, kw_only=True)
class Case(Champ):
    """Yes or no."""

    genre: ClassVar[str] = "case"

    def lire(self, texte: str) -> bool:
        return texte == "1"

    def ecrire(self, valeur: Any) -> str:
        return "1" if valeur else ""


def poster(champs: Sequence[Champ], formulaire: Mapping[str, str]) -> dict[str, str]:
    """What was typed in these fields, and in no other."""
    return {champ.nom: formulaire.get(champ.nom, "") for champ in champs}


def lire(champs: Sequence[Champ], saisis: Mapping[str, str]) -> dict[str, Any]:
    """The values of a form.

    Raises:
        SaisieInvalide: every field that cannot be read, with its message.
    """
    lus: dict[str, Any] = {}
    fautes = Fautes()
    for champ in champs:
        with fautes.recueillir():
            lus[champ.nom] = champ.lire(saisis.get(champ.nom, ""))
    fautes.lever()
    return lus


def ecrire(champs: Sequence[Champ], valeurs: Mapping[str, Any]) -> dict[str, str]:
    """Values as they stand in the fields."""
    return {champ.nom: champ.ecrire(valeurs.get(champ.nom)) for champ in champs}
