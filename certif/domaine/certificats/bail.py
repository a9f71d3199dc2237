"""How long a claim holds without a sign of life, in real time."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import InstrumentedAttribute

from certif.domaine.certificats.modeles import CertificatEmis
from certif.socle.horloge import AVANCE_MAX, instant_reel

BAIL = timedelta(seconds=60)
Prise = InstrumentedAttribute[datetime | None]


def echu(prise_a: Prise = CertificatEmis.prise_a) -> ColumnElement[bool]:
    """Condition that a claim no longer holds: too old, or made before the clock was put back."""
    maintenant = instant_reel()
    return or_(prise_a < maintenant - BAIL, prise_a > maintenant + AVANCE_MAX)


def tient(prise_a: datetime | None) -> bool:
    """Whether a claim made then still holds; False when there is none."""
    maintenant = instant_reel()
    return prise_a is not None and maintenant - BAIL <= prise_a <= maintenant + AVANCE_MAX
