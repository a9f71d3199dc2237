"""An outage is not a failure (R6): whatever refuses and however long, nothing is counted and all goes on."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import Mock

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as AttenteTropLongue

from certif import taches
from certif.config import Config
from certif.documents.certificat.fabrique import Fabrique
from certif.documents.donnees import DonneesCertificat
from certif.documents.sceau.cle_de_sceau import CleInutilisable
from certif.domaine.certificats.annulation import Annulation, annuler_et_refaire
from certif.domaine.certificats.modeles import CertificatEmis, DossierSession, EtatEmission
from certif.domaine.certificats.production import certificats, recette, scelleur
from certif.domaine.certificats.production.recette import panne_de
from certif.domaine.certificats.production.reconciliation import sessions_a_reprendre
from certif.domaine.pannes.attente import attente_de
from certif.domaine.pannes.modeles import Panne, SorteDePanne
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.socle import stockage
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import instant_reel
from certif.socle.stockage import StockageIndisponible, StockagePlein
from tests.support import invariants
from tests.support.factories import Organisme, un_organisme, une_session, version
from tests.support.moves import etat
from tests.support.production import (
    baux_echus,
    dossier_par,
    page_factice,
    prendre_le_dossier,
    prendre_un_lot,
    rendre_par,
)

DES_ANNEES = 5
"""Attempts during one outage: more than any count of failures."""

VERROU = OperationalError("UPDATE", {}, Exception("database is locked"))
REFUS = {
    "stockage": StockageIndisponible(),
    "plein": StockagePlein(),
    "disque plein": OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)),
    "lecture seule": OSError(errno.EROFS, os.strerror(errno.EROFS)),
    "droits": PermissionError(errno.EACCES, os.strerror(errno.EACCES)),
}
Travail = Callable[[Organisme], int]


@pytest.fixture(autouse=True)
def _rapide(contexte: object, monkeypatch: pytest.MonkeyPatch) -> None:
    rendre_par(monkeypatch, page_factice)
    dossier_par(monkeypatch)
    monkeypatch.setattr(recette, "INSISTANCE_S", 0.0)


def les_certificats(organisme: Organisme) -> int:
    return une_session(organisme, Etat.GENERATION, reussites=3)


def le_zip(organisme: Organisme) -> int:
    numero = une_session(organisme, Etat.GENERATION, reussites=3)
    certificats.produire_les_certificats(numero)
    return numero


def le_dossier(organisme: Organisme) -> int:
    return une_session(organisme, Etat.GENERE, reussites=3)


def le_zip_refait(organisme: Organisme) -> int:
    numero = une_session(organisme, Etat.GENERE, reussites=3)
    premier = select(CertificatEmis.id).filter_by(session_numero=numero).order_by(CertificatEmis.id)
    asked = Annulation((db.session.scalars(premier).all()[0],), "identite")
    annuler_et_refaire(organisme.gestionnaire, numero, version(numero), asked)
    return numero


@contextmanager
def rien_ne_s_ecrit(erreur: Exception) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as panne:
        panne.setattr(stockage, "ecrire", Mock(side_effect=erreur))
        yield


def travailler(numero: int) -> None:
    """What the reconciler would have done every ten seconds."""
    taches.produire_certificats(numero)
    taches.reconstituer_archive(numero)
    taches.produire_dossier(numero)
    db.session.rollback()


def rien_de_compte(numero: int) -> None:
    db.session.rollback()
    emis = db.session.scalars(select(CertificatEmis).filter_by(session_numero=numero)).all()
    assert {c.echecs for c in emis} == {0}
    assert EtatEmission.ECHEC not in {c.etat for c in emis}
    dossier = db.session.get(DossierSession, numero)
    assert dossier is None or (dossier.echecs == 0 and dossier.cause is None)


@pytest.mark.pannes(un_sur=3)
@pytest.mark.parametrize("travail", [les_certificats, le_zip, le_dossier, le_zip_refait])
@pytest.mark.parametrize("refus", REFUS)
def test_rien_n_est_compte_puis_tout_reprend(
    organisme: Organisme, config: Config, travail: Travail, refus: str
) -> None:
    numero = travail(organisme)
    with rien_ne_s_ecrit(REFUS[refus]):
        for _ in range(DES_ANNEES):
            travailler(numero)
            if travail in (les_certificats, le_zip):
                assert sessions_a_reprendre() == [numero], "it is tried again without waiting for a claim"
        rien_de_compte(numero)
        assert attente_de(numero) is panne_de(REFUS[refus])
    travailler(numero)
    assert etat(numero) is Etat.GENERE and attente_de(numero) is None
    rien_de_compte(numero)
    invariants.verifier(config, dossiers=True)


@pytest.mark.parametrize("travail", [les_certificats, le_dossier])
def test_la_cle_du_sceau_perdue_attend_son_retour(
    organisme: Organisme, config: Config, travail: Travail, monkeypatch: pytest.MonkeyPatch
) -> None:
    numero = travail(organisme)
    with monkeypatch.context() as panne:
        panne.setattr(scelleur, "cle", Mock(side_effect=CleInutilisable("illisible")))
        for _ in range(DES_ANNEES):
            travailler(numero)
    rien_de_compte(numero)
    assert attente_de(numero) is SorteDePanne.SCEAU
    travailler(numero)
    assert attente_de(numero) is None
    invariants.verifier(config, dossiers=True)


@pytest.mark.parametrize("erreur", [VERROU, AttenteTropLongue()])
def test_une_base_qui_refuse_rend_ce_qui_etait_pris(
    chaque_base: str,
    organisme: Organisme,
    config: Config,
    monkeypatch: pytest.MonkeyPatch,
    erreur: Exception,
) -> None:
    numero = les_certificats(organisme)
    with monkeypatch.context() as panne:
        panne.setattr(recette, "marquer", Mock(side_effect=erreur))
        for _ in range(DES_ANNEES):
            travailler(numero)
    rien_de_compte(numero)
    assert attente_de(numero) is SorteDePanne.BASE
    travailler(numero)
    invariants.verifier(config, dossiers=True)


def test_une_base_partie_pour_de_bon_laisse_le_bail_echoir(
    organisme: Organisme, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody could give the claims back; the outage, entered once it was over, clears them."""
    numero = les_certificats(organisme)
    for _ in range(DES_ANNEES):
        with monkeypatch.context() as panne:
            panne.setattr(certificats, "_faire", Mock(side_effect=VERROU))
            panne.setattr(recette, "attendre", Mock(side_effect=VERROU))
            travailler(numero)
        assert {c.etat for c in db.session.scalars(select(CertificatEmis))} == {EtatEmission.EN_COURS}
        baux_echus()
        une_panne(SorteDePanne.BASE)
    travailler(numero)
    rien_de_compte(numero)
    invariants.verifier(config, dossiers=True)


