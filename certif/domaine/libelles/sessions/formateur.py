"""The formateur's screens of a session: results, and what changed."""

from collections.abc import Sequence
from datetime import date

from certif.domaine.libelles.sessions.propositions import combien, valeurs_dites
from certif.domaine.libelles.sessions.resultats import resultats
from certif.domaine.libelles.typographie import francais, phrase, pluriel

AIDES_VIDES = {
    "a-traiter": francais(
        "Quand une entité vous déclare comme formateur, elle vous soumet ici la session : vous vérifiez "
        "ce qu'elle a saisi, puis vous indiquez les stagiaires en réussite."
    ),
    "en-cours": francais(
        "Les sessions que vous avez traitées se rangent ici, jusqu'à la suppression des certificats : "
        "vous pouvez relire vos résultats."
    ),
}

MODIFIE = francais("Modifié depuis votre dernière lecture")
STAGIAIRE_AJOUTE = francais("Ajouté depuis votre dernière lecture")


def modifie(avant: str) -> str:
    """Beside a field that the entité changed; `avant` is what it said."""
    return (
        phrase("Modifié depuis votre dernière lecture ; avant : {avant}", avant=avant) if avant else MODIFIE
    )


def identite_corrigee(quoi: str, avant: str) -> str:
    """`quoi` is "nom", "prenom" or "naissance"; `avant` what stood there, "" if nothing did."""
    corrige = {
        "nom": "Nom corrigé",
        "prenom": "Prénom corrigé",
        "naissance": "Date de naissance corrigée",
    }[quoi]
    return phrase("{corrige} ; avant : {avant}", corrige=corrige, avant=avant) if avant else corrige


def correction_proposee(valeurs: Sequence[str]) -> str:
    """Beside a trainee."""
    return phrase("Correction proposée : {quoi}", quoi=valeurs_dites(valeurs))


def a_corriger(qui: str) -> str:
    """Before what was typed beside a trainee."""
    return phrase("Correction proposée pour {qui}", qui=qui)


def relus(nombre: int) -> str:
    """At the end of *Faire relire*; nothing says who was really there."""
    return pluriel(nombre, "identité montrée.", "identités montrées.")


def relu_retire(saisi: Sequence[str]) -> str:
    """Over another trainee, once whoever was being read left the session; `saisi` is what was typed."""
    return phrase(
        "Le stagiaire que vous relisiez a été retiré de la session : votre correction n'a pas été "
        "enregistrée. Vous aviez saisi : {saisi}. La page montre maintenant une autre personne.",
        saisi=", ".join(saisi) or "—",
    )


def jointes(nombre: int) -> str:
    """In a retour, the corrections proposed beside trainees."""
    return pluriel(
        nombre,
        "correction proposée plus haut part avec ce retour.",
        "corrections proposées plus haut partent avec ce retour.",
    )


def non_retenue(valeurs: Sequence[str]) -> str:
    """Beside a trainee who comes again as they were; what was proposed."""
    return phrase("L'entité n'a pas retenu votre correction : {quoi}.", quoi=valeurs_dites(valeurs))


def a_change(champs: int, stagiaires: int, retires: int) -> str:
    """At the top of a session that comes again."""
    parties = [
        pluriel(champs, "information modifiée", "informations modifiées") if champs else "",
        pluriel(stagiaires, "stagiaire ajouté ou corrigé", "stagiaires ajoutés ou corrigés")
        if stagiaires
        else "",
        pluriel(retires, "stagiaire retiré", "stagiaires retirés") if retires else "",
    ]
    return phrase(
        "Depuis votre dernière lecture : {quoi}.", quoi=", ".join(partie for partie in parties if partie)
    )


def effet_envoi(entite: str, reussites: int, echecs: int, corrections: int) -> str:
    """Under the button, once nothing is missing."""
    quoi = resultats(reussites, echecs)
    if corrections:
        quoi = f"{quoi}, {combien(corrections)}"
    return phrase("Envoyer les résultats à {entite} : {quoi}", entite=entite, quoi=quoi)


def effet_retour(entite: str, *, commentaire: bool, corrections: bool) -> str:
    """Under the button; a comment is only known of once it was sent, a correction once it is kept."""
    avec = {
        (False, False): "votre commentaire ou vos corrections",
        (False, True): "vos corrections et, s'il y en a un, votre commentaire",
        (True, False): "votre commentaire",
        (True, True): "votre commentaire et vos corrections",
    }[commentaire, corrections]
    return phrase(
        "Renvoyer la session à {entite} avec {avec}, sans résultat", entite=entite, avec=francais(avec)
    )


def resultats_envoyes(entite: str, reussites: int, echecs: int) -> str:
    return phrase("Résultats envoyés à {entite} : {quoi}.", entite=entite, quoi=resultats(reussites, echecs))


def envoyes_le(quand: str) -> str:
    """Above results that can no longer change; `quand` reads "11/04/2026 à 18 h 12"."""
    return phrase("Envoyés le {quand}", quand=quand)


def enregistre_le(jour: date, heure: str) -> str:
    """A draft of another day."""
    return phrase("Enregistré le {jour:%d/%m/%Y} à {heure}", jour=jour, heure=heure)


def session_renvoyee(numero: int, *, commentaire: bool, corrections: bool) -> str:
    """Once it is gone; neither, when nothing of it may be read any more."""
    jointes = ["votre commentaire"] * commentaire + ["vos corrections"] * corrections
    avec = f", avec {' et '.join(jointes)}" if jointes else ""
    return phrase("La session n°{numero} est renvoyée à l'entité{avec}.", numero=numero, avec=avec)


def session_rendue(numero: int) -> str:
    return phrase(
        "La session n°{numero} est rendue à l'entité : vous n'en êtes plus le formateur.", numero=numero
    )


def pas_ma_session(numero: int, entite: str) -> str:
    """What the confirmation says."""
    return phrase(
        "La session n°{numero} retourne à {entite}, qui choisira un autre formateur. Elle quitte vos listes "
        "et les résultats déjà enregistrés sont effacés. Aucun commentaire n'est nécessaire.",
        numero=numero,
        entite=entite,
    )


def retournee_en_saisie(numero: int, entite: str) -> str:
    """In place of a session that the formateur may no longer open (R9)."""
    return phrase(
        "{entite} a repris la session n°{numero} pour la compléter ou la corriger : elle ne s'ouvre plus. "
        "Vous la retrouverez dans vos sessions à traiter si elle vous est soumise de nouveau.",
        numero=numero,
        entite=entite,
    )


def choix_d_ici(resultat: str) -> str:
    """Beside an answer that another screen recorded otherwise; `resultat` reads "Échec"."""
    return phrase("Enregistré depuis un autre écran ; ici, vous aviez choisi {resultat}.", resultat=resultat)


def resultats_fermes(entite: str) -> str:
    """Beside results sent but not yet turned into certificates."""
    return phrase(
        "Une erreur ? Dites-le à {entite} : une saisie modifiée vous sera soumise de nouveau.",
        entite=entite,
    )


def entite_suspendue(entite: str) -> str:
    return phrase(
        "{entite} est suspendue : vous pouvez lire cette session, mais pas envoyer de résultats.",
        entite=entite,
    )


def tous_en_reussite(nombre: int) -> str:
    """After *Tous en réussite*, with its undo."""
    return pluriel(nombre, "stagiaire mis en réussite", "stagiaires mis en réussite")
