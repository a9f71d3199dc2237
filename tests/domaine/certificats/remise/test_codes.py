"""A hand-over code: unguessable, kept nowhere, read as people type it; a card names nobody."""

from datetime import date, datetime

import pytest

from certif.domaine.certificats.registre.numeros import ALPHABET
from certif.domaine.certificats.remise import codes, regles
from certif.domaine.temps import debut_du_jour
from certif.socle import chiffrement

G = date(2026, 11, 28)


@pytest.fixture(autouse=True)
def _cle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chiffrement, "_secret", b"une cle secrete pour ces epreuves-ci")


def test_a_code_holds_130_bits_and_comes_back_the_same() -> None:
    sels = [codes.nouveau_sel() for _ in range(200)]
    faits = [codes.code_de(sel) for sel in sels]
    assert len({*faits}) == len(sels) and all(len(c) == 26 and {*c} <= {*ALPHABET} for c in faits)
    assert len(ALPHABET) == 32 and {c for code in faits for c in code} == {*ALPHABET}
    assert min(len({*place}) for place in zip(*faits, strict=True)) > 20, "a place hardly varies"
    assert [codes.code_de(sel) for sel in sels] == faits


def test_nothing_that_is_stored_gives_the_code_without_the_secret_key(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sel = codes.nouveau_sel()
    code, empreinte = codes.code_de(sel), codes.empreinte_de(codes.code_de(sel))
    monkeypatch.setattr(chiffrement, "_secret", b"une autre cle secrete, d'une autre installation")
    assert codes.code_de(sel) != code and codes.empreinte_de(code) != empreinte


@pytest.mark.parametrize(
    "forme",
    [
        "{}",
        " {} ",
        "https://certif.example/r?c={}",
        "certif.example/r?c={}&x=1",
    ],
)
def test_a_code_is_read_as_it_is_scanned_typed_or_pasted(forme: str) -> None:
    code = codes.code_de("sel")
    groupes = codes.presenter(code)
    for ecrit in (code, code.lower(), groupes, groupes.replace(" ", "-"), groupes.replace(" ", "\u00a0")):
        assert codes.lire(forme.format(ecrit)) == code


@pytest.mark.parametrize(
    "faux", ["", " ", "A" * 25, "A" * 27, "O" + "A" * 25, "ſ" * 26, "٣" * 26, "A" * 9999, "../" * 9]
)
def test_anything_else_is_no_code(faux: str) -> None:
    assert codes.lire(faux) is None


@pytest.mark.parametrize(
    ("nom", "prenom", "dit"),
    [
        ("Dupont", "Marie", "M. D."),
        ("d’Almeida", "João", "J. D."),
        ("Lefèvre", "élodie", "É. L."),
        ("De La Tour", "Jean-Pierre", "J. D."),
        ("Øberg", "", "Ø."),
        ("’Abd", "-Ali", "A. A."),
        ("Γεωργίου", "Άννα", "Ά. Γ."),
    ],
)
def test_a_card_says_initials_and_nothing_else(nom: str, prenom: str, dit: str) -> None:
    assert codes.initiales(nom, prenom) == dit


def test_same_initials_are_told_apart_by_their_rank_alone() -> None:
    groupe = [("Dupont", "Marie"), ("Durand", "Mehdi"), ("Martin", "Paul"), ("Dupont", "Maëlle")]
    assert codes.etiquettes(groupe) == ["M. D. (1)", "M. D. (2)", "P. M.", "M. D. (3)"]


@pytest.mark.parametrize(
    ("quand", "attendu"),
    [
        (datetime.fromisoformat("2026-12-13T23:59:59+01:00"), True),
        (debut_du_jour(date(2026, 12, 14)), False),
        (datetime.fromisoformat("2026-12-13T23:00:00+00:00"), False),
    ],
)
def test_r9_dead_from_g_plus_16_at_midnight_in_paris(quand: datetime, attendu: bool) -> None:
    assert regles.remettable(arrete=False, retire=False, genere_le=G, maintenant=quand) is attendu


def test_r9_dead_once_stopped_or_cancelled() -> None:
    quand = debut_du_jour(G)
    assert not regles.remettable(arrete=True, retire=False, genere_le=G, maintenant=quand)
    assert not regles.remettable(arrete=False, retire=True, genere_le=G, maintenant=quand)


def test_r9_ten_tries_then_it_rests() -> None:
    assert [regles.repose(essais) for essais in (0, 9, 10, 11)] == [False, False, True, True]