@pytest.mark.parametrize("sorte", [SorteDePanne.FILE, SorteDePanne.OUVRIER, SorteDePanne.STOCKAGE])
def test_un_bail_echu_pendant_une_panne_n_est_pas_un_echec(
    organisme: Organisme, config: Config, sorte: SorteDePanne
) -> None:
    """The worker went with the queue, or hangs in the store: no certificate did that, nor a dossier."""
    numero, autre = les_certificats(organisme), le_dossier(un_organisme("FORMATION GUY"))
    for _ in range(DES_ANNEES):
        assert len(prendre_un_lot(numero)) == 3
        assert prendre_le_dossier(autre) is not None
        baux_echus()
        une_panne(sorte)
    travailler(numero)
    travailler(autre)
    for session in (numero, autre):
        rien_de_compte(session)
    invariants.verifier(config, dossiers=True)


def test_une_panne_ancienne_n_excuse_personne(organisme: Organisme) -> None:
    numero = les_certificats(organisme)
    une_panne(SorteDePanne.BASE, il_y_a=timedelta(minutes=10))
    prendre_un_lot(numero)
    baux_echus()
    prendre_un_lot(numero)
    db.session.rollback()
    assert {c.echecs for c in db.session.scalars(select(CertificatEmis))} == {1}


def test_la_memoire_qui_manque_est_son_propre_echec(
    organisme: Organisme, monkeypatch: pytest.MonkeyPatch
) -> None:
    numero = les_certificats(organisme)
    monkeypatch.setattr(Fabrique, "faire", Mock(side_effect=MemoryError))
    travailler(numero)
    db.session.rollback()
    assert {c.etat for c in db.session.scalars(select(CertificatEmis))} == {EtatEmission.ECHEC}
    assert attente_de(numero) is None


