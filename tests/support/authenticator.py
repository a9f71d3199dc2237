"""An authenticator in software: it makes a passkey, and answers as a browser would write it."""

import json
import struct
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, encode_cbor

PRESENT, VERIFIE, AVEC_CLE = 0x01, 0x04, 0x40


@dataclass
class Authentificateur:
    """One passkey; every attribute may be made wrong."""

    site: str = "localhost"
    origine: str = "http://localhost:5000"
    compteur: int = 0
    drapeaux: int = PRESENT | VERIFIE
    identifiant: bytes = b"identifiant-de-cle"
    poignee: str = ""
    cle: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def creer(self, options: dict[str, Any]) -> str:
        """The answer to a question of `question_d_ajout`."""
        self.poignee = options["user"]["id"]
        donnees = self._donnees(self.drapeaux | AVEC_CLE) + bytes(16)
        donnees += struct.pack(">H", len(self.identifiant)) + self.identifiant + self._cle_publique()
        attestation = encode_cbor({"fmt": "none", "attStmt": {}, "authData": donnees})
        client = self._client("webauthn.create", options["challenge"])
        return self._reponse(clientDataJSON=client, attestationObject=attestation)

    def repondre(self, options: dict[str, Any]) -> str:
        """The answer to a question of `question_de_connexion`."""
        donnees = self._donnees(self.drapeaux)
        client = self._client("webauthn.get", options["challenge"])
        signature = self.cle.sign(donnees + sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._reponse(
            clientDataJSON=client,
            authenticatorData=donnees,
            signature=signature,
            userHandle=base64url_to_bytes(self.poignee),
        )

    def _donnees(self, drapeaux: int) -> bytes:
        return sha256(self.site.encode()).digest() + struct.pack(">BI", drapeaux, self.compteur)

    def _client(self, genre: str, defi: str) -> bytes:
        return json.dumps({"type": genre, "challenge": defi, "origin": self.origine}).encode()

    def _cle_publique(self) -> bytes:
        point = self.cle.public_key().public_numbers()
        cle = {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")}
        return encode_cbor(cle)

    def _reponse(self, **parties: bytes) -> str:
        identifiant = bytes_to_base64url(self.identifiant)
        response = {nom: bytes_to_base64url(octets) for nom, octets in parties.items()}
        return json.dumps(
            {"id": identifiant, "rawId": identifiant, "type": "public-key", "response": response}
        )
