"""What `document.html` says, drawn: the head and the foot of each page, facts, tables, places to sign.

Every length stands in the templates too: the tests hold both to the same pixels.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from certif.documents.de_session.styles import (
    A_SIGNER,
    DU_CARRE,
    ENCRE,
    FILET,
    GRIS,
    TEXTE,
    exiger,
    libelle,
    texte_de,
)
from certif.documents.de_session.tableau import Colonne, Ligne, tracer
from certif.documents.de_session.tete import Champ, Rangee, hauteur_a_signer
from certif.documents.rendu.mise_en_page import Bloc
from certif.documents.rendu.pages import COURANT, FORT, SERIF, TITRE
from certif.documents.rendu.toile import DROITE, Texte, Toile, nombres

_GAUCHE = 40.0
_HAUT_DE_LA_TETE = 26.0
_HAUT_DU_PIED = 50.0
_TETE_MAX, _PIED_MAX = 70.0, 36.0


class Page:
    """The body of one page, filled from its top; each place says what follows it."""

    def __init__(self, toile: Toile, valeurs: dict[str, Any], numero: int, nombre: int) -> None:
        """Draw its head and its foot; `valeurs` are those of `habillage`."""
        self.toile = toile
        self.largeur: float = valeurs["largeur"] - 2 * _GAUCHE
        self._titres: float = valeurs["titres"]
        hauteur = valeurs["hauteur"]
        self._tete(valeurs, hauteur - _HAUT_DE_LA_TETE)
        self._pied(valeurs["sous"], f"Page {numero} sur {nombre}")
        self._haut: float = hauteur - valeurs["haut"]
        self._y: float = self._haut
        self._bas: float = self._haut - valeurs["corps"] - 2
        self._blanc = 0.0

    def _tete(self, valeurs: dict[str, Any], haut: float) -> None:
        tete = valeurs["tete"]
        a_gauche = [
            texte_de(tete.entite, FORT, ENCRE),
            Texte((valeurs["titre"],), TITRE, 21, 25, ENCRE),
        ]
        a_droite = [Texte(b.lignes, COURANT, b.corps, b.pas, TEXTE, DROITE) for b in tete.reference]
        hauteur = 6 + max(sum(t.hauteur for t in textes) for textes in (a_gauche, a_droite))
        exiger(hauteur <= _TETE_MAX)
        y, coupe = haut - hauteur, self.largeur - 180
        self._debuter(y)
        self._empiler(0, 6, coupe, a_gauche)
        self._empiler(coupe, 6, 180, a_droite)
        self._souligner((0, coupe, self.largeur), 0, ENCRE, 1.2)

    def _pied(self, sous: Bloc, pages: str) -> None:
        a_gauche = Texte(sous.lignes, COURANT, sous.corps, sous.pas, GRIS)
        a_droite = Texte((pages,), COURANT, 7.5, 10.5, GRIS, DROITE)
        hauteur = 5 + max(a_gauche.hauteur, a_droite.hauteur)
        exiger(hauteur <= _PIED_MAX)
        coupe = self.largeur - 90
        self._debuter(_HAUT_DU_PIED - hauteur)
        for x, large, texte in ((0.0, coupe, a_gauche), (coupe, 90.0, a_droite)):
            self.toile.texte(x, hauteur - 5 - texte.hauteur, texte, large)
        self._souligner((0, coupe, self.largeur), hauteur, FILET, 0.5)

    def _empiler(self, x: float, bas: float, large: float, textes: Sequence[Texte]) -> None:
        """Texts one over the other, the last one on this line."""
        y = bas
        for texte in reversed(textes):
            self.toile.texte(x, y, texte, large)
            y += texte.hauteur

    def _souligner(self, xs: Sequence[float], y: float, couleur: str, epaisseur: float) -> None:
        """Close a table with a line across its cells."""
        self.toile.operateurs(DU_CARRE)
        self.toile.traits([(a, y, b, y) for a, b in pairwise(xs)], couleur, epaisseur)
        self.toile.operateurs("Q Q")

    def descendre(self, hauteur: float, avant: float = 0, apres: float = 0) -> float:
        """Take this height and white around it, the wider of two that meet; where it ends.

        Raises:
            RenduImpossible: the page does not hold it.
        """
        if self._y < self._haut:
            self._y -= max(avant, self._blanc)
        self._y, self._blanc = self._y - hauteur, apres
        exiger(self._y >= self._bas)
        return self._y

    def paragraphe(self, texte: Texte, avant: float = 0, apres: float = 0) -> None:
        self.toile.texte(_GAUCHE, self.descendre(texte.hauteur, avant, apres), texte, self.largeur)

    def titre(self, dit: str) -> None:
        """The heading of a part, and its bookmark."""
        self.toile.signet(dit)
        self.paragraphe(Texte((dit,), SERIF, 12.5, 17, ENCRE), 10, 5)

    def faits(self, rangees: Sequence[Rangee], largeurs: Sequence[float]) -> None:
        """Facts side by side, each under its label."""
        haut, echelle = sum(r.hauteur for r in rangees), self._echelle(largeurs)
        self._debuter(self.descendre(haut))
        for rangee in rangees:
            x = 0.0
            for (dit, bloc), largeur in zip(rangee.faits, largeurs, strict=False):
                y, large = haut, largeur * echelle
                for texte in (libelle(dit), texte_de(bloc)):
                    y -= texte.hauteur
                    self.toile.texte(x, y, texte, large - 8)
                exiger(haut - y <= rangee.hauteur)
                x += large
            haut -= rangee.hauteur
        self.toile.operateurs("Q")

    def tableau(self, colonnes: Sequence[Colonne], lignes: Sequence[Ligne]) -> None:
        """A table under its headings."""
        haut = self._titres + sum(ligne.hauteur for ligne in lignes)
        echelle = self._echelle([c.largeur for c in colonnes])
        self._debuter(self.descendre(haut))
        tracer(
            self.toile,
            haut,
            self._titres,
            [replace(c, largeur=c.largeur * echelle) for c in colonnes],
            lignes,
        )
        self.toile.operateurs("Q")

    def _echelle(self, largeurs: Sequence[float]) -> float:
        """What columns are multiplied by: those that are wider than the page are made to hold."""
        return min(1.0, self.largeur / sum(largeurs))

    def _debuter(self, y: float) -> None:
        """Have what follows stand from there, at the left of the page's body."""
        self.toile.operateurs(f"q 1 0 0 1 {nombres(_GAUCHE, y)} cm")

    def a_signer(self, rangees: Sequence[Sequence[Champ]], avant: float) -> None:
        """Places to sign."""
        haut = hauteur_a_signer(1) - avant
        for champs in rangees:
            self._debuter(self.descendre(haut, avant))
            x, echelle = 0.0, self._echelle([champ.largeur for champ in champs])
            for champ in champs:
                large = champ.largeur * echelle
                self._champ(x, haut, large - (0 if champ is champs[-1] else 10), champ)
                x += large
            self.toile.operateurs("Q")

    def _champ(self, x: float, haut: float, large: float, champ: Champ) -> None:
        dessus = libelle(champ.libelle)
        y = haut - dessus.hauteur
        self.toile.texte(x, y, dessus, large)
        dit = texte_de(champ.dit) if champ.dit else Texte(("",), COURANT, 9, 12, TEXTE)
        y -= champ.blanc + dit.hauteur + 0.5
        exiger(y >= 0)
        self.toile.operateurs(f"q 1 0 0 1 {nombres(x, y)} cm")
        self.toile.texte(0, 0.5, dit, large)
        self.toile.operateurs("q")
        self.toile.traits([(0, 0, large, 0)], A_SIGNER, 0.5)
        self.toile.operateurs("Q Q")
