"""« Rappel MAC »: the line of the digest that a model asks for on its day."""

from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager, joinedload

from certif.domaine.courriers.modeles import SorteDeRappel
from certif.domaine.courriers.rappels import Rappel
from certif.domaine.libelles.sessions import modeles as textes
from certif.domaine.personnes.modeles import Entite
from certif.domaine.sessions.annonces import destinataires_de_chacune
from certif.domaine.sessions.modeles_gardes.modeles import ModeleGarde
from certif.socle.base.extensions import db

MEMOIRE = timedelta(days=31)
"""How long a recall that no digest could say stays worth saying."""


def dus(jour: date) -> list[Rappel]:
    """The models whose day it is, or was within a month, for who kept them or else their gestionnaires.

    Of the entités that can declare that day; as many queries whatever their number.
    """
    requete = (
        select(ModeleGarde)
        .join(ModeleGarde.entite)
        .where(ModeleGarde.rappele_le <= jour, ModeleGarde.rappele_le > jour - MEMOIRE)
        .where(or_(Entite.suspendue_le.is_(None), Entite.suspendue_le > jour))
        .options(contains_eager(ModeleGarde.entite), joinedload(ModeleGarde.certificat))
        .order_by(ModeleGarde.rappele_le, ModeleGarde.id)
    )
    modeles = list(db.session.scalars(requete))
    a_qui = destinataires_de_chacune({(m.entite_id, m.auteur_id) for m in modeles})
    return [
        Rappel(
            f"modele-{m.id}-{m.rappele_le.isoformat()}",
            destinataire_id,
            SorteDeRappel.MODELES,
            m.entite.raison_sociale,
            textes.a_rappeler(m.nom, m.certificat.libelle if m.certificat else ""),
            f"/entite/{m.entite_id}/modeles/{m.id}",
            m.rappele_le,
        )
        for m in modeles
        if m.rappele_le is not None
        for destinataire_id in a_qui[m.entite_id, m.auteur_id]
    ]
