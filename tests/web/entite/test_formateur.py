"""The tab "Formateur": four verdicts in place, who is declared, what a search never tells."""

import html
import re
from datetime import date, timedelta

import pytest

from certif.domaine.acteur import TypeRole
from certif.domaine.personnes.modeles import Individu, Role
from certif.domaine.sessions.etats import Etat
from certif.socle.base.extensions import db
from certif.socle.horloge import aujourd_hui
from tests.support.factories import un_acteur, un_role, une_personne, une_qualification
from tests.web.distribution import Navigateur
from tests.web.scene import Scene


@pytest.fixture
def numero(scene: Scene) -> int:
    """A draft without formateur."""
    return scene.session(formateur_id=None)


def onglet(scene: Scene, numero: int) -> str:
    return scene.adresse(f"/sessions/{numero}/formateur")


def forprev(scene: Scene, individu_id: int) -> str:
    return scene.dans(lambda: db.session.get_one(Individu, individu_id).numero)


def texte(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).replace("\u00a0", " ").split())


def verdicts(page: str, bloc: str = "verdicts") -> list[tuple[str, str]]:
    """Each check, in order: its verdict and its sentence."""
    trouve = re.search(rf'<div id="{bloc}".*?</ol>', page, re.S)
    lignes = (
        re.findall(r'class="verdict--([a-z-]+)">.*?<span>(.*?)</span>', trouve[0], re.S) if trouve else []
    )
    return [(verdict, texte(phrase)) for verdict, phrase in lignes]


def formateur_de(scene: Scene, numero: int) -> int | None:
    return scene.voir(numero, lambda s: s.formateur_id)


def chercher(scene: Scene, navigateur: Navigateur, numero: int, /, **champs: str) -> tuple[int, str]:
    reponse = navigateur.htmx(onglet(scene, numero), {"version": scene.version(numero), **champs})
    return reponse.status_code, reponse.text


def test_by_number_four_verdicts_and_the_person_is_declared(
    scene: Scene, numero: int, gestionnaire: Navigateur
) -> None:
    qui = forprev(scene, scene.troupe.formateur.individu_id)
    statut, page = chercher(scene, gestionnaire, numero, numero=f" {qui.lower()} ")
    assert statut == 200
    assert [verdict for verdict, _ in verdicts(page, "verdicts-declare")] == ["oui"] * 4
    assert f"RIVIÈRE Stéphanie ({qui}) peut être déclarée comme formateur de cette session." in texte(page)
    assert formateur_de(scene, numero) == scene.troupe.formateur.individu_id


def test_by_identity_whatever_the_accents(scene: Scene, numero: int, gestionnaire: Navigateur) -> None:
    champs = {"nom": " gàrnier", "prenom": "PAUL", "date_naissance": "01/02/1980"}
    statut, _ = chercher(scene, gestionnaire, numero, **champs)
    assert statut == 200
    assert formateur_de(scene, numero) == scene.troupe.remplacant.individu_id


def test_without_javascript_a_refresh_repeats_nothing(
    scene: Scene, numero: int, gestionnaire: Navigateur
) -> None:
    qui = forprev(scene, scene.troupe.formateur.individu_id)
    champs = {"version": scene.version(numero), "numero": qui}
    assert [gestionnaire.post(onglet(scene, numero), champs).status_code for _ in range(2)] == [303, 303]
    page = gestionnaire.get(onglet(scene, numero)).text
    assert len(verdicts(page, "verdicts-declare")) == 4


def test_the_first_failure_stops_the_checks(scene: Scene, numero: int, gestionnaire: Navigateur) -> None:
    def garnier() -> str:
        acteur = un_acteur(TypeRole.FORMATEUR, nom="Expirée", prenom="Paule")
        fin = aujourd_hui() - timedelta(days=1)
        une_qualification(acteur.individu_id, scene.troupe.marose.niveau_id, fin=fin)
        return db.session.get_one(Individu, acteur.individu_id).numero

    statut, page = chercher(scene, gestionnaire, numero, numero=scene.dans(garnier))
    assert statut == 422
    assert [v for v, _ in verdicts(page)] == ["oui", "oui", "oui", "non"]
    hier = aujourd_hui() - timedelta(days=1)
    assert f"a pris fin le {hier:%d/%m/%Y} ; la session se termine le" in verdicts(page)[3][1]
    assert formateur_de(scene, numero) is None


def test_nobody_found_leaves_the_rest_unverified(scene: Scene, numero: int, gestionnaire: Navigateur) -> None:
    _, page = chercher(scene, gestionnaire, numero, numero="ZZZ99999")
    lus = verdicts(page)
    assert [v for v, _ in lus] == ["non", "non-verifie", "non-verifie", "non-verifie"]
    assert lus[0][1].startswith("Aucune personne ne correspond.")
    assert {phrase for _, phrase in lus[1:]} == {"Non vérifié"}
    assert 'value="ZZZ99999"' in page


