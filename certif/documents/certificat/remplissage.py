"""Filling: one sealed certificate from a gabarit, in a fraction of a millisecond."""

from collections.abc import Callable

from certif.documents.certificat.balises import decoration
from certif.documents.certificat.composition import Composition
from certif.documents.certificat.ecriture import dessiner_le_code
from certif.documents.certificat.fichier import Fichier, Redacteur
from certif.documents.certificat.gabarit import Gabarit
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
            RenduImpossible: it says another thing than the gabarit was prepared for.
        """
        return self._redacteur.ecrire(composition, self._page(composition))

    def _page(self, composition: Composition) -> bytes:
        """The operators that draw what varies."""
        g, blocs = self._gabarit, composition.blocs
        if tuple(blocs) != g.commun.noms:
            raise RenduImpossible("Les textes ne sont pas ceux du gabarit préparé.")
        textes = [g.ecriture.texte(rang, nom, blocs[nom]) for rang, nom in g.variables]
        adresse = composition.d.adresse_verification
        if adresse:
            textes.append(decoration(dessiner_le_code(self._matrice(adresse))))
        return b"".join(textes)
