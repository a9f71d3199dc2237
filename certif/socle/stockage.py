"""Where produced files live: a local folder or an S3 bucket, behind the same few functions.

Keys look like "125/ABCD-1.pdf". A file appears whole or not at all. A local folder is made by
`preparer` alone, and known by what it leaves there: one that was moved, or is not mounted, is no empty store.
"""

import errno
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, S3Store

from certif.socle.rupture import point_de_rupture

if TYPE_CHECKING:
    from obstore.store import S3Config

TEMOIN = "temoin"
"""Key left by `preparer` and written by `eprouver`; it is never listed."""

_CLE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*")
_NUMERO_D_ERREUR = re.compile(r"\(os error (\d+)\)")
_EPREUVE = bytes(128 * 1024)
_MORCEAU = 256 * 1024
_TAMPON_S3 = 10 * 1024 * 1024


class StockageIndisponible(Exception):
    """The store cannot be reached, is full or refuses; the message is a French sentence for the page."""

    def __init__(
        self, message: str = "L’espace de stockage ne répond pas : réessayez dans un instant."
    ) -> None:
        super().__init__(message)
        self.message = message


class StockagePlein(StockageIndisponible):
    """There is no room left in the store."""

    def __init__(self) -> None:
        super().__init__("L’espace de stockage est plein.")


class ObjetAbsent(StockageIndisponible):
    """No file under this key."""

    def __init__(self) -> None:
        super().__init__("Ce fichier n’est plus dans l’espace de stockage.")


@dataclass(frozen=True)
class _Lieu:
    adresse: Path | str
    options: Mapping[str, str]


_lieu: _Lieu | None = None
_ouverts: dict[int, LocalStore | S3Store] = {}


def regler(adresse: Path | str, options: Mapping[str, str]) -> None:
    """Choose where files go: a folder, or "s3://bucket/prefix" with `endpoint` and `region`."""
    global _lieu
    _lieu = _Lieu(adresse, options)
    _ouverts.clear()


def preparer() -> None:
    """Make the local folder, where there is none yet; a bucket is made by whoever keeps it.

    Raises:
        StockageIndisponible, StockagePlein: it cannot be made.
    """
    dossier = _dossier()
    if dossier is None:
        return
    with _traduites():
        if (dossier / TEMOIN).exists():
            return
        dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
        dossier.chmod(0o700)
        (dossier / TEMOIN).touch(mode=0o600)


def ecrire(cle: str, octets: bytes) -> None:
    """Put a file in place, whole, over the one that stands there, if any.

    Raises:
        StockageIndisponible: nothing was put in place.
    """
    _exiger(cle)
    tampon = _TAMPON_S3 if _dossier() is None else len(octets) // 2 + 1
    with _pannes(), obstore.open_writer(_magasin(), cle, buffer_size=tampon) as sortie:
        milieu = len(octets) // 2 + 1
        sortie.write(octets[:milieu])
        point_de_rupture("stockage_milieu")
        sortie.write(octets[milieu:])


def lire(cle: str) -> bytes:
    """The whole file.

    Raises:
        ObjetAbsent: there is none.
        StockageIndisponible: the store fails.
    """
    _exiger(cle)
    with _pannes():
        return bytes(obstore.get(_magasin(), cle).bytes())


def lire_flux(cle: str) -> Iterator[bytes]:
    """The file piece by piece: see `ouvrir`."""
    return ouvrir(cle)[1]


def ouvrir(cle: str) -> tuple[int, Iterator[bytes]]:
    """The size of the file in bytes, and its pieces; an absent file is told at once, before the first one.

    Raises:
        ObjetAbsent: there is none.
        StockageIndisponible: the store fails, then or while reading.
    """
    _exiger(cle)
    with _pannes():
        trouve = obstore.get(_magasin(), cle)
        flux = trouve.stream(min_chunk_size=_MORCEAU)

    def morceaux() -> Iterator[bytes]:
        with _pannes():
            for morceau in flux:
                yield bytes(morceau)

    return trouve.meta["size"], morceaux()


def existe(cle: str) -> bool:
    """Whether a whole file stands under this key."""
    _exiger(cle)
    try:
        with _pannes():
            obstore.head(_magasin(), cle)
    except ObjetAbsent:
        return False
    return True


