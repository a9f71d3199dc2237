"""States and moves as they are read, and whose turn it is."""

from datetime import date

from certif.domaine.libelles.typographie import francais, phrase, pluriel
from certif.domaine.temps import depuis, format_date_courte

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
    "accepter_corrections": francais("Accepter les corrections"),
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

VIDE = francais("Rien n'y est encore saisi")
COMPLETER = francais("À vous : compléter et soumettre")
COMPLETER_OU_CONFIER = francais("À vous : compléter et soumettre, ou confier à quelqu'un")
REPRENDRE = francais("À vous : reprendre la saisie")
CORRIGER = francais("À vous : corriger (retour du formateur)")
CLORE = francais("À vous : clore sans certificat")
A_CLORE = francais("À clore sans certificat")
RENSEIGNER_RESULTATS = francais("À vous : renseigner les résultats")
VERIFIER_ET_GENERER = francais("À vous : vérifier et générer")
RIEN_A_FAIRE = francais("Rien à faire")
TERMINEE = francais("Terminée")


def effet(action: str, *, entite: str, formateur: str) -> str:
    """What *Soumettre* will do with this choice, shown under it; "" when the action says enough."""
    return phrase(_EFFETS[action], entite=entite, formateur=formateur) if action in _EFFETS else ""


def au_tour_de(qui: str) -> str:
    return phrase("Au tour de {qui}", qui=qui)


def vu_de_dehors(texte: str, qui: str) -> str:
    """What whose turn it is reads, as anybody else does: « À vous : … » is « Au tour de MAROSE : … »."""
    return texte.replace(francais("À vous :"), francais(f"{au_tour_de(qui)} :"))


def hors_delai(cloture: date) -> str:
    """R1: a draft that nobody can submit any more as it stands."""
    return phrase(
        "À vous : supprimer, ou changer la date de fin (délai du {cloture:%d/%m/%Y} dépassé)", cloture=cloture
    )


def trop_tot(ouverture: date) -> str:
    """R1: a draft that nobody can submit yet."""
    return phrase("À vous : compléter, et soumettre à partir du {ouverture:%d/%m/%Y}", ouverture=ouverture)


def suspendue(entite: str) -> str:
    """R17: nobody's turn."""
    return phrase("{entite} est suspendue : rien ne peut être modifié", entite=entite)


def au_tour_du_formateur(formateur: str, soumise_le: date, aujourd_hui: date) -> str:
    """How long it has waited, from the second day."""
    if soumise_le >= aujourd_hui:
        return au_tour_de(formateur)
    return f"{au_tour_de(formateur)} {depuis(soumise_le, aujourd_hui)}"


def reprendre(blocage: str) -> str:
    """The formateur cannot answer any more; `blocage` says why."""
    return f"{blocage}. {REPRENDRE}" if blocage else REPRENDRE


def a_generer(date_fin: date) -> str:
    return phrase("À générer à partir du {date_fin:%d/%m/%Y}", date_fin=date_fin)


def generation(faits: int, total: int) -> str:
    return f"{pluriel(faits, 'certificat', 'certificats')} sur {total}, rien à faire"


def a_relancer(echecs: int) -> str:
    return phrase("À vous : {combien} à relancer", combien=pluriel(echecs, "certificat", "certificats"))


def a_telecharger(dernier_jour: date) -> str:
    return phrase("À vous : télécharger jusqu'au {dernier_jour:%d/%m/%Y} inclus", dernier_jour=dernier_jour)


def telecharges(telecharge_le: date, purge: date) -> str:
    return phrase(
        "Téléchargés le {telecharge} ; suppression le {purge}",
        telecharge=format_date_courte(telecharge_le),
        purge=format_date_courte(purge),
    )


def annules(purge: date) -> str:
    """R14, once every certificate is cancelled."""
    return phrase("Certificats annulés ; suppression le {purge}", purge=format_date_courte(purge))


def delai_passe(purge: date) -> str:
    return phrase("Téléchargement terminé ; suppression le {purge}", purge=format_date_courte(purge))
