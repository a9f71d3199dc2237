"""What a certificate says, laid out: the one description that both ways of printing follow (R6, R7, R12)."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from certif.documents.certificat.places import LIBELLE, place_de
from certif.documents.donnees import DonneesCertificat
from certif.documents.erreurs import RenduImpossible
from certif.documents.rendu.caracteres import imprimable
from certif.documents.rendu.mise_en_page import Bloc, Cadre, TropLong, composer

_EN_CLAIR = {
    "entite": "raison sociale",
    "commercial": "nom commercial",
    "porteur": "raison sociale",
    "organisme": "habilitation",
    "validite": "validité",
    "emission": "date d’émission",
    "numero": "numéro",
    "verification": "adresse de vérification",
    "qualite": "qualité du signataire",
}
_BLANCS = re.compile(r"[ \t\n\r\f]+")
MOIS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
"""As they are written on paper."""


@dataclass(frozen=True, slots=True)
class Composition:
    """One certificate: its data in composed letters, and every text at its place."""

    d: DonneesCertificat
    blocs: dict[str, Bloc]

    @property
    def titre(self) -> str:
        """Title of the file."""
        return f"{self.d.certificat_libelle} – {self.d.titulaire}"


class Compositeur:
    """Lays certificates out; what several of them share is measured once."""

    def __init__(self) -> None:
        self._connus: dict[tuple[object, ...], Bloc] = {}

    def composer(self, donnees: DonneesCertificat) -> Composition:
        """Lay one out, its title under the holder's name in size.

        Raises:
            RenduImpossible: a character cannot be printed, or a text does not fit; the place is named.
        """
        d = _en_nfc(donnees)
        dits = _textes(d)
        titulaire = self._poser("titulaire", dits["titulaire"], d, 0)
        return Composition(d, {nom: self._poser(nom, dit, d, titulaire.corps) for nom, dit in dits.items()})

    def _poser(self, nom: str, morceaux: list[str], d: DonneesCertificat, corps_du_nom: float) -> Bloc:
        plafond = corps_du_nom if nom == "titre" else 0
        cle = (nom, d.logo is None, d.logo_porte_le_nom, plafond, *morceaux)
        return self._connus.get(cle) or self._connus.setdefault(cle, self._mesurer(nom, morceaux, d, plafond))

    @staticmethod
    def _mesurer(nom: str, morceaux: list[str], d: DonneesCertificat, corps_du_nom: float) -> Bloc:
        cadre = place_de(
            nom,
            avec_logo=d.logo is not None,
            logo_porte_le_nom=d.logo_porte_le_nom,
            corps_du_nom=corps_du_nom,
        )
        return _bloc(nom, morceaux, cadre)


def _bloc(nom: str, morceaux: Sequence[str], cadre: Cadre) -> Bloc:
    en_clair = _EN_CLAIR.get(nom, nom)
    if refuses := imprimable("".join(morceaux)):
        codes = ", ".join(f"U+{ord(c):04X}" for c in refuses[:5])
        raise RenduImpossible(f"Un caractère ne peut pas être imprimé ({en_clair}) : {codes}.")
    try:
        # As the engine does, a page has one space where a text has several.
        return composer([_BLANCS.sub(" ", morceau) for morceau in morceaux], cadre)
    except TropLong as trop_long:
        raise RenduImpossible(f"Un texte est trop long pour être imprimé ({en_clair}).") from trop_long


def _en_nfc(d: DonneesCertificat) -> DonneesCertificat:
    """Composed letters: the engine sets decomposed ones beside their place."""
    composes: dict[str, Any] = {}
    for champ in fields(d):
        valeur = getattr(d, champ.name)
        if isinstance(valeur, str) and not unicodedata.is_normalized("NFC", valeur):
            composes[champ.name] = unicodedata.normalize("NFC", valeur)
    return replace(d, **composes) if composes else d


def _textes(d: DonneesCertificat) -> dict[str, list[str]]:
    """What stands at each place, in the order of reading; pieces between which a line may break."""
    debut, fin = en_lettres(d.debut_validite), d.fin_validite
    mentions = {
        "dispositif": ("Dispositif et niveau", d.dispositif_niveau),
        "certificat": ("Certificat", d.certificat_libelle),
        "identification": ("Identification", d.identification),
        "organisme": ("Habilitation", d.habilitation_numero),
        "formateur": ("Formateur", d.formateur),
        "lieu": ("Lieu de formation", d.lieu),
    }
    textes = {
        "entite": [] if d.nom_commercial else [d.entite],
        "commercial": [d.nom_commercial],
        "porteur": [d.porteur],
        "annonce": ["Certificat"],
        "titre": [d.certificat_titre],
        "remise": ["délivré à"],
        "titulaire": [d.nom, d.prenom],
        "naissance": [f"né(e) le {en_lettres(d.date_naissance)}"],
        "phrase": [
            "a satisfait aux épreuves de la session de certification "
            f"qui a pris fin le {en_lettres(d.date_fin)}."
        ],
        "validite": [f"Valable jusqu’au {en_lettres(fin)}" if fin else "Valable sans limite de durée"],
        "debut": [f"à compter du {debut}"],
        "numero": [f"Certificat n° {d.numero}"],
        "verification": [f"À vérifier sur {d.adresse_verification}"] if d.adresse_verification else [],
    }
    for nom, (libelle, valeur) in mentions.items():
        textes |= {f"{LIBELLE}{nom}": [libelle], nom: [valeur]}
    textes |= {
        "emission": [f"Émis le {en_lettres(d.emis_le)}"],
        "signataire": [d.signataire],
        "qualite": [d.signataire_qualite],
        "signature": [] if d.signataire or d.signataire_qualite else ["Nom, qualité et signature"],
    }
    return {nom: morceaux for nom, morceaux in textes.items() if any(morceaux)}


def en_lettres(jour: date) -> str:
    """A day as people say it: `1er mars 1990`."""
    return f"{'1er' if jour.day == 1 else jour.day} {MOIS[jour.month - 1]} {jour.year:04}"
