"""What stands before the site when it serves for real: a proxy that ends TLS and says so in its headers."""

import asyncio
import re
import ssl
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

_LONGUEUR = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_AJOUT = b"X-Forwarded-Proto: https\r\nX-Forwarded-For: 192.0.2.1\r\n\r\n"


class FrontalTLS:
    """Listens on `port` with a certificate of its own, and hands each request to the site at `vers`."""

    def __init__(self, port: int, vers: int, dossier: Path) -> None:
        self.port = port
        self.vers = vers
        self._contexte = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._contexte.load_cert_chain(certificat(dossier / "tls.pem"))
        self._boucle = asyncio.new_event_loop()
        self._fil = threading.Thread(target=self._boucle.run_forever, daemon=True)

    def demarrer(self) -> None:
        self._fil.start()
        ouvert = asyncio.start_server(self._servir, "127.0.0.1", self.port, ssl=self._contexte)
        asyncio.run_coroutine_threadsafe(ouvert, self._boucle).result(10)

    def arreter(self) -> None:
        self._boucle.call_soon_threadsafe(self._boucle.stop)
        self._fil.join(10)

    async def _servir(self, lu: asyncio.StreamReader, rendu: asyncio.StreamWriter) -> None:
        site_lu, site_rendu = await asyncio.open_connection("127.0.0.1", self.vers)
        try:
            await asyncio.gather(_demander(lu, site_rendu), _repondre(site_lu, rendu))
        except (OSError, asyncio.IncompleteReadError):
            pass  # one side hung up
        finally:
            rendu.close()


async def _demander(lu: asyncio.StreamReader, site: asyncio.StreamWriter) -> None:
    try:
        while True:
            entete = await lu.readuntil(b"\r\n\r\n")
            site.write(entete[:-2] + _AJOUT)
            if longueur := _LONGUEUR.search(entete):
                site.write(await lu.readexactly(int(longueur[1])))
            await site.drain()
    finally:
        site.close()


async def _repondre(site: asyncio.StreamReader, rendu: asyncio.StreamWriter) -> None:
    while morceau := await site.read(65_536):
        rendu.write(morceau)
        await rendu.drain()
    rendu.close()


def certificat(fichier: Path) -> Path:
    """Key and certificate of localhost, for a day."""
    cle = ec.generate_private_key(ec.SECP256R1())
    nom = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    maintenant = datetime.now(UTC)
    certificat = (
        x509.CertificateBuilder()
        .subject_name(nom)
        .issuer_name(nom)
        .public_key(cle.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(maintenant - timedelta(hours=1))
        .not_valid_after(maintenant + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(cle, hashes.SHA256())
    )
    prive = cle.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    fichier.write_bytes(prive + certificat.public_bytes(Encoding.PEM))
    return fichier
