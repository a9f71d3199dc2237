"""R4: letters that nobody tells apart on paper have one key, in every upright face that prints names."""

import pytest

from certif.documents.rendu import dessins
from certif.domaine.donnees.fabriquer import cle_commune, lettres, table
from certif.domaine.noms import cle, cle_sans_ressemblance
from certif.domaine.ressemblances import SEMBLABLES, TABLE


def test_the_table_is_the_one_of_the_fonts() -> None:
    assert TABLE.read_text(encoding="utf-8") == table()


@pytest.mark.parametrize("face", dessins.FACES)
def test_letters_with_one_outline_have_one_key(face: str) -> None:
    groupes = dessins.groupes(face, lettres())
    assert len(groupes) > 90
    for memes in groupes:
        assert len({cle(lettre) for lettre in memes}) == 1, memes
    reunis = {frozenset(memes) for memes in groupes}
    assert any({"Đ", "Ð", "Ɖ"} <= memes for memes in reunis)
    assert any({"P", "Ρ", "Р"} <= memes for memes in reunis)
    assert not any({"n", "h"} <= memes or {"I", "l"} <= memes for memes in reunis)


def test_two_of_a_to_z_never_have_one_key() -> None:
    latines = list("abcdefghijklmnopqrstuvwxyz")
    assert [cle(c) for c in latines] == latines == [cle(c.upper()) for c in latines]
    with pytest.raises(ValueError, match="one key"):
        cle_commune({"i", "l", "ӏ"})


def test_a_key_is_never_a_letter_that_has_another() -> None:
    assert not SEMBLABLES.keys() & set("".join(SEMBLABLES.values()))
    assert all(cle_sans_ressemblance(commune) == commune for commune in SEMBLABLES.values())
