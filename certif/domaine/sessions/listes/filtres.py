"""What is asked of a list of sessions."""

from dataclasses import dataclass
from enum import StrEnum

from certif.domaine.sessions.etats import Etat
from certif.socle.base.pagination import PREMIERE, Place


class Liste(StrEnum):
    A_TRAITER = "a-traiter"
    EN_COURS = "en-cours"


class Tri(StrEnum):
    """Columns that a list can be sorted by, as written in its address."""

    NUMERO = "numero"
    RAISON_SOCIALE = "raison-sociale"
    DISPOSITIF = "dispositif"
    CERTIFICAT = "certificat"
    DATE_FIN = "date-fin"
    INTERVENANT = "intervenant"
    MODIFICATION = "modification"
    ETAT = "etat"


@dataclass(frozen=True)
class Filtres:
    """What a list shows. `nom` is a person's name, searched without ever standing in an address."""

    liste: Liste = Liste.A_TRAITER
    etat: Etat | None = None
    par_moi: bool = False
    recherche: str = ""
    nom: str = ""
    tri: Tri = Tri.NUMERO
    decroissant: bool = False
    place: Place = PREMIERE
