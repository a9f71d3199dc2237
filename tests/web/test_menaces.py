"""Headers and protocol against the pages of a session: nobody comes in, nothing breaks, nothing is written.

Redirections, cookies and the login's throttle are in `test_connexion`, roles and methods in `test_acces`.
"""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import select

from certif import create_app
from certif.config import Config
from certif.domaine.acces.modeles import TentativeConnexion
from certif.domaine.certificats.modeles import CertificatEmis
from certif.domaine.personnes.modeles import Role
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.exigences import Mode
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.web.corps import CHAMPS_MAX
from tests.support.invariants import empreinte_de_la_base
from tests.web.distribution import MOT_DE_PASSE, Navigateur
from tests.web.lecture import Page
from tests.web.scene import Scene

URLENCODE = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=limite"


@pytest.fixture
def brouillon(scene: Scene) -> int:
    return scene.session(Etat.SAISIE, reussites=1)


@pytest.fixture
def etranger(scene: Scene) -> Navigateur:
    return scene.navigateur(scene.troupe.etranger)


@pytest.fixture
def intacte(scene: Scene, gestionnaire: Navigateur, etranger: Navigateur, brouillon: int) -> Iterator[None]:
    """The database is the same at the end of the test."""
    avant = scene.dans(empreinte_de_la_base)
    yield
    assert scene.dans(empreinte_de_la_base) == avant


@pytest.mark.parametrize(
    "referent", ["http://[", "http://[::1", "//evil.example/x", "http://localhost//evil"]
)
def test_a_referer_that_is_no_address_leads_home(
    scene: Scene, gestionnaire: Navigateur, brouillon: int, referent: str
) -> None:
    adresse = scene.adresse(f"/sessions/{brouillon}/supprimer")
    refuse = gestionnaire.client.post(adresse, data={}, headers={"Referer": referent})
    anonyme = scene.app.test_client().post(adresse, data={}, headers={"Referer": referent})
    assert (refuse.status_code, anonyme.status_code) == (400, 303)
    assert "evil" not in refuse.text + str(anonyme.location)


@pytest.mark.parametrize("hote", ["x" * 5000, "evil.example", "evil.example:1", "[", "", "é"])
def test_a_forged_host_breaks_nothing_and_stands_in_no_answer(config: Config, hote: str) -> None:
    """In production only the configured name is answered; the demonstration is this machine's alone."""
    modes: dict[Mode, set[int]] = {"demonstration": {200, 303, 400, 404}, "production": {400}}
    for mode, admis in modes.items():
        client = create_app(replace(config, mode=mode, url="https://certif.example")).test_client()
        for adresse in ("/connexion", "/entite/1/", "/nulle-part"):
            reponse = client.get(adresse, headers={"Host": hote})
            assert reponse.status_code in admis
            assert "evil.example" not in reponse.text + str(reponse.location)
            assert reponse.headers["Content-Security-Policy"]


def test_the_client_is_the_address_that_the_last_trusted_proxy_saw(config: Config, scene: Scene) -> None:
    """Whatever stands before it in X-Forwarded-For was written by the client."""
    for proxys, vue in ((0, "127.0.0.1"), (1, "198.51.100.7"), (2, "203.0.113.9")):
        navigateur = Navigateur(create_app(replace(config, proxys=proxys)).test_client())
        navigateur.rafraichir()
        navigateur.post(
            "/connexion",
            {"identifiant": f"x{proxys}", "mot_de_passe": MOT_DE_PASSE},
            headers={"X-Forwarded-For": "1.1.1.1, 203.0.113.9, 198.51.100.7", "X-Real-IP": "2.2.2.2"},
        )
        derniere = select(TentativeConnexion.adresse).order_by(TentativeConnexion.id.desc())
        assert scene.dans(lambda r=derniere: db.session.scalars(r).first()) == vue  # type: ignore[misc]


@pytest.mark.parametrize("proxys", [0, 1, 2])
def test_the_host_is_never_what_a_forwarded_header_says(config: Config, proxys: int) -> None:
    client = create_app(replace(config, proxys=proxys)).test_client()
    entetes = {"X-Forwarded-Host": "evil.example, evil.example", "X-Forwarded-Port": "81"}
    reponse = client.get("/entite/1/", headers=entetes)
    assert reponse.status_code in (302, 303) and "evil" not in reponse.location
    assert "evil.example" not in client.get("/connexion", headers=entetes).text


