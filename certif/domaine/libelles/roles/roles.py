"""Roles given, prolonged and withdrawn: how they are shown, refused and announced; UTILISATEURS."""

from datetime import date, datetime

from certif.domaine.libelles.assistance import l_administrateur
from certif.domaine.libelles.cadre_des_courriers import abregee
from certif.domaine.libelles.typographie import francais, phrase
from certif.domaine.temps import date_de, format_date

FIN_PASSEE = francais("La date de fin ne peut pas être passée : indiquez aujourd'hui ou un jour à venir.")
PLUS_EN_COURS = francais("Ce rôle a déjà pris fin.")
PERSONNE_DESACTIVEE = francais("Le compte de cette personne est désactivé.")
_RELEVE = francais("Donnez d'abord ce rôle, sans date de fin, à quelqu'un d'autre.")
_SE_CONNECTER = francais("Retrouvez votre espace à l'adresse ci-dessous.")
_SI_ERREUR = francais(
    "Vos autres rôles restent les mêmes. Si c'est une erreur, prévenez qui vous l'avait donné."
)

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
ADRESSE_DESACTIVEE = francais("Cette adresse est celle d'une personne dont le compte est désactivé.")


def trop_d_invitations(limite: int) -> str:
    """The throttle of one gestionnaire's invitations is reached."""
    return phrase("Vous avez invité {limite} fois en une heure. Recommencez plus tard.", limite=limite)


def role_en_mots(role: str, fin: date | None) -> str:
    """`Gestionnaire`, `Gestionnaire jusqu'au 31/08/2026`."""
    return phrase("{role} jusqu'au {fin}", role=role, fin=format_date(fin)) if fin else role


def role_termine(role: str, fin: date | None, *, retire: bool) -> str:
    """`Gestionnaire, retiré`, `Délégataire jusqu'au 31/08/2025, terminé`."""
    return f"{role}, retiré" if retire else f"{role_en_mots(role, fin)}, terminé"


def dernier(role: str, organisation: str, reste_jusqu_au: date | None) -> str:
    """Why the last holder of a role keeps it, and what to do first; `reste_jusqu_au` is the last day of the
    one who would remain, None when nobody would.
    """
    quand = f" après le {format_date(reste_jusqu_au)}" if reste_jusqu_au else ""
    sans = phrase(
        "{qui} n'aurait plus {de}{role}{quand}.",
        qui=organisation or "Certif",
        de="d’" if role[0] in "aeiou" else "de ",
        role=role,
        quand=quand,
    )
    return f"{sans} {_RELEVE}"


def sujet_donne(role: str, organisation: str) -> str:
    """`MAROSE FORMATION : vous êtes gestionnaire`; a very long name is cut."""
    return phrase("{qui} : vous êtes {role}", qui=abregee(organisation) or "Certif", role=role)


def sujet_retire(role: str, organisation: str) -> str:
    """`MAROSE FORMATION : vous n'êtes plus gestionnaire`."""
    return phrase("{qui} : vous n'êtes plus {role}", qui=abregee(organisation) or "Certif", role=role)


def message_donne(role: str, organisation: str, fin: date | None) -> str:
    """What the role is, where, and until when."""
    jusque = f" jusqu'au {format_date(fin)} inclus" if fin else ""
    debut = phrase("Vous êtes {role} {ou}{fin}.", role=role, ou=_ou(organisation), fin=francais(jusque))
    return f"{debut} {_SE_CONNECTER}"


def message_retire(role: str, organisation: str) -> str:
    """What is lost, and that nothing else is."""
    debut = phrase("Vous n'êtes plus {role} {ou}.", role=role, ou=_ou(organisation))
    return f"{debut} {_SI_ERREUR}"


def retrait(nom: str, role: str, organisation: str) -> str:
    """What is about to be withdrawn."""
    return phrase(
        "{nom} ne sera plus {role} {ou}, dès sa prochaine page et sur tous ses appareils. Le rôle pourra lui "
        "être donné de nouveau.",
        nom=nom,
        role=role,
        ou=_ou(organisation),
    )


def _ou(organisation: str) -> str:
    return phrase("de l'entité {organisation}", organisation=organisation) if organisation else "sur Certif"


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
