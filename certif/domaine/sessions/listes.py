"""The two lists of sessions: "à traiter" (my turn) and "en cours" (the rest), sorted, filtered, paged."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased, contains_eager

from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.noms import cle, normaliser
from certif.domaine.personnes.modeles import MOT_MAX, Entite, Individu, MotIndividu
from certif.domaine.personnes.titulaires import quiconque
from certif.domaine.referentiel.modeles import Certificat, Dispositif, Niveau
from certif.domaine.sessions.declaration.vides import vide
from certif.domaine.sessions.droits.relais import declarant_parti, formateur_empeche
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification, Stagiaire
from certif.domaine.sessions.modeles_recherche import MotStagiaire
from certif.domaine.sessions.portee import listee_de, visible_de
from certif.domaine.sessions.regles import delais, resultats
from certif.domaine.sessions.valeurs import Resultat
from certif.domaine.temps import debut_du_jour
from certif.socle.base.extensions import db
from certif.socle.base.pagination import PageDe, borner, limiter
from certif.socle.base.recherche import commence_par

_Intervenant = aliased(Individu)


class Liste(StrEnum):
    A_TRAITER = "a-traiter"
    EN_COURS = "en-cours"


class Tri(StrEnum):
    """Columns that a list can be sorted by, as written in its address."""

    NUMERO = "numero"
    RAISON_SOCIALE = "raison-sociale"
    DISPOSITIF = "dispositif"
    CERTIFICAT = "certificat"
    DATE_FIN = "date-fin"
    INTERVENANT = "intervenant"
    MODIFICATION = "modification"
    ETAT = "etat"


@dataclass(frozen=True)
class Filtres:
    """What a list shows. `nom` is a person's name, searched without ever standing in an address."""

    liste: Liste = Liste.A_TRAITER
    etat: Etat | None = None
    par_moi: bool = False
    recherche: str = ""
    nom: str = ""
    tri: Tri = Tri.NUMERO
    decroissant: bool = False
    page: int = 1


@dataclass(frozen=True)
class PageDeSessions(PageDe[SessionCertification]):
    """One page of a list, with the counts that its filters show."""

    filtres: Filtres
    par_etat: dict[Etat, int]
    declarees_par_moi: int

    @property
    def toutes(self) -> int:
        """Sessions of the list whatever their state."""
        return sum(self.par_etat.values())


@dataclass(frozen=True)
class Comptes:
    """How many sessions wait for the actor, and how many go on without them."""

    a_traiter: int
    en_cours: int


_ORDRE: dict[Tri, tuple[ColumnElement[Any], ...]] = {
    Tri.NUMERO: (),
    Tri.RAISON_SOCIALE: (Entite.raison_sociale.expression,),
    Tri.DISPOSITIF: (Dispositif.code.expression, Niveau.numero.expression),
    Tri.CERTIFICAT: (Certificat.libelle.expression,),
    Tri.DATE_FIN: (SessionCertification.date_fin.expression,),
    Tri.INTERVENANT: (_Intervenant.cle_nom.expression, _Intervenant.cle_prenom.expression),
    Tri.MODIFICATION: (SessionCertification.modifiee_le.expression,),
    # In the order of the process, which no alphabet knows.
    Tri.ETAT: (case({etat: rang for rang, etat in enumerate(Etat)}, value=SessionCertification.etat),),
}

_TABLES_DU_TRI: dict[Tri, tuple[Any, ...]] = {
    Tri.RAISON_SOCIALE: (SessionCertification.entite,),
    Tri.DISPOSITIF: (SessionCertification.niveau, Niveau.dispositif),
    Tri.CERTIFICAT: (SessionCertification.certificat,),
    Tri.INTERVENANT: (SessionCertification.dernier_intervenant.of_type(_Intervenant),),
}


def a_traiter_de(acteur: Acteur, jour: date) -> ColumnElement[bool]:
    """Condition that it is this actor's turn (the menu "À traiter")."""
    s = SessionCertification
    # Nothing of a suspended entité's can be moved, only downloaded (R17).
    active = s.entite_id.not_in(select(Entite.id).where(Entite.suspendue_le <= jour))
    if acteur.est_formateur:
        return and_(s.etat == Etat.VALIDATION_FORMATEUR, active, ~formateur_empeche())
    premier_genere = debut_du_jour(jour - timedelta(days=delais.JOURS_DE_TELECHARGEMENT))
    return or_(
        and_(
            active,
            s.etat == Etat.SAISIE,
            ~vide(),
            or_(s.declarant_id == acteur.individu_id, s.retour_le.is_not(None), declarant_parti()),
        ),
        and_(active, formateur_empeche()),
        and_(active, s.etat == Etat.VALIDATION_ENTITE, s.date_fin <= jour),
        and_(active, s.etat == Etat.GENERATION, s.certificats_en_echec > 0),
        and_(
            s.etat == Etat.GENERE,
            s.telecharge_le.is_(None),
            s.genere_le >= premier_genere,
            s.certificats_total > 0,
        ),
    )


def compter(acteur: Acteur, jour: date) -> Comptes:
    """Counts of the two lists, in one query."""
    lui = {"individu_id": acteur.individu_id, "entite_id": acteur.entite_id}
    lignes = db.session.execute(_comptes(acteur.role, jour), lui).all()
    total, a_traiter = sum(nombre for nombre, _ in lignes), sum(int(a_moi) for _, a_moi in lignes)
    return Comptes(a_traiter=a_traiter, en_cours=total - a_traiter)


