"""Twenty people click "Générer" at once: one set of certificates, one line in the timeline (R5, R6)."""

import threading
from collections.abc import Callable, Sequence
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select

from certif.config import Config
from certif.domaine.certificats.achevement import produire
from certif.domaine.certificats.generation import demander_generation
from certif.domaine.certificats.modeles import CertificatEmis, LigneRegistre
from certif.domaine.erreurs import ErreurMetier
from certif.domaine.sessions.actions.soumission import modifier_la_saisie
from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.modeles import Evenement, Resultat, SessionCertification
from certif.socle.extensions import db
from tests import invariants
from tests.fabriques import un_organisme, un_stagiaire, une_session, version
from tests.production import pdf_factice, rendre_par
from tests.serveurs import ServeurValkey

pytestmark = pytest.mark.usefixtures("contexte")

CLICS = 20


@pytest.fixture(autouse=True)
def _rendu_rapide(monkeypatch: pytest.MonkeyPatch) -> None:
    rendre_par(monkeypatch, pdf_factice)


def ensemble(app: Flask, actions: Sequence[Callable[[], object]]) -> list[str]:
    """Run all of these at once, each in a thread; returns what was refused."""
    depart, refus = threading.Barrier(len(actions)), []

    def lancer(action: Callable[[], object]) -> None:
        with app.app_context():
            depart.wait()
            try:
                action()
            except ErreurMetier as erreur:
                refus.append(type(erreur).__name__)

    fils = [threading.Thread(target=lancer, args=(action,)) for action in actions]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    db.session.rollback()
    return refus


def test_vingt_clics_un_seul_jeu(chaque_base: str, app: Flask, config: Config, valkey: ServeurValkey) -> None:
    organisme = un_organisme()
    numero = une_session(organisme, reussites=5, echecs=1)
    posee = version(numero)
    clic = partial(demander_generation, organisme.gestionnaire, numero, posee)
    assert ensemble(app, [clic] * CLICS) == []
    assert len(db.session.scalars(select(CertificatEmis)).all()) == 5
    assert len(db.session.scalars(select(LigneRegistre)).all()) == 5
    lignes = db.session.scalars(select(Evenement).filter_by(action=Action.GENERER)).all()
    assert len(lignes) == 1
    produire(numero)
    invariants.verifier(config)


def test_generer_contre_modifier(chaque_base: str, app: Flask, config: Config, valkey: ServeurValkey) -> None:
    """One of the two wins, the other is told that the session changed; never both."""
    organisme = un_organisme()
    numero = une_session(organisme)
    posee = version(numero)
    refus = ensemble(
        app,
        [
            lambda: demander_generation(organisme.gestionnaire, numero, posee),
            lambda: modifier_la_saisie(organisme.delegataire, numero, posee),
            lambda: modifier_la_saisie(organisme.gestionnaire, numero, posee),
        ],
    )
    etat = db.session.get_one(SessionCertification, numero).etat
    assert etat in (Etat.GENERATION, Etat.SAISIE)
    assert refus, "somebody lost"
    produire(numero)
    invariants.verifier(config)


def test_le_meme_stagiaire_dans_dix_sessions(
    chaque_base: str, app: Flask, config: Config, valkey: ServeurValkey
) -> None:
    """Ten sessions of one entité certify the same person at once: one does, nine are refused."""
    organisme = un_organisme()
    numeros = [
        une_session(organisme, stagiaires=[un_stagiaire(resultat=Resultat.REUSSITE)]) for _ in range(10)
    ]
    clics = [partial(demander_generation, organisme.gestionnaire, n, version(n)) for n in numeros]
    assert ensemble(app, clics) == ["Refus"] * 9
    assert len(db.session.scalars(select(LigneRegistre)).all()) == 1
    for numero in numeros:
        produire(numero)
    invariants.verifier(config)
