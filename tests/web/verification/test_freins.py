"""R15: guesses leak nothing and are slowed down, whoever makes them and wherever they say they come from."""

import signal
import time
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient

from certif import create_app
from certif.domaine.certificats.registre.verification import IDENTITES_FAUSSES_PAR_JOUR
from certif.socle.base.extensions import limiter
from certif.socle.chiffrement import empreinte_secrete
from certif.web.limites import client as cle_du_client
from tests.support.sampling import ampleur
from tests.support.servers import ServeurValkey
from tests.web import arbre
from tests.web.distribution import Navigateur
from tests.web.lecture import Page
from tests.web.verification.conftest import IDENTITE, Delivre

MAXIMUM = 30
DEPART = "2026-11-24T12:00:00+00:00"


def statuts(client: FlaskClient, fois: int, **options: Any) -> Counter[int]:
    return Counter(client.get("/verifier", **options).status_code for _ in range(fois))


class TestTrenteParMinute:
    def test_the_thirty_first_waits_and_is_told_so(self, anonyme: Navigateur) -> None:
        assert statuts(anonyme.client, MAXIMUM) == {200: MAXIMUM}
        reponse = anonyme.get("/verifier")
        assert reponse.status_code == 429 and reponse.headers["Retry-After"] == "60"
        arbre.verifier(reponse.text, "429")
        assert "Attendez une minute" in Page(reponse).texte

    def test_every_page_of_verification_counts_and_no_other(
        self, delivre: Delivre, anonyme: Navigateur
    ) -> None:
        for rang in range(MAXIMUM):
            adresse = (delivre.adresse, "/verifier", "/v/x", "/verifier?numero=x")[rang % 4]
            anonyme.client.open(adresse, method=("GET", "HEAD", "POST")[rang % 3])
        assert anonyme.client.get(delivre.adresse).status_code == 429
        assert anonyme.client.post(delivre.adresse, data={}).status_code == 429
        assert anonyme.client.post("/verifier", data={}).status_code == 429
        assert anonyme.client.get("/connexion").status_code == 200

    def test_the_window_moves(self, anonyme: Navigateur) -> None:
        with time_machine.travel(DEPART, tick=False) as temps:
            assert statuts(anonyme.client, 20) == {200: 20}
            temps.shift(59)
            assert statuts(anonyme.client, 11) == {200: 10, 429: 1}
            temps.shift(2)
            assert statuts(anonyme.client, 21) == {200: 20, 429: 1}

    def test_processes_count_together(
        self, valkey: ServeurValkey, anonyme: Navigateur, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """In Redis, under a key that names nobody."""
        # Another test may have left it without its server: it then waits before trying again.
        monkeypatch.setattr(limiter, "_storage_dead", False)
        assert statuts(anonyme.client, MAXIMUM + 1) == {200: MAXIMUM, 429: 1}
        cles = [str(nom) for nom in valkey.client.keys("*")]
        with anonyme.client.application.test_request_context(environ_base={"REMOTE_ADDR": "127.0.0.1"}):
            assert any(cle_du_client() in nom for nom in cles)
        assert not any("127.0.0.1" in nom for nom in cles)

    @pytest.mark.lent
    def test_a_server_that_fell_silent_costs_seconds_at_most(
        self, valkey: ServeurValkey, anonyme: Navigateur, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """As one whose network is cut: each process then counts for itself."""
        monkeypatch.setattr(limiter, "_storage_dead", False)
        valkey.envoyer(signal.SIGSTOP)
        try:
            debut = time.monotonic()
            assert statuts(anonyme.client, MAXIMUM + 1) == {200: MAXIMUM, 429: 1}
            assert time.monotonic() - debut < 10
        finally:
            valkey.envoyer(signal.SIGCONT)

    def test_another_cookie_or_a_forged_address_is_the_same_client(self, anonyme: Navigateur) -> None:
        statuts(anonyme.client, MAXIMUM)
        for rang in range(5):
            autre = anonyme.client.application.test_client()
            entetes = dict.fromkeys(("X-Forwarded-For", "X-Real-IP", "Forwarded"), f"203.0.113.{rang}")
            assert autre.get("/verifier", headers=entetes).status_code == 429

    def test_behind_a_proxy_only_what_it_saw_counts(self, delivre: Delivre) -> None:
        config = replace(delivre.scene.app.config["CERTIF"], proxys=1)
        client = create_app(config).test_client()
        for rang in range(MAXIMUM):
            entetes = {"X-Forwarded-For": f"10.0.0.{rang}, 198.51.100.7"}
            assert client.get("/verifier", headers=entetes).status_code == 200
        assert (
            client.get("/verifier", headers={"X-Forwarded-For": "9.9.9.9, 198.51.100.7"}).status_code == 429
        )
        assert (
            client.get("/verifier", headers={"X-Forwarded-For": "198.51.100.7, 9.9.9.9"}).status_code == 200
        )

    def test_a_network_of_one_host_is_one_client(self, anonyme: Navigateur) -> None:
        for rang in range(MAXIMUM):
            assert statuts(anonyme.client, 1, environ_base={"REMOTE_ADDR": f"2001:db8::{rang:x}"}) == {200: 1}
        assert statuts(anonyme.client, 1, environ_base={"REMOTE_ADDR": "2001:db8::ffff"}) == {429: 1}
        assert statuts(anonyme.client, 1, environ_base={"REMOTE_ADDR": "2001:db8:1::1"}) == {200: 1}


@pytest.mark.charge
@pytest.mark.lent
def test_ten_thousand_guesses_from_one_address(delivre: Delivre, anonyme: Navigateur) -> None:
    """Thirty get an answer, of which twenty say "no"; the right one, tried last, gets no more."""
    essais = ampleur(300, 10_000)
    champs = {**IDENTITE, "csrf_token": anonyme.jeton}
    with time_machine.travel(DEPART, tick=False) as temps:
        anonyme.jeton = champs["csrf_token"] = jeton(anonyme)
        temps.shift(61)
        reponses = Counter(
            reponse_a(anonyme.client, delivre.adresse, {**champs, "prenom": prenom(rang)})
            for rang in range(essais)
        )
        assert reponses == {"non": IDENTITES_FAUSSES_PAR_JOUR, "pause": 10, "429": essais - 30}
        temps.shift(61)
        assert reponse_a(anonyme.client, delivre.adresse, champs) == "pause"


def test_ten_thousand_guesses_from_ten_thousand_addresses(delivre: Delivre, anonyme: Navigateur) -> None:
    """Whoever has many addresses gets twenty answers a day about a number; a sample is enough to see it."""
    champs = {**IDENTITE, "csrf_token": anonyme.jeton}
    pages = []
    for rang in range(60):
        origine = {"REMOTE_ADDR": f"10.1.{rang}.1"}
        envoye = {**champs, "prenom": "Marie" if rang == 40 else prenom(rang)}
        reponse = anonyme.client.post(delivre.adresse, data=envoye, environ_base=origine)
        pages.append(reponse.text.replace(envoye["prenom"], "…").replace(jeton_de(reponse.text), "…"))
    assert len(set(pages[:20])) == 1 and len(set(pages[20:])) == 1
    assert "ne correspond pas" in pages[0] and "reprendra demain" in pages[20]


@pytest.mark.parametrize("numero", ["2222222222222222", ""])
def test_a_guess_of_a_number_says_only_whether_it_exists(
    delivre: Delivre, anonyme: Navigateur, numero: str
) -> None:
    """With any identity, the answer about a number that does not exist is the same."""
    adresse = f"/v/{numero or delivre.numero}"
    pages = set()
    for qui in ("Marie", "Paule"):
        page = anonyme.post(adresse, {**IDENTITE, "prenom": qui}).text
        pages.add(page.replace(qui, "…").replace(jeton_de(page), "…"))
    assert len(pages) == (1 if numero else 2)


def test_the_key_of_a_client_cannot_be_turned_back(delivre: Delivre) -> None:
    with delivre.scene.app.test_request_context(environ_base={"REMOTE_ADDR": "192.0.2.1"}):
        assert cle_du_client() == empreinte_secrete("client", "192.0.2.1")


def reponse_a(client: FlaskClient, adresse: str, champs: dict[str, str]) -> str:
    reponse = client.post(adresse, data=champs)
    if reponse.status_code != 200:
        return str(reponse.status_code)
    if "reprendra demain" in reponse.text:
        return "pause"
    return "non" if "ne correspond pas" in reponse.text else "oui"


def prenom(rang: int) -> str:
    """A different one each time, in letters."""
    return "Zoe" + "".join(chr(ord("a") + rang // 26**n % 26) for n in range(3))


def jeton(navigateur: Navigateur) -> str:
    return jeton_de(navigateur.get("/verifier").text)


def jeton_de(page: str) -> str:
    """The token of a page's form; a text that stands nowhere when it has none."""
    trouves = arbre.lire(page).xpath("//input[@name='csrf_token']/@value")
    return str(trouves[0]) if trouves else "\0"
