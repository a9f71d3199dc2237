"""Accounts by one-time links, through their pages, as a browser without JavaScript sees them."""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from werkzeug.test import TestResponse

from certif.domaine.acces.invitations import inviter
from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.personnes.modeles import Individu
from certif.domaine.sessions.etats import Etat
from certif.socle.horloge import instant_reel
from tests.support.factories import une_personne
from tests.support.links import lien_de
from tests.support.moves import courriers
from tests.web.distribution import Monde, Navigateur, email
from tests.web.scene import Scene

PHRASE = "cheval agrafe pile correcte"
OUBLI = "/mot-de-passe-oublie"


def dernier_lien(monde: Monde | Scene) -> str:
    """The link of the last mail, as a path."""
    with monde.app.app_context():
        lien = urlsplit(lien_de(courriers()[-1]))
    return f"{lien.path}?{lien.query}" if lien.path else ""


def poster(navigateur: Navigateur, lien: str, nouveau: str = PHRASE, confirmation: str = "") -> TestResponse:
    """Open the link's page, then post its form."""
    page = navigateur.get(lien)
    caches = dict(re.findall(r'<input type="hidden" name="(cle|suivant)" value="([^"]+)"', page.text))
    champs = {**caches, "nouveau": nouveau, "confirmation": confirmation or nouveau}
    return navigateur.post(lien.partition("?")[0], champs)


def demander(navigateur: Navigateur, identifiant: str) -> TestResponse:
    navigateur.get(OUBLI)
    return navigateur.post(OUBLI, {"identifiant": identifiant})


def invitation(monde: Monde, **colonnes: Any) -> str:
    """The link of somebody that entité A invites."""

    def faire() -> None:
        invitee = une_personne(prenom="Stéphanie", **colonnes)
        par = Acteur(monde.individus["gestionnaire"], TypeRole.GESTIONNAIRE, monde.entites["A"])
        inviter(par, invitee.id)

    with monde.app.app_context():
        faire()
    return dernier_lien(monde)


def sans_jeton(texte: str) -> str:
    return re.sub(r'(csrf_token" value|X-CSRFToken": )"?[^"]+"', "", texte)


def test_the_formateur_without_account_lands_on_the_session(scene: Scene) -> None:
    numero = scene.session(Etat.SAISIE)
    gestionnaire = scene.navigateur(scene.troupe.gestionnaire)
    action = scene.adresse(f"/sessions/{numero}/actions/soumettre_au_formateur")
    page = gestionnaire.get(gestionnaire.post(action, {"version": scene.version(numero)}).location)
    assert "n’a pas encore de compte" in page.text and "une invitation lui a été envoyée" in page.text
    formateur = Navigateur(scene.app.test_client())
    reponse = poster(formateur, dernier_lien(scene))
    assert (reponse.status_code, reponse.location) == (303, f"/formateur/sessions/{numero}/stagiaires")
    suite = formateur.client.get(reponse.location, follow_redirects=True)
    assert suite.status_code == 200 and "Votre compte est prêt" in suite.text
    assert "n’a pas encore de compte" not in gestionnaire.get(page.request.path).text


def test_the_page_of_an_invitation_says_who_invites(monde: Monde, navigateur: Navigateur) -> None:
    lien = invitation(monde)
    page = navigateur.get(lien)
    assert "<h1>ENTITÉ A vous invite sur Certif</h1>" in page.text and "Bonjour Stéphanie" in page.text
    refus = poster(navigateur, lien, "court")
    assert refus.status_code == 422
    assert 'href="#nouveau"' in refus.text and 'aria-describedby="nouveau-erreur"' in refus.text
    assert poster(navigateur, lien, PHRASE, "autre").status_code == 422
    # Mail scanners have opened it all this time; the form alone uses it.
    assert poster(navigateur, lien).status_code == 303
    assert navigateur.get(lien).status_code == 410


def test_an_invitation_leads_nowhere_else(monde: Monde, navigateur: Navigateur) -> None:
    lien = invitation(monde)
    assert poster(navigateur, f"{lien}&suivant=//evil.example").location == "/"


def test_a_password_in_a_refused_page_is_not_sent_back(monde: Monde, navigateur: Navigateur) -> None:
    refus = poster(navigateur, invitation(monde), "Stephanie2026!")
    assert refus.status_code == 422 and "Stephanie2026!" not in refus.text