def test_a_role_that_ended_names_nobody(scene: Scene, numero: int, gestionnaire: Navigateur) -> None:
    def fermer() -> None:
        role = db.session.query(Role).filter_by(individu_id=scene.troupe.formateur.individu_id).one()
        role.actif = False
        db.session.commit()

    scene.dans(fermer)
    qui = forprev(scene, scene.troupe.formateur.individu_id)
    _, page = chercher(scene, gestionnaire, numero, numero=qui)
    assert verdicts(page)[1] == ("non", "Cette personne n’a pas de rôle formateur actif.")
    assert "RIVIÈRE" not in page


def test_who_never_was_a_formateur_does_not_exist(
    scene: Scene, numero: int, gestionnaire: Navigateur
) -> None:
    qui = forprev(scene, scene.troupe.delegataire.individu_id)
    _, page = chercher(scene, gestionnaire, numero, numero=qui)
    assert verdicts(page)[0][0] == "non"
    assert "TESSIER" not in page


def test_no_answer_holds_a_birth_date_or_an_address(
    scene: Scene, numero: int, gestionnaire: Navigateur
) -> None:
    individu_id = scene.troupe.formateur.individu_id
    email = scene.dans(lambda: db.session.get_one(Individu, individu_id).email)
    _, page = chercher(scene, gestionnaire, numero, numero=forprev(scene, individu_id))
    page += gestionnaire.get(onglet(scene, numero)).text
    assert "1980" not in page and (email or "?") not in page


def test_homonyms_ask_for_the_number(scene: Scene, numero: int, gestionnaire: Navigateur) -> None:
    def martins() -> str:
        for _ in range(2):
            qui = une_personne("Martin", "Jean")
            un_role(qui.id, TypeRole.FORMATEUR)
            une_qualification(qui.id, scene.troupe.marose.niveau_id)
        return qui.numero

    qui = scene.dans(martins)
    champs = {"nom": "MARTIN", "prenom": "jean", "date_naissance": "1980-02-01"}
    statut, page = chercher(scene, gestionnaire, numero, **champs)
    assert statut == 422
    assert "Plusieurs personnes correspondent. Saisissez le N° Forprev du formateur." in texte(page)
    assert not verdicts(page) and qui not in page
    assert chercher(scene, gestionnaire, numero, **champs, numero=qui)[0] == 200


def test_a_number_and_an_identity_that_disagree(scene: Scene, numero: int, gestionnaire: Navigateur) -> None:
    qui = forprev(scene, scene.troupe.formateur.individu_id)
    champs = {"nom": "Garnier", "prenom": "Paul", "date_naissance": "01/02/1980"}
    statut, page = chercher(scene, gestionnaire, numero, numero=qui, **champs)
    assert statut == 422
    assert "ne désignent pas la même personne" in page
    assert formateur_de(scene, numero) is None


@pytest.mark.parametrize(
    ("champs", "champ"),
    [
        ({}, "numero"),
        ({"numero": "JK37899"}, "numero"),
        ({"numero": "JKA3789٣"}, "numero"),
        ({"numero": "' OR 1=1"}, "numero"),
        ({"numero": "x" * 10_000}, "numero"),
        ({"nom": "Rivière"}, "prenom"),
        ({"nom": "Rivière", "prenom": "Stéphanie"}, "date_naissance"),
        ({"nom": "Rivière", "prenom": "Stéphanie", "date_naissance": "31/02/1980"}, "date_naissance"),
        ({"nom": "李小龍", "prenom": "Bruce", "date_naissance": "01/02/1980"}, "nom"),
        ({"nom": "\x00", "prenom": "a", "date_naissance": "01/02/1980"}, "nom"),
        ({"nom": "<script>alert(1)</script>", "prenom": "a", "date_naissance": "01/02/1980"}, "nom"),
    ],
)
def test_a_malformed_search_is_refused_beside_its_field(
    scene: Scene, numero: int, gestionnaire: Navigateur, champs: dict[str, str], champ: str
) -> None:
    statut, page = chercher(scene, gestionnaire, numero, **champs)
    assert statut == 422
    assert f'id="{champ}-erreur"' in page
    assert f'<li><a href="#{champ}">' in page, "the summary at the top leads to it"
    assert "<script>" not in page
    assert formateur_de(scene, numero) is None


def test_the_twenty_first_search_waits(scene: Scene, numero: int, gestionnaire: Navigateur) -> None:
    for rang in range(20):
        assert chercher(scene, gestionnaire, numero, numero=f"ZZZ{rang:05}")[0] == 422
    statut, page = chercher(scene, gestionnaire, numero, numero="ZZZ00020")
    assert statut == 429
    assert "20 recherches en une heure" in texte(page)
    assert 'value="ZZZ00020"' in page


