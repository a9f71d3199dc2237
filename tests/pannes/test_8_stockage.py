"""The store full, read-only, slow, gone, or giving back something else: nothing is counted or handed out."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, NoReturn

import obstore
import pytest
import time_machine
from flask import Flask
from obstore.exceptions import PermissionDeniedError
from sqlalchemy import select

from certif import rythmes
from certif.domaine.certificats.modeles import CertificatEmis, DossierSession
from certif.domaine.certificats.telechargement import marquer_telechargement
from certif.domaine.erreurs import ServiceIndisponible
from certif.domaine.pannes.modeles import Panne, SorteDePanne
from certif.domaine.sessions.etats import Etat
from certif.socle import stockage
from certif.socle.base.extensions import db
from certif.socle.observation import sante
from tests.pannes.essai import Essai, Ou
from tests.pannes.fautes import Faute
from tests.pannes.moments import CERTIFICATS, DOSSIER, EFFETS, RECONSTITUTION, Moment, executer
from tests.pannes.pages import Clic, onglet_des_telechargements
from tests.support.factories import Organisme, une_session
from tests.support.workers import rompu, un_processus

pytestmark = [pytest.mark.pannes, pytest.mark.usefixtures("documents_rapides")]

TOUJOURS = 5
"""Attempts during one outage: more than any count of failures."""
REFUS = "espace de stockage ne répond pas"
PLEIN = "espace de stockage est plein"


@contextmanager
def refuse(erreur: Exception, *gestes: str) -> Iterator[None]:
    """At the edge of the world: these of the store's library raise."""

    def refuser(*_: Any, **__: Any) -> NoReturn:
        raise erreur

    with pytest.MonkeyPatch.context() as panne:
        for geste in gestes:
            panne.setattr(obstore, geste, refuser)
        yield


def plein() -> AbstractContextManager[None]:
    return refuse(OSError("No space left on device (os error 28)"), "open_writer", "put")


def lecture_seule() -> AbstractContextManager[None]:
    return refuse(PermissionDeniedError("read-only"), "open_writer", "put", "delete")


@contextmanager
def parti() -> Iterator[None]:
    """The folder is elsewhere, for ten minutes, and something else has its name."""
    dossier = stockage._dossier()
    assert dossier is not None
    dossier.mkdir(exist_ok=True)
    ailleurs = dossier.with_name("ailleurs")
    dossier.rename(ailleurs)
    dossier.touch()
    try:
        with time_machine.travel(datetime.now(UTC) + timedelta(minutes=10)):
            yield
    finally:
        dossier.unlink()
        ailleurs.rename(dossier)


PANNES = [
    pytest.param(plein, PLEIN, id="plein", marks=pytest.mark.faute(Faute.DISQUE_PLEIN)),
    pytest.param(lecture_seule, REFUS, id="lecture seule", marks=pytest.mark.faute(Faute.LECTURE_SEULE)),
    pytest.param(parti, REFUS, id="parti", marks=pytest.mark.faute(Faute.STOCKAGE_PARTI)),
]
Ouvrir = Callable[[], AbstractContextManager[None]]


def essayer(moment: Moment, numero: int) -> None:
    """Attempts during one outage: more than any count of failures."""
    for _ in range(TOUJOURS):
        moment.faire(numero)
        db.session.rollback()


def rien_de_compte() -> None:
    db.session.rollback()
    comptes = select(CertificatEmis.echecs).union(select(DossierSession.echecs))
    assert set(db.session.scalars(comptes)) <= {0}


@pytest.mark.pannes(un_sur=7)
@pytest.mark.parametrize("moment", [CERTIFICATS, DOSSIER, RECONSTITUTION], ids=lambda moment: moment.nom)
@pytest.mark.parametrize(("panne", "mots"), PANNES)
def test_rien_n_est_compte_puis_tout_reprend(
    chaque_base: str, essai: Essai, organisme: Organisme, moment: Moment, panne: Ouvrir, mots: str
) -> None:
    numero = moment.preparer(organisme)
    with panne():
        essayer(moment, numero)
        essai.dit(Ou.PAGE, mots in onglet_des_telechargements(essai.app, numero, 20))
    rien_de_compte()
    essai.guerit(numero, dossiers=True)
    rien_de_compte()


@pytest.mark.parametrize(("panne", "mots"), PANNES)
@pytest.mark.pannes(un_sur=6)
def test_le_clic_est_refuse_et_la_veille_le_dit(
    chaque_base: str, essai: Essai, organisme: Organisme, panne: Ouvrir, mots: str
) -> None:
    """Nobody is promised certificates that cannot be stored; what is asked for again is done."""
    numero = une_session(organisme)
    clic = Clic(essai.app, numero)
    with panne():
        reponse = clic()
        essai.dit(Ou.REFUS, reponse.status_code == 503 and "rien n’a été généré" in reponse.text)
        rythmes.veiller()
    sortes = set(db.session.scalars(select(Panne.sorte)))
    essai.dit(Ou.JOURNAL, sortes & {SorteDePanne.STOCKAGE, SorteDePanne.PLEIN})
    assert Clic(essai.app, numero)().status_code == 303  # who was away for ten minutes has logged in again
    essai.guerit(numero)


