"""What the formateur proposes, as both sides read it."""

from collections.abc import Sequence

from certif.domaine.libelles.ecrans import CHAMPS
from certif.domaine.libelles.typographie import francais, phrase, pluriel

REFUSER = francais(
    "Pour en refuser ou en changer une, modifiez la saisie de la session : le formateur validera de nouveau."
)
GESTES = {"corriger": francais("Corriger"), "ajouter": francais("Ajouter"), "retirer": francais("Retirer")}
"""What is done of each kind in one tap."""

_CHAMPS = {"certificat": CHAMPS["certificat_id"], "lieu": CHAMPS["lieu_type"]}
_VIDE = "—"


def champ(nom: str) -> str:
    """The label of a field that can be proposed."""
    return _CHAMPS.get(nom) or CHAMPS[nom]


def de_vers(nom: str, avant: str, apres: str) -> str:
    """`Nom : DUPONT → DUPOND`."""
    return phrase("{champ} : {avant} → {apres}", champ=champ(nom), avant=avant or _VIDE, apres=apres or _VIDE)


def actuellement(valeur: str) -> str:
    """Under a field of the session."""
    return phrase("Actuellement : {valeur}", valeur=valeur or _VIDE)


def combien(nombre: int) -> str:
    """`2 corrections proposées`."""
    return pluriel(nombre, "correction proposée", "corrections proposées")


def demandees(nombre: int) -> str:
    """`2 corrections demandées`, with a retour."""
    return pluriel(nombre, "correction demandée", "corrections demandées")


def titre(qui: str, nombre: int) -> str:
    """Above the list of the entité, before it accepts."""
    return phrase("{qui} propose {quoi}", qui=qui, quoi=pluriel(nombre, "correction", "corrections"))


def avancement(qui: str, faites: int, nombre: int) -> str:
    """In saisie: `Corrections demandées par R. Stéphanie : 1 faite sur 3`."""
    return phrase(
        "Corrections demandées par {qui} : {faites} sur {nombre}",
        qui=qui,
        faites=pluriel(faites, "faite", "faites"),
        nombre=nombre,
    )


def non_faites(nombre: int) -> str:
    """Beside *Soumettre au formateur*."""
    if nombre == 1:
        return francais("Une correction demandée par le formateur n'est pas faite : il la verra refusée.")
    return phrase(
        "{nombre} corrections demandées par le formateur ne sont pas faites : il les verra refusées.",
        nombre=nombre,
    )


def proposee(valeurs: Sequence[str]) -> str:
    """On the row of a trainee; "" stands for no prénom."""
    return phrase("Proposé par le formateur : {quoi}", quoi=valeurs_dites(valeurs))


def valeurs_dites(valeurs: Sequence[str]) -> str:
    """`DUPOND, sans prénom, 14/02/1991`."""
    return ", ".join(valeur or "sans prénom" for valeur in valeurs)
