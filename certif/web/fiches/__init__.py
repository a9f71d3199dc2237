"""Lists, records and forms that are described instead of written: one set of views and templates for all.

    ENTITES = Rubrique(nom="entites", titre="Entités", lister=…, charger=…, presenter=…, gestes=(…))
    inscrire(bp, ENTITES)

A *rubrique* has a list, a record for each of its rows, and *gestes*: forms that change something. `champs`
reads what is typed, the domain judges it.
"""

from certif.web.fiches.champs import Case, Champ, Choix, Date, Entier, Texte, Zone
from certif.web.fiches.presentation import (
    Badge,
    Bouton,
    Colonne,
    Fiche,
    Ligne,
    Puces,
    Section,
    Tableau,
    adresse,
)
from certif.web.fiches.rubrique import Creation, Geste, Recapitulatif, Rubrique
from certif.web.fiches.vues import adresse_du_geste, inscrire

__all__ = [
    "Badge",
    "Bouton",
    "Case",
    "Champ",
    "Choix",
    "Colonne",
    "Creation",
    "Date",
    "Entier",
    "Fiche",
    "Geste",
    "Ligne",
    "Puces",
    "Recapitulatif",
    "Rubrique",
    "Section",
    "Tableau",
    "Texte",
    "Zone",
    "adresse",
    "adresse_du_geste",
    "inscrire",
]
