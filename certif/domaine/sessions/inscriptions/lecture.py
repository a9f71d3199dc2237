"""One row of a list as a person: what stands where, before any rule judges it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from certif.domaine.libelles.sessions import inscriptions as textes
from certif.domaine.noms import cle
from certif.domaine.sessions.inscriptions.colonnes import Colonnes
from certif.domaine.sessions.inscriptions.identites import Doute, sans_ornements, separer
from certif.domaine.sessions.inscriptions.naissances import depuis_1904, detacher, sans_mots
from certif.domaine.sessions.inscriptions.titres import ENSEMBLES, Sens, titres_de
from certif.socle.tableur.tableur import Rangee, Table

_TOTAUX = ("total", "soustotal", "nombrede", "nbde", "nbstagiaire", "effectif")
_CHAMPS_LUS = (Sens.NOM, Sens.PRENOM, Sens.NAISSANCE, *ENSEMBLES)


@dataclass(frozen=True, slots=True)
class Ecrite:
    """A person as the row writes them, or as somebody corrected it; nothing is judged yet.

    `doute`: nom and prénom, both in `nom`, could not be told apart. `seule`: all of it stood in one cell.
    """

    nom: str = ""
    prenom: str = ""
    naissance: str = ""
    un_seul_nom: bool = False
    doute: Doute | None = None
    seule: bool = False


@dataclass(frozen=True, slots=True)
class Liste:
    """A list, and what its reader decided of it; rows go by their own numbers.

    `corrections`: what was typed instead. `laissees`: rows to leave, though they read well. `gardees`: rows
    that look like no person, and are one. `annees`: the centuries that were guessed are right.
    """

    table: Table
    colonnes: Colonnes
    corrections: Mapping[int, Ecrite] = field(default_factory=dict)
    laissees: frozenset[int] = frozenset()
    gardees: frozenset[int] = frozenset()
    annees: bool = False
    avec_masque: bool = False

    @property
    def rangees(self) -> list[Rangee]:
        """The rows to judge, in their order: not the headings, nor what is hidden unless asked for."""
        return [
            rangee
            for place, rangee in enumerate(self.table.rangees)
            if place != self.colonnes.entete and (self.avec_masque or not rangee.masquee)
        ]

    @property
    def masquees(self) -> int:
        """How many of its rows are hidden."""
        return sum(rangee.masquee for rangee in self.table.rangees)

    def lire(self, rangee: Rangee) -> Ecrite:
        """The person that a row writes."""
        ecrite = lire_rangee(rangee, self.colonnes)
        if not self.table.depuis_1904:
            return ecrite
        return replace(ecrite, naissance=depuis_1904(ecrite.naissance))

    def au_dessus(self, rangee: Rangee) -> bool:
        """Whether the row stands above the headings."""
        entete = self.colonnes.entete
        return entete is not None and rangee.numero < self.table.rangees[entete].numero


def lire_rangee(rangee: Rangee, colonnes: Colonnes) -> Ecrite:
    """The person that a row writes."""
    cellules = {sens: _cellule(rangee, colonnes, sens) for sens in _CHAMPS_LUS}
    ensemble = next((sens for sens in ENSEMBLES if cellules[sens]), None)
    naissance = sans_mots(cellules[Sens.NAISSANCE])
    remplies = [texte for texte in rangee.cellules if texte]
    if len(remplies) == 1 and not naissance and (ensemble or cellules[Sens.NOM]):
        seule, ecrite_en_lettres = detacher(remplies[0])
        noms = separer(sans_ornements(seule), ensemble.ordre if ensemble else None)
        return Ecrite(noms.nom, noms.prenom, ecrite_en_lettres, doute=noms.doute, seule=True)
    if ensemble:
        qui, dedans = (cellules[ensemble], "") if naissance else detacher(cellules[ensemble])
        noms = separer(sans_ornements(qui), ensemble.ordre)
        return Ecrite(noms.nom, noms.prenom, naissance or dedans, doute=noms.doute)
    return Ecrite(sans_ornements(cellules[Sens.NOM]), sans_ornements(cellules[Sens.PRENOM]), naissance)


def pas_une_personne(rangee: Rangee, ecrite: Ecrite) -> str | None:
    """Why a row is left though nobody asked: a total, headings repeated, nothing under the columns read."""
    if any(c.isdigit() for c in ecrite.naissance):
        return None
    lues = [cle(texte) for texte in rangee.cellules if texte]
    if any(lue.startswith(_TOTAUX) for lue in lues[:2]) and _compte(rangee.cellules):
        return textes.TOTAL
    if len(titres_de(rangee)) > 1:
        return textes.TITRES_REPETES
    if not (ecrite.nom or ecrite.prenom or ecrite.naissance):
        return textes.RIEN_A_LIRE
    return None


def _compte(cellules: Sequence[str]) -> bool:
    """Whether the row says a number, beside its words."""
    return any(any(c.isdigit() for c in texte) for texte in cellules) or sum(map(bool, cellules)) == 1


def _cellule(rangee: Rangee, colonnes: Colonnes, sens: Sens) -> str:
    place = colonnes.place(sens)
    return rangee.cellules[place] if place is not None and place < len(rangee.cellules) else ""
