"""Two certificates with a code each, and how their holders open them."""

import html
import re
from dataclasses import dataclass

from werkzeug.test import TestResponse

from tests.web.distribution import Navigateur
from tests.web.scene import Scene

NOM = "Zorglubine"
NAISSANCE = "14/02/1991"


@dataclass
class Remises:
    """`marie` and `mehdi` are their codes."""

    scene: Scene
    numero: int
    marie: str
    mehdi: str


def scanner(telephone: Navigateur, code: str) -> TestResponse:
    """The page that the QR opens; its token serves the next form."""
    reponse = telephone.get(f"/r?c={code}")
    jeton = re.search(r'name="csrf_token" value="([^"]+)"', reponse.text)
    telephone.jeton = html.unescape(jeton[1]) if jeton else ""
    return reponse


def saisir(telephone: Navigateur, code: str, date_naissance: str = NAISSANCE) -> TestResponse:
    return telephone.post("/r", {"c": code, "date_naissance": date_naissance})
