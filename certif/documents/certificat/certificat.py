"""One certificate laid out by xhtml2pdf in the frame of its family, then read back: the referee."""

from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import Any, cast

from pypdf import PageObject, PdfReader
from pypdf.generic import DictionaryObject, NameObject

from certif.documents.certificat.balises import baliser, decoration
from certif.documents.certificat.commun import commencer, fond
from certif.documents.certificat.composition import Compositeur, Composition
from certif.documents.certificat.encres import couleurs, encre_de, famille
from certif.documents.certificat.fichier import Redacteur
from certif.documents.certificat.logo import taille_de
from certif.documents.certificat.places import CADRE_LOGO, CADRE_QR
from certif.documents.certificat.relecture import relire
from certif.documents.donnees import DonneesCertificat
from certif.documents.rendu import qr
from certif.documents.rendu.moteur import GABARITS, adresse_de, mettre_en_page
from certif.documents.rendu.pages_lues import operateurs_de, traits_de
from certif.documents.sceau.sceau import Sceau

SPECIMEN = "SPÉCIMEN"
_COULEURS = ("#124e5b", "#8fa9af")
"""Ink and light lines of the picture of the frame that is kept."""


def rendre_certificat(
    donnees: DonneesCertificat,
    *,
    logo: bytes | None = None,
    sceau: Sceau | None = None,
    specimen: bool = False,
) -> bytes:
    """The PDF of one certificate; without `sceau`, the same data give the same bytes, in any process.

    `logo` is the PNG that `donnees.logo` names. A specimen has SPÉCIMEN for number, the word under its facts,
    and neither address nor QR code.

    Raises:
        RenduImpossible: a character cannot be printed, a text does not fit, something was left out, or the
            file does not read back.
    """
    if specimen:
        donnees = replace(donnees, numero=SPECIMEN, adresse_verification=None)
    composition = Compositeur().composer(donnees)
    adresse = composition.d.adresse_verification
    dessine = imprimer(composition, logo, qr=qr.image(adresse) if adresse else None, specimen=specimen)
    page, blocs = PdfReader(BytesIO(dessine)).pages[0], composition.blocs
    dessin = baliser(operateurs_de(page), dict(enumerate(blocs.values())))
    commun = commencer(lambda objets: objets.copier(_sans_repli(page)), [fond(dessin)], tuple(blocs))
    pdf = Redacteur(commun, sceau).ecrire(composition, b"").octets
    relire(pdf, composition)
    return pdf


def imprimer(composition: Composition, logo: bytes | None, **autres: Any) -> bytes:
    """Have the engine lay out the template of the certificate's family; `autres` are its other values."""
    d = composition.d
    encre, filet = couleurs(d)
    valeurs: dict[str, Any] = {
        "d": d,
        "blocs": composition.blocs,
        "titre": composition.titre,
        "encre": encre,
        "encre_de": encre_de,
        "cadre": image(encre, filet),
        "logo": adresse_de("image/png", logo) if logo else None,
        "cadre_logo": CADRE_LOGO.contenir(*taille_de(logo)) if logo else None,
        "cadre_qr": CADRE_QR,
        "qr": None,
        "specimen": False,
    }
    return mettre_en_page(f"{famille(d)}.html", d.emis_le, **valeurs | autres)


def image(encre: str, filet: str) -> str:
    """The frame in these colours, as a `data:` address."""
    svg = (GABARITS / "cadre.svg").read_text("utf-8")
    for gardee, voulue in zip(_COULEURS, (encre, filet), strict=True):
        svg = svg.replace(gardee, voulue)
    return adresse_de("image/svg+xml", svg.encode())


@cache
def cadre(encre: str, filet: str) -> bytes:
    """What draws it on a page as the engine does: the body of a stream, made once in the life of a process.

    Raises:
        RenduImpossible: the engine fails, or no longer writes as expected.
    """
    return fond(decoration(traits_de(image(encre, filet))))


def _sans_repli(page: PageObject) -> DictionaryObject:
    """The resources of a page without the face that the engine lists everywhere, and draws nothing with."""
    ressources, polices = DictionaryObject(), DictionaryObject()
    ressources.update(cast(DictionaryObject, page["/Resources"]))
    polices.update(cast(DictionaryObject, ressources["/Font"]))
    polices.pop(NameObject("/F1"), None)
    ressources[NameObject("/Font")] = polices
    return ressources
