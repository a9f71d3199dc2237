"""What an habilitation's number and days may be (R2), one function each: pure."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Protocol

from certif.domaine.erreurs import ActionImpossible, SaisieInvalide
from certif.domaine.libelles.referentiel import habilitations as textes
from certif.domaine.temps import ajouter_mois, dernier_jour

MOIS_D_HABILITATION = 48
ANNEES_MAX = 10

_NUMERO = re.compile(r"[A-Z0-9][A-Z0-9./_-]{0,39}")


class Suspension(Protocol):
    """Days that do not count, both ends included; open without `fin`."""

    @property
    def debut(self) -> date: ...
    @property
    def fin(self) -> date | None: ...


class Droit(Protocol):
    """What lasts from one day to another, both included, unless it is withdrawn before."""

    @property
    def debut(self) -> date: ...
    @property
    def fin(self) -> date: ...
    @property
    def retrait_le(self) -> date | None: ...


def fin_proposee(debut: date) -> date:
    """Four years, the last day included."""
    return ajouter_mois(debut, MOIS_D_HABILITATION) - timedelta(days=1)


def lire_numero(texte: str) -> str:
    """The number of an habilitation: up to 40 capitals, digits and `. / _ -`.

    Raises:
        SaisieInvalide: on `numero`.
    """
    lu = texte.strip()[:100].upper()
    if not _NUMERO.fullmatch(lu):
        raise SaisieInvalide({"numero": [textes.NUMERO]})
    return lu


def verifier_periode(debut: date, fin: date, aujourd_hui: date) -> None:
    """Its days, both included: in order, not over yet, ten years at most.

    Raises:
        SaisieInvalide: on `fin`.
    """
    if debut <= fin < aujourd_hui:
        raise SaisieInvalide({"fin": [textes.FIN_PASSEE]})
    _verifier_les_jours(debut, fin)


def _verifier_les_jours(debut: date, fin: date) -> None:
    if fin < debut:
        raise SaisieInvalide({"fin": [textes.FIN_AVANT_DEBUT]})
    if fin >= ajouter_mois(debut, 12 * ANNEES_MAX):
        raise SaisieInvalide({"fin": [textes.trop_longue(ANNEES_MAX)]})


def verifier_correction(
    habilitation: Droit, suspensions: Iterable[Suspension], debut: date, fin: date
) -> None:
    """The days that it should have had: in order, ten years at most, over already or not.

    Its suspensions still begin on one of them.

    Raises:
        ActionImpossible: it is withdrawn.
        SaisieInvalide: on `debut` or `fin`.
    """
    if habilitation.retrait_le is not None:
        raise ActionImpossible(textes.RETIREE)
    _verifier_les_jours(debut, fin)
    dehors: dict[str, list[str]] = {}
    for suspension in suspensions:
        if not debut <= suspension.debut <= fin:
            champ = "debut" if suspension.debut < debut else "fin"
            dehors.setdefault(champ, []).append(textes.suspension_dehors(suspension.debut))
    if dehors:
        raise SaisieInvalide(dehors)


def verifier_prolongation(habilitation: Droit, fin: date, aujourd_hui: date) -> None:
    """Its new last day comes after the present one; see `verifier_periode`.

    Raises:
        ActionImpossible: it is withdrawn.
        SaisieInvalide: on `fin`.
    """
    if habilitation.retrait_le is not None:
        raise ActionImpossible(textes.RETIREE)
    if fin <= habilitation.fin:
        raise SaisieInvalide({"fin": [textes.prolongation_trop_courte(habilitation.fin)]})
    verifier_periode(habilitation.debut, fin, aujourd_hui)


def verifier_suspension(
    habilitation: Droit, suspensions: Iterable[Suspension], du: date, au: date | None
) -> None:
    """Days on which it will not count, both included, in the past as well; open when `au` is None.

    They begin on one of its days, and none of them is suspended already.

    Raises:
        SaisieInvalide: on `du` or `au`.
    """
    dernier = dernier_jour(habilitation.fin, habilitation.retrait_le)
    if not habilitation.debut <= du <= dernier:
        raise SaisieInvalide({"du": [textes.hors_de_l_habilitation(habilitation.debut, dernier)]})
    if au is not None and au < du:
        raise SaisieInvalide({"au": [textes.SUSPENSION_A_L_ENVERS]})
    deja = [
        textes.deja_suspendue(autre.debut, autre.fin)
        for autre in suspensions
        if (au is None or autre.debut <= au) and (autre.fin is None or du <= autre.fin)
    ]
    if deja:
        raise SaisieInvalide({"du": deja})


def verifier_fin_de_suspension(suspension: Suspension, dernier: date) -> None:
    """Its new last day: one of its days, before the present last one.

    Raises:
        SaisieInvalide: on `dernier_jour`.
    """
    if dernier < suspension.debut:
        raise SaisieInvalide({"dernier_jour": [textes.fin_avant_la_suspension(suspension.debut)]})
    if suspension.fin is not None and dernier >= suspension.fin:
        raise SaisieInvalide({"dernier_jour": [textes.fin_apres_la_suspension(suspension.fin)]})


def verifier_retrait(habilitation: Droit, retrait_le: date) -> None:
    """The first day on which it does not count any more: one of its days, in the past as well.

    Raises:
        ActionImpossible: it is withdrawn already.
        SaisieInvalide: on `retrait_le`.
    """
    if habilitation.retrait_le is not None:
        raise ActionImpossible(textes.DEJA_RETIREE)
    if not habilitation.debut <= retrait_le <= habilitation.fin:
        raise SaisieInvalide(
            {"retrait_le": [textes.hors_de_l_habilitation(habilitation.debut, habilitation.fin)]}
        )
