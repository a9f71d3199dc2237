"""A document of several pages, measured and cut: drawn at speed, or laid out by the engine, the referee."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from certif.documents.de_session.dessin import Page
from certif.documents.rendu.coupes import Morceau
from certif.documents.rendu.pages import imprimer, verifier
from certif.documents.rendu.toile import Toile
from certif.documents.rendu.voies import au_plus_vite


@dataclass(frozen=True, slots=True)
class Maquette:
    """What `gabarit` is given, and how it is drawn: `avant`, then each `morceau` of a table, then `apres`.

    `morceau` is told whether its page is the last one.
    """

    gabarit: str
    emis_le: date
    attendus: Sequence[str]
    valeurs: dict[str, Any]
    avant: Callable[[Page], None]
    morceau: Callable[[Page, Morceau, bool], None]
    apres: Callable[[Page], None] = field(default=lambda _: None)

    def rendre(self) -> bytes:
        """The PDF, in which every expected text was read back.

        Raises:
            RenduImpossible: it cannot be made, in either way.
        """
        return au_plus_vite(self.tracer, lambda lues: verifier(lues, self.attendus), self.arbitrer)

    def arbitrer(self) -> bytes:
        """The same by the engine. Raises RenduImpossible."""
        return imprimer(self.gabarit, self.emis_le, self.attendus, **self.valeurs)

    def tracer(self) -> bytes:
        """The same, drawn.

        Raises:
            RenduImpossible: something would not stand as the engine has it stand.
        """
        v = self.valeurs
        titre = f"{v['titre']} – session n°{v['e'].session_numero}"
        toile = Toile((v["largeur"], v["hauteur"]), self.emis_le, titre, v["e"].entite, v["e"].certificat)
        pages = v["pages"]
        for rang, morceaux in enumerate(pages, start=1):
            page, derniere = Page(toile, v, rang, len(pages)), rang == len(pages)
            if rang == 1:
                self.avant(page)
            for morceau in morceaux:
                self.morceau(page, morceau, derniere)
            if derniere:
                self.apres(page)
                page.a_signer(v["cloture"], v["signer"]["avant"])
            toile.fin_de_page()
        return toile.octets()
