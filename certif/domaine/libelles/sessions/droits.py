"""The rights that a session needs: an habilitation (R2), a qualified formateur (R3, R4); what lacks them."""

from datetime import date, timedelta

from certif.domaine.libelles.assistance import l_administrateur
from certif.domaine.libelles.typographie import francais, phrase
from certif.domaine.temps import format_date

AUCUNE_HABILITATION = francais(
    "Votre entité n'a aucune habilitation en vigueur : demandez une habilitation avant d'ouvrir une session."
)
FORMATEUR_MANQUANT = francais(
    "Indiquer le N° Forprev du formateur ou saisir le nom, prénom et la date de naissance du formateur "
    "pour permettre de l'identifier."
)

HOMONYMES = francais("Plusieurs personnes correspondent. Saisissez le N° Forprev du formateur.")
RECHERCHE_CONTRADICTOIRE = francais(
    "Le N° Forprev et l'identité saisis ne désignent pas la même personne : corrigez l'un, ou effacez-le."
)
VERIFICATION_IMPOSSIBLE = francais(
    "Indiquez d'abord le dispositif, le niveau et la date de fin de session dans l'onglet Session."
)

CAUSES_DE_NOUVELLE_VERIFICATION = {
    "date_fin": francais("la date de fin de session a changé"),
    "niveau": francais("le dispositif ou le niveau a changé"),
    "semblable": francais("elle n'a pas encore abouti pour cette session"),
}

NON_VERIFIE = francais("Non vérifié")
PERSONNE_TROUVEE = francais("Personne trouvée.")
PERSONNE_INCONNUE = francais(
    "Aucune personne ne correspond. Vérifiez le N° Forprev, ou le nom, le prénom et la date de naissance."
)
ROLE_ACTIF = francais("Rôle formateur actif.")
ROLE_INACTIF = francais("Cette personne n'a pas de rôle formateur actif.")

AUCUNE_SESSION = francais("Aucune session n'en est bloquée.")
SESSIONS_BLOQUEES = francais("Sessions déjà soumises qui seront bloquées")
BROUILLONS = francais("Sessions en cours de saisie qui ne pourront pas être soumises")


def habilitation_inexistante(niveau: str, date_fin: date) -> str:
    """R2, when the entité never had any."""
    return phrase(
        "Aucune habilitation {niveau} ne couvre le {date_fin:%d/%m/%Y}. "
        "Demandez une habilitation avec effet au plus tard au {date_fin:%d/%m/%Y}.",
        niveau=niveau,
        date_fin=date_fin,
    )


def habilitation_terminee(niveau: str, date_fin: date, fin: date, passee: bool) -> str:
    """R2, when the last one ends (`passee`: ended) before the session does."""
    verbe = "a pris fin" if passee else "prend fin"
    effet = format_date(fin + timedelta(days=1))
    return _aucune_habilitation(
        niveau,
        date_fin,
        f"la dernière {verbe} le {format_date(fin)}",
        f"Demandez un renouvellement avec effet au {effet}.",
    )


def habilitation_retiree(niveau: str, date_fin: date, retrait: date) -> str:
    """R2, when the one that would cover is withdrawn by then."""
    return _aucune_habilitation(
        niveau,
        date_fin,
        f"la dernière a été retirée avec effet au {format_date(retrait)}",
        "Demandez une nouvelle habilitation.",
    )


def habilitation_suspendue(niveau: str, date_fin: date, debut: date, fin: date | None) -> str:
    """R2, when the one that would cover is suspended that day."""
    conseil = phrase("Prenez contact avec {qui}.", qui=l_administrateur())
    quand = f"depuis le {format_date(debut)}"
    if fin is not None:
        quand = f"du {format_date(debut)} au {format_date(fin)}"
    return _aucune_habilitation(niveau, date_fin, f"la dernière est suspendue {quand}", conseil)


def habilitation_a_venir(niveau: str, date_fin: date, debut: date) -> str:
    """R2, when the first one begins after the session ends."""
    return _aucune_habilitation(
        niveau,
        date_fin,
        f"la prochaine ne commence que le {format_date(debut)}",
        f"Demandez une habilitation avec effet au plus tard au {format_date(date_fin)}.",
    )


def _aucune_habilitation(niveau: str, date_fin: date, raison: str, conseil: str) -> str:
    return phrase(
        "Aucune habilitation {niveau} ne couvre le {date_fin:%d/%m/%Y} ({raison}). {conseil}",
        niveau=niveau,
        date_fin=date_fin,
        raison=raison,
        conseil=conseil,
    )


def qualification_detenue(niveau: str) -> str:
    return phrase("Qualification {niveau} détenue.", niveau=niveau)


def qualification_absente(niveau: str) -> str:
    return phrase("Ce formateur n'a pas la qualification requise ({niveau}).", niveau=niveau)


def qualification_valable(fin: date) -> str:
    return phrase("Qualification valable à la date de fin de session (jusqu'au {fin:%d/%m/%Y}).", fin=fin)


def qualification_terminee(niveau: str, fin: date, date_fin: date, passee: bool) -> str:
    verbe = "a pris fin" if passee else "prend fin"
    return phrase(
        "Sa qualification {niveau} {verbe} le {fin:%d/%m/%Y} ; la session se termine le {date_fin:%d/%m/%Y}.",
        niveau=niveau,
        verbe=verbe,
        fin=fin,
        date_fin=date_fin,
    )


def qualification_a_venir(niveau: str, debut: date, date_fin: date) -> str:
    return phrase(
        "Sa qualification {niveau} ne commence que le {debut:%d/%m/%Y} ; "
        "la session se termine le {date_fin:%d/%m/%Y}.",
        niveau=niveau,
        debut=debut,
        date_fin=date_fin,
    )


def conclusion(nom_affiche: str, numero: str) -> str:
    """After four successes: who may be declared."""
    return phrase(
        "{nom_affiche} ({numero}) peut être déclarée comme formateur de cette session.",
        nom_affiche=nom_affiche,
        numero=numero,
    )


def verification_a_relancer(cause: str) -> str:
    """R4: the verdict no longer holds; `cause` is a key of CAUSES_DE_NOUVELLE_VERIFICATION."""
    clair = CAUSES_DE_NOUVELLE_VERIFICATION.get(cause, cause)
    return phrase("Vérification à relancer : {cause}.", cause=clair)


def trop_de_recherches(par_heure: int) -> str:
    """R4's throttle."""
    return phrase(
        "Vous avez atteint {par_heure} recherches en une heure : réessayez plus tard.", par_heure=par_heure
    )


def bloquee(message: str) -> str:
    """The badge of a session that a rule stopped after its submission: the refusal's first sentence."""
    cause = message.partition(". ")[0].rstrip(".")
    return phrase("Bloquée : {cause}", cause=cause[:1].lower() + cause[1:])


def session_touchee(numero: int, entite: str, certificat: str, date_fin: date, etat: str) -> str:
    """One of these sessions: nothing that names anybody."""
    return phrase(
        "Session n°{numero}, {entite}, {certificat}, fin le {date_fin:%d/%m/%Y}, {etat}",
        numero=numero,
        entite=entite,
        certificat=certificat,
        date_fin=date_fin,
        etat=etat[0].lower() + etat[1:],
    )
