"""Doing a thing once, however often its button is pressed."""

import re
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from certif.domaine import conservation
from certif.domaine.erreurs import Refus
from certif.domaine.libelles.saisie import PAGE_INCOMPLETE
from certif.socle.base.colonnes import Instant
from certif.socle.base.extensions import Modele, db
from certif.socle.base.lots import effacer_par_lots
from certif.socle.base.transaction import transaction
from certif.socle.horloge import instant_reel

_JETON = re.compile(r"[A-Za-z0-9_-]{43}")


class GesteFait(Modele):
    """A form's one-time token that has served, by whom, and what came of it."""

    __tablename__ = "geste_fait"

    jeton: Mapped[str] = mapped_column(String(43), primary_key=True)
    acteur_id: Mapped[int] = mapped_column(ForeignKey("individu.id"), index=True)
    resultat: Mapped[int]
    fait_le: Mapped[datetime] = mapped_column(Instant, index=True)


def une_fois(acteur_id: int, jeton: str, faire: Callable[[], int]) -> int:
    """Run `faire` in one transaction with its token; the same token again only gives the same result.

    `faire` returns the identifier of what it made.

    Raises:
        Refus: no page of ours posts that, or it was somebody else's.
    """
    if not _JETON.fullmatch(jeton):
        raise Refus(PAGE_INCOMPLETE)
    try:
        with transaction():
            fait = GesteFait(jeton=jeton, acteur_id=acteur_id, resultat=0, fait_le=instant_reel())
            db.session.add(fait)
            db.session.flush()  # whoever holds the token already is waited for, and found
            fait.resultat = faire()
            return fait.resultat
    except IntegrityError:
        deja = db.session.get(GesteFait, jeton)
        if deja is None:
            raise
        if deja.acteur_id != acteur_id:
            raise Refus(PAGE_INCOMPLETE) from None
        return deja.resultat


def deja_fait(acteur_id: int, jeton: str) -> int | None:
    """What came of this token when it was used before by the same person; None when it was not."""
    deja = db.session.get(GesteFait, jeton) if _JETON.fullmatch(jeton) else None
    return deja.resultat if deja is not None and deja.acteur_id == acteur_id else None


def oublier_les_gestes() -> None:
    """Forget the tokens that no page posts any more."""
    effacer_par_lots(GesteFait, GesteFait.fait_le < instant_reel() - conservation.GESTES.duree.delta)
