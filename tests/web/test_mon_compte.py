"""« Mon compte »: password, address, logins of one's own."""

import io
import re
import zipfile
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from certif.domaine.acces.modeles import Connexion, SaisieConservee
from certif.domaine.personnes.modeles import Individu, Role
from certif.socle.base.extensions import db
from tests.support.factories import une_personne
from tests.support.links import secret_de
from tests.support.moves import courriers
from tests.web import arbre
from tests.web.distribution import MOT_DE_PASSE, Monde, Navigateur, email
from tests.web.test_liens import PHRASE, dernier_lien, poster

FIREFOX = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"}


def changer_d_adresse(navigateur: Navigateur, adresse: str, mot: str = MOT_DE_PASSE) -> str:
    reponse = navigateur.post("/compte/adresse", {"email": adresse, "mot_de_passe": mot})
    return f"{reponse.status_code} {reponse.location or ''}".strip()


def test_the_page_is_reached_from_the_header_and_says_who_one_is(navigateur: Navigateur) -> None:
    navigateur.connecter("gestionnaire")
    assert 'href="/compte/"' in navigateur.client.get("/", follow_redirects=True).text
    page = navigateur.get("/compte/").text
    for attendu in ("GES10001", email("gestionnaire"), "Changer de mot de passe", "Double authentification"):
        assert attendu in page


PAGES = [
    f"/compte/{page}"
    for page in (
        *("", "adresse", "mot-de-passe", "connexions", "cles-acces"),
        *("double-authentification", "courriels"),
    )
]


def test_one_takes_ones_own_data_away_and_nobody_elses(navigateur: Navigateur) -> None:
    navigateur.connecter("gestionnaire")
    assert 'href="/compte/donnees.zip"' in navigateur.get("/compte/").text
    reponse = navigateur.get("/compte/donnees.zip")
    assert "attachment" in reponse.headers["Content-Disposition"] and reponse.is_streamed
    with zipfile.ZipFile(io.BytesIO(reponse.get_data())) as archive:
        identite = archive.read("identite.csv").decode()
    assert "GES10001" in identite and email("gestionnaire") in identite
    assert navigateur.client.head("/compte/donnees.zip").get_data() == b""
    assert navigateur.get("/administration/individus/1/donnees.zip").status_code == 404


def menu(navigateur: Navigateur, adresse: str) -> list[str]:
    """The titles of the menu around this page, from which one logs out too."""
    page = arbre.lire(navigateur.get(adresse).text)
    assert page.xpath("//*[@id='menu']//form[@action='/deconnexion']//button")
    return [arbre.texte(titre) for titre in page.xpath("//*[@id='menu']//*[@class='menu__titre']")]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_the_account_keeps_the_menu(navigateur: Navigateur, page: str) -> None:
    navigateur.connecter("gestionnaire")
    assert "UTILISATEURS" in menu(navigateur, page)


def test_the_menu_is_that_of_the_space_one_comes_from(monde: Monde, navigateur: Navigateur) -> None:
    navigateur.connecter("double")
    assert "MON ENTITÉ" in menu(navigateur, "/compte/")
    navigateur.get("/formateur/qualifications")
    assert "MES QUALIFICATIONS" in menu(navigateur, "/compte/mot-de-passe")
    navigateur.get(f"/entite/{monde.entites['A']}/informations")
    assert "MON ENTITÉ" in menu(navigateur, "/compte/")
    # A space that is no longer theirs frames nothing.
    monde.modifier(Role, monde.role_de("double"), actif=False)
    assert "MES QUALIFICATIONS" in menu(navigateur, "/compte/")


def test_a_new_password_ends_the_others_and_this_one_goes_on(
    navigateur: Navigateur, autre_navigateur: Navigateur
) -> None:
    autre_navigateur.connecter("gestionnaire")
    navigateur.connecter("gestionnaire")
    champs = {"mot_de_passe": MOT_DE_PASSE, "nouveau": PHRASE, "confirmation": PHRASE}
    for faux, champ in (
        ({"mot_de_passe": "faux"}, "mot_de_passe"),
        ({"nouveau": "motdepasse2026"}, "nouveau"),
        ({"confirmation": "autre"}, "confirmation"),
        ({"nouveau": ""}, "nouveau"),
        ({"nouveau": "\x00" * 20}, "nouveau"),
        ({"nouveau": "x" * 10_000}, "nouveau"),
    ):
        refus = navigateur.post("/compte/mot-de-passe", {**champs, **faux})
        assert refus.status_code == 422 and f'href="#{champ}"' in refus.text, faux
    assert autre_navigateur.get("/compte/").status_code == 200
    assert navigateur.post("/compte/mot-de-passe", champs).location == "/compte/"
    assert "vos autres connexions ont été fermées" in navigateur.get("/compte/").text
    assert autre_navigateur.get("/compte/").status_code == 303
    assert autre_navigateur.connecter("gestionnaire", PHRASE).status_code == 303


