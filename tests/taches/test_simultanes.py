"""Twenty people click "Générer" at once: one set of certificates, one line in the timeline (R5, R6)."""

import contextlib
import threading
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select

from certif.config import Config
from certif.domaine.acteur import TypeRole
from certif.domaine.certificats.annulation import Annulation, annuler_et_refaire
from certif.domaine.certificats.generation import demander_generation
from certif.domaine.certificats.modeles import CertificatEmis, LigneRegistre
from certif.domaine.certificats.production.archive import reconstituer
from certif.domaine.certificats.production.certificats import produire
from certif.domaine.certificats.telechargement import marquer_telechargement
from certif.domaine.erreurs import ErreurMetier
from certif.domaine.sessions.actions.soumission import modifier_la_saisie
from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.modeles import Evenement, SessionCertification
from certif.domaine.sessions.valeurs import Resultat
from certif.socle.base.extensions import db
from tests.support import invariants
from tests.support.factories import un_acteur, un_organisme, un_stagiaire, une_session, version
from tests.support.production import baux_echus, pdf_factice, rendre_par
from tests.support.servers import ServeurValkey

pytestmark = [pytest.mark.charge, pytest.mark.usefixtures("contexte")]

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


def certificats_de(numero: int) -> list[int]:
    db.session.rollback()
    requete = select(CertificatEmis.id).filter_by(session_numero=numero).order_by(CertificatEmis.id)
    return list(db.session.scalars(requete))


def test_vingt_annulations_une_rectificative(
    chaque_base: str, app: Flask, config: Config, valkey: ServeurValkey
) -> None:
    """The same click twenty times, by two gestionnaires (R14)."""
    organisme = un_organisme()
    autre = un_acteur(TypeRole.GESTIONNAIRE, organisme.entite_id, "Vasseur", "Hugo")
    numero = une_session(organisme, Etat.GENERE, reussites=3)
    posee, asked = version(numero), Annulation(tuple(certificats_de(numero)[:2]), "identite")
    clics = [
        partial(annuler_et_refaire, acteur, numero, posee, asked)
        for acteur in (organisme.gestionnaire, autre)
        for _ in range(CLICS // 2)
    ]
    assert ensemble(app, clics) == []
    nees = db.session.scalars(select(SessionCertification).filter_by(rectifie_numero=numero)).all()
    assert [len(nee.stagiaires) for nee in nees] == [2]
    reconstituer(numero)
    invariants.verifier(config)


def test_deux_gestionnaires_deux_choix(
    chaque_base: str, app: Flask, config: Config, valkey: ServeurValkey
) -> None:
    """One wins, the other is shown what changed; never two rectificatives."""
    organisme = un_organisme()
    numero = une_session(organisme, Etat.GENERE, reussites=3)
    posee = version(numero)
    clics = [
        partial(annuler_et_refaire, organisme.gestionnaire, numero, posee, Annulation((choisi,), "identite"))
        for choisi in certificats_de(numero)
    ]
    assert ensemble(app, clics) == ["VersionPerimee"] * 2
    assert len(db.session.scalars(select(SessionCertification)).all()) == 2
    reconstituer(numero)
    invariants.verifier(config)


def test_annuler_contre_telecharger_et_reconstituer(
    chaque_base: str, app: Flask, config: Config, valkey: ServeurValkey
) -> None:
    """Whatever the order, what is handed over after the cancellation does not hold it."""
    organisme = un_organisme()
    for rang in range(3):
        numero = une_session(organisme, Etat.GENERE, reussites=3, date_fin=date(2026, 1, 1 + rang))
        posee, choisi = version(numero), certificats_de(numero)[0]
        asked = Annulation((choisi,), "identite")
        ensemble(
            app,
            [
                partial(annuler_et_refaire, organisme.gestionnaire, numero, posee, asked),
                *[partial(marquer_telechargement, organisme.gestionnaire, numero)] * 3,
                *[partial(marquer_telechargement, organisme.gestionnaire, numero, choisi)] * 3,
                *[partial(reconstituer, numero)] * 4,
            ],
        )
        db.session.rollback()
        with contextlib.suppress(ErreurMetier):
            marquer_telechargement(organisme.gestionnaire, numero, choisi)
            raise AssertionError("a cancelled certificate was handed over")
        baux_echus()
        reconstituer(numero)
    invariants.verifier(config)
