"""The queue and its workers in trouble: jobs are lost, doubled or orphaned; the rows know what remains."""

import os
import signal
import sys

import pytest
from sqlalchemy import select

from certif.config import Config
from certif.domaine.certificats.modeles import CertificatEmis, EtatEmission
from certif.domaine.sessions.etats import Etat
from certif.socle import file
from certif.socle.base.extensions import db
from tests.support import invariants
from tests.support.factories import un_organisme, une_session
from tests.support.moves import etat
from tests.support.production import baux_echus
from tests.support.servers import ServeurValkey, attendre
from tests.support.workers import enfants_de, guerir, un_ouvrier, vider_la_file, vivant

pytestmark = [pytest.mark.pannes, pytest.mark.lent, pytest.mark.usefixtures("contexte")]


def en_cours(numero: int) -> list[CertificatEmis]:
    db.session.rollback()
    requete = select(CertificatEmis).filter_by(session_numero=numero, etat=EtatEmission.EN_COURS)
    return list(db.session.scalars(requete))


def gueri(config: Config, numero: int) -> None:
    guerir(config)
    assert etat(numero) is Etat.GENERE
    invariants.verifier(config)


def test_tue_entre_la_file_et_le_travail(chaque_base: str, config: Config, valkey: ServeurValkey) -> None:
    """The job is in no queue any more, and nobody has begun it."""
    numero = une_session(un_organisme(), Etat.GENERATION)
    vider_la_file(config, "tache_retiree:kill")
    assert not file.queue(file.Voie.CERTIFICATS).get_job_ids() and not en_cours(numero)
    gueri(config, numero)


@pytest.mark.skipif(sys.platform != "linux", reason="children are found in /proc")
def test_l_ouvrier_tue_son_enfant_travaille_encore(config: Config, valkey: ServeurValkey) -> None:
    """A second worker takes everything over; the orphan comes back late, and changes nothing."""
    numero = une_session(un_organisme(), Etat.GENERATION, reussites=3)
    with un_ouvrier(config, "certificats_apres_prise:sleep=2", detache=True) as ouvrier:
        attendre(lambda: en_cours(numero))
        assert ouvrier.pid is not None
        (orphelin,) = enfants_de(ouvrier.pid)
        os.kill(ouvrier.pid, signal.SIGKILL)
        ouvrier.join(timeout=20)
    os.kill(orphelin, signal.SIGSTOP)  # however long the rest takes
    guerir(config)
    assert etat(numero) is Etat.GENERE and vivant(orphelin)
    os.kill(orphelin, signal.SIGCONT)
    attendre(lambda: not vivant(orphelin), 30)
    invariants.verifier(config)
    db.session.rollback()
    assert set(db.session.scalars(select(CertificatEmis.essai))) == {2}


def test_la_file_arretee_en_plein_travail(chaque_base: str, config: Config, valkey: ServeurValkey) -> None:
    numero = une_session(un_organisme(), Etat.GENERATION, reussites=3)
    with un_ouvrier(config, "certificats_apres_prise:sleep=1") as ouvrier:
        attendre(lambda: en_cours(numero))
        valkey.envoyer(signal.SIGKILL)
        ouvrier.join(timeout=30)
    valkey.arreter()
    valkey.demarrer()
    gueri(config, numero)


def test_la_file_sans_memoire(config: Config, valkey: ServeurValkey) -> None:
    """Whatever would be written there is refused: the click succeeds all the same."""
    organisme = un_organisme()
    avant = une_session(organisme, Etat.GENERATION)
    valkey.client.config_set("maxmemory", 1)
    try:
        pendant = une_session(un_organisme("FORMATION GUY"), Etat.GENERATION)
        vider_la_file(config)
    finally:
        valkey.client.config_set("maxmemory", 0)
    assert etat(pendant) is Etat.GENERATION
    baux_echus()
    gueri(config, avant)
    assert etat(pendant) is Etat.GENERE
