"""The entité's screens of a session: its action box, its confirmations, what is told once it is done."""

from datetime import date

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
SAISIE_FERMEE = francais(
    "La saisie de cette session est fermée : les stagiaires ne peuvent plus être modifiés."
)
A_COMPLETER = francais("La session ne peut pas encore être soumise : réglez d'abord les points ci-dessous.")

RELANCE_DU_JOUR = francais("Une nouvelle relance sera possible demain.")
CONFIER = francais("Confier la session à…")
EFFET_DE_CONFIER = francais(
    "Elle la verra parmi ses sessions et recevra les courriers qui la concernent. Rien d'autre ne change."
)
FORMATEUR_PARTI = francais("Aucune relance n'est utile : reprenez la saisie pour choisir un autre formateur.")

SANS_SIGNATAIRE = francais("Aucun signataire ne sera imprimé.")
RECAP_CHANGE = francais("Ce qui sera imprimé a changé depuis que vous l'avez lu : rien n'a été généré.")
_ATTENDEZ = francais("Attendez si personne ne sera là.")

TITRES_RECAPITULATIFS = {
    "generer": francais("Générer les certificats ?"),
    "modifier_saisie": francais("Modifier la saisie de la session ?"),
    "clore_sans_certificat": francais("Clore la session sans certificat ?"),
    "reprendre_saisie": francais("Reprendre la saisie ?"),
    "rouvrir": francais("Rouvrir la session ?"),
    "supprimer": francais("Supprimer la session ?"),
}

_FAITS = {
    "soumettre_au_formateur": "La session n°{numero} est soumise au formateur, qui indiquera les stagiaires "
    "en réussite.",
    "accepter_corrections": "Les corrections du formateur sont maintenant celles de la session n°{numero}.",
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
        "Cette session reprend la n°{numero} : il reste à indiquer la date de fin et les stagiaires.",
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


def relance_le(quand: str) -> str:
    """`quand` reads "22/11/2026 à 9 h 04"."""
    return phrase("Dernière relance le {quand}.", quand=quand)


def ne_peut_plus_repondre(formateur: str) -> str:
    """In the box of the session, instead of the wait."""
    return phrase("{formateur} ne peut plus répondre. ", formateur=formateur) + FORMATEUR_PARTI


def declarant_parti(declarant: str) -> str:
    """In the box of the session, beside *Confier à…*."""
    return phrase("{declarant} n'a plus de rôle dans l'entité.", declarant=declarant or "Le déclarant")


def confiee(numero: int, a: str) -> str:
    """Once it is done."""
    return phrase("La session n°{numero} est confiée à {a}.", numero=numero, a=a)


def avant_de_reprendre(numero: int, formateur: str) -> str:
    return phrase(
        "La session n°{numero} n'est plus proposée à {formateur}. "
        "Les réponses déjà enregistrées sont effacées. "
        "Vous pourrez changer de formateur et la soumettre de nouveau.",
        numero=numero,
        formateur=formateur,
    )


def avant_de_generer(nombre: int, dernier_jour: date) -> str:
    """R6, R8; `dernier_jour` is the last day of download if it is generated today."""
    quoi = "{combien} va être établi." if nombre < 2 else "{combien} vont être établis."
    quand = "Vous aurez jusqu'au {dernier_jour:%d/%m/%Y} inclus pour " + (
        "le télécharger." if nombre < 2 else "les télécharger."
    )
    combien = pluriel(nombre, "certificat", "certificats")
    return phrase(f"{quoi} {quand} ", combien=combien, dernier_jour=dernier_jour) + _ATTENDEZ


def avant_de_supprimer(numero: int, niveau: str, stagiaires: int) -> str:
    """The confirmation names the session; `niveau` is "" when none is chosen yet."""
    combien = pluriel(stagiaires, "stagiaire", "stagiaires") if stagiaires else ""
    precisions = ", ".join(precision for precision in (niveau, combien) if precision)
    return phrase(
        "La session n°{numero}{precisions} va être supprimée définitivement.",
        numero=numero,
        precisions=f" ({precisions})" if precisions else "",
    )


def avant_de_clore(numero: int, stagiaires: int) -> str:
    """R5: no réussite."""
    qui = "le stagiaire n'est pas" if stagiaires < 2 else "aucun des {stagiaires} stagiaires n'est"
    return phrase(
        f"La session n°{{numero}} va être close sans certificat : {qui} en réussite. "
        "Les identités saisies seront effacées définitivement.",
        numero=numero,
        stagiaires=stagiaires,
    )


def avant_de_modifier(numero: int, formateur: str) -> str:
    return phrase(
        "La saisie de la session n°{numero} va être rouverte. Les résultats sont effacés "
        "et {formateur} devra valider de nouveau ; ses réponses inchangées lui seront proposées.",
        numero=numero,
        formateur=formateur,
    )


def avant_de_rouvrir(numero: int) -> str:
    return phrase(
        "La session n°{numero} va être rouverte. Les certificats déjà établis sont retirés "
        "et leurs numéros ne seront jamais réutilisés.",
        numero=numero,
    )


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
