"""A logo that white paper swallows is told from one that merely has white in it."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from certif.documents.nettoyage_du_logo import demander_logo, nettoyer, visible
from certif.documents.rendu.caracteres import POLICES
from certif.documents.visibilite_du_logo import CONTRASTE_MIN, se_voit

RIEN, BLANC, NOIR = (0, 0, 0, 0), (255, 255, 255, 255), (20, 30, 40, 255)
LOGOS = sorted((Path(__file__).parents[2] / "certif" / "demo" / "logos").glob("*.png"))
Couleur = tuple[int, int, int, int]


def dessiner(
    fond: Couleur, texte: Couleur, *, rond: Couleur | None = None, boite: Couleur | None = None
) -> bytes:
    """A name in large letters, with a disc before it, or in a box with round corners."""
    image = Image.new("RGBA", (600, 160), fond)
    trait = ImageDraw.Draw(image)
    if boite:
        trait.rounded_rectangle((4, 4, 596, 156), 30, fill=boite)
    if rond:
        trait.ellipse((10, 30, 110, 130), fill=rond)
    trait.text(
        (130, 40), "MAROSE", font=ImageFont.truetype(str(POLICES / "NotoSans-Bold.ttf"), 80), fill=texte
    )
    sortie = BytesIO()
    image.save(sortie, "PNG")
    return sortie.getvalue()


@pytest.mark.parametrize(
    "fichier",
    [
        dessiner(RIEN, BLANC),
        dessiner(RIEN, (255, 250, 220, 255)),
        dessiner(RIEN, (0, 0, 0, 30)),
        dessiner(RIEN, BLANC, rond=NOIR),
        dessiner(BLANC, (240, 240, 235, 255)),
        dessiner(BLANC, BLANC),
        dessiner(RIEN, RIEN),
    ],
    ids=["white", "cream", "faint", "symbol_alone", "pale_on_white", "white_on_white", "nothing"],
)
def test_a_logo_that_paper_swallows(fichier: bytes) -> None:
    assert not visible(nettoyer(fichier))


@pytest.mark.parametrize(
    "fichier",
    [
        dessiner(RIEN, NOIR),
        dessiner(BLANC, NOIR),
        dessiner(RIEN, (255, 176, 0, 255)),
        dessiner(RIEN, BLANC, boite=NOIR),
        dessiner(RIEN, NOIR, boite=BLANC),
        dessiner((245, 240, 230, 255), NOIR),
        *(fichier.read_bytes() for fichier in LOGOS),
    ],
    ids=[
        "dark",
        "on_white",
        "orange",
        "white_in_dark",
        "dark_in_white",
        "on_cream",
        *(f.stem for f in LOGOS),
    ],
)
def test_a_logo_that_is_seen(fichier: bytes) -> None:
    assert visible(nettoyer(fichier))


def test_the_isolated_process_says_so() -> None:
    assert [demander_logo(dessiner(RIEN, c)).se_voit for c in (NOIR, BLANC)] == [True, False]


@pytest.mark.parametrize(("gris", "vu"), [(209, True), (211, False)])
def test_the_bound_of_what_is_pale(gris: int, vu: bool) -> None:
    """Grey against white: (1 + 0.05) / (its luminance + 0.05), 1.5 at 210."""
    assert CONTRASTE_MIN == 1.5
    assert se_voit([(gris, gris, gris, 255)] * 6, 3) is vu


def test_a_fifth_may_be_lost() -> None:
    """Two strokes apart, one of them white: eight pixels seen for two lost, then for three."""
    seuls = [RIEN] * 4
    assert se_voit([NOIR] * 8 + seuls + [BLANC] * 2, 14)
    assert not se_voit([NOIR] * 8 + seuls + [BLANC] * 3, 15)
