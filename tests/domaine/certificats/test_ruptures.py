"""A failure or a full disk at each step, once or for good: the invariants hold, and nothing is silent."""

from contextlib import suppress

import pytest

from certif.config import Config
from certif.domaine.certificats.achevement import produire
from certif.domaine.certificats.reconciliation import sessions_a_reprendre
from certif.domaine.certificats.reprise import relancer_echecs
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.socle.extensions import db
from certif.socle.rupture import Rupture
from tests import invariants
from tests.fabriques import Organisme, un_organisme, une_session, version
from tests.production import ETAPES, baux_echus

pytestmark = pytest.mark.usefixtures("contexte", "rendu_rapide")

EFFETS = ("raise", "plein")


@pytest.fixture
def organisme(contexte: object) -> Organisme:
    return un_organisme()


def etat(numero: int) -> Etat:
    db.session.rollback()
    return db.session.get_one(SessionCertification, numero).etat


def une_fois() -> None:
    """What one job does, then time for its claims to lapse; the queue would log the failure and go on."""
    for numero in sessions_a_reprendre():
        with suppress(Rupture, OSError):
            produire(numero)
    baux_echus()


@pytest.mark.parametrize("effet", EFFETS)
@pytest.mark.parametrize("point", ETAPES)
def test_une_panne_passagere(
    organisme: Organisme, config: Config, monkeypatch: pytest.MonkeyPatch, point: str, effet: str
) -> None:
    numero = une_session(organisme, Etat.GENERATION, reussites=3)
    monkeypatch.setenv("CERTIF_RUPTURE", f"{point}:{effet}")
    une_fois()
    monkeypatch.delenv("CERTIF_RUPTURE")
    une_fois()
    if etat(numero) is Etat.GENERATION:
        # Each rendering failed three times at once: shown, and the entité has them made again.
        invariants.verifier(config)
        relancer_echecs(organisme.gestionnaire, numero, version(numero))
        une_fois()
    assert etat(numero) is Etat.GENERE
    invariants.verifier(config)


@pytest.mark.parametrize("effet", EFFETS)
@pytest.mark.parametrize("point", ETAPES)
def test_une_panne_qui_dure(
    organisme: Organisme, config: Config, monkeypatch: pytest.MonkeyPatch, point: str, effet: str
) -> None:
    """Six attempts, a minute apart: whatever was begun is either told as failed, or goes on once healed."""
    numero = une_session(organisme, Etat.GENERATION, reussites=3)
    monkeypatch.setenv("CERTIF_RUPTURE", f"{point}:{effet}")
    for _ in range(6):
        une_fois()
    monkeypatch.delenv("CERTIF_RUPTURE")
    for _ in range(2):
        une_fois()
    if etat(numero) is Etat.GENERATION:
        invariants.verifier(config)
        relancer_echecs(organisme.gestionnaire, numero, version(numero))
        une_fois()
    assert etat(numero) is Etat.GENERE
    invariants.verifier(config)


@pytest.mark.parametrize("effet", EFFETS)
@pytest.mark.parametrize("point", ["generation_avant_commit", "generation_apres_commit"])
def test_une_panne_au_clic(
    organisme: Organisme, config: Config, monkeypatch: pytest.MonkeyPatch, point: str, effet: str
) -> None:
    monkeypatch.setenv("CERTIF_RUPTURE", f"{point}:{effet}")
    with pytest.raises((Rupture, OSError)):
        une_session(organisme, Etat.GENERATION)
    monkeypatch.delenv("CERTIF_RUPTURE")
    une_fois()
    assert etat(1) is (Etat.GENERE if point == "generation_apres_commit" else Etat.VALIDATION_ENTITE)
    invariants.verifier(config)
