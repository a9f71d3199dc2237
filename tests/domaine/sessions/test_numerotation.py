"""R11: a restored backup never issues a number again."""

import secrets

import pytest

from certif.domaine.sessions.actions.saisie import creer
from certif.domaine.sessions.numerotation import SAUT, sauter_des_numeros
from tests.support.factories import un_organisme

pytestmark = pytest.mark.usefixtures("chaque_base", "contexte")


def test_the_next_number_is_beyond_what_was_issued_since_the_backup() -> None:
    acteur = un_organisme().gestionnaire
    avant = creer(acteur, secrets.token_urlsafe())
    dernier = sauter_des_numeros()
    assert dernier >= avant + SAUT
    assert creer(acteur, secrets.token_urlsafe()) > dernier


def test_a_backup_without_any_session_jumps_too() -> None:
    sauter_des_numeros()
    assert creer(un_organisme().gestionnaire, secrets.token_urlsafe()) > SAUT
