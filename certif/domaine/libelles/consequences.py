"""The sessions that a change of rights blocks, as they are told before it is confirmed."""

from datetime import date

from certif.domaine.libelles.typographie import francais, phrase

AUCUNE_SESSION = francais("Aucune session n'en est bloquée.")
SESSIONS_BLOQUEES = francais("Sessions déjà soumises qui seront bloquées")
BROUILLONS = francais("Sessions en cours de saisie qui ne pourront pas être soumises")


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
