"""What would refuse *Générer* now (R6): all at once, everyone named; and what it needs besides its data."""

from collections.abc import Callable
from datetime import date

from certif.domaine.certificats.production import scelleur
from certif.domaine.certificats.registre.deja_delivres import deja_delivres
from certif.domaine.erreurs import Refus
from certif.domaine.libelles.certificats import generation as textes
from certif.domaine.libelles.sessions import refus
from certif.domaine.sessions.droits.conditions import exiger_habilitation, exiger_qualification
from certif.domaine.sessions.droits.lecture import Droits, lire_droits
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


class Obstacle(Refus):
    """A refusal of *Générer*; `sans_nom` says the same to whoever sees no stagiaire (R9)."""

    def __init__(self, message: str, regle: str, sans_nom: str = "") -> None:
        super().__init__(message, regle)
        self.sans_nom = sans_nom or message


def obstacles(session_certif: SessionCertification, droits: Droits | None = None) -> list[Obstacle]:
    """Every refusal of the rules on the data now in force, in as many queries for 3 stagiaires as for 300.

    `droits`: those of the session, where they are read already.
    """
    s, droits = session_certif, droits or lire_droits([session_certif])
    exigences: tuple[Callable[[], object], ...] = (
        lambda: resultats.verifier_generation(aujourd_hui(), _date_fin(s), s.stagiaires),
        lambda: exiger_habilitation(s, droits),
        lambda: exiger_qualification(s, droits),
    )
    trouves = []
    for exiger in exigences:
        try:
            exiger()
        except Refus as refuse:
            trouves.append(Obstacle(refuse.message, refuse.regle))
    if proposees := en_attente(s):
        trouves.append(Obstacle(refus.corrections_en_attente(len(proposees)), "R6"))
    if confondus := inscription.refus_des_confondus(s.stagiaires):
        combien = sum(map(len, inscription.confondus(s.stagiaires)))
        trouves.append(Obstacle(confondus, "R12", refus.combien_de_confondus(combien)))
    return [*trouves, *_noms_refuses(s), *_deja_delivres(s)]


def _noms_refuses(s: SessionCertification) -> list[Obstacle]:
    refuses = resultats.noms_refuses(s.stagiaires)
    sans_nom = refus.combien_de_noms_refuses(len(refuses))
    return [Obstacle(message, "R6", sans_nom) for message in refus.des_stagiaires(refuses)]


def _deja_delivres(s: SessionCertification) -> list[Obstacle]:
    deja = deja_delivres(s, s.reussites)
    if not deja:
        return []
    quoi, fin = s.certificat.libelle if s.certificat else "", _date_fin(s)
    message = refus.deja_delivres([inscription.affiche(qui) for qui in deja], quoi, fin)
    return [Obstacle(message, "R6", refus.combien_deja_delivres(len(deja), quoi, fin))]


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
