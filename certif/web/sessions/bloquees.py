"""The recap of what changes a right: exactly the sessions that it blocks, before it is done."""

from collections.abc import Sequence

from certif.domaine.libelles.sessions import droits as textes
from certif.domaine.libelles.sessions.etats import ETATS
from certif.domaine.sessions.droits.consequences import Changement, consequences
from certif.domaine.sessions.modeles import SessionCertification
from certif.web.fiches import Recapitulatif


def recapituler(phrase: str, changees: Sequence[Changement], suite: str = "") -> Recapitulatif:
    """`phrase` says what is about to be done, `suite` what follows where it blocks anything."""
    touchees = consequences(changees)
    if not touchees.bloquees and not touchees.brouillons:
        return Recapitulatif((phrase, textes.AUCUNE_SESSION))
    return Recapitulatif(
        (phrase, suite) if suite else (phrase,),
        textes.SESSIONS_BLOQUEES,
        [session_touchee(s) for s in touchees.bloquees],
        [(textes.BROUILLONS, [session_touchee(s) for s in touchees.brouillons])],
    )


def recapituler_brouillons(phrase: str, brouillons: Sequence[SessionCertification]) -> Recapitulatif:
    """`phrase` says what is about to be done, which only keeps these drafts from being submitted."""
    if not brouillons:
        return Recapitulatif((phrase, textes.AUCUNE_SESSION))
    return Recapitulatif((phrase,), textes.BROUILLONS, [session_touchee(s) for s in brouillons])


def session_touchee(s: SessionCertification) -> str:
    """Number, entité, certificat, F and state of a session that is blocked, or would be."""
    if s.niveau is None or s.date_fin is None:
        raise ValueError("a session that can be blocked has a niveau and an end date")
    quoi = s.certificat.libelle if s.certificat else s.niveau.libelle
    return textes.session_touchee(s.numero, s.entite.raison_sociale, quoi, s.date_fin, ETATS[s.etat.value])
