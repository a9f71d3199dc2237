"""The words of the digest, and of what a person wants in it."""

from datetime import date

from certif.domaine.libelles.typographie import francais, phrase, pluriel
from certif.domaine.temps import format_date

POUR_VOUS = "Pour vous"
"""Heading of what concerns the reader alone, whatever the organisation."""
REGLER = "Choisir les rappels de ce récapitulatif"
SANS_MOT_DE_PASSE = francais("Vous n'avez pas encore de mot de passe : recevez un lien pour en choisir un")
SANS_RESEAU = francais("Si vous avez répondu sans réseau, ouvrez Certif.")
CHOIX_ENREGISTRE = francais("Votre choix est enregistré : il vaut dès le prochain récapitulatif.")
AIDES = {
    "resultats": francais(
        "3, 10 et 17 jours après la fin de la session, puis 7 jours avant la fin du délai."
    ),
    "telechargements": francais("7 et 3 jours avant leur suppression définitive."),
    "droits": francais("90, 60 et 30 jours avant la fin."),
    "effacements": francais("30 et 7 jours avant."),
    "modeles": francais("Le jour que vous avez choisi en gardant le modèle."),
}
"""When each kind of reminders comes."""


def sujet(nombre: int) -> str:
    """`Certif : 3 rappels`; it names nobody."""
    return phrase("Certif : {rappels}", rappels=pluriel(nombre, "rappel", "rappels"))


def introduction(jour: date) -> str:
    return francais(f"Voici ce qui vous attend dans Certif, au {format_date(jour)}.")


def la_suite(nombre: int) -> str:
    """What waits for tomorrow's digest; "" when nothing does."""
    if not nombre:
        return ""
    verbe = "suivra" if nombre < 2 else "suivront"
    rappels = pluriel(nombre, "autre rappel", "autres rappels")
    return phrase("{rappels} {verbe} demain.", rappels=rappels, verbe=verbe)
