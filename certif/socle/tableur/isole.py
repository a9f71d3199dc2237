"""The process that opens a spreadsheet file: `-m certif.socle.tableur.isole`, the file on standard input.

It writes the table as JSON, or a sentence with code 2. The declared sizes of an archive are judged before
anything in it is inflated; what lies about them meets the limits of the process.
"""

import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, astuple
from datetime import date, datetime, time
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from certif.socle.tableur import sans_valeur
from certif.socle.tableur.masque import feuille_de, masques_de
from certif.socle.tableur.tableur import (
    COLONNES_MAX,
    ILLISIBLE,
    REFUS,
    UTF16,
    VIDE,
    Table,
    TableurRefuse,
    lire_texte,
    remplies,
)

MEMOIRE_MAX = 184 * 1024 * 1024
SECONDES_MAX = 4
ENTREES_MAX = 1_000
GONFLE_MAX = 60 * 1024 * 1024
RATIO_MAX = 200
"""Of a member to its compressed size: what a real sheet of equal rows never reaches."""

ANCIEN = "Ce fichier est au format .xls d’avant 2007\u00a0: enregistrez-le au format .xlsx."
PROTEGE = "Ce fichier est protégé par un mot de passe\u00a0: enregistrez-le sans mot de passe."
MACROS = "Ce fichier contient des macros\u00a0: enregistrez-le au format .xlsx."
ARCHIVE = "Ce fichier est une archive, pas un tableur\u00a0: choisissez un .xlsx, un .ods ou un .csv."
AUTRE_ECRITURE = (
    "Les accents de ce fichier ne se lisent pas\u00a0: enregistrez-le au format CSV UTF-8, ou .xlsx."
)
PDF = "Ce fichier est un PDF\u00a0: choisissez un .xlsx, un .ods ou un .csv."
PAGE = "Ce fichier est une page web\u00a0: ouvrez-la dans un tableur et enregistrez-la au format .xlsx."

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CHIFFRE = "EncryptedPackage".encode("utf-16-le")


def ouvrir(fichier: bytes) -> Table:
    """The table of a file, recognised by its content.

    Raises:
        TableurRefuse: with the sentence to show.
    """
    if not fichier.strip():
        raise TableurRefuse(VIDE)
    if fichier.startswith(b"PK"):
        return _classeur(fichier)
    if fichier.startswith(_OLE):
        raise TableurRefuse(PROTEGE if _CHIFFRE in fichier else ANCIEN)
    if fichier.startswith(b"%PDF"):
        raise TableurRefuse(PDF)
    return _texte(fichier)


def _classeur(fichier: bytes) -> Table:
    try:
        _examiner(fichier)
        classeur = _livre(fichier)
        visibles, masquees = _feuilles(classeur)
        feuille = classeur.get_sheet_by_name(visibles[0])
        xml = feuille_de(fichier, visibles[0])
        masques = masques_de(xml)
        # Rows come from the first of the sheet on, columns from the first that holds something.
        decalage = feuille.start[1] + 1 if feuille.start else 1
        places = sans_valeur.de_l_ods(xml.xml, xml.nom) if xml.ods else sans_valeur.du_xlsx(xml.xml)
        return Table(
            remplies(_completer(feuille.iter_rows(), places, decalage), masques.rangees),
            visibles[0],
            tuple(sorted(c - decalage for c in masques.colonnes if decalage <= c < decalage + COLONNES_MAX)),
            tuple(visibles[1:]),
            tuple(masquees),
            xml.depuis_1904,
        )
    except TableurRefuse:
        raise
    except Exception as erreur:  # whatever a broken or hostile file makes a parser raise
        raise TableurRefuse(ILLISIBLE) from erreur


