"""R12: the trainees of a session."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from certif.domaine.dates import lire_date_facultative
from certif.domaine.erreurs import Fautes, SaisieInvalide
from certif.domaine.libelles import personnes
from certif.domaine.libelles.sessions import refus
from certif.domaine.noms import cle, nom_affiche, normaliser, verifier_nom

NAISSANCE_MIN = date(1900, 1, 1)


class Personne(Protocol):
    """Someone whose identity can be compared: a stagiaire or an individu."""

    @property
    def nom(self) -> str: ...
    @property
    def prenom(self) -> str: ...
    @property
    def cle_nom(self) -> str: ...
    @property
    def cle_prenom(self) -> str: ...
    @property
    def date_naissance(self) -> date | None: ...


P = TypeVar("P", bound=Personne)


@dataclass(frozen=True, slots=True)
class Identite:
    """A trainee's identity, as it is stored: as typed, with R4's keys beside."""

    nom: str
    prenom: str
    date_naissance: date | None
    cle_nom: str
    cle_prenom: str


def verifier_stagiaire(
    nom: str,
    prenom: str,
    date_naissance: str | date | None,
    date_fin: date | None = None,
    *,
    un_seul_nom: bool = False,
    lire: Callable[[str, str], str] = verifier_nom,
) -> Identite:
    """R12: read one trainee. The birth date may be missing here, not at submission (`manques`).

    `un_seul_nom`: "Cette personne n'a qu'un seul nom", so the prénom must be empty. `lire`: how names are
    read, `lire_nom` for one who is looked for (R15).

    Raises:
        SaisieInvalide: fields `nom`, `prenom`, `date_naissance`, all that is wrong at once.
    """
    fautes = Fautes()
    with fautes.recueillir():
        lu_nom = lire(nom, "nom")
    with fautes.recueillir():
        lu_prenom = _verifier_prenom(prenom, un_seul_nom, lire)
    with fautes.recueillir():
        ne_le = _verifier_naissance(date_naissance, date_fin)
    fautes.lever()
    return Identite(lu_nom, lu_prenom, ne_le, cle(lu_nom), cle(lu_prenom))


def _verifier_prenom(prenom: str, un_seul_nom: bool, lire: Callable[[str, str], str]) -> str:
    if not un_seul_nom:
        return lire(prenom, "prenom")
    if normaliser(prenom):
        raise SaisieInvalide({"prenom": [refus.UN_SEUL_NOM]})
    return ""


def _verifier_naissance(date_naissance: str | date | None, date_fin: date | None) -> date | None:
    if isinstance(date_naissance, str):
        date_naissance = lire_date_facultative(date_naissance, "date_naissance")
    if date_naissance is not None and (message := refus_naissance(date_naissance, date_fin)):
        raise SaisieInvalide({"date_naissance": [message]})
    return date_naissance


def refus_naissance(date_naissance: date, date_fin: date | None) -> str | None:
    """R12: `01/01/1900 ≤ d < F`; the second bound waits for an F."""
    if date_naissance < NAISSANCE_MIN:
        return personnes.NAISSANCE_AVANT_1900
    if date_fin is not None and date_naissance >= date_fin:
        return refus.naissance_apres_session(date_fin)
    return None


def meme_personne(un: Personne, autre: Personne) -> bool:
    """Same keys and same birth date; an unknown birth date is nobody's."""
    return un.date_naissance is not None and (un.cle_nom, un.cle_prenom, un.date_naissance) == (
        autre.cle_nom,
        autre.cle_prenom,
        autre.date_naissance,
    )


def doublon_de(stagiaire: Personne, autres: Iterable[P]) -> P | None:
    """The one of `autres` who is the same person, if any; `autres` must not hold `stagiaire` itself."""
    return next((autre for autre in autres if meme_personne(stagiaire, autre)), None)


def confondus(stagiaires: Sequence[P]) -> list[list[P]]:
    """The trainees who are one person, two or more together, in the order of the list.

    Entry lets none through: an older key told them apart.
    """
    ensembles: dict[tuple[str, str, date], list[P]] = {}
    for s in stagiaires:
        if s.date_naissance is not None:
            ensembles.setdefault((s.cle_nom, s.cle_prenom, s.date_naissance), []).append(s)
    return [memes for memes in ensembles.values() if len(memes) > 1]


def refus_des_confondus(stagiaires: Sequence[Personne]) -> str | None:
    """R12: the same person twice in one session, each of them named."""
    messages = [refus.stagiaires_confondus([affiche(s) for s in memes]) for memes in confondus(stagiaires)]
    return " ".join(messages) or None


def verifier_nouveau(
    stagiaire: Personne, autres: Iterable[Personne], formateur: Personne | None = None
) -> None:
    """R5, R12: not the same person twice, and not the formateur.

    Raises:
        SaisieInvalide: on field `nom`.
    """
    if doublon_de(stagiaire, autres):
        raise SaisieInvalide({"nom": [refus.stagiaire_en_double(affiche(stagiaire))]})
    if formateur is not None and meme_personne(stagiaire, formateur):
        raise SaisieInvalide({"nom": [refus.stagiaire_formateur(affiche(stagiaire))]})


def age_au(date_naissance: date, jour: date) -> int:
    """Age in full years on this day."""
    avant_anniversaire = (jour.month, jour.day) < (date_naissance.month, date_naissance.day)
    return jour.year - date_naissance.year - avant_anniversaire


def affiche(personne: Personne) -> str:
    """ "DUPONT Marie"."""
    return nom_affiche(personne.nom, personne.prenom)
