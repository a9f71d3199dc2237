"""What each column of a list holds, by its heading or by its content."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from certif.domaine.noms import cle
from certif.domaine.sessions.inscriptions.identites import (
    Doute,
    Ordre,
    en_capitales,
    sans_ornements,
    separer,
)
from certif.domaine.sessions.inscriptions.naissances import detacher, est_une_date
from certif.domaine.sessions.inscriptions.prenoms import est_un_prenom
from certif.domaine.sessions.inscriptions.titres import ENSEMBLES, NOMMANTS, Sens, titres_de
from certif.socle.tableur.tableur import Rangee

ENTETE_AVANT = 10
"""Rows among which the headings are looked for: some lists begin with a title."""


@dataclass(frozen=True, slots=True)
class Colonnes:
    """The sense of each column, and the place of the row of headings among the rows, None without one.

    `a_choisir`: which of these columns, or of the two words of this one, is the nom, nothing tells.
    `choisies`: somebody said how they are read.
    """

    sens: tuple[Sens, ...]
    entete: int | None = None
    a_choisir: tuple[int, ...] = ()
    choisies: bool = False

    def place(self, *sens: Sens) -> int | None:
        """The first column of one of these senses."""
        return next((place for place, s in enumerate(self.sens) if s in sens), None)

    def retournees(self, premier_est_le_nom: bool) -> "Colonnes":
        """What was to be chosen, chosen."""
        choisis = list(self.sens)
        if len(self.a_choisir) == 1:
            choisis[self.a_choisir[0]] = Sens.NOM_PUIS_PRENOM if premier_est_le_nom else Sens.PRENOM_PUIS_NOM
        elif self.a_choisir:
            premier, second = self.a_choisir
            choisis[premier], choisis[second] = (
                (Sens.NOM, Sens.PRENOM) if premier_est_le_nom else (Sens.PRENOM, Sens.NOM)
            )
        return replace(self, sens=tuple(choisis), a_choisir=(), choisies=True)


def reconnaitre(rangees: Sequence[Rangee], aujourd_hui: date, cachees: Sequence[int] = ()) -> Colonnes:
    """By the headings where there are some, else by what the cells hold; `cachees` are not read."""
    largeur = max(len(rangee.cellules) for rangee in rangees)
    titres = [(titres_de(rangee), place) for place, rangee in enumerate(rangees[:ENTETE_AVANT])]
    lus, rang = max(titres, key=lambda t: (len(t[0]), -t[1]))
    entete: int | None = rang
    if any(sens in NOMMANTS for sens in lus.values()) and not _est_une_personne(rangees[rang], aujourd_hui):
        sens = [lus.get(place, Sens.IGNOREE) for place in range(largeur)]
        sans_titre = {p for p in range(largeur) if not _cellule(rangees[rang], p)}
        corps = rangees[rang + 1 :]
    else:
        entete, sens, sans_titre, corps = None, [Sens.IGNOREE] * largeur, set(range(largeur)), list(rangees)
    devinees = _par_le_contenu(corps, sans_titre - set(cachees), aujourd_hui)
    for place, devine in devinees.sens.items():
        deja = {*sens, *((Sens.NOM, Sens.PRENOM) if any(s in ENSEMBLES for s in sens) else ())}
        if devine not in deja and (devine is Sens.NAISSANCE or entete is None):
            sens[place] = devine
    colonnes = Colonnes(tuple(Sens.IGNOREE if p in cachees else s for p, s in enumerate(sens)), entete)
    if entete is None and devinees.a_choisir:
        return replace(colonnes, a_choisir=devinees.a_choisir)
    return _ordonner(colonnes, corps)


def _est_une_personne(rangee: Rangee, aujourd_hui: date) -> bool:
    return any(est_une_date(cellule, aujourd_hui) for cellule in rangee.cellules)


@dataclass(frozen=True, slots=True)
class _Devinees:
    sens: dict[int, Sens]
    a_choisir: tuple[int, ...] = ()


_CIVILITES = frozenset(
    ("m", "mr", "mme", "mlle", "melle", "monsieur", "madame", "mademoiselle", "f", "h", "homme", "femme")
)


def _par_le_contenu(rangees: Sequence[Rangee], places: set[int], aujourd_hui: date) -> _Devinees:
    remplies = {p: [texte for r in rangees if (texte := _cellule(r, p))] for p in sorted(places)}
    sens: dict[int, Sens] = {}
    datees = [
        p
        for p, lus in remplies.items()
        if lus and 2 * sum(est_une_date(texte, aujourd_hui) for texte in lus) >= len(lus)
    ]
    if datees:
        sens[min(datees, key=lambda p: _plus_ancienne(remplies[p]))] = Sens.NAISSANCE
    nus = {p: [t for texte in lus if (t := sans_ornements(texte))] for p, lus in remplies.items()}
    lettrees = [p for p, lus in nus.items() if p not in datees and _nomme(lus, len(rangees))]
    if len(lettrees) == 1:
        return _Devinees(sens | {lettrees[0]: Sens.ENSEMBLE})
    if len(lettrees) > 1:
        nom, prenom, doute = _lequel(lettrees, nus)
        a_choisir = tuple(sorted((nom, prenom))) if doute else ()
        return _Devinees(sens | {nom: Sens.NOM, prenom: Sens.PRENOM}, a_choisir)
    return _Devinees(sens)


def _plus_ancienne(textes_lus: Sequence[str]) -> int:
    """Of several dates, a birth is the earliest."""
    annees = [int(a) for t in textes_lus for a in re.findall(r"(?:19|20)[0-9]{2}", t)]
    return sorted(annees)[len(annees) // 2] if annees else 9999


def _nomme(textes_lus: Sequence[str], rangees: int) -> bool:
    """Letters, at least on half of the rows, and not the same few words on all of them."""
    lettres = [t for t in textes_lus if any(c.isalpha() for c in t) and "@" not in t]
    if 2 * len(lettres) < rangees or all(cle(t) in _CIVILITES for t in lettres):
        return False
    return len(lettres) < 4 or 2 * len({cle(t) for t in lettres}) > len(lettres)


def _lequel(places: Sequence[int], remplies: dict[int, list[str]]) -> tuple[int, int, bool]:
    """Of the columns that name, which is the nom, which the prénom, and whether that is a guess."""
    parts = {p: sum(est_un_prenom(t) for t in remplies[p]) / len(remplies[p]) for p in places}
    prenom = max(places, key=lambda p: parts[p])
    voisines = [p for p in places if p != prenom]
    nom = min(voisines, key=lambda p: (abs(p - prenom), p > prenom))
    if parts[prenom] >= 0.4 and parts[prenom] > 2 * parts[nom]:
        return nom, prenom, False
    premier, second = places[0], places[1]
    grandes = [p for p in (premier, second) if all(en_capitales(t.split()[-1]) for t in remplies[p])]
    if len(grandes) == 1:
        return grandes[0], second if grandes[0] == premier else premier, False
    return premier, second, True


def _ordonner(colonnes: Colonnes, rangees: Sequence[Rangee]) -> Colonnes:
    """The order of the names that stand in one cell; to be chosen where nothing, or too much, tells it."""
    nom, prenom = colonnes.place(Sens.NOM), colonnes.place(Sens.PRENOM)
    if nom is not None and prenom is not None:
        croises = _croises(*([sans_ornements(_cellule(r, p)) for r in rangees] for p in (nom, prenom)))
        return replace(colonnes, a_choisir=tuple(sorted((nom, prenom)))) if croises else colonnes
    place = colonnes.place(*ENSEMBLES)
    if place is None:
        return colonnes
    indecis = [t for t in _des_personnes(rangees, place, colonnes) if separer(t).doute is Doute.ORDRE]
    devant = {ordre: sum(_devant(texte, ordre) for texte in indecis) for ordre in Ordre}
    sur = max(Ordre, key=lambda ordre: devant[ordre])
    autre = Ordre.PRENOM if sur is Ordre.NOM else Ordre.NOM
    net = 2 * devant[sur] >= len(indecis) and devant[sur] >= 4 * devant[autre]
    dit = colonnes.sens[place].ordre
    if not indecis or dit is sur or (dit is not None and not net):
        return colonnes
    if dit is not None or not net:
        return replace(colonnes, a_choisir=(place,))
    sens = list(colonnes.sens)
    sens[place] = Sens.NOM_PUIS_PRENOM if sur is Ordre.NOM else Sens.PRENOM_PUIS_NOM
    return replace(colonnes, sens=tuple(sens))


def _des_personnes(rangees: Sequence[Rangee], place: int, colonnes: Colonnes) -> list[str]:
    """What the column says of people: of the rows that have a date, if some have one."""
    naissance = colonnes.place(Sens.NAISSANCE)
    lus = []
    for rangee in rangees:
        qui, dedans = detacher(_cellule(rangee, place))
        datee = bool(dedans or (naissance is not None and _cellule(rangee, naissance)))
        lus.append((sans_ornements(qui), datee))
    datees = [texte for texte, datee in lus if datee]
    return datees or [texte for texte, _ in lus]


def _croises(noms: Sequence[str], prenoms: Sequence[str]) -> bool:
    """Whether the column of the noms holds given names, and the other one hardly any."""
    return 10 * sum(map(est_un_prenom, noms)) > 6 * len(noms) and 10 * sum(
        map(est_un_prenom, prenoms)
    ) < 3 * len(prenoms)


def _devant(texte: str, ordre: Ordre) -> bool:
    """Whether the cell clearly begins with its nom, or with its prénom."""
    mots = texte.split()
    debut, fin = est_un_prenom(mots[0]), est_un_prenom(mots[-1])
    return fin and not debut if ordre is Ordre.NOM else debut and not fin


def _cellule(rangee: Rangee, place: int) -> str:
    return rangee.cellules[place] if place < len(rangee.cellules) else ""
