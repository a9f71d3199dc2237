"""One-time links: the mails that carry them, and what their pages say."""

from certif.domaine.libelles.courriers import ORGANISATION_MAX
from certif.domaine.libelles.typographie import francais, phrase

LIEN_PERIME = francais("Ce lien ne peut plus servir.")

DEJA_UN_COMPTE = francais("Cette personne a déjà un compte : elle peut se connecter.")
SANS_ADRESSE = francais("Cette personne n'a pas d'adresse e-mail : enregistrez-la, puis invitez-la.")
PERSONNE_INACTIVE = francais("Le compte de cette personne est désactivé : elle ne peut pas être invitée.")

SUJET_INVITATION_PLATEFORME = francais("Vous êtes invité sur Certif")
_A_LA_PLATEFORME = "Un compte vous attend sur Certif."
_CHOISIR = (
    "Choisissez votre mot de passe à l'adresse ci-dessous : elle sert une seule fois, pendant 7 jours. "
    "Si vous n'attendiez pas cette invitation, ne faites rien."
)

SUJET_OUBLI = francais("Choisir un nouveau mot de passe")
OUBLI = (
    "Un nouveau mot de passe a été demandé pour votre compte. Choisissez-le à l'adresse ci-dessous : "
    "elle sert une seule fois, pendant une heure. Si vous n'avez rien demandé, ne faites rien : "
    "votre mot de passe reste le même."
)

SUJET_MOT_DE_PASSE_CHANGE = francais("Votre mot de passe a été changé")
MOT_DE_PASSE_CHANGE = (
    "Le mot de passe de votre compte vient d'être changé, et vos autres connexions ont été fermées. "
    "Si ce n'est pas vous, choisissez-en un autre tout de suite avec « Mot de passe oublié », "
    "et prévenez l'administrateur."
)

SANS_COMPTE = (
    "Vous n'avez pas encore de compte Certif : l'adresse ci-dessous, valable une seule fois pendant 7 jours, "
    "vous fait choisir un mot de passe, puis vous mène à la session."
)


def organisation_invite(organisation: str) -> str:
    """« MAROSE FORMATION vous invite sur Certif »: the subject, and the page's title; a long name is cut."""
    if not organisation:
        return SUJET_INVITATION_PLATEFORME
    if len(organisation) > ORGANISATION_MAX:
        organisation = organisation[: ORGANISATION_MAX - 1].rstrip() + "…"
    return phrase("{organisation} vous invite sur Certif", organisation=organisation)


def invitation(organisation: str) -> str:
    """The message; `organisation` is "" when the platform itself invites."""
    if not organisation:
        return f"{_A_LA_PLATEFORME} {_CHOISIR}"
    debut = phrase("{organisation} vous invite à la rejoindre sur Certif.", organisation=organisation)
    return f"{debut} {_CHOISIR}"
