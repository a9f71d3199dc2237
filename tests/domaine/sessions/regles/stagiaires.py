"""People as the rules read them, without a database."""

from dataclasses import dataclass
from datetime import date

from certif.domaine.noms import cle


@dataclass(frozen=True)
class Personne:
    """A trainee, born on 01/02/1980 unless said otherwise."""

    nom: str
    prenom: str = "Marie"
    date_naissance: date | None = date(1980, 2, 1)

    @property
    def cle_nom(self) -> str:
        return cle(self.nom)

    @property
    def cle_prenom(self) -> str:
        return cle(self.prenom)
