"""How a file of several pages that we write begins and ends: its header, its catalogue, its table."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

from certif.documents.rendu.objets import Objets, chaine

ENTETE = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


def finir(objets: Objets, pages: int, infos: int, signets: Sequence[tuple[str, int]]) -> bytes:
    """The file of these objects, once its pages and what it says of itself are among them.

    `signets` are its bookmarks: what each says, and the page that it leads to.
    """
    plan = b"/Outlines %d 0 R " % _ecrire_les_signets(objets, signets) if signets else b""
    catalogue = objets.ecrire(
        b"<< /Type /Catalog /Pages %d 0 R /Lang (fr) /ViewerPreferences << /DisplayDocTitle true >> %b>>"
        % (pages, plan)
    )
    octets = objets.octets
    nombre = 1 + len(objets.positions)
    identifiant = sha256(octets).hexdigest()[:32].encode()
    return b"%bxref\n0 %d\n0000000000 65535 f \n%b" % (
        octets,
        nombre,
        b"".join(b"%010d 00000 n \n" % position for position in objets.positions),
    ) + b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R /ID [<%b> <%b>] >>\nstartxref\n%d\n%%%%EOF\n" % (
        nombre,
        catalogue,
        infos,
        identifiant,
        identifiant,
        len(octets),
    )


def _ecrire_les_signets(objets: Objets, signets: Sequence[tuple[str, int]]) -> int:
    """The number of their root."""
    racine = objets.reserver()
    numeros = [objets.reserver() for _ in signets]
    for rang, (titre, page) in enumerate(signets):
        voisins = b"/Prev %d 0 R " % numeros[rang - 1] if rang else b""
        if rang + 1 < len(numeros):
            voisins += b"/Next %d 0 R " % numeros[rang + 1]
        objets.ecrire(
            b"<< /Title %b /Parent %d 0 R %b/Dest [%d 0 R /Fit] >>" % (chaine(titre), racine, voisins, page),
            numeros[rang],
        )
    return objets.ecrire(
        b"<< /Type /Outlines /First %d 0 R /Last %d 0 R /Count %d >>"
        % (numeros[0], numeros[-1], len(numeros)),
        racine,
    )


def references(numeros: Iterable[int]) -> bytes:
    """Objects by their numbers, as others name them."""
    return b" ".join(b"%d 0 R" % numero for numero in numeros)
