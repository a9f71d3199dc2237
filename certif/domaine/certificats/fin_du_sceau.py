"""Telling the administrateurs that the sealing key is about to end, while there is time to replace it."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from sqlalchemy import select

from certif.documents.cle_de_sceau import CleInutilisable
from certif.domaine.acteur import TypeRole
from certif.domaine.certificats import scelleur
from certif.domaine.courriers.actions import Lettre, ecrire_toutes
from certif.domaine.libelles import certificats as textes
from certif.domaine.libelles.courriers import corps
from certif.domaine.personnes.modeles import Individu, Role
from certif.domaine.personnes.titulaires import en_cours
from certif.socle.adresses import adresse
from certif.socle.extensions import db


def avertir() -> None:
    """Leave a line in the log while the key ends soon or cannot be used; one mail a key to each of them."""
    scelleur.surveiller()
    with suppress(CleInutilisable):
        if fin := scelleur.fin_proche():
            _ecrire(fin)


def _ecrire(fin: date) -> None:
    message = corps(textes.sceau_finit_le(fin), adresse("/administration/"))
    ecrire_toutes(
        [
            Lettre(f"sceau:{fin.isoformat()}", administrateur_id, textes.sujet_du_sceau(fin), message)
            for administrateur_id in _administrateurs()
        ]
    )


def _administrateurs() -> list[int]:
    """Who may act as one today, and has an address."""
    requete = (
        select(Individu.id)
        .join(Role, Role.individu_id == Individu.id)
        .where(Role.type == TypeRole.ADMINISTRATEUR, en_cours(Role), en_cours(Individu))
        .where(Individu.email.is_not(None))
    )
    return list(db.session.scalars(requete.order_by(Individu.id)))
