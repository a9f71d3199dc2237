"""Subjects and bodies of the mails about sessions and about rights that end: never a trainee's name."""

from datetime import date

from certif.domaine.libelles import assistance
from certif.domaine.libelles.typographie import francais, phrase
from certif.domaine.temps import format_date

ORGANISATION_MAX = 100
"""Characters of an organisation's name in a subject, which must be read whole and stored."""

_AUTOMATIQUE = "Ce message est automatique : vous n'avez pas à y répondre."


def corps(message: str, adresse: str) -> str:
    """A short body: what happened, what to do, where."""
    signature = "\n".join(filter(None, ("Certif", assistance.ligne(), francais(_AUTOMATIQUE))))
    return "\n\n".join(("Bonjour,", francais(message), adresse, signature))


def sujet_formateur(organisation: str, numero: int, objet: str) -> str:
    """The organisation comes first for formateurs, who work for several; a very long name is cut."""
    if len(organisation) > ORGANISATION_MAX:
        organisation = organisation[: ORGANISATION_MAX - 1].rstrip() + "…"
    return phrase(
        "{organisation} – session n°{numero} : {objet}",
        organisation=organisation,
        numero=numero,
        objet=francais(objet),
    )


def sujet_entite(numero: int, objet: str) -> str:
    return francais(f"Session n°{numero} : {objet}")


def objet_generer(date_fin: date, aujourd_hui: date) -> str:
    """« résultats reçus, certificats à générer », and from which day when it is still to come."""
    quand = f" (à partir du {format_date(date_fin)})" if date_fin > aujourd_hui else ""
    return f"résultats reçus, certificats à générer{quand}"


def sujet_habilitation(niveau: str, fin: date) -> str:
    """`Habilitation SST / 1 : fin le 30/09/2026`."""
    return francais(f"Habilitation {niveau} : fin le {format_date(fin)}")


def phrase_habilitation(niveau: str, numero: str, fin: date) -> str:
    """What ends, what no longer can be done then, and what to do."""
    return (
        f"L'habilitation {niveau} de votre entité (n° {numero}) prend fin le {format_date(fin)}. "
        "Ensuite, vous ne pourrez plus déclarer de session qui se termine après cette date. "
        "Si vous ne l'avez pas encore fait, demandez son renouvellement depuis la page Habilitations."
    )


def sujet_qualification(niveau: str, fin: date) -> str:
    """`Votre qualification SST / 1 prend fin le 30/09/2026`."""
    return francais(f"Votre qualification {niveau} prend fin le {format_date(fin)}")


def phrase_qualification(niveau: str, fin: date) -> str:
    """The same for a formateur."""
    return (
        f"Votre qualification {niveau} prend fin le {format_date(fin)}. "
        "Ensuite, vous ne pourrez plus certifier de session qui se termine après cette date. "
        "Si vous ne l'avez pas encore fait, inscrivez-vous à son renouvellement."
    )
