"""Security events, for whoever watches over an installation: lines of the technical log.

Each says which person by identifier (none when nobody goes by what was typed) and which network by a keyed
hash: the same network gives the same text, from which nobody gets it back. Never a name nor an address.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

import structlog

from certif.domaine.erreurs import ErreurMetier, TropDeTentatives
from certif.socle.chiffrement import empreinte_secrete
from certif.socle.reseau import reseau_de

_journal = structlog.get_logger("certif.securite")


class Evenement(StrEnum):
    """What is worth watching."""

    CONNEXION_OUVERTE = "connexion.ouverte"
    PREUVE_ACCEPTEE = "preuve.acceptee"
    PREUVE_REFUSEE = "preuve.refusee"
    PREUVE_FREINEE = "preuve.freinee"
    ACCES_REFUSE = "acces.refuse"


class Preuve(StrEnum):
    """By what a person proves who they are."""

    MOT_DE_PASSE = "mot de passe"
    SECOND_FACTEUR = "second facteur"
    CLE_ACCES = "clé d’accès"


def signaler(evenement: Evenement, individu_id: int | None, adresse: str, **details: str) -> None:
    """Leave the line of an event; `adresse` is the client's, as the last trusted proxy saw it."""
    reseau = empreinte_secrete("reseau", reseau_de(adresse))[:16]
    _journal.info(evenement.value, individu=individu_id, reseau=reseau, **details)


@contextmanager
def eprouver(preuve: Preuve, individu_id: int | None, adresse: str) -> Iterator[None]:
    """Around the judgement of a proof: tell how it ended, whatever it raises."""
    try:
        yield
    except TropDeTentatives:
        signaler(Evenement.PREUVE_FREINEE, individu_id, adresse, preuve=preuve.value)
        raise
    except ErreurMetier:
        signaler(Evenement.PREUVE_REFUSEE, individu_id, adresse, preuve=preuve.value)
        raise
    signaler(Evenement.PREUVE_ACCEPTEE, individu_id, adresse, preuve=preuve.value)
