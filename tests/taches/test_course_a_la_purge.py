"""The purge and a generation, or a download, at the same moment: one comes first, nothing is torn."""

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask

from certif.config import Config
from certif.documents.donnees import DonneesCertificat
from certif.documents.erreurs import RenduImpossible
from certif.domaine.certificats import telechargement
from certif.domaine.certificats.production.certificats import produire
from certif.domaine.certificats.purge import effacer_les_abandonnees, purger_les_generees
from certif.domaine.certificats.reprise import relancer_echecs
from certif.domaine.certificats.telechargement import contenu, marquer_telechargement
from certif.domaine.erreurs import ErreurMetier, Introuvable
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.modeles_annexes import Bilan
from certif.socle import stockage
from certif.socle.base.extensions import db
from certif.socle.horloge import maintenant
from tests.support import invariants
from tests.support.factories import un_organisme, une_session, version
from tests.support.moves import existe
from tests.support.production import pdf_factice, rendre_par

pytestmark = [pytest.mark.pannes, pytest.mark.usefixtures("contexte")]

ATTENTE_S = 1.0
"""Whoever does not have to wait for the other is through by then."""

Regler = Callable[[str], None]


@pytest.fixture(autouse=True)
def _rendu_rapide(monkeypatch: pytest.MonkeyPatch) -> None:
    rendre_par(monkeypatch, pdf_factice)


class Autre(threading.Thread):
    """Somebody else at work; what was refused to them is in `refus`."""

    def __init__(self, app: Flask, action: Callable[[], object]) -> None:
        super().__init__()
        self.app, self.action, self.refus = app, action, ""

    def run(self) -> None:
        with self.app.app_context():
            try:
                self.action()
            except ErreurMetier as erreur:
                self.refus = type(erreur).__name__

    def passer(self) -> None:
        """Begin, and get as far as locks allow."""
        self.start()
        self.join(ATTENTE_S)


def rater_le_premier(donnees: DonneesCertificat) -> bytes:
    if donnees.prenom == "Hélène":
        raise RenduImpossible("Ce nom ne peut pas être imprimé.")
    return pdf_factice(donnees)


def test_une_relance_pendant_la_purge(
    chaque_base: str, app: Flask, config: Config, horloge_a: Regler, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A generation stopped for six months is relaunched just as the purge begins to erase it."""
    horloge_a("2026-06-10T12:00:00+02:00")
    organisme = un_organisme()
    numero = une_session(organisme, Etat.GENERATION, date_fin=date(2026, 6, 10))
    with monkeypatch.context() as panne:
        rendre_par(panne, rater_le_premier)
        produire(numero)
    posee = version(numero)
    db.session.rollback()

    def relancer() -> None:
        relancer_echecs(organisme.gestionnaire, numero, posee)
        produire(numero)

    autre = Autre(app, relancer)
    supprimer = stockage.supprimer_prefixe

    def supprimer_apres(prefixe: str) -> None:
        if autre.ident is None:
            autre.passer()
        supprimer(prefixe)

    monkeypatch.setattr(stockage, "supprimer_prefixe", supprimer_apres)
    horloge_a("2026-12-11T12:00:00+01:00")
    assert effacer_les_abandonnees() == 1
    autre.join()
    assert autre.refus == Introuvable.__name__ and not existe(numero)
    invariants.verifier(config)


def test_la_purge_pendant_une_generation(
    chaque_base: str, app: Flask, config: Config, horloge_a: Regler, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Six months are over while certificates are being made: they are about to exist, nothing is erased."""
    horloge_a("2026-12-09T23:59:00+01:00")
    numero = une_session(un_organisme(), Etat.GENERATION, date_fin=date(2026, 6, 10), reussites=3)
    purges: list[Autre] = []

    def rendre(donnees: DonneesCertificat) -> bytes:
        purges.append(Autre(app, lambda: (effacer_les_abandonnees(), purger_les_generees())))
        purges[-1].passer()
        return pdf_factice(donnees)

    rendre_par(monkeypatch, rendre)
    horloge_a("2026-12-10T00:00:00+01:00")
    produire(numero)
    assert len(purges) == 3
    db.session.rollback()
    assert db.session.get_one(SessionCertification, numero).etat is Etat.GENERE
    invariants.verifier(config)


def test_la_purge_pendant_un_telechargement(
    chaque_base: str, app: Flask, config: Config, horloge_a: Regler, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Midnight of the sixteenth day strikes while a download is being recorded: it is, then all goes."""
    horloge_a("2026-06-12T18:00:00+02:00")
    organisme = un_organisme()
    numero = une_session(organisme, Etat.GENERE, date_fin=date(2026, 6, 10))
    horloge_a("2026-06-27T23:59:50+02:00")
    autre = Autre(app, purger_les_generees)
    appels: list[Any] = []

    def passer_minuit() -> Any:
        appels.append(avant := maintenant())
        if len(appels) == 3:  # judged twice, about to be recorded
            horloge_a("2026-06-28T00:00:10+02:00")
            autre.passer()
        return avant

    monkeypatch.setattr(telechargement, "maintenant", passer_minuit)
    marquer_telechargement(organisme.gestionnaire, numero)
    assert len(appels) >= 3
    autre.join()
    assert not existe(numero) and db.session.get(Bilan, numero) is not None
    invariants.verifier(config)


def test_un_fichier_ouvert_avant_la_purge_arrive_entier(horloge_a: Regler) -> None:
    horloge_a("2026-06-12T18:00:00+02:00")
    organisme = un_organisme()
    numero = une_session(organisme, Etat.GENERE, date_fin=date(2026, 6, 10))
    horloge_a("2026-06-27T23:59:50+02:00")
    fichier = marquer_telechargement(organisme.gestionnaire, numero)
    morceaux = contenu(fichier)
    horloge_a("2026-06-28T00:00:10+02:00")
    assert purger_les_generees() == 1
    assert sum(len(morceau) for morceau in morceaux) == fichier.taille
