"""The sentences of the timeline: who did what."""

from certif.domaine.libelles.typographie import francais

_ACTES = {
    "creer": "a ouvert la session",
    "enregistrer": "a modifié la saisie",
    "soumettre_au_formateur": "a soumis la session au formateur",
    "enregistrer_resultats": "a enregistré des résultats",
    "envoyer_resultats": "a envoyé les résultats des stagiaires",
    "retour_commente": "a renvoyé la session avec un commentaire",
    "pas_ma_session": "a répondu « Ce n'est pas ma session »",
    "reprendre_saisie": "a repris la saisie",
    "modifier_saisie": "a rouvert la saisie pour la modifier",
    "generer": "a demandé la génération des certificats",
    "relancer_generation": "a relancé la génération",
    "rouvrir": "a rouvert la session",
    "annuler_et_refaire": "a annulé des certificats pour les refaire",
}
_SANS_ACTEUR = {"terminer_generation": "Les certificats sont générés"}
SEMBLABLE = francais("semblable à une autre")
FORMATEUR_DECLARANT = francais("qui en est aussi le déclarant")


def phrase(action: str, qui: str) -> str:
    """`qui` is the displayed name of the person, or "" when the application itself acted."""
    if action in _SANS_ACTEUR:
        return _SANS_ACTEUR[action]
    return f"{qui} {francais(_ACTES[action])}"


def ligne(phrase_: str, detail: str) -> str:
    """A move as the timeline tells it, with what it needs to say besides."""
    return f"{phrase_} ({detail})" if detail else phrase_


def changement(phrase_: str, detail: str, heure: str) -> str:
    """A change as told to who posted a stale form: what, when, and which fields."""
    precision = f" ({detail})" if detail else ""
    return f"{phrase_} à {heure}{precision}."
