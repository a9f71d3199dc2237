"""Who gets where: closed by default, the role held in the space that the address names."""

from datetime import date

import pytest
from flask import Flask

from certif.domaine.personnes.modeles import Entite, Role
from certif.web.acces import acces_de
from tests.web.distribution import Monde, Navigateur, adresse_de

# The whole list of what anyone may reach: adding to it is a decision.
PUBLICS = {
    "static",
    "mesures.exposer",
    "sante.sante",
    "compte.accueil",
    "compte.connexion",
    "compte.se_connecter",
    "compte.deconnexion",
    "code.page",
    "code.verifier",
    "cles.demander_la_connexion",
    "cles.se_connecter",
    "formateur.contact",
    "mentions.accessibilite",
    "mentions.confidentialite",
    "liens.accepter",
    "liens.accepter_role",
    "liens.refuser_role",
    "liens.role",
    "liens.choisir",
    "liens.confirmer_adresse",
    "liens.invitation",
    "liens.nouveau_mot_de_passe",
    "liens.nouvelle_adresse",
    "liens.opposition",
    "liens.s_opposer",
    "oubli.demander",
    "oubli.page",
    "demo.courriers",
    "demo.lire",
    "verification.formulaire",
    "remise.page",
    "remise.ouvrir",
    "remise.certificat",
    "remise.rappel",
    "verification.fichier",
    "verification.certificat",
    "verification.identite",
}


def test_every_route_says_who_may_reach_it(app: Flask) -> None:
    sans = {r.endpoint for r in app.url_map.iter_rules() if acces_de(app, r.endpoint) is None}
    assert sans == {"static"}, "WhiteNoise serves static files before any guard; the rest needs a marker"
    ouverts = {r.endpoint for r in app.url_map.iter_rules() if (a := acces_de(app, r.endpoint)) and a.public}
    assert ouverts | sans <= PUBLICS


def test_no_route_of_a_space_is_open_to_nobody(monde: Monde, navigateur: Navigateur) -> None:
    for regle in monde.app.url_map.iter_rules():
        acces = acces_de(monde.app, regle.endpoint)
        if acces is None or acces.public or "GET" not in (regle.methods or ()):
            continue
        adresse = adresse_de(monde.app, regle)
        assert navigateur.get(adresse).status_code == 303, adresse


def test_a_forgotten_view_does_not_exist(application_d_essai: Flask, navigateur: Navigateur) -> None:
    navigateur.connecter("admin")
    reponse = navigateur.get("/oubliee")
    assert reponse.status_code == 404
    assert "personne ne devait" not in reponse.text


# Answers for: /entite/A/essai/, its gestion, /entite/B/essai/, /formateur/essai/, /administration/
MATRICE = {
    "gestionnaire": (200, 200, 404, 404, 404),
    "delegataire": (200, 404, 404, 404, 404),
    "autre": (404, 404, 200, 404, 404),
    "formateur": (404, 404, 404, 200, 404),
    "double": (200, 404, 404, 200, 404),
    "cumul": (200, 200, 404, 404, 404),
    "admin": (404, 404, 404, 404, 200),
    "personne": (404, 404, 404, 404, 404),
}


def adresses(monde: Monde) -> list[str]:
    a, b = monde.entites["A"], monde.entites["B"]
    return [
        f"/entite/{a}/essai/",
        f"/entite/{a}/essai/gestion",
        f"/entite/{b}/essai/",
        "/formateur/essai/",
        "/administration/entites",
    ]


@pytest.mark.parametrize("qui", MATRICE)
def test_roles_by_address(monde: Monde, application_d_essai: Flask, navigateur: Navigateur, qui: str) -> None:
    navigateur.connecter(qui)
    assert tuple(navigateur.get(adresse).status_code for adresse in adresses(monde)) == MATRICE[qui]


