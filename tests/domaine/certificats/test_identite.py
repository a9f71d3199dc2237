"""The keyed hash of an identity: same person, same hash; nothing without the key (R8, R15, R18)."""

import hmac
from collections.abc import Iterator
from datetime import date

import pytest

from certif.domaine import cle_v1
from certif.domaine.certificats.registre import empreintes
from certif.domaine.certificats.registre.empreintes import correspond, empreinte, empreintes_possibles

ANCIENNE, NOUVELLE = ("a", b"a" * 32), ("b", b"b" * 32)
NEE = date(1991, 2, 14)


@pytest.fixture(autouse=True)
def _cles() -> Iterator[None]:
    avant = empreintes._cles
    empreintes.regler((ANCIENNE,))
    yield
    empreintes.regler(avant)


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
    empreintes.regler((NOUVELLE, ANCIENNE))
    assert empreinte("Dupont", "Marie", NEE).cle_id == "b"
    possibles = empreintes_possibles("Dupont", "Marie", NEE)
    assert possibles[0] == empreinte("Dupont", "Marie", NEE)
    assert {(e.cle_id, e.version) for e in possibles} == {("b", 2), ("a", 2), ("b", 1), ("a", 1)}
    assert correspond(vieille.valeur, "dupont", "MARIE", NEE)
    empreintes.regler((NOUVELLE,))
    assert not correspond(vieille.valeur, "dupont", "MARIE", NEE)


def test_sans_empreinte_rien_ne_correspond() -> None:
    assert not correspond(None, "Dupont", "Marie", NEE)
    assert not correspond("", "Dupont", "Marie", NEE)


def test_sans_cle_on_refuse_de_travailler() -> None:
    empreintes.regler(())
    with pytest.raises(RuntimeError):
        empreinte("Dupont", "Marie", NEE)


@pytest.mark.parametrize(
    ("version", "valeur"),
    [
        (1, "cf1fd8234fd20487aecd23b705d85bf7172e32fac6585ad0c789cbba39dd2801"),
        (2, "12e24bda13eabbb3bd66ca1118c28ba14db50215ac82938f887e0f31c0677ad8"),
    ],
)
def test_ce_que_chaque_version_ecrit_ne_change_jamais(version: int, valeur: str) -> None:
    """Frozen: a change of normalisation would orphan the register; raise VERSION_NORMALISATION instead."""
    possibles = empreintes_possibles("Łukasik-Œuvre", "Thị Hồng", NEE)
    assert next(e.valeur for e in possibles if e.version == version) == valeur
    assert empreintes.VERSION_NORMALISATION == 2


def ecrite_en_version_1(nom: str, prenom: str) -> str:
    """What a register of before holds: the hash of that very spelling."""
    message = f"1|{cle_v1.cle(nom)}|{cle_v1.cle(prenom)}|{NEE.isoformat()}"
    return hmac.digest(ANCIENNE[1], message.encode(), "sha256").hex()


@pytest.mark.parametrize(
    ("delivre_a", "tape"),
    [
        (("Đorđević", "Ana"), ("Ðorđević", "Ana")),
        (("Ðorđević", "Ana"), ("Đorđević", "ANA")),
        (("ÐORÐEVIĆ", "Ana"), ("Đorđević", "Ana")),
        (("СОРА", "Ana"), ("Copa", "Ana")),
        (("Copa", "Hacer"), ("СОРА", "НАСЕR")),
        (("СOPA", "Ana"), ("COPA", "Ana")),
        (("COPA", "Ana"), ("CОPА", "Ana")),
        (("ĸarl", "Ana"), ("ĸarl", "Ana")),
        (("Ӕlia", "Ana"), ("Aelia", "Ana")),
        (("Raﬁk", "Ana"), ("Rafik", "Ana")),
    ],
)
def test_le_titulaire_d_avant_est_reconnu_comme_il_se_lit(
    delivre_a: tuple[str, str], tape: tuple[str, str]
) -> None:
    attendue = ecrite_en_version_1(*delivre_a)
    assert correspond(attendue, *delivre_a, NEE)
    assert correspond(attendue, *tape, NEE)
    assert not correspond(attendue, "Martin", "Ana", NEE)


def test_le_travail_ne_depend_pas_de_ce_que_contient_le_registre(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many hashes and comparisons for an unknown number, an old line and a new one."""
    empreintes.regler((NOUVELLE, ANCIENNE))
    compares: list[str] = []
    vraie = hmac.compare_digest
    monkeypatch.setattr(hmac, "compare_digest", lambda a, b: compares.append(a) or vraie(a, b))
    travaux = []
    for attendue in (None, ecrite_en_version_1("Copa", "Ana"), empreinte("Copa", "Ana", NEE).valeur, "x"):
        compares.clear()
        correspond(attendue, "Copa", "Ana", NEE)
        travaux.append(list(compares))
    assert travaux[0] == travaux[1] == travaux[2] == travaux[3]
    assert len(travaux[0]) <= 2 * 65
