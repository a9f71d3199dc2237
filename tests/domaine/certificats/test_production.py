"""R6: what fails is retried three times and shown; the others finish; whoever comes late changes nothing."""

import itertools
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update

from certif.config import Config
from certif.documents.donnees import DonneesCertificat
from certif.documents.erreurs import RenduImpossible
from certif.domaine.certificats.lectures import avancement
from certif.domaine.certificats.modeles import CertificatEmis, EtatEmission
from certif.domaine.certificats.production import archive, certificats
from certif.domaine.certificats.production.certificats import produire
from certif.domaine.certificats.production.fichiers import balayer
from certif.domaine.certificats.production.recette import marquer, prendre
from certif.domaine.certificats.production.reconciliation import sessions_a_reprendre
from certif.domaine.courriers.modeles import Courrier
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.socle import stockage
from certif.socle.base.extensions import db
from certif.socle.horloge import instant_reel
from certif.socle.stockage import StockageIndisponible
from tests.support import invariants
from tests.support.factories import un_organisme, un_stagiaire, une_session
from tests.support.production import baux_echus, finir, pdf_factice, prendre_un_lot, rendre_par
from tests.support.servers import couper_les_connexions

pytestmark = pytest.mark.usefixtures("contexte", "rendu_rapide")

Rendu = Callable[[DonneesCertificat], bytes]


def la_session(numero: int) -> SessionCertification:
    db.session.rollback()
    return db.session.get_one(SessionCertification, numero)


def emis(numero: int) -> list[CertificatEmis]:
    db.session.rollback()
    requete = select(CertificatEmis).filter_by(session_numero=numero).order_by(CertificatEmis.id)
    return list(db.session.scalars(requete))


def sauf(prenom: str, effet: Callable[[], Any]) -> Rendu:
    """Renders everyone, except those with this prénom, for whom `effet` happens."""

    def rendre(donnees: DonneesCertificat) -> bytes:
        if donnees.prenom == prenom:
            effet()
        return pdf_factice(donnees)

    return rendre


def lever(erreur: Exception) -> Callable[[], None]:
    def effet() -> None:
        raise erreur

    return effet


def cinquante_dont_un(prenom: str = "Poison") -> int:
    stagiaires = [
        un_stagiaire(f"Nom {a}{b}", "Marie", resultat="reussite")  # type: ignore[arg-type]
        for a in "abcde"
        for b in "abcdefghij"
    ]
    stagiaires[30].prenom = prenom
    return une_session(un_organisme(), Etat.GENERATION, stagiaires=stagiaires)


def test_le_poison_n_arrete_que_lui(monkeypatch: pytest.MonkeyPatch, config: Config) -> None:
    numero = cinquante_dont_un()
    essais: list[int] = []

    def effet() -> None:
        essais.append(1)
        raise RuntimeError("contient le nom de Poison")

    rendre_par(monkeypatch, sauf("Poison", effet))
    produire(numero)
    suivi = avancement(la_session(numero))
    assert (suivi.produits, suivi.total, len(essais)) == (49, 50, 3)
    assert [(r.titulaire, r.cause) for r in suivi.rates] == [
        ("NOM DA Poison", "La mise en page du certificat a échoué.")
    ]
    assert not suivi.en_cours and la_session(numero).etat is Etat.GENERATION
    sujets = list(db.session.scalars(select(Courrier.sujet)))
    assert sujets == [f"Session n°{numero}\u00a0: 1\u00a0certificat sur 50 n’a pas pu être généré"]
    invariants.verifier(config)


def test_la_cause_dite_par_le_rendu_est_montree(monkeypatch: pytest.MonkeyPatch) -> None:
    numero = cinquante_dont_un()
    refus = RenduImpossible("Un texte est trop long pour être imprimé (lieu).")
    rendre_par(monkeypatch, sauf("Poison", lever(refus)))
    produire(numero)
    assert [r.cause for r in avancement(la_session(numero)).rates] == [refus.message]


