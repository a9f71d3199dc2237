"""The demonstration: fictive organisations and persons, one session in every stable state, demandes."""

from sqlalchemy import delete, exists, select

from certif.demo.demandes import creer_demandes
from certif.demo.organisations import creer_organisations
from certif.demo.personnes import NUMEROS, creer_personnes
from certif.demo.sessions import creer_sessions
from certif.domaine.certificats.modeles import LigneRegistre
from certif.domaine.demandes.modeles import Demande
from certif.domaine.erreurs import ErreurMetier
from certif.domaine.journal import EntreeJournal, consigner
from certif.domaine.personnes.modeles import Individu
from certif.domaine.referentiel.initial import charger_referentiel
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import aujourd_hui

REFAITE = "La démonstration était restée inachevée : elle a été refaite."
COMPLETEE = "La démonstration n’avait pas de demandes : elles ont été ajoutées."


def charger() -> str:
    """Fill an empty database, all of it or nothing; a sentence when something else was done, else "".

    One that an older version left half made, having failed on the way, is made again from nothing: its
    persons are ours alone, and no certificate was ever asked for. One that stopped before its demandes gets
    them. A line of the journal says that this was looked at, once.
    """
    with transaction():
        if _deja_chargee():
            return ""
        fait = ""
        if not _compte(Individu):
            _tout_creer()
        elif _autres_que_les_notres():
            return ""
        elif not _compte(LigneRegistre):
            _tout_effacer()
            _tout_creer()
            fait = REFAITE
        elif not _compte(Demande):
            fait = _ajouter_les_demandes()
        consigner("", "charger", "demonstration", 0)
    return fait


def _tout_creer() -> None:
    """In the caller's transaction, which the actions join: nothing of it stands before all of it does."""
    jour = aujourd_hui()
    charger_referentiel()
    creer_personnes(creer_organisations(jour), jour)
    creer_sessions(jour)
    creer_demandes(jour)


def _ajouter_les_demandes() -> str:
    """All or none: what was changed since may leave no place for them, and it can do without."""
    try:
        with db.session.begin_nested():
            creer_demandes(aujourd_hui())
    except ErreurMetier:
        return ""
    return COMPLETEE


def _tout_effacer() -> None:
    for table in reversed(db.metadata.sorted_tables):
        db.session.execute(delete(table))
    db.session.expunge_all()


def _deja_chargee() -> bool:
    return bool(db.session.scalar(select(exists().where(EntreeJournal.objet == "demonstration"))))


def _compte(modele: type) -> bool:
    """Whether there is at least one."""
    return bool(db.session.scalar(select(exists().select_from(modele))))


def _autres_que_les_notres() -> bool:
    return bool(db.session.scalar(select(exists().where(Individu.numero.not_in(NUMEROS)))))
