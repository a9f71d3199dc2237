"""The embedded faces, each with the characters of one session and no other: what shows them, what holds them.

A font of a PDF shows a character by a byte: where a face has more of them than bytes, it is several fonts.
Each has the space at its own place, and shows nothing for zero.
"""

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from string import ascii_uppercase

from reportlab.lib.rl_accel import fp_str
from reportlab.pdfbase.ttfonts import TTFontFace, makeToUnicodeCMap

from certif.documents.erreurs import RenduImpossible
from certif.documents.rendu.mise_en_page import face_de
from certif.documents.rendu.objets import Objets, flux

ESPACE = 32
_OCTETS = tuple(octet for octet in range(1, 256) if octet != ESPACE)
"""Those that show something."""
_CORPS = "\0"
"""Stands for the size, where the font changes within a line."""
_SYMBOLIQUE, _NON_SYMBOLIQUE = 1 << 2, 1 << 5


class _Codes(dict[int, str]):
    """How each character of a face is shown, in hexadecimal: a table for `str.translate`."""

    def __missing__(self, code: int) -> str:
        # Not a LookupError: `translate` would leave such a character as it is.
        raise RenduImpossible("Un caractère manque aux polices préparées.", f"U+{code:04X}")


@dataclass(frozen=True, slots=True)
class _Face:
    """One face: its fonts, by the names under which pages know them, and how its characters are shown."""

    premiere: str
    fontes: dict[str, list[int]]
    codes: _Codes


class Polices:
    """The faces of a session."""

    def __init__(self, lettres: Mapping[str, Iterable[str]]) -> None:
        """`lettres` are the characters of each face, by its name."""
        self._faces: dict[str, _Face] = {}
        for rang, (police, jeu) in enumerate(sorted(lettres.items())):
            self._faces[police] = _face(f"/F{rang}", sorted(set(map(ord, jeu)) - {ESPACE}))

    def montrer(self, texte: str, police: str, corps: float) -> str:
        """What shows a line of text in this face, at this size.

        Raises:
            RenduImpossible: a character is not one of the session's.
        """
        face = self._faces[police]
        ecrit = texte.translate(face.codes)
        if len(face.fontes) > 1:
            ecrit = ecrit.replace(_CORPS, _taille(corps))
        return f"{face.premiere} {_taille(corps)} Tf <{ecrit}> Tj"

    def ecrire(self, objets: Objets) -> bytes:
        """Write the fonts; the body of the dictionary under whose names pages know them."""
        entrees = [
            b"%b %d 0 R" % (nom.encode(), _ecrire_une_fonte(objets, face_de(police), codes))
            for police, face in self._faces.items()
            for nom, codes in face.fontes.items()
        ]
        return b"<< " + b" ".join(entrees) + b" >>"


def _face(nom: str, lettres: list[int]) -> _Face:
    fontes: dict[str, list[int]] = {}
    premiere = f"{nom}+0"
    codes = _Codes({ESPACE: f"{ESPACE:02x}"})
    for debut in range(0, max(len(lettres), 1), len(_OCTETS)):
        morceau = dict(zip(_OCTETS, lettres[debut : debut + len(_OCTETS)], strict=False))
        fonte = f"{nom}+{len(fontes)}"
        fontes[fonte] = [morceau.get(octet, 0) for octet in range(max([ESPACE, *morceau]) + 1)]
        fontes[fonte][ESPACE] = ESPACE
        for octet, lettre in morceau.items():
            montre = f"{octet:02x}"
            if fonte != premiere:
                # By another font, then back to the first.
                montre = f"> Tj {fonte} {_CORPS} Tf <{montre}> Tj {premiere} {_CORPS} Tf <"
            codes[lettre] = montre
    return _Face(premiere, fontes, codes)


@cache
def _taille(corps: float) -> str:
    return str(fp_str(corps))


def _ecrire_une_fonte(objets: Objets, face: TTFontFace, codes: list[int]) -> int:
    """Write one font, as a subset of its face; its number."""
    fichier = face.makeSubset(codes)
    nom = _nom_de_sous_ensemble(face, fichier)
    numero_du_fichier = objets.ecrire(_comprime(fichier, b"/Length1 %d " % len(fichier)))
    descripteur = objets.ecrire(
        b"<< /Type /FontDescriptor /FontName /%b /Flags %d /FontBBox [%b] /ItalicAngle %b /Ascent %b "
        b"/Descent %b /CapHeight %b /StemV %b /MissingWidth %b /FontFile2 %d 0 R >>"
        % (
            nom.encode(),
            face.flags & ~_NON_SYMBOLIQUE | _SYMBOLIQUE,
            _nombres(*face.bbox),
            _nombres(face.italicAngle),
            _nombres(face.ascent),
            _nombres(face.descent),
            _nombres(face.capHeight),
            _nombres(face.stemV),
            _nombres(face.defaultWidth),
            numero_du_fichier,
        )
    )
    en_clair = objets.ecrire(_comprime(makeToUnicodeCMap(nom, codes).encode("ascii")))
    return objets.ecrire(
        b"<< /Type /Font /Subtype /TrueType /BaseFont /%b /FirstChar 0 /LastChar %d /Widths [%b] "
        b"/ToUnicode %d 0 R /FontDescriptor %d 0 R >>"
        % (
            nom.encode(),
            len(codes) - 1,
            _nombres(*map(face.getCharWidth, codes)),
            en_clair,
            descripteur,
        )
    )


def _nom_de_sous_ensemble(face: TTFontFace, fichier: bytes) -> str:
    """The name of the face after six capitals that tell this subset from others."""
    tirage = int.from_bytes(sha256(fichier).digest()[:8])
    lettres = "".join(ascii_uppercase[tirage // 26**place % 26] for place in range(6))
    return f"{lettres}+{face.name.decode('ascii')}"


def _comprime(octets: bytes, attributs: bytes = b"") -> bytes:
    return flux(zlib.compress(octets, 9), attributs + b"/Filter /FlateDecode ")


def _nombres(*valeurs: float) -> bytes:
    return str(fp_str(*valeurs)).encode("ascii")
