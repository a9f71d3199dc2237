"""Tables to be taken away: a zip of CSV files, given as it is made, a piece of it in memory at a time.

Each opens in a spreadsheet as it is: UTF-8 with its mark, semicolons, days as they are read in French, and
nothing that would be computed.
"""

import csv
import io
import zipfile
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from certif.socle.horloge import PARIS

Cellule = str | int | date | None
"""A text, a number, yes or no, a day, an instant (aware), or nothing."""

MORCEAU = 64 * 1024
"""Bytes that are put together before they are given."""

_CALCULE = ("=", "+", "-", "@", "\t", "\r")
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Tableau:
    """One file of rows; they are read when its turn comes, once."""

    nom: str
    entetes: Sequence[str]
    rangees: Iterable[Sequence[Cellule]]


@dataclass(frozen=True, slots=True)
class Piece:
    """One file as it is."""

    nom: str
    octets: bytes


def ecrire(contenu: Iterable[Tableau | Piece], moment: datetime) -> Generator[bytes]:
    """The zip, piece by piece; its files are dated `moment`, in Paris."""
    sortie = _Sortie()
    heure = moment.astimezone(PARIS).timetuple()[:6]
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
        for fichier in contenu:
            nom = f"{fichier.nom}.csv" if isinstance(fichier, Tableau) else fichier.nom
            entete = zipfile.ZipInfo(nom, heure)
            entete.compress_type = zipfile.ZIP_DEFLATED
            entete.external_attr = 0o644 << 16
            with archive.open(entete, "w", force_zip64=True) as entree:
                for octets in _octets(fichier):
                    entree.write(octets)
                    if len(sortie.octets) >= MORCEAU:
                        yield sortie.prendre()
    yield sortie.prendre()


def texte_de(cellule: Cellule) -> str:
    """A cell as it is written: what a spreadsheet would compute begins with an apostrophe."""
    if isinstance(cellule, datetime):
        return cellule.astimezone(PARIS).strftime("%d/%m/%Y %H:%M")
    if isinstance(cellule, date):
        return cellule.strftime("%d/%m/%Y")
    if isinstance(cellule, bool):
        return "oui" if cellule else "non"
    if cellule is None or isinstance(cellule, int):
        return "" if cellule is None else str(cellule)
    return f"'{cellule}" if cellule.startswith(_CALCULE) else cellule


def _octets(fichier: Tableau | Piece) -> Iterator[bytes]:
    if isinstance(fichier, Piece):
        yield fichier.octets
        return
    lignes = io.StringIO()
    plume = csv.writer(lignes, delimiter=";", lineterminator="\r\n")
    lignes.write(_BOM)
    plume.writerow(fichier.entetes)
    for rangee in fichier.rangees:
        plume.writerow([texte_de(cellule) for cellule in rangee])
        if lignes.tell() >= MORCEAU:
            yield _vider(lignes)
    yield _vider(lignes)


def _vider(lignes: io.StringIO) -> bytes:
    octets = lignes.getvalue().encode()
    lignes.seek(0)
    lignes.truncate()
    return octets


class _Sortie(io.RawIOBase):
    """Where the zip goes, until it is taken from there; it cannot be gone back in."""

    def __init__(self) -> None:
        super().__init__()
        self.octets = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, octets: object) -> int:
        self.octets += (recus := bytes(octets))  # type: ignore[call-overload]
        return len(recus)

    def prendre(self) -> bytes:
        """What was written since the last time."""
        pris = bytes(self.octets)
        self.octets.clear()
        return pris
