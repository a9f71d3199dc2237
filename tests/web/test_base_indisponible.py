"""The database in trouble: a page that promises nothing, and the same click again once it is back."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import NullPool, create_engine, text

from certif.config import Config
from certif.domaine.sessions.etats import Action, Etat
from certif.socle.base import extensions
from certif.socle.base.extensions import ECRITURE, db
from tests.support import invariants
from tests.support.moves import courriers, lignes
from tests.support.servers import couper_les_connexions
from tests.web.distribution import Navigateur
from tests.web.scene import Scene

sur_chaque_base = pytest.mark.usefixtures("chaque_base")

ATTENTE_S = 0.2


@pytest.fixture
def app(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The application, less patient than it is for its users."""
    monkeypatch.setattr(extensions, "ATTENTE_VERROU_S", ATTENTE_S)
    return app


@pytest.fixture
def numero(scene: Scene) -> int:
    return scene.session(Etat.SAISIE)


class Clic:
    """A click on "Soumettre au formateur", which can be made again as it was."""

    def __init__(self, scene: Scene, navigateur: Navigateur, numero: int) -> None:
        self.scene, self.navigateur, self.numero = scene, navigateur, numero
        self.adresse = scene.adresse(f"/sessions/{numero}/actions/soumettre_au_formateur")
        self.champs = {"version": scene.version(numero)}

    def est_en_panne(self) -> None:
        """The answer, whole or for htmx, says to look before doing it again."""
        for reponse in (
            self.navigateur.post(self.adresse, self.champs),
            self.navigateur.htmx(self.adresse, self.champs),
        ):
            assert reponse.status_code == 503
            assert "vérifiez" in reponse.text and "Rien n’a été modifié" not in reponse.text
            assert "Traceback" not in reponse.text

    def aboutit(self) -> None:
        """Made again, it leads on; whatever happened before, the move was made once."""
        assert self.navigateur.post(self.adresse, self.champs).status_code == 303
        assert self.scene.etat(self.numero) is Etat.VALIDATION_FORMATEUR
        assert len(self.scene.dans(lambda: lignes(self.numero, Action.SOUMETTRE_AU_FORMATEUR))) == 1
        assert len(self.scene.dans(courriers)) == 1


@pytest.fixture
def clic(scene: Scene, gestionnaire: Navigateur, numero: int) -> Clic:
    return Clic(scene, gestionnaire, numero)


@contextmanager
def session_tenue(config: Config, numero: int) -> Iterator[None]:
    """Somebody else holds the session's row, and on SQLite every row, for as long as the block lasts."""
    moteur = create_engine(config.base, poolclass=NullPool)
    with moteur.connect().execution_options(**{ECRITURE: True}) as connexion:
        verrou = "" if moteur.dialect.name == "sqlite" else " FOR UPDATE"
        connexion.execute(
            text(f"SELECT 1 FROM session_certification WHERE numero = :numero{verrou}"), {"numero": numero}
        )
        yield


@sur_chaque_base
def test_a_row_that_somebody_holds(config: Config, clic: Clic, scene: Scene) -> None:
    scene.dans(lambda: db.engine.dispose())  # noqa: PLW0108 - what is opened from now on is as impatient
    with session_tenue(config, clic.numero):
        clic.est_en_panne()
        assert clic.navigateur.get(scene.adresse("/sessions/en-cours")).status_code == 200
    assert scene.etat(clic.numero) is Etat.SAISIE
    clic.aboutit()


@sur_chaque_base
def test_every_connection_is_taken(clic: Clic, scene: Scene) -> None:
    moteur = scene.dans(lambda: db.engine)
    pool: Any = moteur.pool
    pool._timeout = 0.05
    with ExitStack() as pile:
        for _ in range(pool.size() + pool._max_overflow):
            pile.enter_context(moteur.connect())
        clic.est_en_panne()
        lecture = clic.navigateur.get(scene.adresse("/sessions/en-cours"))
        assert lecture.status_code == 503 and "Réessayez dans un instant" in lecture.text
    clic.aboutit()


@sur_chaque_base
@pytest.mark.parametrize("dure", [False, True], ids=["coupee", "coupee et injoignable"])
def test_the_connection_is_cut_after_commit_was_sent(
    app: Flask, config: Config, clic: Clic, scene: Scene, monkeypatch: pytest.MonkeyPatch, dure: bool
) -> None:
    """The move was made, and nobody can know: the page does not say that nothing was."""
    dialecte: Any = scene.dans(lambda: db.engine.dialect)
    valider = dialecte.do_commit

    def valider_puis_couper(connexion: Any) -> None:
        valider(connexion)
        raise dialecte.dbapi.OperationalError("server closed the connection unexpectedly")

    def injoignable(*_: Any, **__: Any) -> Any:
        raise dialecte.dbapi.OperationalError("connection refused")

    with monkeypatch.context() as coupure:
        coupure.setattr(dialecte, "do_commit", valider_puis_couper)
        reponse = clic.navigateur.post(clic.adresse, clic.champs)
        assert reponse.status_code == 503 and "vérifiez" in reponse.text
        if dure:
            coupure.setattr(dialecte, "do_execute", injoignable)
            clic.est_en_panne()
    assert scene.etat(clic.numero) is Etat.VALIDATION_FORMATEUR
    clic.aboutit()
    with app.app_context():
        invariants.verifier(config)


@pytest.mark.postgres
def test_the_server_was_restarted(config: Config, clic: Clic, scene: Scene) -> None:
    """Nobody sees anything of it between two clicks."""
    for _ in range(2):
        couper_les_connexions(config.base)
        assert clic.navigateur.get(scene.adresse("/sessions/en-cours")).status_code == 200
        couper_les_connexions(config.base)
        clic.aboutit()
