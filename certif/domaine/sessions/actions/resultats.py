"""The formateur's answers: drafts, results, a commented return, "Ce n'est pas ma session" (R5, R10)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from certif.domaine.acteur import Acteur
from certif.domaine.erreurs import Introuvable, SaisieInvalide
from certif.domaine.libelles.sessions.refus import RESULTAT_INVALIDE
from certif.domaine.sessions.annonces import annoncer_resultats, annoncer_retour
from certif.domaine.sessions.droits.conditions import exiger_habilitation, exiger_qualification
from certif.domaine.sessions.etats import Action
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.modification import conclure, ouvrir
from certif.domaine.sessions.regles import resultats
from certif.domaine.sessions.relecture import reponses_reprenables
from certif.domaine.sessions.retour import effacer_resultats, soumission_precedente
from certif.domaine.sessions.valeurs import MotifEchec, Resultat
from certif.socle.base.transaction import transaction
from certif.socle.horloge import maintenant


@dataclass(frozen=True)
class Reponse:
    """One trainee's result; the reason goes with an échec only."""

    resultat: Resultat | None
    motif_echec: MotifEchec | None = None


Reponses = Mapping[int, Reponse]


def enregistrer_resultats(acteur: Acteur, numero: int, version: int, reponses: Reponses) -> None:
    """Keep a draft of the results; trainees left out of `reponses` keep theirs."""
    contenu = _contenu(reponses)
    with transaction():
        session_certif = ouvrir(acteur, numero, version, Action.ENREGISTRER_RESULTATS, contenu)
        if session_certif is None:
            return
        _appliquer(session_certif, reponses)
        conclure(session_certif, acteur, Action.ENREGISTRER_RESULTATS, contenu=contenu)


def reprendre_reponses(acteur: Acteur, numero: int, version: int, reponses: Reponses | None = None) -> None:
    """Take back, as a draft, the answers of the previous submission that still hold.

    `reponses` are those of the page, kept first: what is already answered is never replaced.
    """
    reponses = reponses or {}
    contenu = ["reprendre", _contenu(reponses)]
    with transaction():
        session_certif = ouvrir(acteur, numero, version, Action.ENREGISTRER_RESULTATS, contenu)
        if session_certif is None:
            return
        _appliquer(session_certif, reponses)
        reprises = reponses_reprenables(session_certif, soumission_precedente(session_certif))
        par_identite = {tuple(reponse["identite"]): reponse for reponse in reprises}
        for stagiaire in session_certif.stagiaires:
            reponse = par_identite.get(tuple(stagiaire.identite))
            if reponse is not None and stagiaire.resultat is None:
                stagiaire.resultat = Resultat(reponse["resultat"])
                stagiaire.motif_echec = MotifEchec(reponse["motif_echec"]) if reponse["motif_echec"] else None
        conclure(session_certif, acteur, Action.ENREGISTRER_RESULTATS, contenu=contenu)


def envoyer_resultats(acteur: Acteur, numero: int, version: int, reponses: Reponses) -> None:
    """Send the results to the entité.

    Raises:
        SaisieInvalide: a trainee has no result (field `resultat-<id>`).
        Refus: R2 or R3 no longer holds.
    """
    contenu = _contenu(reponses)
    with transaction():
        session_certif = ouvrir(acteur, numero, version, Action.ENVOYER_RESULTATS, contenu)
        if session_certif is None:
            return
        _appliquer(session_certif, reponses)
        manquants = [s.id for s in session_certif.stagiaires if s.resultat is None]
        if manquants:
            raise SaisieInvalide({f"resultat-{id_}": [RESULTAT_INVALIDE] for id_ in manquants})
        exiger_habilitation(session_certif)
        exiger_qualification(session_certif)
        conclure(session_certif, acteur, Action.ENVOYER_RESULTATS, contenu=contenu)
        session_certif.resultats_le = maintenant()
        annoncer_resultats(session_certif)


def renvoyer_avec_commentaire(acteur: Acteur, numero: int, version: int, commentaire: str) -> None:
    """Send the session back to saisie with a comment of 1 to 2,000 characters.

    Raises:
        SaisieInvalide: the comment is blank, too long or holds control characters.
    """
    with transaction():
        session_certif = ouvrir(acteur, numero, version, Action.RETOUR_COMMENTE, commentaire)
        if session_certif is None:
            return
        texte = resultats.verifier_commentaire(commentaire)
        effacer_resultats(session_certif)
        _signer_le_retour(session_certif, acteur, texte)
        conclure(session_certif, acteur, Action.RETOUR_COMMENTE, contenu=commentaire, commentaire=texte)
        annoncer_retour(session_certif)


def refuser_la_session(acteur: Acteur, numero: int, version: int) -> None:
    """Answer "Ce n’est pas ma session": the formateur is cleared and loses access at once."""
    with transaction():
        session_certif = ouvrir(acteur, numero, version, Action.PAS_MA_SESSION)
        if session_certif is None:
            return
        effacer_resultats(session_certif)
        _signer_le_retour(session_certif, acteur, None)
        conclure(session_certif, acteur, Action.PAS_MA_SESSION)
        session_certif.formateur_id = None
        session_certif.verification_a_relancer = None
        annoncer_retour(session_certif)


def _signer_le_retour(session_certif: SessionCertification, acteur: Acteur, commentaire: str | None) -> None:
    """Leave the banner that stands on every tab until the next submission."""
    session_certif.retour_commentaire = commentaire
    session_certif.retour_par_id = acteur.individu_id
    session_certif.retour_le = maintenant()


def _appliquer(session_certif: SessionCertification, reponses: Reponses) -> None:
    stagiaires = {stagiaire.id: stagiaire for stagiaire in session_certif.stagiaires}
    if not reponses.keys() <= stagiaires.keys():
        raise Introuvable
    for stagiaire_id, reponse in reponses.items():
        stagiaire = stagiaires[stagiaire_id]
        stagiaire.resultat = reponse.resultat
        stagiaire.motif_echec = reponse.motif_echec if reponse.resultat is Resultat.ECHEC else None


def _contenu(reponses: Reponses) -> Any:
    return sorted((id_, str(r.resultat), str(r.motif_echec)) for id_, r in reponses.items())
