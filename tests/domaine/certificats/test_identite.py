"""The keyed hash of an identity: same person, same hash; nothing without the key (R8, R15, R18)."""

from collections.abc import Iterator
from datetime import date

import pytest

from certif.domaine.certificats import identite
from certif.domaine.certificats.identite import correspond, empreinte, empreintes_possibles

ANCIENNE, NOUVELLE = ("a", b"a" * 32), ("b", b"b" * 32)
NEE = date(1991, 2, 14)


@pytest.fixture(autouse=True)
def _cles() -> Iterator[None]:
    avant = identite._cles
    identite.regler((ANCIENNE,))
    yield
    identite.regler(avant)


def test_les_graphies_d_un_nom_donnent_la_meme_empreinte() -> None:
    assert empreinte("DUPONT-DURAND", "Éloïse", NEE) == empreinte("Dupont Durand", "ELOISE", NEE)


@pytest.mark.parametrize(
    "autre", [("Dupond", "Marie", NEE), ("Dupont", "Maria", NEE), ("Dupont", "Marie", date(1991, 2, 15))]
)
def test_une_autre_personne_en_donne_une_autre(autre: tuple[str, str, date]) -> None:
    assert empreinte("Dupont", "Marie", NEE).valeur != empreinte(*autre).valeur


def test_le_nom_et_le_prenom_ne_se_confondent_pas() -> None:
    assert empreinte("Martin", "Paul", NEE).valeur != empreinte("MartinPaul", "", NEE).valeur
    assert empreinte("Martin", "Paul", NEE).valeur != empreinte("Paul", "Martin", NEE).valeur


def test_la_premiere_cle_ecrit_toutes_verifient() -> None:
    vieille = empreinte("Dupont", "Marie", NEE)
    identite.regler((NOUVELLE, ANCIENNE))
    assert empreinte("Dupont", "Marie", NEE).cle_id == "b"
    assert [e.cle_id for e in empreintes_possibles("Dupont", "Marie", NEE)] == ["b", "a"]
    assert correspond(vieille.valeur, "dupont", "MARIE", NEE)
    identite.regler((NOUVELLE,))
    assert not correspond(vieille.valeur, "dupont", "MARIE", NEE)


def test_sans_empreinte_rien_ne_correspond() -> None:
    assert not correspond(None, "Dupont", "Marie", NEE)
    assert not correspond("", "Dupont", "Marie", NEE)


def test_sans_cle_on_refuse_de_travailler() -> None:
    identite.regler(())
    with pytest.raises(RuntimeError):
        empreinte("Dupont", "Marie", NEE)


def test_l_empreinte_ecrite_ne_change_pas_d_une_version_a_l_autre() -> None:
    """Frozen: a change of normalisation would orphan the register; raise VERSION_NORMALISATION instead."""
    assert empreinte("Łukasik-Œuvre", "Thị Hồng", NEE).valeur == (
        "cf1fd8234fd20487aecd23b705d85bf7172e32fac6585ad0c789cbba39dd2801"
    )
