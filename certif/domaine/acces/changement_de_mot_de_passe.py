"""A forgotten password, a new one chosen by a link, the change from « Mon compte ». Real time."""

import math
from datetime import timedelta

from sqlalchemy import select

from certif.domaine.acces import authentification, force_du_mot_de_passe, hachage, liens
from certif.domaine.acces.connexions import fermer_les_autres
from certif.domaine.acces.frein import cle_de_compte
from certif.domaine.acces.invitations import ecrire_invitation
from certif.domaine.acces.modeles import SorteLien, TentativeConnexion
from certif.domaine.acces.presence import Provenance, verifier_presence
from certif.domaine.courriers.actions import ecrire
from certif.domaine.erreurs import SaisieInvalide, TropDeTentatives
from certif.domaine.journal import consigner
from certif.domaine.libelles.acces import liens as textes
from certif.domaine.libelles.acces.compte import MEME
from certif.domaine.libelles.cadre_des_courriers import corps
from certif.domaine.personnes import titulaires
from certif.domaine.personnes.modeles import Individu
from certif.domaine.personnes.personnes import nouveau_timbre
from certif.socle.adresses import adresse
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import instant_reel
from certif.socle.reseau import reseau_de

DEMANDES_PAR_COMPTE = 3
FENETRE = timedelta(hours=1)
"""That many demands for one account within this time, whether it exists or not."""


def demander(identifiant: str, adresse_du_client: str) -> None:
    """Mail a link to choose a new password, or its invitation again to an account that never had one.

    Whoever this names, the same work is done: for nobody it is done for somebody else, then taken back.

    Raises:
        TropDeTentatives: three demands within the hour for that account, be there one or not.
    """
    compte = authentification.trouver(identifiant)
    with transaction():
        _compter(cle_de_compte(f"oubli:{compte.cle}"), reseau_de(adresse_du_client))
        vise = titulaires.peut_entrer(compte.individu_id or 0)
        joignable = vise is not None and bool(vise.email)
        figurant = db.session.scalar(
            select(Individu).where(Individu.email.is_not(None)).order_by(Individu.id).limit(1)
        )
        individu = vise if joignable else figurant
        if individu is None:
            return
        with db.session.begin_nested() as essai:
            _ecrire_le_lien(individu)
            db.session.flush()
            if not joignable:
                essai.rollback()


def lire_demande(secret: str) -> int:
    """The length that the new password must have; reading uses nothing.

    Raises:
        LienPerime: the link opens nothing.
    """
    lien = liens.lire(SorteLien.MOT_DE_PASSE, secret)
    return force_du_mot_de_passe.minimum_pour(lien.individu_id)


def choisir(secret: str, nouveau: str, confirmation: str, navigateur: str) -> None:
    """Use the link: set the password, end every login, tell the person. It opens no login by itself.

    The account knows this browser from now on: who was locked out of it comes in.

    Raises:
        SaisieInvalide: the password is refused; the link can still be used.
        LienPerime: the link opens nothing.
    """
    with transaction():
        individu = liens.consommer(SorteLien.MOT_DE_PASSE, secret).individu
        force_du_mot_de_passe.verifier_pour(individu, nouveau, confirmation)
        _poser(individu, nouveau)
        authentification.fermer_toutes_les_connexions(individu)
        authentification.reconnaitre(individu.id, navigateur)


def changer(
    individu_id: int, connexion_id: str, actuel: str, nouveau: str, confirmation: str, depuis: Provenance
) -> str:
    """Change one's own password; the other logins end, this one goes on under the stamp returned.

    Raises:
        SaisieInvalide: on `mot_de_passe` (the present one), `nouveau` or `confirmation`.
        TropDeTentatives: wrong passwords count with those of the login page.
        ActionImpossible: the login was ended, or another password chosen, meanwhile.
    """
    presence = verifier_presence(individu_id, connexion_id, actuel, depuis, toujours=True)
    with transaction():
        individu = presence.tenue()
        force_du_mot_de_passe.verifier_pour(individu, nouveau, confirmation)
        if nouveau == actuel:
            raise SaisieInvalide({"nouveau": [MEME]})
        _poser(individu, nouveau)
        return fermer_les_autres(individu, connexion_id)


def rendre_inutilisable(individu: Individu) -> None:
    """Replace a password that somebody else may know by one that nobody does, in the caller's transaction."""
    individu.mot_de_passe = hachage.hacher(nouveau_timbre())


def _poser(individu: Individu, nouveau: str) -> None:
    force_du_mot_de_passe.poser(individu, nouveau)
    # Whoever knew the former password may have asked for another address.
    liens.annuler(individu.id, SorteLien.INVITATION, SorteLien.MOT_DE_PASSE, SorteLien.NOUVEL_EMAIL)
    consigner(individu.id, "changer_mot_de_passe", "individu", individu.id)
    ecrire(
        f"mot-de-passe-change-{instant_reel().isoformat()}",
        individu.id,
        textes.SUJET_MOT_DE_PASSE_CHANGE,
        corps(textes.MOT_DE_PASSE_CHANGE, adresse("/connexion")),
    )


def _ecrire_le_lien(individu: Individu) -> None:
    if individu.mot_de_passe is None:
        ecrire_invitation(individu)
        return
    liens.annuler(individu.id, SorteLien.MOT_DE_PASSE)
    ecrire(
        f"oubli-{instant_reel().isoformat()}",
        individu.id,
        textes.SUJET_OUBLI,
        corps(textes.OUBLI, liens.creer(individu.id, SorteLien.MOT_DE_PASSE)),
    )


def _compter(cle: str, reseau: str) -> None:
    """Write the demand as an attempt that the throttle of logins does not count."""
    reel = instant_reel()
    requete = (
        select(TentativeConnexion.quand)
        .where(TentativeConnexion.compte == cle, TentativeConnexion.quand > reel - FENETRE)
        .order_by(TentativeConnexion.quand.desc())
        .limit(DEMANDES_PAR_COMPTE)
    )
    quands = list(db.session.scalars(requete))
    if len(quands) == DEMANDES_PAR_COMPTE:
        reste = quands[-1] + FENETRE - reel
        raise TropDeTentatives(textes.trop_de_demandes(math.ceil(reste.total_seconds() / 60)))
    db.session.add(TentativeConnexion(compte=cle, adresse=reseau, quand=reel, reussie=True))
