"""The throttle of logins: rows of attempts, counted apart for the browsers that an account knows. Real time.

Every attempt is written as a failure before it is judged, so that parallel guesses are counted too.
"""

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

from sqlalchemy import func, select

from certif.domaine.acces.modeles import Connexion, TentativeConnexion
from certif.domaine.erreurs import TropDeTentatives
from certif.domaine.libelles.acces.compte import trop_d_essais
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import instant_reel
from certif.socle.reseau import reseau_de

ECHECS_PAR_COMPTE = 10
ECHECS_PAR_ADRESSE = 50
FENETRE = timedelta(minutes=15)
"""That many failures within this time close the door for the same time."""


@dataclass(frozen=True, slots=True)
class Compte:
    """The account aimed at: `cle` stands for it whether it exists or not."""

    cle: str
    individu_id: int | None
    hache: str | None = None


def compter(compte: Compte, adresse: str, navigateur: str) -> int:
    """Write the attempt as a failure, unless the door is closed; its id.

    Raises:
        TropDeTentatives: see `authentification.connecter`.
    """
    return _compter(compte, reseau_de(adresse), empreinte_navigateur(navigateur))


def compter_essai(individu_id: int, adresse: str, navigateur: str) -> int:
    """Count an attempt on this account as a failure before it is judged; its id.

    Raises:
        TropDeTentatives: see `authentification.connecter`.
    """
    compte = Compte(cle_de_compte(f"individu:{individu_id}"), individu_id)
    return compter(compte, adresse, navigateur)


def compter_essai_de_cle(identifiant: bytes, individu_id: int | None, adresse: str, navigateur: str) -> int:
    """The same for a passkey, known (`individu_id`) or not: each counts for itself, and all by address."""
    compte = Compte(cle_de_compte(f"cle:{identifiant.hex()}"), individu_id)
    return compter(compte, adresse, navigateur)


def cle_de_compte(texte: str) -> str:
    """What stands for an account in the rows: the same kind of text whether it exists or not."""
    return hashlib.sha256(texte.encode(errors="replace")).hexdigest()


def empreinte_navigateur(navigateur: str) -> str:
    """What is kept of a browser's token."""
    return hashlib.sha256(navigateur.encode(errors="replace")).hexdigest()


def _compter(compte: Compte, adresse: str, navigateur: str) -> int:
    """Write the attempt as a failure, unless the door is closed; its id."""
    reel = instant_reel()
    with transaction():
        _serialiser(compte.cle)
        connu = navigateur if _est_connu(compte.individu_id, navigateur) else ""
        _verifier_porte(_echecs_du_compte(compte.cle, connu, reel), ECHECS_PAR_COMPTE, reel)
        if not connu:
            _verifier_porte(_echecs_de_l_adresse(adresse, reel), ECHECS_PAR_ADRESSE, reel)
        tentative = TentativeConnexion(compte=compte.cle, adresse=adresse, navigateur=connu, quand=reel)
        db.session.add(tentative)
        db.session.flush()
        return tentative.id


def _serialiser(cle: str) -> None:
    """On PostgreSQL, one count at a time per account; SQLite's write lock does it already."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(int(cle[:15], 16))))


def _est_connu(individu_id: int | None, navigateur: str) -> bool:
    requete = select(Connexion.id).where(
        Connexion.individu_id == (individu_id or 0), Connexion.navigateur == navigateur
    )
    return db.session.scalar(requete.limit(1)) is not None


def _echecs_du_compte(cle: str, navigateur: str, reel: datetime) -> list[datetime]:
    """Failures since the last success, most recent first."""
    requete = (
        select(TentativeConnexion.quand, TentativeConnexion.reussie)
        .where(
            TentativeConnexion.compte == cle,
            TentativeConnexion.navigateur == navigateur,
            TentativeConnexion.quand > reel - 2 * FENETRE,
        )
        .order_by(TentativeConnexion.quand.desc(), TentativeConnexion.id.desc())
        .limit(ECHECS_PAR_COMPTE)
    )
    return [ligne.quand for ligne in takewhile(lambda t: not t.reussie, db.session.execute(requete))]


def _echecs_de_l_adresse(adresse: str, reel: datetime) -> list[datetime]:
    """Failures of browsers unknown to the account, most recent first; a success forgives nothing."""
    requete = (
        select(TentativeConnexion.quand)
        .where(
            TentativeConnexion.adresse == adresse,
            TentativeConnexion.navigateur == "",
            TentativeConnexion.reussie.is_(False),
            TentativeConnexion.quand > reel - 2 * FENETRE,
        )
        .order_by(TentativeConnexion.quand.desc(), TentativeConnexion.id.desc())
        .limit(ECHECS_PAR_ADRESSE)
    )
    return list(db.session.scalars(requete))


def _verifier_porte(echecs: Sequence[datetime], maximum: int, reel: datetime) -> None:
    """Refuse if the last `maximum` failures hold in one window that ended less than one window ago."""
    if len(echecs) < maximum or echecs[0] - echecs[-1] > FENETRE:
        return
    reste = echecs[0] + FENETRE - reel
    if reste > timedelta(0):
        minutes = math.ceil(reste.total_seconds() / 60)
        raise TropDeTentatives(trop_d_essais(minutes))
