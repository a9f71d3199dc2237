"""What happens at the doors leaves a line: who by number, from where by a hash, no name and no address."""

import pytest
from sqlalchemy import select

from certif.domaine.acces.modeles import TentativeConnexion
from certif.domaine.personnes.modeles import Individu
from certif.domaine.sessions.etats import Etat
from certif.socle.base.extensions import db
from tests.web.distribution import MOT_DE_PASSE, Navigateur
from tests.web.scene import Scene


def lignes(capfd: pytest.CaptureFixture[str]) -> list[str]:
    """What the log said of the doors since it was last read."""
    dit = capfd.readouterr().err.splitlines()
    return [ligne for ligne in dit if any(e in ligne for e in ("connexion.", "preuve.", "acces.refuse"))]


@pytest.fixture
def email(scene: Scene) -> str:
    scene.navigateur(scene.troupe.gestionnaire)
    qui = scene.troupe.gestionnaire.individu_id
    return scene.dans(lambda: db.session.get_one(Individu, qui).email) or ""


def entrer(scene: Scene, identifiant: str, mot_de_passe: str) -> None:
    navigateur = Navigateur(scene.app.test_client())
    navigateur.rafraichir()
    navigateur.post("/connexion", {"identifiant": identifiant, "mot_de_passe": mot_de_passe})


def test_a_login_opened(scene: Scene, email: str, capfd: pytest.CaptureFixture[str]) -> None:
    lignes(capfd)
    entrer(scene, email, MOT_DE_PASSE)
    preuve, ouverte = lignes(capfd)
    assert "preuve.acceptee" in preuve and "connexion.ouverte" in ouverte
    assert f"individu={scene.troupe.gestionnaire.individu_id}" in ouverte


def test_a_login_refused_then_throttled(scene: Scene, email: str, capfd: pytest.CaptureFixture[str]) -> None:
    lignes(capfd)
    for _ in range(11):
        entrer(scene, email, "faux")
    evenements = [ligne.split("preuve.")[1].split()[0] for ligne in lignes(capfd)]
    assert evenements == ["refusee"] * 10 + ["freinee"]


def test_an_unknown_account_is_nobody_s(scene: Scene, capfd: pytest.CaptureFixture[str]) -> None:
    lignes(capfd)
    entrer(scene, "inconnue@ailleurs.example", "faux")
    (ligne,) = lignes(capfd)
    assert "individu=None" in ligne and "preuve.refusee" in ligne and "inconnue" not in ligne


def test_what_is_out_of_one_s_scope(scene: Scene, capfd: pytest.CaptureFixture[str]) -> None:
    numero = scene.session(Etat.SAISIE)
    etranger = scene.navigateur(scene.troupe.etranger)
    lignes(capfd)
    assert etranger.client.get(scene.adresse(f"/sessions/{numero}")).status_code == 404
    (ligne,) = lignes(capfd)
    assert "acces.refuse" in ligne and f"individu={scene.troupe.etranger.individu_id}" in ligne


def test_one_network_is_one_text_which_is_no_address(
    scene: Scene, email: str, capfd: pytest.CaptureFixture[str]
) -> None:
    lignes(capfd)
    entrer(scene, email, "faux")
    entrer(scene, "x@y.example", "faux")
    ecrites = lignes(capfd)
    assert len({ligne.split("reseau=")[1].split()[0] for ligne in ecrites}) == 1
    adresses = scene.dans(lambda: set(db.session.scalars(select(TentativeConnexion.adresse))))
    for ligne in ecrites:
        assert not any(texte in ligne for texte in (email, "x@y", *adresses))
