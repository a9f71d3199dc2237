"""The trainees of a list, all at once (R12)."""

from dataclasses import asdict

from certif.domaine.acteur import Acteur
from certif.domaine.erreurs import ActionImpossible
from certif.domaine.libelles.sessions import inscriptions as textes
from certif.domaine.sessions.etats import Action
from certif.domaine.sessions.inscriptions.examen import Cadre, Examen, Verdict, examiner
from certif.domaine.sessions.inscriptions.lecture import Liste
from certif.domaine.sessions.modeles import SessionCertification, Stagiaire
from certif.domaine.sessions.modification import conclure, ouvrir
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


def ajouter_liste(acteur: Acteur, numero: int, version: int, liste: Liste) -> int:
    """Add the trainees of the good rows, in their order, and the birth dates that they complete.

    How many rows were written, 0 on a repeated click: they are there.

    Raises:
        ActionImpossible: there is none, or which column holds the nom is to be chosen.
    """
    contenu = ["liste", condense(repr(liste))]
    with transaction():
        session_certif = ouvrir(acteur, numero, version, Action.ENREGISTRER, contenu)
        if session_certif is None:
            return 0
        if liste.colonnes.a_choisir:
            raise ActionImpossible(textes.A_CHOISIR)
        lignes = examiner_pour(session_certif, liste).a_ecrire
        if not lignes:
            raise ActionImpossible(textes.RIEN_A_AJOUTER)
        presents = session_certif.stagiaires_saisis
        rang = max((stagiaire.rang for stagiaire in presents), default=0)
        for ligne in lignes:
            assert ligne.identite is not None
            if ligne.verdict is Verdict.COMPLETE and ligne.complete is not None:
                presents[ligne.complete].date_naissance = ligne.identite.date_naissance
            else:
                rang += 1
                session_certif.stagiaires.append(Stagiaire(rang=rang, **asdict(ligne.identite)))
        detail = textes.dans_la_chronologie(len(lignes))
        conclure(session_certif, acteur, Action.ENREGISTRER, contenu=contenu, details=[detail])
        return len(lignes)
