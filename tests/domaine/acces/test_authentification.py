"""Throttles, enumeration, and the life of a login. Real time is what counts here."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from certif.domaine.acces import authentification, formulaires_gardes, hachage
from certif.domaine.acces.authentification import Ouverture, connecter
from certif.domaine.acces.espaces import personne_connectee
from certif.domaine.acces.modeles import Connexion, SaisieConservee, TentativeConnexion
from certif.domaine.erreurs import Refus, TropDeTentatives
from certif.domaine.libelles.acces.compte import IDENTIFIANTS_INCORRECTS
from certif.domaine.personnes.modeles import Individu
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import instant_reel

SECRET = "un mot de passe d'essai"
DEPART = "2026-06-10T10:00:00Z"


@pytest.fixture
def verifications(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """Count the digests computed, and compute them fast."""
    faites: list[str | None] = []

    def verifier(hache: str | None, mot_de_passe: str) -> bool:
        faites.append(hache)
        return hache is not None and mot_de_passe == SECRET

    monkeypatch.setattr(hachage, "verifier", verifier)
    return faites


@pytest.fixture
def temps() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(DEPART, tick=False) as voyage:
        yield voyage


@pytest.fixture
def individu(contexte: Flask, verifications: list[str | None], temps: object) -> Individu:
    moi = Individu(
        numero="JKA37899",
        nom="Paris",
        cle_nom="paris",
        email="k@guy.example",
        mot_de_passe="haché",
        timbre="t0",
    )
    db.session.add(moi)
    db.session.commit()
    return moi


def essayer(
    identifiant: str = "k@guy.example", secret: str = SECRET, adresse: str = "", navigateur: str = "neuf"
) -> Ouverture:
    ouverte = connecter(identifiant, secret, adresse=adresse, navigateur=navigateur)
    assert isinstance(ouverte, Ouverture)
    return ouverte


def rater(
    nombre: int, identifiant: str = "k@guy.example", adresse: str = "", navigateur: str = "neuf"
) -> None:
    for _ in range(nombre):
        with pytest.raises(Refus, match=r"incorrect"):
            essayer(identifiant, "faux", adresse, navigateur)


@pytest.mark.usefixtures("individu")
class TestIdentifiant:
    @pytest.mark.parametrize("identifiant", ["k@guy.example", " K@GUY.Example ", "JKA37899", " jka37899 "])
    def test_two_names_for_one_account(self, identifiant: str) -> None:
        assert essayer(identifiant).timbre == "t0"

    @pytest.mark.parametrize(
        "identifiant",
        [
            "",
            " ",
            "JK37899",
            "JKA3789٣",
            "k@guy.example\0",
            "k@guy.example\r\nBcc: x@y.fr",
            "' OR 1=1 --",
            "x" * 10_000,
            "\ud800",
        ],
    )
    def test_hostile_identifiers_name_nobody(self, identifiant: str, verifications: list[str | None]) -> None:
        with pytest.raises(Refus, match=IDENTIFIANTS_INCORRECTS):
            essayer(identifiant)
        assert verifications == [None]


class TestEnumeration:
    def test_same_words_and_same_work_whether_the_account_exists(
        self, individu: Individu, verifications: list[str | None]
    ) -> None:
        rater(1)
        rater(1, "personne@nulle.part")
        assert verifications == ["haché", None]
        individu.actif = False
        db.session.commit()
        with pytest.raises(Refus, match=IDENTIFIANTS_INCORRECTS):
            essayer()
        assert len(verifications) == 3

    def test_the_throttle_says_the_same_of_an_unknown_account(self, individu: Individu) -> None:
        messages = []
        for identifiant in ("k@guy.example", "personne@nulle.part"):
            rater(10, identifiant)
            with pytest.raises(TropDeTentatives) as refus:
                essayer(identifiant)
            messages.append(refus.value.message)
        assert messages == ["Trop d’essais de connexion. Réessayez dans 15 minutes."] * 2

    def test_the_table_holds_no_identifier(self, individu: Individu) -> None:
        rater(1, "un-mot-de-passe-tape-au-mauvais-endroit")
        assert all(
            len(t.compte) == 64 and "mot" not in t.compte
            for t in db.session.scalars(select(TentativeConnexion))
        )


@pytest.mark.usefixtures("individu")
class TestFrein:
    def test_the_eleventh_try_is_refused_even_with_the_right_password(self) -> None:
        rater(10)
        with pytest.raises(TropDeTentatives):
            essayer()

    def test_a_known_browser_is_not_locked_out_by_others_and_has_its_own_count(self) -> None:
        essayer(navigateur="le mien")
        rater(10, navigateur="le sien")
        with pytest.raises(TropDeTentatives):
            essayer(navigateur="le sien")
        essayer(navigateur="le mien")
        rater(10, navigateur="le mien")
        with pytest.raises(TropDeTentatives):
            essayer(navigateur="le mien")

    def test_refused_for_fifteen_minutes_after_the_tenth_failure_then_open(
        self, temps: time_machine.Traveller
    ) -> None:
        for _ in range(10):
            temps.shift(timedelta(seconds=89))
            rater(1)
        temps.shift(timedelta(minutes=15) - timedelta(seconds=1))
        with pytest.raises(TropDeTentatives, match=r"dans 1 minute\."):
            essayer()
        temps.shift(timedelta(seconds=1))
        assert essayer()

    def test_ten_failures_spread_over_more_than_fifteen_minutes_lock_nothing(
        self, temps: time_machine.Traveller
    ) -> None:
        for _ in range(10):
            temps.shift(timedelta(seconds=101))
            rater(1)
        assert essayer()

    def test_a_success_forgives_the_account(self) -> None:
        rater(9)
        essayer()
        rater(9)
        assert essayer()

    def test_a_refused_try_does_not_prolong_the_refusal(self, temps: time_machine.Traveller) -> None:
        rater(10)
        for _ in range(20):
            with pytest.raises(TropDeTentatives):
                essayer(secret="faux")
        temps.shift(timedelta(minutes=15))
        assert essayer()

    def test_fifty_failures_from_one_address_close_it_whatever_the_accounts(self) -> None:
        for n in range(50):
            rater(1, f"n{n}@x.example", adresse="192.0.2.1")
        with pytest.raises(TropDeTentatives):
            essayer("encore@x.example", adresse="192.0.2.1")
        assert essayer(adresse="192.0.2.2")

    def test_a_known_browser_is_not_closed_with_its_address(self) -> None:
        essayer(adresse="192.0.2.1", navigateur="le mien")
        for n in range(50):
            rater(1, f"n{n}@x.example", adresse="192.0.2.1")
        assert essayer(adresse="192.0.2.1", navigateur="le mien")

    def test_an_ipv6_host_does_not_have_two_to_the_sixty_four_addresses(self) -> None:
        for n in range(50):
            rater(1, f"n{n}@x.example", adresse=f"2001:db8::{n:x}")
        with pytest.raises(TropDeTentatives):
            essayer("encore@x.example", adresse="2001:db8::ffff")

    def test_ipv4_addresses_that_a_proxy_writes_as_ipv6_are_not_held_back_as_one_network(self) -> None:
        for n in range(50):
            rater(1, f"n{n}@x.example", adresse=f"::ffff:192.0.2.{n}")
        rater(1, "encore@x.example", adresse="::ffff:192.0.2.200")


class TestConnexion:
    def test_closing_one_login_leaves_the_others(self, individu: Individu) -> None:
        une, autre = essayer(), essayer()
        authentification.deconnecter(une.connexion_id)
        assert personne_connectee(une.connexion_id, une.timbre) is None
        assert personne_connectee(autre.connexion_id, autre.timbre)

    def test_a_new_stamp_ends_them_all(self, individu: Individu) -> None:
        ouvertes = [essayer(), essayer()]
        with transaction():
            authentification.fermer_toutes_les_connexions(db.session.get_one(Individu, individu.id))
        assert not [o for o in ouvertes if personne_connectee(o.connexion_id, o.timbre)]
        assert not db.session.scalars(select(Connexion).where(Connexion.fermee_le.is_(None))).all()

    def test_a_login_lasts_seven_days_at_most(
        self, individu: Individu, temps: time_machine.Traveller
    ) -> None:
        ouverte = essayer()
        temps.shift(timedelta(days=7) - timedelta(seconds=1))
        assert personne_connectee(ouverte.connexion_id, ouverte.timbre)
        temps.shift(timedelta(seconds=1))
        assert personne_connectee(ouverte.connexion_id, ouverte.timbre) is None

    def test_another_stamp_or_a_forged_number_opens_nothing(self, individu: Individu) -> None:
        ouverte = essayer()
        assert personne_connectee(ouverte.connexion_id, "é") is None
        assert personne_connectee("0" * 32, ouverte.timbre) is None

    def test_the_end_date_is_the_last_day_on_the_business_clock(
        self, individu: Individu, horloge_a: Callable[[str], None]
    ) -> None:
        ouverte = essayer()
        individu.fin_le = date(2026, 6, 10)
        db.session.commit()
        horloge_a("2026-06-10T23:59:00+02:00")
        assert personne_connectee(ouverte.connexion_id, ouverte.timbre)
        horloge_a("2026-06-11T00:00:00+02:00")
        assert personne_connectee(ouverte.connexion_id, ouverte.timbre) is None
        with pytest.raises(Refus, match=IDENTIFIANTS_INCORRECTS):
            essayer()


class TestPurge:
    def test_each_table_keeps_its_own_time(self, individu: Individu, temps: time_machine.Traveller) -> None:
        essayer()
        db.session.add(
            SaisieConservee(
                id="s",
                individu_id=individu.id,
                adresse="/",
                contenu=b"",
                cree_le=instant_reel(),
            )
        )
        db.session.commit()
        for avance, restent in (
            (timedelta(minutes=14), [1, 1, 1]),
            (timedelta(minutes=2), [1, 1, 0]),
            (timedelta(days=1), [1, 0, 0]),
            (timedelta(days=399), [0, 0, 0]),
        ):
            temps.shift(avance)
            authentification.oublier_les_essais()
            authentification.oublier_les_navigateurs()
            formulaires_gardes.oublier_les_anciennes()
            assert [
                len(db.session.scalars(select(m)).all())
                for m in (Connexion, TentativeConnexion, SaisieConservee)
            ] == restent


def test_an_attempt_counts_before_its_password_is_looked_at(
    individu: Individu, monkeypatch: pytest.MonkeyPatch
) -> None:
    comptees: list[int] = []

    def verifier(_hache: str | None, _mot_de_passe: str) -> bool:
        comptees.append(len(db.session.scalars(select(TentativeConnexion)).all()))
        return False

    monkeypatch.setattr(hachage, "verifier", verifier)
    for _ in range(2):
        with pytest.raises(Refus):
            essayer()
    assert comptees == [1, 2]


def test_both_databases_count_refuse_and_open(chaque_base: str, individu: Individu) -> None:
    assert db.engine.dialect.name == chaque_base
    rater(1, "a\0b")
    rater(1, adresse="2001:db8::1")
    ouverte = essayer()
    assert personne_connectee(ouverte.connexion_id, ouverte.timbre)
    rater(10)
    with pytest.raises(TropDeTentatives):
        essayer()
    authentification.oublier_les_essais()
    authentification.oublier_les_navigateurs()
