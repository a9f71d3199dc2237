"""UTILISATEURS: the words of its list, records and forms."""

from datetime import datetime

from certif.domaine.libelles.assistance import l_administrateur
from certif.domaine.libelles.typographie import francais, phrase
from certif.domaine.temps import date_de, format_date

JAMAIS_CONNECTE = francais("Jamais connecté")
SANS_FIN = francais("Sans date de fin")
INVITER_ENCORE = francais("Pour lui donner de nouveau un rôle, invitez cette personne à son adresse e-mail.")
ROLES_AIDE = francais(
    "Un gestionnaire voit toutes les sessions de l'entité et gère ses utilisateurs ; "
    "un délégataire ne voit que les sessions qu'il déclare."
)
FIN_AIDE = francais("Dernier jour compris. Sans date, le rôle dure jusqu'à ce qu'il soit retiré.")
INVITER_DE_NOUVEAU = francais(
    "Une nouvelle invitation, valable sept jours, remplace celle que votre entité a envoyée."
)
SANS_INVITATION = francais(
    "Cette personne n'a pas encore de compte, et son invitation ne peut plus servir : invitez-la de nouveau."
)
SOI_MEME = francais("Il s'agit de votre propre rôle : vous perdez cet accès tout de suite.")


def compte_desactive() -> str:
    return phrase(
        "Ce compte est désactivé : la personne ne peut pas se connecter. Adressez-vous à {qui}.",
        qui=l_administrateur(),
    )


def sans_adresse() -> str:
    return phrase(
        "Cette personne n'a ni compte ni adresse e-mail. Adressez-vous à {qui}.", qui=l_administrateur()
    )


def invitation(envoyee: datetime, expire: datetime) -> str:
    """`Invitation envoyée le 10/06/2026, expire le 17/06/2026`."""
    lues = dates(envoyee, expire)
    return f"Invitation {lues[0].lower()}{lues[1:]}"


def dates(envoyee: datetime, expire: datetime) -> str:
    """`Envoyée le 10/06/2026, expire le 17/06/2026`."""
    jours = [format_date(date_de(quand)) for quand in (envoyee, expire)]
    return "Envoyée le {}, expire le {}".format(*jours)
