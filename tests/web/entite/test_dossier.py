"""The dossier of a session: beside its certificates, for the entité alone, never in their way."""

import io
import zipfile
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from certif.domaine.certificats.modeles import ECHECS_MAX, DossierSession
from certif.domaine.certificats.production import dossier
from certif.domaine.personnes.modeles import Entite
from certif.domaine.referentiel.modeles import Certificat
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles_annexes import Telechargement
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import aujourd_hui
from tests.web import arbre
from tests.web.distribution import Navigateur
from tests.web.scene import Scene

PARTIEL = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def numero(scene: Scene) -> int:
    """Generated; the dossier is still to be made."""
    return scene.session(Etat.GENERE, reussites=2, echecs=1)


def onglet(scene: Scene, numero: int, suite: str = "") -> str:
    return scene.adresse(f"/sessions/{numero}/telechargements{suite}")


def produire(scene: Scene, numero: int) -> None:
    scene.dans(lambda: dossier.produire(numero))


def echouer(scene: Scene, numero: int) -> None:
    """Three tries are over."""

    def marquer() -> None:
        with transaction():
            db.session.add(
                DossierSession(session_numero=numero, echecs=ECHECS_MAX, cause="Le stockage ne répond pas.")
            )

    scene.dans(marquer)


def telecharges(scene: Scene, numero: int) -> list[str]:
    requete = select(Telechargement.sorte).filter_by(session_numero=numero)
    return scene.dans(lambda: list(db.session.scalars(requete)))


def test_it_comes_by_itself_and_hides_nothing(scene: Scene, numero: int, gestionnaire: Navigateur) -> None:
    page = gestionnaire.get(onglet(scene, numero)).text
    assert "Le dossier est en préparation" in page
    assert "Télécharger les certificats" in page
    assert "Télécharger le dossier" not in page
    reponse = gestionnaire.get(onglet(scene, numero, "/dossier"))
    assert reponse.status_code == 409
    assert "en préparation" in reponse.text
    attente = arbre.lire(page)
    assert attente.xpath("//*[@id='suivi']/@hx-trigger") == ["load delay:300ms, every 15s"]
    produire(scene, numero)
    prete = arbre.appliquer(attente, gestionnaire.get(onglet(scene, numero), headers=PARTIEL).text)
    fraiche = arbre.lire(gestionnaire.get(onglet(scene, numero)).text)
    assert arbre.principal(prete) == arbre.principal(fraiche)
    assert not fraiche.xpath("//*[@id='suivi']/@hx-trigger")
    assert "Télécharger le dossier" in gestionnaire.get(onglet(scene, numero)).text


def test_one_zip_always_the_same_as_an_attachment(
    scene: Scene, numero: int, gestionnaire: Navigateur
) -> None:
    produire(scene, numero)
    premier, second = (gestionnaire.get(onglet(scene, numero, "/dossier")) for _ in range(2))
    assert premier.data == second.data
    with zipfile.ZipFile(io.BytesIO(premier.data)) as archive:
        assert len(archive.namelist()) == 6
    jour = scene.voir(numero, lambda s: s.date_fin.isoformat() if s.date_fin else "")
    assert premier.headers["Content-Disposition"] == (
        f"attachment; filename={jour}_SST-1_dossier_session-{numero}.zip"
    )
    assert premier.headers["Cache-Control"] == "no-store"
    assert int(premier.headers["Content-Length"]) == len(premier.data)
    assert telecharges(scene, numero) == ["dossier", "dossier"]
    page = gestionnaire.get(onglet(scene, numero)).text
    assert "Dossier de la session\u00a0: Karine PARIS, le " in page
    assert "Jamais téléchargé" not in page and "Téléchargés le" in page


def test_a_head_is_no_download(scene: Scene, numero: int, gestionnaire: Navigateur) -> None:
    produire(scene, numero)
    tete = gestionnaire.client.head(onglet(scene, numero, "/dossier"))
    assert (tete.status_code, tete.data) == (200, b"")
    assert telecharges(scene, numero) == []


