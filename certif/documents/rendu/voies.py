"""Two ways to a document: the fast one, read back each time; and the referee's, for what that one leaves."""

import logging
from collections.abc import Callable, Sequence

from certif.documents.erreurs import RenduImpossible
from certif.documents.rendu.relecture import textes_traces

_journal = logging.getLogger(__name__)


def au_plus_vite(
    faire: Callable[[], bytes], verifier: Callable[[Sequence[str]], None], arbitrer: Callable[[], bytes]
) -> bytes:
    """What `faire` makes, once `verifier` has seen what its pages say; else what the referee makes.

    Raises:
        RenduImpossible: it cannot be made, in either way.
    """
    try:
        pdf = faire()
        verifier(textes_traces(pdf))
    except RenduImpossible as refus:
        _journal.warning("document rendu par l’arbitre : %s", refus.message)
    except Exception as erreur:  # noqa: BLE001 - whatever the fast way meets, the referee remains
        _journal.error("document rendu par l’arbitre : %s", type(erreur).__name__)
    else:
        return pdf
    return arbitrer()
