"""What is worth a second look and never blocks (R10, R12, R13)."""

from datetime import date

from certif.domaine.libelles.typographie import francais, phrase

SESSION_SEMBLABLE = francais(
    "Une autre session de votre entité a le même certificat, la même date de fin et le même formateur : "
    "vérifiez qu'il ne s'agit pas d'un doublon."
)


def age_inhabituel(stagiaire: str, age: int) -> str:
    return phrase(
        "{stagiaire} aura {age} ans à la fin de la session : vérifiez sa date de naissance.",
        stagiaire=stagiaire,
        age=age,
    )


def mineur(stagiaire: str) -> str:
    return phrase(
        "{stagiaire} sera mineur à la fin de la session : "
        "ces travaux sont en principe interdits avant 18 ans.",
        stagiaire=stagiaire,
    )


def groupe_inhabituel(nombre: int, minimum: int | None, maximum: int | None) -> str:
    if minimum is not None and maximum is not None:
        usage = f"de {minimum} à {maximum}"
    else:
        usage = f"d'au moins {minimum}" if minimum is not None else f"d'au plus {maximum}"
    accord = "stagiaire" if nombre < 2 else "stagiaires"
    return phrase(
        "Le groupe compte {nombre} {accord} ; pour ce dispositif, il est habituellement {usage}.",
        nombre=nombre,
        accord=accord,
        usage=usage,
    )


def envoi_avant_la_fin(date_fin: date) -> str:
    """R10: sending early is allowed, generating is not."""
    return phrase(
        "La session se termine le {date_fin:%d/%m/%Y} : vous pouvez envoyer les résultats dès maintenant, "
        "mais les certificats ne seront générés qu'à partir de cette date.",
        date_fin=date_fin,
    )


def cedex(code_postal: str) -> str:
    return phrase(
        "Le code postal {code_postal} n'est pas celui d'une commune : "
        "il est accepté comme adresse CEDEX. Vérifiez-le.",
        code_postal=code_postal,
    )
