"""R12: one table says what can be entered, and the embedded fonts can print all of it."""

import unicodedata

import pytest

from certif.documents.rendu.caracteres import (
    POLICES,
    TABLE,
    imprimable,
    imprimables,
    plages_des_noms,
    table_des_noms,
)


def test_the_table_of_the_domain_is_the_one_of_the_fonts() -> None:
    assert TABLE.read_text(encoding="ascii") == table_des_noms()


def test_the_table_holds_what_names_are_made_of_and_nothing_else() -> None:
    admis = {chr(code) for debut, fin in plages_des_noms() for code in range(debut, fin + 1)}
    assert set("AZazÀÿŒœŸẞßĐđŁłøİıŽžơƯễỹΑωάΐЖжЁёЇїҐґЎў -'’.") <= admis
    assert not {c for c in admis if unicodedata.category(c)[0] in "CMN" or ord(c) not in imprimables()}
    assert not admis & set('\u00a0\u200b\u202e<>{}&"/\\=+@_,;:()李علی٣')


@pytest.mark.parametrize(
    ("texte", "refuses"),
    [
        ("DUPONT-DURAND Éloïse, née le 1er mars", []),
        ("Nguye\u0302\u0303n", []),
        ("李小龍 李", ["李", "小", "龍"]),
        ("a\u202eb\x00\u200b\n", ["\u202e", "\x00", "\u200b", "\n"]),
        ("x\u0301é", ["\u0301"]),
    ],
)
def test_what_cannot_be_printed_is_named(texte: str, refuses: list[str]) -> None:
    assert imprimable(texte) == refuses


def test_the_fonts_come_with_their_licence() -> None:
    assert "SIL OPEN FONT LICENSE" in (POLICES / "OFL.txt").read_text(encoding="utf-8")
    assert all(police.stat().st_size < 300_000 for police in POLICES.glob("*.ttf"))
