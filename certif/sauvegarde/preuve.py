"""That a backup was made by this platform: whoever has the public key could write one."""

import hashlib
from collections.abc import Iterable, Iterator

from certif.socle.chiffrement import empreinte_secrete


class Preuve:
    """Goes along with the parts, in their order, as they are written or read."""

    def __init__(self) -> None:
        self._condense = hashlib.sha256()

    def commencer(self, nom: str, taille: int) -> None:
        """A part begins; its name and its size are proved too."""
        self._condense.update(f"{nom}\x1f{taille}\x1f".encode())

    def suivre(self, morceaux: Iterable[bytes]) -> Iterator[bytes]:
        """The same pieces of the part that has begun."""
        for morceau in morceaux:
            self._condense.update(morceau)
            yield morceau

    def lire(self, nom: str, octets: bytes) -> None:
        """A whole part."""
        self.commencer(nom, len(octets))
        self._condense.update(octets)

    def valeur(self) -> str:
        """Of all that went by, under the secret key of the platform."""
        return empreinte_secrete("sauvegarde", self._condense.hexdigest())
