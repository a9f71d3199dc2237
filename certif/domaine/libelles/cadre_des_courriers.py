"""What every mail has around its message."""

from certif.domaine.libelles import assistance
from certif.domaine.libelles.typographie import francais

_ORGANISATION_MAX = 100
"""Characters of an organisation's name in a subject, which must be read whole and stored."""

_AUTOMATIQUE = "Ce message est automatique : vous n'avez pas à y répondre."


def corps(message: str, adresse: str) -> str:
    """A short body: what happened, what to do, where."""
    signature = "\n".join(filter(None, ("Certif", assistance.ligne(), francais(_AUTOMATIQUE))))
    return "\n\n".join(("Bonjour,", francais(message), adresse, signature))


def abregee(organisation: str) -> str:
    """Its name in a subject: a very long one is cut."""
    if len(organisation) <= _ORGANISATION_MAX:
        return organisation
    return organisation[: _ORGANISATION_MAX - 1].rstrip() + "…"
