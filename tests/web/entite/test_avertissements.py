"""R12, R6 on the tab of the stagiaires: warnings on their rows, « C'est exact », the sort, refusals."""

import re

import pytest

from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import Stagiaire
from certif.domaine.sessions.modeles_annexes import AvertissementConfirme
from certif.domaine.sessions.valeurs import Resultat
from certif.socle.base.extensions import db
from tests.support.factories import un_stagiaire
from tests.web.distribution import Navigateur
from tests.web.lecture import Page
from tests.web.scene import Scene

CIVILITE = "Une civilité est dans le nom"
DEJA = "lui a déjà été délivré par votre entité"
ONZE = [chr(rang) for rang in range(ord("A"), ord("L"))]


@pytest.fixture
def numero(scene: Scene) -> int:
    return scene.session(Etat.SAISIE, stagiaires=[un_stagiaire("M. Roux"), un_stagiaire("Almeida")])


def onglet(scene: Scene, numero: int, suite: str = "") -> str:
    return scene.adresse(f"/sessions/{numero}/stagiaires{suite}")


def marque(page: str) -> str:
    trouvee = re.search(r'name="avertissement" value="([0-9a-f]{64})"', page)
    assert trouvee is not None
    return trouvee[1]


def onze() -> list[Stagiaire]:
    return [un_stagiaire(nom, resultat=Resultat.REUSSITE) for nom in ONZE]


def rangs(page: str, *noms: str) -> list[int]:
    return [page.index(f'class="principale">{nom}<') for nom in noms]


@pytest.mark.parametrize("htmx", [False, True])
def test_c_est_exact_without_script_and_with(
    scene: Scene, numero: int, gestionnaire: Navigateur, htmx: bool
) -> None:
    page = gestionnaire.get(onglet(scene, numero)).text
    assert CIVILITE in page and f'formaction="{onglet(scene, numero, "/exact")}"' in page
    champs = {"avertissement": marque(page), "version": scene.version(numero)}
    poster = gestionnaire.htmx if htmx else gestionnaire.post
    reponse = poster(onglet(scene, numero, "/exact"), champs)
    if htmx:
        assert 'id="stagiaires"' in reponse.text and CIVILITE not in reponse.text
    else:
        assert (reponse.status_code, reponse.location) == (303, onglet(scene, numero))
    assert CIVILITE not in gestionnaire.get(onglet(scene, numero)).text
    assert scene.dans(lambda: db.session.query(AvertissementConfirme).count()) == 1


def test_another_s_warning_or_an_old_page_confirms_nothing(
    scene: Scene, numero: int, gestionnaire: Navigateur
) -> None:
    champs = {"avertissement": marque(gestionnaire.get(onglet(scene, numero)).text)}
    adresse = onglet(scene, numero, "/exact")
    assert gestionnaire.post(adresse, {**champs, "version": 0}).status_code == 409
    forge = {"avertissement": "f" * 64, "version": scene.version(numero)}
    assert gestionnaire.post(adresse, forge).status_code == 404
    etranger = scene.navigateur(scene.troupe.etranger)
    assert etranger.post(adresse, {**champs, "version": scene.version(numero)}).status_code == 404
    assert CIVILITE in gestionnaire.get(onglet(scene, numero)).text


@pytest.mark.parametrize("htmx", [False, True])
def test_who_is_added_is_warned_of_at_once(
    scene: Scene, numero: int, gestionnaire: Navigateur, htmx: bool
) -> None:
    qui = {"nom": "Dr Blanc", "prenom": "Zoé", "date_naissance": "01/02/1980"}
    poster = gestionnaire.htmx if htmx else gestionnaire.post
    reponse = poster(onglet(scene, numero), {**qui, "version": scene.version(numero)})
    if not htmx:
        reponse = gestionnaire.get(reponse.location)
    formulaire = reponse.text[reponse.text.rindex("Nouveau stagiaire") :] if htmx else reponse.text
    assert CIVILITE in formulaire


