"""What the certificates of a session share, drawn once: the frame, the logo, the texts that all of them say.

The engine is not asked: `ecriture` knows what it would write. The faces hold the characters that the session
prints, and no other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

from certif.documents.certificat.balises import decoration
from certif.documents.certificat.certificat import cadre
from certif.documents.certificat.commun import Commun, commencer, fond
from certif.documents.certificat.composition import Composition
from certif.documents.certificat.ecriture import Ecriture, dessiner_le_logo
from certif.documents.certificat.encres import couleurs
from certif.documents.certificat.logo import NOM, ecrire_le_logo, taille_de
from certif.documents.certificat.places import CADRE_LOGO
from certif.documents.rendu.mise_en_page import Bloc
from certif.documents.rendu.objets import Objets
from certif.documents.rendu.polices_reduites import Polices


@dataclass(frozen=True, slots=True)
class Gabarit:
    """What every certificate of a session begins with, and what writes the rest of each.

    `variables` are the texts that vary, with their ranks in the order of reading.
    """

    commun: Commun
    ecriture: Ecriture
    variables: tuple[tuple[int, str], ...]


def preparer(compositions: Sequence[Composition], logo: bytes | None) -> Gabarit:
    """Draw what these certificates, of one family and one entité, have in common.

    Raises:
        RenduImpossible: the frame cannot be drawn.
    """
    d, noms = compositions[0].d, tuple(compositions[0].blocs)
    communs = _communs(compositions)
    varies = [nom for nom in noms if nom not in communs]
    blocs = chain(communs.values(), (c.blocs[nom] for c in compositions for nom in varies if nom in c.blocs))
    polices = Polices(_lettres(blocs))
    ecriture = Ecriture(d, polices)
    rangs = tuple(enumerate(noms))
    dessins = [ecriture.texte(rang, nom, communs[nom]) for rang, nom in rangs if nom in communs]
    if logo:
        dessins.insert(0, decoration(dessiner_le_logo(CADRE_LOGO.contenir(*taille_de(logo)), NOM)))
    return Gabarit(
        commencer(partial(_ressources, polices, logo), (cadre(*couleurs(d)), fond(b"".join(dessins))), noms),
        ecriture,
        tuple((rang, nom) for rang, nom in rangs if nom not in communs),
    )


def _communs(compositions: Sequence[Composition]) -> dict[str, Bloc]:
    """The texts that are the same, at the same place, on all of them."""
    premiere = compositions[0].blocs
    autres = compositions[1:]
    return {nom: b for nom, b in premiere.items() if all(_meme(c.blocs.get(nom), b) for c in autres)}


def _meme(bloc: Bloc | None, autre: Bloc) -> bool:
    # Most often the very same, measured once.
    return bloc is autre or bloc == autre


def _lettres(blocs: Iterable[Bloc]) -> dict[str, set[str]]:
    """By face, every character that these texts print."""
    lettres: dict[str, set[str]] = {}
    for bloc in blocs:
        lettres.setdefault(bloc.cadre.police, set()).update(*bloc.lignes)
    return lettres


def _ressources(polices: Polices, logo: bytes | None, objets: Objets) -> bytes:
    images = b"/XObject << %b %d 0 R >> " % (NOM.encode(), ecrire_le_logo(objets, logo)) if logo else b""
    return b"<< /ProcSet [/PDF /Text /ImageB /ImageC] %b/Font %b >>" % (images, polices.ecrire(objets))