@lru_cache(maxsize=8)
def _comptes(role: TypeRole, jour: date) -> Select[int, int]:
    """Every page asks: to build it takes longer than to run it."""
    acteur = quiconque(role)
    attend = func.sum(case((a_traiter_de(acteur, jour), 1), else_=0))
    # By state: the index that gives the states in order finds the rows in theirs.
    return select(func.count(), attend).where(listee_de(acteur)).group_by(SessionCertification.etat)


def lister(acteur: Acteur, filtres: Filtres, jour: date) -> PageDeSessions:
    """One page of a list, in a number of queries that does not depend on its length."""
    conditions = _conditions(acteur, filtres, jour)
    par_etat, par_moi = _decomptes(acteur, conditions)
    if filtres.par_moi:
        conditions.append(SessionCertification.declarant_id == acteur.individu_id)
        par_etat, _ = _decomptes(acteur, conditions)
    total = par_etat.get(filtres.etat, 0) if filtres.etat else sum(par_etat.values())
    if filtres.etat:
        conditions.append(SessionCertification.etat == filtres.etat)
    filtres = replace(filtres, page=borner(filtres.page, total))
    return PageDeSessions(_page(conditions, filtres), total, filtres.page, filtres, par_etat, par_moi)


def _page(conditions: list[ColumnElement[bool]], filtres: Filtres) -> list[SessionCertification]:
    """The sessions of one page: only numbers and what sorts them are sorted, then 25 rows are read."""
    s = SessionCertification
    requete = select(s.numero)
    for jointure in _TABLES_DU_TRI.get(filtres.tri, ()):
        requete = requete.outerjoin(jointure)
    requete = requete.where(*conditions).order_by(*_ordre(filtres))
    numeros = db.session.scalars(limiter(requete, filtres.page)).all()
    sessions = {lue.numero: lue for lue in db.session.scalars(_jointures().where(s.numero.in_(numeros)))}
    return [sessions[numero] for numero in numeros if numero in sessions]


def _conditions(acteur: Acteur, filtres: Filtres, jour: date) -> list[ColumnElement[bool]]:
    attend = a_traiter_de(acteur, jour)
    conditions = [
        listee_de(acteur),
        attend if filtres.liste is Liste.A_TRAITER else ~func.coalesce(attend, False),
    ]
    if filtres.recherche.strip():
        conditions.append(_contient(acteur, filtres.recherche.strip()))
    if filtres.nom.strip():
        conditions.append(_nomme(acteur, filtres.nom))
    return conditions


def _decomptes(acteur: Acteur, conditions: list[ColumnElement[bool]]) -> tuple[dict[Etat, int], int]:
    s = SessionCertification
    miennes = func.sum(case((s.declarant_id == acteur.individu_id, 1), else_=0))
    lignes = db.session.execute(
        select(s.etat, func.count(), miennes).where(*conditions).group_by(s.etat)
    ).all()
    return {etat: nombre for etat, nombre, _ in lignes}, sum(int(m) for _, _, m in lignes)


def _jointures() -> Select[SessionCertification]:
    s = SessionCertification
    formateur, declarant = aliased(Individu), aliased(Individu)
    return (
        select(s)
        .join(s.entite)
        .join(s.declarant.of_type(declarant))
        .outerjoin(s.formateur.of_type(formateur))
        .outerjoin(s.dernier_intervenant.of_type(_Intervenant))
        .outerjoin(s.certificat)
        .outerjoin(Niveau, s.niveau_id == Niveau.id)
        .outerjoin(Dispositif, Niveau.dispositif_id == Dispositif.id)
        .options(
            contains_eager(s.entite),
            contains_eager(s.declarant.of_type(declarant)),
            contains_eager(s.formateur.of_type(formateur)),
            contains_eager(s.dernier_intervenant.of_type(_Intervenant)),
            contains_eager(s.certificat).lazyload(Certificat.niveau),
            contains_eager(s.niveau).contains_eager(Niveau.dispositif),
        )
    )


def resultats_envoyes(sessions: Collection[SessionCertification]) -> dict[int, resultats.Comptes]:
    """What came of those whose results were sent, by number; one query, or none. Drafts count for nothing."""
    q = Stagiaire
    combien = [func.count(case((q.resultat == valeur, 1))) for valeur in (Resultat.REUSSITE, Resultat.ECHEC)]
    requete = select(q.session_numero, func.count(), *combien).group_by(q.session_numero)
    if not (numeros := [s.numero for s in sessions if s.resultats_le is not None]):
        return {}
    lues = db.session.execute(requete.where(q.session_numero.in_(numeros)))
    return {numero: resultats.Comptes(*comptes) for numero, *comptes in lues}


def _ordre(filtres: Filtres) -> list[ColumnElement[Any]]:
    ordre: list[ColumnElement[Any]] = []
    for colonne in _ORDRE[filtres.tri]:
        # Absent values last, whichever way: databases disagree on their place.
        ordre += [colonne.is_(None), colonne.desc() if filtres.decroissant else colonne.asc()]
    numero = SessionCertification.numero.expression
    return [*ordre, numero.desc() if filtres.decroissant else numero.asc()]


def _contient(acteur: Acteur, texte: str) -> ColumnElement[bool]:
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


def _nomme(acteur: Acteur, texte: str) -> ColumnElement[bool]:
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
