"""The four checks of a formateur (R3), word for word."""

from datetime import date

from certif.domaine.libelles.typographie import francais, phrase

NON_VERIFIE = francais("Non vérifié")
PERSONNE_TROUVEE = francais("Personne trouvée.")
PERSONNE_INCONNUE = francais(
    "Aucune personne ne correspond. Vérifiez le N° Forprev, ou le nom, le prénom et la date de naissance."
)
ROLE_ACTIF = francais("Rôle formateur actif.")
ROLE_INACTIF = francais("Cette personne n'a pas de rôle formateur actif.")


def qualification_detenue(niveau: str) -> str:
    return phrase("Qualification {niveau} détenue.", niveau=niveau)


def qualification_absente(niveau: str) -> str:
    return phrase("Ce formateur n'a pas la qualification requise ({niveau}).", niveau=niveau)


def qualification_valable(fin: date) -> str:
    return phrase("Qualification valable à la date de fin de session (jusqu'au {fin:%d/%m/%Y}).", fin=fin)


def qualification_terminee(niveau: str, fin: date, date_fin: date, passee: bool) -> str:
    verbe = "a pris fin" if passee else "prend fin"
    return phrase(
        "Sa qualification {niveau} {verbe} le {fin:%d/%m/%Y} ; la session se termine le {date_fin:%d/%m/%Y}.",
        niveau=niveau,
        verbe=verbe,
        fin=fin,
        date_fin=date_fin,
    )


def qualification_a_venir(niveau: str, debut: date, date_fin: date) -> str:
    return phrase(
        "Sa qualification {niveau} ne commence que le {debut:%d/%m/%Y} ; "
        "la session se termine le {date_fin:%d/%m/%Y}.",
        niveau=niveau,
        debut=debut,
        date_fin=date_fin,
    )


def conclusion(nom_affiche: str, numero: str) -> str:
    """After four successes: who may be declared."""
    return phrase(
        "{nom_affiche} ({numero}) peut être déclarée comme formateur de cette session.",
        nom_affiche=nom_affiche,
        numero=numero,
    )
