"""How a file of several pages that we write begins and ends: its header, its catalogue, its table."""

from collections.abc import Iterable
from hashlib import sha256

from certif.documents.certificat.objets import Objets

ENTETE = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


def finir(objets: Objets, pages: int, infos: int, autres: bytes = b"") -> bytes:
    """The file of these objects, once its pages and what it says of itself are among them.

    `autres` are other entries of its catalogue.
    """
    catalogue = objets.ecrire(
        b"<< /Type /Catalog /Pages %d 0 R /Lang (fr) /ViewerPreferences << /DisplayDocTitle true >> %b>>"
        % (pages, autres)
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


def references(numeros: Iterable[int]) -> bytes:
    """Objects by their numbers, as others name them."""
    return b" ".join(b"%d 0 R" % numero for numero in numeros)
