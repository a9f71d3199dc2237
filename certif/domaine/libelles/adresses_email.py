"""What to say beside an e-mail address that cannot be used."""

from certif.domaine.libelles.typographie import francais, phrase

EMAIL_VIDE = francais("L'adresse e-mail doit être renseignée.")
EMAIL_FORMAT = francais("Écrivez une seule adresse e-mail, sous la forme nom@domaine.fr, et rien d'autre.")
EMAIL_ACCENTS = francais(
    "Un accent ou une lettre spéciale précède le @ : la plupart des messageries ne l'acceptent pas. "
    "Vérifiez l'adresse."
)
EMAIL_TROP_LONG = francais("Cette adresse est trop longue : 254 caractères au plus.")


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
