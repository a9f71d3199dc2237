"""Many PDFs as one: every certificate of a session in one file, to print them all at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, IndirectObject, NameObject

from certif.documents.de_session.reliure import relier
from certif.documents.erreurs import RenduImpossible
from certif.documents.rendu.finition import presenter
from certif.documents.rendu.pages_lues import operateurs_de
from certif.documents.rendu.voies import au_plus_vite

_AUTRE = "Le recueil ne se relit pas tel qu’il a été demandé."


@dataclass(frozen=True, slots=True)
class Feuillet:
    """A certificate that goes into the merged file: its PDF, and what must be read on its page."""

    pdf: bytes
    titulaire: str
    numero: str


def rendre_recueil(feuillets: Sequence[Feuillet], titre: str, auteur: str) -> bytes:
    """One page per certificate in the order given, with a bookmark each; every page is read back.

    Raises:
        RenduImpossible: a file cannot be read, is not one page, or is not the certificate it should be.
    """
    return au_plus_vite(
        lambda: relier([f.pdf for f in feuillets], titre, auteur, [f.titulaire for f in feuillets]),
        lambda lues: _verifier(lues, feuillets),
        lambda: arbitrer_le_recueil(feuillets, titre, auteur),
    )


def arbitrer_le_recueil(feuillets: Sequence[Feuillet], titre: str, auteur: str) -> bytes:
    """The same, by pypdf, of certificates that others wrote.

    Every page is compared with the certificate it comes from; as reading a text costs more than all the rest,
    the first and the last are read back too, which is enough to know that their common fonts came along.

    Raises:
        RenduImpossible: likewise.
    """
    pdf = assembler((f.pdf for f in feuillets), titre, auteur, [f.titulaire for f in feuillets])
    pages = PdfReader(BytesIO(pdf)).pages
    if len(pages) != len(feuillets):
        raise RenduImpossible("Le recueil ne contient pas une page par certificat.")
    fideles = all(
        operateurs_de(page) == operateurs_de(PdfReader(BytesIO(f.pdf)).pages[0])
        for page, f in zip(pages, feuillets, strict=True)
    )
    if not fideles:
        raise RenduImpossible(_AUTRE)
    extremes = [0, -1]
    _verifier([pages[rang].extract_text() for rang in extremes], [feuillets[rang] for rang in extremes])
    return pdf


def _verifier(lues: Sequence[str], feuillets: Sequence[Feuillet]) -> None:
    """Each of these pages says whose certificate it is, and its number."""
    pages = [_serre(lue) for lue in lues]
    if len(pages) != len(feuillets) or not all(
        _serre(f.titulaire) in page and _serre(f.numero) in page
        for page, f in zip(pages, feuillets, strict=True)
    ):
        raise RenduImpossible(_AUTRE)


def assembler(
    pdfs: Iterable[bytes], titre: str, auteur: str, signets: Sequence[str] = (), dessous: bytes = b""
) -> bytes:
    """The pages of these files in one, what they share kept once; `signets` names the first page of each.

    `dessous` are operators that need no resource, drawn under what each page draws. The seals
    of the files do not hold on their pages, and are left out. Raises RenduImpossible.
    """
    recueil = PdfWriter()
    try:
        fond = _fond(recueil, dessous) if dessous else None
        for rang, pdf in enumerate(pdfs):
            premiere = len(recueil.pages)
            for originale in PdfReader(BytesIO(pdf)).pages:
                page = recueil.add_page(originale)
                _sans_sceau(page)
                if fond is not None:
                    _poser_sur(page, fond)
            if rang < len(signets):
                recueil.add_outline_item(title=signets[rang], page_number=premiere)
        # Files of one session carry the same fonts and drawings.
        recueil.compress_identical_objects(remove_duplicates=True, remove_unreferenced=True)
        recueil.add_metadata({"/Title": titre, "/Author": auteur})
        presenter(recueil)
        sortie = BytesIO()
        recueil.write(sortie)
    except Exception as erreur:  # whatever pypdf raises, this document is not made
        raise RenduImpossible("Les pages n’ont pas pu être réunies.", type(erreur).__name__) from erreur
    return sortie.getvalue()


def _sans_sceau(page: PageObject) -> None:
    annotations = page.get("/Annots")
    if annotations is None:
        return
    gardees = [a for a in annotations.get_object() if a.get_object().get("/Subtype") != "/Widget"]
    page[NameObject("/Annots")] = ArrayObject(gardees)


def _fond(recueil: PdfWriter, dessin: bytes) -> IndirectObject:
    flux = DecodedStreamObject()
    flux.set_data(b"/Artifact BMC q\n%b\nQ EMC\n" % dessin)
    return recueil._add_object(flux.flate_encode())


def _poser_sur(page: PageObject, fond: IndirectObject) -> None:
    """Have the page begin with this stream, which all pages share."""
    contenu = page.raw_get("/Contents")
    flux = contenu.get_object()
    suite = flux if isinstance(flux, ArrayObject) else [contenu]
    page[NameObject("/Contents")] = ArrayObject([fond, *suite])


def _serre(texte: str) -> str:
    return "".join(texte.split())
