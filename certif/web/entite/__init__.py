"""The entité's space: each module adds its views to the blueprint."""

from certif.web.entite import (
    actions,
    annulation,
    creation,
    demande,
    demandes,
    feuille,
    formateur,
    habilitations,
    informations,
    listes,
    logo,
    mon_entite,
    noms_commerciaux,
    session,
    stagiaires,
    suppression,
    telechargements,
)
from certif.web.entite.blueprint import bp

__all__ = [
    "actions",
    "annulation",
    "bp",
    "creation",
    "demande",
    "demandes",
    "feuille",
    "formateur",
    "habilitations",
    "informations",
    "listes",
    "logo",
    "mon_entite",
    "noms_commerciaux",
    "session",
    "stagiaires",
    "suppression",
    "telechargements",
]
