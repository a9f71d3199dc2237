"""The database restarted, locked, cut, exhausted: nobody is told that nothing happened, and it goes on."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any, cast
from unittest.mock import Mock

import pytest
from sqlalchemy import NullPool, create_engine, select, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from certif import rythmes, taches
from certif.config import Config
from certif.domaine.certificats.modeles import CertificatEmis
from certif.domaine.certificats.production import recette
from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.modeles import Evenement
from certif.socle.base import extensions
from certif.socle.base.extensions import ECRITURE, db
from tests.pannes.essai import Essai, Ou
from tests.pannes.fautes import Faute
from tests.pannes.moments import executer
from tests.pannes.pages import Clic, onglet_des_telechargements
from tests.support.factories import Organisme, une_session
from tests.support.servers import attendre
from tests.support.workers import rompu, un_processus

pytestmark = [pytest.mark.pannes(un_sur=2), pytest.mark.usefixtures("documents_rapides")]

TOUJOURS = 5
"""Attempts during one outage: more than any count of failures."""


@pytest.fixture(autouse=True)
def _impatiente(monkeypatch: pytest.MonkeyPatch) -> None:
    """Less patient than for its users."""
    monkeypatch.setattr(extensions, "ATTENTE_VERROU_S", 0.2)
    monkeypatch.setattr(recette, "INSISTANCE_S", 0.0)


@contextmanager
def tout_est_tenu(config: Config, numero: int) -> Iterator[None]:
    """Somebody holds the session's row, and on SQLite every row."""
    db.session.remove()
    db.engine.dispose()  # what is opened from now on is as impatient as said above
    moteur = create_engine(config.base, poolclass=NullPool)
    with moteur.connect().execution_options(**{ECRITURE: True}) as connexion:
        verrou = "" if moteur.dialect.name == "sqlite" else " FOR UPDATE"
        ligne = f"SELECT 1 FROM session_certification WHERE numero = :numero{verrou}"
        connexion.execute(text(ligne), {"numero": numero})
        yield


def essayer(tache: Callable[[int], object], numero: int) -> None:
    """What a worker does; the queue would log the failure and go on."""
    with suppress(SQLAlchemyError):
        tache(numero)
    db.session.rollback()


def une_seule(essai: Essai, numero: int) -> None:
    """One generation was asked for, and an outage counted as no failure of a certificate."""
    essai.compte(select(Evenement).filter_by(session_numero=numero, action=Action.GENERER), 1)
    essai.guerit(numero)
    assert {c.echecs for c in db.session.scalars(select(CertificatEmis))} == {0}


@pytest.mark.faute(Faute.BASE_REDEMARREE)
def test_redemarree_en_plein_travail(
    request: pytest.FixtureRequest, chaque_base: str, essai: Essai, organisme: Organisme
) -> None:
    """PostgreSQL, as by a power cut; who has SQLite in them starts again with it."""
    numero = une_session(organisme, Etat.GENERATION)
    with un_processus(
        essai.config, "certificats_avant_commit:sleep=2", executer, "certificats", numero
    ) as travail:
        attendre(rompu(essai.config).exists, 60)
        db.session.rollback()
        if chaque_base == "postgresql":
            request.getfixturevalue("serveur_pg").redemarrer()
        else:
            travail.kill()
        travail.join(timeout=60)
    db.session.remove()
    db.engine.dispose()
    essai.regarde(numero)
    essai.guerit(numero)


@pytest.mark.faute(Faute.VERROU_TENU)
def test_un_verrou_tenu_au_clic(chaque_base: str, essai: Essai, organisme: Organisme) -> None:
    numero = une_session(organisme)
    clic = Clic(essai.app, numero)
    with tout_est_tenu(essai.config, numero):
        reponse = clic()
        essai.dit(Ou.REFUS, reponse.status_code == 503 and "vérifiez" in reponse.text)
    assert clic().status_code == 303
    une_seule(essai, numero)


@pytest.mark.faute(Faute.VERROU_TENU)
def test_un_verrou_tenu_pendant_le_travail(chaque_base: str, essai: Essai, organisme: Organisme) -> None:
    numero = une_session(organisme, Etat.GENERATION)
    with tout_est_tenu(essai.config, numero):
        for _ in range(TOUJOURS):
            essayer(taches.produire_certificats, numero)
    essai.regarde(numero)
    une_seule(essai, numero)


@pytest.mark.faute(Faute.BASE_VERROUILLEE)
def test_verrouillee_a_chaque_essai(
    chaque_base: str, essai: Essai, organisme: Organisme, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the last step, each time: nothing is counted, and the page says what is waited for."""
    numero = une_session(organisme, Etat.GENERATION)
    verrou = OperationalError("UPDATE", {}, Exception("database is locked"))
    with monkeypatch.context() as panne:
        panne.setattr(recette, "marquer", Mock(side_effect=verrou))
        for _ in range(TOUJOURS):
            essayer(taches.produire_certificats, numero)
    page = onglet_des_telechargements(essai.app, numero)
    essai.dit(Ou.PAGE, "la base de données ne répond pas" in page)
    une_seule(essai, numero)


@pytest.mark.faute(Faute.COUPEE_APRES_COMMIT)
@pytest.mark.parametrize("combien", [1, TOUJOURS])
def test_coupee_apres_que_commit_est_parti(
    chaque_base: str,
    essai: Essai,
    organisme: Organisme,
    monkeypatch: pytest.MonkeyPatch,
    combien: int,
) -> None:
    """The click was heard, and nobody can know: the page does not say that nothing happened."""
    numero = une_session(organisme)
    clic, dialecte = Clic(essai.app, numero), cast(Any, db.engine.dialect)
    valider = dialecte.do_commit
    restent = [None] * combien

    def valider_puis_couper(connexion: Any) -> None:
        valider(connexion)
        if restent:
            restent.pop()
            raise dialecte.dbapi.OperationalError("server closed the connection unexpectedly")

    with monkeypatch.context() as coupure:
        coupure.setattr(dialecte, "do_commit", valider_puis_couper)
        reponse = clic()
        essai.dit(Ou.REFUS, reponse.status_code == 503 and "vérifiez" in reponse.text)
        for _ in range(TOUJOURS):
            essayer(taches.produire_certificats, numero)
    assert clic().status_code == 303
    une_seule(essai, numero)


@pytest.mark.faute(Faute.PLUS_DE_CONNEXION)
def test_toutes_les_connexions_prises(chaque_base: str, essai: Essai, organisme: Organisme) -> None:
    numero = une_session(organisme)
    clic = Clic(essai.app, numero)
    db.session.remove()
    db.engine.dispose()
    pool: Any = db.engine.pool
    pool._timeout = 0.05
    with ExitStack() as pile:
        for _ in range(pool.size() + pool._max_overflow):
            pile.enter_context(db.engine.connect())
        essai.dit(Ou.REFUS, clic().status_code == 503)
        essayer(taches.produire_certificats, numero)
        rythmes.veiller()
    assert clic().status_code == 303
    une_seule(essai, numero)
