"""What is asked of authenticators (WebAuthn), and whether their answers are right, under our settings.

The site is the configured one, never the request's. The authenticator must verify its user, so that a passkey
counts as both factors, and keep the passkey itself, since the login page names nobody.
"""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import structlog
import webauthn
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from webauthn.registration.verify_registration_response import VerifiedRegistration

from certif.domaine.acces.modeles import CleAcces
from certif.domaine.personnes.modeles import Individu
from certif.socle.adresses import adresse as adresse_absolue

NOM_DU_SITE = "Certif"
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


def question_d_ajout(individu: Individu, deja: Sequence[bytes]) -> Defi:
    """Ask for a passkey of this person, of an authenticator that holds none of `deja`."""
    valeur = secrets.token_bytes(32)
    options = webauthn.generate_registration_options(
        rp_id=_site(),
        rp_name=NOM_DU_SITE,
        user_id=_poignee(individu.id),
        user_name=individu.email or individu.numero,
        user_display_name=individu.prenom or individu.nom,
        challenge=valeur,
        timeout=DELAI_MS,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=_VERIFIE
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=identifiant) for identifiant in deja],
    )
    return Defi(bytes_to_base64url(valeur), json.loads(webauthn.options_to_json(options)))


def question_de_connexion() -> Defi:
    """The question of the login page, to whatever passkey of this site the authenticator holds."""
    valeur = secrets.token_bytes(32)
    options = webauthn.generate_authentication_options(
        rp_id=_site(), challenge=valeur, timeout=DELAI_MS, user_verification=_VERIFIE
    )
    return Defi(bytes_to_base64url(valeur), json.loads(webauthn.options_to_json(options)))


def verifier_ajout(defi: str, reponse: str) -> VerifiedRegistration | None:
    """The passkey that answered this very question, or None; "" is no question."""
    if not defi:
        return None
    try:
        return webauthn.verify_registration_response(
            credential=_lire(reponse),
            expected_challenge=base64url_to_bytes(defi),
            expected_rp_id=_site(),
            expected_origin=_origine(),
            require_user_verification=True,
        )
    except Exception as erreur:  # noqa: BLE001 - the library takes apart what anyone may send
        _journal.info("clé d’accès refusée", genre=type(erreur).__name__)
        return None


def verifier_reponse(cle: CleAcces, defi: str, reponse: dict[str, Any]) -> int | None:
    """The new signature count if the answer is this passkey's to this question, else None."""
    if not defi:
        return None
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
    except Exception as erreur:  # noqa: BLE001 - as above
        _journal.info("clé d’accès refusée", genre=type(erreur).__name__)
        return None
    return verifiee.new_sign_count


def lire_reponse(reponse: str) -> tuple[dict[str, Any], bytes]:
    """What an authenticator answered, and the passkey it claims to be; of nonsense, nothing."""
    lue = _lire(reponse)
    try:
        return lue, base64url_to_bytes(str(lue.get("rawId", "")))[:1024]
    except ValueError:
        return lue, b""


def _lire(reponse: str) -> dict[str, Any]:
    """The answer as an object; an empty one when it is not."""
    try:
        lue = json.loads(reponse) if len(reponse) <= REPONSE_MAX else {}
    except (ValueError, RecursionError):
        return {}
    return lue if isinstance(lue, dict) else {}


def _poignee(individu_id: int) -> bytes:
    """How authenticators call the account: the same whatever key changes, and nothing of who it is."""
    return sha256(f"certif.individu:{individu_id}".encode()).digest()


def _site() -> str:
    return urlsplit(adresse_absolue("/")).hostname or ""


def _origine() -> str:
    """The site's origin as browsers write it: lower case, without a port that goes without saying."""
    parties = urlsplit(adresse_absolue("/"))
    sous_entendu = {"https": 443, "http": 80}.get(parties.scheme)
    port = "" if parties.port in (None, sous_entendu) else f":{parties.port}"
    return f"{parties.scheme}://{parties.hostname}{port}"
