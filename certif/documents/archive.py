"""File names for people, and the zip that holds every certificate of a session."""

import re
import unicodedata
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from typing import BinaryIO

from certif.socle.horloge import PARIS

# What NFKD does not bring back to ASCII: enough to recognise a name, since the number makes the file unique.
_LETTRES = (
    "œ:oe æ:ae ß:ss ẞ:SS ł:l đ:d ð:d ø:o ı:i þ:th ŋ:ng ħ:h ə:e"
    " α:a β:v γ:g δ:d ε:e ζ:z η:i θ:th ι:i κ:k λ:l μ:m ν:n ξ:x ο:o π:p ρ:r σ:s ς:s τ:t υ:y φ:f χ:ch ψ:ps ω:o"
    " а:a б:b в:v г:g д:d е:e ж:j з:z и:i к:k л:l м:m н:n о:o п:p р:r с:s т:t у:ou ф:f х:kh ц:ts ч:tch ш:ch"
    " щ:chtch ъ: ы:y ь: э:e ю:iou я:ia є:ie і:i ґ:g ђ:dj ј:j љ:lj њ:nj ћ:c џ:dj"
)
_MINUSCULES = dict(paire.split(":") for paire in _LETTRES.split())
_LATIN = _MINUSCULES | {c.upper(): latin.upper() for c, latin in _MINUSCULES.items() if len(c.upper()) == 1}
_NOM_MAX = 48


class ArchiveIncoherente(Exception):
    """The zip does not hold exactly what was asked: it must not be delivered."""


def nom_fichier(date_fin: date, certificat: str, nom: str, prenom: str, numero: str) -> str:
    """`2026-06-10_SST-1_DUPONT_Marie_ABCD….pdf`: ASCII letters, digits, `-` and `_`, under 200 characters.

    Unique because its number is. The date comes first, so it is no reserved name of Windows, nor hidden.
    """
    textes = [_ascii(texte)[:_NOM_MAX].strip("-") for texte in (certificat, nom, prenom)]
    morceaux = [date_fin.isoformat(), *textes, re.sub(r"[^A-Za-z0-9]", "", numero)]
    return "_".join(m for m in morceaux if m) + ".pdf"


def nom_de_session(
    date_fin: date, certificat: str, contenu: str, session_numero: int, extension: str = "zip"
) -> str:
    """`2026-06-10_SST-1_dossier_session-125.zip`: nobody's name, as it holds everybody's."""
    morceaux = [date_fin.isoformat(), _ascii(certificat)[:_NOM_MAX].strip("-"), contenu]
    return "_".join(m for m in (*morceaux, f"session-{session_numero}") if m) + f".{extension}"


def _ascii(texte: str) -> str:
    """The text in ASCII letters and digits, a hyphen between words; what has no equivalent is dropped."""
    decompose = unicodedata.normalize("NFKD", texte)
    sans_marques = "".join(c for c in decompose if not unicodedata.category(c).startswith("M"))
    latin = "".join(_LATIN.get(c, c) for c in sans_marques)
    mots = "".join(
        c if c.isascii() and c.isalnum() else "-" if c.isascii() or c in "’‘‐‑·" else "" for c in latin
    )
    return re.sub(r"-+", "-", mots).strip("-")


def ecrire_zip(entrees: Iterable[tuple[str, bytes]], moment: datetime, sortie: BinaryIO) -> int:
    """Write the entries in their order, stored as they are (PDFs do not shrink), to a seekable binary file.

    Only one entry is in memory at a time. Each is dated `moment`, in Paris: zip knows no other time zone than
    its reader's. The same entries and moment give the same bytes. Returns their count, read back from the
    file. Raises ArchiveIncoherente when a name comes twice, case apart (zip would keep both and
    give back the last), or when the count differs.
    """
    noms: set[str] = set()
    heure = moment.astimezone(PARIS).timetuple()[:6]
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_STORED) as archive:
        for nom, octets in entrees:
            if nom.casefold() in noms:
                raise ArchiveIncoherente(
                    f"Deux fichiers de l’archive portent le même nom ({len(noms)} déjà écrits)."
                )
            noms.add(nom.casefold())
            entete = zipfile.ZipInfo(nom, heure)
            entete.external_attr = 0o644 << 16
            archive.writestr(entete, octets)
    with zipfile.ZipFile(sortie) as archive:
        relus = len(archive.infolist())
    if relus != len(noms):
        raise ArchiveIncoherente(f"L’archive contient {relus} fichiers au lieu de {len(noms)}.")
    return relus
