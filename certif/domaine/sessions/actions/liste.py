"""The trainees of a list, all at once (R12)."""

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import insert, select

from certif.domaine.acteur import Acteur
from certif.domaine.erreurs import ActionImpossible
from certif.domaine.libelles.sessions import inscriptions as textes
from certif.domaine.sessions.etats import Action
from certif.domaine.sessions.inscriptions.examen import Cadre, Examen, Ligne, examiner
from certif.domaine.sessions.inscriptions.lecture import Liste
from certif.domaine.sessions.modeles import SessionCertification, Stagiaire, mots_cherches
from certif.domaine.sessions.modeles_recherche import MotStagiaire
from certif.domaine.sessions.modification import conclure, ouvrir
from certif.domaine.sessions.regles.inscription import Identite
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.condense import condense
from certif.socle.horloge import aujourd_hui


def examiner_pour(session_certif: SessionCertification, liste: Liste) -> Examen:
    """What would become of each row in this session, as it stands; nothing is written."""
    niveau = session_certif.niveau
    return examiner(
        liste,
        Cadre(
            session_certif.stagiaires_saisis,
            session_certif.date_fin,
            session_certif.formateur,
            niveau.dispositif if niveau else None,
            aujourd_hui(),
        ),
    )


def ajouter_liste(acteur: Acteur, numero: int, version: int, liste: Liste) -> Examen | None:
    """Add the trainees of the good rows, in their order, and the birth dates that they complete.

    What became of each row; None on a repeated click: they are there.

    Raises:
        ActionImpossible: there is none, or which column holds the nom is to be chosen.
    """
    contenu = ["liste", condense(repr(liste))]
    with transaction():
        session_certif = ouvrir(acteur, numero, version, Action.ENREGISTRER, contenu)
        if session_certif is None:
            return None
        if liste.colonnes.a_choisir:
            raise ActionImpossible(textes.A_CHOISIR)
        examen = examiner_pour(session_certif, liste)
        lignes = examen.a_ecrire
        if not lignes:
            raise ActionImpossible(textes.RIEN_A_AJOUTER)
        _completer(session_certif, lignes)
        _inserer(session_certif, [x.identite for x in lignes if x.complete is None and x.identite])
        detail = textes.dans_la_chronologie(len(lignes))
        conclure(session_certif, acteur, Action.ENREGISTRER, contenu=contenu, details=[detail])
        return examen


def _completer(session_certif: SessionCertification, lignes: Sequence[Ligne]) -> None:
    presents = session_certif.stagiaires_saisis
    for ligne in lignes:
        if ligne.complete is not None and ligne.identite:
            presents[ligne.complete].date_naissance = ligne.identite.date_naissance


def _inserer(session_certif: SessionCertification, identites: Sequence[Identite]) -> None:
    """Rows by rows of one statement: a thousand one by one would hold the writer."""
    if not identites:
        return
    numero, qui = session_certif.numero, Stagiaire
    dernier = max((stagiaire.rang for stagiaire in session_certif.stagiaires), default=0)
    valeurs = [
        {"session_numero": numero, "rang": rang, **asdict(identite)}
        for rang, identite in enumerate(identites, start=dernier + 1)
    ]
    db.session.execute(insert(qui), valeurs)
    nouveaux = db.session.execute(
        select(qui.id, qui.nom).where(qui.session_numero == numero, qui.rang > dernier)
    )
    db.session.execute(
        insert(MotStagiaire),
        [{"stagiaire_id": id_, "mot": mot} for id_, nom in nouveaux for mot in sorted(mots_cherches(nom))],
    )
    db.session.expire(session_certif, ["stagiaires"])
