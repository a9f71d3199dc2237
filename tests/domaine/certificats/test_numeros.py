"""R11: numbers that cannot be guessed, and that a slip of the hand does not turn into another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certif.domaine.certificats.registre.numeros import (
    ALPHABET,
    LONGUEUR,
    NumeroMalSaisi,
    lire,
    nouveau,
    presenter,
)

numeros = st.builds(nouveau)
places = st.integers(0, LONGUEUR - 1)


def test_a_number_holds_enough_chance_and_no_ambiguous_character() -> None:
    assert len(ALPHABET) == len(set(ALPHABET)) == 32
    assert 5 * (LONGUEUR - 1) >= 64
    assert not set("0O1I") & set(ALPHABET)
    tirages = {nouveau() for _ in range(2000)}
    assert len(tirages) == 2000
    assert all(len(n) == LONGUEUR and set(n) <= set(ALPHABET) for n in tirages)
    for place in range(LONGUEUR):
        assert {n[place] for n in tirages} == set(ALPHABET)


def test_known_number() -> None:
    """The check is for ever: numbers already printed must go on being read."""
    assert lire("abcd efgh jklm npqh") == "ABCDEFGHJKLMNPQH"


@given(
    numeros,
    st.sampled_from([" ", "-", "\u00a0", "\u202f", "\u2011", " - ", "\t", "", ".", "_", " . "]),
    st.booleans(),
)
def test_read_as_people_type_it(numero: str, separateur: str, petit: bool) -> None:
    tape = f"  {presenter(numero).replace('-', separateur)}\n"
    assert lire(tape.lower() if petit else tape) == numero
    assert presenter(numero).count("-") == 3


@pytest.mark.parametrize(
    "modele",
    [
        "n° {}",
        "N°{}",
        "n\u00ba\u00a0{}",
        "No {}",
        "numéro : {}",
        "Certificat n° {}.",
        "Numéro du certificat : {}",
        "{}.",
        "https://certif.example/v/{}",
        "certif.example/v/{}/",
        "http://localhost:5000/verifier?numero={}&x=1",
        " https://certif.example/V/{}?utm=1#haut \n",
    ],
)
def test_read_as_people_paste_it(modele: str) -> None:
    for _ in range(50):
        numero = nouveau()
        assert lire(modele.format(presenter(numero))) == numero
        assert lire(modele.format(numero)) == numero


@pytest.mark.parametrize(
    ("tape", "lu"),
    [
        ("p6mq-abcd", "P6MQ-ABCD"),
        ("n° P6MQ ABCD EFGH JK0M", "P6MQ-ABCD-EFGH-JK0M"),
        ("https://certif.example/v/P6MQ-ABC", "P6MQ-ABC"),
        ("<script>alert(1)</script>", "<SCR-IPT>-ALER-T(1)-</SC-RIPT->"),
        ("abcd\x00efg\u202eh", "abcd-efgh"),
    ],
)
def test_a_refusal_shows_what_was_read(tape: str, lu: str) -> None:
    with pytest.raises(NumeroMalSaisi) as refus:
        lire(tape)
    assert refus.value.message.endswith(f"Nous avons lu\u00a0: {lu}")


def test_a_refusal_shows_little_of_what_is_long() -> None:
    with pytest.raises(NumeroMalSaisi) as refus:
        lire("A" * 100_000)
    assert len(refus.value.message) < 130


@given(numeros, places, st.sampled_from(ALPHABET))
def test_one_wrong_character_is_detected(numero: str, place: int, autre: str) -> None:
    faux = numero[:place] + autre + numero[place + 1 :]
    if faux != numero:
        with pytest.raises(NumeroMalSaisi):
            lire(faux)


@given(numeros, places, places)
def test_two_exchanged_characters_are_detected(numero: str, i: int, j: int) -> None:
    lettres = list(numero)
    lettres[i], lettres[j] = lettres[j], lettres[i]
    if (faux := "".join(lettres)) != numero:
        with pytest.raises(NumeroMalSaisi):
            lire(faux)


@given(numeros, places)
def test_a_missing_or_a_doubled_character_is_detected(numero: str, place: int) -> None:
    for faux in (numero[:place] + numero[place + 1 :], numero[:place] + numero[place] + numero[place:]):
        with pytest.raises(NumeroMalSaisi, match="Recopiez les 16 caractères"):
            lire(faux)


@pytest.mark.parametrize(
    "tape",
    [
        *("", " ", "-", "0" * 16, "O" * 16, "I" * 16, "1" * 16, "ſ" * 16, "２" * 16, "٣" * 16, "A" * 10_000),
        *("null", "SPECIMEN", "ABCD-EFGH-JKLM-NPQ'", "ABCDEFGHJKLMNPQ\x00", "../../etc/passwd"),
    ],
)
def test_anything_else_is_refused(tape: str) -> None:
    with pytest.raises(NumeroMalSaisi):
        lire(tape)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(tape: str) -> None:
    try:
        assert set(lire(tape)) <= set(ALPHABET)
    except NumeroMalSaisi as refus:
        assert refus.message.startswith("Recopiez les 16 caractères imprimés sur le certificat.")
