"""Whoever dies or fails on the way, the dossier is made once, or says why it is not."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select

from certif.config import Config
from certif.documents.erreurs import RenduImpossible
from certif.domaine.certificats.lectures import telechargements
from certif.domaine.certificats.production import contenu_du_dossier, dossier
from certif.domaine.certificats.production.fichiers import balayer
from certif.domaine.certificats.production.recette import marquer
from certif.domaine.certificats.production.reconciliation import dossiers_a_reprendre
from certif.domaine.certificats.purge import purger_les_generees
from certif.domaine.certificats.reprise import relancer_le_dossier
from certif.domaine.certificats.telechargement import marquer_telechargement
from certif.domaine.erreurs import ActionImpossible
from certif.domaine.journal import EntreeJournal
from certif.domaine.libelles.certificats import dossier as mots
from certif.domaine.sessions.modeles import SessionCertification
from certif.socle import stockage
from certif.socle.base.extensions import db
from tests.domaine.certificats.dossier.lecture import cles, fait, ligne
from tests.support import invariants
from tests.support.factories import Organisme
from tests.support.production import baux_echus, prendre_le_dossier

pytestmark = [pytest.mark.pannes, pytest.mark.usefixtures("contexte", "pages_rapides")]


def rater(*_: object) -> bytes:
    raise RenduImpossible("Un texte est trop long pour être imprimé (lieu).")


def test_trois_echecs_se_voient_puis_se_relancent(
    organisme: Organisme, numero: int, monkeypatch: pytest.MonkeyPatch, config: Config
) -> None:
    monkeypatch.setattr(contenu_du_dossier, "rendre_proces_verbal", rater)
    essais = 0
    while dossiers_a_reprendre():
        dossier.produire(numero)
        essais += 1
    assert essais == 3 and stockage.lister(f"{numero}/") == sorted(cles(numero))
    suivi = telechargements(db.session.get_one(SessionCertification, numero))
    assert suivi is not None and suivi.etat.dossier.rate and not suivi.etat.dossier.fait
    assert suivi.etat.dossier.cause == "Un texte est trop long pour être imprimé (lieu)."
    with pytest.raises(ActionImpossible, match="relancez sa préparation"):
        marquer_telechargement(organisme.gestionnaire, numero, dossier=True)
    marquer_telechargement(organisme.gestionnaire, numero)
    dossier.produire(numero)
    assert not fait(numero), "nobody asked again"
    invariants.verifier(config)
    monkeypatch.undo()
    relancer_le_dossier(organisme.gestionnaire, numero)
    relancer_le_dossier(organisme.gestionnaire, numero)
    assert [e.action for e in db.session.scalars(select(EntreeJournal))].count("relancer_dossier") == 1
    assert dossiers_a_reprendre() == [numero]


def test_un_certificat_altere_n_entre_dans_aucun_dossier(numero: int) -> None:
    stockage.ecrire(cles(numero)[0], b"%PDF-1.7 autre chose")
    for _ in range(3):
        dossier.produire(numero)
    lue = ligne(numero)
    assert lue is not None and lue.rate and lue.cause == mots.CAUSE_CERTIFICAT


def test_celui_qui_meurt_rend_sa_place_avec_le_temps(numero: int) -> None:
    for _ in range(3):
        assert prendre_le_dossier(numero) is not None
        assert prendre_le_dossier(numero) is None and dossiers_a_reprendre() == []
        baux_echus()
    assert prendre_le_dossier(numero) is None
    lue = ligne(numero)
    assert lue is not None and lue.rate and lue.cause == mots.CAUSE_INTERROMPU


@pytest.mark.usefixtures("documents_rapides")
def test_celui_qui_arrive_tard_ne_marque_rien(numero: int, config: Config) -> None:
    lent = prendre_le_dossier(numero)
    assert lent is not None
    tardif = dossier.DOSSIER.faire(lent)
    assert not isinstance(tardif, str)
    baux_echus()
    dossier.produire(numero)
    marquer(dossier.DOSSIER, numero, lent, tardif)
    lue = ligne(numero)
    assert fait(numero) and lue is not None and lue.cle != tardif.archive.cle
    balayer(numero)
    invariants.verifier(config)


@pytest.mark.usefixtures("documents_rapides")
def test_la_purge_passe_pendant_la_fabrication(
    numero: int, horloge_a: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    faire = dossier.DOSSIER.faire

    def faire_puis_purger(prise: dossier.Prise) -> dossier.Fait | str:
        fait = faire(prise)
        horloge_a("2026-06-28T00:00:00+02:00")
        assert purger_les_generees() == 1
        stockage.ecrire(prise.cle, b"trop tard")
        return fait

    monkeypatch.setattr(dossier, "DOSSIER", replace(dossier.DOSSIER, faire=faire_puis_purger))
    dossier.produire(numero)
    assert stockage.lister(f"{numero}/") == []
