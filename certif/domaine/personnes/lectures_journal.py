"""Reading the journal: who did what, when, on what; and how persons and entités are called today.

Lines hold identifiers only: a name is read where it stands now, and is gone with what it named.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.erreurs import Introuvable
from certif.domaine.journal import EntreeJournal
from certif.domaine.noms import nom_affiche
from certif.domaine.personnes.modeles import Entite, Individu, NomCommercial
from certif.domaine.personnes.numeros_forprev import designe
from certif.domaine.temps import debut_du_jour
from certif.socle.base.extensions import db
from certif.socle.base.pages_par_cle import feuilleter
from certif.socle.base.pagination import PageDe, Question


@dataclass(frozen=True, slots=True)
class LigneJournal:
    """One line, with the N° Forprev of who acted; None when the application did."""

    entree: EntreeJournal
    numero: str | None


def lister(acteur: Acteur, question: Question) -> PageDe[EntreeJournal]:
    """The journal, latest first.

    Criteria: `acteur` (a N° Forprev, an old one too), `objet` (a kind of things), `objet_id`, `du` and `au`
    (days, included).

    Raises:
        Introuvable: not an administrateur.
    """
    if acteur.role is not TypeRole.ADMINISTRATEUR:
        raise Introuvable
    e, criteres = EntreeJournal, question.criteres
    conditions = []
    if criteres.get("acteur"):
        conditions.append(e.acteur_id == designe(criteres["acteur"].upper()))
    if criteres.get("objet"):
        conditions.append(e.objet == criteres["objet"])
    if criteres.get("objet_id") is not None:
        conditions.append(e.objet_id == criteres["objet_id"])
    if criteres.get("du"):
        conditions.append(e.quand >= debut_du_jour(criteres["du"]))
    if criteres.get("au"):
        conditions.append(e.quand < debut_du_jour(criteres["au"] + timedelta(days=1)))
    return feuilleter(select(e).where(*conditions), question.place, (e.quand.desc(), e.id.desc()))


def noms_d_individus(ids: Collection[int]) -> dict[int, str]:
    """`DUPONT Marie (JKA37899)`, by id."""
    lus = db.session.scalars(select(Individu).where(Individu.id.in_(ids)))
    return {i.id: f"{nom_affiche(i.nom, i.prenom)} ({i.numero})" for i in lus}


def noms_d_entites(ids: Collection[int]) -> dict[int, str]:
    """The raison sociale, by id."""
    return {e.id: e.raison_sociale for e in db.session.scalars(select(Entite).where(Entite.id.in_(ids)))}


def noms_de_noms_commerciaux(ids: Collection[int]) -> dict[int, str]:
    """`MAROSE SÉCURITÉ de MAROSE FORMATION`, by id."""
    requete = select(NomCommercial).where(NomCommercial.id.in_(ids))
    lus = db.session.scalars(requete.options(joinedload(NomCommercial.entite)))
    return {n.id: f"{n.libelle} de {n.entite.raison_sociale}" for n in lus}
