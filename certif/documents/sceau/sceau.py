"""The seal: a PAdES B-B signature (ETSI.CAdES.detached, P-256, SHA-256).

A CMS signature is fixed bytes around two that change: the digest of the file, and the signature of the
attributes that hold it. Those bytes are made once per key (and length of signature, which varies by a byte or
two), and spliced for each file. `scellement` seals a finished PDF; certificates are written with their seal.
"""

from hashlib import sha256

from asn1crypto import algos, cms, core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from certif.documents.sceau.cle_de_sceau import CleDeSceau

CHAMP = "Sceau"
"""Name of the signature field in a sealed file."""
MOTIF = "Document original, délivré par Certif"

_EMPREINTE = bytes(range(0xA0, 0xC0))
"""Stands for a digest where its place is sought."""
_SIGNATURE_MAX = 72
"""Bytes of the longest DER signature by a P-256 key."""


class Sceau:
    """Seals digests with one key; may be kept as long as the key serves."""

    def __init__(self, cle: CleDeSceau) -> None:
        self.cle = cle
        publics = [c.public_bytes(Encoding.DER) for c in (cle.certificat, *cle.chaine)]
        self._certificats = [asn1_x509.Certificate.load(der) for der in publics]
        self.certificat = self._certificats[0]
        self._signes = self._attributs_signes().dump()
        self._attributs = _decouper(self._signes, _EMPREINTE)
        self._messages: dict[int, list[bytes]] = {}
        self.taille = len(self._message(bytes(_SIGNATURE_MAX)))
        """Bytes to keep free in a file for its seal."""

    def signer(self, empreinte: bytes) -> bytes:
        """The CMS of a file whose signed bytes have this SHA-256."""
        avant, apres = self._attributs
        signature = self.cle.cle.sign(avant + empreinte + apres, ec.ECDSA(SHA256()))
        if len(signature) not in self._messages:
            temoin = bytes(range(len(signature)))
            self._messages[len(signature)] = _decouper(self._message(temoin), _EMPREINTE, temoin)
        debut, milieu, fin = self._messages[len(signature)]
        return b"".join((debut, empreinte, milieu, signature, fin))

    def _attributs_signes(self) -> cms.CMSAttributes:
        """What is signed, around a witness. No signing time: PAdES says it in the file."""
        certificat = sha256(self.certificat.dump()).digest()
        reference = tsp.SigningCertificateV2({"certs": [tsp.ESSCertIDv2({"cert_hash": certificat})]})
        return cms.CMSAttributes(
            [
                cms.CMSAttribute({"type": "content_type", "values": ["data"]}),
                cms.CMSAttribute({"type": "message_digest", "values": [_EMPREINTE]}),
                cms.CMSAttribute({"type": "signing_certificate_v2", "values": [reference]}),
            ]
        )

    def _message(self, signature: bytes) -> bytes:
        porteur = self.certificat
        algorithme = algos.DigestAlgorithm({"algorithm": "sha256"})
        signataire = cms.SignerInfo(
            {
                "version": "v1",
                "sid": cms.SignerIdentifier(
                    "issuer_and_serial_number",
                    cms.IssuerAndSerialNumber(
                        {"issuer": porteur.issuer, "serial_number": porteur.serial_number}
                    ),
                ),
                "digest_algorithm": algorithme,
                # Read back from its bytes, it is not encoded again at each step.
                "signed_attrs": cms.CMSAttributes.load(self._signes),
                "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
                "signature": core.OctetString(signature),
            }
        )
        contenu = cms.SignedData(
            {
                "version": "v1",
                "digest_algorithms": [algorithme],
                "encap_content_info": {"content_type": "data"},
                "certificates": self._certificats,
                "signer_infos": [signataire],
            }
        )
        return bytes(cms.ContentInfo({"content_type": "signed_data", "content": contenu}).dump())


def _decouper(entier: bytes, *temoins: bytes) -> list[bytes]:
    """What stands around the witnesses, which must be there once each, in this order."""
    morceaux = []
    for temoin in temoins:
        avant, *apres = entier.split(temoin)
        if len(apres) != 1:
            raise RuntimeError("a signature does not hold its digest and its value once each")
        morceaux.append(avant)
        entier = apres[0]
    return [*morceaux, entier]
