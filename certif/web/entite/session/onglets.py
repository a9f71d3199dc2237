"""The tabs of a session in the entité's space, and which one matters now."""

from flask import url_for

from certif.domaine.libelles.ecrans import ONGLETS
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.presentation import en_saisie, onglet_du_moment, onglets_de
from certif.domaine.sessions.regles import completude
from certif.web.sessions.cadre import Onglet

COMPLET, A_COMPLETER = "complet", "a-completer"


def adresse_onglet(session_certif: SessionCertification, onglet: str) -> str:
    """Where a tab of this session stands: "session", "formateur", "stagiaires", "telechargements"."""
    return url_for(f"entite.{onglet}", entite_id=session_certif.entite_id, numero=session_certif.numero)


def adresse_du_moment(session_certif: SessionCertification) -> str:
    """The tab to open when nobody asked for one."""
    return adresse_onglet(session_certif, onglet_du_moment(session_certif))


def onglets_entite(session_certif: SessionCertification, actif: str) -> list[Onglet]:
    """The tabs of this session; while it is being filled in, each says whether it is complete."""
    marques: dict[str, str] = {}
    if en_saisie(session_certif):
        a_completer = completude.manques_par_onglet(completude.manques(session_certif))
        marques = {onglet: A_COMPLETER if champs else COMPLET for onglet, champs in a_completer.items()}
    return [
        Onglet(ONGLETS[onglet], adresse_onglet(session_certif, onglet), onglet == actif, marques.get(onglet))
        for onglet in onglets_de(session_certif)
    ]
