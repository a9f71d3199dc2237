"""A calendar file: read by a parser that is not ours, whatever it says, and the same each time."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from certif.documents.calendrier import LIGNE_MAX, Jour, rendre_calendrier

FIN = Jour(
    cle="session-125-20280610@certif.example",
    jour=date(2028, 6, 10),
    titre="Fin de validité : SST-1",
    texte="Dernier jour de validité de 12 certificats ; MAROSE, FORMATION.\nÀ renouveler\\revoir.",
    ecrit_le=date(2026, 6, 10),
)


def lus(octets: bytes) -> list[tuple[str, date, str, str]]:
    """UID, day, title and text of each event, as a calendar reads them."""
    calendrier = Calendar.from_ical(octets)
    assert (calendrier["VERSION"], calendrier["CALSCALE"]) == ("2.0", "GREGORIAN")
    return [
        (str(e["UID"]), e.decoded("DTSTART"), str(e["SUMMARY"]), str(e["DESCRIPTION"]))
        for e in calendrier.walk("VEVENT")
    ]


def test_a_whole_day_with_two_reminders() -> None:
    octets = rendre_calendrier([FIN])
    assert lus(octets) == [(FIN.cle, FIN.jour, FIN.titre, FIN.texte)]
    (evenement,) = Calendar.from_ical(octets).walk("VEVENT")
    assert evenement.decoded("DTEND") == FIN.jour + timedelta(days=1)
    assert [a.decoded("TRIGGER").days for a in evenement.walk("VALARM")] == [-90, -30]
    assert evenement["TRANSP"] == "TRANSPARENT" and not evenement.errors


def test_the_same_bytes_each_time() -> None:
    assert rendre_calendrier([FIN]) == rendre_calendrier([FIN])


def test_no_day_is_an_empty_calendar() -> None:
    assert lus(rendre_calendrier([])) == []


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.just("\n"), max_size=300))
def test_whatever_it_says_is_one_text_in_short_lines(texte: str) -> None:
    octets = rendre_calendrier([Jour("cle@x", FIN.jour, texte.replace("\n", " "), texte, FIN.ecrit_le)])
    assert max(map(len, octets.split(b"\r\n"))) <= LIGNE_MAX
    ((cle, jour, _, lu),) = lus(octets)
    assert (cle, jour, lu) == ("cle@x", FIN.jour, texte)


@pytest.mark.parametrize("texte", ["a\r\nATTENDEE:mailto:x@y", "a\rBEGIN:VALARM", "\x00\x0b\x1f", "é" * 200])
def test_nothing_in_a_text_begins_a_property(texte: str) -> None:
    octets = rendre_calendrier([Jour("cle@x", FIN.jour, texte, texte, FIN.ecrit_le)])
    (evenement,) = Calendar.from_ical(octets).walk("VEVENT")
    assert "ATTENDEE" not in evenement and len(evenement.walk("VALARM")) == 2
    assert not evenement.errors
