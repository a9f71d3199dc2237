"""Cancelling by the register (R14): the administrateur, at any time, purged or not, without an identity."""

from sqlalchemy import select

from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.certificats.annonces import annoncer_annulation, annoncer_annulation_apres_purge
from certif.domaine.certificats.modeles import EMIS, LigneRegistre
from certif.domaine.certificats.production.emis import en_vigueur
from certif.domaine.certificats.production.recette import verrouiller
from certif.domaine.certificats.registre import numeros
from certif.domaine.certificats.retrait import annuler_au_registre, retirer_les_fichiers
from certif.domaine.erreurs import Introuvable
from certif.domaine.journal import consigner
from certif.domaine.libelles.certificats.generation import certificats
from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.modeles_annexes import Bilan
from certif.domaine.sessions.modification import conclure
from certif.domaine.sessions.regles import resultats
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction

ANNULER = "annuler"


def annuler_par_administrateur(acteur: Acteur, numero: str, motif: str, precisions: str = "") -> None:
    """Cancel one certificate by its number, in any of the ways people write it; once is enough.

    Raises:
        Introuvable: not an administrateur, or no certificate was issued under this number.
        NumeroMalSaisi: what was typed is no number.
        SaisieInvalide: `motif`, `precisions`.
    """
    if acteur.role is not TypeRole.ADMINISTRATEUR:
        raise Introuvable
    lu = numeros.lire(numero)
    raison = resultats.verifier_motif_annulation(motif, precisions)
    with transaction():
        ligne = db.session.get(LigneRegistre, lu)
        if ligne is None or ligne.statut not in EMIS:
            raise Introuvable
        _annuler(acteur, ligne.session_numero, [lu], *raison)


def annuler_la_session_par_administrateur(
    acteur: Acteur, session_numero: int, motif: str, precisions: str = ""
) -> int:
    """Cancel every certificate in force of a session; returns how many there were.

    Raises:
        Introuvable: not an administrateur, or the session issued no certificate.
        SaisieInvalide: `motif`, `precisions`.
    """
    if acteur.role is not TypeRole.ADMINISTRATEUR:
        raise Introuvable
    raison = resultats.verifier_motif_annulation(motif, precisions)
    delivres = select(LigneRegistre.numero).where(
        LigneRegistre.session_numero == session_numero,
        LigneRegistre.emise(),
    )
    with transaction():
        tous = list(db.session.scalars(delivres))
        if not tous:
            raise Introuvable
        return _annuler(acteur, session_numero, tous, *raison)


def _annuler(acteur: Acteur, session_numero: int, vises: list[str], motif: str, precisions: str) -> int:
    session_certif = verrouiller(session_numero, Etat.GENERE)
    annules = annuler_au_registre(vises, motif, precisions)
    if not annules:
        return 0
    consigner(acteur, ANNULER, "session", session_numero, apres={"numeros": annules, "motif": motif})
    if session_certif is not None:
        _retirer(session_certif, acteur, annules)
    elif (bilan := db.session.get(Bilan, session_numero)) is not None:
        annoncer_annulation_apres_purge(bilan, annules)
    return len(annules)


def _retirer(session_certif: SessionCertification, acteur: Acteur, annules: list[str]) -> None:
    """The session is still there: its files go, and whoever looks at it is told that it changed."""
    retirer_les_fichiers(
        session_certif, [c for c in en_vigueur(session_certif.numero) if c.numero in annules]
    )
    conclure(
        session_certif,
        acteur,
        Action.ANNULER_ET_REFAIRE,
        contenu=annules,
        details=[certificats(len(annules))],
    )
    annoncer_annulation(session_certif, len(annules), None, auteur_id=acteur.individu_id)
