"""Passkeys (WebAuthn): added by who is logged in, then a login by themselves. Real time.

The site is the configured one, never the request's. The authenticator must verify its user, so that a passkey
counts as both factors, and keep the passkey itself, since the login page names nobody. A challenge serves
once: the one that did is a row that no second answer can write.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import structlog
import webauthn
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from certif.domaine.comptes import authentification, frein
from certif.domaine.comptes.authentification import Ouverture
from certif.domaine.comptes.modeles import Individu
from certif.domaine.comptes.modeles_acces import CleAcces
from certif.domaine.comptes.second_facteur import (
    Provenance,
    exiger_second_facteur,
    facteurs_de,
    montrer,
    prevenir,
    verifier_presence,
)
from certif.domaine.erreurs import ActionImpossible, Introuvable, Refus, SaisieInvalide
from certif.domaine.journal import consigner
from certif.domaine.libelles import second_facteur as mots
from certif.domaine.une_fois import GesteFait
from certif.socle.adresses import adresse as adresse_absolue
from certif.socle.empreintes import empreinte_secrete
from certif.socle.extensions import db
from certif.socle.horloge import instant_reel
from certif.socle.transaction import transaction

NOM_DU_SITE = "Certif"
NOMBRE_MAX = 20
LIBELLE_MAX = 80
REPONSE_MAX = 20_000
"""Characters of an authenticator's answer: ten times what the largest one needs."""

DELAI_MS = 300_000
"""What the browser is told to wait; the challenge lives as long."""

_VERIFIE = UserVerificationRequirement.REQUIRED
_journal = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Defi:
    """A question for an authenticator: `valeur` stays in the browser's session, its script gets `options`."""

    valeur: str
    options: dict[str, Any]


def possibles() -> bool:
    """Whether the site's address allows passkeys: a name does, a bare number does not."""
    try:
        ip_address(_site())
    except ValueError:
        return True
    return False


def cles_de(individu_id: int) -> list[CleAcces]:
    """A person's passkeys, oldest first."""
    requete = select(CleAcces).where(CleAcces.individu_id == individu_id).order_by(CleAcces.id)
    return list(db.session.scalars(requete))


def defi_d_ajout(individu_id: int, connexion_id: str, mot_de_passe: str, depuis: Provenance) -> Defi:
    """The question for an authenticator that has no passkey of this person yet.

    Raises:
        ActionImpossible: this login did not show the second factor that the account has; or twenty passkeys.
        SaisieInvalide, TropDeTentatives: as `verifier_presence`.
    """
    _exiger_qu_elle_puisse(individu_id, connexion_id)
    verifier_presence(individu_id, connexion_id, mot_de_passe, depuis)
    individu = db.session.get_one(Individu, individu_id)
    valeur = secrets.token_bytes(32)
    options = webauthn.generate_registration_options(
        rp_id=_site(),
        rp_name=NOM_DU_SITE,
        user_id=_poignee(individu_id),
        user_name=individu.email or individu.numero,
        user_display_name=individu.prenom or individu.nom,
        challenge=valeur,
        timeout=DELAI_MS,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=_VERIFIE
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=c.identifiant) for c in cles_de(individu_id)],
    )
    return Defi(bytes_to_base64url(valeur), json.loads(webauthn.options_to_json(options)))


def ajouter(individu_id: int, connexion_id: str, defi: str, reponse: str, libelle: str) -> int:
    """Keep the passkey that answered `defi`, under a name of its owner's; its id.

    Raises:
        SaisieInvalide: the name is empty, too long or not printable.
        Refus: the answer is not the one to this question, or this passkey is already kept.
        ActionImpossible: as `defi_d_ajout`.
    """
    nomme = " ".join(libelle.split())
    if not nomme or len(nomme) > LIBELLE_MAX or not nomme.isprintable():
        raise SaisieInvalide({"libelle": [mots.LIBELLE_DE_CLE]})
    try:
        verifiee = webauthn.verify_registration_response(
            credential=_lire(reponse),
            expected_challenge=base64url_to_bytes(defi),
            expected_rp_id=_site(),
            expected_origin=_origine(),
            require_user_verification=True,
        )
    except Exception as erreur:  # the library takes apart what anyone may send
        _journal.info("clé d’accès refusée", genre=type(erreur).__name__)
        raise Refus(mots.CLE_NON_AJOUTEE) from None
    try:
        with transaction():
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
            consigner("cle_acces_ajoutee", "individu", individu_id, acteur_id=individu_id)
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
    verifier_presence(individu_id, connexion_id, mot_de_passe, depuis)
    with transaction():
        cle = _sienne(individu_id, cle_id)
        if cle is None:  # the first of two clicks
            return
        facteurs = facteurs_de(individu_id)
        exiger_second_facteur(facteurs, connexion_id)
        if facteurs.administrateur and not facteurs.totp and facteurs.cles == 1:
            raise ActionImpossible(mots.DERNIERE_CLE)
        db.session.delete(cle)
        consigner("cle_acces_retiree", "individu", individu_id, acteur_id=individu_id)
        prevenir(individu_id, mots.SUJET_CLE_RETIREE, mots.CLE_RETIREE)


