"""The worker itself is struck: jobs are lost, doubled or orphaned; the rows know what remains."""

import os
import signal
import sys

import pytest
from sqlalchemy import select

from certif import rythmes
from certif.domaine.certificats.modeles import CertificatEmis, EtatEmission
from certif.domaine.sessions.etats import Etat
from certif.socle import file
from certif.socle.base.extensions import db
from tests.pannes.essai import Essai
from tests.pannes.fautes import Faute
from tests.pannes.moments import Effet, en_cours
from tests.support.factories import Organisme, une_session
from tests.support.moves import etat
from tests.support.servers import attendre
from tests.support.workers import enfants_de, rompu, un_ouvrier, vider_la_file, vivant

pytestmark = [pytest.mark.pannes, pytest.mark.lent]


@pytest.fixture
def essai(essai: Essai) -> Essai:
    essai.par_un_ouvrier()
    return essai


@pytest.mark.faute(Faute.ENTRE_FILE_ET_TRAVAIL)
@pytest.mark.parametrize("effet", [Effet.TUE, Effet.ECHOUE, Effet.PLEIN])
@pytest.mark.pannes(un_sur=6)
def test_meurt_entre_la_file_et_le_travail(
    chaque_base: str, essai: Essai, organisme: Organisme, effet: str
) -> None:
    """The job is in no queue any more, and nobody has begun it."""
    numero = une_session(organisme, Etat.GENERATION)
    vider_la_file(essai.config, f"tache_retiree:{effet}")
    assert not file.queue(file.Voie.CERTIFICATS).get_job_ids() and not en_cours(numero)
    essai.regarde(numero)
    essai.guerit(numero)


@pytest.mark.faute(Faute.ENTRE_FILE_ET_TRAVAIL)
@pytest.mark.pannes(un_sur=0)
def test_s_attarde_entre_la_file_et_le_travail(chaque_base: str, essai: Essai, organisme: Organisme) -> None:
    """Another worker is given the same job meanwhile."""
    numero = une_session(organisme, Etat.GENERATION)
    with un_ouvrier(essai.config, f"tache_retiree:{Effet.LENT}") as lent:
        attendre(rompu(essai.config).exists, 30)
        essai.regarde(numero)
        rythmes.reconcilier()
        vider_la_file(essai.config)
        lent.join(timeout=60)
    essai.guerit(numero)


@pytest.mark.pannes(un_sur=8)
@pytest.mark.parametrize(
    "point",
    [
        pytest.param("certificats_apres_prise", marks=pytest.mark.faute(Faute.APRES_LA_PRISE)),
        pytest.param("stockage_milieu", marks=pytest.mark.faute(Faute.EN_PLEINE_ECRITURE)),
        pytest.param("zip_avant_commit", marks=pytest.mark.faute(Faute.AVANT_LE_COMMIT)),
        pytest.param("dossier_apres_commit", marks=pytest.mark.faute(Faute.APRES_LE_COMMIT)),
    ],
)
def test_son_enfant_tue(chaque_base: str, essai: Essai, organisme: Organisme, point: str) -> None:
    numero = une_session(organisme, Etat.GENERATION)
    vider_la_file(essai.config, f"{point}:kill")
    essai.regarde(numero)
    essai.guerit(numero, dossiers=True)


@pytest.mark.faute(Faute.ENFANT_VIVANT)
@pytest.mark.pannes(un_sur=2)
@pytest.mark.skipif(sys.platform != "linux", reason="children are found in /proc")
def test_tue_son_enfant_travaille_encore(chaque_base: str, essai: Essai, organisme: Organisme) -> None:
    """A second worker takes everything over; the orphan comes back late, and changes nothing."""
    numero = une_session(organisme, Etat.GENERATION, reussites=3)
    with un_ouvrier(essai.config, "certificats_apres_prise:sleep=2", detache=True) as ouvrier:
        attendre(rompu(essai.config).exists, 30)
        assert ouvrier.pid is not None
        (orphelin,) = enfants_de(ouvrier.pid)
        os.kill(ouvrier.pid, signal.SIGKILL)
        ouvrier.join(timeout=20)
    os.kill(orphelin, signal.SIGSTOP)  # however long the rest takes
    essai.regarde(numero)
    essai.guerit(numero)
    assert vivant(orphelin)
    os.kill(orphelin, signal.SIGCONT)
    attendre(lambda: not vivant(orphelin), 30)
    essai.verifie()
    db.session.rollback()
    assert set(db.session.scalars(select(CertificatEmis.essai))) == {2}


@pytest.mark.faute(Faute.RESERVE_TUEE)
@pytest.mark.pannes(un_sur=2)
@pytest.mark.skipif(sys.platform != "linux", reason="children are found in /proc")
def test_sa_reserve_tuee(chaque_base: str, essai: Essai, organisme: Organisme) -> None:
    """Another child does the job, and yet another waits for the next one."""
    with un_ouvrier(essai.config, sans_fin=True) as ouvrier:
        pid = ouvrier.pid or 0
        attendre(lambda: enfants_de(pid), 30)
        (tuee,) = enfants_de(pid)
        os.kill(tuee, signal.SIGKILL)
        attendre(lambda: not vivant(tuee))
        numero = une_session(organisme, Etat.GENERATION)
        essai.regarde(numero)
        attendre(lambda: etat(numero) is Etat.GENERE, 30)
        attendre(lambda: any(vivant(enfant) for enfant in enfants_de(pid)))
    essai.guerit(numero)


@pytest.mark.parametrize(
    "signal_",
    [
        pytest.param(signal.SIGKILL, marks=pytest.mark.faute(Faute.GROUPE_TUE)),
        pytest.param(signal.SIGTERM, marks=pytest.mark.faute(Faute.DEPLOIEMENT)),
    ],
)
@pytest.mark.pannes(un_sur=4)
def test_tout_le_groupe_frappe(
    chaque_base: str, essai: Essai, organisme: Organisme, signal_: signal.Signals
) -> None:
    """While a certificate is being made, as by a careless deployment."""
    numero = une_session(organisme, Etat.GENERATION, reussites=3)
    with un_ouvrier(essai.config, "certificats_apres_prise:sleep=2", sans_fin=True) as ouvrier:
        attendre(rompu(essai.config).exists, 30)
        assert ouvrier.pid is not None
        os.killpg(ouvrier.pid, signal_)
        ouvrier.join(timeout=20)
    essai.regarde(numero)
    essai.guerit(numero)
    db.session.rollback()
    assert {c.etat for c in db.session.scalars(select(CertificatEmis))} == {EtatEmission.PRODUIT}