def test_un_rendu_sans_fin_est_interrompu(monkeypatch: pytest.MonkeyPatch) -> None:
    numero = une_session(un_organisme(), Etat.GENERATION, reussites=3)
    coupable = emis(numero)[0].stagiaire.prenom
    monkeypatch.setattr(certificats, "RENDU_MAX_S", 0.05)
    # An endless wait that a broad `except Exception` would hide, as layout engines have.
    rendre_par(monkeypatch, sauf(coupable, threading.Event().wait))
    produire(numero)
    suivi = avancement(la_session(numero))
    assert suivi.produits == 2 and [r.cause for r in suivi.rates] == ["La production a pris trop de temps."]


def test_celui_qui_tue_le_processus_est_seul_compte(config: Config) -> None:
    """The lease of a dead attempt counts as a failure; what was claimed with it succeeds at the next one."""
    numero = une_session(un_organisme(), Etat.GENERATION, reussites=5)
    tueur = emis(numero)[2].id
    morts = 0
    while lot := prendre_un_lot(numero):
        if tueur in [prise.id for prise in lot]:
            morts += 1
            baux_echus()
        else:
            finir(numero, lot)
    suivi = avancement(la_session(numero))
    assert (morts, suivi.produits) == (3, 4)
    assert [r.cause for r in suivi.rates] == ["La production a été interrompue plusieurs fois."]
    invariants.verifier(config)


def test_un_bail_qui_court_n_est_pas_repris() -> None:
    numero = une_session(un_organisme(), Etat.GENERATION, reussites=3)
    assert len(prendre_un_lot(numero)) == 3
    assert prendre_un_lot(numero) == []
    assert sessions_a_reprendre() == []
    baux_echus()
    assert sessions_a_reprendre() == [numero]


def test_une_prise_dont_nul_ne_sait_si_elle_est_ecrite_est_rendue(
    chaque_base: str, monkeypatch: pytest.MonkeyPatch, config: Config
) -> None:
    """The connection dies as the claim is committed: it holds for nobody, and counts for nothing."""
    numero = une_session(un_organisme(), Etat.GENERATION, reussites=2)
    dialecte: Any = db.engine.dialect
    valider, commits = dialecte.do_commit, itertools.count()

    def valider_et_se_taire(connexion: Any) -> None:
        valider(connexion)
        if next(commits) == 0:
            raise dialecte.dbapi.OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(dialecte, "do_commit", valider_et_se_taire)
    produire(numero)
    assert next(commits) > 1
    assert {(c.etat, c.echecs) for c in emis(numero)} == {(EtatEmission.A_PRODUIRE, 0)}
    produire(numero)
    assert la_session(numero).etat is Etat.GENERE
    invariants.verifier(config)


@pytest.mark.parametrize("fait", ["pris", "tous sauf le zip"])
def test_l_horloge_reculee_d_une_heure_n_arrete_rien(chaque_base: str, config: Config, fait: str) -> None:
    """I5: who held the claim died, and it would hold for an hour by the new clock."""
    numero = une_session(un_organisme(), Etat.GENERATION, reussites=2)
    if fait == "pris":
        prendre_un_lot(numero)
    else:
        certificats.produire_les_certificats(numero)
        prendre(archive.GENERATION, numero)
    assert sessions_a_reprendre() == []
    with time_machine.travel(datetime.now(UTC) - timedelta(hours=1)):
        assert sessions_a_reprendre() == [numero]
        produire(numero)
        assert la_session(numero).etat is Etat.GENERE
        invariants.verifier(config)


@pytest.mark.postgres
def test_la_base_redemarree_pendant_la_production(monkeypatch: pytest.MonkeyPatch, config: Config) -> None:
    numero = une_session(un_organisme(), Etat.GENERATION, reussites=2)
    rendre_par(monkeypatch, sauf("Hélène", lambda: couper_les_connexions(config.base)))
    produire(numero)
    assert la_session(numero).etat is Etat.GENERE
    assert [c.essai for c in emis(numero)] == [1, 1]
    invariants.verifier(config)


def test_deux_machines_a_deux_secondes_pres(config: Config) -> None:
    """Clocks of two workers never agree to the second: a claim a little ahead still holds."""
    numero = une_session(un_organisme(), Etat.GENERATION, reussites=2)
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=2)):
        assert len(prendre_un_lot(numero)) == 2
    assert prendre_un_lot(numero) == []
    assert sessions_a_reprendre() == []


