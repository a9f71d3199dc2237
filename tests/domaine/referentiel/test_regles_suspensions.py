"""R2: the suspensions that stand in the way of another, or of other days, are all named."""

from dataclasses import dataclass
from datetime import date

import pytest

from certif.domaine.erreurs import SaisieInvalide
from certif.domaine.referentiel.regles import verifier_correction, verifier_suspension


@dataclass(frozen=True)
class Habilitation:
    debut: date = date(2026, 1, 1)
    fin: date = date(2026, 12, 31)
    retrait_le: date | None = None


@dataclass(frozen=True)
class Suspension:
    debut: date
    fin: date | None


DEUX = [Suspension(date(2026, 2, 1), date(2026, 2, 10)), Suspension(date(2026, 11, 1), None)]


def test_deux_suspensions_qui_se_chevauchent_avec_une_troisieme() -> None:
    with pytest.raises(SaisieInvalide) as refus:
        verifier_suspension(Habilitation(), DEUX, date(2026, 2, 10), date(2026, 11, 1))
    assert len(refus.value.champs["du"]) == 2


def test_deux_suspensions_hors_des_jours_corriges() -> None:
    with pytest.raises(SaisieInvalide) as refus:
        verifier_correction(Habilitation(), DEUX, date(2026, 2, 2), date(2026, 10, 31))
    assert {champ: len(messages) for champ, messages in refus.value.champs.items()} == {"debut": 1, "fin": 1}
