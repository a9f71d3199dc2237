"""What the tests of production share."""

import json
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256

import pytest
from sqlalchemy import update

from certif.documents.donnees import DonneesCertificat
from certif.documents.fabrique import Fabrique
from certif.documents.remplissage import Fichier
from certif.domaine.certificats.bail import BAIL
from certif.domaine.certificats.modeles import CertificatEmis
from certif.socle.extensions import db
from certif.socle.horloge import instant_reel

ETAPES = (
    "avant_commit_prise",
    "apres_prise",
    "apres_rendu",
    "stockage_milieu",
    "apres_ecriture",
    "avant_commit",
    "apres_commit",
    "zip_avant_ecriture",
    "zip_apres_ecriture",
    "zip_avant_commit",
    "zip_apres_commit",
)
"""Break points of a generation, in their order."""

RECONSTITUTION = (
    "reconstitution_avant_commit_prise",
    "zip_avant_ecriture",
    "stockage_milieu",
    "reconstitution_apres_ecriture",
    "reconstitution_avant_commit",
    "reconstitution_apres_commit",
)
"""Break points of a zip that is packed again, in their order."""


def pdf_factice(donnees: DonneesCertificat) -> bytes:
    """A stand-in that depends on every field, as the real one does."""
    return b"%PDF-1.7\n" + json.dumps(donnees.en_json(), sort_keys=True, ensure_ascii=False).encode()


def rendre_par(monkeypatch: pytest.MonkeyPatch, rendre: Callable[[DonneesCertificat], bytes]) -> None:
    """Have production write what `rendre` gives, without the layout engine."""

    def faire(_: Fabrique, donnees: DonneesCertificat) -> Fichier:
        octets = rendre(donnees)
        return Fichier(octets, sha256(octets).hexdigest())

    monkeypatch.setattr(Fabrique, "faire", faire)


def baux_echus() -> None:
    """Make time pass for whoever holds a certificate: every claim has lapsed."""
    db.session.rollback()
    passe = instant_reel() - BAIL - timedelta(seconds=1)
    db.session.execute(
        update(CertificatEmis).where(CertificatEmis.prise_a.is_not(None)).values(prise_a=passe)
    )
    db.session.commit()