def test_the_actor_is_the_role_held_there(
    monde: Monde, application_d_essai: Flask, navigateur: Navigateur
) -> None:
    a = monde.entites["A"]
    navigateur.connecter("cumul")
    assert navigateur.get(f"/entite/{a}/essai/").text == f"gestionnaire {a} True"
    navigateur.connecter("double")
    assert navigateur.get(f"/entite/{a}/essai/").text == f"delegataire {a} True"
    assert navigateur.get("/formateur/essai/").text == "formateur None"


@pytest.mark.parametrize(
    "valeurs", [{"actif": False}, {"fin_le": date(2020, 1, 1)}], ids=["désactivé", "terminé"]
)
def test_a_role_that_ends_closes_its_space_at_the_next_request(
    monde: Monde, application_d_essai: Flask, navigateur: Navigateur, valeurs: dict[str, object]
) -> None:
    navigateur.connecter("formateur")
    assert navigateur.get("/formateur/essai/").status_code == 200
    monde.modifier(Role, monde.role_de("formateur"), **valeurs)
    assert navigateur.get("/formateur/essai/").status_code == 404


def test_a_suspended_entite_reads_and_searches_but_changes_nothing(
    monde: Monde, application_d_essai: Flask, navigateur: Navigateur
) -> None:
    a = monde.entites["A"]
    navigateur.connecter("gestionnaire")
    monde.modifier(Entite, a, suspendue_le=date(2020, 1, 1))
    assert navigateur.get(f"/entite/{a}/essai/").text == f"gestionnaire {a} False"
    assert navigateur.post(f"/entite/{a}/essai/recherche").status_code == 200
    refus = navigateur.post(f"/entite/{a}/essai/")
    assert refus.status_code == 409
    assert "suspendue" in refus.text
    monde.modifier(Entite, a, suspendue_le=date(2999, 1, 1))
    assert navigateur.post(f"/entite/{a}/essai/").status_code == 200


@pytest.mark.parametrize(
    "identifiant",
    [
        "0",
        "-1",
        "999",
        "2147483647",
        "2147483648",
        str(2**63),
        "9" * 400,
        "1 OR 1=1",
        "1%00",
        "٣",
        "²",
        "1_000",
        "1.0",
        "%ff",
        "0x1",
        "+1",
    ],
)
def test_hostile_identifiers_are_pages_that_do_not_exist(
    application_d_essai: Flask, navigateur: Navigateur, identifiant: str
) -> None:
    navigateur.connecter("gestionnaire")
    assert navigateur.get(f"/entite/{identifiant}/essai/").status_code == 404
    assert navigateur.get(f"/demo/courriers/{identifiant}").status_code == 404


@pytest.mark.parametrize("methode", ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS"])
def test_other_methods_are_refused(navigateur: Navigateur, methode: str) -> None:
    for adresse in ("/connexion", "/administration/entites", "/deconnexion"):
        assert navigateur.client.open(adresse, method=methode).status_code == 405


def test_head_answers_like_get(navigateur: Navigateur) -> None:
    assert navigateur.client.head("/connexion").status_code == 200
    assert navigateur.client.head("/administration/entites").status_code == 303
    assert navigateur.client.head("/deconnexion").status_code == 405


@pytest.mark.parametrize(
    "entetes", [{"HX-Request": "true"}, {"HX-Request": "true", "HX-Request-Type": "partial"}]
)
def test_a_forged_htmx_header_opens_nothing(
    monde: Monde, application_d_essai: Flask, navigateur: Navigateur, entetes: dict[str, str]
) -> None:
    for adresse in adresses(monde):
        reponse = navigateur.client.get(adresse, headers=entetes)
        assert "HX-Redirect" in reponse.headers or reponse.status_code == 401
        assert "gestionnaire" not in reponse.text
    navigateur.connecter("formateur")
    assert navigateur.client.get(adresses(monde)[0], headers=entetes).status_code == 404
    assert navigateur.client.post(f"{adresses(monde)[0]}enregistrer", headers=entetes).status_code in (
        400,
        404,
    )
