"""What would refuse *Générer* now (R6): all of it at once, and everyone named."""

from collections.abc import Callable
from datetime import date

from certif.domaine.certificats.deja_delivres import deja_delivres
from certif.domaine.erreurs import Refus
from certif.domaine.libelles import refus
from certif.domaine.sessions.droits.conditions import exiger_habilitation, exiger_qualification
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.regles import inscription, resultats
from certif.socle.horloge import aujourd_hui


def obstacles(session_certif: SessionCertification) -> list[Refus]:
    """Every refusal of the rules on the data now in force, in as many queries for 3 stagiaires as for 300."""
    s = session_certif
    exigences: tuple[Callable[[], object], ...] = (
        lambda: resultats.verifier_generation(aujourd_hui(), _date_fin(s), s.stagiaires),
        lambda: exiger_habilitation(s),
        lambda: exiger_qualification(s),
    )
    trouves = []
    for exiger in exigences:
        try:
            exiger()
        except Refus as refuse:
            trouves.append(refuse)
    messages = resultats.noms_non_imprimables(s.stagiaires)
    if confondus := inscription.refus_des_confondus(s.stagiaires):
        trouves.append(Refus(confondus, "R12"))
    if deja := deja_delivres(s, s.reussites):
        libelle = s.certificat.libelle if s.certificat else ""
        messages.append(
            refus.deja_delivres([inscription.affiche(qui) for qui in deja], libelle, _date_fin(s))
        )
    return trouves + [Refus(message, "R6") for message in messages]


def _date_fin(session_certif: SessionCertification) -> date:
    if session_certif.date_fin is None:
        raise ValueError("a submitted session has an end date")
    return session_certif.date_fin
