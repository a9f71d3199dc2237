"""The habilitation of the cast, what the journal says of it, and what is refused beside its field."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from certif.domaine.erreurs import SaisieInvalide
from certif.domaine.journal import EntreeJournal
from certif.domaine.referentiel.modeles import Habilitation
from certif.socle.base.extensions import db
from tests.support.moves import Troupe, courriers
from tests.support.statements import requetes

F = date(2026, 6, 10)
UN = timedelta(days=1)


def de_marose(troupe: Troupe) -> Habilitation:
    db.session.rollback()
    return db.session.get_one(Habilitation, troupe.marose.habilitation_id)


def actions_du_journal(objet: str = "habilitation") -> list[str]:
    db.session.rollback()
    requete = select(EntreeJournal.action).filter_by(objet=objet).order_by(EntreeJournal.id)
    return list(db.session.scalars(requete))


def refuse(champ: str, faire: Callable[[], Any]) -> None:
    """Beside this field, with nothing changed and nobody told."""
    avant = (actions_du_journal(), len(courriers()))
    with pytest.raises(SaisieInvalide) as refus:
        faire()
    assert set(refus.value.champs) == {champ}
    assert (actions_du_journal(), len(courriers())) == avant


def combien_de_requetes(faire: Callable[[], Any]) -> int:
    """How many queries it needs."""
    db.session.rollback()
    db.session.expunge_all()
    with requetes() as vues:
        faire()
    return len(vues)
