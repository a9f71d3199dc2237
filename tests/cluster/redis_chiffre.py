"""A real Redis, set as `docs/exploitation/redis/` says: in TLS, for one user who may do little."""

import os
import secrets
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from redis import Redis
from redis.exceptions import RedisError

from certif.config import RACINE
from certif.socle.processus import mourir_avec_le_parent
from tests.cluster.autorite import Autorite
from tests.support.servers import absent, attendre

REGLAGES = RACINE / "docs" / "exploitation" / "redis"


@dataclass(frozen=True)
class RedisChiffre:
    """`url` is what the application is given; `maitre` may do everything."""

    url: str
    maitre: Redis

    def refus(self) -> list[str]:
        """What the application asked for and was not allowed, since the start."""
        return [f"{refus['reason']}: {refus['object']}" for refus in self.maitre.acl_log()]

    def permises(self) -> set[str]:
        """The commands that it may use."""
        droits: Any = self.maitre.acl_getuser("certif")
        return {droit[1:] for droit in droits["commands"] if droit[0] == "+"}

    def demandees(self) -> set[str]:
        """The commands that anybody used."""
        return {nom.removeprefix("cmdstat_") for nom in self.maitre.info("commandstats")}


@contextmanager
def redis_chiffre(dossier: Path, autorite: Autorite, adresse: str, port: int) -> Iterator[RedisChiffre]:
    """Listening at this address of the machine, with a certificate of this authority."""
    programme = shutil.which("redis-server")
    if programme is None:
        absent("redis-server")
    mot_de_passe = secrets.token_hex(16)
    reglages = _reglages(dossier, autorite, adresse, port, mot_de_passe)
    parent = os.getpid()
    processus = subprocess.Popen(
        [programme, str(reglages), "--loglevel", "warning"],
        preexec_fn=lambda: mourir_avec_le_parent(parent, signal.SIGKILL),
    )
    suite = f"{mot_de_passe}@{adresse}:{port}?ssl_ca_certs={autorite.certificat}"
    maitre = Redis.from_url(f"rediss://maitre:{suite}")
    try:
        attendre(lambda: _repond(maitre))
        yield RedisChiffre(f"rediss://certif:{suite}", maitre)
    finally:
        maitre.close()
        processus.terminate()
        processus.wait(10)


def _repond(client: Redis) -> bool:
    try:
        return bool(client.ping())
    except RedisError:
        return False


def _reglages(dossier: Path, autorite: Autorite, adresse: str, port: int, mot_de_passe: str) -> Path:
    """The files of the page as they stand there, but for places, the password, and who looks on."""
    certificat, cle = autorite.signer(adresse)
    droits, reglages = dossier / "users.acl", dossier / "redis.conf"
    acl = (REGLAGES / "users.acl").read_text("utf-8")
    conf = (REGLAGES / "redis.conf").read_text("utf-8")
    assert "mot-de-passe" in acl
    maitre = f"user maitre on >{mot_de_passe} ~* &* +@all\n"
    droits.write_text(acl.replace("mot-de-passe", mot_de_passe) + maitre, "utf-8")
    for avant, apres in (
        ("tls-port 6379", f"tls-port {port}"),
        ("bind *", f"bind {adresse}\ndir {dossier}"),
        ("/etc/redis/file.crt", str(certificat)),
        ("/etc/redis/file.key", str(cle)),
        ("/etc/redis/users.acl", str(droits)),
    ):
        assert avant in conf
        conf = conf.replace(avant, apres)
    reglages.write_text(conf, "utf-8")
    return reglages
