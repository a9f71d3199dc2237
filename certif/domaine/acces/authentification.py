"""Logging in and out. Real time throughout: the demonstration's clock changes nothing here."""

import hmac
import re
import secrets
from dataclasses import dataclass

from sqlalchemy import delete, or_, select, update

from certif.domaine import conservation
from certif.domaine.acces import hachage
from certif.domaine.acces.frein import Compte, cle_de_compte, compter, empreinte_navigateur
from certif.domaine.acces.modeles import Connexion, TentativeConnexion
from certif.domaine.acces.surveillance import Preuve, eprouver
from certif.domaine.erreurs import Refus
from certif.domaine.libelles.acces.compte import IDENTIFIANTS_INCORRECTS
from certif.domaine.personnes.adresses_email import normaliser_email
from certif.domaine.personnes.modeles import Individu
from certif.domaine.personnes.numeros_forprev import designe
from certif.domaine.personnes.personnes import nouveau_timbre
from certif.domaine.personnes.titulaires import peut_entrer
from certif.socle.base.extensions import db
from certif.socle.base.lots import effacer_par_lots
from certif.socle.base.transaction import transaction
from certif.socle.chiffrement import empreinte_secrete
from certif.socle.horloge import instant_reel


@dataclass(frozen=True, slots=True)
class Ouverture:
    """A login just opened: what the browser's cookie must carry."""

    connexion_id: str
    individu_id: int
    timbre: str


@dataclass(frozen=True, slots=True)
class Attente:
    """The password was right, and the account asks for a code too: nothing is open yet.

    `preuve` binds it to the password and the stamp of that moment.
    """

    individu_id: int
    preuve: str


def connecter(identifiant: str, mot_de_passe: str, *, adresse: str, navigateur: str) -> Ouverture | Attente:
    """Open a login by e-mail or N° Forprev; or tell that `second_facteur.terminer` is needed.

    `navigateur` is the secret token that this browser keeps. Every attempt counts as a failure until it
    succeeds, so that parallel guesses are counted too; one refused by the throttle does not count.

    Raises:
        Refus: unknown account, wrong password, person deactivated or past their end date: same words.
        TropDeTentatives: 10 failures in 15 minutes on this account from browsers it does not know (a
            known one has its own count), or 50 from this address, less than 15 minutes ago.
    """
    compte = trouver(identifiant)
    with eprouver(Preuve.MOT_DE_PASSE, compte.individu_id, adresse):
        tentative_id = compter(compte, adresse, navigateur)
        juste = hachage.verifier(compte.hache, mot_de_passe)
        suite = _entrer(compte, tentative_id, navigateur) if juste else None
        if suite is None:
            raise Refus(IDENTIFIANTS_INCORRECTS)
        return suite


def oublier_essai(tentative_id: int) -> None:
    """What was counted was right, but opens nothing by itself: it neither counts nor forgives."""
    with transaction():
        db.session.execute(delete(TentativeConnexion).where(TentativeConnexion.id == tentative_id))


def attente(individu: Individu) -> Attente:
    """The second step of this person's login."""
    return Attente(individu.id, empreinte_secrete("attente", individu.timbre, individu.mot_de_passe or ""))


def tient_encore(individu: Individu, attendu: Attente) -> bool:
    """Whether neither password, stamp nor second factor changed since the first step."""
    return individu.totp_depuis is not None and hmac.compare_digest(
        attente(individu).preuve.encode(), attendu.preuve.encode()
    )


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


def fermer_les_connexions_de_tous() -> None:
    """After a restored backup: logins that were ended since would live again, with the cookies of then."""
    with transaction():
        ouvertes = update(Connexion).where(Connexion.fermee_le.is_(None))
        db.session.execute(ouvertes.values(fermee_le=instant_reel()))


def individu_de_la_connexion(connexion_id: str) -> int | None:
    """Whose login this is or was; it opens nothing."""
    return db.session.scalar(select(Connexion.individu_id).where(Connexion.id == connexion_id))


