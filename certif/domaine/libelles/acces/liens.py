"""One-time links: the mails that carry them, and what is refused."""

from certif.domaine.libelles.cadre_des_courriers import abregee
from certif.domaine.libelles.typographie import francais, phrase, pluriel

LIEN_PERIME = francais("Ce lien ne peut plus servir.")

DEJA_UN_COMPTE = francais("Cette personne a déjà un compte : elle peut se connecter.")
SANS_ADRESSE = francais("Cette personne n'a pas d'adresse e-mail : enregistrez-la, puis invitez-la.")
PERSONNE_INACTIVE = francais("Le compte de cette personne est désactivé : elle ne peut pas être invitée.")

SUJET_INVITATION_PLATEFORME = francais("Vous êtes invité sur Certif")
_A_LA_PLATEFORME = "Un compte vous attend sur Certif."
_CHOISIR = francais(
    "Choisissez votre mot de passe à l'adresse ci-dessous : elle sert une seule fois, pendant 7 jours. "
    "Si vous n'attendiez pas cette invitation, ne faites rien."
)

SUJET_OUBLI = francais("Choisir un nouveau mot de passe")
OUBLI = francais(
    "Un nouveau mot de passe a été demandé pour votre compte. Choisissez-le à l'adresse ci-dessous : "
    "elle sert une seule fois, pendant une heure. Si vous n'avez rien demandé, ne faites rien : "
    "votre mot de passe reste le même."
)

SUJET_MOT_DE_PASSE_CHANGE = francais("Votre mot de passe a été changé")
MOT_DE_PASSE_CHANGE = francais(
    "Le mot de passe de votre compte vient d'être changé, et vos autres connexions ont été fermées. "
    "Une nouvelle adresse qui attendait sa confirmation est à demander de nouveau. "
    "Si ce n'est pas vous, choisissez-en un autre tout de suite avec « Mot de passe oublié », "
    "et prévenez l'administrateur."
)


MEME_ADRESSE = francais("C'est déjà l'adresse de votre compte.")
ADRESSE_PRISE = francais("Un autre compte utilise déjà cette adresse.")
ADRESSE_PRISE_DEPUIS = francais(
    "Cette adresse ne peut plus être celle de votre compte : demandez-en une autre depuis « Mon compte »."
)

SUJET_CONFIRMER_ADRESSE = francais("Confirmez votre nouvelle adresse e-mail")
CONFIRMER_ADRESSE = francais(
    "Cette adresse a été demandée pour un compte Certif. Confirmez-la ci-dessous : le lien sert une seule "
    "fois, pendant 24 heures. Si vous n'avez rien demandé, ne faites rien."
)
SUJET_ADRESSE_PRISE = francais("Votre adresse e-mail a déjà un compte")
MESSAGE_ADRESSE_PRISE = francais(
    "Quelqu'un a demandé à utiliser cette adresse pour un autre compte Certif. Elle est déjà celle du "
    "vôtre : rien n'a changé. Si c'était vous, connectez-vous avec cette adresse."
)
SUJET_ADRESSE_DEMANDEE = francais("Une nouvelle adresse e-mail est demandée pour votre compte")
ADRESSE_DEMANDEE = francais(
    "Un changement d'adresse e-mail vient d'être demandé depuis votre compte. Il ne comptera qu'une fois "
    "confirmé à la nouvelle adresse. Si ce n'est pas vous, changez tout de suite votre mot de passe "
    "et fermez vos autres connexions."
)
SUJET_ADRESSE_CHANGEE = francais("L'adresse e-mail de votre compte a changé")
ADRESSE_CHANGEE = francais(
    "Votre compte a désormais une autre adresse e-mail. Si ce n'est pas vous, ouvrez le lien ci-dessous dans "
    "les 72 heures : l'ancienne adresse sera rétablie, toutes les connexions seront fermées "
    "et vous choisirez un nouveau mot de passe."
)
ADRESSE_CHANGEE_PAR_ADMINISTRATEUR = francais(
    "L'administrateur a changé l'adresse e-mail de votre compte, et vos connexions ont été fermées. "
    "Si vous ne l'aviez pas demandé, prévenez-le."
)
SUJET_ADRESSE_RETABLIE = francais("L'adresse e-mail de votre compte est rétablie")
ADRESSE_RETABLIE = francais(
    "L'adresse e-mail de votre compte est de nouveau celle-ci. Toutes les connexions ont été fermées et "
    "l'ancien mot de passe ne sert plus : choisissez-en un autre avec « Mot de passe oublié »."
)


def organisation_invite(organisation: str) -> str:
    """« MAROSE FORMATION vous invite sur Certif »: the subject, and the page's title; a long name is cut."""
    if not organisation:
        return SUJET_INVITATION_PLATEFORME
    return phrase("{organisation} vous invite sur Certif", organisation=abregee(organisation))


def invitation(organisation: str) -> str:
    """The message; `organisation` is "" when the platform itself invites."""
    if not organisation:
        return f"{_A_LA_PLATEFORME} {_CHOISIR}"
    debut = phrase("{organisation} vous invite à la rejoindre sur Certif.", organisation=organisation)
    return f"{debut} {_CHOISIR}"


def trop_de_demandes(minutes: int) -> str:
    """After several demands for one account, whether it exists or not."""
    combien = pluriel(minutes, "minute", "minutes")
    return phrase(
        "Plusieurs demandes viennent d'être faites pour ce compte. Regardez votre messagerie, courriers "
        "indésirables compris, ou réessayez dans {combien}.",
        combien=combien,
    )
