"""Whose turn it is, in a few words beside the state."""

from datetime import date

from certif.domaine.libelles.typographie import francais, phrase, pluriel
from certif.domaine.temps import depuis, format_date_courte

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


def au_tour_de(qui: str) -> str:
    return phrase("Au tour de {qui}", qui=qui)


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
