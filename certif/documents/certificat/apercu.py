"""A specimen of a certificate, made in a process of its own (`-m certif.documents.certificat.apercu`)."""

import sys
from typing import Any

from certif.documents.donnees import DonneesCertificat
from certif.documents.hors_processus import executer, repondre

MODULE = "certif.documents.certificat.apercu"


def rendre_specimen(donnees: DonneesCertificat, logo: bytes | None = None) -> bytes:
    """The PDF of this certificate as a specimen: no number, no address, the word across the page.

    Raises:
        DocumentIndisponible: it cannot be laid out, or not now.
    """
    return executer(MODULE, {"donnees": donnees.en_json(), "logo": (logo or b"").hex()})


def _fabriquer(valeurs: dict[str, Any]) -> bytes:
    # Only this process needs the layout engine.
    from certif.documents.certificat.certificat import rendre_certificat

    logo = bytes.fromhex(valeurs["logo"]) or None
    return rendre_certificat(DonneesCertificat.de_json(valeurs["donnees"]), logo=logo, specimen=True)


if __name__ == "__main__":
    sys.exit(repondre(_fabriquer))
