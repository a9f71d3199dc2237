"""Certificates bound at speed: what they begin with is copied once, what is their own as it stands.

A certificate is read by what its writer says of it (`fichier.py`): its shared objects, then its own.
"""

import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO

from pypdf import PdfReader
from pypdf.generic import IndirectObject, NullObject

from certif.documents.certificat.commun import ADRESSE, CONTENU
from certif.documents.erreurs import RenduImpossible
from certif.documents.rendu.cloture import ENTETE, finir, references
from certif.documents.rendu.objets import Objets, chaine, flux

_TABLE = re.compile(rb"startxref\n(\d+)\n%%EOF\n$")
_DEBUT_DE_TABLE = re.compile(rb"xref\n0 \d+\n")
_AUTREMENT = "Un certificat n’est pas écrit comme attendu."
_ENTREE = 20
"""Bytes of a line of the table of positions."""


@dataclass(frozen=True, slots=True)
class _Certificat:
    """A file: what it shares with others, then what its page draws besides, and its link or `null`."""

    commun: bytes
    contenu: bytes
    lien: bytes


@dataclass(frozen=True, slots=True)
class _Fond:
    """What the pages of these files have in common, by its numbers in the bound one."""

    boite: bytes
    ressources: int
    dessins: tuple[int, ...]


class _Reunis(Objets):
    """Objects of several files; those that are the same are written once."""

    def __init__(self) -> None:
        super().__init__(ENTETE)
        self._par_corps: dict[bytes, int] = {}

    def changer_de_fichier(self) -> None:
        """What is copied next comes from another file: its numbers mean other objects."""
        self._numeros = {}

    def partager(self, reference: IndirectObject) -> int:
        """The number of this object, once it is copied."""
        return self._copie_de(reference)

    def _copie_de(self, reference: IndirectObject) -> int:
        if reference.idnum not in self._numeros:
            corps = self.copier(reference.get_object() or NullObject())
            if corps not in self._par_corps:
                self._par_corps[corps] = self.ecrire(corps)
            self._numeros[reference.idnum] = self._par_corps[corps]
        return self._numeros[reference.idnum]


def relier(pdfs: Iterable[bytes], titre: str, auteur: str, signets: Sequence[str]) -> bytes:
    """The pages of these certificates in one file, a bookmark each, without their seals.

    Raises:
        RenduImpossible: one of them was not written by `fichier.py` as it writes now.
    """
    objets = _Reunis()
    arbre, infos = objets.reserver(), objets.reserver()
    fonds: dict[bytes, _Fond] = {}
    pages: list[int] = []
    for pdf in pdfs:
        certificat = _lire(pdf)
        if certificat.commun not in fonds:
            fonds[certificat.commun] = _copier_le_fond(objets, pdf)
        fond = fonds[certificat.commun]
        contenus = references([*fond.dessins, objets.ecrire(_serrer(certificat.contenu))])
        liens = [] if certificat.lien == b"null" else [objets.ecrire(certificat.lien)]
        pages.append(
            objets.ecrire(
                b"<< /Type /Page /Parent %d 0 R /MediaBox %b /Resources %d 0 R /Contents [%b] /Annots [%b] >>"
                % (arbre, fond.boite, fond.ressources, contenus, references(liens))
            )
        )
    objets.ecrire(b"<< /Type /Pages /Kids [%b] /Count %d >>" % (references(pages), len(pages)), arbre)
    objets.ecrire(b"<< /Title %b /Author %b /Producer (Certif) >>" % (chaine(titre), chaine(auteur)), infos)
    return finir(objets, arbre, infos, list(zip(signets, pages, strict=True)))


def _lire(pdf: bytes) -> _Certificat:
    """Cut a certificate where its own objects begin."""
    fin = _TABLE.search(pdf, max(0, len(pdf) - 64))
    table = _DEBUT_DE_TABLE.match(pdf, int(fin[1])) if fin else None
    if table is None:
        raise RenduImpossible(_AUTREMENT)
    debut = table.end()
    positions = [int(pdf[debut + _ENTREE * n : debut + _ENTREE * n + 10]) for n in range(ADRESSE + 2)]
    return _Certificat(
        pdf[: positions[CONTENU]], _corps(pdf, positions, CONTENU), _corps(pdf, positions, ADRESSE)
    )


def _corps(pdf: bytes, positions: Sequence[int], numero: int) -> bytes:
    """The body of an object that ends where the next one begins."""
    tete, queue = b"%d 0 obj\n" % numero, b"\nendobj\n"
    entier = pdf[positions[numero] : positions[numero + 1]]
    if not entier.startswith(tete) or not entier.endswith(queue):
        raise RenduImpossible(_AUTREMENT)
    return entier[len(tete) : -len(queue)]


def _serrer(contenu: bytes) -> bytes:
    """The body of a stream, packed: alone a certificate is not, by the hundred it weighs."""
    entete, _, reste = contenu.partition(b">>\nstream\n")
    if b"/Filter" in entete:
        return contenu
    return flux(zlib.compress(reste.removesuffix(b"\nendstream")), b"/Filter /FlateDecode ")


def _copier_le_fond(objets: _Reunis, pdf: bytes) -> _Fond:
    """Copy what the pages of files that begin like this one share."""
    objets.changer_de_fichier()
    try:
        (page,) = PdfReader(BytesIO(pdf)).pages
        *dessins, propre = page.raw_get("/Contents")
        if propre.idnum != CONTENU:
            raise ValueError(propre.idnum)
        ressources, *communs = (objets.partager(r) for r in (page.raw_get("/Resources"), *dessins))
        return _Fond(objets.copier(page.raw_get("/MediaBox")), ressources, tuple(communs))
    except Exception as erreur:  # whatever pypdf meets, the referee binds these files
        raise RenduImpossible(_AUTREMENT, type(erreur).__name__) from erreur