def identifiant_de_la_connexion(connexion_id: str) -> str:
    """What the person of this login, even ended, types to log in; "" when nobody had it."""
    requete = select(Individu.email, Individu.numero).join(Connexion).where(Connexion.id == connexion_id)
    ligne = db.session.execute(requete).first()
    return (ligne.email or ligne.numero) if ligne else ""


def oublier_les_essais() -> None:
    """Forget the attempts that no throttle counts any more."""
    avant = instant_reel() - conservation.TENTATIVES.duree.delta
    effacer_par_lots(TentativeConnexion, TentativeConnexion.quand < avant)


def oublier_les_navigateurs() -> None:
    """Forget the browsers that have not logged in for long."""
    avant = instant_reel() - conservation.CONNEXIONS.duree.delta
    effacer_par_lots(Connexion, Connexion.cree_le < avant)


def trouver(identifiant: str) -> Compte:
    """The account that goes by this e-mail or N° Forprev, an old one too, looked up by both at once."""
    email = normaliser_email(identifiant)
    # A text with control characters names nobody, and PostgreSQL would not even take it.
    cherche = email if email.isprintable() and len(email) <= 254 else ""
    numero = cherche.upper() if re.fullmatch(r"[a-z]{3}[0-9]{5}", cherche) else ""
    requete = select(Individu.id, Individu.mot_de_passe).where(
        or_(Individu.email == cherche, Individu.id == designe(numero))
    )
    ligne = db.session.execute(requete).first()
    cle = cle_de_compte(f"individu:{ligne.id}" if ligne else f"inconnu:{email}")
    return Compte(cle, ligne.id if ligne else None, ligne.mot_de_passe if ligne else None)


def _entrer(compte: Compte, tentative_id: int, navigateur: str) -> Ouverture | Attente | None:
    """After the right password; None if the person may not come in (R17), or has chosen another meanwhile."""
    with transaction():
        individu = peut_entrer(compte.individu_id)
        if individu is None or individu.mot_de_passe != compte.hache:
            return None
        if individu.totp_depuis:
            oublier_essai(tentative_id)
            return attente(individu)
        return ouvrir(individu, tentative_id, navigateur)


def ouvrir(
    individu: Individu, tentative_id: int, navigateur: str, *, second_facteur: bool = False
) -> Ouverture:
    """Open the login and clear the account's count, in the caller's transaction."""
    reel = instant_reel()
    individu.derniere_connexion = reel
    connexion = Connexion(
        id=secrets.token_hex(16),
        individu_id=individu.id,
        navigateur=empreinte_navigateur(navigateur),
        second_facteur=second_facteur,
        cree_le=reel,
    )
    db.session.add(connexion)
    db.session.execute(
        update(TentativeConnexion).where(TentativeConnexion.id == tentative_id).values(reussie=True)
    )
    return Ouverture(connexion.id, individu.id, individu.timbre)


def ouvrir_apres_lien(individu: Individu, navigateur: str) -> Ouverture | None:
    """Open a login for who has just chosen a password by a link, in the caller's transaction.

    None when the account asks for a code: its login goes through the usual page, from a known browser.
    """
    if individu.totp_depuis:
        reconnaitre(individu.id, navigateur)
        return None
    return ouvrir(individu, 0, navigateur)


def reconnaitre(individu_id: int, navigateur: str) -> None:
    """Count this browser among those that the account knows, in the caller's transaction; it opens nothing.

    Whoever used a link that was mailed there has the owner's mailbox: guesses made elsewhere must not keep
    them out.
    """
    reel = instant_reel()
    db.session.add(
        Connexion(
            id=secrets.token_hex(16),
            individu_id=individu_id,
            navigateur=empreinte_navigateur(navigateur),
            cree_le=reel,
            fermee_le=reel,
        )
    )
