"""Finding persons by the beginnings of words: of their names, N°, former N° and e-mail address."""

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import aliased

from certif.domaine.noms import mots
from certif.domaine.personnes.modeles import Individu, MotIndividu
from certif.socle.base.recherche import commence_par


def trouve(recherche: str) -> ColumnElement[bool]:
    """SQL condition on Individu: every word that was typed begins one of theirs; true when none was."""
    return and_(
        true(),
        *(
            Individu.id.in_(select(MotIndividu.individu_id).where(commence_par(MotIndividu.mot, mot)))
            for mot in mots(recherche)
        ),
    )


def trouve_sans_adresse(recherche: str) -> ColumnElement[bool]:
    """The same without their e-mail address; for few persons, since it reads every word of theirs."""
    ancien = aliased(Individu)
    anciens_numeros = select(func.lower(ancien.numero)).where(ancien.fusionne_dans_id == Individu.id)
    dans_un_nom = or_(
        Individu.cle_nom.contains(MotIndividu.mot),
        Individu.cle_prenom.contains(MotIndividu.mot),
        MotIndividu.mot == func.lower(Individu.numero),
        MotIndividu.mot.in_(anciens_numeros),
    )
    return and_(
        true(),
        *(
            select(MotIndividu.mot)
            .where(MotIndividu.individu_id == Individu.id, commence_par(MotIndividu.mot, mot), dans_un_nom)
            .exists()
            for mot in mots(recherche)
        ),
    )
