"""E-mail addresses: one spelling for each, and nothing that a header could be made of."""

import pytest

from certif.domaine.erreurs import SaisieInvalide
from certif.domaine.libelles import personnes as textes
from certif.domaine.personnes.adresses_email import pour_envoi, verifier_email


@pytest.mark.parametrize(
    ("saisie", "gardee"),
    [
        ("romain@marose.example", "romain@marose.example"),
        ("  Romain.Petit@MAROSE.Example ", "romain.petit@marose.example"),
        ("romain+certif@marose.fr", "romain+certif@marose.fr"),
        ("romain@xn--form-epa.fr", "romain@formé.fr"),
        ("romain@forme\u0301.fr", "romain@formé.fr"),
        (f"{'a' * 64}@{'b' * 60}.fr", f"{'a' * 64}@{'b' * 60}.fr"),
    ],
)
def test_one_spelling_is_kept(saisie: str, gardee: str) -> None:
    assert verifier_email(saisie) == gardee
    assert verifier_email(gardee) == gardee


@pytest.mark.parametrize(
    ("saisie", "message"),
    [
        ("", textes.EMAIL_VIDE),
        (" \u00a0", textes.EMAIL_VIDE),
        ("a@b", textes.email_incomplet("b")),
        ("admin@organisme.test", textes.email_sans_destination("organisme.test")),
        ("admin@serveur.LOCAL", textes.email_sans_destination("serveur.LOCAL")),
        ("admin@localhost", textes.email_sans_destination("localhost")),
        ("a@b.fr,", textes.EMAIL_FORMAT),
        ("Romain <romain@marose.fr>", textes.EMAIL_FORMAT),
        ("romain@marose.fr, karine@guy.fr", textes.EMAIL_FORMAT),
        ("romain@marose.fr;karine@guy.fr", textes.EMAIL_FORMAT),
        ("romain@marose.fr karine@guy.fr", textes.EMAIL_FORMAT),
        ("romain@marose.fr\r\nBcc: karine@guy.fr", textes.EMAIL_FORMAT),
        ("romain@marose.fr\n", textes.EMAIL_FORMAT),
        ("romain\x00@marose.fr", textes.EMAIL_FORMAT),
        ("romain\u202e@marose.fr", textes.EMAIL_FORMAT),
        ('"romain petit"@marose.fr', textes.EMAIL_FORMAT),
        ("romain@[127.0.0.1]", textes.EMAIL_FORMAT),
        ("romain@straße.fr", textes.EMAIL_FORMAT),
        ("hélène@marose.fr", textes.EMAIL_ACCENTS),
        (f"{'a' * 64}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 10}.fr", textes.EMAIL_TROP_LONG),
        ("a" * 10_000, textes.EMAIL_TROP_LONG),
    ],
)
def test_nothing_else_than_one_address(saisie: str, message: str) -> None:
    with pytest.raises(SaisieInvalide) as refus:
        verifier_email(saisie, "courriel")
    assert refus.value.champs == {"courriel": [message]}


def test_a_mail_server_is_given_ascii() -> None:
    assert pour_envoi("romain@formé.fr") == "romain@xn--form-epa.fr"
    assert pour_envoi("romain@marose.example") == "romain@marose.example"
    assert pour_envoi("not an address") == "not an address"
