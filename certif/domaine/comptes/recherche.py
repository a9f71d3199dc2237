"""Finding persons by the beginnings of words: of their names, N°, former N° and e-mail address."""

from sqlalchemy import ColumnElement, and_, select, true

from certif.domaine.comptes.modeles import Individu, MotIndividu
from certif.domaine.noms import mots
from certif.socle.recherche import commence_par


def trouve(recherche: str) -> ColumnElement[bool]:
    """SQL condition on Individu: every word that was typed begins one of theirs; true when none was."""
    return and_(
        true(),
        *(
            Individu.id.in_(select(MotIndividu.individu_id).where(commence_par(MotIndividu.mot, mot)))
            for mot in mots(recherche)
        ),
    )
