"""ReportLab's canvas without layout engine: one document, its fonts and its common form written once."""

from collections.abc import Iterator, Sequence
from io import BytesIO

from reportlab.graphics import renderPDF
from reportlab.lib.colors import HexColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from svglib.svglib import svg2rlg

from bench.dessin import CADRE, HAUTEUR, LARGEUR, PLACE_LOGO, Texte, dessiner, matrices
from bench.donnees import LOGO
from certif.documents.certificat.places import CADRE_QR
from certif.documents.donnees import DonneesCertificat
from certif.documents.rendu import qr
from certif.documents.rendu.caracteres import POLICES

for police in POLICES.glob("*.ttf"):
    pdfmetrics.registerFont(TTFont(police.stem, str(police)))


def faire(donnees: Sequence[DonneesCertificat]) -> Iterator[bytes]:
    """One document of as many pages."""
    communs, pages = dessiner(donnees)
    matrice = matrices(donnees)
    sortie = BytesIO()
    toile = Canvas(sortie, pagesize=(LARGEUR, HAUTEUR), pageCompression=1, lang="fr")
    _fond(toile, communs)
    for page in pages:
        toile.doForm("fond")
        for texte in page.textes:
            _ecrire(toile, texte)
        _code(toile, matrice(page.donnees.adresse_verification or ""))
        toile.showPage()
    toile.save()
    yield sortie.getvalue()


def _fond(toile: Canvas, communs: Sequence[Texte]) -> None:
    toile.beginForm("fond")
    renderPDF.draw(svg2rlg(BytesIO(CADRE.encode())), toile, 0, 0)
    boite = PLACE_LOGO
    bas = HAUTEUR - boite.haut - boite.hauteur
    toile.drawImage(ImageReader(BytesIO(LOGO)), boite.gauche, bas, boite.largeur, boite.hauteur, mask="auto")
    for texte in communs:
        _ecrire(toile, texte)
    toile.endForm()


def _ecrire(toile: Canvas, t: Texte) -> None:
    toile.setFillColor(HexColor(t.couleur))
    toile.setFont(t.police, t.corps)
    (toile.drawCentredString if t.centre else toile.drawString)(t.x, HAUTEUR - t.y, t.texte)


def _code(toile: Canvas, rangees: list[str]) -> None:
    toile.saveState()
    pas = CADRE_QR.largeur / len(rangees)
    toile.translate(CADRE_QR.gauche, HAUTEUR - CADRE_QR.haut)
    toile.scale(pas, -pas)
    toile.setLineWidth(1)
    toile.setStrokeColorRGB(0, 0, 0)
    toile.lines([(debut, y + 0.5, fin, y + 0.5) for debut, fin, y in qr.traits(rangees)])
    toile.restoreState()