def test_celui_qui_arrive_tard_ne_marque_rien(config: Config) -> None:
    """Fencing: the lease lapsed, another attempt finished everything, then the first one comes back."""
    numero = une_session(un_organisme(), Etat.GENERATION, reussites=2)
    lot = prendre_un_lot(numero)
    atelier = certificats.Atelier(numero)
    faits = atelier.faire(lot)
    baux_echus()
    produire(numero)
    assert la_session(numero).etat is Etat.GENERE
    marquer(atelier.recette, numero, lot, faits)
    balayer(numero)
    invariants.verifier(config)
    assert [c.essai for c in emis(numero)] == [2, 2]


def test_une_panne_courte_du_stockage_se_repare(monkeypatch: pytest.MonkeyPatch, config: Config) -> None:
    numero = une_session(un_organisme(), Etat.GENERATION, reussites=30)
    ecrire, appels = stockage.ecrire, []

    def capricieux(cle: str, octets: bytes) -> None:
        appels.append(cle)
        if len(appels) == 7:
            raise StockageIndisponible
        ecrire(cle, octets)

    monkeypatch.setattr(stockage, "ecrire", capricieux)
    produire(numero)
    assert la_session(numero).etat is Etat.GENERATION
    assert sum(c.etat is EtatEmission.PRODUIT for c in emis(numero)) == 6, "what was made is kept"
    produire(numero)
    invariants.verifier(config)
    assert la_session(numero).etat is Etat.GENERE


def test_un_objet_altere_avant_le_zip_est_refait(monkeypatch: pytest.MonkeyPatch, config: Config) -> None:
    numero = une_session(un_organisme(), Etat.GENERATION, reussites=3)
    certificats.produire_les_certificats(numero)
    abime, perdu = (c.cle_objet or "" for c in emis(numero)[:2])
    stockage.ecrire(abime, b"autre chose")
    stockage.supprimer(perdu)
    produire(numero)
    assert la_session(numero).etat is Etat.GENERE
    invariants.verifier(config)


def test_le_zip_en_cours_ailleurs_n_est_pas_refait(config: Config) -> None:
    numero = une_session(un_organisme(), Etat.GENERATION, reussites=2)
    certificats.produire_les_certificats(numero)
    tenu = prendre(archive.GENERATION, numero)
    assert tenu is not None
    produire(numero)
    assert la_session(numero).etat is Etat.GENERATION
    baux_echus()
    assert sessions_a_reprendre() == [numero]
    produire(numero)
    assert la_session(numero).etat is Etat.GENERE
    # The first comes back with its own zip: too late.
    fait = archive.GENERATION.faire(tenu)
    marquer(archive.GENERATION, numero, tenu, fait)
    assert la_session(numero).zip_cle != fait.cle
    balayer(numero)
    invariants.verifier(config)


def test_une_ecriture_lente_prolonge_son_bail(monkeypatch: pytest.MonkeyPatch) -> None:
    numero = une_session(un_organisme(), Etat.GENERATION, reussites=4)
    monkeypatch.setattr(certificats, "_PROLONGATION_S", -1.0)
    lot = prendre_un_lot(numero)
    db.session.execute(update(CertificatEmis).values(prise_a=instant_reel() - timedelta(seconds=50)))
    db.session.commit()
    limite = instant_reel() - timedelta(seconds=10)
    vus: list[int] = []

    def rendre(donnees: DonneesCertificat) -> bytes:
        prises = [c.prise_a for c in emis(numero) if c.etat is EtatEmission.EN_COURS]
        vus.append(sum(1 for p in prises if p and p > limite))
        return pdf_factice(donnees)

    rendre_par(monkeypatch, rendre)
    finir(numero, lot)
    assert vus == [0, 3, 2, 1]


def test_deux_ouvriers_a_la_fois(chaque_base: str, app: Flask, config: Config) -> None:
    """The same job delivered to four workers at once makes one set."""
    numero = une_session(un_organisme(), Etat.GENERATION, reussites=30)
    depart = threading.Barrier(4)

    def travailler() -> None:
        with app.app_context():
            depart.wait()
            produire(numero)

    fils = [threading.Thread(target=travailler) for _ in range(4)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    # A worker that found the zip in other hands left; nothing else remains to be done.
    invariants.verifier(config)
    assert la_session(numero).etat is Etat.GENERE
    assert [c.essai for c in emis(numero)] == [1] * 30
