"""What would refuse *Générer* now (R6): all at once, everyone named; and what it needs besides its data."""

from collections.abc import Callable
from datetime import date

from certif.domaine.certificats.production import scelleur
from certif.domaine.certificats.registre.deja_delivres import deja_delivres
from certif.domaine.erreurs import Refus
from certif.domaine.libelles.certificats import generation as textes
from certif.domaine.libelles.sessions import refus
from certif.domaine.sessions.droits.conditions import exiger_habilitation, exiger_qualification
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.propositions import en_attente
from certif.domaine.sessions.regles import inscription, resultats
from certif.socle import stockage
from certif.socle.horloge import aujourd_hui
from certif.socle.observation.sante import refus_du_stockage
from certif.socle.stockage import StockageIndisponible, StockagePlein

_OCTETS_PAR_CERTIFICAT = 400_000
"""Twice what a large certificate weighs: once alone, once in the zip."""
_RESERVE = 50_000_000


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
    if proposees := en_attente(s):
        trouves.append(Refus(refus.corrections_en_attente(len(proposees)), "R6"))
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


def empechement(nombre: int) -> str | None:
    """Why so many certificates could not be made now, in a sentence for the page; None when they could."""
    if refus := scelleur.empechement():
        return refus
    try:
        if (panne := refus_du_stockage()) is not None:
            raise panne
        libre = stockage.espace_libre()
        if libre is not None and libre < _RESERVE + nombre * _OCTETS_PAR_CERTIFICAT:
            return textes.espace_insuffisant()
        return None
    except StockagePlein:
        return textes.espace_insuffisant()
    except StockageIndisponible:
        return textes.STOCKAGE_ABSENT