def lister(prefixe: str = "", *, restes: bool = False) -> list[str]:
    """Sorted keys under a folder such as "125/"; every key for "".

    With `restes`, also the keys of which nothing is left but what an interrupted writing had begun.
    """
    if prefixe:
        _exiger_dossier(prefixe)
    with _pannes():
        cles = {objet["path"] for objet in obstore.list(_magasin(), prefixe or None).collect()}
        dossier = _dossier()
        if restes and dossier is not None:
            cles |= {str(m.relative_to(dossier)).partition("#")[0] for m in (dossier / prefixe).rglob("*#*")}
    return sorted(cle for cle in cles if cle != TEMOIN)


def supprimer(cle: str) -> None:
    """Remove a file, with what an interrupted writing left of it; one that is not there is no error."""
    _exiger(cle)
    with suppress(ObjetAbsent), _pannes():
        obstore.delete(_magasin(), cle)
    dossier = _dossier()
    if dossier is not None:
        with _pannes():
            for morceau in (dossier / cle).parent.glob(f"{(dossier / cle).name}#*"):
                morceau.unlink(missing_ok=True)


def supprimer_prefixe(prefixe: str) -> None:
    """Remove a folder such as "125/", with what an interrupted writing left in it."""
    _exiger_dossier(prefixe)
    dossier = _dossier()
    with _pannes():
        if dossier is None:
            obstore.delete(_magasin(), lister(prefixe))
        else:
            with suppress(FileNotFoundError):
                shutil.rmtree(dossier / prefixe)


def espace_libre() -> int | None:
    """Bytes that can still be written, or None when the store does not say."""
    dossier = _dossier()
    if dossier is None:
        return None
    with _pannes():
        return shutil.disk_usage(dossier).free


def eprouver() -> None:
    """Write a file, as large as a certificate is.

    Raises:
        StockageIndisponible, StockagePlein: it cannot be written now.
    """
    with _pannes():
        obstore.put(_magasin(), TEMOIN, _EPREUVE)


def _exiger(cle: str) -> None:
    if not _CLE.fullmatch(cle):
        raise ValueError("unsound storage key")


def _exiger_dossier(prefixe: str) -> None:
    if not prefixe.endswith("/"):
        raise ValueError("a storage prefix ends with a slash")
    _exiger(prefixe[:-1])


@contextmanager
def _pannes() -> Iterator[None]:
    """Translate the failures of the store, the first of which is not to be there."""
    dossier = _dossier()
    with _traduites():
        if dossier is not None and not (dossier / TEMOIN).exists():
            raise StockageIndisponible
        yield


@contextmanager
def _traduites() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as erreur:
        raise ObjetAbsent from erreur
    except (BaseError, OSError) as erreur:
        raise (StockagePlein if _plein(erreur) else StockageIndisponible)() from erreur


def _plein(erreur: Exception) -> bool:
    """Whether there is no room left; obstore says it in its message only."""
    numero = getattr(erreur, "errno", None)
    if numero is None and (trouve := _NUMERO_D_ERREUR.search(str(erreur))):
        numero = int(trouve[1])
    return numero in (errno.ENOSPC, errno.EDQUOT)


def _dossier() -> Path | None:
    """The local folder, or None for S3."""
    if _lieu is None:
        raise RuntimeError("storage is used before it is set")
    return _lieu.adresse if isinstance(_lieu.adresse, Path) else None


def _magasin() -> LocalStore | S3Store:
    """The store of this process: a connection does not survive a fork."""
    magasin = _ouverts.get(os.getpid())
    if magasin is None:
        magasin = _ouverts[os.getpid()] = _ouvrir()
    return magasin


def _ouvrir() -> LocalStore | S3Store:
    dossier = _dossier()
    if dossier is not None:
        return LocalStore(dossier)
    assert _lieu is not None
    parties = urlsplit(str(_lieu.adresse))
    reglages: S3Config = {"region": _lieu.options.get("region", "us-east-1")}
    if "endpoint" in _lieu.options:
        reglages["endpoint"] = _lieu.options["endpoint"]
    return S3Store(
        parties.netloc,
        prefix=parties.path.strip("/") or None,
        config=reglages,
        client_options={
            "connect_timeout": timedelta(seconds=5),
            "timeout": timedelta(seconds=30),
            "allow_http": reglages.get("endpoint", "").startswith("http://"),
        },
        retry_config={"max_retries": 2, "retry_timeout": timedelta(seconds=20)},
    )
