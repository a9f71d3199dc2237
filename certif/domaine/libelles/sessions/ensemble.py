"""The overview of an entité: its titles, and what it says where there is nothing."""

from datetime import date

from certif.domaine.libelles.sessions import resultats
from certif.domaine.libelles.typographie import francais, phrase
from certif.domaine.temps import format_mois

ATTENTES = "Ce qui attend"
FINS = "Droits qui prennent fin"
RIEN_N_ATTEND = francais("Rien n'attend personne.")
AUCUNE_FIN = francais(
    "Aucune habilitation, ni aucune qualification de vos formateurs, ne prend fin dans les 90 jours."
)
FINS_LIMITEES = francais(
    "De vos formateurs, seules les qualifications pour les niveaux qu'ils ont certifiés avec vous."
)
AUCUNE_SESSION = francais("Aucune session ne se termine ce mois-ci.")
COLONNES_ATTENTES = ("Quoi", "Certificat", "Date de fin de session", "Depuis le", "État", "À qui le tour")
COLONNES_FINS = ("Qui", "Dispositif niveau", "Dernier jour")
COLONNES_MOIS = ("Date de fin de session", "Session", "Certificat", "Lieu", "Formateur", "Stagiaires", "État")


def sessions_de(premier_jour: date) -> str:
    """`Sessions de novembre 2026`, `Sessions d’avril 2026`."""
    mois = format_mois(premier_jour)
    return phrase("Sessions d'{mois}" if mois[0] in "ao" else "Sessions de {mois}", mois=mois)


def session(numero: int) -> str:
    """`Session n°125`, on one line."""
    return f"Session\u00a0n°{numero}"


def reussites(stagiaires: int, combien: int) -> str:
    """`12 (11 réussites)`."""
    return f"{stagiaires} ({resultats.reussites(combien)})"


def les_premieres(combien: int, total: int) -> str:
    """There are more than the page shows."""
    return phrase(
        "Les {combien} plus anciennes sur {total} : les autres sont dans vos listes.",
        combien=combien,
        total=total,
    )


def mois_incomplet(combien: int, au_plus: int) -> str:
    """There are more in the month than the page shows; the workbook has so many at most."""
    return phrase(
        "Seules les {combien} premières sessions du mois sont affichées :"
        " le classeur en donne jusqu'à {au_plus}.",
        combien=combien,
        au_plus=au_plus,
    )
