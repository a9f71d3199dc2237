"""The two lists of sessions: "à traiter" (my turn) and "en cours" (the rest), counted and paged."""

from certif.domaine.sessions.listes.attente import a_traiter_de
from certif.domaine.sessions.listes.comptes import Comptes, compter
from certif.domaine.sessions.listes.filtres import Filtres, Liste, Tri
from certif.domaine.sessions.listes.page import PageDeSessions, lister, resultats_envoyes

__all__ = [
    "Comptes",
    "Filtres",
    "Liste",
    "PageDeSessions",
    "Tri",
    "a_traiter_de",
    "compter",
    "lister",
    "resultats_envoyes",
]
