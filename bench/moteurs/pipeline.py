"""Prepared once, filled for each: what production does, without the seal."""

from collections.abc import Iterator, Sequence

from bench.donnees import LOGO
from certif.documents.certificat.fabrique import Fabrique
from certif.documents.donnees import DonneesCertificat
from certif.documents.sceau.sceau import Sceau


def faire(donnees: Sequence[DonneesCertificat], sceau: Sceau | None = None) -> Iterator[bytes]:
    """One file for each.

    Raises:
        RuntimeError: one of them was not made by the fast way, so that the figure would mean nothing.
    """
    fabrique = Fabrique(donnees, LOGO, sceau)
    for d in donnees:
        yield fabrique.faire(d).octets
    if fabrique.rapides != len(donnees):
        raise RuntimeError(f"{fabrique.arbitres} certificates went to the referee")
