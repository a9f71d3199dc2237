"""The habilitations as the administrateur finds them: by entité, number, niveau or state."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from certif.domaine.acteur import Acteur, exiger_administrateur
from certif.domaine.erreurs import Introuvable
from certif.domaine.noms import mots
from certif.domaine.personnes.modeles import Entite, MotEntite
from certif.domaine.referentiel.modeles import Dispositif, Habilitation, Niveau, Suspension
from certif.domaine.temps import dernier_jour
from certif.socle.base.extensions import db
from certif.socle.base.pages_par_cle import feuilleter
from certif.socle.base.pagination import PageDe, Question
from certif.socle.base.recherche import commence_par
from certif.socle.horloge import aujourd_hui

JOURS_DE_FIN_PROCHE = 90
FIN_PROCHE = "fin-proche"
"""The criterion `etat` of those whose last day comes within ninety days."""


class EtatHabilitation(StrEnum):
    """What an habilitation is on a day; what is over, or will never have counted, is `TERMINEE`."""

    EN_VIGUEUR = "en-vigueur"
    A_VENIR = "a-venir"
    SUSPENDUE = "suspendue"
    TERMINEE = "terminee"


def etat_au(habilitation: Habilitation, jour: date) -> EtatHabilitation:
    """One habilitation's state, as the list finds it (`_condition`)."""
    h = habilitation
    dernier = dernier_jour(h.fin, h.retrait_le)
    if dernier < jour or dernier < h.debut:
        return EtatHabilitation.TERMINEE
    if h.debut > jour:
        return EtatHabilitation.A_VENIR
    if any(s.debut <= jour and (s.fin is None or jour <= s.fin) for s in h.suspensions):
        return EtatHabilitation.SUSPENDUE
    return EtatHabilitation.EN_VIGUEUR


def lister(acteur: Acteur, question: Question) -> PageDe[Habilitation]:
    """Those whose entité holds every word that begins so, or whose number holds the text; by entité.

    Criteria: `etat` ("", one of `EtatHabilitation`, or `FIN_PROCHE`) and `niveau`.

    Raises:
        Introuvable: not an administrateur.
    """
    exiger_administrateur(acteur)
    h = Habilitation
    conditions = []
    if question.recherche.strip():
        conditions.append(_trouve(question.recherche))
    if question.criteres.get("niveau"):
        conditions.append(h.niveau_id == int(question.criteres["niveau"]))
    if question.criteres.get("etat"):
        conditions.append(_condition(question.criteres["etat"], aujourd_hui()))
    a_compter = select(h).where(*conditions)
    requete = (
        a_compter.join(h.entite)
        .join(h.niveau)
        .join(Niveau.dispositif)
        .options(contains_eager(h.entite), contains_eager(h.niveau).contains_eager(Niveau.dispositif))
    )
    fin = case((h.retrait_le <= h.fin, h.retrait_le), else_=h.fin)
    ordres: dict[str, ColumnElement[Any]] = {
        "numero": h.numero.expression,
        "debut": h.debut.expression,
        "fin": fin,
    }
    tri = ordres.get(question.tri, Entite.raison_sociale.expression)
    ordre = (tri.desc() if question.decroissant else tri, Dispositif.code, h.fin.desc(), h.id)
    return feuilleter(requete, question.place, ordre, a_compter=a_compter)


def charger(acteur: Acteur, habilitation_id: int) -> Habilitation:
    """One habilitation with its entité, its niveau and its suspensions, for the administrateur.

    Raises:
        Introuvable: none, or not for this actor.
    """
    exiger_administrateur(acteur)
    requete = (
        select(Habilitation)
        .filter_by(id=habilitation_id)
        .options(
            joinedload(Habilitation.entite),
            joinedload(Habilitation.niveau),
            selectinload(Habilitation.suspensions),
        )
    )
    habilitation = db.session.scalars(requete).one_or_none()
    if habilitation is None:
        raise Introuvable
    return habilitation


def de_l_entite(entite_id: int) -> list[Habilitation]:
    """All that the entité ever held, by niveau, the last to end first."""
    h = Habilitation
    requete = (
        select(h)
        .filter_by(entite_id=entite_id)
        .join(h.niveau)
        .join(Niveau.dispositif)
        .options(
            contains_eager(h.niveau).contains_eager(Niveau.dispositif), joinedload(Habilitation.suspensions)
        )
        .order_by(Dispositif.code, Niveau.numero, h.fin.desc(), h.id)
    )
    return list(db.session.scalars(requete).unique())


def niveaux_habilites() -> list[Niveau]:
    """The niveaux that some entité is or was habilitée for, archived or not, in order."""
    requete = (
        select(Niveau)
        .join(Niveau.dispositif)
        .where(Niveau.id.in_(select(Habilitation.niveau_id)))
        .options(contains_eager(Niveau.dispositif))
        .order_by(Dispositif.code, Niveau.numero)
    )
    return list(db.session.scalars(requete))


def _trouve(recherche: str) -> ColumnElement[bool]:
    h = Habilitation
    nommee = [
        h.entite_id.in_(select(MotEntite.entite_id).where(commence_par(MotEntite.mot, mot)))
        for mot in mots(recherche)
    ]
    numero = h.numero.contains(recherche.strip().upper(), autoescape=True)
    return or_(numero, and_(*nommee)) if nommee else numero


def _condition(etat: str, jour: date) -> ColumnElement[bool]:
    """The state of `etat_au`, asked of the database."""
    h = Habilitation
    compte = or_(h.retrait_le.is_(None), h.retrait_le > h.debut)
    finie = or_(h.fin < jour, h.retrait_le <= jour)
    commencee = (h.debut <= jour) & ~func.coalesce(finie, False)
    suspendue = (
        select(Suspension.id)
        .where(Suspension.habilitation_id == h.id, Suspension.debut <= jour)
        .where(or_(Suspension.fin.is_(None), Suspension.fin >= jour))
        .exists()
    )
    match etat:
        case EtatHabilitation.A_VENIR:
            return (h.debut > jour) & compte
        case EtatHabilitation.SUSPENDUE:
            return commencee & suspendue
        case EtatHabilitation.EN_VIGUEUR:
            return commencee & ~suspendue
    if etat == FIN_PROCHE:
        limite = jour + timedelta(days=JOURS_DE_FIN_PROCHE)
        return commencee & or_(h.fin <= limite, h.retrait_le <= limite + timedelta(days=1))
    return or_(func.coalesce(finie, False), ~compte)
