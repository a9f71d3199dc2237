"""A key of the settings is judged by how hard it is to guess."""

import random
import string

import pytest

from certif.socle.cles import faiblesse


@pytest.mark.parametrize("signes", ["0123456789abcdef", string.ascii_letters + string.digits + "-_"])
def test_what_chance_draws_is_taken(signes: str) -> None:
    chance = random.Random(20_261_130)
    tirees = ("".join(chance.choices(signes, k=32)) for _ in range(3_000))
    assert [cle for cle in tirees if faiblesse(cle)] == []


def test_a_key_of_nine_different_digits_is_still_drawn_by_chance() -> None:
    assert faiblesse("b54e75eee08cb5b676c64487ee0675b6") == ""


@pytest.mark.parametrize(
    ("cle", "dit"),
    [
        ("Vt3kq9LmXw2pZr8sHd5yBn7cJf4gQa6", "au moins 32"),
        ("a" * 64, "répète"),
        ("abcd" * 16, "répète"),
        ("0123456789abcdefghijklmnopqrstuv", "suites"),
        ("Vt3kq9LmXw2p" * 3, "répète"),
        ("secret-secret-secret-secret-secret", "répète"),
        ("changez-moi-changeme-secret-key-production", "mots"),
        ("ma-cle-secrete-de-production-certif-2026", "mots"),
        ("abcdefghijklmnopqrstuvwxyz0123456789", "suites"),
        ("azertyuiopqsdfghjklmwxcvbn1234567890", "suites"),
        ("Certif-demo-2026!Registre-prod-2027!", "mots"),
        ("<new key>,<old key> 32 random caracteres", "mots"),
        ("1111111111222222222233333333334444", "répète"),
    ],
)
def test_what_is_guessed_is_refused(cle: str, dit: str) -> None:
    assert dit in faiblesse(cle)
