"""Every page of a space, found as a visitor finds it: by the links of the pages before it.

Pages that differ by numbers, or by what a filter holds, are one page; those of a session stand for its state.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from charge.visite import Refusee, Visiteur, liens

ETATS = ("saisie", "validation_formateur", "validation_entite", "genere")
AILLEURS = re.compile(
    r"apercu|\.zip|\.png|classeur|/telechargements/|feuille|/modele$|/erreurs|^/compte|^/static|^/administration/registre/.*/"
)
"""What is a file, or belongs to no space."""
_TITRE = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
_SESSION = re.compile(r"(/sessions/)(\d+)")


@dataclass(frozen=True, slots=True)
class Page:
    """What is asked for, and what its answer must hold; `champs`: by a form, which names somebody."""

    nom: str
    adresse: str
    mot: str
    champs: Mapping[str, str] | None = None

    def lire(self, qui: Visiteur) -> str:
        """Ask for it.

        Raises:
            Refusee: it is not what it should be.
        """
        if self.champs is None:
            return qui.lire(self.nom, self.adresse, self.mot)
        return qui.poster(self.nom, self.adresse, self.champs, self.mot)


@dataclass
class Espace:
    """One space, read by somebody who is in it: `racine` is where its addresses begin."""

    qui: Visiteur
    racine: str
    etats: dict[str, str] = field(default_factory=dict)
    """By the number of a session: the state that it stands for."""

    def pages(self, *de_plus: str) -> list[Page]:
        """All of them, with those of `de_plus`, which no link leads to.

        Raises:
            Refusee: a link leads nowhere.
        """
        return list({page.nom: page for page in self._parcourir(de_plus)}.values())

    def _parcourir(self, de_plus: tuple[str, ...]) -> Iterator[Page]:
        vues: set[str] = set()
        a_lire = [*liens(self.qui.page, f"{self.racine}.*"), *self._sessions(), *de_plus]
        while a_lire:
            adresse = a_lire.pop(0).partition("#")[0]
            nom = adresse if adresse in de_plus else self._nom(adresse)
            if nom is None or nom in vues:
                continue
            vues.add(nom)
            texte = self.qui.lire(nom, adresse, "<h1")
            yield Page(nom, adresse, _titre(nom, texte))
            a_lire += liens(texte, f"{self.racine}.*")

    def _sessions(self) -> Iterator[str]:
        """One session in each state, where this space has sessions."""
        for liste in liens(self.qui.page, f"{self.racine}sessions/[a-z-]+"):
            for etat in ETATS:
                page = self.qui.lire("liste", f"{liste}?etat={etat}", "<h1")
                for lien in liens(page, rf"{self.racine}sessions/\d+"):
                    numero = lien.rpartition("/")[2]
                    if etat not in self.etats.values():
                        self.etats[numero] = etat
                        yield lien
                        if etat == "validation_entite" and lien.startswith("/entite"):
                            yield f"{lien}/actions?action=generer"

    def _nom(self, adresse: str) -> str | None:
        """What this page is called; None for one that is not read."""
        chemin, _, question = adresse.partition("?")
        if AILLEURS.search(chemin) or "&" in question:
            return None
        session = _SESSION.search(chemin)
        if session and not self.racine.startswith("/administration"):
            if session[2] not in self.etats:
                return None
            chemin = chemin.replace(session[0], f"{session[1]}{self.etats[session[2]]}")
        chemin = re.sub(r"/(\d+|[2-9A-Z]{16})(?=/|$)", "/N", chemin)
        cle, _, valeur = question.partition("=")
        return chemin + (f"?{cle}={valeur if valeur.isalpha() else '…'}" if cle else "")


def _titre(nom: str, texte: str) -> str:
    titre = _TITRE.search(texte)
    if titre is None:
        raise Refusee(f"{nom}: no title")
    return titre[1].strip()