@pytest.mark.parametrize(
    "suivant", ["//evil.example", "/\\evil.example", "/%0d%0aX:y", "https://evil.example"]
)
def test_logging_in_leads_nowhere_else(scene: Scene, suivant: str) -> None:
    navigateur = scene.navigateur(scene.troupe.gestionnaire)
    page = scene.app.test_client().get("/connexion", query_string={"suivant": suivant})
    assert "evil" not in page.text and 'name="suivant"' not in page.text
    email = scene.dans(lambda: db.session.get_one(SessionCertification, scene.session()).declarant.email)
    for entetes in ({}, {"HX-Request": "true"}):
        champs = {"identifiant": email, "mot_de_passe": MOT_DE_PASSE, "suivant": suivant}
        reponse = navigateur.post("/connexion", champs, headers=entetes)
        assert (reponse.location or reponse.headers.get("HX-Redirect")) == "/"
        navigateur.rafraichir()


@pytest.mark.usefixtures("intacte")
class TestRienNEstEcrit:
    def test_bodies_that_are_no_form(self, scene: Scene, gestionnaire: Navigateur, brouillon: int) -> None:
        entetes = {"X-CSRFToken": gestionnaire.jeton}
        for suite in ("session", "stagiaires", "formateur", "supprimer", "actions/soumettre_au_formateur"):
            adresse = scene.adresse(f"/sessions/{brouillon}/{suite}")
            for corps, genre in (
                (b'{"version": 1, "nom": "x"}', "application/json"),
                (b"version=1", "text/plain"),
                (b"<version>1</version>", "application/xml"),
                (b"--x\r\nrien", "multipart/form-data; boundary=x"),
                (b"\xff\xfe=\xff", URLENCODE),
                (b"", URLENCODE),
            ):
                reponse = gestionnaire.client.post(adresse, data=corps, content_type=genre, headers=entetes)
                assert reponse.status_code in (400, 422), (suite, genre)

    def test_too_many_fields(self, scene: Scene, gestionnaire: Navigateur, brouillon: int) -> None:
        adresse = scene.adresse(f"/sessions/{brouillon}/session")
        partie = b'--limite\r\nContent-Disposition: form-data; name="x"\r\n\r\n1\r\n'
        for corps, genre in (
            (partie * 1_001 + b"--limite--\r\n", MULTIPART),
            (b"a&" * CHAMPS_MAX, URLENCODE),
            (b"x=" + b"x" * 1_100_000, URLENCODE),
        ):
            entetes = {"X-CSRFToken": gestionnaire.jeton}
            reponse = gestionnaire.client.post(adresse, data=corps, content_type=genre, headers=entetes)
            assert reponse.status_code == 413
            assert "Envoi trop volumineux" in reponse.text

    def test_a_field_of_half_a_megabyte_comes_back_whole(
        self, scene: Scene, gestionnaire: Navigateur, brouillon: int
    ) -> None:
        champs = {"version": scene.version(brouillon), "suite": "enregistrer", "date_fin": "x" * 500_000}
        page = Page(gestionnaire.post(scene.adresse(f"/sessions/{brouillon}/session"), champs))
        assert page.valeurs["date_fin"] == champs["date_fin"]

    def test_invalid_utf_8_is_a_text_like_any_other(
        self, scene: Scene, gestionnaire: Navigateur, brouillon: int
    ) -> None:
        champs = {"version": scene.version(brouillon), "nom": b"Du\xffpont\xed\xa0\x80", "prenom": b"\xc3("}
        page = Page(gestionnaire.post(scene.adresse(f"/sessions/{brouillon}/stagiaires"), champs))
        assert {"s-nom", "s-prenom"} <= page.messages.keys()
        assert page.valeurs["s-nom"].startswith("Du") and "pont" in page.valeurs["s-nom"]

    def test_methods_that_no_page_uses(self, scene: Scene, gestionnaire: Navigateur, brouillon: int) -> None:
        for suite in ("session", "stagiaires", "formateur", "supprimer", "telechargements/certificats"):
            adresse = scene.adresse(f"/sessions/{brouillon}/{suite}")
            for methode in ("PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "CONNECT", "PROPFIND"):
                entetes = {"X-CSRFToken": gestionnaire.jeton}
                reponse = gestionnaire.client.open(adresse, method=methode, headers=entetes)
                assert reponse.status_code == 405, (suite, methode)
            force = {"X-HTTP-Method-Override": "DELETE", "X-CSRFToken": gestionnaire.jeton}
            assert gestionnaire.client.get(adresse, headers=force).status_code in (200, 409)

    def test_forged_htmx_headers_open_and_skip_nothing(
        self, scene: Scene, gestionnaire: Navigateur, etranger: Navigateur, brouillon: int
    ) -> None:
        htmx = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Boosted": "true", "HX-Target": "x"}
        adresse = scene.adresse(f"/sessions/{brouillon}/supprimer")
        anonyme = scene.app.test_client()
        assert anonyme.get(adresse, headers=htmx).status_code == 401
        assert anonyme.post(adresse, headers=htmx, data={"version": 1}).status_code == 401
        assert etranger.get(adresse, headers=htmx).status_code == 404
        assert etranger.htmx(adresse, {"version": 1}).status_code == 404
        sans_jeton = gestionnaire.client.post(adresse, headers=htmx, data={"version": 1})
        assert sans_jeton.status_code == 400
        assert "/entite/" not in anonyme.get(adresse, headers=htmx).text

    def test_headers_that_mean_nothing(self, scene: Scene, gestionnaire: Navigateur, brouillon: int) -> None:
        for nom, valeur in (
            ("Accept-Encoding", "br;q=x, \xff"),
            ("Accept-Language", "\xff"),
            ("Cookie", "certif=\xff; =; x"),
            ("Content-Length", "-1"),
            ("If-None-Match", "*"),
            ("If-Modified-Since", "31/02/2026"),
            ("Range", "bytes=-1-"),
            ("Sec-Fetch-Site", "\x01"),
            ("HX-Request-Type", "\x01"),
            ("X-Forwarded-Host", "evil.example"),
            ("X-Original-URL", "/administration/"),
        ):
            reponse = gestionnaire.client.get(scene.adresse("/sessions/a-traiter"), headers={nom: valeur})
            assert reponse.status_code == 200, nom
            assert "evil.example" not in reponse.text


def test_files_after_the_logout_or_the_end_of_a_role(scene: Scene) -> None:
    numero = scene.session(Etat.GENERE, reussites=1)
    gestionnaire = scene.navigateur(scene.troupe.gestionnaire)
    requete = select(CertificatEmis.id).filter_by(session_numero=numero)
    certificat = scene.dans(lambda: db.session.scalar(requete))
    base = scene.adresse(f"/sessions/{numero}/telechargements/certificats")
    adresses = (base, f"{base}/{certificat}")
    recu = gestionnaire.client.get(adresses[1])
    assert recu.status_code == 200
    condition = {
        "If-None-Match": "*",
        "If-Modified-Since": "Wed, 01 Jan 2200 00:00:00 GMT",
        "Range": "bytes=0-99",
    }
    cookie = gestionnaire.cookie()

    gestionnaire.post("/deconnexion")
    for rejoue in ("", cookie):
        if rejoue:
            gestionnaire.client.set_cookie("certif", rejoue)
        for adresse in adresses:
            for entetes in ({}, condition):
                for methode in ("GET", "HEAD"):
                    reponse = gestionnaire.client.open(adresse, method=methode, headers=entetes)
                    assert (reponse.status_code, reponse.mimetype) == (303, "text/html")
                    assert reponse.location.startswith("/connexion")

    delegataire = scene.navigateur(scene.troupe.gestionnaire)

    def retirer_le_role() -> None:
        with transaction():
            for role in db.session.scalars(
                select(Role).filter_by(individu_id=scene.troupe.gestionnaire.individu_id)
            ):
                role.actif = False

    scene.dans(retirer_le_role)
    for adresse in adresses:
        assert delegataire.client.get(adresse, headers=condition).status_code == 404


def test_a_formateur_s_search_tells_nothing_that_their_pages_hide(scene: Scene) -> None:
    """Neither the entité's internal reference, letter by letter, nor a place that is being typed again."""
    soumise = scene.session(Etat.VALIDATION_FORMATEUR, reference_interne="Client Zorglub")
    formateur = scene.navigateur(scene.troupe.formateur)
    trouve = f'href="/formateur/sessions/{soumise}"'
    for recherche, visible in (("Etoile", True), (str(soumise), True), ("Zorglub", False), ("Z", False)):
        page = formateur.get("/formateur/sessions/a-traiter", query_string={"recherche": recherche})
        assert (trouve in page.text) is visible, recherche
    assert "référence" not in formateur.get("/formateur/sessions/a-traiter").text
    gestionnaire = scene.navigateur(scene.troupe.gestionnaire)
    page = gestionnaire.get(scene.adresse("/sessions/en-cours"), query_string={"recherche": "zorg"})
    assert f'href="{scene.adresse(f"/sessions/{soumise}")}"' in page.text
