"""The platform's side: each module adds its views to the blueprint."""

from certif.web.administration import (
    demandes,
    entites,
    habilitations,
    import_qualifications,
    individus,
    journal,
    qualifications,
    referentiel,
    registre,
)
from certif.web.administration.vues import bp

__all__ = [
    "bp",
    "demandes",
    "entites",
    "habilitations",
    "import_qualifications",
    "individus",
    "journal",
    "qualifications",
    "referentiel",
    "registre",
]
