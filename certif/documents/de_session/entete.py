"""What every document of a session says at its head, and the data of its sheet."""

from dataclasses import dataclass
from datetime import date

from certif.documents.donnees import nom_commercial_de


@dataclass(frozen=True, slots=True, kw_only=True)
class EnTete:
    """One session, in the words of its pages; a text is "" and a date None while it is not known.

    `date_fin` is F. `habilitation` and `formateur` may carry more than a number and a name: a period, a N°.
    `nom_commercial` is the trade name under which the certificates are issued.
    """

    session_numero: int
    entite: str
    dispositif_niveau: str
    certificat_libelle: str
    certificat_titre: str
    identification: str
    lieu: str
    date_fin: date | None
    formateur: str
    habilitation: str = ""
    nom_commercial: str = ""

    @property
    def organisme(self) -> list[str]:
        """Who issues it, in pieces: the trade name and whose it is, or the raison sociale."""
        if not self.nom_commercial:
            return [self.entite]
        return [f"{self.nom_commercial},", nom_commercial_de(self.entite)]

    @property
    def certificat(self) -> str:
        """`SST-1 – Sauveteur secouriste du travail`, once when both are the same."""
        if self.certificat_titre in ("", self.certificat_libelle):
            return self.certificat_libelle
        return f"{self.certificat_libelle} – {self.certificat_titre}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inscrit:
    """One trainee as displayed; without a birth date, or without a name, the sheet leaves room to write."""

    nom: str
    prenom: str
    date_naissance: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DonneesFeuille:
    """What the sheet prints; whatever the session still lacks is a blank to fill in by hand.

    `vides` rows without a name follow the trainees; `mention` is the privacy notice; `emis_le` is today.
    """

    entete: EnTete
    inscrits: tuple[Inscrit, ...]
    vides: int
    demi_journees: int
    mention: str
    emis_le: date
