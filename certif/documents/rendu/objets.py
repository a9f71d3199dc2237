"""PDF objects copied from a document and written once, under numbers of our own."""

from io import BytesIO

from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NullObject,
    NumberObject,
    PdfObject,
    StreamObject,
)


class Objets:
    """Objects written one after the other; `positions` are their offsets from the first byte of `octets`."""

    def __init__(self, entete: bytes) -> None:
        self._sortie = BytesIO()
        self._sortie.write(entete)
        self.positions: list[int] = []
        self._numeros: dict[int, int] = {}
        self._dernier = 0

    @property
    def octets(self) -> bytes:
        return self._sortie.getvalue()

    def reserver(self) -> int:
        """A number for an object that will be written later, or elsewhere."""
        self._dernier += 1
        self.positions.append(0)
        return self._dernier

    def ecrire(self, corps: bytes, numero: int | None = None) -> int:
        """Write an object whose body is already PDF; returns its number."""
        numero = numero or self.reserver()
        self.positions[numero - 1] = self._sortie.tell()
        self._sortie.write(b"%d 0 obj\n%b\nendobj\n" % (numero, corps))
        return numero

    def copier(self, objet: PdfObject) -> bytes:
        """The body of an object; what it refers to is written first, once."""
        sortie = BytesIO()
        self._renvoyer(objet).write_to_stream(sortie)
        return sortie.getvalue()

    def _renvoyer(self, objet: PdfObject) -> PdfObject:
        """The same object, its references renumbered."""
        if isinstance(objet, IndirectObject):
            return IndirectObject(self._copie_de(objet), 0, None)
        if isinstance(objet, StreamObject):
            copie = StreamObject()
            copie._data = objet._data  # as it is compressed
            copie.update({cle: self._renvoyer(objet.raw_get(cle)) for cle in objet})
            return copie
        if isinstance(objet, DictionaryObject):
            return DictionaryObject({cle: self._renvoyer(objet.raw_get(cle)) for cle in objet})
        if isinstance(objet, ArrayObject) and any(
            not isinstance(o, FloatObject | NumberObject) for o in objet
        ):
            return ArrayObject(self._renvoyer(list.__getitem__(objet, i)) for i in range(len(objet)))
        return objet

    def _copie_de(self, reference: IndirectObject) -> int:
        if reference.idnum not in self._numeros:
            numero = self._numeros[reference.idnum] = self.reserver()
            self.ecrire(self.copier(reference.get_object() or NullObject()), numero)
        return self._numeros[reference.idnum]


def flux(octets: bytes, attributs: bytes = b"") -> bytes:
    """The body of a stream that is written as it is."""
    return b"<< /Length %d %b>>\nstream\n%b\nendstream" % (len(octets), attributs, octets)


def chaine(texte: str) -> bytes:
    """A text string of PDF, whatever its letters."""
    return b"<FEFF" + texte.encode("utf-16-be").hex().encode("ascii") + b">"