def test_a_failure_is_said_and_can_be_tried_again(
    scene: Scene, numero: int, gestionnaire: Navigateur
) -> None:
    echouer(scene, numero)
    page = gestionnaire.get(onglet(scene, numero)).text
    assert "Le dossier n’a pas pu être préparé" in page and "Le stockage ne répond pas." in page
    assert "load delay" not in page and "Télécharger les certificats" in page
    reponse = gestionnaire.get(onglet(scene, numero, "/dossier"))
    assert reponse.status_code == 409 and "relancez sa préparation" in reponse.text
    fragments = gestionnaire.htmx(onglet(scene, numero, "/dossier"), {})
    assert "en préparation" in fragments.text
    obtenue = arbre.appliquer(arbre.lire(page), fragments.text)
    assert arbre.principal(obtenue) == arbre.principal(
        arbre.lire(gestionnaire.get(onglet(scene, numero)).text)
    )
    again = gestionnaire.post(onglet(scene, numero, "/dossier"))
    assert again.status_code == 303 and again.headers["Location"].endswith("/telechargements")
    produire(scene, numero)
    assert gestionnaire.get(onglet(scene, numero, "/dossier")).status_code == 200


def test_a_suspended_entite_downloads_and_cannot_try_again(
    scene: Scene, numero: int, gestionnaire: Navigateur
) -> None:
    echouer(scene, numero)

    def suspendre() -> None:
        with transaction():
            db.session.get_one(Entite, scene.troupe.marose.entite_id).suspendue_le = aujourd_hui()

    scene.dans(suspendre)
    assert "Relancer la préparation" not in gestionnaire.get(onglet(scene, numero)).text
    assert gestionnaire.post(onglet(scene, numero, "/dossier")).status_code == 409


def test_only_the_entite_reaches_it(scene: Scene, numero: int) -> None:
    produire(scene, numero)
    for acteur in (scene.troupe.formateur, scene.troupe.etranger, scene.troupe.collegue):
        intrus = scene.navigateur(acteur)
        assert intrus.get(onglet(scene, numero, "/dossier")).status_code == 404
        assert intrus.post(onglet(scene, numero, "/dossier")).status_code == 404
    assert telecharges(scene, numero) == []


def test_from_the_sixteenth_day_it_is_gone(scene: Scene, horloge_a: Callable[[str], None]) -> None:
    horloge_a("2022-04-11T10:00:00+02:00")
    numero = scene.session(Etat.GENERE)
    produire(scene, numero)
    gestionnaire = scene.navigateur(scene.troupe.gestionnaire)
    horloge_a("2022-04-26T23:59:00+02:00")
    assert gestionnaire.get(onglet(scene, numero, "/dossier")).status_code == 200
    horloge_a("2022-04-27T00:00:00+02:00")
    assert gestionnaire.get(onglet(scene, numero, "/dossier")).status_code == 422
    assert "Dossier de la session</h2>" not in gestionnaire.get(onglet(scene, numero)).text


def test_a_late_one_says_so_and_stops_asking(scene: Scene, horloge_a: Callable[[str], None]) -> None:
    horloge_a("2022-04-11T10:00:00+02:00")
    numero = scene.session(Etat.GENERE)
    horloge_a("2022-04-11T10:06:00+02:00")
    page = scene.navigateur(scene.troupe.gestionnaire).get(onglet(scene, numero)).text
    assert "prend plus de temps que prévu" in page and "load delay" not in page


def test_without_deadline_none_is_promised(scene: Scene, numero: int, gestionnaire: Navigateur) -> None:
    def sans_fin() -> None:
        with transaction():
            db.session.execute(update(Certificat).values(mois_validite=None))

    scene.dans(sans_fin)
    assert "tableau des échéances" in gestionnaire.get(onglet(scene, numero)).text, "these have one"
    autre = scene.session(Etat.GENERE, reussites=1, date_fin=aujourd_hui() - timedelta(days=1))
    assert "tableau des échéances" not in gestionnaire.get(onglet(scene, autre)).text
