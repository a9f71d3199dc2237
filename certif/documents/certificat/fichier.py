"""One file: what all begin with, then what is its own, sealed as it is written.

Both digests, the one that is sealed and the one that the register keeps, go on from that of the common
beginning, which is taken once.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

from certif.documents.certificat.balises import LIEN
from certif.documents.certificat.commun import ADRESSE, CONTENU, INFOS, PROPRES, SCEAU, Commun
from certif.documents.certificat.composition import Composition
from certif.documents.certificat.places import HAUTEUR, PLACES
from certif.documents.rendu.objets import chaine, flux
from certif.documents.sceau.sceau import MOTIF, Sceau

if TYPE_CHECKING:
    from hashlib import _Hash as HASH

_CLOTURE = b" >>\nendobj\n"
_MOTIF = chaine(MOTIF)


@dataclass(frozen=True, slots=True)
class Fichier:
    """A finished file, and its SHA-256 in hexadecimal."""

    octets: bytes
    sha256: str


class Redacteur:
    """Ends files that begin alike; without `sceau` the same data give the same bytes."""

    def __init__(self, commun: Commun, sceau: Sceau | None) -> None:
        self._commun = commun
        self._sceau = sceau
        self._condense = sha256(commun.octets)
        self._positions = b"".join(b"%010d 00000 n \n" % p for p in commun.positions)
        self._nom = chaine(sceau.cle.nom) if sceau else b""

    def ecrire(self, composition: Composition, dessin: bytes) -> Fichier:
        """The file of one certificate; `dessin` is what its page draws besides what they share."""
        ecrit = _Suite(len(self._commun.octets))
        # A few kilobytes: packing them would cost as much as drawing them.
        ecrit.objet(CONTENU, flux(dessin))
        ecrit.objet(INFOS, _infos(composition))
        ecrit.objet(ADRESSE, _lien(composition))
        if self._sceau is None:
            ecrit.objet(SCEAU, b"null")
            return self._finir(self._avant(ecrit), ecrit, self._fin(composition, ecrit))
        return self._sceller(composition, ecrit, self._sceau)

    def _sceller(self, composition: Composition, ecrit: "_Suite", sceau: Sceau) -> Fichier:
        """End the file around a hole, sign what is not the hole, fill it."""
        trou = 2 * sceau.taille
        quand = f"{datetime.now(UTC):D:%Y%m%d%H%M%S}+00'00'"
        debut = (
            b"%d 0 obj\n<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /M (%b) "
            b"/Name %b /Reason %b /ByteRange [0 %%010d %%010d %%010d] /Contents "
        ) % (SCEAU, quand.encode(), self._nom, _MOTIF)
        avant_trou = ecrit.ici + len(debut % (0, 0, 0))
        apres_trou = avant_trou + trou + 2
        ecrit.positions.append(ecrit.ici)
        fin = _CLOTURE + self._fin(composition, ecrit, apres_trou + len(_CLOTURE))
        ecrit.octets += debut % (avant_trou, apres_trou, len(fin))
        avant = self._avant(ecrit)
        scelle = avant.copy()
        scelle.update(fin)
        cms = sceau.signer(scelle.digest()).hex().encode("ascii")
        return self._finir(avant, ecrit, b"<%b>%b" % (cms.ljust(trou, b"0"), fin))

    def _fin(self, composition: Composition, ecrit: "_Suite", ici: int | None = None) -> bytes:
        """The table of positions, which begins at `ici`, and the trailer."""
        commun = self._commun
        nombre = 1 + len(PROPRES) + len(commun.positions)
        identifiant = sha256(commun.empreinte + composition.d.numero.encode()).hexdigest()[:32].encode()
        return b"xref\n0 %d\n0000000000 65535 f \n%b%b" % (
            nombre,
            b"".join(b"%010d 00000 n \n" % p for p in ecrit.positions),
            self._positions,
        ) + b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R /ID [<%b> <%b>] >>\nstartxref\n%d\n%%%%EOF\n" % (
            nombre,
            commun.catalogue,
            INFOS,
            identifiant,
            identifiant,
            ecrit.ici if ici is None else ici,
        )

    def _avant(self, ecrit: "_Suite") -> "HASH":
        """The digest of all that is written so far."""
        condense = self._condense.copy()
        condense.update(ecrit.octets)
        return condense

    def _finir(self, avant: "HASH", ecrit: "_Suite", fin: bytes) -> Fichier:
        avant.update(fin)
        return Fichier(b"".join((self._commun.octets, ecrit.octets, fin)), avant.hexdigest())


class _Suite:
    """What is written after the common beginning, with the positions of its objects, in their order."""

    def __init__(self, depart: int) -> None:
        self._depart = depart
        self.octets = bytearray()
        self.positions: list[int] = []

    @property
    def ici(self) -> int:
        """Position in the file of what comes next."""
        return self._depart + len(self.octets)

    def objet(self, numero: int, corps: bytes) -> None:
        self.positions.append(self.ici)
        self.octets += b"%d 0 obj\n%b\nendobj\n" % (numero, corps)


_PLACE = PLACES[LIEN]
_RECT = (
    f"{_PLACE.gauche:.2f} {HAUTEUR - _PLACE.haut - _PLACE.hauteur:.2f} "
    f"{_PLACE.gauche + _PLACE.largeur:.2f} {HAUTEUR - _PLACE.haut:.2f}"
).encode("ascii")


def _lien(composition: Composition) -> bytes:
    """The address of verification, to be followed from its text; null without one."""
    adresse = composition.d.adresse_verification
    if adresse is None:
        return b"null"
    return (
        b"<< /Type /Annot /Subtype /Link /Rect [%b] /Border [0 0 0] /F 4 /StructParent 1 /Contents %b "
        b"/A << /S /URI /URI <%b> >> >>"
    ) % (_RECT, chaine("Vérifier ce certificat"), adresse.encode("ascii").hex().encode("ascii"))


def _infos(composition: Composition) -> bytes:
    """Title, author, subject; dated the day of issue."""
    d = composition.d
    return b"<< /Title %b %b" % (
        chaine(composition.titre),
        _infos_communes(d.entite, d.certificat_titre, f"{d.emis_le:%Y%m%d}"),
    )


@lru_cache(maxsize=4)
def _infos_communes(auteur: str, sujet: str, jour: str) -> bytes:
    return b"/Author %b /Subject %b /Producer (Certif) /CreationDate (D:%b000000+00'00') >>" % (
        chaine(auteur),
        chaine(sujet),
        jour.encode("ascii"),
    )
