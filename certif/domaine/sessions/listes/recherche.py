"""Searching a list of sessions: by what stands in them, or by a person's name."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from certif.domaine.acteur import Acteur
from certif.domaine.noms import cle, normaliser
from certif.domaine.personnes.modeles import MOT_MAX, Individu, MotIndividu
from certif.domaine.referentiel.modeles import Certificat, Dispositif, Niveau
from certif.domaine.sessions.modeles import SessionCertification, Stagiaire
from certif.domaine.sessions.modeles_recherche import MotStagiaire
from certif.domaine.sessions.portee import visible_de
from certif.socle.base.recherche import commence_par


def contient(acteur: Acteur, texte: str) -> ColumnElement[bool]:
    """Number, dispositif, certificat, town or internal reference holding the text.

    The town only where the actor may open the session, and the reference only for its entité: a search never
    tells what its reader may not see (R9).
    """
    s = SessionCertification
    motif = normaliser(texte).lower()
    niveaux = (
        select(Niveau.id)
        .join(Dispositif)
        .where(_dans(Dispositif.code, motif) | _dans(Dispositif.libelle, motif))
    )
    certificats = select(Certificat.id).where(_dans(Certificat.libelle, motif))
    conditions = [
        s.niveau_id.in_(niveaux),
        s.certificat_id.in_(certificats),
        and_(visible_de(acteur), _dans(s.ville, motif)),
    ]
    if acteur.est_entite:
        conditions.append(_dans(s.reference_interne, motif))
    chiffres = motif.removeprefix("n°").strip()
    if chiffres.isascii() and chiffres.isdigit() and len(chiffres) <= 9:
        conditions.append(s.numero == int(chiffres))
    return or_(*conditions)


def _dans(colonne: InstrumentedAttribute[Any], motif: str) -> ColumnElement[bool]:
    return func.lower(colonne).contains(motif, autoescape=True)


def nomme(acteur: Acteur, texte: str) -> ColumnElement[bool]:
    """A trainee, where the actor may see them, or the formateur: a word of the nom begins so (R4's key).

    A formateur searches trainees alone: the formateur of all their sessions is themselves.
    """
    debut = cle(texte)[:MOT_MAX]
    if not debut:
        return false()
    s = SessionCertification
    trouves = (
        select(Stagiaire.session_numero)
        .join(MotStagiaire, MotStagiaire.stagiaire_id == Stagiaire.id)
        .where(commence_par(MotStagiaire.mot, debut))
    )
    stagiaire = and_(visible_de(acteur), s.numero.in_(trouves))
    return stagiaire if acteur.est_formateur else or_(stagiaire, s.formateur_id.in_(_formateurs(debut)))


def _formateurs(debut: str) -> Select[int]:
    """Persons whose nom has a word, or is as a whole, that begins so."""
    return (
        select(MotIndividu.individu_id)
        .join(Individu, Individu.id == MotIndividu.individu_id)
        # Their prénom, N° and address are found by other searches: the word must be of the nom.
        .where(commence_par(MotIndividu.mot, debut), Individu.cle_nom.contains(MotIndividu.mot))
    )
