"""R3 and R4: who may be the formateur of a session, and how one looks for them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from certif.domaine.dates import lire_date
from certif.domaine.erreurs import Fautes, SaisieInvalide
from certif.domaine.libelles.sessions import droits
from certif.domaine.noms import cle, lire_nom, nom_affiche
from certif.domaine.personnes.regles import lire_numero_forprev
from certif.domaine.referentiel.regles import Droit
from certif.domaine.sessions.regles import couverture, delais

RECHERCHES_PAR_HEURE, RECHERCHES_PAR_HEURE_ENTITE = 20, 60


class Qualification(Droit, Protocol):
    @property
    def niveau_id(self) -> int: ...


class Niveau(Protocol):
    @property
    def id(self) -> int: ...
    @property
    def libelle(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Verdict:
    """One of the four checks; `reussi` is None when an earlier one failed."""

    numero: int
    reussi: bool | None
    message: str


def verifier_formateur(
    *,
    trouvee: bool,
    role_actif: bool,
    qualifications: Iterable[Qualification],
    niveau: Niveau,
    date_fin: date,
    aujourd_hui: date | None = None,
) -> list[Verdict]:
    """R3: four verdicts in order; after the first failure the others are not judged.

    `trouvee` is False for someone who never had a formateur role: they do not exist here (R4).
    A qualification withdrawn from its first day on is none. `aujourd_hui` only chooses between
    "a pris fin" and "prend fin".
    """
    du_niveau = [
        q for q in qualifications if q.niveau_id == niveau.id and q.debut <= couverture.fin_effective(q)
    ]
    controles = (
        (trouvee, droits.PERSONNE_TROUVEE, droits.PERSONNE_INCONNUE),
        (role_actif, droits.ROLE_ACTIF, droits.ROLE_INACTIF),
        (
            bool(du_niveau),
            droits.qualification_detenue(niveau.libelle),
            droits.qualification_absente(niveau.libelle),
        ),
        _periode(du_niveau, niveau.libelle, date_fin, aujourd_hui or date_fin),
    )
    verdicts: list[Verdict] = []
    arrete = False
    for numero, (reussi, oui, non) in enumerate(controles, start=1):
        if arrete:
            verdicts.append(Verdict(numero, None, droits.NON_VERIFIE))
        else:
            verdicts.append(Verdict(numero, reussi, oui if reussi else non))
            arrete = not reussi
    return verdicts


def proposable(qualifications: Iterable[Qualification], niveau: Niveau, aujourd_hui: date) -> bool:
    """Whether one of them could cover some F that can be entered today."""
    premiere, derniere = delais.dates_de_fin_possibles(aujourd_hui)
    periodes = [(q.debut, couverture.fin_effective(q)) for q in qualifications if q.niveau_id == niveau.id]
    return any(debut <= fin and debut <= derniere and premiere <= fin for debut, fin in periodes)


def accepte(verdicts: Sequence[Verdict]) -> bool:
    """Whether every check succeeded."""
    return bool(verdicts) and all(v.reussi for v in verdicts)


def premier_refus(verdicts: Sequence[Verdict]) -> str | None:
    """The message of the check that failed, or None."""
    return next((v.message for v in verdicts if v.reussi is False), None)


def conclusion(verdicts: Sequence[Verdict], nom: str, prenom: str, numero: str) -> str | None:
    """The sentence that ends four successes, or None."""
    return droits.conclusion(nom_affiche(nom, prenom), numero) if accepte(verdicts) else None


def _periode(
    qualifications: Sequence[Qualification], niveau: str, date_fin: date, aujourd_hui: date
) -> tuple[bool, str, str]:
    fins = [
        couverture.fin_effective(q)
        for q in qualifications
        if q.debut <= date_fin <= couverture.fin_effective(q)
    ]
    if fins:
        return True, droits.qualification_valable(max(fins)), ""
    passees = [couverture.fin_effective(q) for q in qualifications if couverture.fin_effective(q) < date_fin]
    if passees:
        fin = max(passees)
        return (
            False,
            "",
            droits.qualification_terminee(niveau, fin, date_fin, passee=fin < aujourd_hui),
        )
    futures = [q.debut for q in qualifications]
    return False, "", droits.qualification_a_venir(niveau, min(futures), date_fin) if futures else ""


@dataclass(frozen=True, slots=True)
class Recherche:
    """What to look for: `numero`, or the three of the identity, or both, which must then agree."""

    numero: str | None
    cle_nom: str
    cle_prenom: str
    date_naissance: date | None

    @property
    def par_identite(self) -> bool:
        return self.date_naissance is not None


def lire_recherche(numero: str, nom: str, prenom: str, date_naissance: str) -> Recherche:
    """R4: read the search form: a number, or nom + prénom + birth date, all three.

    Raises:
        SaisieInvalide: nothing given, a part of an identity, or something malformed; fields `numero`, `nom`,
            `prenom`, `date_naissance`.
    """
    textes = {"nom": nom, "prenom": prenom, "date_naissance": date_naissance}
    par_identite = any(texte.strip() for texte in textes.values())
    if not par_identite and not numero.strip():
        raise SaisieInvalide({"numero": [droits.FORMATEUR_MANQUANT]})
    fautes = Fautes()
    lu = ne_le = None
    with fautes.recueillir():
        lu = lire_numero_forprev(numero) if numero.strip() else None
    if par_identite:
        for champ in ("nom", "prenom"):
            with fautes.recueillir():
                lire_nom(textes[champ], champ)
        with fautes.recueillir():
            ne_le = lire_date(date_naissance, "date_naissance")
    fautes.lever()
    return Recherche(lu, cle(nom) if par_identite else "", cle(prenom) if par_identite else "", ne_le)
