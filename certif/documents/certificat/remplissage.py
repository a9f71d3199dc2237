"""Filling: one sealed certificate from a compiled gabarit, in well under a millisecond."""

from collections.abc import Callable

from reportlab.lib.rl_accel import escapePDF, fp_str

from certif.documents.certificat.balises import decoration, element
from certif.documents.certificat.composition import Composition
from certif.documents.certificat.fichier import Fichier, Redacteur
from certif.documents.certificat.gabarit import Gabarit, Pose, coder
from certif.documents.erreurs import RenduImpossible
from certif.documents.rendu import qr
from certif.documents.sceau.sceau import Sceau


class Remplisseur:
    """Fills one gabarit, sealing each file as it is written."""

    def __init__(
        self, gabarit: Gabarit, sceau: Sceau | None, matrice: Callable[[str], list[str]] = qr.matrice
    ) -> None:
        """`matrice` gives the rows of a QR code; without `sceau` the same data give the same bytes."""
        self._gabarit = gabarit
        self._redacteur = Redacteur(gabarit.commun, sceau)
        self._matrice = matrice

    def remplir(self, composition: Composition) -> Fichier:
        """One certificate.

        Raises:
            RenduImpossible: it needs a character, a text, or a way of standing, that was not compiled.
        """
        return self._redacteur.ecrire(composition, self._page(composition))

    def _page(self, composition: Composition) -> bytes:
        """The operators that draw what varies."""
        g, blocs = self._gabarit, composition.blocs
        if tuple(blocs) != g.commun.noms:
            raise RenduImpossible("Les textes ne sont pas ceux du gabarit préparé.")
        textes = [
            element(
                rang,
                b"\n".join(
                    _ligne(pose, texte, suivi, g.codes[pose.police])
                    for pose, texte, suivi in zip(
                        g.poses_de(nom, blocs[nom]), blocs[nom].lignes, blocs[nom].blancs, strict=True
                    )
                ),
            )
            for rang, nom in g.variables
        ]
        adresse = composition.d.adresse_verification
        return b"".join(textes) + (decoration(self._qr(adresse)) if adresse else b"")

    def _qr(self, adresse: str) -> bytes:
        dessin = self._gabarit.dessin_qr
        if dessin is None:
            raise ValueError("a gabarit without address draws no code")
        traits = " ".join(f"{a} {y}.5 m {b} {y}.5 l" for a, b, y in qr.traits(self._matrice(adresse)))
        matrice = fp_str(*dessin.matrice)
        return f"q {matrice} cm 0 0 0 RG 1 w\nn {traits}\nS Q".encode("ascii")


def _ligne(pose: Pose, texte: str, suivi: bool, codes: dict[str, tuple[str, int]]) -> bytes:
    """One line; `suivi` says that a space parts it from the next: it is read, and not seen."""
    couleur, origine, x = fp_str(*pose.couleur), fp_str(*pose.origine), fp_str(pose.x(texte))
    montre = " ".join(
        f"{ressource} {fp_str(pose.corps)} Tf ({escapePDF(octets.decode('latin-1'))}) Tj"
        for ressource, octets in coder(f"{texte} " if suivi else texte, codes)
    )
    place = f"1 0 0 1 {origine} cm BT 1 0 0 1 {x} {fp_str(pose.y)} Tm"
    return f"q {place} {couleur} rg {montre} ET Q".encode("latin-1")
