"""Reading the register: what remains of each certificate, by number, session, dates, entité; no name."""

from sqlalchemy import ColumnElement, and_, or_, select

from certif.domaine.acteur import Acteur, exiger_administrateur
from certif.domaine.certificats.modeles import AVEC_L_EMISSION, LigneRegistre, StatutRegistre
from certif.domaine.certificats.registre import numeros
from certif.domaine.certificats.registre.entites_renommees import imprimes_sous
from certif.domaine.erreurs import Introuvable
from certif.domaine.noms import mots
from certif.domaine.personnes.modeles import Entite, MotEntite
from certif.socle.base.extensions import db
from certif.socle.base.pages_par_cle import feuilleter
from certif.socle.base.pagination import PageDe, Question
from certif.socle.base.recherche import commence_par

ENTITES_MAX = 100
"""Entités whose lines are read one entité after the other."""


def lister(acteur: Acteur, question: Question) -> PageDe[LigneRegistre]:
    """Certificates that were issued, the latest session first.

    The search is a whole number, however it is written. Criteria: `session`, `du` and `au` (bounds of the
    end date, included), `entite` (first letters of words of its name, today's or as printed), `statut` ("",
    "delivre", "annule").

    Raises:
        Introuvable: not an administrateur.
    """
    exiger_administrateur(acteur)
    ligne, criteres = LigneRegistre, question.criteres
    statut = criteres.get("statut")
    # One condition on it alone: with both, SQLite would not see that the index of the cancelled is enough.
    requete = select(ligne).where(ligne.emise(StatutRegistre(statut)) if statut else ligne.emise())
    if question.recherche:
        requete = requete.where(ligne.numero == _numero(question.recherche))
    if criteres.get("session") is not None:
        requete = requete.where(ligne.session_numero == criteres["session"])
    if criteres.get("du"):
        requete = requete.where(ligne.date_fin >= criteres["du"])
    if criteres.get("au"):
        requete = requete.where(ligne.date_fin <= criteres["au"])
    if cherches := mots(criteres.get("entite") or ""):
        requete = requete.where(_de_l_entite(cherches))
    requete = requete.options(*AVEC_L_EMISSION)
    return feuilleter(requete, question.place, (ligne.session_numero.desc(), ligne.numero))


def _de_l_entite(cherches: list[str]) -> ColumnElement[bool]:
    """Of an entité whose name today, or the name that is printed, has words that begin so."""
    ligne = LigneRegistre
    requete = select(Entite.id)
    for mot in cherches:
        requete = requete.where(
            Entite.id.in_(select(MotEntite.entite_id).where(commence_par(MotEntite.mot, mot)))
        )
    trouvees = set(db.session.scalars(requete.limit(ENTITES_MAX + 1)))
    if len(trouvees) > ENTITES_MAX:
        # Of so many, the latest lines are near: they are met in the order of the list, by no index of theirs.
        return (ligne.entite_id + 0).in_(requete)
    imprimes = imprimes_sous(cherches)
    return and_(
        ligne.entite_id.in_(trouvees | {entite_id for entite_id, _ in imprimes}),
        or_(
            ligne.entite_id.in_(trouvees),
            *(and_(ligne.entite_id == entite_id, ligne.raison_sociale == nom) for entite_id, nom in imprimes),
        ),
    )


def charger(acteur: Acteur, numero: str) -> LigneRegistre:
    """One certificate that was issued, by its number. Raises Introuvable."""
    exiger_administrateur(acteur)
    requete = select(LigneRegistre).where(LigneRegistre.numero == _numero(numero), LigneRegistre.emise())
    ligne = db.session.scalar(requete.options(*AVEC_L_EMISSION))
    if ligne is None:
        raise Introuvable
    return ligne


def en_vigueur(session_numero: int) -> list[str]:
    """The numbers of a session that nobody cancelled."""
    requete = select(LigneRegistre.numero).filter_by(
        session_numero=session_numero, statut=StatutRegistre.DELIVRE
    )
    return list(db.session.scalars(requete.order_by(LigneRegistre.numero)))


def _numero(texte: str) -> str:
    """The plain number; what cannot be one is nobody's."""
    try:
        return numeros.lire(texte)
    except numeros.NumeroMalSaisi:
        return ""
