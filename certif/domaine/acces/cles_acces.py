"""Passkeys (WebAuthn): added by who is logged in, then a login by themselves. Real time.

A challenge serves once: the one that did is a row that no second answer can write.
"""

from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from certif.domaine.acces import authentification, frein
from certif.domaine.acces.authentificateurs import (
    Defi,
    lire_reponse,
    question_d_ajout,
    verifier_ajout,
    verifier_reponse,
)
from certif.domaine.acces.authentification import Ouverture
from certif.domaine.acces.modeles import CleAcces
from certif.domaine.acces.presence import Provenance, tenir_sa_connexion, verifier_presence
from certif.domaine.acces.second_facteur import (
    exiger_second_facteur,
    facteurs_de,
    montrer,
    prevenir,
)
from certif.domaine.acces.surveillance import Preuve, eprouver
from certif.domaine.erreurs import ActionImpossible, Introuvable, Refus, SaisieInvalide
from certif.domaine.journal import consigner
from certif.domaine.libelles.acces import second_facteur as mots
from certif.domaine.personnes import titulaires
from certif.domaine.personnes.modeles import Individu
from certif.domaine.une_fois import GesteFait
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import instant_reel

NOMBRE_MAX = 20
LIBELLE_MAX = 80


def cles_de(individu_id: int) -> list[CleAcces]:
    """A person's passkeys, oldest first."""
    requete = select(CleAcces).where(CleAcces.individu_id == individu_id).order_by(CleAcces.id)
    return list(db.session.scalars(requete))


def defi_d_ajout(
    individu_id: int, connexion_id: str, libelle: str, mot_de_passe: str, depuis: Provenance
) -> Defi:
    """The question for an authenticator that has no passkey of this person yet.

    Raises:
        ActionImpossible: this login did not show the second factor that the account has; or twenty passkeys.
        SaisieInvalide: the name of `ajouter`, before a passkey is made for nothing; or the password.
        TropDeTentatives: as `verifier_presence`.
    """
    _lire_libelle(libelle)
    _exiger_qu_elle_puisse(individu_id, connexion_id)
    verifier_presence(individu_id, connexion_id, mot_de_passe, depuis)
    individu = db.session.get_one(Individu, individu_id)
    return question_d_ajout(individu, [cle.identifiant for cle in cles_de(individu_id)])


def ajouter(individu_id: int, connexion_id: str, defi: str, reponse: str, libelle: str) -> int:
    """Keep the passkey that answered `defi`, under a name of its owner's; its id.

    Raises:
        SaisieInvalide: the name is empty, too long or not printable.
        Refus: the answer is not the one to this question, or this passkey is already kept.
        ActionImpossible: as `defi_d_ajout`; or the login was ended meanwhile.
    """
    nomme = _lire_libelle(libelle)
    verifiee = verifier_ajout(defi, reponse)
    if verifiee is None:
        raise Refus(mots.CLE_NON_AJOUTEE)
    try:
        with transaction():
            tenir_sa_connexion(individu_id, connexion_id)
            _exiger_qu_elle_puisse(individu_id, connexion_id)
            cle = CleAcces(
                individu_id=individu_id,
                identifiant=verifiee.credential_id,
                cle_publique=verifiee.credential_public_key,
                compteur=verifiee.sign_count,
                libelle=nomme,
                cree_le=instant_reel(),
            )
            db.session.add_all([cle, _defi_use(defi, individu_id)])
            db.session.flush()
            montrer(connexion_id)
            consigner(individu_id, "cle_acces_ajoutee", "individu", individu_id)
            prevenir(individu_id, mots.SUJET_CLE, mots.CLE)
            return cle.id
    except IntegrityError:
        raise Refus(mots.CLE_DEJA_LA) from None


