"""The generation as its tab shows it: a count that follows, failures with their cause, what to do of them."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from certif.domaine.certificats.modeles import CertificatEmis, EtatEmission
from certif.domaine.certificats.production import certificats, dossier
from certif.domaine.certificats.production.certificats import produire
from certif.domaine.sessions.etats import Etat
from certif.socle.base.extensions import db
from tests.support.moves import porter_a
from tests.support.production import dossier_par
from tests.web import arbre
from tests.web.distribution import Navigateur
from tests.web.scene import Scene

CAUSE = "La mise en page du certificat a échoué."
PARTIEL = {"HX-Request": "true", "HX-Request-Type": "partial"}


def onglet(scene: Scene, numero: int) -> str:
    return scene.adresse(f"/sessions/{numero}/telechargements")


def une_generation_ratee(scene: Scene) -> int:
    """Three certificates of which the first cannot be made."""
    numero = scene.session(Etat.GENERATION, reussites=3)

    def rater() -> None:
        premier = db.session.scalars(
            select(CertificatEmis).filter_by(session_numero=numero).order_by(CertificatEmis.id)
        ).first()
        assert premier is not None
        premier.etat, premier.echecs, premier.cause = EtatEmission.ECHEC, 3, CAUSE
        db.session.commit()
        produire(numero)

    scene.dans(rater)
    return numero


def test_before_generation_the_tab_says_what_will_stand_there(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session(Etat.VALIDATION_ENTITE)
    assert "Aucun certificat à télécharger pour le moment" in gestionnaire.get(onglet(scene, numero)).text


def test_the_count_follows_by_itself_and_can_be_refreshed_by_hand(
    scene: Scene, gestionnaire: Navigateur
) -> None:
    numero = scene.session(Etat.GENERATION, reussites=3)
    page = gestionnaire.get(onglet(scene, numero)).text
    assert "0\u00a0certificat sur 3" in page
    assert 'hx-trigger="load delay:300ms' in page
    assert re.search(r"<noscript>.*Actualiser.*</noscript>", page, re.S)
    assert "Rouvrir la session" not in page


def test_at_the_end_the_tab_becomes_the_downloads_and_asks_no_more(
    scene: Scene, gestionnaire: Navigateur
) -> None:
    numero = scene.session(Etat.GENERATION, reussites=3)
    suivi = gestionnaire.get(onglet(scene, numero), headers=PARTIEL).text
    assert "load delay" in suivi
    scene.dans(lambda: (produire(numero), dossier.produire(numero)))
    suivi = gestionnaire.get(onglet(scene, numero), headers=PARTIEL).text
    assert "load delay" not in suivi
    assert "3\u00a0candidats ont validé la certification" in suivi
    assert "Certificats générés" in suivi


def question(html: str) -> str:
    """What the page asks next."""
    (adresse,) = arbre.lire(html).xpath("//*[@id='suivi']/@hx-get")
    return str(adresse)


def test_the_page_asks_soon_then_less_and_less_often(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session(Etat.GENERATION, reussites=3)
    page, delais = gestionnaire.get(onglet(scene, numero)).text, []
    for _ in range(7):
        (delai,) = re.findall(r"load delay:(\d+)ms, every 15s", page)
        delais.append(int(delai))
        page = gestionnaire.get(question(page), headers=PARTIEL).text
    assert delais == [300, 600, 1000, 2000, 5000, 5000, 5000]


def test_as_long_as_nothing_changes_the_answer_is_the_progress_alone(
    scene: Scene, gestionnaire: Navigateur
) -> None:
    numero = scene.session(Etat.GENERATION, reussites=3)
    demande = question(gestionnaire.get(onglet(scene, numero)).text)
    reponse = gestionnaire.get(demande, headers=PARTIEL).text
    assert re.findall(r'hx-target="(#[^"]+)"', reponse) == ["#suivi", "#generation"]
    scene.dans(lambda: certificats.produire_les_certificats(numero))
    reponse = gestionnaire.get(demande, headers=PARTIEL).text
    assert re.findall(r'hx-target="(#[^"]+)"', reponse) == ["#suivi", "#generation"]
    assert "3\u00a0certificats sur 3" in reponse


def test_the_list_is_drawn_again_once_the_dossier_is_there_and_not_before(
    scene: Scene, gestionnaire: Navigateur, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier_par(monkeypatch)
    numero = scene.session(Etat.GENERE, reussites=3)
    demande = question(gestionnaire.get(onglet(scene, numero)).text)
    reponse = gestionnaire.get(demande, headers=PARTIEL).text
    assert re.findall(r'hx-target="(#[^"]+)"', reponse) == ["#suivi"] and len(reponse) < 500
    scene.dans(lambda: dossier.produire(numero))
    reponse = gestionnaire.get(question(reponse), headers=PARTIEL).text
    assert "Télécharger le dossier" in reponse and "LEFÈVRE" in reponse
    assert not arbre.lire(reponse).xpath("//*[@id='suivi']/@hx-get")


@pytest.mark.parametrize("suite", ["vu=x&rang=1", "vu=&rang=-1", "rang=beaucoup", "vu=%00&rang=99999999999"])
def test_a_question_that_no_page_of_ours_asks_gets_the_whole_tab(
    scene: Scene, gestionnaire: Navigateur, suite: str
) -> None:
    numero = scene.session(Etat.GENERE, reussites=1)
    adresse = f"{onglet(scene, numero)}?{suite}"
    assert "#telechargements" in gestionnaire.get(adresse, headers=PARTIEL).text
    assert "Télécharger les certificats" in gestionnaire.get(adresse).text


def test_a_failure_is_named_with_its_cause_and_what_to_do(scene: Scene, gestionnaire: Navigateur) -> None:
    page = gestionnaire.get(onglet(scene, une_generation_ratee(scene))).text
    assert "2\u00a0certificats sur 3" in page
    assert "1\u00a0certificat n’a pas pu être généré" in page
    assert "D’ALMEIDA João" in page
    assert CAUSE in page
    assert "load delay" not in page
    assert "Relancer" in page
    assert "Rouvrir la session" in page


def test_retrying_makes_only_what_is_missing(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = une_generation_ratee(scene)
    adresse = scene.adresse(f"/sessions/{numero}/actions/relancer_generation")
    champs = {"version": scene.version(numero)}
    for _ in range(2):
        assert gestionnaire.post(adresse, champs).location == onglet(scene, numero)
    assert 'hx-trigger="load delay:300ms' in gestionnaire.get(onglet(scene, numero)).text
    scene.dans(lambda: produire(numero))
    assert scene.etat(numero) is Etat.GENERE


def test_reopening_is_announced_then_done(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = une_generation_ratee(scene)
    recap = gestionnaire.get(scene.adresse(f"/sessions/{numero}/actions?action=rouvrir")).text
    assert "leurs numéros ne seront jamais réutilisés" in recap
    adresse = scene.adresse(f"/sessions/{numero}/actions/rouvrir")
    reponse = gestionnaire.post(adresse, {"version": scene.version(numero)})
    assert reponse.location == scene.adresse(f"/sessions/{numero}/session")
    assert scene.etat(numero) is Etat.SAISIE


def test_reopening_while_something_runs_is_refused(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session(Etat.GENERATION)
    adresse = scene.adresse(f"/sessions/{numero}/actions/rouvrir")
    reponse = gestionnaire.post(adresse, {"version": scene.version(numero)})
    assert reponse.status_code == 409
    assert scene.etat(numero) is Etat.GENERATION


def test_a_generation_that_does_not_advance_says_so(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session(Etat.GENERATION)
    assert "plus de temps que prévu" not in gestionnaire.get(onglet(scene, numero)).text
    depart = scene.voir(numero, lambda s: s.modifiee_le)
    scene.dans(lambda: porter_a(numero, modifiee_le=depart - timedelta(minutes=6)))
    assert "plus de temps que prévu" in gestionnaire.get(onglet(scene, numero)).text


def test_nobody_else_follows_it(scene: Scene) -> None:
    numero = scene.session(Etat.GENERATION)
    for acteur in (scene.troupe.etranger, scene.troupe.collegue, scene.troupe.formateur):
        intrus = scene.navigateur(acteur)
        assert intrus.get(onglet(scene, numero)).status_code == 404
        assert intrus.get(onglet(scene, numero), headers=PARTIEL).status_code == 404
