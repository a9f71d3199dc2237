"""Sentences of the entité's own screens: its action box, its confirmations, its habilitations."""

from certif.domaine.libelles.assistance import l_administrateur
from certif.domaine.libelles.typographie import francais, phrase, pluriel

AIDES_VIDES = {
    "a-traiter": francais(
        "Les sessions que vous commencez, celles que le formateur vous renvoie, les résultats à vérifier "
        "et les certificats à télécharger se rangent ici."
    ),
    "en-cours": francais(
        "Les sessions qui avancent sans vous se rangent ici : celles que vous avez soumises au formateur, "
        "celles qui attendent leur date de fin, celles dont les certificats sont téléchargés."
    ),
}
HABILITATION_D_ABORD = francais(
    "Pour déclarer une session, votre entité a besoin d'une habilitation en vigueur. Demandez-la : "
    "l'administrateur vous répond ici et par e-mail."
)
HABILITATION_A_DEMANDER = francais(
    "Votre entité n'a pas d'habilitation en vigueur : vous pourrez déclarer une session dès qu'un "
    "gestionnaire l'aura demandée et obtenue."
)
TERMINER = francais("Terminer")
SAISIE_FERMEE = francais(
    "La saisie de cette session est fermée : les stagiaires ne peuvent plus être modifiés."
)
A_COMPLETER = francais("La session ne peut pas encore être soumise : réglez d'abord les points ci-dessous.")

TITRES_RECAPITULATIFS = {
    "generer": francais("Générer les certificats ?"),
    "modifier_saisie": francais("Modifier la saisie de la session ?"),
    "clore_sans_certificat": francais("Clore la session sans certificat ?"),
    "reprendre_saisie": francais("Reprendre la saisie ?"),
    "rouvrir": francais("Rouvrir la session ?"),
    "supprimer": francais("Supprimer la session ?"),
}

_FAITS = {
    "modifier_saisie": "La saisie de la session n°{numero} est rouverte : les résultats ont été effacés.",
    "clore_sans_certificat": "La session n°{numero} est close sans certificat.",
    "reprendre_saisie": "Vous avez repris la saisie de la session n°{numero} : le formateur ne l'a plus.",
    "rouvrir": "La session n°{numero} est rouverte : corrigez la saisie, puis soumettez-la de nouveau.",
    "supprimer": "La session n°{numero} est supprimée.",
}


def fait(action: str, numero: int) -> str:
    """What to say once the move is made; "" when the page says it by itself."""
    return phrase(_FAITS[action], numero=numero) if action in _FAITS else ""


def session_semblable(numero: int) -> str:
    """Above the new one; `numero` is the session that it is like."""
    return phrase(
        "Cette session reprend la n°{numero} : il reste à indiquer la date de fin et les stagiaires, "
        "et à vérifier le formateur.",
        numero=numero,
    )


def soumettre_a(formateur: str, numero: str) -> str:
    """What *Soumettre au formateur* will do."""
    return phrase(
        "Soumettre à {formateur} ({numero}), qui indiquera les stagiaires en réussite",
        formateur=formateur,
        numero=numero,
    )


def manquants(nombre: int) -> str:
    """Beside the button, how much is left to mend."""
    return pluriel(nombre, "point reste à régler", "points restent à régler")


def chez_le_formateur(formateur: str, duree: str) -> str:
    """`duree` reads "depuis 3 jours"."""
    return phrase("{formateur} a la session {duree}.", formateur=formateur, duree=duree)


def formateur_sans_compte(prenom: str) -> str:
    """Whoever accepts it lands on the session."""
    return phrase(
        "{prenom} n'a pas encore de compte : une invitation lui a été envoyée. "
        "Si elle s'est perdue, une relance en enverra une nouvelle.",
        prenom=prenom,
    )


def formateur_sans_adresse(prenom: str) -> str:
    return phrase(
        "{prenom} n'a pas d'adresse e-mail dans Certif : personne n'a pu être prévenu. Prévenez cette "
        "personne vous-même, et demandez à {l_administrateur} d'enregistrer son adresse.",
        prenom=prenom,
        l_administrateur=l_administrateur(),
    )


def relance_le(quand: str) -> str:
    """`quand` reads "22/11/2026 à 9 h 04"."""
    return phrase("Dernière relance le {quand}.", quand=quand)


RELANCE_DU_JOUR = francais("Une nouvelle relance sera possible demain.")


def formateur_informe(formateur: str) -> str:
    return phrase("{formateur}, qui a reçu cette session, en sera informé.", formateur=formateur)


def stagiaire_ajoute(stagiaire: str, nombre: int) -> str:
    """In the dialog that stays open for the next one."""
    return phrase(
        "{stagiaire} est dans la session, qui compte {combien}.",
        stagiaire=stagiaire,
        combien=pluriel(nombre, "stagiaire", "stagiaires"),
    )


def stagiaire_enregistre(nombre: int) -> str:
    """The same on the next page, without the name."""
    return phrase(
        "Stagiaire ajouté : la session compte {combien}.",
        combien=pluriel(nombre, "stagiaire", "stagiaires"),
    )


def stagiaires(nombre: int) -> str:
    return pluriel(nombre, "stagiaire", "stagiaires")


# Habilitations


# Generation and downloads
