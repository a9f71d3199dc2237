"""The formateur's space: each module adds its views to the blueprint."""

from certif.web.formateur import (
    brouillons,
    listes,
    page_ouverte,
    pas_ma_session,
    qualifications,
    resultats,
    session,
)
from certif.web.formateur.blueprint import bp

__all__ = [
    "bp",
    "brouillons",
    "listes",
    "page_ouverte",
    "pas_ma_session",
    "qualifications",
    "resultats",
    "session",
]
