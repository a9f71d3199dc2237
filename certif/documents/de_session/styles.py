"""How texts look in the documents of a session: what the styles of `document.html` say."""

from certif.documents.erreurs import RenduImpossible
from certif.documents.rendu.mise_en_page import Bloc
from certif.documents.rendu.pages import COURANT
from certif.documents.rendu.toile import Texte

ENCRE, TEXTE, GRIS = "#124e5b", "#1d2b30", "#4d5f65"
FILET, A_SIGNER, FOND = "#9fb4b9", "#6f878d", "#e9f0f1"
DU_CARRE = "q 2 J 1 j"
"""How the strokes of tables end."""


def texte_de(bloc: Bloc, police: str = COURANT, couleur: str = TEXTE) -> Texte:
    """A measured text, in its own size."""
    return Texte(bloc.lignes, police, bloc.corps, bloc.pas, couleur)


def libelle(*lignes: str) -> Texte:
    """What stands over a value."""
    return Texte(lignes, COURANT, 7.5, 10.5, GRIS)


def phrase_de(bloc: Bloc) -> Texte:
    """A paragraph in the size of the page. Raises RenduImpossible where it was measured in another."""
    exiger(bloc.corps == 9)
    return Texte(bloc.lignes, COURANT, 9, 12, TEXTE)


def libelle_de(bloc: Bloc) -> Texte:
    """A measured label. Raises RenduImpossible likewise."""
    exiger(bloc.corps == 7.5)
    return libelle(*bloc.lignes)


def exiger(tient: bool) -> None:
    """The engine makes smaller, or sends elsewhere, what does not hold: it is left to it."""
    if not tient:
        raise RenduImpossible("Un texte ne tient pas dans la place qui est tracée.")
