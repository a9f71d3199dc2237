"""One-time links: used once, in time, for what they were made for; their secret is in the mail alone."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from certif.domaine.acces import liens
from certif.domaine.acces.liens import DUREES, LienPerime
from certif.domaine.acces.modeles import LienCompte, SorteLien
from certif.domaine.courriers import actions
from certif.domaine.personnes.modeles import Individu
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import instant_reel
from tests.support.factories import une_personne

pytestmark = pytest.mark.usefixtures("contexte")
DEPART = "2026-06-10T10:00:00Z"


def un_lien(sorte: SorteLien = SorteLien.INVITATION, individu_id: int = 0) -> str:
    """The secret of a new link."""
    individu_id = individu_id or une_personne().id
    with transaction():
        lien = liens.creer(individu_id, sorte)
    return lien.partition("?cle=")[2]


def consommer(sorte: SorteLien, secret: str) -> None:
    with transaction():
        liens.consommer(sorte, secret)


def test_the_secret_is_not_in_the_database() -> None:
    secret = un_lien()
    ligne = db.session.execute(select(LienCompte.__table__)).one()
    assert len(secret) == 43 and secret not in str(ligne)
    individu_id = une_personne().id
    with transaction():
        adresse = liens.creer(individu_id, SorteLien.INVITATION, suivant="/formateur/sessions/12")
    assert adresse.startswith("http://localhost:5000/lien/invitation?cle=")
    assert adresse.endswith("&suivant=/formateur/sessions/12")


def test_reading_uses_nothing_and_using_is_once() -> None:
    secret = un_lien()
    for _ in range(3):
        assert liens.lire(SorteLien.INVITATION, secret).utilise_le is None
    consommer(SorteLien.INVITATION, secret)
    with pytest.raises(LienPerime):
        consommer(SorteLien.INVITATION, secret)
    with pytest.raises(LienPerime):
        liens.lire(SorteLien.INVITATION, secret)


def test_a_use_that_fails_can_be_tried_again() -> None:
    secret = un_lien()
    with pytest.raises(ZeroDivisionError), transaction():
        liens.consommer(SorteLien.INVITATION, secret)
        raise ZeroDivisionError
    consommer(SorteLien.INVITATION, secret)


@pytest.mark.parametrize("sorte", list(SorteLien))
def test_each_kind_has_its_time_and_serves_for_nothing_else(sorte: SorteLien) -> None:
    with time_machine.travel(DEPART, tick=False) as temps:
        secret = un_lien(sorte)
        for autre in set(SorteLien) - {sorte}:
            with pytest.raises(LienPerime):
                consommer(autre, secret)
        temps.shift(DUREES[sorte] - timedelta(seconds=1))
        assert liens.lire(sorte, secret)
        temps.shift(timedelta(seconds=1))
        with pytest.raises(LienPerime):
            consommer(sorte, secret)


def test_the_clock_of_the_demonstration_changes_nothing(horloge_a: object) -> None:
    secret = un_lien()
    horloge_a("2040-01-01T00:00:00+01:00")  # type: ignore[operator]
    assert liens.lire(SorteLien.INVITATION, secret)


@pytest.mark.parametrize("secret", ["", "x", "é" * 43, "a" * 43, "a" * 10_000, "\x00" * 43, "' OR 1=1 --"])
def test_no_other_text_opens_anything(secret: str) -> None:
    un_lien()
    with pytest.raises(LienPerime):
        consommer(SorteLien.INVITATION, secret)


def test_a_person_deactivated_since_is_let_in_by_no_link() -> None:
    personne = une_personne()
    secret = un_lien(individu_id=personne.id)
    with transaction():
        db.session.get_one(Individu, personne.id).actif = False
    with pytest.raises(LienPerime):
        consommer(SorteLien.INVITATION, secret)


def test_what_has_expired_is_forgotten() -> None:
    with time_machine.travel(DEPART, tick=False) as temps:
        un_lien(SorteLien.MOT_DE_PASSE)
        vivant = un_lien(SorteLien.INVITATION)
        temps.shift(timedelta(hours=1))
        liens.purger()
        assert db.session.scalar(select(func.count()).select_from(LienCompte)) == 1
        assert liens.lire(SorteLien.INVITATION, vivant).expire_le > instant_reel()


def test_a_mail_that_has_gone_keeps_no_secret() -> None:
    secret = un_lien()
    assert actions.masquer(f"Ouvrez http://x/lien/invitation?cle={secret}&suivant=/a\n") == (
        "Ouvrez http://x/lien/invitation?cle=…&suivant=/a\n"
    )
