"""What every mail has around its message."""

from collections.abc import Iterable

from certif.domaine.libelles import assistance
from certif.domaine.libelles.typographie import francais

_ORGANISATION_MAX = 100
"""Characters of an organisation's name in a subject, which must be read whole and stored."""

PUCE = "•"
"""Begins each point of a list."""

_OUVRIR = "Ouvrir dans Certif"
_AUTOMATIQUE = "Ce message est automatique : vous n'avez pas à y répondre."


def corps(message: str, adresse: str, faits: Iterable[str] = ()) -> str:
    """A short body: what happened, what to do, the facts a line each, where."""
    return assembler(francais(message), liste("", [(fait,) for fait in faits]), lien(_OUVRIR, adresse))


def assembler(*blocs: str) -> str:
    """A body of these blocks, those that are "" left out, within what every mail says.

    A block is a paragraph; `lien` and `liste` make others. `courriers/mise_en_forme.py` reads them again.
    """
    signature = "\n".join(filter(None, ("Certif", assistance.ligne(), francais(_AUTOMATIQUE))))
    return "\n\n".join(("Bonjour,", *filter(None, blocs), signature))


def lien(libelle: str, adresse: str) -> str:
    """An address, and what it is for."""
    return f"{francais(libelle + ' :')}\n{adresse}"


def liste(titre: str, points: Iterable[tuple[str, ...]]) -> str:
    """Points under a heading ("" for none): each a text over its address and what says more, if any."""
    lignes = [
        f"{PUCE} {texte}" + "".join(f"\n  {ligne}" for ligne in suite if ligne) for texte, *suite in points
    ]
    return "\n".join(filter(None, (titre, *lignes)))


def abregee(organisation: str) -> str:
    """Its name in a subject: a very long one is cut."""
    if len(organisation) <= _ORGANISATION_MAX:
        return organisation
    return organisation[: _ORGANISATION_MAX - 1].rstrip() + "…"
