"""Sending the mails that were written: each is claimed, handed over, then marked.

A process that dies between handing over and marking sends that mail again once its claim lapses: at most one
more time per attempt, under the same Message-ID, and attempts are counted. Everything else sends once.
The secret of a one-time link leaves the row with its mail, and the data files with it.
"""

import ssl
from dataclasses import dataclass
from datetime import timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from smtplib import SMTP
from urllib.parse import unquote, urlsplit

import structlog
from sqlalchemy import ColumnElement, and_, case, or_, select, update

from certif.domaine import conservation
from certif.domaine.courriers.actions import masquer
from certif.domaine.courriers.mise_en_forme import en_html
from certif.domaine.courriers.modeles import Courrier, EtatCourrier
from certif.domaine.personnes.adresses_email import pour_envoi
from certif.domaine.personnes.modeles import Individu
from certif.domaine.temps import ajouter_mois, debut_du_jour
from certif.socle.adresses import adresse
from certif.socle.base.extensions import db
from certif.socle.base.lots import effacer_par_lots, par_lots
from certif.socle.base.oubli import oublier
from certif.socle.base.transaction import transaction
from certif.socle.horloge import AVANCE_MAX, aujourd_hui, instant_reel, maintenant
from certif.socle.rupture import point_de_rupture
from certif.socle.smtp import RefusDefinitif, RefusPassager, ServeurInjoignable, liaison, transmettre

ATTENTES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=20), timedelta(hours=1))
"""How long after an attempt the next one may begin; the last repeats."""
ABANDON = timedelta(days=3)
ABANDON_SANS_SERVEUR = timedelta(days=7)
"""As long as links live: what no server was asked to take waits for one until then."""
PAR_LIAISON = 100

_journal = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Pli:
    """A claimed mail, ready to go."""

    id: int
    essai: int
    adresse: str | None
    sujet: str
    corps: str
    detourne: bool = False
    """Whether it goes elsewhere than to its recipient's own address."""


def effacer_les_anciens() -> None:
    """Erase the mails whose time is over (R18), sent or not."""
    avant = debut_du_jour(ajouter_mois(aujourd_hui(), -conservation.COURRIELS.duree.mois))
    effacer_par_lots(Courrier, Courrier.cree_le < avant)


def envoyer(smtp_url: str | None, contexte: ssl.SSLContext | None = None) -> int:
    """Send what waits, over one connection; returns how many went.

    Without a server (demonstration), mails are only marked: they are read, links included, on the page that
    shows them all.
    """
    if not reste_a_envoyer():
        return 0
    if smtp_url is None:
        return _marquer_tous()
    _abandonner_les_vieux()
    envoyes, secrets = 0, False
    try:
        with liaison(smtp_url, contexte) as serveur:
            for _ in range(PAR_LIAISON):
                if (pli := _prendre()) is None:
                    break
                envoyes += _remettre(serveur, pli, _expediteur(smtp_url))
                secrets = secrets or masquer(pli.corps) != pli.corps
    except ServeurInjoignable as erreur:
        _journal.warning("courrier.serveur", cause=str(erreur))
        _reporter_tout()
    if secrets:
        # The row is masked; what the data files keep of it goes too, or else at the next purge.
        oublier((Courrier.__tablename__,))
    return envoyes


def reste_a_envoyer() -> bool:
    """Whether a mail could be sent now."""
    return db.session.scalar(select(Courrier.id).where(_pret()).limit(1)) is not None


def composer(pli: Pli, expediteur: str) -> EmailMessage:
    """The message of one mail, as text and as HTML.

    Raises:
        ValueError: the address or the subject cannot stand in a header (a line break, for one).
    """
    if pli.adresse is None:
        raise ValueError("no address")
    message = EmailMessage()
    message["From"] = Address("Certif", addr_spec=expediteur)
    message["To"] = Address(addr_spec=pour_envoi(pli.adresse))
    message["Subject"] = pli.sujet
    message["Date"] = format_datetime(maintenant())
    # The same at each attempt, so that a mail received twice is recognised as one.
    message["Message-ID"] = f"<courrier-{pli.id}@{expediteur.partition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(pli.corps)
    message.add_alternative(en_html(pli.sujet, pli.corps), subtype="html")
    return message


