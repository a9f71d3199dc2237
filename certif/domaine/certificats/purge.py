"""The end of a session's life: fifteen days after its certificates (R8), six months without any (R18).

Files go outside any transaction: a store that is slow holds nobody's writing up. Those of a purge go first:
the rows say where they are, so one killed half-way is simply begun again. Nothing waits for it: downloads are
refused by the date itself.
"""

from collections.abc import Iterable
from datetime import date, timedelta

import structlog
from sqlalchemy import ColumnElement, and_, exists, or_, select, update

from certif.domaine import conservation
from certif.domaine.certificats.modeles import LigneRegistre
from certif.domaine.certificats.reprise import abandonner_generation
from certif.domaine.journal import SYSTEME, consigner
from certif.domaine.libelles.sessions.chronologie import SEMBLABLE
from certif.domaine.libelles.sessions.modeles import DEPUIS_UN_MODELE
from certif.domaine.sessions.declaration.choix import choisi_d_office
from certif.domaine.sessions.declaration.vides import jamais_commence, sans_contenu
from certif.domaine.sessions.effacement import efface_le, effacer_session
from certif.domaine.sessions.etats import Action, Etat, mouvement
from certif.domaine.sessions.modeles import Evenement, SessionCertification
from certif.domaine.sessions.regles import delais
from certif.domaine.temps import ajouter_mois, date_de, debut_du_jour
from certif.socle import stockage
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.base.verrou import tenir, tenue
from certif.socle.horloge import aujourd_hui, maintenant
from certif.socle.rupture import point_de_rupture
from certif.socle.stockage import StockageIndisponible

_journal = structlog.get_logger(__name__)


def purger_les_generees() -> int:
    """Erase the sessions whose fifteen days are over, leaving register and bilan (R8); returns how many."""
    s = SessionCertification
    # Every session that may be due: the exact bound is judged one by one.
    marge = timedelta(days=delais.JOURS_DE_TELECHARGEMENT - 1)
    anciennes = s.genere_le < debut_du_jour(aujourd_hui()) - marge
    numeros = db.session.scalars(select(s.numero).where(anciennes)).all()
    return _effacer_chacune(numeros, Action.PURGER)


def effacer_les_abandonnees() -> int:
    """Erase the sessions without certificates six months after F, or after the last change (R18)."""
    numeros = db.session.scalars(
        select(SessionCertification.numero).where(sans_certificats_depuis(timedelta(0)))
    ).all()
    return _effacer_chacune(numeros, Action.EFFACER)


def retirer_les_brouillons_vides() -> int:
    """Remove the drafts that are empty and that nobody touched for 24 hours (R5); returns how many.

    A niveau or a certificat that came by itself is nothing, nor is what a model or another session gave as
    long as nothing was done with it. A draft that a formateur had is not only the entité's any more.
    """
    s = SessionCertification
    repris = and_(
        s.version == 1,
        s.rectifie_numero.is_(None),
        exists().where(
            Evenement.session_numero == s.numero,
            Evenement.action == Action.CREER,
            Evenement.detail.in_((SEMBLABLE, DEPUIS_UN_MODELE)),
        ),
    )
    vides = select(s).where(
        s.genere_le.is_(None),
        s.modifiee_le < maintenant() - conservation.BROUILLONS_VIDES.duree.delta,
        or_(sans_contenu(), and_(jamais_commence(), repris)),
    )
    numeros = db.session.scalars(vides.with_only_columns(s.numero)).all()
    intacts = set(db.session.scalars(vides.where(repris).with_only_columns(s.numero)))
    retires = 0
    for numero in numeros:
        with transaction():
            brouillon = db.session.scalar(tenir(vides.where(s.numero == numero), s))
            if brouillon is not None and (numero in intacts or choisi_d_office(brouillon)):
                effacer_session(brouillon, avec_bilan=False)
                retires += 1
    return retires


def sans_certificats_depuis(avance: timedelta) -> ColumnElement[bool]:
    """Condition, a few days wide, that a session without certificates is erased before `avance` is over."""
    s = SessionCertification
    # Months of unequal length shift the bound by three days at most.
    limite = ajouter_mois(aujourd_hui() + avance, -delais.MOIS_AVANT_EFFACEMENT) + timedelta(days=3)
    sans_certificats = s.genere_le.is_(None)  # in each branch, which has an index of its own
    return or_(
        and_(sans_certificats, s.date_fin <= limite),
        and_(sans_certificats, s.date_fin.is_(None), s.modifiee_le <= debut_du_jour(limite)),
    )


def _effacer_chacune(numeros: Iterable[int], action: Action) -> int:
    """Erase those that are due; one that cannot be waits for the next time without keeping the others.

    Raises:
        Exception: what the last of those met, unless the store alone refused.
    """
    effacees, refus = 0, None
    for numero in numeros:
        try:
            effacees += _effacer(numero, action)
        except StockageIndisponible:
            _journal.error("purge.stockage", session=numero)
        except Exception as erreur:  # noqa: BLE001 - told to the caller once the others are gone
            db.session.rollback()
            _journal.error("purge.echec", session=numero)
            refus = erreur
    if refus is not None:
        raise refus
    return effacees


def _effacer(numero: int, action: Action) -> bool:
    if action is Action.PURGER:
        if not _sera_effacee(numero, action):
            return False
        stockage.supprimer_prefixe(f"{numero}/")
        point_de_rupture("purge_apres_fichiers")
    with transaction():
        session_certif = tenue(SessionCertification, numero)
        if session_certif is None or not _due(session_certif, action):
            return False
        etat = {"etat": session_certif.etat.value}
        consigner(SYSTEME, action.value, "session", numero, avant=etat)
        abandonner_generation(numero)
        _effacer_les_precisions(numero)
        effacer_session(session_certif, avec_bilan=action is Action.PURGER)
        point_de_rupture("purge_avant_commit")
    point_de_rupture("purge_apres_commit")
    if action is Action.EFFACER:
        # Not before: until its rows are gone, somebody may relaunch its certificates. Whatever stays behind
        # is nobody's, and swept.
        stockage.supprimer_prefixe(f"{numero}/")
    return True


def _sera_effacee(numero: int, action: Action) -> bool:
    """Read without a lock: whether its day has come, which nobody can put off for a generated session."""
    db.session.rollback()
    session_certif = db.session.get(SessionCertification, numero)
    due = session_certif is not None and _due(session_certif, action)
    db.session.rollback()
    return due


def _effacer_les_precisions(numero: int) -> None:
    """Of a cancellation the register keeps date and reason; the private text may name somebody (R8)."""
    db.session.execute(
        update(LigneRegistre)
        .where(LigneRegistre.session_numero == numero, LigneRegistre.note_annulation.is_not(None))
        .values(note_annulation=None)
    )


def due_le(s: SessionCertification, action: Action) -> date | None:
    """The day from which this action erases this session; None when it does not, or not as it stands."""
    if mouvement(s.etat, action) is None:
        return None
    if action is Action.PURGER:
        return None if s.genere_le is None else delais.purge_le(date_de(s.genere_le))
    # Certificates being made are about to exist: only a generation that stopped on failures is abandoned.
    arretee = 0 < s.certificats_en_echec == s.certificats_total - s.certificats_produits
    return efface_le(s) if s.etat is not Etat.GENERATION or arretee else None


def _due(s: SessionCertification, action: Action) -> bool:
    jour = due_le(s, action)
    return jour is not None and aujourd_hui() >= jour