def test_one_page_for_every_link_that_opens_nothing(monde: Monde, navigateur: Navigateur) -> None:
    with time_machine.travel("2026-06-10T10:00:00Z", tick=False) as temps:
        remplacee, invitee = invitation(monde), invitation(monde)
        cle = invitee.partition("?")[2]
        temps.shift(timedelta(days=7))
        pages = [
            navigateur.get(adresse)
            for adresse in (
                invitee,
                remplacee,
                f"/lien/mot-de-passe?{cle}",
                f"/lien/adresse?{cle}",
                "/lien/opposition?cle=inconnue",
                "/lien/invitation",
                "/lien/invitation?cle=" + "é" * 500,
            )
        ]
        postees = [navigateur.post(p.request.path, {"cle": cle.removeprefix("cle=")}) for p in pages]
    assert {page.status_code for page in (*pages, *postees)} == {410}
    assert len({sans_jeton(page.text) for page in pages}) == 1
    assert "Recevoir un nouveau lien" in pages[0].text


def test_a_forged_host_is_not_in_the_link(monde: Monde, navigateur: Navigateur) -> None:
    navigateur.get(OUBLI)
    entetes = {"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
    navigateur.post(OUBLI, {"identifiant": email("admin")}, headers=entetes)
    with monde.app.app_context():
        for courrier in courriers():
            assert (
                lien_de(courrier).startswith("http://localhost:5000/lien/") and "evil" not in courrier.corps
            )


def test_the_reset_ends_old_logins_and_asks_for_the_usual_login(
    monde: Monde, navigateur: Navigateur, autre_navigateur: Navigateur
) -> None:
    autre_navigateur.connecter("gestionnaire")
    ancien = autre_navigateur.cookie()
    assert demander(navigateur, email("gestionnaire")).location == f"{OUBLI}?envoye=1"
    lien = dernier_lien(monde)
    assert poster(navigateur, lien).location == "/connexion"
    assert "connectez-vous avec le nouveau" in navigateur.get("/connexion").text
    assert navigateur.get("/compte/").status_code == 303
    autre_navigateur.client.set_cookie("certif", ancien)
    assert autre_navigateur.get("/compte/").status_code == 303
    assert navigateur.get(lien).status_code == 410
    assert navigateur.connecter("gestionnaire").status_code == 422
    assert navigateur.connecter("gestionnaire", PHRASE).status_code == 303


def test_a_reset_does_not_go_around_the_second_factor(monde: Monde, navigateur: Navigateur) -> None:
    monde.modifier(Individu, monde.individus["admin"], totp_depuis=instant_reel())
    demander(navigateur, email("admin"))
    assert poster(navigateur, dernier_lien(monde)).location == "/connexion"
    assert navigateur.connecter("admin", PHRASE).location.startswith("/connexion/code")
    assert navigateur.get("/compte/").status_code == 303


def test_the_answer_is_the_same_for_everybody(navigateur: Navigateur) -> None:
    assert OUBLI in navigateur.get("/connexion").text
    reponses = [demander(navigateur, qui) for qui in (email("admin"), "personne@nulle.part", "ZZZ99999")]
    assert {(r.status_code, r.location, r.get_data()) for r in reponses} == {
        (303, f"{OUBLI}?envoye=1", reponses[0].get_data())
    }
    assert demander(navigateur, "  ").status_code == 422
    for hostile in ("x" * 50_000, "\x00", "a@b\r\nBcc: c@d.example", "<script>alert(1)</script>"):
        assert demander(navigateur, hostile).status_code == 303, hostile[:40]


@pytest.mark.parametrize("identifiant", ["admin@c.example", "personne@nulle.part"])
def test_the_fourth_demand_of_the_hour_is_refused(navigateur: Navigateur, identifiant: str) -> None:
    for _ in range(3):
        demander(navigateur, identifiant)
    refus = demander(navigateur, identifiant)
    assert refus.status_code == 429
    assert "Regardez votre messagerie" in refus.text and identifiant in refus.text


def test_one_address_asks_twenty_times_an_hour(navigateur: Navigateur) -> None:
    statuts = [demander(navigateur, f"p{n}@nulle.part").status_code for n in range(21)]
    assert statuts == [303] * 20 + [429]