def test_un_stockage_qui_rend_autre_chose_est_en_panne(
    organisme: Organisme, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Made again once; when it does not read back then either, the store is at fault."""
    numero = le_zip(organisme)
    with monkeypatch.context() as panne:
        panne.setattr(stockage, "lire", lambda cle: b"autre chose")
        for _ in range(DES_ANNEES):
            travailler(numero)
    rien_de_compte(numero)
    assert attente_de(numero) is SorteDePanne.STOCKAGE
    travailler(numero)
    invariants.verifier(config, dossiers=True)


class TestVersionPlusRecente:
    @pytest.fixture
    def numero(self, organisme: Organisme) -> int:
        numero = les_certificats(organisme)
        with transaction():
            for emis in db.session.scalars(select(CertificatEmis).filter_by(session_numero=numero)):
                emis.donnees = {**emis.donnees, "champ_de_demain": "Canari"}
        return numero

    def test_elle_est_laissee_a_qui_sait_la_lire(
        self, organisme: Organisme, numero: int, config: Config, capsys: pytest.CaptureFixture[str]
    ) -> None:
        for _ in range(DES_ANNEES):
            travailler(numero)
        rien_de_compte(numero)
        assert {c.etat for c in db.session.scalars(select(CertificatEmis))} == {EtatEmission.A_PRODUIRE}
        assert attente_de(numero) is SorteDePanne.VERSION
        dit = "".join(capsys.readouterr())
        assert "production.version" in dit and "Canari" not in dit and "champ_de_demain" not in dit
        self.mettre_a_jour()
        travailler(numero)
        assert attente_de(numero) is None
        invariants.verifier(config, dossiers=True)

    def test_ni_le_dossier_ni_le_zip_refait_n_y_perdent_un_essai(
        self, organisme: Organisme, config: Config
    ) -> None:
        numero = le_zip_refait(organisme)
        with transaction():
            for emis in db.session.scalars(select(CertificatEmis)):
                emis.donnees = {**emis.donnees, "champ_de_demain": "Canari"}
        for _ in range(DES_ANNEES):
            travailler(numero)
        rien_de_compte(numero)
        assert db.session.get_one(SessionCertification, numero).zip_sha256, "the zip reads no data"
        assert attente_de(numero) is SorteDePanne.VERSION
        self.mettre_a_jour()
        travailler(numero)
        invariants.verifier(config, dossiers=True)

    def test_ses_voisins_sont_faits(self, organisme: Organisme) -> None:
        numero = les_certificats(organisme)
        with transaction():
            emis = db.session.scalars(select(CertificatEmis).filter_by(session_numero=numero)).all()
            emis[0].donnees = {**emis[0].donnees, "champ_de_demain": "Canari"}
        travailler(numero)
        etats = [c.etat for c in db.session.scalars(select(CertificatEmis).order_by(CertificatEmis.id))]
        assert etats == [EtatEmission.A_PRODUIRE, EtatEmission.PRODUIT, EtatEmission.PRODUIT]

    def test_une_ligne_abimee_reste_un_echec(self, organisme: Organisme) -> None:
        numero = les_certificats(organisme)
        with transaction():
            emis = db.session.scalars(select(CertificatEmis).filter_by(session_numero=numero)).all()
            emis[0].donnees = {cle: v for cle, v in emis[0].donnees.items() if cle != "lieu"}
        travailler(numero)
        etats = [c.etat for c in db.session.scalars(select(CertificatEmis).order_by(CertificatEmis.id))]
        assert etats == [EtatEmission.ECHEC, EtatEmission.PRODUIT, EtatEmission.PRODUIT]

    def mettre_a_jour(self) -> None:
        with transaction():
            for emis in db.session.scalars(select(CertificatEmis)):
                connues = DonneesCertificat.__dataclass_fields__
                emis.donnees = {cle: v for cle, v in emis.donnees.items() if cle in connues}


def une_panne(sorte: SorteDePanne, il_y_a: timedelta = timedelta(0)) -> None:
    """One that has just ended, or ended a while ago."""
    fin = instant_reel() - il_y_a
    with transaction():
        db.session.add(Panne(sorte=sorte, debut=fin - timedelta(seconds=30), fin=fin))
