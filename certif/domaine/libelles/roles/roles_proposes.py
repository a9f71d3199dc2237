"""Roles that a gestionnaire proposes: what both sides read of them."""

from datetime import date

from certif.domaine.libelles.assistance import l_administrateur
from certif.domaine.libelles.typographie import francais, phrase
from certif.domaine.temps import format_date

DEJA_INVITEE = francais("Une invitation à ce rôle attend déjà à cette adresse.")
REFUSEE = francais(
    "Cette invitation a été refusée. Pour en envoyer une autre, invitez la personne de nouveau."
)
HOMONYMES = francais("Dans votre entité, portent déjà ce nom")
MEME_PERSONNE = francais(
    "Si c'est la même personne, n'envoyez pas cette invitation : corrigez l'adresse de celle qui attend, ou "
    "donnez-lui un rôle depuis sa fiche."
)
INVITER = francais(
    "La personne reçoit une invitation valable sept jours. Elle a le rôle quand elle l'accepte, avec le "
    "compte qu'elle a ou qu'elle ouvre alors ; d'ici là, l'invitation ne donne aucun accès."
)
DONNER = francais(
    "La personne reçoit une invitation valable sept jours : elle a le rôle quand elle l'accepte."
)
CORRIGER = francais(
    "L'invitation part à la nouvelle adresse, pour sept jours. Ce que la première a reçu ne sert plus à rien."
)
RENVOYER = francais("Une nouvelle invitation, valable sept jours, remplace celle qui attend.")
ANNULER = francais("Le lien déjà envoyé ne servira plus. La personne n'en est pas prévenue.")

ENVOYEE = francais("L'invitation est envoyée.")
ACCEPTEE = francais("Votre rôle est ouvert.")
REFUS_FAIT = francais("L'invitation est refusée.")
VIDE = francais("Les personnes que vous invitez apparaissent ici jusqu'à leur réponse, pendant sept jours.")
REFUS = francais("La personne a refusé cette invitation.")
_REPONDRE = francais(
    "Acceptez ou refusez à l'adresse ci-dessous, valable 7 jours. "
    "Si vous n'attendiez pas cette invitation, ne faites rien."
)


def courriel_non_remis(quand: str) -> str:
    """Of the mail that a server refused; `quand` reads "11/04/2026 à 18 h 12"."""
    return phrase(
        "Le courriel de cette invitation n'a pas pu être remis : la messagerie l'a refusé le {quand}. "
        "Vérifiez l'adresse, puis corrigez-la.",
        quand=quand,
    )


def deja_ce_role(role: str) -> str:
    """The address is that of somebody who holds this role in the entité."""
    return phrase("Cette personne est déjà {role} de votre entité.", role=role)


def homonyme(nom: str, adresse: str) -> str:
    """Somebody who has a role in the entité."""
    return phrase("{nom}, {adresse} : a un rôle", nom=nom, adresse=adresse)


def homonyme_invite(nom: str, adresse: str) -> str:
    """Somebody whom the entité has invited."""
    return phrase("{nom}, {adresse} : invitation en attente", nom=nom, adresse=adresse)


def annulation(nom: str) -> str:
    """What is about to be taken back."""
    return phrase("L'invitation de {nom} est annulée.", nom=nom)


def sera_invitee(nom: str, adresse: str) -> str:
    """What is about to be sent, to whom."""
    return phrase("L'invitation de {nom} part à l'adresse {adresse}.", nom=nom, adresse=adresse)


def invite_comme(organisation: str, role: str, fin: date | None = None) -> str:
    """`MAROSE FORMATION vous invite comme gestionnaire jusqu'au 31/08/2026 inclus`."""
    debut = phrase("{organisation} vous invite comme {role}", organisation=organisation, role=role)
    return debut + (francais(f" jusqu'au {format_date(fin)} inclus") if fin else "")


def message(organisation: str, role: str, fin: date | None) -> str:
    """The mail, the same whether its reader has an account or not."""
    return f"{invite_comme(organisation, role, fin)}. {_REPONDRE}"


def sans_adresse() -> str:
    return phrase("Cette personne n'a pas d'adresse e-mail. Adressez-vous à {qui}.", qui=l_administrateur())
