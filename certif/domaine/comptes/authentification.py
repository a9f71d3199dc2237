"""Logging in and out. Real time throughout: the demonstration's clock changes nothing here."""

from __future__ import annotations

import hashlib
import math
import re
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

from sqlalchemy import delete, func, or_, select, update

from certif.domaine.comptes import mots_de_passe
from certif.domaine.comptes.lectures import en_cours
from certif.domaine.comptes.modeles import Individu
from certif.domaine.comptes.modeles_connexion import Connexion, SaisieConservee, TentativeConnexion
from certif.domaine.erreurs import Refus, TropDeTentatives
from certif.socle.extensions import db
from certif.socle.horloge import instant_reel
from certif.socle.reseau import reseau_de
from certif.socle.transaction import transaction

ECHECS_PAR_COMPTE = 10
ECHECS_PAR_ADRESSE = 50
FENETRE = timedelta(minutes=15)
"""That many failures within this time close the door for the same time."""

MEMOIRE_NAVIGATEURS = timedelta(days=400)
MEMOIRE_TENTATIVES = timedelta(days=1)
MEMOIRE_SAISIES = timedelta(minutes=15)

INCORRECT = "E-mail, N° Forprev ou mot de passe incorrect."


@dataclass(frozen=True, slots=True)
class Ouverture:
    """A login just opened: what the browser's cookie must carry."""

    connexion_id: str
    individu_id: int
    timbre: str


@dataclass(frozen=True, slots=True)
class _Compte:
    """The account aimed at: `cle` stands for it whether it exists or not."""

    cle: str
    individu_id: int | None
    hache: str | None


def connecter(identifiant: str, mot_de_passe: str, *, adresse: str, navigateur: str) -> Ouverture:
    """Open a login by e-mail or N° Forprev.

    `navigateur` is the secret token that this browser keeps. Every attempt counts as a failure until it
    succeeds, so that parallel guesses are counted too; one refused by the throttle does not count.

    Raises:
        Refus: unknown account, wrong password, person deactivated or past their end date: same words.
        TropDeTentatives: 10 failures in 15 minutes on this account from browsers it does not know (a
            known one has its own count), or 50 from this address, less than 15 minutes ago.
    """
    compte = _trouver(identifiant)
    tentative_id = _compter(compte, reseau_de(adresse), _empreinte(navigateur))
    juste = mots_de_passe.verifier(compte.hache, mot_de_passe)
    ouverture = _ouvrir(compte.individu_id, tentative_id, _empreinte(navigateur)) if juste else None
    if ouverture is None:
        raise Refus(INCORRECT)
    return ouverture


def deconnecter(connexion_id: str) -> None:
    """Close this login, and this one only; closing it twice changes nothing."""
    with transaction():
        db.session.execute(
            update(Connexion)
            .where(Connexion.id == connexion_id, Connexion.fermee_le.is_(None))
            .values(fermee_le=instant_reel())
        )


def fermer_toutes_les_connexions(individu: Individu) -> None:
    """End every open login of this person, in the caller's transaction (password change, deactivation)."""
    individu.timbre = nouveau_timbre()
    db.session.execute(
        update(Connexion)
        .where(Connexion.individu_id == individu.id, Connexion.fermee_le.is_(None))
        .values(fermee_le=instant_reel())
    )


def nouveau_timbre() -> str:
    """A stamp for an account, to be set when it is created and whenever its logins must end."""
    return secrets.token_hex(16)


def normaliser_email(email: str) -> str:
    """The one spelling under which an address is stored and looked up."""
    return unicodedata.normalize("NFC", email).strip().casefold()


def individu_de_la_connexion(connexion_id: str) -> int | None:
    """Whose login this is or was; it opens nothing."""
    return db.session.scalar(select(Connexion.individu_id).where(Connexion.id == connexion_id))


def identifiant_de_la_connexion(connexion_id: str) -> str:
    """What the person of this login, even ended, types to log in; "" when nobody had it."""
    requete = select(Individu.email, Individu.numero).join(Connexion).where(Connexion.id == connexion_id)
    ligne = db.session.execute(requete).first()
    return (ligne.email or ligne.numero) if ligne else ""


def purger() -> None:
    """Forget attempts after a day, kept forms after 15 minutes, browsers unseen for 400 days."""
    reel = instant_reel()
    with transaction():
        db.session.execute(
            delete(TentativeConnexion).where(TentativeConnexion.quand < reel - MEMOIRE_TENTATIVES)
        )
        db.session.execute(delete(SaisieConservee).where(SaisieConservee.cree_le < reel - MEMOIRE_SAISIES))
        db.session.execute(delete(Connexion).where(Connexion.cree_le < reel - MEMOIRE_NAVIGATEURS))


def _trouver(identifiant: str) -> _Compte:
    """Look the account up by both of its names at once."""
    email = normaliser_email(identifiant)
    # A text with control characters names nobody, and PostgreSQL would not even take it.
    cherche = email if email.isprintable() and len(email) <= 254 else ""
    numero = cherche.upper() if re.fullmatch(r"[a-z]{3}[0-9]{5}", cherche) else ""
    requete = select(Individu.id, Individu.mot_de_passe).where(
        or_(Individu.email == cherche, Individu.numero == numero)
    )
    ligne = db.session.execute(requete).first()
    texte = f"individu:{ligne.id}" if ligne else f"inconnu:{email}"
    cle = hashlib.sha256(texte.encode(errors="replace")).hexdigest()
    return _Compte(cle, ligne.id if ligne else None, ligne.mot_de_passe if ligne else None)


def _compter(compte: _Compte, adresse: str, navigateur: str) -> int:
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
        unite = "minute" if minutes == 1 else "minutes"
        raise TropDeTentatives(f"Trop d’essais de connexion. Réessayez dans {minutes} {unite}.")


def _ouvrir(individu_id: int | None, tentative_id: int, navigateur: str) -> Ouverture | None:
    """Open the login and clear the account's count; None if the person may not come in (R17)."""
    with transaction():
        individu = db.session.scalar(select(Individu).where(Individu.id == individu_id, en_cours(Individu)))
        if individu is None:
            return None
        reel = instant_reel()
        individu.derniere_connexion = reel
        connexion = Connexion(
            id=secrets.token_hex(16), individu_id=individu.id, navigateur=navigateur, cree_le=reel
        )
        db.session.add(connexion)
        db.session.execute(
            update(TentativeConnexion).where(TentativeConnexion.id == tentative_id).values(reussie=True)
        )
        return Ouverture(connexion.id, individu.id, individu.timbre)


def _empreinte(navigateur: str) -> str:
    return hashlib.sha256(navigateur.encode(errors="replace")).hexdigest()
