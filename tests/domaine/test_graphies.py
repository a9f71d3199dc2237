"""R15: the spellings that are tried on what was hashed while look-alikes had keys of their own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certif.domaine import cle_v1
from certif.domaine.caracteres import PLAGES
from certif.domaine.graphies import GRAPHIES_MAX, graphies
from certif.domaine.ressemblances import reunir

CLES = st.text(st.sampled_from([chr(c) for debut, fin in PLAGES for c in range(debut, fin + 1)])).map(
    cle_v1.cle
)


@given(CLES, CLES)
def test_each_reads_like_the_names_and_none_comes_twice(nom: str, prenom: str) -> None:
    trouvees = graphies(nom, prenom)
    assert trouvees[0] == (nom, prenom) and (reunir(nom), reunir(prenom)) in trouvees
    assert len(trouvees) == len(set(trouvees)) <= GRAPHIES_MAX == 64
    assert {(reunir(n), reunir(p)) for n, p in trouvees} == {(reunir(nom), reunir(prenom))}
    assert graphies(nom, prenom) == trouvees


@pytest.mark.parametrize(
    ("tape", "autre"),
    [
        (("dordevic", "ana"), ("ðorðevic", "ana")),
        (("dordevic", "ana"), ("ðordevic", "ana")),
        (("ðorðevic", "ana"), ("dordevic", "ana")),
        (("copa", "tatha"), ("сора", "татна")),
        (("copa", "tatha"), ("copa", "татна")),
        (("сора", "ana"), ("copa", "ana")),
        (("anna", "x"), ("αννα", "χ")),
        (("copa", "ana"), ("сopa", "ana")),
        (("aelia", "ana"), ("ӕlia", "ana")),
        (("ӕlia", "ana"), ("aelia", "ana")),
        (("delarochefoucauldmontmorency", "ana"), ("ðelarochefoucauldmontmorency", "ana")),
    ],
)
def test_the_likeliest_are_among_them(tape: tuple[str, str], autre: tuple[str, str]) -> None:
    assert autre in graphies(*tape)


def test_a_name_without_look_alikes_is_tried_alone() -> None:
    assert graphies("lulu", "") == [("lulu", "")]
