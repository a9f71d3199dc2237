"""Handing the session to the formateur, and taking it back (R5)."""

from typing import Any

from certif.domaine.acteur import Acteur
from certif.domaine.erreurs import ActionImpossible
from certif.domaine.libelles.sessions.chronologie import FORMATEUR_DECLARANT
from certif.domaine.libelles.sessions.entite import FORMATEUR_PARTI
from certif.domaine.libelles.sessions.refus import PAS_CHEZ_LE_FORMATEUR
from certif.domaine.sessions.annonces import annoncer_relance, annoncer_retrait, annoncer_soumission
from certif.domaine.sessions.droits.conditions import exiger_soumission_possible
from certif.domaine.sessions.droits.relais import relais_de
from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.modeles import SessionCertification, Soumission
from certif.domaine.sessions.modification import conclure, ouvrir, refuser_si_suspendue
from certif.domaine.sessions.portee import charger
from certif.domaine.sessions.propositions import ne_garder_que_l_acquis, oublier_les_brouillons
from certif.domaine.sessions.relecture import photographier
from certif.domaine.sessions.retour import dernieres_soumissions, effacer_resultats
from certif.domaine.temps import date_de
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import aujourd_hui, maintenant


def soumettre_au_formateur(acteur: Acteur, numero: int, version: int) -> None:
    """Ask the declared formateur for the results.

    Raises:
        SaisieInvalide: something is missing or refused, field by field (R1, R12, R13).
        Refus: R2 or R3 does not hold.
    """
    with transaction():
        session_certif = ouvrir(acteur, numero, version, Action.SOUMETTRE_AU_FORMATEUR)
        if session_certif is None:
            return
        exiger_soumission_possible(session_certif)
        refusees = ne_garder_que_l_acquis(session_certif)
        corrigee = session_certif.soumise_le is not None
        session_certif.soumise_le = maintenant()
        session_certif.premiere_soumission_le = session_certif.premiere_soumission_le or aujourd_hui()
        session_certif.retour_commentaire = session_certif.retour_par_id = session_certif.retour_le = None
        session_certif.rappele_le = None
        a_soi_meme = session_certif.formateur_id == session_certif.declarant_id
        details = [FORMATEUR_DECLARANT] if a_soi_meme else []
        conclure(session_certif, acteur, Action.SOUMETTRE_AU_FORMATEUR, details=details)
        db.session.add(_soumission(session_certif, refusees))
        annoncer_soumission(session_certif, corrigee=corrigee)


def reprendre_la_saisie(acteur: Acteur, numero: int, version: int) -> None:
    """Take the session back from the formateur, who is told; always possible."""
    _revenir(acteur, numero, version, Action.REPRENDRE_SAISIE)


def modifier_la_saisie(acteur: Acteur, numero: int, version: int) -> None:
    """Open the session again after its results: they are erased and the formateur validates again."""
    _revenir(acteur, numero, version, Action.MODIFIER_SAISIE)


def relancer_le_formateur(acteur: Acteur, numero: int) -> None:
    """Send the formateur a reminder, once a day at most; the session itself does not change.

    Raises:
        ActionImpossible: the session is not with the formateur, or they cannot answer any more.
    """
    with transaction():
        session_certif = charger(acteur, numero, verrou=True)
        if session_certif.etat is not Etat.VALIDATION_FORMATEUR or not acteur.est_entite:
            raise ActionImpossible(PAS_CHEZ_LE_FORMATEUR)
        refuser_si_suspendue(session_certif)
        if relais_de(session_certif).formateur_empeche:
            raise ActionImpossible(FORMATEUR_PARTI)
        if session_certif.rappele_le is not None and date_de(session_certif.rappele_le) == aujourd_hui():
            return
        session_certif.rappele_le = maintenant()
        annoncer_relance(session_certif)


def _revenir(acteur: Acteur, numero: int, version: int, action: Action) -> None:
    with transaction():
        session_certif = ouvrir(acteur, numero, version, action)
        if session_certif is None:
            return
        formateur_id = session_certif.formateur_id
        effacer_resultats(session_certif)
        if action is Action.REPRENDRE_SAISIE:
            _garder_les_brouillons(session_certif)
        conclure(session_certif, acteur, action)
        # After *Modifier la saisie* the same formateur validates again, unless another is named.
        if action is Action.REPRENDRE_SAISIE and formateur_id is not None:
            annoncer_retrait(session_certif, formateur_id)


def _garder_les_brouillons(session_certif: SessionCertification) -> None:
    """With the submission that they answered, as its answers are: the formateur may take them back."""
    brouillons = oublier_les_brouillons(session_certif)
    for derniere in dernieres_soumissions(session_certif, 1) if brouillons else ():
        derniere.instantane = {**derniere.instantane, "brouillons": brouillons}


def _soumission(session_certif: SessionCertification, refusees: list[dict[str, Any]]) -> Soumission:
    return Soumission(
        session_numero=session_certif.numero,
        soumise_le=session_certif.soumise_le,
        formateur_id=session_certif.formateur_id,
        certificat_id=session_certif.certificat_id,
        date_fin=session_certif.date_fin,
        instantane={**photographier(session_certif), "refusees": refusees},
    )
