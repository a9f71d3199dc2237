"""Erasing a session: everything that names anybody goes, an anonymous bilan may stay (R8, R18)."""

from collections import Counter
from datetime import date

from sqlalchemy import delete

from certif.domaine.courriers import rappels
from certif.domaine.courriers.modeles import Courrier
from certif.domaine.sessions.etats import Action
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.modeles_annexes import Bilan
from certif.domaine.sessions.regles import delais
from certif.domaine.sessions.valeurs import Resultat
from certif.domaine.temps import date_de
from certif.socle.base.extensions import db
from certif.socle.base.transaction import apres_commit
from certif.socle.file import enfiler
from certif.socle.horloge import maintenant


def effacer_session(session_certif: SessionCertification, *, avec_bilan: bool) -> None:
    """Erase a session with its trainees, timeline, comments, certificates on their way and mails.

    In the caller's transaction. What the database itself leaves behind, files and queue data are erased by a
    job once it is committed; the periodic purge catches up on whatever that job could not do.

    Raises:
        ValueError: a bilan is asked of a session that was never complete.
    """
    numero = session_certif.numero
    if avec_bilan:
        db.session.add(etablir_bilan(session_certif))
    db.session.execute(delete(Courrier).where(Courrier.session_numero == numero))
    rappels.oublier_la_session(numero)
    # Submissions, downloads and certificates on their way follow by cascade.
    db.session.delete(session_certif)
    db.session.flush()
    apres_commit(enfiler, "effacer_traces", numero)


def etablir_bilan(session_certif: SessionCertification) -> Bilan:
    """Figures and dates of a session, nobody's identity.

    Raises:
        ValueError: the session was never complete.
    """
    s = session_certif
    if (
        s.certificat_id is None
        or s.formateur_id is None
        or s.identification is None
        or s.date_fin is None
        or s.lieu_type is None
    ):
        raise ValueError("only a complete session has a bilan")
    resultats = Counter(stagiaire.resultat for stagiaire in s.stagiaires)
    return Bilan(
        numero=s.numero,
        entite_id=s.entite_id,
        declarant_id=s.declarant_id,
        certificat_id=s.certificat_id,
        formateur_id=s.formateur_id,
        identification=s.identification,
        date_fin=s.date_fin,
        lieu_type=s.lieu_type,
        code_postal=s.code_postal,
        ville=s.ville,
        pays=s.pays,
        mouvements=[
            {"action": m.action, "le": date_de(m.quand).isoformat()}
            for m in s.evenements
            if m.action not in (Action.ENREGISTRER, Action.ENREGISTRER_RESULTATS)
        ],
        stagiaires=len(s.stagiaires),
        reussites=resultats[Resultat.REUSSITE],
        echecs=resultats[Resultat.ECHEC],
        motifs_echec=dict(
            Counter(stagiaire.motif_echec.value for stagiaire in s.stagiaires if stagiaire.motif_echec)
        ),
        etabli_le=maintenant(),
    )


def efface_le(session_certif: SessionCertification) -> date:
    """R18, on the day of this session; a rectificative one has its six months from its opening at least."""
    s = session_certif
    date_fin = s.date_fin
    if date_fin is not None and s.rectifie_numero is not None:
        # F may be long past: R14 opened the session all the same.
        date_fin = max(date_fin, date_de(s.creee_le))
    return delais.efface_le(date_fin, date_de(s.modifiee_le))