def _completer(
    rangees: Iterable[Sequence[object]], places: sans_valeur.Places, decalage: int
) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold something, with what stands for the cells that have no value."""
    numero = 0
    for numero, lues in enumerate(rangees, start=1):
        if (sans := places.get(numero)) or lues.count("") < len(lues):
            yield numero, _avec(list(map(_ecrire, lues)), sans or {}, decalage)
    for suivant in sorted(suivant for suivant in places if suivant > numero):
        yield suivant, _avec([], places[suivant], decalage)


def _avec(cellules: list[str], sans: Mapping[int, str], decalage: int) -> list[str]:
    for colonne, dite in sans.items():
        place = min(max(colonne - decalage, 0), COLONNES_MAX)
        cellules += [""] * (place + 1 - len(cellules))
        cellules[place] = cellules[place] or dite
    return cellules


_ENTRE_DEUX_BALISES = re.compile(
    rb"(</?(?:table|office):[^<>]*>|</text:p>)\s+(?=</?(?:table|office):|<text:p)"
)


def _livre(fichier: bytes) -> CalamineWorkbook:
    """The workbook; an .ods whose XML some program laid out in lines is read without them."""
    try:
        return CalamineWorkbook.from_filelike(BytesIO(fichier))
    except CalamineError:
        return CalamineWorkbook.from_filelike(BytesIO(_resserrer(fichier)))


def _resserrer(fichier: bytes) -> bytes:
    sortie = BytesIO()
    with zipfile.ZipFile(BytesIO(fichier)) as lu, zipfile.ZipFile(sortie, "w") as ecrit:
        for nom in ("mimetype", "content.xml", "META-INF/manifest.xml"):
            ecrit.writestr(nom, _ENTRE_DEUX_BALISES.sub(rb"\1", lu.read(nom)))
    return sortie.getvalue()


def _feuilles(classeur: CalamineWorkbook) -> tuple[list[str], list[str]]:
    """The names of the sheets that are seen, and of those that are not; charts are no sheets."""
    vues: tuple[list[str], list[str]] = ([], [])
    for feuille in classeur.sheets_metadata:
        if feuille.typ is SheetTypeEnum.WorkSheet:
            vues[feuille.visible is not SheetVisibleEnum.Visible].append(feuille.name)
    return vues


def _examiner(fichier: bytes) -> None:
    """Refuse what is no plain workbook, or would take too much room once inflated."""
    with zipfile.ZipFile(BytesIO(fichier)) as archive:
        membres = archive.infolist()
        noms = {membre.filename for membre in membres}
        if len(membres) > ENTREES_MAX:
            raise TableurRefuse(ILLISIBLE)
        for membre in membres:
            if membre.file_size > RATIO_MAX * max(membre.compress_size, 1_000):
                raise TableurRefuse(ILLISIBLE)
        if sum(membre.file_size for membre in membres) > GONFLE_MAX:
            raise TableurRefuse(ILLISIBLE)
        if "xl/workbook.xml" in noms:
            if any(nom.endswith("vbaProject.bin") for nom in noms):
                raise TableurRefuse(MACROS)
        elif "mimetype" in noms and archive.read("mimetype").startswith(
            b"application/vnd.oasis.opendocument.spreadsheet"
        ):
            if "META-INF/manifest.xml" in noms and b"encryption-data" in archive.read(
                "META-INF/manifest.xml"
            ):
                raise TableurRefuse(PROTEGE)
        else:
            raise TableurRefuse(ARCHIVE)


_AUTRE_ECRITURE = re.compile("[\u0192\u02c6]|(?<=[a-zà-ÿ])[ŠŽŒŸ\u201a\u2021]")
"""What accents written by an old Mac or by DOS become: no name is written so."""


def _texte(fichier: bytes) -> Table:
    """A CSV: with a mark of UTF-8, else in strict UTF-8, else as Windows writes French."""
    if fichier.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise TableurRefuse(UTF16)
    if b"\0" in fichier:
        # UTF-16 without its mark: every other byte of French is nothing.
        raise TableurRefuse(UTF16 if 3 * fichier.count(0) > len(fichier) else ILLISIBLE)
    for encodage in ("utf-8-sig", "cp1252"):
        try:
            texte = fichier.decode(encodage)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise TableurRefuse(AUTRE_ECRITURE)
    if encodage == "cp1252" and _AUTRE_ECRITURE.search(texte):
        raise TableurRefuse(AUTRE_ECRITURE)
    if texte.lstrip().startswith("<"):
        raise TableurRefuse(PAGE)
    return lire_texte(texte)


def _ecrire(valeur: object) -> str:
    """A cell as one would type it."""
    if isinstance(valeur, datetime):
        entier = valeur.time() == time.min
        return f"{valeur:%d/%m/%Y}" if entier else f"{valeur:%d/%m/%Y %H:%M}"
    if isinstance(valeur, date):
        return f"{valeur:%d/%m/%Y}"
    if isinstance(valeur, float) and valeur.is_integer():
        return str(int(valeur))
    return "" if valeur is None else str(valeur)


def borner() -> None:
    """Give this process little memory and time, for good."""
    limites = (
        (resource.RLIMIT_AS, MEMOIRE_MAX),
        (resource.RLIMIT_CPU, SECONDES_MAX),
        (resource.RLIMIT_CORE, 0),
    )
    for quoi, combien in limites:
        resource.setrlimit(quoi, (combien, combien))


def principal() -> int:
    """Read the file, write its table; the code to exit with."""
    borner()
    try:
        table = ouvrir(sys.stdin.buffer.read())
    except TableurRefuse as refus:
        sys.stdout.buffer.write(refus.message.encode())
        return REFUS
    sys.stdout.write(json.dumps(asdict(table) | {"rangees": [astuple(r) for r in table.rangees]}))
    return 0


if __name__ == "__main__":
    sys.exit(principal())
