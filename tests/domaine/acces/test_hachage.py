"""Passwords."""

import pytest

from certif.domaine.acces.hachage import _LEURRE, LONGUEUR_MAX, hacher, verifier


def test_the_parameters_are_those_decided() -> None:
    assert hacher("x").startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert _LEURRE.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_only_the_same_password_passes_however_its_accents_are_composed() -> None:
    hache = hacher("caf\u00e9 au lait, sans sucre")
    assert verifier(hache, "cafe\u0301 au lait, sans sucre")
    assert not verifier(hache, "cafe au lait, sans sucre")
    assert not verifier(hache, "")


@pytest.mark.parametrize("mot_de_passe", ["", "x", "\0", "x" * 500_000, "\ufdfa" * 10_000])
def test_nothing_passes_without_a_digest(mot_de_passe: str) -> None:
    assert verifier(None, mot_de_passe) is False


def test_a_password_past_the_bound_is_wrong_even_if_it_starts_right() -> None:
    hache = hacher("x" * LONGUEUR_MAX)
    assert verifier(hache, "x" * LONGUEUR_MAX)
    assert not verifier(hache, "x" * (LONGUEUR_MAX + 1))
