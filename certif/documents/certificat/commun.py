"""What all the files of a gabarit begin with: the objects that do not change, written once."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import cast

from pypdf import PageObject
from pypdf.generic import DictionaryObject, NameObject

from certif.documents.certificat.balises import LIEN, ecrire_l_arbre
from certif.documents.certificat.objets import Objets, flux
from certif.documents.sceau.sceau import CHAMP

CONTENU, INFOS, ADRESSE, SCEAU = PROPRES = range(1, 5)
"""Numbers of the objects of each file: what its page draws besides, what it says of itself, the link to its
address, its seal. Those that all files share follow."""
_ENTETE = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


@dataclass(frozen=True, slots=True)
class Commun:
    """The first bytes of a file, where its shared objects stand in them, and the texts it is tagged for."""

    octets: bytes
    positions: tuple[int, ...]
    catalogue: int
    noms: tuple[str, ...]
    empreinte: bytes


def commencer(page: PageObject, dessins: Sequence[bytes], noms: Sequence[str]) -> Commun:
    """Begin a file whose page draws this, with the fonts and pictures of `page`, tagged for these texts."""
    objets = Objets(_ENTETE)
    for _ in PROPRES:
        objets.reserver()
    dessin = b"".join(b"q\n%b\nQ\n" % operateurs for operateurs in dessins)
    statique = objets.ecrire(flux(zlib.compress(dessin, 9), b"/Filter /FlateDecode "))
    ressources = objets.ecrire(objets.copier(_sans_repli(page)))
    boite = objets.copier(page.raw_get("/MediaBox"))
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
        b"<< /Type /Page /Parent %d 0 R /MediaBox %b /Resources %d 0 R /Contents [%d 0 R %d 0 R] "
        b"/Annots [%b%d 0 R] /StructParents 0 /Tabs /S >>"
        % (pages, boite, ressources, statique, CONTENU, lien, champ),
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


def _sans_repli(page: PageObject) -> DictionaryObject:
    """The resources of a page without the face that the engine lists everywhere, and draws nothing with."""
    ressources, polices = DictionaryObject(), DictionaryObject()
    ressources.update(cast(DictionaryObject, page["/Resources"]))
    polices.update(cast(DictionaryObject, ressources["/Font"]))
    polices.pop(NameObject("/F1"), None)
    ressources[NameObject("/Font")] = polices
    return ressources
