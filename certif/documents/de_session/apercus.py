"""Having the specimens of a whole session made, in a process of its own, like one of them alone.

Light: whoever only asks for them loads no layout engine.
"""

import sys
from collections.abc import Sequence
from typing import Any

from certif.documents.donnees import DonneesCertificat
from certif.documents.hors_processus import executer, repondre

MODULE = "certif.documents.de_session.apercus"


def demander_specimens(donnees: Sequence[DonneesCertificat], logo: bytes | None, titre: str) -> bytes:
    """The PDF of these certificates of one session as specimens, a page each, in this order.

    Raises:
        DocumentIndisponible: they cannot be laid out, or not now.
    """
    valeurs = {"donnees": [d.en_json() for d in donnees], "logo": (logo or b"").hex(), "titre": titre}
    return executer(MODULE, valeurs)


def _fabriquer(valeurs: dict[str, Any]) -> bytes:
    # Only this process needs the layout engine.
    from certif.documents.de_session.specimens import rendre_specimens

    donnees = [DonneesCertificat.de_json(d) for d in valeurs["donnees"]]
    return rendre_specimens(donnees, bytes.fromhex(valeurs["logo"]) or None, valeurs["titre"])


if __name__ == "__main__":
    sys.exit(repondre(_fabriquer))
