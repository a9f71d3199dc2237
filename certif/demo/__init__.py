"""The demonstration: fictive organisations and persons, one session in every stable state, demandes."""

from certif.demo.demandes import creer_demandes
from certif.demo.organisations import creer_organisations
from certif.demo.personnes import creer_personnes
from certif.demo.sessions import creer_sessions
from certif.domaine.comptes.modeles import Individu
from certif.domaine.referentiel.initial import charger_referentiel
from certif.socle.extensions import db
from certif.socle.horloge import aujourd_hui
from certif.socle.transaction import transaction


def charger() -> bool:
    """Fill an empty database; False, and nothing done, when someone is already there."""
    if db.session.query(Individu.id).first() is not None:
        return False
    jour = aujourd_hui()
    charger_referentiel()
    with transaction():
        entites = creer_organisations(jour)
        creer_personnes(entites, jour)
    creer_sessions(jour)
    creer_demandes(jour)
    return True
