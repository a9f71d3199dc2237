"""One certificate from its frozen data: laid out by xhtml2pdf, then read back (R6, R7, R12)."""

import unicodedata
from dataclasses import fields, replace
from datetime import date
from io import BytesIO
from typing import Any

from pypdf import PdfReader

from certif.documents.caracteres import imprimable
from certif.documents.donnees import DonneesCertificat
from certif.documents.erreurs import RenduImpossible
from certif.documents.mise_en_page import Bloc, TropLong, composer
from certif.documents.moteur import mettre_en_page
from certif.documents.places import PLACES, titre_sous

SPECIMEN = "SPECIMEN"
_EN_CLAIR = {
    "entite": "raison sociale",
    "organisme": "habilitation",
    "validite": "validité",
    "emission": "date d’émission",
    "numero": "numéro",
    "verification": "adresse de vérification",
}


def rendre_certificat(donnees: DonneesCertificat, *, specimen: bool = False) -> bytes:
    """The PDF of one certificate; the same data give the same bytes, in any process.

    A specimen has SPECIMEN for number, the word across the page, and no address. Raises RenduImpossible
    when a character cannot be printed, a text does not fit, something was left out, or the file does not
    read back.
    """
    if specimen:
        donnees = replace(donnees, numero=SPECIMEN, adresse_verification=None)
    d = _en_nfc(donnees)
    blocs = _composer(_textes(d))
    pdf = mettre_en_page(
        "acteur.html",
        d.emis_le,
        d=d,
        blocs=blocs,
        specimen=specimen,
        titre=f"{d.certificat_libelle} – {d.titulaire}",
    )
    _relire(pdf, blocs)
    return pdf


def _en_nfc(d: DonneesCertificat) -> DonneesCertificat:
    """Composed letters: the engine sets decomposed ones beside their place."""
    composes: dict[str, Any] = {}
    for champ in fields(d):
        if isinstance(valeur := getattr(d, champ.name), str):
            composes[champ.name] = unicodedata.normalize("NFC", valeur)
    return replace(d, **composes)


def _textes(d: DonneesCertificat) -> dict[str, list[str]]:
    """What stands at each place, in pieces between which a line may break."""
    fin = f"au {_jour(d.fin_validite)}" if d.fin_validite else "sans limite de durée"
    textes = {
        "entite": [d.entite],
        "titulaire": [d.nom, d.prenom],
        "titre": [d.certificat_titre],
        "naissance": [f"né(e) le {_jour(d.date_naissance)}"],
        "phrase": [
            f"a satisfait aux épreuves de la session de certification qui a pris fin le {_jour(d.date_fin)}."
        ],
        "dispositif": [d.dispositif_niveau],
        "certificat": [d.certificat_libelle],
        "identification": [d.identification],
        "lieu": [d.lieu],
        "organisme": [d.habilitation_numero],
        "formateur": [d.formateur],
        "validite": [f"{'Du' if d.fin_validite else 'À compter du'} {_jour(d.debut_validite)}", fin],
        "emission": [_jour(d.emis_le)],
        "numero": [f"Certificat n° {d.numero}"],
    }
    if d.adresse_verification:
        textes["verification"] = [f"À vérifier sur {d.adresse_verification}"]
    return textes


def _jour(jour: date) -> str:
    return f"{jour.day:02}/{jour.month:02}/{jour.year:04}"


def _composer(textes: dict[str, list[str]]) -> dict[str, Bloc]:
    """Lay every text out, the title under the holder's name in size. Raises RenduImpossible."""
    blocs: dict[str, Bloc] = {}
    for nom, morceaux in textes.items():
        en_clair = _EN_CLAIR.get(nom, nom)
        if refuses := imprimable("".join(morceaux)):
            codes = ", ".join(f"U+{ord(c):04X}" for c in refuses[:5])
            raise RenduImpossible(f"Un caractère ne peut pas être imprimé ({en_clair}) : {codes}.")
        cadre = titre_sous(blocs["titulaire"].corps) if nom == "titre" else PLACES[nom]
        try:
            blocs[nom] = composer(morceaux, cadre)
        except TropLong as trop_long:
            raise RenduImpossible(f"Un texte est trop long pour être imprimé ({en_clair}).") from trop_long
    return blocs


def _relire(pdf: bytes, blocs: dict[str, Bloc]) -> None:
    """Check that the file is one page whose text holds every value: name, birth date, number and the rest."""
    pages = PdfReader(BytesIO(pdf)).pages
    texte = "".join(pages[0].extract_text().split())
    absents = [nom for nom, bloc in blocs.items() if "".join("".join(bloc.lignes).split()) not in texte]
    if len(pages) != 1 or absents:
        raise RenduImpossible(
            "Le certificat ne se relit pas tel qu’il a été demandé.", f"{len(pages)} {absents}"
        )
