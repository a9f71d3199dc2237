"""A specimen made in a process of its own, which ends with it: who shows one stays light.

Identities pass through pipes only: nothing is written anywhere. `python -m certif.documents.apercu` reads the
frozen data as JSON and writes the PDF, or a sentence with code 2.
"""

import json
import subprocess
import sys
import threading
from pathlib import Path

from certif.documents.donnees import DonneesCertificat
from certif.documents.erreurs import RenduImpossible

DELAI_S = 15
ATTENTE_S = 2
"""Whoever finds others waiting is told at once: specimens must not hold the threads that serve pages."""
REFUS = 2
_RACINE = Path(__file__).parents[2]
_un_a_la_fois = threading.BoundedSemaphore(1)


class ApercuImpossible(Exception):
    """No specimen; `message` is a French sentence for the page."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def rendre_specimen(donnees: DonneesCertificat, logo: bytes | None = None) -> bytes:
    """The PDF of this certificate as a specimen: no number, no address, the word across the page.

    Raises:
        ApercuImpossible: it cannot be laid out, or not now.
    """
    occupe = "L’aperçu n’est pas disponible pour le moment\u00a0: réessayez dans un instant."
    if not _un_a_la_fois.acquire(timeout=ATTENTE_S):
        raise ApercuImpossible(occupe)
    try:
        fini = subprocess.run(
            [sys.executable, "-m", "certif.documents.apercu"],
            input=json.dumps({"donnees": donnees.en_json(), "logo": (logo or b"").hex()}).encode(),
            capture_output=True,
            cwd=_RACINE,
            env={},
            timeout=DELAI_S,
            check=False,
        )
    except (subprocess.TimeoutExpired, OSError) as erreur:
        raise ApercuImpossible(occupe) from erreur
    finally:
        _un_a_la_fois.release()
    if fini.returncode == REFUS:
        raise ApercuImpossible(fini.stdout.decode())
    if fini.returncode != 0:
        raise ApercuImpossible(occupe)
    return fini.stdout


def _repondre() -> int:
    # Only this process needs the layout engine.
    from certif.documents.certificat import rendre_certificat

    recu = json.load(sys.stdin.buffer)
    donnees, logo = DonneesCertificat.de_json(recu["donnees"]), bytes.fromhex(recu["logo"])
    try:
        pdf = rendre_certificat(donnees, logo=logo or None, specimen=True)
    except RenduImpossible as refus:
        sys.stdout.buffer.write(refus.message.encode())
        return REFUS
    sys.stdout.buffer.write(pdf)
    return 0


if __name__ == "__main__":
    sys.exit(_repondre())
