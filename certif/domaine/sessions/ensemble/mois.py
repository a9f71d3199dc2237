"""The sessions of an entité that end in a month: those that are there, and what remains of those erased."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import joinedload

from certif.domaine.acteur import Acteur
from certif.domaine.personnes.modeles import Individu
from certif.domaine.referentiel.modeles import Certificat
from certif.domaine.sessions.modeles import SessionCertification, Stagiaire
from certif.domaine.sessions.modeles_annexes import Bilan
from certif.domaine.sessions.portee import visible_de
from certif.domaine.sessions.regles import lieux
from certif.domaine.temps import ajouter_mois
from certif.socle.base.extensions import db

SESSIONS_MAX, A_L_ECRAN = 200, 50
"""Of a month, of each kind, in the workbook and on the page, which says when there are more."""


@dataclass(frozen=True, slots=True)
class SessionEffacee:
    """What its bilan says (R8)."""

    numero: int
    date_fin: date
    certificat: str
    lieu: str
    formateur: Individu
    stagiaires: int
    reussites: int


@dataclass(frozen=True, slots=True)
class Mois:
    """Sessions by F; `stagiaires` by number of session; `entier` unless some were left out.

    `avant` and `apres` say whether any session ends before this month, or after it.
    """

    premier_jour: date
    sessions: list[SessionCertification]
    stagiaires: dict[int, int]
    effacees: list[SessionEffacee]
    entier: bool
    avant: bool
    apres: bool


def sessions_du_mois(acteur: Acteur, premier_jour: date, combien: int = SESSIONS_MAX) -> Mois:
    """Four queries, whatever their number; at most `combien` of each kind.

    A draft without F is in no month.
    """
    dernier_jour = ajouter_mois(premier_jour, 1) - timedelta(days=1)
    sessions = _sessions(acteur, premier_jour, dernier_jour, combien)
    effacees = _effacees(acteur, premier_jour, dernier_jour, combien)
    gardees = sessions[:combien]
    return Mois(
        premier_jour,
        gardees,
        _stagiaires([s.numero for s in gardees]),
        effacees[:combien],
        max(len(sessions), len(effacees)) <= combien,
        *_autour(acteur, premier_jour, dernier_jour),
    )


def _sessions(acteur: Acteur, premier: date, dernier: date, combien: int) -> list[SessionCertification]:
    s = SessionCertification
    requete = (
        select(s)
        .where(visible_de(acteur), s.date_fin.between(premier, dernier))
        .options(
            joinedload(s.formateur).load_only(Individu.nom, Individu.prenom),
            joinedload(s.certificat).load_only(Certificat.libelle).lazyload(Certificat.niveau),
        )
        .order_by(s.date_fin, s.numero)
        .limit(combien + 1)
    )
    return list(db.session.scalars(requete))


def _stagiaires(numeros: list[int]) -> dict[int, int]:
    requete = (
        select(Stagiaire.session_numero, func.count())
        .where(Stagiaire.session_numero.in_(numeros))
        .group_by(Stagiaire.session_numero)
    )
    return dict(db.session.execute(requete).all())


def _effacees(acteur: Acteur, premier: date, dernier: date, combien: int) -> list[SessionEffacee]:
    """A gestionnaire's alone: a bilan is the entité's."""
    b = Bilan
    requete = (
        select(b, Certificat.libelle, Individu)
        .join(Certificat, Certificat.id == b.certificat_id)
        .join(Individu, Individu.id == b.formateur_id)
        .where(b.entite_id == acteur.entite_id, b.date_fin.between(premier, dernier))
        .order_by(b.date_fin, b.numero)
        .limit(combien + 1)
    )
    return [
        SessionEffacee(
            bilan.numero,
            bilan.date_fin,
            certificat,
            lieux.libelle_du_lieu(bilan.lieu_type, bilan.code_postal, bilan.ville, bilan.pays),
            formateur,
            bilan.stagiaires,
            bilan.reussites,
        )
        for bilan, certificat, formateur in db.session.execute(requete)
    ]


def _autour(acteur: Acteur, premier: date, dernier: date) -> tuple[bool, bool]:
    s, b = SessionCertification, Bilan
    siennes, siens = exists().where(visible_de(acteur)), exists().where(b.entite_id == acteur.entite_id)
    avant, apres = db.session.execute(
        select(
            or_(siennes.where(s.date_fin < premier), siens.where(b.date_fin < premier)),
            or_(siennes.where(s.date_fin > dernier), siens.where(b.date_fin > dernier)),
        )
    ).one()
    return avant, apres
