"""Whether a logo can be seen on white paper, from its pixels: pure.

A logo made for a dark page is white, on nothing: printed, it leaves a hole, or a symbol without its name. It
is judged part by part, a part being what holds together: a letter, a drawing with what is inside it.
"""

from collections.abc import Iterator, Sequence

Pixel = tuple[int, int, int, int]
"""Red, green, blue, opacity, of 255."""
CONTRASTE_MIN = 1.5
"""With white, as WCAG measures it: a grey of 210. Paler, a stroke is guessed rather than seen."""
PERDU_MAX = 0.2
"""Share of what is drawn that may be lost."""
_TRACE = 0.02
"""Share of a part that is enough for it to be seen: a few letters in a large pale box."""
_PAPIER = 1.05
_OPACITE_MIN = 26


def se_voit(pixels: Sequence[Pixel], largeur: int) -> bool:
    """Whether most of a picture of this width, row by row, stands out from white."""
    contrastes = [_contraste(p) for p in pixels]
    if any(p[3] < 255 for p in pixels):
        dessine = [p[3] >= _OPACITE_MIN for p in pixels]
    else:
        dessine = [contraste >= _PAPIER for contraste in contrastes]
    total = perdu = 0
    for partie in _parties(dessine, largeur):
        total += len(partie)
        if sum(contrastes[i] >= CONTRASTE_MIN for i in partie) < _TRACE * len(partie):
            perdu += len(partie)
    return perdu <= PERDU_MAX * total and total > 0


def _contraste(pixel: Pixel) -> float:
    """Of this pixel, laid on white, with white."""
    *couleurs, opacite = pixel
    rouge, vert, bleu = (_lineaire((c * opacite + 255 * (255 - opacite)) / 65025) for c in couleurs)
    return 1.05 / (0.2126 * rouge + 0.7152 * vert + 0.0722 * bleu + 0.05)


def _lineaire(valeur: float) -> float:
    return valeur / 12.92 if valeur <= 0.04045 else ((valeur + 0.055) / 1.055) ** 2.4


def _parties(dessine: Sequence[bool], largeur: int) -> Iterator[list[int]]:
    """The places of each part: pixels that are drawn and touch by a side."""
    restent = {i for i, oui in enumerate(dessine) if oui}
    while restent:
        partie = [restent.pop()]
        for i in partie:  # grows as it is read
            colonne = i % largeur
            voisins = {i - largeur, i + largeur}
            voisins |= {i - 1} if colonne else set()
            voisins |= {i + 1} if colonne < largeur - 1 else set()
            voisins &= restent
            restent -= voisins
            partie.extend(voisins)
        yield partie
