"""Filling: one sealed certificate from a compiled gabarit, in well under a millisecond.

A file is the common beginning, then the variable part of the page, what the file says of itself, the seal,
the table of positions and the trailer. Both digests, the one that is sealed and the one that the register
keeps, go on from that of the common beginning, which is taken once.
"""

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from reportlab.lib.rl_accel import escapePDF, fp_str

from certif.documents.certificat.composition import Composition
from certif.documents.certificat.gabarit import Gabarit, Pose, coder
from certif.documents.certificat.objets import flux
from certif.documents.rendu import qr
from certif.documents.sceau.sceau import MOTIF, Sceau

_COMPRESSION = 1
"""The variable part is a few kilobytes: more effort gains a few bytes and costs as much as all the rest."""


@dataclass(frozen=True, slots=True)
class Fichier:
    """A finished file, and its SHA-256 in hexadecimal."""

    octets: bytes
    sha256: str


class Remplisseur:
    """Fills one gabarit, sealing each file as it is written."""

    def __init__(
        self, gabarit: Gabarit, sceau: Sceau | None, matrice: Callable[[str], list[str]] = qr.matrice
    ) -> None:
        """`matrice` gives the rows of a QR code; without `sceau` the same data give the same bytes."""
        self._gabarit = gabarit
        self._sceau = sceau
        self._matrice = matrice
        self._condense = sha256(gabarit.commun)
        self._positions = b"".join(b"%010d 00000 n \n" % p for p in gabarit.positions)

    def remplir(self, composition: Composition) -> Fichier:
        """One certificate.

        Raises:
            RenduImpossible: it needs a character, or a way of standing, that was not compiled.
        """
        g = self._gabarit
        page = zlib.compress(self._page(composition), _COMPRESSION)
        ecrit = _Suite(len(g.commun))
        ecrit.objet(g.suite, flux(page, b"/Filter /FlateDecode "))
        ecrit.objet(g.suite + 1, _infos(composition))
        if self._sceau is None:
            ecrit.objet(g.suite + 2, b"null")
            ecrit.octets += self._fin(composition, ecrit)
            return self._finir(bytes(ecrit.octets))
        return self._sceller(composition, ecrit, self._sceau)

    def _page(self, composition: Composition) -> bytes:
        """The operators that draw what varies."""
        g, blocs = self._gabarit, composition.blocs
        lignes = [
            _ligne(pose, texte, g.codes[pose.police])
            for nom in g.variables
            if nom in blocs
            for pose, texte in zip(g.poses_de(nom, blocs[nom]), blocs[nom].lignes, strict=True)
        ]
        adresse = composition.d.adresse_verification
        return b"".join(lignes) + (self._qr(adresse) if adresse else b"")

    def _qr(self, adresse: str) -> bytes:
        dessin = self._gabarit.dessin_qr
        if dessin is None:
            raise ValueError("a gabarit without address draws no code")
        traits = " ".join(f"{a} {y}.5 m {b} {y}.5 l" for a, b, y in qr.traits(self._matrice(adresse)))
        matrice = fp_str(*dessin.matrice)
        return f"q {matrice} cm 0 0 0 RG 1 w\nn {traits}\nS Q\n".encode("ascii")

    def _sceller(self, composition: Composition, ecrit: "_Suite", sceau: Sceau) -> Fichier:
        """End the file around a hole, sign what is not the hole, fill it."""
        numero, trou = self._gabarit.suite + 2, 2 * sceau.taille
        quand = f"{datetime.now(UTC):D:%Y%m%d%H%M%S}+00'00'"
        debut = (
            b"%d 0 obj\n<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /M (%b) "
            b"/Name %b /Reason %b /ByteRange [0 %%010d %%010d %%010d] /Contents "
        ) % (numero, quand.encode(), _chaine(sceau.cle.nom), _chaine(MOTIF))
        avant_trou = ecrit.ici + len(debut % (0, 0, 0))
        apres_trou = avant_trou + trou + 2
        ecrit.positions.append(ecrit.ici)
        cloture = b" >>\nendobj\n"
        fin = cloture + self._fin(composition, ecrit, apres_trou + len(cloture))
        ecrit.octets += debut % (avant_trou, apres_trou, len(fin))
        condense = self._condense.copy()
        condense.update(ecrit.octets)
        condense.update(fin)
        cms = sceau.signer(condense.digest()).hex().encode("ascii")
        return self._finir(b"".join((ecrit.octets, b"<", cms.ljust(trou, b"0"), b">", fin)))

    def _fin(self, composition: Composition, ecrit: "_Suite", ici: int | None = None) -> bytes:
        """The table of positions, which begins at `ici`, and the trailer."""
        g = self._gabarit
        nombre = g.suite + len(ecrit.positions)
        identifiant = sha256(g.empreinte + composition.d.numero.encode()).hexdigest()[:32].encode()
        return b"xref\n0 %d\n0000000000 65535 f \n%b%b" % (
            nombre,
            self._positions,
            b"".join(b"%010d 00000 n \n" % p for p in ecrit.positions),
        ) + b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R /ID [<%b> <%b>] >>\nstartxref\n%d\n%%%%EOF\n" % (
            nombre,
            g.catalogue,
            g.suite + 1,
            identifiant,
            identifiant,
            ecrit.ici if ici is None else ici,
        )

    def _finir(self, suite: bytes) -> Fichier:
        condense = self._condense.copy()
        condense.update(suite)
        return Fichier(self._gabarit.commun + suite, condense.hexdigest())


class _Suite:
    """What is written after the common beginning, with the positions of its objects in the file."""

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


def _ligne(pose: Pose, texte: str, codes: dict[str, tuple[str, int]]) -> bytes:
    couleur, origine, x = fp_str(*pose.couleur), fp_str(*pose.origine), fp_str(pose.x(texte))
    montre = " ".join(
        f"{ressource} {fp_str(pose.corps)} Tf ({escapePDF(octets.decode('latin-1'))}) Tj"
        for ressource, octets in coder(texte, codes)
    )
    place = f"1 0 0 1 {origine} cm BT 1 0 0 1 {x} {fp_str(pose.y)} Tm"
    return f"q {place} {couleur} rg {montre} ET Q\n".encode("latin-1")


def _infos(composition: Composition) -> bytes:
    """Title, author, subject; dated the day of issue."""
    d = composition.d
    champs = {
        b"Title": _chaine(composition.titre),
        b"Author": _chaine(d.entite),
        b"Subject": _chaine(d.certificat_titre),
        b"Producer": b"(Certif)",
        b"CreationDate": f"(D:{d.emis_le:%Y%m%d}000000+00'00')".encode("ascii"),
    }
    return b"<< " + b" ".join(b"/%b %b" % paire for paire in champs.items()) + b" >>"


def _chaine(texte: str) -> bytes:
    """A text string of PDF, whatever its letters."""
    return b"<FEFF" + texte.encode("utf-16-be").hex().encode("ascii") + b">"
