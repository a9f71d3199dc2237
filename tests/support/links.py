"""One-time links as their readers find them: in the mails."""

import re

from certif.domaine.courriers.modeles import Courrier

_LIEN = re.compile(r"https?://\S+\?cle=([A-Za-z0-9_-]{43})\S*")


def lien_de(courrier: Courrier) -> str:
    """The address of the link that this mail carries; "" when it carries none."""
    trouve = _LIEN.search(courrier.corps)
    return trouve[0] if trouve else ""


def secret_de(courrier: Courrier) -> str:
    """The secret alone."""
    trouve = _LIEN.search(courrier.corps)
    return trouve[1] if trouve else ""
