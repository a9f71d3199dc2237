"""Whether the store writes now, asked in a thread of its own: a store that hangs holds up nobody."""

import threading

from certif.socle import stockage
from certif.socle.stockage import StockageIndisponible

PATIENCE_S = 8.0
"""How long a store may take to write one file before it counts as away."""


class Epreuve:
    """One try at a time: whoever asks meanwhile waits for the same."""

    def __init__(self) -> None:
        self._fil: threading.Thread | None = None
        self._refus: StockageIndisponible | None = None

    def passer(self) -> StockageIndisponible | None:
        """What keeps a file from being written now; None when nothing does."""
        fil = self._fil
        if fil is None or not fil.is_alive():
            fil = self._fil = threading.Thread(target=self._ecrire, daemon=True)
            fil.start()
        fil.join(PATIENCE_S)
        return StockageIndisponible() if fil.is_alive() else self._refus

    def _ecrire(self) -> None:
        try:
            stockage.eprouver()
        except StockageIndisponible as refus:
            self._refus = refus
        else:
            self._refus = None


_epreuve = Epreuve()


def refus_du_stockage() -> StockageIndisponible | None:
    """What keeps a file from being written now, within eight seconds; None when nothing does."""
    return _epreuve.passer()
