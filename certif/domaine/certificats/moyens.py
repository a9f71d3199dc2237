"""What a generation needs besides its data: a key that seals, a store that answers and has room (R6)."""

from certif.domaine.certificats import scelleur
from certif.domaine.libelles import certificats as textes
from certif.socle import stockage
from certif.socle.epreuve import refus_du_stockage
from certif.socle.stockage import StockageIndisponible, StockagePlein

_OCTETS_PAR_CERTIFICAT = 400_000
"""Twice what a large certificate weighs: once alone, once in the zip."""
_RESERVE = 50_000_000


def empechement(nombre: int) -> str | None:
    """Why so many certificates could not be made now, in a sentence for the page; None when they could."""
    if refus := scelleur.empechement():
        return refus
    try:
        if (panne := refus_du_stockage()) is not None:
            raise panne
        libre = stockage.espace_libre()
        if libre is not None and libre < _RESERVE + nombre * _OCTETS_PAR_CERTIFICAT:
            return textes.espace_insuffisant()
        return None
    except StockagePlein:
        return textes.espace_insuffisant()
    except StockageIndisponible:
        return textes.STOCKAGE_ABSENT
