"""Header and menu of each space, the administrateur's page, the demonstration's mailbox."""

from datetime import date

from flask import Flask

from certif.domaine.courriers.actions import ecrire
from certif.domaine.personnes.modeles import Entite
from certif.socle.base.transaction import transaction
from certif.web.gabarits import _contexte
from tests.web.distribution import Monde, Navigateur


def test_the_administrateur_sees_entites_and_their_users_and_nothing_that_does_not_exist(
    monde: Monde, navigateur: Navigateur
) -> None:
    monde.modifier(Entite, monde.entites["B"], suspendue_le=date(2026, 6, 1))
    navigateur.connecter("admin")
    page = navigateur.get("/administration/entites").text
    assert "ENTITÉ A" in page
    assert "Suspendue le 01/06/2026" in page
    assert page.count('class="menu__titre"') == 7
    assert 'aria-current="page"' in page
    assert "Administrateur" in page


def test_a_person_with_two_roles_passes_from_one_to_the_other(
    monde: Monde, application_d_essai: Flask, navigateur: Navigateur
) -> None:
    navigateur.connecter("double")
    with application_d_essai.test_client() as client:
        client.set_cookie("certif", navigateur.cookie())
        client.get("/formateur/essai/")
        espace = _contexte()["espace"]
    assert espace.role_libelle == "Formateur"
    assert espace.organisation is None
    assert [(a.libelle, a.href, a.compte) for a in espace.autres_espaces] == [
        ("Délégataire – ENTITÉ A", f"/entite/{monde.entites['A']}/", 0)
    ]


def test_the_mailbox_of_the_demonstration(monde: Monde, navigateur: Navigateur) -> None:
    assert "Aucun courrier" in navigateur.get("/demo/courriers").text
    with monde.app.app_context(), transaction():
        ecrire(
            "essai:1",
            monde.individus["formateur"],
            "ENTITÉ A – session n°1",
            "Bonjour,\n<script>https://x.example</script>",
        )
    assert "ENTITÉ A – session n°1" in navigateur.get("/demo/courriers").text
    courrier = navigateur.get("/demo/courriers/1").text
    assert "&lt;script&gt;" in courrier
    assert navigateur.get("/demo/courriers/2").status_code == 404


def test_the_demonstration_offers_its_accounts(navigateur: Navigateur) -> None:
    page = navigateur.get("/connexion").text
    assert "romain@marose.example" in page
    assert page.count("Certif-demo-2026!") == 7
