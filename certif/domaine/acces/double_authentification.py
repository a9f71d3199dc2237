"""A telephone that gives codes (TOTP, RFC 6238), and ten recovery codes for the day it is lost. Real time.

Starting keeps a secret that counts for nothing; a first code confirms it, and replaces the former telephone
if there was one. The recovery codes are returned once: only their keyed digests are kept.
"""

from dataclasses import dataclass

import pyotp
from sqlalchemy import delete, or_, select

from certif.domaine.acces import authentification, frein, hachage
from certif.domaine.acces.codes import (
    lire_code_de_secours,
    nouveau_secret,
    nouveaux_codes_de_secours,
    pas_du_code,
)
from certif.domaine.acces.modeles import CleAcces, CodeSecours
from certif.domaine.acces.presence import Presence, Provenance, tenir_sa_connexion, verifier_presence
from certif.domaine.acces.second_facteur import (
    USAGE,
    consommer,
    empreinte_du_code,
    exiger_second_facteur,
    facteurs_de,
    montrer,
    prevenir,
)
from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.erreurs import ActionImpossible, Introuvable, SaisieInvalide
from certif.domaine.journal import SYSTEME, Auteur, consigner
from certif.domaine.libelles.acces import second_facteur as mots
from certif.domaine.personnes import adresses_email
from certif.domaine.personnes.modeles import Individu
from certif.domaine.personnes.numeros_forprev import designe
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.base.verrou import tenue
from certif.socle.chiffrement import chiffrer, dechiffrer, empreinte_secrete
from certif.socle.horloge import instant_reel

EMETTEUR = "Certif"
"""How the telephone names these codes."""


@dataclass(frozen=True, slots=True)
class Inscription:
    """What a telephone must learn: by its camera (`uri`), or typed (`secret`)."""

    secret: str
    uri: str


def commencer(individu_id: int, connexion_id: str, mot_de_passe: str, code: str, depuis: Provenance) -> str:
    """Keep a new secret to be confirmed; what this browser must show to see it (`inscription_en_cours`).

    Who has a telephone already proves it by `code`, of that telephone or a recovery code.

    Raises:
        SaisieInvalide: wrong password or code, each beside its field.
        ActionImpossible: this login did not show the second factor that the account has.
        TropDeTentatives: too many wrong ones, counted with those of the login page.
    """
    facteurs = facteurs_de(individu_id)
    exiger_second_facteur(facteurs, connexion_id)
    if facteurs.totp:
        presence = _prouver(individu_id, connexion_id, mot_de_passe, code, depuis)
    else:
        presence = verifier_presence(individu_id, connexion_id, mot_de_passe, depuis)
    secret = nouveau_secret()
    with transaction():
        presence.tenue().totp_attente = chiffrer(USAGE, secret.encode())
    return _reference(secret)


def inscription_en_cours(individu_id: int, reference: str) -> Inscription | None:
    """The secret to be confirmed, for the browser where it was started; None if there is none, or another."""
    individu = db.session.get_one(Individu, individu_id)
    secret = _secret_en_attente(individu, reference)
    if secret is None:
        return None
    uri = pyotp.TOTP(secret).provisioning_uri(name=individu.email or individu.numero, issuer_name=EMETTEUR)
    return Inscription(secret, uri)


def confirmer(individu_id: int, connexion_id: str, reference: str, code: str) -> list[str]:
    """Put the new secret in force, since a code of it is right; the ten recovery codes, told this once.

    Raises:
        SaisieInvalide: the code is not one of this secret.
        ActionImpossible: nothing is being confirmed by this browser, or its login was ended.
    """
    with transaction():
        individu = tenir_sa_connexion(individu_id, connexion_id)
        exiger_second_facteur(facteurs_de(individu_id), connexion_id)
        secret = _secret_en_attente(individu, reference)
        if secret is None:
            raise ActionImpossible(mots.ACTIVATION_PERIMEE)
        pas = pas_du_code(secret, code, instant_reel())
        if pas is None:
            raise SaisieInvalide({"code": [mots.CODE_REFUSE]})
        remplacement = individu.totp_depuis is not None
        individu.totp_secret, individu.totp_attente = individu.totp_attente, None
        individu.totp_depuis, individu.totp_pas = instant_reel(), pas
        montrer(connexion_id)
        consigner(
            individu_id,
            "double_auth_remplacee" if remplacement else "double_auth_activee",
            "individu",
            individu_id,
        )
        if remplacement:
            prevenir(individu_id, mots.SUJET_TELEPHONE, mots.TELEPHONE)
        else:
            prevenir(individu_id, mots.SUJET_ACTIVEE, mots.ACTIVEE)
        return _renouveler_les_codes(individu_id)


