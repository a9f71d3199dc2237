"""Codes at their bounds: which steps, which spellings."""

import re
from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from certif.domaine.acces.codes import (
    PAS_S,
    lire_code,
    lire_code_de_secours,
    nouveau_secret,
    nouveaux_codes_de_secours,
    pas_du_code,
)

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
INSTANT = datetime(2026, 6, 10, 10, 0, tzinfo=UTC)
PAS = int(INSTANT.timestamp()) // PAS_S


@pytest.mark.parametrize(("ecart", "pris"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_the_present_step_and_its_neighbours(ecart: int, pris: bool) -> None:
    code = pyotp.TOTP(SECRET).at(INSTANT + timedelta(seconds=ecart * PAS_S))
    assert pas_du_code(SECRET, code, INSTANT) == (PAS + ecart if pris else None)


def test_a_step_lasts_thirty_seconds() -> None:
    code = pyotp.TOTP(SECRET).at(INSTANT)
    assert pas_du_code(SECRET, code, INSTANT + timedelta(seconds=59)) == PAS
    assert pas_du_code(SECRET, code, INSTANT + timedelta(seconds=60)) is None


@pytest.mark.parametrize("saisi", ["123456", "123 456", " 123456\n", "123\u00a0456", "1 2 3 4 5 6"])
def test_six_digits_however_spaced(saisi: str) -> None:
    assert lire_code(saisi) == "123456"


@pytest.mark.parametrize(
    "saisi",
    [
        *("", " ", "12345", "1234567", "12345٣", "12345²", "+12345", "-12345", "1_2345", "12.345", "0x1234"),
        *("123456\0", "1" * 400, "NaN", "123-456", "' OR 1=1 --", "\ud800", " " * 400 + "123456"),
    ],
)
def test_nothing_else_is_a_code(saisi: str) -> None:
    assert lire_code(saisi) is None
    assert pas_du_code(SECRET, saisi, INSTANT) is None


def test_secrets_have_a_hundred_and_sixty_bits() -> None:
    assert len({nouveau_secret() for _ in range(20)}) == 20
    assert re.fullmatch(r"[A-Z2-7]{32}", nouveau_secret())


def test_ten_recovery_codes_of_sixty_bits_without_look_alikes() -> None:
    codes = nouveaux_codes_de_secours()
    assert len(set(codes)) == 10
    assert all(re.fullmatch(r"[2-9A-HJ-NP-Z]{4}(-[2-9A-HJ-NP-Z]{4}){2}", code) for code in codes)


@pytest.mark.parametrize("saisi", ["K7QP-2MXD-9RTA", "k7qp2mxd9rta", " K7QP 2MXD 9RTA ", "k7qp–2mxd‑9rta"])
def test_a_recovery_code_however_typed(saisi: str) -> None:
    assert lire_code_de_secours(saisi) == "K7QP2MXD9RTA"


@pytest.mark.parametrize(
    "saisi", ["", "K7QP-2MXD", "K7QP-2MXD-9RT0", "K7QP-2MXD-9RTÀ", "1" * 400, "123456", "\0" * 12]
)
def test_nothing_else_is_a_recovery_code(saisi: str) -> None:
    assert lire_code_de_secours(saisi) is None
