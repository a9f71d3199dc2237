"""R12: what is worth a second look in a session or a trainee, warned of and never blocked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from certif.domaine.libelles.sessions import avertissements as textes
from certif.domaine.noms import mots
from certif.domaine.sessions.regles import inscription
from certif.domaine.sessions.regles.inscription import Personne
from certif.socle.condense import condense

AGE_MIN, AGE_MAX, MAJORITE = 16, 75, 18

_CIVILITES = frozenset(
    ("mme", "mlle", "melle", "mlles", "mmes", "monsieur", "madame", "mademoiselle", "docteur")
)
_CIVILITES_ABREGEES = frozenset(("m", "mr", "dr", "pr"))
"""A civility at the beginning of a name only: elsewhere an initial, or a name of its own."""
_NEE = frozenset(("nee", "epouse", "veuve"))
_NEE_ENTRE_DEUX_NOMS = frozenset(("ne", "ep", "vve"))
"""Between two names only: « Le Né » is a name."""
_PARTICULES = frozenset(
    ("de", "du", "des", "d", "la", "le", "les", "l", "van", "von", "der", "el", "al", "ben", "da", "dos", "y")
)
"""Little words of many names, which say nothing when they stand twice."""


class Dispositif(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def groupe_min(self) -> int | None: ...
    @property
    def groupe_max(self) -> int | None: ...
    @property
    def risque_mineur(self) -> bool: ...


class Sorte(StrEnum):
    """Kinds of warnings that can be answered « C'est exact »."""

    AGE = "age"
    MINEUR = "mineur"
    INVERSION = "inversion"
    MOT_REPETE = "mot_repete"
    CIVILITE = "civilite"
    NEE = "nee"
    GROUPE = "groupe"
    SEMBLABLE = "semblable"


@dataclass(frozen=True, slots=True)
class Avertissement:
    """A warning in words; `valeurs` is what it judged, so that an answer holds for those values alone."""

    sorte: Sorte
    message: str
    valeurs: tuple[str, ...]

    @property
    def marque(self) -> str:
        """What an answer is kept under: a hash of the kind and of the values."""
        return condense([self.sorte.value, *self.valeurs])


def avertissements_des_stagiaires(
    stagiaires: Sequence[Personne], date_fin: date | None, dispositif: Dispositif | None
) -> list[list[Avertissement]]:
    """What is unusual about each trainee, in their order; what F or the dispositif decides waits for them."""
    par_cles = {(s.cle_nom, s.cle_prenom): s for s in reversed(stagiaires)}
    return [
        [
            *_du_nom(s, par_cles.get((s.cle_prenom, s.cle_nom))),
            *(_de_l_age(s, date_fin, dispositif) if date_fin else ()),
        ]
        for s in stagiaires
    ]


def avertissement_groupe(nombre: int, dispositif: Dispositif) -> Avertissement | None:
    """A group outside the dispositif's usual size; an empty one is not a group yet."""
    minimum, maximum = dispositif.groupe_min, dispositif.groupe_max
    trop_petit = minimum is not None and 0 < nombre < minimum
    trop_grand = maximum is not None and nombre > maximum
    if not (trop_petit or trop_grand):
        return None
    message = textes.groupe_inhabituel(nombre, minimum, maximum)
    return Avertissement(Sorte.GROUPE, message, (str(nombre), dispositif.code))


def avertissement_semblable(numeros: Sequence[int]) -> Avertissement | None:
    """Other sessions with the same certificat, F and formateur, by their numbers."""
    if not numeros:
        return None
    return Avertissement(Sorte.SEMBLABLE, textes.SESSION_SEMBLABLE, tuple(map(str, sorted(numeros))))


def _du_nom(stagiaire: Personne, inverse: Personne | None) -> list[Avertissement]:
    trouves = []
    noms = (stagiaire.nom, stagiaire.prenom)
    if inverse is not None and stagiaire.cle_nom != stagiaire.cle_prenom:
        # One answer for the two rows: the pair is the same from both.
        paires = sorted((noms, (inverse.nom, inverse.prenom)))
        message = textes.noms_inverses(inscription.affiche(inverse))
        trouves.append(Avertissement(Sorte.INVERSION, message, (*paires[0], *paires[1])))
    du_nom, du_prenom = mots(stagiaire.nom), mots(stagiaire.prenom)
    if (set(du_nom) & set(du_prenom)) - _PARTICULES:
        trouves.append(Avertissement(Sorte.MOT_REPETE, textes.MOT_REPETE, noms))
    if _civilite(du_nom) or _civilite(du_prenom):
        trouves.append(Avertissement(Sorte.CIVILITE, textes.CIVILITE, noms))
    if _nee(du_nom) or _nee(du_prenom):
        trouves.append(Avertissement(Sorte.NEE, textes.NEE, noms))
    return trouves


def _civilite(lus: Sequence[str]) -> bool:
    return not _CIVILITES.isdisjoint(lus) or (bool(lus) and lus[0] in _CIVILITES_ABREGEES)


def _nee(lus: Sequence[str]) -> bool:
    return not _NEE.isdisjoint(lus) or not _NEE_ENTRE_DEUX_NOMS.isdisjoint(lus[1:-1])


def _de_l_age(stagiaire: Personne, date_fin: date, dispositif: Dispositif | None) -> list[Avertissement]:
    ne_le = stagiaire.date_naissance
    if ne_le is None or ne_le >= date_fin:  # not an age: entry refuses it
        return []
    age = inscription.age_au(ne_le, date_fin)
    valeurs = (stagiaire.nom, stagiaire.prenom, ne_le.isoformat(), date_fin.isoformat())
    trouves = []
    if age < AGE_MIN or age > AGE_MAX:
        trouves.append(Avertissement(Sorte.AGE, textes.age_inhabituel(age), valeurs))
    if dispositif is not None and dispositif.risque_mineur and age < MAJORITE:
        trouves.append(Avertissement(Sorte.MINEUR, textes.MINEUR, (*valeurs, dispositif.code)))
    return trouves
