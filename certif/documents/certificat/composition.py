"""What a certificate says, laid out: the one description that both ways of printing follow (R6, R7, R12)."""

import unicodedata
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from certif.documents.certificat.places import place_de
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
        self._connus: dict[tuple[str, tuple[str, ...], Cadre], Bloc] = {}

    def composer(self, donnees: DonneesCertificat) -> Composition:
        """Lay one out, its title under the holder's name in size.

        Raises:
            RenduImpossible: a character cannot be printed, or a text does not fit; the place is named.
        """
        d = _en_nfc(donnees)
        blocs: dict[str, Bloc] = {}
        for nom, morceaux in _textes(d).items():
            corps_du_nom = blocs["titulaire"].corps if "titulaire" in blocs else 0
            cadre = place_de(nom, avec_logo=d.logo is not None, corps_du_nom=corps_du_nom)
            cle = (nom, tuple(morceaux), cadre)
            if cle not in self._connus:
                self._connus[cle] = _bloc(*cle)
            blocs[nom] = self._connus[cle]
        return Composition(d, blocs)


def _bloc(nom: str, morceaux: tuple[str, ...], cadre: Cadre) -> Bloc:
    en_clair = _EN_CLAIR.get(nom, nom)
    if refuses := imprimable("".join(morceaux)):
        codes = ", ".join(f"U+{ord(c):04X}" for c in refuses[:5])
        raise RenduImpossible(f"Un caractère ne peut pas être imprimé ({en_clair}) : {codes}.")
    try:
        return composer(morceaux, cadre)
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
    """What stands at each place, in pieces between which a line may break."""
    fin = f"au {jour(d.fin_validite)}" if d.fin_validite else "sans limite de durée"
    textes = {
        "entite": [] if d.nom_commercial else [d.entite],
        "commercial": [d.nom_commercial],
        "porteur": [d.porteur],
        "titulaire": [d.nom, d.prenom],
        "titre": [d.certificat_titre],
        "naissance": [f"né(e) le {jour(d.date_naissance)}"],
        "phrase": [
            f"a satisfait aux épreuves de la session de certification qui a pris fin le {jour(d.date_fin)}."
        ],
        "dispositif": [d.dispositif_niveau],
        "certificat": [d.certificat_libelle],
        "identification": [d.identification],
        "lieu": [d.lieu],
        "organisme": [d.habilitation_numero],
        "formateur": [d.formateur],
        "validite": [f"{'Du' if d.fin_validite else 'À compter du'} {jour(d.debut_validite)}", fin],
        "emission": [jour(d.emis_le)],
        "signataire": [d.signataire],
        "qualite": [d.signataire_qualite],
        "numero": [f"Certificat n° {d.numero}"],
        "verification": [f"À vérifier sur {d.adresse_verification}"] if d.adresse_verification else [],
    }
    return {nom: morceaux for nom, morceaux in textes.items() if any(morceaux)}


def jour(valeur: date) -> str:
    """A day as people write it: `10/06/2026`."""
    return f"{valeur.day:02}/{valeur.month:02}/{valeur.year:04}"