def renouveler_les_codes(
    individu_id: int, connexion_id: str, mot_de_passe: str, depuis: Provenance
) -> list[str]:
    """Ten recovery codes in place of the former ones, told this once.

    Raises:
        ActionImpossible: no telephone is in force, or this login did not show it.
        SaisieInvalide, TropDeTentatives: as `verifier_presence`.
    """
    facteurs = facteurs_de(individu_id)
    if not facteurs.totp:
        raise ActionImpossible(mots.DEJA_INACTIVE)
    exiger_second_facteur(facteurs, connexion_id)
    presence = verifier_presence(individu_id, connexion_id, mot_de_passe, depuis)
    with transaction():
        presence.tenue()
        consigner(individu_id, "codes_secours_renouveles", "individu", individu_id)
        prevenir(individu_id, mots.SUJET_CODES, mots.CODES)
        return _renouveler_les_codes(individu_id)


def desactiver(individu_id: int, connexion_id: str, mot_de_passe: str, code: str, depuis: Provenance) -> None:
    """Go back to the password alone; `code` of the telephone, or a recovery code.

    Raises:
        ActionImpossible: an administrateur keeps it; or it is not active.
        SaisieInvalide, TropDeTentatives: as `commencer`.
    """
    facteurs = facteurs_de(individu_id)
    if facteurs.administrateur:
        raise ActionImpossible(mots.ADMINISTRATEUR_LA_GARDE)
    if not facteurs.totp:
        raise ActionImpossible(mots.DEJA_INACTIVE)
    presence = _prouver(individu_id, connexion_id, mot_de_passe, code, depuis)
    with transaction():
        _effacer(presence.tenue())
        consigner(individu_id, "double_auth_desactivee", "individu", individu_id)
        prevenir(individu_id, mots.SUJET_DESACTIVEE, mots.DESACTIVEE)


def retirer_la_double_authentification(acteur: Acteur, individu_id: int) -> None:
    """Help somebody who lost everything: telephone, codes and passkeys go, and their logins end.

    Done again, it changes nothing.

    Raises:
        Introuvable: not an administrateur, or nobody has this identifier.
        ActionImpossible: on oneself.
    """
    if acteur.role is not TypeRole.ADMINISTRATEUR:
        raise Introuvable
    with transaction():
        individu = tenue(Individu, individu_id)
        if individu is None:
            raise Introuvable
        if individu_id == acteur.individu_id:
            raise ActionImpossible(mots.PAS_SUR_SOI)
        _retirer(individu, acteur)


def retirer_depuis_le_serveur(identifiant: str) -> bool:
    """The same, for whoever runs the server: the only administrateur may have lost everything.

    `identifiant`: e-mail address or N° Forprev; False when nobody has it.
    """
    with transaction():
        nomme = or_(
            Individu.email == adresses_email.normaliser_email(identifiant),
            Individu.id == designe(identifiant.strip().upper()),
        )
        individu = db.session.scalar(select(Individu).where(nomme))
        if individu is not None:
            _retirer(individu, SYSTEME)
        return individu is not None


def _retirer(individu: Individu, par: Auteur) -> None:
    facteurs = facteurs_de(individu.id)
    if not (facteurs.totp or facteurs.cles or individu.totp_attente):
        return
    _effacer(individu)
    db.session.execute(delete(CleAcces).where(CleAcces.individu_id == individu.id))
    authentification.fermer_toutes_les_connexions(individu)
    consigner(par, "double_auth_retiree", "individu", individu.id)
    prevenir(individu.id, mots.SUJET_RETIREE, mots.RETIREE)


def _prouver(
    individu_id: int, connexion_id: str, mot_de_passe: str, code: str, depuis: Provenance
) -> Presence:
    """Password and code, both, whatever was just shown: the code is spent only if the password is right."""
    individu = db.session.get_one(Individu, individu_id, populate_existing=True)
    presence, hache = Presence(individu_id, connexion_id, individu.timbre), individu.mot_de_passe
    essai = frein.compter_essai(individu_id, depuis.adresse, depuis.navigateur)
    if not hachage.verifier(hache, mot_de_passe):
        raise SaisieInvalide({"mot_de_passe": [mots.MOT_DE_PASSE_REFUSE]})
    with transaction():
        if not consommer(presence.tenue(), code, secours=lire_code_de_secours(code) is not None):
            raise SaisieInvalide({"code": [mots.CODE_REFUSE]})
        authentification.oublier_essai(essai)
    return presence


def _reference(secret: str) -> str:
    """What tells one pending secret from another, and nothing of it."""
    return empreinte_secrete("inscription", secret)


def _secret_en_attente(individu: Individu, reference: str) -> str | None:
    clair = dechiffrer(USAGE, individu.totp_attente) if individu.totp_attente else None
    secret = clair.decode() if clair else None
    return secret if secret and _reference(secret) == reference else None


def _renouveler_les_codes(individu_id: int) -> list[str]:
    codes = nouveaux_codes_de_secours()
    db.session.execute(delete(CodeSecours).where(CodeSecours.individu_id == individu_id))
    db.session.add_all(
        CodeSecours(individu_id=individu_id, condense=empreinte_du_code(individu_id, lu))
        for lu in filter(None, map(lire_code_de_secours, codes))
    )
    return codes


def _effacer(individu: Individu) -> None:
    individu.totp_secret = individu.totp_attente = None
    individu.totp_depuis = individu.totp_pas = None
    db.session.execute(delete(CodeSecours).where(CodeSecours.individu_id == individu.id))
