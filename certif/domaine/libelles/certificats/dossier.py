"""The dossier of a session and its sheet: what they print, and what their page says of them."""

from collections.abc import Sequence
from datetime import date

from certif.domaine.libelles.sessions.resultats import resultats
from certif.domaine.libelles.typographie import francais, phrase, pluriel
from certif.domaine.temps import format_date

TITRE = "Dossier de la session"
EN_PREPARATION = francais("Le dossier est en préparation : il sera prêt dans un instant.")
EN_RETARD = francais(
    "Le dossier prend plus de temps que prévu. Les certificats, eux, peuvent être téléchargés ; "
    "il se fera de lui-même dès que possible."
)
NON_PRODUIT_ENCORE = francais("Le dossier n'a pas pu être préparé : relancez sa préparation.")

CAUSE_INTERROMPU = "La préparation a été interrompue plusieurs fois."
CAUSE_DELAI = "La préparation a pris trop de temps."
CAUSE_INTERNE = "La mise en page d’un document a échoué."
CAUSE_CERTIFICAT = francais("Un certificat n'est plus identique à celui qui a été délivré.")

RECUEIL = "Certificats"

ACTES = {
    "creer": "Ouverture de la session",
    "soumettre_au_formateur": "Soumission au formateur",
    "envoyer_resultats": francais("Envoi des résultats des stagiaires"),
    "retour_commente": francais("Retour commenté du formateur"),
    "pas_ma_session": francais("Réponse « Ce n'est pas ma session »"),
    "reprendre_saisie": "Reprise de la saisie",
    "modifier_saisie": "Modification de la saisie",
    "accepter_corrections": "Acceptation des corrections du formateur",
    "generer": "Demande de génération des certificats",
    "relancer_generation": "Relance de la génération",
    "rouvrir": "Réouverture de la session",
    "terminer_generation": "Génération des certificats",
    "annuler_et_refaire": "Annulation de certificats, à refaire",
    "confier": "Changement de déclarant",
}
"""The moves that a procès-verbal tells; savings without a move are left out of it."""

_ROLES = {"gestionnaire": "gestionnaire", "delegataire": "délégataire", "formateur": "formateur"}
_APPLICATION = "Certif (application)"

DEMI_JOURNEES = francais("La feuille compte de 2 à 8 demi-journées.")
FEUILLE_INUTILE = francais(
    "La feuille de session ne sert plus : le formateur a envoyé les résultats des stagiaires."
)

NOTICE_STAGIAIRES = francais(
    "Vos nom, prénom et date de naissance servent à établir votre certificat. "
    "Ils sont effacés 15 jours après sa génération ; seule une empreinte permet ensuite de le vérifier."
)
"""What trainees read where they see their identity."""


def contenu(avec_echeances: bool) -> str:
    """What the dossier holds."""
    fin = (
        ", le procès-verbal de session, le tableau des échéances et leur calendrier (.ics)."
        if avec_echeances
        else None
    )
    return francais(
        "Un fichier zip pour vos archives : tous les certificats en un seul PDF, "
        "les cartes de poche à découper, la liste de remise à faire signer"
        + (fin or " et le procès-verbal de session.")
    )


def par(qui: str, role: str) -> str:
    """`PARIS Karine, gestionnaire`; the application when nobody did it."""
    return f"{qui}, {_ROLES.get(role, role)}" if qui else _APPLICATION


def resultat(libelle: str, motif: str) -> str:
    """`Échec (épreuves non réussies)`, `Réussite`."""
    return f"{libelle} ({motif[:1].lower()}{motif[1:]})" if motif else libelle


def corrige(resultat_: str, auteurs: Sequence[str] = ()) -> str:
    """A trainee whose identity stands as a formateur proposed it; what it was is not printed.

    `auteurs`: those who may have proposed it, where that is not only the formateur whom the page names.
    """
    qui = f"de {' ou de '.join(auteurs)}" if auteurs else "du formateur"
    return phrase("{resultat} ; identité corrigée sur proposition {qui}", resultat=resultat_, qui=qui)


def bilan(reussites: int, echecs: int, genere_le: date) -> str:
    """`8 stagiaires : 7 réussites, 1 échec. Certificats générés le 12/06/2026.`"""
    return phrase(
        "{tous} : {quoi}. Certificats générés le {genere_le:%d/%m/%Y}.",
        tous=pluriel(reussites + echecs, "stagiaire", "stagiaires"),
        quoi=resultats(reussites, echecs),
        genere_le=genere_le,
    )


def validite(debut: date, fin: date | None) -> str:
    if fin is None:
        return phrase("À compter du {debut:%d/%m/%Y}, sans limite de durée", debut=debut)
    return phrase("Du {debut:%d/%m/%Y} au {fin:%d/%m/%Y} inclus", debut=debut, fin=fin)


def habilitation(numero: str, debut: date, fin: date) -> str:
    return phrase("{numero}, du {debut:%d/%m/%Y} au {fin:%d/%m/%Y}", numero=numero, debut=debut, fin=fin)


def formateur(nom: str, numero: str) -> str:
    return phrase("{nom} (N° Forprev {numero})", nom=nom, numero=numero)


def annule(numero: str, le: date) -> str:
    """A certificate that is worth nothing any more."""
    return f"{numero} (annulé le {format_date(le)})"


def rectifie(numero: int) -> str:
    return f"Session n°{numero}"


def mention(adresse: str) -> str:
    """How to know that a procès-verbal is the original."""
    return phrase(
        "Procès-verbal établi par l'application à partir des données de la session, et scellé : toute "
        "modification du fichier se voit. Pour vérifier qu'il est l'original, déposez-le sur {adresse}",
        adresse=adresse,
    )
