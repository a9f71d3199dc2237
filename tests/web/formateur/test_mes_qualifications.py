"""MES QUALIFICATIONS: until when, warned in time, with the sessions that an end blocks."""

from datetime import date, timedelta

import pytest

from certif.domaine.referentiel.modeles import Qualification
from certif.domaine.sessions.etats import Action, Etat
from certif.socle.base.extensions import db
from certif.socle.horloge import aujourd_hui
from tests.support.factories import un_certificat, une_qualification
from tests.support.moves import agir
from tests.web.distribution import Navigateur
from tests.web.lecture import texte
from tests.web.scene import Scene

ADRESSE = "/formateur/qualifications"


def finir(scene: Scene, fin: date) -> None:
    """Make the formateur's SST qualification end on this day."""

    def changer() -> None:
        acteur = scene.troupe.formateur
        db.session.query(Qualification).filter_by(individu_id=acteur.individu_id).update({"fin": fin})
        db.session.commit()

    scene.dans(changer)


@pytest.mark.parametrize(
    ("jours", "dit", "tait"),
    [
        (91, "Jusqu’en ", "renouvellement"),
        (89, "Encore 89 jours", "Jusqu’en"),
        (90, "Pensez à son renouvellement.", "Inscrivez-vous"),
        (60, "Inscrivez-vous à son renouvellement.", "Sans renouvellement"),
        (30, "Sans renouvellement, vous ne pourrez plus certifier", "Inscrivez-vous"),
        (1, "Encore 1 jour", "Encore 1 jours"),
        (0, "Dernier jour aujourd’hui", "A pris fin"),
        (-1, "A pris fin le", "renouvellement"),
    ],
)
def test_days_left_are_said_and_warned(
    scene: Scene, formateur: Navigateur, jours: int, dit: str, tait: str
) -> None:
    fin = aujourd_hui() + timedelta(days=jours)
    finir(scene, fin)
    lu = texte(formateur.get(ADRESSE).text)
    assert dit in lu
    assert tait not in lu
    assert "SST / 1" in lu
    assert f"Du 01/01/2020 au {fin:%d/%m/%Y} inclus" in lu


def test_a_qualification_to_come_says_from_when(scene: Scene, formateur: Navigateur) -> None:
    def qualifier() -> None:
        niveau_id = un_certificat("PRAP-IBC", "PRAP").niveau_id
        demain = aujourd_hui() + timedelta(days=1)
        une_qualification(scene.troupe.formateur.individu_id, niveau_id, demain, demain)

    scene.dans(qualifier)
    assert f"À partir du {aujourd_hui() + timedelta(days=1):%d/%m/%Y}" in texte(formateur.get(ADRESSE).text)


def test_the_sessions_that_an_end_blocks_are_named(scene: Scene, formateur: Navigateur) -> None:
    bloquee = scene.session(Etat.VALIDATION_FORMATEUR)
    revenue = scene.session(Etat.VALIDATION_FORMATEUR)
    scene.dans(lambda: agir(Action.REPRENDRE_SAISIE, scene.troupe.gestionnaire, revenue))
    couverte = scene.session(Etat.VALIDATION_ENTITE, date_fin=aujourd_hui() - timedelta(days=1))
    scene.session(Etat.GENERE)
    finir(scene, aujourd_hui() - timedelta(days=1))
    page = formateur.get(ADRESSE).text
    lu = texte(page)
    assert "2 sessions se terminent après cette date" in lu
    assert f'href="/formateur/sessions/{bloquee}"' in page
    assert f"Session n°{revenue}, MAROSE FORMATION" in lu
    assert f'href="/formateur/sessions/{revenue}"' not in page
    assert f"Session n°{couverte}," not in lu


def test_an_end_to_come_blocks_the_sessions_that_end_after_it(scene: Scene, formateur: Navigateur) -> None:
    fin = aujourd_hui() + timedelta(days=10)
    au_dernier_jour, apres = (
        scene.session(Etat.VALIDATION_FORMATEUR, date_fin=fin + timedelta(days=jours)) for jours in (0, 1)
    )
    finir(scene, fin)
    lu = texte(formateur.get(ADRESSE).text)
    assert "1 session se termine après cette date" in lu
    assert f"Session n°{apres}," in lu
    assert f"Session n°{au_dernier_jour}," not in lu


def test_a_later_qualification_lifts_the_block(scene: Scene, formateur: Navigateur) -> None:
    scene.session(Etat.VALIDATION_FORMATEUR)
    finir(scene, aujourd_hui() - timedelta(days=1))
    scene.dans(
        lambda: une_qualification(
            scene.troupe.formateur.individu_id, scene.troupe.marose.niveau_id, debut=aujourd_hui()
        )
    )
    lu = texte(formateur.get(ADRESSE).text)
    assert "après cette date" not in lu
    assert "Qualifications passées" in lu


def test_what_is_renewed_is_not_warned_of(scene: Scene, formateur: Navigateur) -> None:
    finir(scene, aujourd_hui() + timedelta(days=20))
    scene.dans(lambda: une_qualification(scene.troupe.formateur.individu_id, scene.troupe.marose.niveau_id))
    lu = texte(formateur.get(ADRESSE).text)
    assert "Renouvelée jusqu’au 31/12/2040." in lu
    assert "Sans renouvellement" not in lu


def test_only_their_own_are_shown(scene: Scene) -> None:
    finir(scene, date(2031, 5, 4))
    assert "04/05/2031" not in scene.navigateur(scene.troupe.remplacant).get(ADRESSE).text


def test_nobody_s_page_is_empty_without_a_word(scene: Scene, formateur: Navigateur) -> None:
    scene.dans(lambda: (db.session.query(Qualification).delete(), db.session.commit()))
    assert "Aucune qualification enregistrée" in texte(formateur.get(ADRESSE).text)


def test_a_withdrawal_is_said_and_blocks_from_its_day(scene: Scene, formateur: Navigateur) -> None:
    jour = aujourd_hui()
    numero = scene.session(Etat.VALIDATION_FORMATEUR)

    def retirer(le: date) -> str:
        qui = scene.troupe.formateur.individu_id
        scene.dans(
            lambda: (
                db.session.query(Qualification).filter_by(individu_id=qui).update({"retrait_le": le}),
                db.session.commit(),
            )
        )
        return texte(formateur.get(ADRESSE).text)

    demain = retirer(jour + timedelta(days=1))
    assert "Dernier jour aujourd’hui" in demain and f"au {jour:%d/%m/%Y} inclus" in demain
    assert f"Session n°{numero}" not in demain
    lu = retirer(jour)
    assert f"Retirée à compter du {jour:%d/%m/%Y}" in lu and f"Session n°{numero}" in lu
    assert f"Retirée à compter du {date(2020, 1, 1):%d/%m/%Y}" in retirer(date(2020, 1, 1))
