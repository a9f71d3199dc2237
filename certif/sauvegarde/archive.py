"""The shape of a backup: an encrypted tar, made and read in pieces, never whole in memory or in clear.

Anyone who holds the key opens it with `age` and `tar`; nothing of Certif is needed to look inside.
"""

import io
import os
import tarfile
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, NamedTuple

import pyrage
from pyrage.x25519 import Identity, Recipient


class SauvegardeIllisible(Exception):
    """The file cannot be opened; the message says why, in French."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Partie(NamedTuple):
    """One file of the archive; `morceaux` together have this size in bytes."""

    nom: str
    taille: int
    morceaux: Iterable[bytes]


def lire_les_cles(texte: str) -> list[Identity]:
    """The private keys of a file that `age-keygen` wrote.

    Raises:
        SauvegardeIllisible: it holds none.
    """
    lignes = [ligne.strip() for ligne in texte.splitlines()]
    try:
        cles = [Identity.from_str(ligne) for ligne in lignes if ligne and not ligne.startswith("#")]
    except pyrage.IdentityError as erreur:
        raise SauvegardeIllisible("la clé n’est pas une clé privée d’age.") from erreur
    if not cles:
        raise SauvegardeIllisible("le fichier de la clé n’en contient aucune.")
    return cles


def chiffrer(parties: Iterable[Partie], vers: IO[bytes], destinataires: Sequence[Recipient]) -> None:
    """Write the parts, as they come, for whoever holds the key of one of these recipients.

    Raises:
        OSError: nothing more can be written.
        Exception: what making the parts raised.
    """
    refus: list[Exception] = []

    def tar() -> Iterator[bytes]:
        try:
            yield from _tar(parties)
        except Exception as erreur:
            refus.append(erreur)
            raise

    try:
        pyrage.encrypt_io(io.BufferedReader(_Flux(tar())), vers, destinataires)
    except pyrage.EncryptError as erreur:
        raise refus[0] if refus else OSError(str(erreur)) from erreur


@contextmanager
def dechiffrer(fichier: Path, cles: Sequence[Identity]) -> Iterator[Iterator[tuple[str, IO[bytes]]]]:
    """The parts of a backup, each to be read before the next one is asked for.

    Raises:
        SauvegardeIllisible: none of the keys opens it, it was changed, or it stops short: perhaps at its end
            only, when all that was whole has been given.
    """
    refus: list[Exception] = []
    lu, ecrit = os.pipe()
    fil = threading.Thread(target=_verser, args=(fichier, ecrit, cles, refus), daemon=True)
    fil.start()
    try:
        with os.fdopen(lu, "rb") as flux:
            try:
                yield _parties(flux)
            except tarfile.TarError as erreur:
                fil.join()
                raise _illisible(refus) from erreur
            # What follows the last part is padding; the end of the file alone is proof that it is whole.
            while flux.read(1 << 20):
                pass
    finally:
        fil.join()
    if refus:
        raise _illisible(refus)


def _tar(parties: Iterable[Partie]) -> Iterator[bytes]:
    for partie in parties:
        entete = tarfile.TarInfo(partie.nom)
        entete.size, entete.mode = partie.taille, 0o600
        yield entete.tobuf(tarfile.PAX_FORMAT)
        ecrits = 0
        for morceau in partie.morceaux:
            ecrits += len(morceau)
            yield morceau
        if ecrits != partie.taille:
            raise OSError("a part has not the size that was said")
        yield bytes(-partie.taille % tarfile.BLOCKSIZE)
    yield bytes(2 * tarfile.BLOCKSIZE)


def _parties(flux: IO[bytes]) -> Iterator[tuple[str, IO[bytes]]]:
    with tarfile.open(fileobj=flux, mode="r|") as tar:
        for membre in tar:
            contenu = tar.extractfile(membre)
            if contenu is not None:
                yield membre.name, contenu


def _verser(fichier: Path, tube: int, cles: Sequence[Identity], refus: list[Exception]) -> None:
    try:
        with os.fdopen(tube, "wb") as sortie, fichier.open("rb") as entree:
            pyrage.decrypt_io(entree, sortie, cles)
    except Exception as erreur:  # noqa: BLE001 - told where the parts are read
        refus.append(erreur)


def _illisible(refus: Sequence[Exception]) -> SauvegardeIllisible:
    if any(isinstance(erreur, pyrage.DecryptError) and "No matching keys" in str(erreur) for erreur in refus):
        return SauvegardeIllisible("cette clé n’ouvre pas cette sauvegarde.")
    return SauvegardeIllisible("cette sauvegarde est incomplète ou abîmée.")


class _Flux(io.RawIOBase):
    """Pieces, as a file to be read."""

    def __init__(self, morceaux: Iterator[bytes]) -> None:
        self._morceaux = morceaux
        self._reste = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, tampon: Any) -> int:
        with suppress(StopIteration):
            while not self._reste:
                self._reste = memoryview(next(self._morceaux))
        vue = memoryview(tampon).cast("B")
        pris = self._reste[: len(vue)]
        vue[: len(pris)] = pris
        self._reste = self._reste[len(pris) :]
        return len(pris)
