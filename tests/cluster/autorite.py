"""An authority of the tests: what it signs is believed by whoever was given its certificate."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID


class Autorite:
    """Its certificate stands in the file `certificat` of its folder."""

    def __init__(self, dossier: Path) -> None:
        self._dossier = dossier
        self._cle = ec.generate_private_key(ec.SECP256R1())
        self._nom = _nom("Autorité des essais")
        batisseur = self._certificat(self._nom, self._cle.public_key())
        contraintes = x509.BasicConstraints(ca=True, path_length=0)
        signe = batisseur.add_extension(contraintes, critical=True).sign(self._cle, hashes.SHA256())
        self.certificat = dossier / "autorite.crt"
        self.certificat.write_bytes(signe.public_bytes(Encoding.PEM))

    def signer(self, adresse: str) -> tuple[Path, Path]:
        """Files of a certificate for the server of this address, and of its key."""
        cle = ec.generate_private_key(ec.SECP256R1())
        noms = x509.SubjectAlternativeName([x509.IPAddress(ip_address(adresse))])
        signe = (
            self._certificat(_nom(adresse), cle.public_key())
            .add_extension(noms, critical=False)
            .sign(self._cle, hashes.SHA256())
        )
        certificat, secret = self._dossier / f"{adresse}.crt", self._dossier / f"{adresse}.key"
        certificat.write_bytes(signe.public_bytes(Encoding.PEM))
        secret.write_bytes(cle.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        return certificat, secret

    def _certificat(self, nom: x509.Name, cle: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
        maintenant = datetime.now(UTC)
        return (
            x509.CertificateBuilder()
            .subject_name(nom)
            .issuer_name(self._nom)
            .public_key(cle)
            .serial_number(x509.random_serial_number())
            .not_valid_before(maintenant - timedelta(hours=1))
            .not_valid_after(maintenant + timedelta(days=1))
        )


def _nom(commun: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, commun)])
