"""The entité's space: each module adds its views to the blueprint."""

from certif.web.entite import creation, listes
from certif.web.entite.blueprint import bp

__all__ = ["bp", "creation", "listes"]
