"""Watching what the application needs: an outage is entered when it is seen, told when it lasts, then closed.

Run every ten seconds by one process. While the database is away nothing can be entered: that outage is once
it is over, from what this process remembers.
"""

from datetime import datetime, timedelta

import structlog
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from certif.domaine import conservation
from certif.domaine.acteur import TypeRole
from certif.domaine.courriers.actions import ecrire
from certif.domaine.libelles import pannes as textes
from certif.domaine.libelles.cadre_des_courriers import corps
from certif.domaine.pannes.modeles import Attente, Panne, SorteDePanne
from certif.domaine.personnes.modeles import Role
from certif.domaine.personnes.titulaires import titulaires
from certif.domaine.temps import format_date_heure
from certif.socle import file
from certif.socle.adresses import adresse
from certif.socle.base.extensions import db
from certif.socle.base.lots import effacer_par_lots
from certif.socle.base.transaction import transaction
from certif.socle.file import Voie
from certif.socle.horloge import instant_reel
from certif.socle.observation.sante import refus_du_stockage
from certif.socle.stockage import StockagePlein

ANNONCE = timedelta(minutes=30)
"""An outage that lasts as long is told to the administrateurs, once; and they are told when it ended."""

_OUVRIERS = {Voie.CERTIFICATS: SorteDePanne.OUVRIER, Voie.SUITES: SorteDePanne.SUITES}

_journal = structlog.get_logger(__name__)
_base_muette_depuis: datetime | None = None


def veiller() -> None:
    """Look once; enters, announces and closes outages."""
    global _base_muette_depuis
    vues = _vues()
    try:
        with transaction():
            _tenir(vues | _rencontrees(), _base_muette_depuis)
    except IntegrityError:
        # Another machine has just entered the same one.
        return
    except SQLAlchemyError as erreur:
        _base_muette_depuis = _base_muette_depuis or instant_reel()
        _journal.warning("veille.base", erreur=type(erreur).__name__)
        return
    _base_muette_depuis = None


def _vues() -> set[SorteDePanne]:
    """What does not answer now; without the queue, nobody knows who works."""
    pannes: set[SorteDePanne] = set()
    if (refus := refus_du_stockage()) is not None:
        pannes.add(SorteDePanne.PLEIN if isinstance(refus, StockagePlein) else SorteDePanne.STOCKAGE)
    if not file.joignable():
        return pannes | {SorteDePanne.FILE}
    return pannes | {sorte for voie, sorte in _OUVRIERS.items() if not file.ouvrier_vivant(voie)}


def _rencontrees() -> set[SorteDePanne]:
    """What those who work met: a store may take one file and refuse another."""
    return set(db.session.scalars(select(Attente.sorte).distinct())) - {SorteDePanne.BASE}


def _tenir(presentes: set[SorteDePanne], base_muette_depuis: datetime | None) -> None:
    maintenant = instant_reel()
    ouvertes = {p.sorte: p for p in db.session.scalars(select(Panne).where(Panne.fin.is_(None)))}
    for sorte in presentes - ouvertes.keys():
        db.session.add(Panne(sorte=sorte, debut=maintenant))
    for sorte, panne in ouvertes.items():
        if sorte not in presentes:
            panne.fin = maintenant
            if panne.annonce_le is not None:
                _annoncer_la_fin(panne)
        elif panne.annonce_le is None and maintenant - panne.debut >= ANNONCE:
            panne.annonce_le = maintenant
            _annoncer(panne, textes.sujet(sorte), textes.annonce(sorte, _heure(panne.debut)))
    if base_muette_depuis is not None:
        _entrer_celle_de_la_base(base_muette_depuis, maintenant)
    db.session.flush()


def oublier() -> None:
    """Forget the outages that ended long ago."""
    effacer_par_lots(Panne, Panne.fin < instant_reel() - conservation.PANNES.duree.delta)


def _entrer_celle_de_la_base(debut: datetime, fin: datetime) -> None:
    panne = Panne(sorte=SorteDePanne.BASE, debut=debut, fin=fin)
    db.session.add(panne)
    db.session.flush()
    if fin - debut >= ANNONCE:
        panne.annonce_le = fin
        _annoncer_la_fin(panne)


def _annoncer_la_fin(panne: Panne) -> None:
    fin = _heure(panne.fin or instant_reel())
    _annoncer(
        panne, textes.sujet_de_fin(panne.sorte), textes.fin(panne.sorte, _heure(panne.debut), fin), "-fin"
    )


def _annoncer(panne: Panne, sujet: str, message: str, suite: str = "") -> None:
    """One mail to each administrateur, in the caller's transaction."""
    administrateurs = titulaires(TypeRole.ADMINISTRATEUR).order_by(Role.individu_id)
    for destinataire_id in list(db.session.scalars(administrateurs)):
        ecrire(f"panne-{panne.id}{suite}", destinataire_id, sujet, corps(message, adresse("/sante")))


def _heure(instant: datetime) -> str:
    return format_date_heure(instant)