@pytest.mark.faute(Faute.STOCKAGE_PARTI)
@pytest.mark.parametrize("effet", EFFETS)
@pytest.mark.pannes(un_sur=8)
def test_la_panne_elle_meme_ne_peut_pas_etre_notee(
    chaque_base: str, essai: Essai, organisme: Organisme, effet: str
) -> None:
    """What was claimed is not given back: the claim lapses, and the work goes on."""
    numero = une_session(organisme, Etat.GENERATION)
    ou = f"avant_commit_attente:{effet}"
    with un_processus(essai.config, ou, produire_sans_rien_ecrire, numero) as autre:
        autre.join(timeout=60)
    assert rompu(essai.config).exists()
    essai.regarde(numero)
    essai.guerit(numero)


def produire_sans_rien_ecrire(app: Flask, numero: int) -> None:
    with lecture_seule():
        executer(app, CERTIFICATS.nom, numero)


@pytest.mark.faute(Faute.STOCKAGE_LENT)
@pytest.mark.pannes(un_sur=2)
def test_lent(chaque_base: str, essai: Essai, organisme: Organisme, monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes its time, and everything is made; meanwhile the watch counts it as away."""
    numero = une_session(organisme, Etat.GENERATION)
    with monkeypatch.context() as panne:
        for geste in ("put", "open_writer"):
            panne.setattr(obstore, geste, partial(lentement, getattr(obstore, geste)))
        panne.setattr(sante, "PATIENCE_S", 0.05)
        refus = sante.Epreuve().passer()
        essai.dit(Ou.SANTE, refus is not None and REFUS in refus.message)
        CERTIFICATS.faire(numero)
    essai.acheve(numero)
    essai.guerit(numero)
    rien_de_compte()


def lentement(geste: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
    time.sleep(0.3)
    return geste(*arguments, **options)


def tronquer(octets: bytes) -> bytes:
    return octets[: len(octets) // 2]


def alterer(octets: bytes) -> bytes:
    return octets[:-1] + b"?"


@pytest.mark.parametrize(
    "abimer",
    [
        pytest.param(tronquer, marks=pytest.mark.faute(Faute.OBJET_TRONQUE)),
        pytest.param(alterer, marks=pytest.mark.faute(Faute.OBJET_ALTERE)),
    ],
)
@pytest.mark.pannes(un_sur=4)
def test_un_fichier_abime_n_est_ni_remis_ni_empaquete(
    chaque_base: str, essai: Essai, organisme: Organisme, abimer: Callable[[bytes], bytes]
) -> None:
    """It cannot be made again: the zip waits for it to be restored, the others are downloaded one by one."""
    numero = RECONSTITUTION.preparer(organisme)
    essai.soigner()
    emis = select(CertificatEmis).where(CertificatEmis.cle_objet.is_not(None))
    for quoi in (db.session.scalars(emis.filter_by(session_numero=numero)).one().id, None):
        fichier = marquer_telechargement(organisme.gestionnaire, numero, quoi)
        octets = stockage.lire(fichier.cle)
        stockage.ecrire(fichier.cle, abimer(octets))
        with pytest.raises(ServiceIndisponible) as refus:
            marquer_telechargement(organisme.gestionnaire, numero, quoi)
        essai.dit(Ou.REFUS, "ne" in refus.value.message)
        stockage.ecrire(fichier.cle, octets)
    essai.guerit(numero)


@pytest.mark.faute(Faute.OBJET_ALTERE)
@pytest.mark.pannes(un_sur=2)
def test_un_certificat_abime_n_entre_pas_dans_le_zip_refait(
    chaque_base: str, essai: Essai, organisme: Organisme
) -> None:
    numero = RECONSTITUTION.preparer(organisme)
    emis = select(CertificatEmis).where(CertificatEmis.cle_objet.is_not(None))
    cle = db.session.scalars(emis.filter_by(session_numero=numero)).one().cle_objet or ""
    octets = stockage.lire(cle)
    stockage.ecrire(cle, alterer(octets))
    essayer(RECONSTITUTION, numero)
    essai.regarde(numero)
    with pytest.raises(ServiceIndisponible):
        marquer_telechargement(organisme.gestionnaire, numero)
    stockage.ecrire(cle, octets)
    essai.guerit(numero)
