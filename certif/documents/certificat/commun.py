"""What all the files of a gabarit begin with: the objects that do not change, written once."""

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from certif.documents.certificat.balises import LIEN, ecrire_l_arbre
from certif.documents.certificat.places import HAUTEUR, LARGEUR
from certif.documents.rendu.objets import Objets, flux
from certif.documents.sceau.sceau import CHAMP

CONTENU, INFOS, ADRESSE, SCEAU = PROPRES = range(1, 5)
"""Numbers of the objects of each file: what its page draws besides, what it says of itself, the link to its
address, its seal. Those that all files share follow."""
_FORMAT = f"{LARGEUR} {HAUTEUR}".encode("ascii")
_ENTETE = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


@dataclass(frozen=True, slots=True)
class Commun:
    """The first bytes of a file, where its shared objects stand in them, and the texts it is tagged for."""

    octets: bytes
    positions: tuple[int, ...]
    catalogue: int
    noms: tuple[str, ...]
    empreinte: bytes


def fond(operateurs: bytes) -> bytes:
    """What a page draws before the rest, as the body of a stream; to be kept where files share it."""
    return flux(zlib.compress(b"q\n%b\nQ\n" % operateurs, 9), b"/Filter /FlateDecode ")


def commencer(
    ecrire_les_ressources: Callable[[Objets], bytes], fonds: Sequence[bytes], noms: Sequence[str]
) -> Commun:
    """Begin a file whose page draws these (see `fond`), tagged for the texts of these names.

    `ecrire_les_ressources` writes the fonts and pictures of its page, and gives the body of their dictionary.
    """
    objets = Objets(_ENTETE)
    for _ in PROPRES:
        objets.reserver()
    statiques = b" ".join(b"%d 0 R" % objets.ecrire(corps) for corps in fonds)
    ressources = objets.ecrire(ecrire_les_ressources(objets))
    catalogue, pages, feuille, champ = (objets.reserver() for _ in range(4))
    arbre = ecrire_l_arbre(objets, noms, feuille, ADRESSE)
    objets.ecrire(
        b"<< /Type /Catalog /Pages %d 0 R /Lang (fr) /ViewerPreferences << /DisplayDocTitle true >> "
        b"/MarkInfo << /Marked true >> /StructTreeRoot %d 0 R /AcroForm << /Fields [%d 0 R] /SigFlags 3 >> >>"
        % (pages, arbre, champ),
        catalogue,
    )
    objets.ecrire(b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % feuille, pages)
    lien = b"%d 0 R " % ADRESSE if LIEN in noms else b""
    objets.ecrire(
        b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %b] /Resources %d 0 R /Contents [%b %d 0 R] "
        b"/Annots [%b%d 0 R] /StructParents 0 /Tabs /S >>"
        % (pages, _FORMAT, ressources, statiques, CONTENU, lien, champ),
        feuille,
    )
    objets.ecrire(
        b"<< /Type /Annot /Subtype /Widget /FT /Sig /T (%b) /Rect [0 0 0 0] /F 132 /P %d 0 R /V %d 0 R >>"
        % (CHAMP.encode(), feuille, SCEAU),
        champ,
    )
    octets = objets.octets
    positions = tuple(objets.positions[len(PROPRES) :])
    return Commun(octets, positions, catalogue, tuple(noms), sha256(octets).digest())
