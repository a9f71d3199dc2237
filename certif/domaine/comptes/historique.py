"""What an entité was called, from the journal: who changed what, when (R17)."""

from __future__ import annotations

from sqlalchemy import or_, select

from certif.domaine.comptes.lectures_journal import LigneJournal
from certif.domaine.comptes.modeles import Individu, NomCommercial
from certif.domaine.journal import EntreeJournal
from certif.socle.extensions import db

CHAMPS = ("raison_sociale", "siret", "libelle")
"""What lines say of an identity."""


def historique_des_noms(entite_id: int) -> list[LigneJournal]:
    """The lines that gave the entité a name or a SIRET, or took one away; the latest first."""
    e = EntreeJournal
    siens = select(NomCommercial.id).filter_by(entite_id=entite_id)
    du_nom = (e.objet == "nom_commercial") & or_(
        e.objet_id.in_(siens),
        e.avant["entite_id"].as_integer() == entite_id,
        e.apres["entite_id"].as_integer() == entite_id,
    )
    requete = (
        select(e, Individu.numero)
        .outerjoin(Individu, e.acteur_id == Individu.id)
        .where(or_((e.objet == "entite") & (e.objet_id == entite_id), du_nom))
        .order_by(e.id.desc())
    )
    lignes = [LigneJournal(*ligne) for ligne in db.session.execute(requete)]
    return [x for x in lignes if any(c in (x.entree.avant or {}) | (x.entree.apres or {}) for c in CHAMPS)]
