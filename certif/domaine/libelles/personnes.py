"""What everybody may say of a person or of an entité: a date of birth, an e-mail address, a suspension."""

from certif.domaine.libelles.typographie import francais, phrase

NUMERO_INCONNU = francais("Aucune personne n'a ce N° Forprev : vérifiez-le.")


NAISSANCE_A_VENIR = francais("La date de naissance doit être passée.")
NAISSANCE_AVANT_1900 = francais("La date de naissance ne peut pas précéder le 01/01/1900.")
EFFET_D_UNE_SUSPENSION = francais("ses sessions se consultent et se téléchargent, rien ne peut être modifié.")


def courriel_refuse(quand: str) -> str:
    """Of a person, to whoever may have the address corrected; `quand` reads "11/04/2026 à 18 h 12"."""
    return phrase(
        "Le dernier courriel à cette personne n'a pas pu être remis : la messagerie l'a refusé le {quand}. "
        "Vérifiez son adresse avec elle.",
        quand=quand,
    )


EMAIL_VIDE = francais("L'adresse e-mail doit être renseignée.")
EMAIL_FORMAT = francais("Écrivez une seule adresse e-mail, sous la forme nom@domaine.fr, et rien d'autre.")
EMAIL_ACCENTS = francais(
    "Un accent ou une lettre spéciale précède le @ : la plupart des messageries ne l'acceptent pas. "
    "Vérifiez l'adresse."
)
EMAIL_TROP_LONG = francais("Cette adresse est trop longue : 254 caractères au plus.")


def entite_suspendue(entite: str) -> str:
    """R17."""
    return phrase("{entite} est suspendue : {effet}", entite=entite, effet=EFFET_D_UNE_SUSPENSION)


def email_sans_destination(domaine: str) -> str:
    """For a domain that the rules of the net keep for tests, or for one machine."""
    return phrase(
        "Le domaine « {domaine} » ne peut recevoir aucun message : vérifiez ce qui suit le @.",
        domaine=domaine,
    )


def email_incomplet(domaine: str) -> str:
    """For a domain of a single word."""
    return phrase(
        "Le domaine « {domaine} » est incomplet : écrivez-le jusqu'au bout, comme domaine.fr.",
        domaine=domaine,
    )
