"""The formateur's answers: drafts, results, a return, "Ce n'est pas ma session" (R5, R10)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from certif.domaine.acteur import Acteur
from certif.domaine.erreurs import Fautes, PartieIntrouvable, SaisieInvalide
from certif.domaine.libelles.sessions.propositions import combien, demandees
from certif.domaine.libelles.sessions.refus import RESULTAT_INVALIDE, STAGIAIRE_ABSENT
from certif.domaine.sessions.actions.corrections import AUCUNE, Corrections, proposer, refusees, reproposer
from certif.domaine.sessions.actions.demandes_du_retour import Demandes, demander
from certif.domaine.sessions.annonces import annoncer_resultats, annoncer_retour
from certif.domaine.sessions.droits.conditions import exiger_droits
from certif.domaine.sessions.etats import Action
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.modification import conclure, ouvrir
from certif.domaine.sessions.portee import charger
from certif.domaine.sessions.propositions import en_attente, oublier_les_brouillons
from certif.domaine.sessions.regles import resultats
from certif.domaine.sessions.relecture import brouillons_reprenables, reponses_reprenables
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


def enregistrer_resultats(
    acteur: Acteur, numero: int, version: int, reponses: Reponses, corrections: Corrections = AUCUNE
) -> dict[str, list[str]]:
    """Keep a draft; trainees left out of `reponses` or `corrections` keep theirs.

    A correction that is refused comes back by field, as `corrections.proposer` says, and the rest is kept.
    """
    contenu = _contenu(reponses, corrections)
    with transaction():
        session_certif = ouvrir(acteur, numero, version, Action.ENREGISTRER_RESULTATS, contenu)
        if session_certif is None:
            return refusees(charger(acteur, numero), corrections)
        _appliquer(session_certif, reponses)
        fautes = proposer(session_certif, corrections)
        conclure(session_certif, acteur, Action.ENREGISTRER_RESULTATS, contenu=contenu)
    return fautes


def reprendre_reponses(
    acteur: Acteur,
    numero: int,
    version: int,
    reponses: Reponses | None = None,
    corrections: Corrections = AUCUNE,
) -> dict[str, list[str]]:
    """Take back, as a draft, the answers of the previous submission that still hold.

    `reponses` are those of the page, kept first: what is already answered is never replaced. Corrections as
    for `enregistrer_resultats`.
    """
    reponses = reponses or {}
    contenu = ["reprendre", _contenu(reponses, corrections)]
    with transaction():
        session_certif = ouvrir(acteur, numero, version, Action.ENREGISTRER_RESULTATS, contenu)
        if session_certif is None:
            return refusees(charger(acteur, numero), corrections)
        _appliquer(session_certif, reponses)
        fautes = proposer(session_certif, corrections)
        precedente = soumission_precedente(session_certif)
        reproposer(session_certif, brouillons_reprenables(session_certif, precedente))
        reprises = reponses_reprenables(session_certif, precedente)
        par_identite = {tuple(reponse["identite"]): reponse for reponse in reprises}
        for stagiaire in session_certif.stagiaires:
            reponse = par_identite.get(tuple(stagiaire.identite))
            if reponse is not None and stagiaire.resultat is None:
                stagiaire.resultat = Resultat(reponse["resultat"])
                stagiaire.motif_echec = MotifEchec(reponse["motif_echec"]) if reponse["motif_echec"] else None
        conclure(session_certif, acteur, Action.ENREGISTRER_RESULTATS, contenu=contenu)
    return fautes


def envoyer_resultats(
    acteur: Acteur, numero: int, version: int, reponses: Reponses, corrections: Corrections = AUCUNE
) -> None:
    """Send the results to the entité, with the corrections that are proposed.

    Raises:
        SaisieInvalide: a trainee has no result (field `resultat-<id>`), or a correction is refused.
        Refus: R2 or R3 no longer holds.
    """
    contenu = _contenu(reponses, corrections)
    with transaction():
        session_certif = ouvrir(acteur, numero, version, Action.ENVOYER_RESULTATS, contenu)
        if session_certif is None:
            return
        fautes = proposer(session_certif, corrections)
        proposees = len(en_attente(session_certif))
        _appliquer(session_certif, reponses)
        manquants = [s.id for s in session_certif.stagiaires if s.resultat is None]
        fautes |= {f"resultat-{id_}": [RESULTAT_INVALIDE] for id_ in manquants}
        if fautes:
            raise SaisieInvalide(fautes)
        exiger_droits(session_certif)
        details = [combien(proposees)] if proposees else []
        conclure(session_certif, acteur, Action.ENVOYER_RESULTATS, contenu=contenu, details=details)
        session_certif.resultats_le = maintenant()
        annoncer_resultats(session_certif, proposees)


def renvoyer_avec_commentaire(
    acteur: Acteur,
    numero: int,
    version: int,
    commentaire: str,
    demandes: Demandes | None = None,
    corrections: Corrections = AUCUNE,
) -> None:
    """Send the session back to saisie with a comment of 1 to 2,000 characters, or what is to be corrected.

    Raises:
        SaisieInvalide: neither; a comment that is too long or holds control characters; what is asked for,
            by field (`corrections.proposer`, `demandes_du_retour.demander`).
    """
    demandes = demandes or Demandes()
    contenu = [commentaire, demandes.contenu, _contenu({}, corrections)]
    with transaction():
        session_certif = ouvrir(acteur, numero, version, Action.RETOUR_COMMENTE, contenu)
        if session_certif is None:
            return
        fautes = Fautes()
        fautes.champs |= proposer(session_certif, corrections)
        autres, refusees_ = demander(session_certif, demandes)
        fautes.champs |= refusees_
        nombre = len(en_attente(session_certif)) + autres
        texte = ""
        with fautes.recueillir():
            texte = resultats.verifier_retour(commentaire, nombre + len(fautes.champs))
        fautes.lever()
        effacer_resultats(session_certif)
        _signer_le_retour(session_certif, acteur, texte)
        conclure(
            session_certif,
            acteur,
            Action.RETOUR_COMMENTE,
            contenu=contenu,
            details=[demandees(nombre)] if nombre else [],
            commentaire=texte or None,
        )
        annoncer_retour(session_certif)


def refuser_la_session(acteur: Acteur, numero: int, version: int) -> None:
    """Answer "Ce n’est pas ma session": the formateur is cleared and loses access at once."""
    with transaction():
        session_certif = ouvrir(acteur, numero, version, Action.PAS_MA_SESSION)
        if session_certif is None:
            return
        effacer_resultats(session_certif)
        oublier_les_brouillons(session_certif)
        _signer_le_retour(session_certif, acteur, None)
        conclure(session_certif, acteur, Action.PAS_MA_SESSION)
        session_certif.formateur_id = None
        session_certif.verification_a_relancer = None
        annoncer_retour(session_certif)


def _signer_le_retour(session_certif: SessionCertification, acteur: Acteur, commentaire: str | None) -> None:
    """Leave the banner that stands on every tab until the next submission.

    `commentaire` is "" where what is to be corrected says it all, None for "Ce n'est pas ma session".
    """
    session_certif.retour_commentaire = commentaire
    session_certif.retour_par_id = acteur.individu_id
    session_certif.retour_le = maintenant()


def _appliquer(session_certif: SessionCertification, reponses: Reponses) -> None:
    stagiaires = {stagiaire.id: stagiaire for stagiaire in session_certif.stagiaires}
    if not reponses.keys() <= stagiaires.keys():
        raise PartieIntrouvable(STAGIAIRE_ABSENT)
    for stagiaire_id, reponse in reponses.items():
        stagiaire = stagiaires[stagiaire_id]
        stagiaire.resultat = reponse.resultat
        stagiaire.motif_echec = reponse.motif_echec if reponse.resultat is Resultat.ECHEC else None


def _contenu(reponses: Reponses, corrections: Corrections) -> Any:
    repondus = sorted((id_, str(r.resultat), str(r.motif_echec)) for id_, r in reponses.items())
    return [repondus, sorted((id_, str(saisie)) for id_, saisie in corrections.items())]