def _remettre(serveur: SMTP, pli: Pli, expediteur: str) -> bool:
    """Hand one mail over and mark it. ServeurInjoignable goes through: the others would fail as well."""
    try:
        message = composer(pli, expediteur)
        point_de_rupture("courrier_avant_envoi")
        transmettre(serveur, message)
        point_de_rupture("courrier_apres_envoi")
    except (RefusDefinitif, ValueError) as erreur:
        _journal.warning("courrier.refuse", courrier=pli.id, erreur=type(erreur).__name__)
        _marquer(pli, EtatCourrier.ABANDONNE, refuse=isinstance(erreur, RefusDefinitif) and not pli.detourne)
        return False
    except RefusPassager as erreur:
        _journal.info("courrier.differe", courrier=pli.id, code=str(erreur))
        return False
    _marquer(pli, EtatCourrier.ENVOYE)
    return True


def _prendre() -> Pli | None:
    """Claim the oldest mail that may be tried; an active recipient only."""
    with transaction():
        candidat = select(Courrier.id).where(_pret()).order_by(Courrier.id).limit(1).scalar_subquery()
        prise = (
            update(Courrier)
            .where(Courrier.id == candidat, _pret())
            .values(essais=Courrier.essais + 1, prise_a=instant_reel())
            .returning(Courrier.id)
            .execution_options(synchronize_session=False)
        )
        identifiant = db.session.scalar(prise)
        if identifiant is None:
            return None
        courrier = db.session.get_one(Courrier, identifiant, populate_existing=True)
        return Pli(
            courrier.id,
            courrier.essais,
            _adresse(courrier),
            courrier.sujet,
            courrier.corps,
            detourne=courrier.adresse is not None and courrier.destinataire_id is not None,
        )


def _adresse(courrier: Courrier) -> str | None:
    """Where it goes; None when its recipient, or who has that address, may not come in any more."""
    qui = courrier.destinataire
    if qui is None:
        qui = db.session.scalar(select(Individu).filter_by(email=courrier.adresse))
    if qui is not None and not qui.actif:
        return None
    return courrier.adresse or (qui.email if qui else None)


def _pret() -> ColumnElement[bool]:
    """Condition that a mail waits and that its last attempt is old enough, or of a clock since put back."""
    attente = case(
        *((Courrier.essais <= rang, instant_reel() - duree) for rang, duree in enumerate(ATTENTES, 1)),
        else_=instant_reel() - ATTENTES[-1],
    )
    reculee = Courrier.prise_a > instant_reel() + AVANCE_MAX
    libre = or_(Courrier.prise_a.is_(None), Courrier.prise_a < attente, reculee)
    return and_(Courrier.etat == EtatCourrier.A_ENVOYER, libre)


def _reporter_tout() -> None:
    """No server: asked again in a minute, at no mail's cost, however long it lasts."""
    with transaction():
        db.session.execute(
            update(Courrier)
            .where(_pret())
            .values(prise_a=instant_reel())
            .execution_options(synchronize_session=False)
        )


def _marquer(pli: Pli, etat: EtatCourrier, *, refuse: bool = False) -> None:
    with transaction():
        db.session.execute(
            update(Courrier)
            .where(Courrier.id == pli.id, Courrier.etat == EtatCourrier.A_ENVOYER)
            .values(
                etat=etat,
                envoye_le=maintenant() if etat is EtatCourrier.ENVOYE else None,
                refuse_le=maintenant() if refuse else None,
                corps=masquer(pli.corps),
                adresse=None,
            )
        )


def _marquer_tous() -> int:
    with transaction():
        faits = db.session.scalars(
            update(Courrier)
            .where(Courrier.etat == EtatCourrier.A_ENVOYER)
            .values(etat=EtatCourrier.ENVOYE, envoye_le=maintenant())
            .returning(Courrier.id)
            .execution_options(synchronize_session=False)
        ).all()
    return len(faits)


def _abandonner_les_vieux() -> None:
    """What no server took in all that time has missed its purpose."""
    attend = Courrier.etat == EtatCourrier.A_ENVOYER
    refuse = and_(Courrier.essais > 0, Courrier.cree_le < maintenant() - ABANDON)
    oublie = Courrier.cree_le < maintenant() - ABANDON_SANS_SERVEUR
    vieux = db.session.scalars(select(Courrier.id).where(attend, or_(refuse, oublie)))
    for lot in par_lots(vieux.all()):
        with transaction():
            for courrier in db.session.scalars(select(Courrier).where(Courrier.id.in_(lot), attend)):
                courrier.etat = EtatCourrier.ABANDONNE
                courrier.corps, courrier.adresse = masquer(courrier.corps), None


def _expediteur(smtp_url: str) -> str:
    """The account's name when it is an address, else one at the site's own host."""
    compte = unquote(urlsplit(smtp_url).username or "")
    return compte if "@" in compte else f"ne-pas-repondre@{urlsplit(adresse('/')).hostname}"
