"""States, roles and actions, as they are read."""

from certif.domaine.libelles.typographie import francais, phrase

ETATS = {
    "saisie": francais("En cours de saisie"),
    "validation_formateur": francais("En cours de validation Formateur"),
    "validation_entite": francais("En cours de validation Entité"),
    "generation": francais("Génération en cours"),
    "genere": francais("Certificats générés"),
}

ACTIONS = {
    "creer": francais("Nouvelle session"),
    "enregistrer": francais("Enregistrer"),
    "soumettre_au_formateur": francais("Soumettre au formateur"),
    "enregistrer_resultats": francais("Enregistrer"),
    "envoyer_resultats": francais("Envoyer les résultats des stagiaires"),
    "retour_commente": francais("Retour commenté"),
    "pas_ma_session": francais("Ce n'est pas ma session"),
    "reprendre_saisie": francais("Reprendre la saisie"),
    "generer": francais("Générer les certificats"),
    "modifier_saisie": francais("Modifier la saisie de la session"),
    "clore_sans_certificat": francais("Clore la session sans certificat"),
    "terminer_generation": francais("Certificats générés"),
    "relancer_generation": francais("Relancer les certificats en échec"),
    "rouvrir": francais("Rouvrir la session"),
    "annuler_et_refaire": francais("Annuler et refaire"),
    "confier": francais("Confier à…"),
    "supprimer": francais("Supprimer la session"),
    "effacer": francais("Effacement"),
    "purger": francais("Suppression après téléchargement"),
}

_EFFETS = {
    "soumettre_au_formateur": "→ Envoyer la session à {formateur}",
    "envoyer_resultats": "→ Envoyer les résultats à {entite}",
    "retour_commente": "→ Renvoyer la session à {entite} avec votre commentaire, sans résultat",
    "pas_ma_session": "→ Rendre la session à {entite} : vous n'en serez plus le formateur",
    "reprendre_saisie": "→ Reprendre la session : les réponses déjà enregistrées seront effacées",
    "generer": "→ Établir les certificats des réussites : rien ne pourra plus être modifié",
    "modifier_saisie": "→ Rouvrir la saisie : {formateur} devra valider de nouveau",
    "clore_sans_certificat": "→ Clore la session sans certificat : les identités seront effacées",
    "rouvrir": "→ Rouvrir la saisie : {formateur} devra valider de nouveau",
}


def effet(action: str, *, entite: str, formateur: str) -> str:
    """What *Soumettre* will do with this choice, shown under it; "" when the action says enough."""
    return phrase(_EFFETS[action], entite=entite, formateur=formateur) if action in _EFFETS else ""
