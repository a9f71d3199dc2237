"""Everything a certificate prints, frozen at the click of generation (R6)."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from types import NoneType
from typing import Any, Self, get_args


class DonneesPlusRecentes(ValueError):
    """A newer version of the application wrote this: it is the one that can print it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DonneesCertificat:
    """The texts and dates of one certificate, in the form that is shown everywhere else.

    `numero` is in groups, for people (R11). `nom` is in capitals; `prenom` is empty for a person with one
    name (R12). `date_fin` is F, and `debut_validite` too (R7); `fin_validite` is None for a certificat that
    has no end. `adresse_verification` is the public address that checks this number, or None without one.
    `signataire` and `signataire_qualite` say who signs for the entité, if somebody does. `nom_commercial` is
    the trade name under which it is issued, or "": `entite` holds the habilitation all the same. `logo` is
    the SHA-256 of its PNG; `logo_porte_le_nom` says that it shows the name, which is then printed small under
    it. `gabarit` is the family whose template prints it.
    """

    numero: str
    entite: str
    nom: str
    prenom: str
    date_naissance: date
    certificat_libelle: str
    certificat_titre: str
    dispositif_niveau: str
    date_fin: date
    lieu: str
    identification: str
    formateur: str
    habilitation_numero: str
    debut_validite: date
    fin_validite: date | None
    emis_le: date
    adresse_verification: str | None = None
    signataire: str = ""
    signataire_qualite: str = ""
    logo: str | None = None
    gabarit: str = "commun"
    nom_commercial: str = ""
    logo_porte_le_nom: bool = False

    @property
    def titulaire(self) -> str:
        """NOM Prénom, or the only name."""
        return f"{self.nom} {self.prenom}".strip()

    @property
    def porteur(self) -> str:
        """Under a trade name, whose it is; "" without one."""
        return nom_commercial_de(self.entite) if self.nom_commercial else ""

    def en_json(self) -> dict[str, str | bool | None]:
        """The same data for a JSON column: dates in ISO form."""
        return {cle: v.isoformat() if isinstance(v, date) else v for cle, v in asdict(self).items()}

    @classmethod
    def de_json(cls, valeurs: Mapping[str, Any]) -> Self:
        """Read back what `en_json` wrote.

        Raises:
            DonneesPlusRecentes: a field is unknown here.
            ValueError: a field is missing or malformed.
        """
        connus = {champ.name: get_args(champ.type) or (champ.type,) for champ in fields(cls)}
        if inconnus := valeurs.keys() - connus.keys():
            raise DonneesPlusRecentes(f"unknown fields: {sorted(inconnus)}")
        try:
            lues: dict[str, Any] = {cle: _lire(cle, connus[cle], v) for cle, v in valeurs.items()}
            return cls(**lues)
        except TypeError as erreur:
            raise ValueError(str(erreur)) from erreur


def nom_commercial_de(raison_sociale: str) -> str:
    """What stands under, or after, a trade name: who holds the habilitation."""
    return f"nom commercial de l’organisme {raison_sociale}"


def _lire(cle: str, genres: Collection[Any], valeur: Any) -> str | date | bool | None:
    if valeur is None and NoneType in genres:
        return None
    if bool in genres and isinstance(valeur, bool):
        return valeur
    if bool in genres or not isinstance(valeur, str):
        raise ValueError(f"{cle}: {type(valeur).__name__} instead of text")
    return date.fromisoformat(valeur) if date in genres else valeur
