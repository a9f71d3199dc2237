"""One certificate laid out by xhtml2pdf in the frame of its family, then read back: the referee."""

from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import Any

from pypdf import PdfReader

from certif.documents.certificat.balises import baliser
from certif.documents.certificat.commun import commencer
from certif.documents.certificat.composition import Compositeur, Composition
from certif.documents.certificat.fichier import Redacteur
from certif.documents.certificat.places import CADRE_LOGO, CADRE_QR
from certif.documents.donnees import DonneesCertificat
from certif.documents.erreurs import RenduImpossible
from certif.documents.rendu import qr
from certif.documents.rendu.moteur import GABARITS, adresse_de, mettre_en_page
from certif.documents.rendu.pages_lues import operateurs_de, texte_de, traits_de
from certif.documents.sceau.sceau import Sceau

SPECIMEN = "SPÉCIMEN"
COMMUN = "commun"
COULEURS = {
    COMMUN: ("#124e5b", "#8fa9af"),
    "secourisme": ("#7a1f2b", "#c2989d"),
    "prap": ("#3f3a7d", "#a9a7c9"),
    "amiante": ("#5c4a1e", "#b9ac8c"),
    "soins": ("#1f5a3c", "#97b5a4"),
    "catec": ("#1f4276", "#9aabc6"),
}
"""Families of certificats, each with its template: the ink of its titles, and its light lines."""
_COULEURS = ("#124e5b", "#8fa9af")
"""Those of the picture that is kept."""


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
    commun = commencer(page, [baliser(operateurs_de(page), dict(enumerate(blocs.values())))], tuple(blocs))
    pdf = Redacteur(commun, sceau).ecrire(composition, b"").octets
    relire(pdf, composition)
    return pdf


def famille(d: DonneesCertificat) -> str:
    """The family whose template prints a certificate; one that is unknown is printed by the common one."""
    return d.gabarit if d.gabarit in COULEURS else COMMUN


def couleurs(d: DonneesCertificat) -> tuple[str, str]:
    """The ink and the light lines of its family."""
    return COULEURS[famille(d)]


def imprimer(composition: Composition, logo: bytes | None, **autres: Any) -> bytes:
    """Have the engine lay out the template of the certificate's family; `autres` are its other values."""
    d = composition.d
    encre, filet = couleurs(d)
    valeurs: dict[str, Any] = {
        "d": d,
        "blocs": composition.blocs,
        "titre": composition.titre,
        "encre": encre,
        "filet": filet,
        "cadre": image(encre, filet),
        "logo": adresse_de("image/png", logo) if logo else None,
        "cadre_logo": CADRE_LOGO.contenir(*_taille(logo)) if logo else None,
        "cadre_qr": CADRE_QR,
        "qr": None,
        "specimen": False,
        "sondes": [],
        "sonde_qr": None,
    }
    return mettre_en_page(f"{famille(d)}.html", d.emis_le, **valeurs | autres)


def relire(pdf: bytes, composition: Composition) -> None:
    """Check that a file is one page whose text holds every value: name, birth date, number and the rest.

    Raises:
        RenduImpossible: it does not.
    """
    pages = PdfReader(BytesIO(pdf)).pages
    texte = "".join(texte_de(pages[0]).split())
    blocs = composition.blocs.items()
    absents = [nom for nom, bloc in blocs if "".join("".join(bloc.lignes).split()) not in texte]
    if len(pages) != 1 or absents:
        raise RenduImpossible(
            "Le certificat ne se relit pas tel qu’il a été demandé.", f"{len(pages)} {absents}"
        )


def _taille(png: bytes) -> tuple[int, int]:
    """Width and height in pixels, from the header that every PNG begins with."""
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])


def image(encre: str, filet: str) -> str:
    """The frame in these colours, as a `data:` address."""
    svg = (GABARITS / "cadre.svg").read_text("utf-8")
    for gardee, voulue in zip(_COULEURS, (encre, filet), strict=True):
        svg = svg.replace(gardee, voulue)
    return adresse_de("image/svg+xml", svg.encode())


@cache
def operateurs(encre: str, filet: str) -> bytes:
    """What draws it on a page, as the engine does.

    Raises:
        RenduImpossible: the engine fails, or no longer writes as expected.
    """
    return traits_de(image(encre, filet))
