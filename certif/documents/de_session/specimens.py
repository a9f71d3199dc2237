"""The specimens of a session in one file: laid out once, filled, and bound over the word on them all."""

from collections.abc import Sequence
from dataclasses import replace

from certif.documents.certificat.certificat import SPECIMEN
from certif.documents.certificat.fabrique import Fabrique
from certif.documents.de_session.recueil import assembler
from certif.documents.donnees import DonneesCertificat
from certif.documents.erreurs import RenduImpossible
from certif.documents.rendu.moteur import GABARITS, adresse_de
from certif.documents.rendu.pages_lues import traits_de

A_PART_MAX = 20
"""Certificates that may need the layout engine each for themselves: more would not be done in time."""
_UN_PAR_UN = "Ces aperçus sont trop longs à réunir en un seul document\u00a0: ouvrez-les un par un."


def rendre_specimens(donnees: Sequence[DonneesCertificat], logo: bytes | None, titre: str) -> bytes:
    """The PDF of these certificates of one session, of which there is one at least, a page each.

    Raises:
        RenduImpossible: one cannot be printed, or they would take too long.
    """
    specimens = [replace(d, numero=SPECIMEN, adresse_verification=None) for d in donnees]
    fabrique = Fabrique(specimens, logo, None)
    pages = []
    for d in specimens:
        pages.append(fabrique.faire(d).octets)
        if fabrique.arbitres > A_PART_MAX:
            raise RenduImpossible(_UN_PAR_UN)
    noms = [d.titulaire for d in specimens]
    return assembler(pages, titre, specimens[0].entite, noms, dessous=_le_mot())


def _le_mot() -> bytes:
    """What draws the word on a page."""
    return traits_de(adresse_de("image/svg+xml", (GABARITS / "specimen.svg").read_bytes()))