def retirer(individu_id: int, connexion_id: str, cle_id: int, mot_de_passe: str, depuis: Provenance) -> None:
    """Forget a passkey: it opens nothing any more.

    Raises:
        Introuvable: this person has no such passkey.
        ActionImpossible: an administrateur's last second factor, or a login that did not show one.
        SaisieInvalide, TropDeTentatives: as `verifier_presence`.
    """
    if _sienne(individu_id, cle_id) is None:
        raise Introuvable
    presence = verifier_presence(individu_id, connexion_id, mot_de_passe, depuis)
    with transaction():
        presence.tenue()
        cle = _sienne(individu_id, cle_id)
        if cle is None:  # the first of two clicks
            return
        facteurs = facteurs_de(individu_id)
        exiger_second_facteur(facteurs, connexion_id)
        if facteurs.administrateur and not facteurs.totp and facteurs.cles == 1:
            raise ActionImpossible(mots.DERNIERE_CLE)
        db.session.delete(cle)
        consigner(individu_id, "cle_acces_retiree", "individu", individu_id)
        prevenir(individu_id, mots.SUJET_CLE_RETIREE, mots.CLE_RETIREE)


def connecter_par_cle(defi: str, reponse: str, depuis: Provenance) -> Ouverture:
    """Open a login by a passkey, which proves both factors.

    Raises:
        Refus: whatever is wrong, unknown passkey or closed account included: same words.
        TropDeTentatives: as `authentification.connecter`, each passkey counting for itself.
    """
    lue, identifiant = lire_reponse(reponse)
    cle = db.session.scalar(select(CleAcces).where(CleAcces.identifiant == identifiant))
    individu_id = cle.individu_id if cle else None
    with eprouver(Preuve.CLE_ACCES, individu_id, depuis.adresse):
        return _eprouver(identifiant, individu_id, defi, lue, depuis)


def _eprouver(
    identifiant: bytes, individu_id: int | None, defi: str, lue: dict[str, Any], depuis: Provenance
) -> Ouverture:
    essai = frein.compter_essai_de_cle(identifiant, individu_id, depuis.adresse, depuis.navigateur)
    # Read again: it may have been removed while the attempt was being counted.
    cle = db.session.scalar(select(CleAcces).where(CleAcces.identifiant == identifiant))
    compteur = verifier_reponse(cle, defi, lue) if cle else None
    if cle is None or compteur is None:
        raise Refus(mots.CLE_REFUSEE)
    try:
        return _ouvrir(cle.id, cle.compteur, compteur, defi, essai, depuis.navigateur)
    except IntegrityError:  # this challenge has served
        raise Refus(mots.CLE_REFUSEE) from None


def _ouvrir(cle_id: int, ancien: int, compteur: int, defi: str, essai: int, navigateur: str) -> Ouverture:
    with transaction():
        avance = (
            update(CleAcces)
            .where(CleAcces.id == cle_id, CleAcces.compteur == ancien)
            .values(compteur=compteur, utilisee_le=instant_reel())
            .returning(CleAcces.individu_id)
        )
        individu = titulaires.peut_entrer(db.session.execute(avance).scalar_one_or_none())
        if individu is None:
            raise Refus(mots.CLE_REFUSEE)
        db.session.add(_defi_use(defi, individu.id))
        db.session.flush()
        return authentification.ouvrir(individu, essai, navigateur, second_facteur=True)


def _lire_libelle(libelle: str) -> str:
    nomme = " ".join(libelle.split())
    if not nomme or len(nomme) > LIBELLE_MAX or not nomme.isprintable():
        raise SaisieInvalide({"libelle": [mots.LIBELLE_DE_CLE]})
    return nomme


def _exiger_qu_elle_puisse(individu_id: int, connexion_id: str) -> None:
    exiger_second_facteur(facteurs_de(individu_id), connexion_id)
    nombre = select(func.count()).select_from(CleAcces).where(CleAcces.individu_id == individu_id)
    if (db.session.scalar(nombre) or 0) >= NOMBRE_MAX:
        raise ActionImpossible(mots.TROP_DE_CLES)


def _sienne(individu_id: int, cle_id: int) -> CleAcces | None:
    requete = select(CleAcces).where(CleAcces.id == cle_id, CleAcces.individu_id == individu_id)
    return db.session.scalar(requete)


def _defi_use(defi: str, individu_id: int) -> GesteFait:
    return GesteFait(jeton=defi, acteur_id=individu_id, resultat=0, fait_le=instant_reel())