def test_an_address_is_changed_then_taken_back(
    monde: Monde, navigateur: Navigateur, autre_navigateur: Navigateur
) -> None:
    navigateur.connecter("gestionnaire")
    refus = navigateur.post("/compte/adresse", {"email": "<b>x</b>", "mot_de_passe": MOT_DE_PASSE})
    assert (
        refus.status_code == 422 and "&lt;b&gt;x&lt;/b&gt;" in refus.text and MOT_DE_PASSE not in refus.text
    )
    assert changer_d_adresse(navigateur, "voleur@x.example", "faux") == "422"
    assert changer_d_adresse(navigateur, "voleur@x.example") == "303 /compte/"
    assert "Confirmation attendue à l’adresse voleur@x.example" in navigateur.get("/compte/").text
    with monde.app.app_context():
        cle = secret_de(courriers()[-2])
    assert "voleur@x.example" in autre_navigateur.get(f"/lien/adresse?cle={cle}").text
    assert autre_navigateur.post("/lien/adresse", {"cle": cle}).status_code == 303
    assert navigateur.get("/compte/").status_code == 200
    objection = dernier_lien(monde)
    assert email("gestionnaire") in autre_navigateur.get(objection).text
    suite = autre_navigateur.post("/lien/opposition", {"cle": objection.partition("?cle=")[2]}).location
    assert navigateur.get("/compte/").status_code == 303
    assert poster(autre_navigateur, suite).location == "/connexion"
    assert autre_navigateur.connecter("gestionnaire", PHRASE).status_code == 303


def test_nothing_tells_that_an_address_is_taken(navigateur: Navigateur, autre_navigateur: Navigateur) -> None:
    reponses, pages = [], []
    for qui, adresse in ((navigateur, email("admin")), (autre_navigateur, "libre@x.example")):
        qui.connecter("gestionnaire")
        reponses.append(changer_d_adresse(qui, adresse))
        [page] = arbre.lire(qui.get("/compte/").text).xpath("//main")
        lue = arbre.texte(page).replace(adresse, "")
        pages.append(re.sub(r"\d\d? h \d\d|\d connexions sont[^.]*|Celle-ci est[^.]*", "", lue))
    assert reponses == ["303 /compte/"] * 2
    assert "Confirmation attendue" in pages[0]
    assert pages[0] == pages[1]


def test_logins_are_told_apart_and_closed_from_afar(
    monde: Monde, navigateur: Navigateur, autre_navigateur: Navigateur
) -> None:
    autre_navigateur.rafraichir()
    champs = {"identifiant": email("gestionnaire"), "mot_de_passe": MOT_DE_PASSE}
    autre_navigateur.post("/connexion", champs, headers=FIREFOX)
    navigateur.connecter("gestionnaire")
    page = navigateur.get("/compte/connexions").text
    assert "Firefox sur Windows" in page and page.count("Cette connexion") == 1
    _, autre = re.findall(r'name="connexion" value="(\w+)"', page)
    assert navigateur.post("/compte/connexions/fermer", {"connexion": autre}).status_code == 303
    assert autre_navigateur.get("/compte/").status_code == 303
    autre_navigateur.connecter("gestionnaire")
    ancien = navigateur.cookie()
    assert navigateur.post("/compte/connexions/fermer-les-autres").status_code == 303
    assert autre_navigateur.get("/compte/").status_code == 303
    assert navigateur.get("/compte/connexions").text.count('name="connexion"') == 1
    # A stolen copy of the cookie of before is worth nothing either.
    autre_navigateur.client.set_cookie("certif", ancien)
    assert autre_navigateur.get("/compte/").status_code == 303
    (ici,) = re.findall(r'name="connexion" value="(\w+)"', navigateur.get("/compte/connexions").text)
    assert navigateur.post("/compte/connexions/fermer", {"connexion": ici}).location == "/connexion"
    assert navigateur.get("/compte/").status_code == 303


def test_somebody_else_s_login_does_not_exist(
    monde: Monde, navigateur: Navigateur, autre_navigateur: Navigateur
) -> None:
    autre_navigateur.connecter("admin")
    with monde.app.app_context():
        sienne = db.session.scalar(select(Connexion.id))
    navigateur.connecter("gestionnaire")
    for visee in (sienne, "", "x", "' OR 1=1"):
        assert navigateur.post("/compte/connexions/fermer", {"connexion": visee}).status_code == 404
    assert autre_navigateur.get("/compte/").status_code == 200


def test_a_password_typed_after_the_login_ended_is_kept_nowhere(monde: Monde, navigateur: Navigateur) -> None:
    with time_machine.travel("2026-06-10T10:00:00Z", tick=False) as temps:
        navigateur.connecter("gestionnaire")
        temps.shift(timedelta(hours=13))
        champs = {"mot_de_passe": MOT_DE_PASSE, "nouveau": PHRASE, "confirmation": PHRASE}
        assert navigateur.post("/compte/mot-de-passe", champs).location.startswith("/connexion")
    with monde.app.app_context():
        assert db.session.scalars(select(SaisieConservee)).all() == []


def test_a_person_without_address_or_role_reads_their_account_too(
    monde: Monde, navigateur: Navigateur
) -> None:
    navigateur.connecter("personne")
    assert menu(navigateur, "/compte/") == ["MON COMPTE"]
    monde.modifier(Individu, monde.individus["personne"], email=None)
    assert "Indiquer une adresse" in navigateur.get("/compte/").text
    with monde.app.app_context():
        une_personne(email="prise@x.example")
    assert changer_d_adresse(navigateur, "prise@x.example") == "303 /compte/"