def test_the_order_of_entry_and_by_name(scene: Scene, numero: int, gestionnaire: Navigateur) -> None:
    saisie = gestionnaire.get(onglet(scene, numero)).text
    roux, almeida = rangs(saisie, "M. ROUX", "ALMEIDA")
    assert roux < almeida and f'href="{onglet(scene, numero)}?tri=nom"' in saisie
    triee = onglet(scene, numero) + "?tri=nom"
    par_nom = gestionnaire.get(triee).text
    roux, almeida = rangs(par_nom, "M. ROUX", "ALMEIDA")
    assert almeida < roux and "Ordre de saisie" in par_nom
    ailleurs = gestionnaire.get(onglet(scene, numero), headers={"Referer": f"http://localhost{triee}"}).text
    roux, almeida = rangs(ailleurs, "M. ROUX", "ALMEIDA")
    assert roux < almeida, "a link leads where it says"
    # What is posted from there answers in the same order.
    champs = {"avertissement": marque(par_nom), "version": scene.version(numero)}
    reponse = gestionnaire.post(
        onglet(scene, numero, "/exact"), champs, headers={"Referer": f"http://localhost{triee}"}
    )
    assert reponse.location == triee


def test_the_row_and_the_submission_are_warned_and_generating_names_all(
    scene: Scene, gestionnaire: Navigateur
) -> None:
    scene.session(Etat.GENERE, stagiaires=onze())
    brouillon = scene.session(Etat.SAISIE, stagiaires=onze())
    page = Page(gestionnaire.get(onglet(scene, brouillon)))
    assert page.texte.count(DEJA) == 11
    assert "a déjà été délivré par votre entité à A Hélène, B Hélène" in page.texte
    numero = scene.session(Etat.VALIDATION_ENTITE, stagiaires=onze())
    recap = gestionnaire.get(scene.adresse(f"/sessions/{numero}/actions?action=generer")).text
    adresse = scene.adresse(f"/sessions/{numero}/actions/generer")
    refus = gestionnaire.post(adresse, {"version": scene.version(numero)})
    assert refus.status_code == 422
    for lue in (recap, refus.text):
        assert "J Hélène et K Hélène" in lue and "vont être établis" not in lue
        assert f'href="{scene.adresse(f"/sessions/{numero}/actions")}?action=modifier_saisie"' in lue
        assert f'action="{adresse}"' not in lue
    assert scene.etat(numero) is Etat.VALIDATION_ENTITE


def test_a_delegataire_learns_nothing_of_a_colleague_s_session(scene: Scene) -> None:
    delegataire, collegue = scene.troupe.delegataire, scene.troupe.collegue
    scene.session(Etat.GENERE, stagiaires=onze(), declarant=collegue)
    numero = scene.session(Etat.SAISIE, stagiaires=onze(), declarant=delegataire)
    assert "déjà été délivré" not in scene.navigateur(delegataire).get(onglet(scene, numero)).text
    sienne = scene.session(Etat.SAISIE, stagiaires=onze(), declarant=collegue)
    assert DEJA in scene.navigateur(collegue).get(onglet(scene, sienne)).text


@pytest.mark.parametrize("etat", [Etat.SAISIE, Etat.VALIDATION_ENTITE])
def test_two_whom_a_newer_key_makes_one_are_both_told_on_their_rows(
    scene: Scene, gestionnaire: Navigateur, etat: Etat
) -> None:
    noms = ("Đorđević", "Roux", "Ðorđević")
    numero = scene.session(etat, stagiaires=[un_stagiaire(nom, resultat=Resultat.REUSSITE) for nom in noms])
    page = gestionnaire.get(onglet(scene, numero)).text
    for autre in ("ÐORĐEVIĆ Hélène", "ĐORĐEVIĆ Hélène"):
        assert f"ce nom se lit comme {autre}" in page
    assert page.count("ce nom se lit comme") == 2
