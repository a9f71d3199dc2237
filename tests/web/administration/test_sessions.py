"""PLATEFORME, Une session: found by its number, told without its stagiaires, whatever became of it."""

import brotli
import pytest

from certif.domaine.certificats.modeles import LigneRegistre
from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.valeurs import Resultat
from certif.socle.base.extensions import db
from tests.support.factories import un_stagiaire
from tests.support.moves import agir
from tests.support.production import pdf_factice, rendre_par
from tests.support.statements import requetes
from tests.web import arbre
from tests.web.distribution import Navigateur
from tests.web.lecture import Page
from tests.web.scene import Scene

LISTE = "/administration/sessions"


def page_de(admin: Navigateur, numero: int) -> str:
    reponse = admin.get(f"{LISTE}/{numero}")
    assert reponse.status_code == 200
    assert "canari" not in reponse.text.casefold()
    assert len(brotli.compress(reponse.get_data(), quality=5)) < 6_000
    return arbre.texte(arbre.lire(reponse.text).xpath("//main")[0])


@pytest.mark.parametrize("ecrit", ["{}", " n° {} ", "N°{}", "session {}", "Session n°{}"])
def test_a_number_is_read_as_people_write_it(scene: Scene, admin: Navigateur, ecrit: str) -> None:
    numero = scene.session()
    reponse = admin.get(LISTE, query_string={"numero": ecrit.format(numero)})
    assert (reponse.status_code, reponse.location) == (303, f"{LISTE}/{numero}")


@pytest.mark.parametrize("ecrit", ["abc", "-1", "1.5", "99999999999", "١٢٥", "<b>", "", "  "])
def test_what_is_no_number_is_said_beside_its_field(admin: Navigateur, ecrit: str) -> None:
    reponse = admin.get(LISTE, query_string={"numero": ecrit})
    assert reponse.status_code == 422
    page = Page(reponse)
    assert page.messages["numero"] and page.valeurs["numero"] == ecrit


def test_nothing_asked_is_nothing_wrong(admin: Navigateur) -> None:
    reponse = admin.get(LISTE)
    assert reponse.status_code == 200 and not Page(reponse).messages.get("numero")


@pytest.mark.parametrize("etat", Etat)
def test_a_session_in_any_state(
    scene: Scene, admin: Navigateur, monkeypatch: pytest.MonkeyPatch, etat: Etat
) -> None:
    rendre_par(monkeypatch, pdf_factice)
    deux = [un_stagiaire(nom, resultat=Resultat.REUSSITE) for nom in ("Canarion", "Canaride")]
    numero = scene.session(etat, stagiaires=deux)
    page = page_de(admin, numero)
    assert f"Session n°{numero}" in page and "MAROSE FORMATION" in page and "À vous" not in page
    assert ("Habilitation de l’entité" in page) is (etat not in (Etat.GENERATION, Etat.GENERE))
    assert ("Voir le registre" in page) is (etat is Etat.GENERE)


def test_so_many_statements_and_no_more(scene: Scene, admin: Navigateur) -> None:
    numero = scene.session(Etat.VALIDATION_ENTITE)
    comptes = {}
    for adresse in (f"{LISTE}/{numero}", f"{LISTE}/{numero + 1}", LISTE, "/administration/plateforme"):
        admin.get(adresse)  # what a process reads once
        with requetes() as vues:
            assert admin.get(adresse).status_code == 200
        comptes[adresse] = len(vues)
    assert list(comptes.values()) == [22, 5, 3, 24]


def test_one_that_is_no_more_one_that_left_nothing_and_one_that_never_was(
    scene: Scene, admin: Navigateur
) -> None:
    numero = scene.session(Etat.SAISIE)
    scene.dans(lambda: agir(Action.SUPPRIMER, scene.troupe.gestionnaire, numero))
    page = page_de(admin, numero)
    assert "n’existe plus" in page and "Un gestionnaire a supprimé la session" in page
    assert "n’a encore été donné à aucune session" in page_de(admin, numero + 1)


def test_a_certificate_of_the_register_leads_to_its_session(
    scene: Scene, admin: Navigateur, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendre_par(monkeypatch, pdf_factice)
    numero = scene.session(Etat.GENERE)
    certificat = scene.dans(lambda: db.session.scalars(db.select(LigneRegistre.numero)).first())
    assert f'href="{LISTE}/{numero}"' in admin.get(f"/administration/registre/{certificat}").text
