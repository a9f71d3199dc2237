"""One certificate from its frozen data: laid out by xhtml2pdf, then read back (R6, R7, R12)."""

import logging
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pypdf import PdfReader
from reportlab import rl_config
from xhtml2pdf import pisa
from xhtml2pdf.config.resources import ResourceAccessPolicy

from certif.documents.caracteres import POLICES, imprimable
from certif.documents.donnees import DonneesCertificat
from certif.documents.mise_en_page import Bloc, TropLong, composer
from certif.documents.places import PLACES, titre_sous

GABARITS = Path(__file__).parents[2] / "templates" / "certificats"
SPECIMEN = "SPECIMEN"
_EN_CLAIR = {
    "entite": "raison sociale",
    "organisme": "habilitation",
    "validite": "validité",
    "emission": "date d’émission",
    "numero": "numéro",
    "verification": "adresse de vérification",
}

# The same data give the same bytes. ReportLab has no other way to ask; it reads these for each document.
rl_config.invariant = 1
rl_config.useA85 = 0

_gabarits = Environment(loader=FileSystemLoader(GABARITS), autoescape=True, undefined=StrictUndefined)
_politique = ResourceAccessPolicy.server(GABARITS, extra_roots=(POLICES,), allow_remote=False)


class RenduImpossible(Exception):
    """A certificate that cannot be made: `message` is a French sentence naming nobody, `detail` is for us."""

    def __init__(self, message: str, detail: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.detail = detail


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
    html = _gabarits.get_template("acteur.html").render(
        d=d,
        blocs=blocs,
        specimen=specimen,
        polices=sorted(police.stem for police in POLICES.glob("*.ttf")),
        titre=f"{d.certificat_libelle} – {d.titulaire}",
    )
    pdf = _dater(_convertir(html), d.emis_le)
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


def _convertir(html: str) -> bytes:
    """The PDF of a page; whatever the engine leaves out or replaces is an error."""
    sortie = BytesIO()
    try:
        with _avertissements() as plaintes:
            rendu = pisa.CreatePDF(
                html,
                dest=sortie,
                path=str(GABARITS / "acteur.html"),
                encoding="utf-8",
                resource_policy=_politique,
            )
    except Exception as erreur:  # whatever the engine raises, this certificate is not made
        raise RenduImpossible("La mise en page du certificat a échoué.", repr(erreur)) from erreur
    if rendu.err or rendu.warn or plaintes:
        raise RenduImpossible("La mise en page du certificat est incomplète.", repr([*rendu.log, *plaintes]))
    return sortie.getvalue()


def _dater(pdf: bytes, jour: date) -> bytes:
    """Put the day of issue where ReportLab's reproducible mode writes 01/01/2000, at equal length."""
    return pdf.replace(b"(D:20000101000000+00'00')", f"(D:{jour:%Y%m%d}000000+00'00')".encode("ascii"))


@contextmanager
def _avertissements() -> Iterator[list[str]]:
    """What the engine complains of in this thread: some resources are refused in its log only."""
    plaintes: list[str] = []
    fil = threading.get_ident()

    class Ecoute(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.thread == fil:
                plaintes.append(record.getMessage())

    ecoute = Ecoute(logging.WARNING)
    journal = logging.getLogger("xhtml2pdf")
    journal.addHandler(ecoute)
    try:
        yield plaintes
    finally:
        journal.removeHandler(ecoute)


def _relire(pdf: bytes, blocs: dict[str, Bloc]) -> None:
    """Check that the file is one page whose text holds every value: name, birth date, number and the rest."""
    pages = PdfReader(BytesIO(pdf)).pages
    texte = "".join(pages[0].extract_text().split())
    absents = [nom for nom, bloc in blocs.items() if "".join("".join(bloc.lignes).split()) not in texte]
    if len(pages) != 1 or absents:
        raise RenduImpossible(
            "Le certificat ne se relit pas tel qu’il a été demandé.", f"{len(pages)} {absents}"
        )
