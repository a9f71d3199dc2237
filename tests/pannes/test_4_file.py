"""The queue is away, frozen, empty or full: the click succeeds, and what was in it is found again."""

import shutil
import signal
import time

import pytest

from certif import rythmes
from certif.domaine.sessions.etats import Etat
from tests.pannes.essai import Essai, Ou
from tests.pannes.fautes import Faute
from tests.pannes.pages import onglet_des_telechargements, sante
from tests.support.factories import Organisme, un_organisme, une_session
from tests.support.moves import etat
from tests.support.servers import ServeurValkey, attendre
from tests.support.workers import rompu, un_ouvrier, vider_la_file

pytestmark = [pytest.mark.pannes, pytest.mark.lent]

NE_REPOND_PAS = "la file d’attente ne répond pas"


@pytest.fixture
def essai(essai: Essai) -> Essai:
    essai.par_un_ouvrier()
    return essai


@pytest.mark.faute(Faute.FILE_ARRETEE_AU_CLIC)
@pytest.mark.pannes(un_sur=2)
def test_arretee_au_clic(chaque_base: str, essai: Essai, organisme: Organisme, valkey: ServeurValkey) -> None:
    valkey.arreter()
    try:
        numero = une_session(organisme, Etat.GENERATION)
        rythmes.veiller()
        essai.dit(Ou.SANTE, sante(essai.app)["file"] is False)
        essai.dit(Ou.PAGE, NE_REPOND_PAS in onglet_des_telechargements(essai.app, numero, 20))
    finally:
        valkey.demarrer()
    rythmes.veiller()
    essai.guerit(numero)


@pytest.mark.faute(Faute.FILE_ARRETEE_EN_TRAVAIL)
@pytest.mark.pannes(un_sur=0)
def test_arretee_en_plein_travail(
    chaque_base: str, essai: Essai, organisme: Organisme, valkey: ServeurValkey
) -> None:
    numero = une_session(organisme, Etat.GENERATION, reussites=3)
    with un_ouvrier(essai.config, "certificats_apres_prise:sleep=1") as ouvrier:
        attendre(rompu(essai.config).exists, 30)
        valkey.envoyer(signal.SIGKILL)
        essai.dit(Ou.SANTE, sante(essai.app)["file"] is False)
        ouvrier.join(timeout=30)
    valkey.arreter()
    valkey.demarrer()
    essai.regarde(numero)
    essai.guerit(numero)


@pytest.mark.faute(Faute.FILE_VIDE)
@pytest.mark.pannes(un_sur=2)
def test_redemarree_vide(chaque_base: str, essai: Essai, organisme: Organisme, valkey: ServeurValkey) -> None:
    numero = une_session(organisme, Etat.GENERATION)
    valkey.arreter()
    shutil.rmtree(valkey.dossier)
    valkey.demarrer()
    assert not valkey.client.keys("*")
    essai.regarde(numero)
    essai.guerit(numero)


@pytest.mark.faute(Faute.FILE_SANS_MEMOIRE)
@pytest.mark.pannes(un_sur=0)
def test_sans_memoire(chaque_base: str, essai: Essai, organisme: Organisme, valkey: ServeurValkey) -> None:
    """Whatever would be written there is refused: the click succeeds all the same."""
    avant = une_session(organisme, Etat.GENERATION)
    valkey.client.config_set("maxmemory", 1)
    try:
        pendant = une_session(un_organisme("FORMATION GUY"), Etat.GENERATION)
        vider_la_file(essai.config)
        assert etat(pendant) is Etat.GENERATION
        essai.regarde(avant, pendant)
    finally:
        valkey.client.config_set("maxmemory", 0)
    essai.guerit(avant, pendant)


@pytest.mark.faute(Faute.FILE_GELEE)
@pytest.mark.pannes(un_sur=0)
def test_gelee_cinq_secondes(
    chaque_base: str, essai: Essai, organisme: Organisme, valkey: ServeurValkey
) -> None:
    """At a click, and while a worker works."""
    numero = une_session(organisme, Etat.GENERATION)
    with un_ouvrier(essai.config, "certificats_apres_prise:sleep=1") as ouvrier:
        attendre(rompu(essai.config).exists, 30)
        gelee_a = time.monotonic()
        valkey.envoyer(signal.SIGSTOP)
        try:
            au_clic = une_session(un_organisme("FORMATION GUY"), Etat.GENERATION)
            essai.dit(Ou.SANTE, sante(essai.app)["file"] is False)
            time.sleep(max(0.0, gelee_a + 5 - time.monotonic()))
        finally:
            valkey.envoyer(signal.SIGCONT)
        ouvrier.join(timeout=60)
    essai.regarde(numero, au_clic)
    essai.guerit(numero, au_clic)
