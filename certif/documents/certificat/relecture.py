"""Reading certificates back: whether a file is one page that says what was asked."""

from collections.abc import Callable, Sequence

from certif.documents.certificat.composition import Composition
from certif.documents.erreurs import RenduImpossible
from certif.documents.rendu.pages_lues import textes_lus


def relire(pdf: bytes, composition: Composition, lire: Callable[[bytes], Sequence[str]] = textes_lus) -> None:
    """Check that a file is one page whose text holds every value: name, birth date, number and the rest.

    `lire` gives the text of each page.

    Raises:
        RenduImpossible: it does not.
    """
    pages = ["".join(texte.split()) for texte in lire(pdf)]
    blocs = composition.blocs.items()
    absents = [nom for nom, bloc in blocs if "".join("".join(bloc.lignes).split()) not in pages[0]]
    if len(pages) != 1 or absents:
        raise RenduImpossible(
            "Le certificat ne se relit pas tel qu’il a été demandé.", f"{len(pages)} {absents}"
        )
