"""The sentences of the timeline: who did what, to which fields."""

from certif.domaine.libelles.typographie import francais, pluriel

SEMBLABLE = francais("semblable à une autre")
AVERTISSEMENT_CONFIRME = francais("un avertissement confirmé")
FORMATEUR_DECLARANT = francais("qui en est aussi le déclarant")

_ACTES = {
    "creer": "a ouvert la session",
    "enregistrer": "a modifié la saisie",
    "soumettre_au_formateur": "a soumis la session au formateur",
    "enregistrer_resultats": "a enregistré des résultats",
    "envoyer_resultats": "a envoyé les résultats des stagiaires",
    "retour_commente": "a renvoyé la session",
    "pas_ma_session": "a répondu « Ce n'est pas ma session »",
    "reprendre_saisie": "a repris la saisie",
    "modifier_saisie": "a rouvert la saisie pour la modifier",
    "accepter_corrections": "a accepté les corrections du formateur",
    "generer": "a demandé la génération des certificats",
    "relancer_generation": "a relancé la génération",
    "rouvrir": "a rouvert la session",
    "annuler_et_refaire": "a annulé des certificats",
    "confier": "a confié la session",
}
_AVEC_DETAIL = {
    "creer": "a ouvert la session, {detail}",
    "annuler_et_refaire": "a annulé {detail}",
    "confier": "a confié la session à {detail}",
}
_ACCEPTE_DE = "a accepté les corrections de {auteur}"
_SANS_ACTEUR = {"terminer_generation": "Les certificats sont générés"}

NOMS_DE_CHAMPS = {
    "niveau_id": "dispositif",
    "certificat_id": "certificat",
    "lieu_type": "lieu de formation",
    "code_postal": "lieu de formation",
    "ville": "lieu de formation",
    "pays": "lieu de formation",
    "plateforme_id": "lieu de formation",
    "identification": "identification",
    "date_fin": "date de fin de session",
    "reference_interne": "référence interne",
    "nom_commercial_id": "nom imprimé sur les certificats",
}


def corrections_acceptees(nombre: int) -> str:
    return pluriel(nombre, "correction", "corrections")


def phrase(action: str, qui: str, detail: str = "", auteur: str = "") -> str:
    """`qui` is the displayed name of the person, or "" when the application itself acted.

    `detail` goes into the sentence of the actions that have a place for it; `auteur` is the formateur whose
    corrections were accepted, where it is known.
    """
    if action == "accepter_corrections" and auteur:
        return f"{qui} {francais(_ACCEPTE_DE).format(auteur=auteur)}"
    if action in _SANS_ACTEUR:
        return _SANS_ACTEUR[action]
    if detail and action in _AVEC_DETAIL:
        return f"{qui} {francais(_AVEC_DETAIL[action]).format(detail=detail)}"
    return f"{qui} {francais(_ACTES[action])}"


def precision(action: str, detail: str) -> str:
    """What the sentence leaves to be said of the change."""
    return "" if action in _AVEC_DETAIL else detail


def rectificative_de(numero: int) -> str:
    """R14: `rectificative de la n°125`."""
    return f"rectificative de la n°{numero}"


def ligne(phrase_: str, detail: str) -> str:
    """A move as the timeline tells it, with what it needs to say besides."""
    return f"{phrase_} ({detail})" if detail else phrase_


def changement(phrase_: str, detail: str, heure: str) -> str:
    """A change as told to who posted a stale form: what, when, and which fields."""
    precision = f" ({detail})" if detail else ""
    return f"{phrase_} à {heure}{precision}."
