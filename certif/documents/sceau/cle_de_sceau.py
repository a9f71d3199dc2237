"""The key that seals, its certificate, and until when it may."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, NoEncryption, pkcs12
from cryptography.x509.oid import NameOID

AVERTISSEMENT = timedelta(days=60)
"""How long before its end a key is announced to end."""

_DUREE_DE_DEMONSTRATION = timedelta(days=3650)
_NOM_DE_DEMONSTRATION = "Certif – démonstration, sans valeur"


class CleInutilisable(Exception):
    """The file holds no key that can seal; `raison` is a French sentence for whoever runs the application."""

    def __init__(self, raison: str) -> None:
        super().__init__(raison)
        self.raison = raison


@dataclass(frozen=True, slots=True)
class CleDeSceau:
    """A P-256 key, its certificate, and those that vouch for it."""

    cle: ec.EllipticCurvePrivateKey = field(repr=False)
    certificat: x509.Certificate
    chaine: tuple[x509.Certificate, ...] = ()

    @property
    def fin(self) -> datetime:
        """The last instant at which it may seal, in UTC."""
        return self.certificat.not_valid_after_utc

    @property
    def nom(self) -> str:
        """Who seals, as the certificate says."""
        noms = self.certificat.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        return str(noms[0].value) if noms else ""

    def utilisable(self, instant: datetime) -> bool:
        """Whether it may seal at this (aware) instant, both ends of its validity included."""
        return self.certificat.not_valid_before_utc <= instant <= self.fin

    def finit_bientot(self, instant: datetime) -> bool:
        """Whether it ends within sixty days, or has ended."""
        return instant > self.fin - AVERTISSEMENT


def lire(octets: bytes, mot_de_passe: str | None) -> CleDeSceau:
    """Read a PKCS#12 file.

    Raises:
        CleInutilisable: it cannot be read, holds no P-256 key, or its certificate is another key's.
    """
    secret = mot_de_passe.encode() if mot_de_passe else None
    try:
        contenu = pkcs12.load_pkcs12(octets, secret)
    except ValueError as erreur:
        raise CleInutilisable("Le fichier PKCS#12 du sceau est illisible (mot de passe ?).") from erreur
    if contenu.key is None or contenu.cert is None:
        raise CleInutilisable("Le fichier PKCS#12 du sceau ne contient pas une clé et son certificat.")
    cle, certificat = contenu.key, contenu.cert.certificate
    if not isinstance(cle, ec.EllipticCurvePrivateKey) or not isinstance(cle.curve, ec.SECP256R1):
        raise CleInutilisable("La clé du sceau doit être une clé P-256 (prime256v1).")
    if certificat.public_key() != cle.public_key():
        raise CleInutilisable("Le certificat du sceau n’est pas celui de sa clé.")
    return CleDeSceau(cle, certificat, tuple(c.certificate for c in contenu.additional_certs))


def fabriquer(debut: datetime, mot_de_passe: str | None = None) -> bytes:
    """A PKCS#12 file with a new key and a certificate of its own, for the demonstration: worth nothing."""
    cle = ec.generate_private_key(ec.SECP256R1())
    nom = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, _NOM_DE_DEMONSTRATION)])
    certificat = (
        x509.CertificateBuilder()
        .subject_name(nom)
        .issuer_name(nom)
        .public_key(cle.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(debut.astimezone(UTC))
        .not_valid_after(debut.astimezone(UTC) + _DUREE_DE_DEMONSTRATION)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_signe_seulement(), critical=True)
        .sign(cle, SHA256())
    )
    protection = BestAvailableEncryption(mot_de_passe.encode()) if mot_de_passe else NoEncryption()
    return pkcs12.serialize_key_and_certificates(b"sceau", cle, certificat, None, protection)


def _signe_seulement() -> x509.KeyUsage:
    """A seal: it signs, and commits who signs."""
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