def defi_de_connexion() -> Defi:
    """The question of the login page, to whatever passkey of this site the authenticator holds."""
    valeur = secrets.token_bytes(32)
    options = webauthn.generate_authentication_options(
        rp_id=_site(), challenge=valeur, timeout=DELAI_MS, user_verification=_VERIFIE
    )
    return Defi(bytes_to_base64url(valeur), json.loads(webauthn.options_to_json(options)))


def connecter_par_cle(defi: str, reponse: str, depuis: Provenance) -> Ouverture:
    """Open a login by a passkey, which proves both factors.

    Raises:
        Refus: whatever is wrong, unknown passkey or closed account included: same words.
        TropDeTentatives: as `authentification.connecter`, each passkey counting for itself.
    """
    lue, identifiant = _lire_identifiant(reponse)
    cle = db.session.scalar(select(CleAcces).where(CleAcces.identifiant == identifiant))
    individu_id = cle.individu_id if cle else None
    essai = frein.compter_essai_de_cle(identifiant, individu_id, depuis.adresse, depuis.navigateur)
    # Read again: it may have been removed while the attempt was being counted.
    cle = db.session.scalar(select(CleAcces).where(CleAcces.identifiant == identifiant))
    compteur = _verifier(cle, defi, lue) if cle else None
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
        individu = authentification.peut_entrer(db.session.execute(avance).scalar_one_or_none())
        if individu is None:
            raise Refus(mots.CLE_REFUSEE)
        db.session.add(_defi_use(defi, individu.id))
        db.session.flush()
        return authentification.ouvrir(individu, essai, navigateur, second_facteur=True)


def _verifier(cle: CleAcces, defi: str, reponse: dict[str, Any]) -> int | None:
    """The new signature count if the answer is this passkey's to this question, else None."""
    try:
        verifiee = webauthn.verify_authentication_response(
            credential=reponse,
            expected_challenge=base64url_to_bytes(defi),
            expected_rp_id=_site(),
            expected_origin=_origine(),
            credential_public_key=cle.cle_publique,
            credential_current_sign_count=cle.compteur,
            require_user_verification=True,
        )
        poignee = reponse["response"].get("userHandle")
        if poignee and base64url_to_bytes(poignee) != _poignee(cle.individu_id):
            return None
    except Exception as erreur:  # as in `ajouter`
        _journal.info("clé d’accès refusée", genre=type(erreur).__name__)
        return None
    return verifiee.new_sign_count


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


def _lire(reponse: str) -> dict[str, Any]:
    """The answer as an object; an empty one when it is not."""
    try:
        lue = json.loads(reponse) if len(reponse) <= REPONSE_MAX else {}
    except (ValueError, RecursionError):
        return {}
    return lue if isinstance(lue, dict) else {}


def _lire_identifiant(reponse: str) -> tuple[dict[str, Any], bytes]:
    lue = _lire(reponse)
    try:
        return lue, base64url_to_bytes(str(lue.get("rawId", "")))[:1024]
    except ValueError:
        return lue, b""


def _poignee(individu_id: int) -> bytes:
    """How authenticators call the account: always the same, and saying nothing of who it is."""
    return bytes.fromhex(empreinte_secrete("clé d’accès", str(individu_id)))


def _site() -> str:
    return urlsplit(adresse_absolue("/")).hostname or ""


def _origine() -> str:
    """The site's origin as browsers write it: lower case, without a port that goes without saying."""
    parties = urlsplit(adresse_absolue("/"))
    sous_entendu = {"https": 443, "http": 80}.get(parties.scheme)
    port = "" if parties.port in (None, sous_entendu) else f":{parties.port}"
    return f"{parties.scheme}://{parties.hostname}{port}"
