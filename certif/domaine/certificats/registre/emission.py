"""What an issued certificate says of itself, and what that has become since: one place for all (R15).

Every page, file check, mail and document takes its words from here, whoever it is written for.
"""

from dataclasses import dataclass

from certif.domaine.libelles.certificats import verification as textes


@dataclass(frozen=True, slots=True)
class Imprime:
    """A value as the paper says it, for ever, and as it is today."""

    texte: str
    actuel: str

    @property
    def devenu(self) -> str:
        """`(aujourd'hui INRS)`; "" while nothing has changed."""
        return "" if self.actuel == self.texte else textes.aujourd_hui(self.actuel)

    def __str__(self) -> str:
        return f"{self.texte} {self.devenu}".rstrip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Emission:
    """Who issued a certificate, under which habilitation, and what it certifies; nobody's name.

    `nom_commercial` is the trade name that was printed, or ""; `distinction`, what tells this entité from
    another of the same name, or "".
    """

    raison_sociale: Imprime
    nom_commercial: str
    distinction: str = ""
    habilitation: Imprime
    libelle: Imprime
    titre: Imprime

    @property
    def delivre_par(self) -> str:
        """`MAROSE FORMATION (sous le nom commercial MAROSE SÉCURITÉ)`, as printed."""
        return textes.delivre_par(self.raison_sociale.texte, self.nom_commercial)

    @property
    def emetteur(self) -> str:
        """Whom to ask: `MAROSE FORMATION (aujourd'hui INRS)`."""
        return str(self.raison_sociale)

    @property
    def precision_de_l_emetteur(self) -> str:
        """What stands after who issued it: what tells it from its namesakes, and what it is called today."""
        return " ".join(filter(None, (self.distinction, self.raison_sociale.devenu)))

    @property
    def precision_du_certificat(self) -> str:
        """What stands after the title: the label where it says something else, and what they became."""
        if self.libelle.texte == self.titre.texte:
            return self.titre.devenu or self.libelle.devenu
        return f"{self.libelle} {self.titre.devenu}".rstrip()
