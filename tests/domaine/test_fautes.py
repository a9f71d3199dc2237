"""All that is wrong with a form is said at once."""

import pytest

from certif.domaine.erreurs import Fautes, SaisieInvalide


def test_all_that_was_refused_is_raised_together() -> None:
    fautes = Fautes()
    for champ in ("nom", "email"):
        with fautes.recueillir():
            raise SaisieInvalide({champ: ["Faux.", "Trop long."]})
    fautes.noter("email", "Déjà pris.")
    with pytest.raises(SaisieInvalide) as refus:
        fautes.lever()
    assert refus.value.champs == {"nom": ["Faux.", "Trop long."], "email": ["Déjà pris."]}


def test_nothing_wrong_raises_nothing() -> None:
    fautes = Fautes()
    with fautes.recueillir():
        lu = "Dupont"
    fautes.lever()
    assert lu == "Dupont" and fautes.champs == {}


def test_another_fault_is_not_one_of_the_form() -> None:
    with pytest.raises(ZeroDivisionError), Fautes().recueillir():
        1 / 0  # noqa: B018
