"""What is worth a second look and never blocks (R10, R12, R13)."""

from collections.abc import Sequence
from datetime import date

from certif.domaine.libelles.typographie import enumeration, francais, phrase

SESSION_SEMBLABLE = francais(
    "Une autre session de votre entité a le même certificat, la même date de fin et le même formateur : "
    "vérifiez qu'il ne s'agit pas d'un doublon."
)

MINEUR = francais("Sera mineur à la fin de la session : ces travaux sont en principe interdits avant 18 ans.")
MOT_REPETE = francais("Le même mot est dans le nom et dans le prénom : vérifiez la pièce d'identité.")
CIVILITE = francais("Une civilité est dans le nom, elle serait imprimée : vérifiez la pièce d'identité.")
NEE = francais(
    "« Née », ou une autre précision d'état civil, est dans le nom et serait imprimée : "
    "vérifiez la pièce d'identité."
)


def age_inhabituel(age: int) -> str:
    return phrase(
        "Aura {age} ans à la fin de la session : vérifiez sa date de naissance.",
        age=age,
    )


def confondu(autres: Sequence[str]) -> str:
    """R12, on the row of a trainee whom entry told apart from these before their names had one key."""
    return phrase(
        "Une fois imprimé, ce nom se lit comme {autres}, et la date de naissance est la même : la soumission "
        "et la génération seront refusées tant qu'une des deux lignes n'aura pas été retirée ou corrigée.",
        autres=enumeration(autres),
    )


def deja_delivre(certificat: str, date_fin: date) -> str:
    """R6, on the row of a trainee whose certificate will be refused."""
    return phrase(
        "Un certificat {certificat} au {date_fin:%d/%m/%Y} lui a déjà été délivré par votre entité : "
        "aucun duplicata ne pourra être généré.",
        certificat=certificat,
        date_fin=date_fin,
    )


def deja_delivres(stagiaires: Sequence[str], certificat: str, date_fin: date) -> str:
    """The same before the submission, which it does not forbid; all of them are named."""
    return phrase(
        "Un certificat {certificat} au {date_fin:%d/%m/%Y} a déjà été délivré par votre entité à {qui} : "
        "tant que cela reste ainsi, la génération sera refusée.",
        certificat=certificat,
        date_fin=date_fin,
        qui=enumeration(stagiaires),
    )


def noms_inverses(autre: str) -> str:
    return phrase("Nom et prénom sont inversés par rapport à {autre} : vérifiez-les.", autre=autre)


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