def test_a_changed_date_asks_for_one_click(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session(verification_a_relancer="date_fin")
    page = gestionnaire.get(onglet(scene, numero)).text
    assert "Vérification à relancer : la date de fin de session a changé." in texte(page)
    assert not verdicts(page, "verdicts-declare")
    qui = re.search(r'type="hidden" name="numero" value="([^"]+)"', page)[1]  # type: ignore[index]
    assert chercher(scene, gestionnaire, numero, numero=qui)[0] == 200
    assert scene.voir(numero, lambda s: s.verification_a_relancer) is None


def test_verifying_again_does_not_count(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session()
    qui = forprev(scene, scene.troupe.formateur.individu_id)
    assert {chercher(scene, gestionnaire, numero, numero=qui)[0] for _ in range(22)} == {200}


def test_next_verifies_what_was_typed_first(scene: Scene, numero: int, gestionnaire: Navigateur) -> None:
    stagiaires = scene.adresse(f"/sessions/{numero}/stagiaires")
    champs = {"version": scene.version(numero), "suite": "suivant"}
    assert gestionnaire.post(onglet(scene, numero), champs).location == stagiaires
    assert gestionnaire.post(onglet(scene, numero), {**champs, "numero": "ZZZ99999"}).status_code == 422
    qui = forprev(scene, scene.troupe.formateur.individu_id)
    assert gestionnaire.post(onglet(scene, numero), {**champs, "numero": qui}).location == stagiaires
    assert formateur_de(scene, numero) == scene.troupe.formateur.individu_id


def test_without_dispositif_or_date_the_session_comes_first(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session(date_fin=None, formateur_id=None)
    page = gestionnaire.get(onglet(scene, numero)).text
    assert "Indiquez d’abord le dispositif, le niveau et la date de fin de session" in page
    assert 'id="numero"' not in page
    assert chercher(scene, gestionnaire, numero, numero="ZZZ99999")[0] == 422


def test_a_stale_page_declares_nobody(scene: Scene, numero: int, gestionnaire: Navigateur) -> None:
    ancienne = scene.version(numero)
    premiers, seconds = (
        forprev(scene, qui.individu_id) for qui in (scene.troupe.formateur, scene.troupe.remplacant)
    )
    chercher(scene, gestionnaire, numero, numero=premiers)
    reponse = gestionnaire.post(onglet(scene, numero), {"version": ancienne, "numero": seconds})
    assert reponse.status_code == 409
    assert "a modifié la saisie" in reponse.text and "(formateur)" in reponse.text
    assert f'value="{seconds}"' in reponse.text
    assert formateur_de(scene, numero) == scene.troupe.formateur.individu_id


def test_the_fragments_are_those_of_a_fresh_page(scene: Scene, numero: int, gestionnaire: Navigateur) -> None:
    _, page = chercher(scene, gestionnaire, numero, numero=forprev(scene, scene.troupe.formateur.individu_id))
    fraiche = texte(gestionnaire.get(onglet(scene, numero)).text)
    for morceau in re.findall(r"<hx-partial [^>]*>(.*?)</hx-partial>", page, re.S):
        assert texte(morceau) in fraiche


def test_once_submitted_the_formateur_stands_in_the_session(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session(Etat.VALIDATION_FORMATEUR)
    reponse = gestionnaire.get(onglet(scene, numero))
    assert reponse.location == scene.adresse(f"/sessions/{numero}/session")


def test_who_submits_to_oneself_is_led_to_the_results(scene: Scene, gestionnaire: Navigateur) -> None:
    moi = scene.troupe.gestionnaire.individu_id

    def cumuler() -> None:
        un_role(moi, TypeRole.FORMATEUR)
        une_qualification(moi, scene.troupe.marose.niveau_id, date(2020, 1, 1))

    scene.dans(cumuler)
    numero = scene.session(Etat.VALIDATION_FORMATEUR, formateur_id=moi)
    page = gestionnaire.get(scene.adresse(f"/sessions/{numero}/session")).text
    assert "Vous êtes le formateur déclaré" in page
    assert f'href="/formateur/sessions/{numero}/stagiaires"' in page


@pytest.mark.parametrize("role", ["delegataire", "etranger", "formateur", "administrateur"])
def test_another_s_session_does_not_exist(scene: Scene, numero: int, role: str) -> None:
    navigateur = scene.navigateur(getattr(scene.troupe, role))
    assert navigateur.get(onglet(scene, numero)).status_code == 404
    qui = forprev(scene, scene.troupe.formateur.individu_id)
    assert chercher(scene, navigateur, numero, numero=qui)[0] == 404
    assert formateur_de(scene, numero) is None
