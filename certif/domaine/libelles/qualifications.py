"""The qualifications of formateurs, as the administrateur keeps them."""

from datetime import date

from certif.domaine.libelles.typographie import francais, phrase

NUMERO_INCONNU = francais("Aucune personne n'a ce N° Forprev : vérifiez-le.")
PAS_FORMATEUR = francais("Cette personne n'a pas de rôle formateur actif : donnez-lui d'abord ce rôle.")
NIVEAU_INCONNU = francais("Choisissez l'un des dispositifs et niveaux proposés.")
FIN_AVANT_DEBUT = francais("La fin ne peut pas précéder le début.")
DEJA_RETIREE = francais("Cette qualification est déjà retirée.")
RETIREE = francais("Cette qualification est retirée : annulez d'abord son retrait.")
NON_RETIREE = francais("Cette qualification n'est pas retirée.")
AUCUNE_SESSION = francais("Aucune session n'en est bloquée.")
SESSIONS_BLOQUEES = francais("Sessions déjà soumises qui seront bloquées")
BROUILLONS = francais("Sessions en cours de saisie qui ne pourront pas être soumises")
SUITE_POUR_LES_ENTITES = francais(
    "Le formateur garde ses sessions : chaque entité devra en changer ou corriger la date."
)
ANNULER_LE_RETRAIT = francais("La qualification comptera de nouveau jusqu'à sa fin, dès maintenant.")
AIDE_NUMERO = francais("Trois lettres et cinq chiffres. Un ancien numéro mène à la personne qui l'avait.")
AIDE_RETRAIT = francais("Le premier jour où elle ne compte plus.")


def deja(niveau: str, debut: date, fin: date) -> str:
    """Two qualifications of one person for a niveau share no day."""
    return phrase(
        "Cette personne a déjà la qualification {niveau} du {debut:%d/%m/%Y} au {fin:%d/%m/%Y} : "
        "prolongez-la ou corrigez ses dates.",
        niveau=niveau,
        debut=debut,
        fin=fin,
    )


def fin_trop_tot(fin: date) -> str:
    return phrase("La nouvelle fin doit venir après le {fin:%d/%m/%Y}.", fin=fin)


def retrait_trop_tard(fin: date) -> str:
    return phrase("Elle prend fin le {fin:%d/%m/%Y} : retirez-la au plus tard ce jour-là.", fin=fin)


def accord(qui: str, numero: str, niveau: str, debut: date, fin: date) -> str:
    """What is about to be granted."""
    return phrase(
        "{qui} ({numero}) pourra certifier {niveau} du {debut:%d/%m/%Y} au {fin:%d/%m/%Y} inclus.",
        qui=qui,
        numero=numero,
        niveau=niveau,
        debut=debut,
        fin=fin,
    )


def retrait(qui: str, niveau: str, le: date) -> str:
    """What is about to be withdrawn."""
    return phrase(
        "À compter du {le:%d/%m/%Y}, {qui} ne pourra plus certifier {niveau}.", qui=qui, niveau=niveau, le=le
    )


def session_touchee(numero: int, entite: str, niveau: str, date_fin: date) -> str:
    """A session of the list of those that a change blocks."""
    return phrase(
        "Session n°{numero}, {entite}, {niveau}, fin le {date_fin:%d/%m/%Y}",
        numero=numero,
        entite=entite,
        niveau=niveau,
        date_fin=date_fin,
    )


def prend_fin(fin: date) -> str:
    """Soon over."""
    return phrase("Prend fin le {fin:%d/%m/%Y}", fin=fin)
