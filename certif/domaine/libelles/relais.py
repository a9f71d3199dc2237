"""When somebody whom a session waits for has left: what the entité reads, and what it can do."""

from certif.domaine.libelles.typographie import francais, phrase

DECLARANT_PRESENT = francais("La personne qui a déclaré cette session a toujours un rôle dans votre entité.")
DECLARANT_A_CHOISIR = francais("Choisissez la personne à qui confier la session.")
TITRE = francais("Confier la session à…")
EFFET = francais(
    "Elle la verra parmi ses sessions et recevra les courriers qui la concernent. Rien d'autre ne change."
)
SUJET_CONFIEE = "elle vous est confiée"
CONFIEE = francais("Cette session vous est confiée : vous en êtes désormais le déclarant.")
SUJET_EMPECHE = "le formateur ne peut plus répondre"
FORMATEUR_PARTI = francais("Aucune relance n'est utile : reprenez la saisie pour choisir un autre formateur.")


def formateur_empeche(refus: str) -> str:
    """The mail; `refus` is what R3 says."""
    return (
        f"Le formateur déclaré de cette session ne peut plus en renseigner les résultats. {refus} "
        "Reprenez la saisie pour choisir un autre formateur."
    )


def ne_peut_plus_repondre(formateur: str) -> str:
    """In the box of the session, instead of the wait."""
    return phrase("{formateur} ne peut plus répondre. ", formateur=formateur) + FORMATEUR_PARTI


def declarant_parti(declarant: str) -> str:
    """In the box of the session, beside *Confier à…*."""
    return phrase("{declarant} n'a plus de rôle dans l'entité.", declarant=declarant or "Le déclarant")


def confiee(numero: int, a: str) -> str:
    """Once it is done."""
    return phrase("La session n°{numero} est confiée à {a}.", numero=numero, a=a)
