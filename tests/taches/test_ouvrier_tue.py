"""A real worker of the real queue, killed at every step: once healed, nothing is lost, doubled or left."""

import os
import signal
import time

import pytest
from sqlalchemy import select

from certif.config import Config
from certif.domaine.certificats.annulation import Annulation, annuler_et_refaire
from certif.domaine.certificats.modeles import CertificatEmis, EtatEmission
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.valeurs import Resultat
from certif.socle import file
from certif.socle.base.extensions import db
from tests.support import invariants
from tests.support.factories import un_organisme, un_stagiaire, une_session, version
from tests.support.moves import etat
from tests.support.production import ETAPES, ETAPES_DU_DOSSIER, RECONSTITUTION
from tests.support.servers import ServeurValkey, attendre
from tests.support.workers import guerir, un_ouvrier, vider_la_file

pytestmark = [pytest.mark.pannes, pytest.mark.lent, pytest.mark.usefixtures("contexte")]


def test_un_ouvrier_fait_tout(config: Config, valkey: ServeurValkey) -> None:
    numero = une_session(un_organisme(), Etat.GENERATION, reussites=3, echecs=1)
    assert etat(numero) is Etat.GENERATION
    vider_la_file(config, vrais_documents=True)
    assert etat(numero) is Etat.GENERE
    invariants.verifier(config, dossiers=True)


@pytest.mark.pannes(un_sur=5)
@pytest.mark.parametrize("point", [*ETAPES, *(e for e in ETAPES_DU_DOSSIER if e not in ETAPES)])
def test_tue_puis_gueri(config: Config, valkey: ServeurValkey, point: str) -> None:
    numero = une_session(un_organisme(), Etat.GENERATION, reussites=2)
    vider_la_file(config, f"{point}:kill")
    guerir(config)
    assert etat(numero) is Etat.GENERE
    invariants.verifier(config, dossiers=True)


@pytest.mark.pannes(un_sur=4)
@pytest.mark.postgres
@pytest.mark.parametrize(
    "point",
    [
        "certificats_apres_prise",
        "stockage_milieu",
        "certificats_avant_commit",
        "certificats_apres_commit",
        "zip_avant_commit",
        "dossier_avant_commit",
    ],
)
def test_tue_puis_gueri_sur_postgresql(config: Config, valkey: ServeurValkey, point: str) -> None:
    numero = une_session(un_organisme(), Etat.GENERATION, reussites=2)
    vider_la_file(config, f"{point}:kill")
    guerir(config)
    assert etat(numero) is Etat.GENERE
    invariants.verifier(config)


@pytest.mark.pannes(un_sur=4)
@pytest.mark.parametrize("point", RECONSTITUTION)
def test_tue_en_refaisant_le_zip_puis_gueri(config: Config, valkey: ServeurValkey, point: str) -> None:
    """What was cancelled is out at once; the zip without it comes back whatever dies (R14)."""
    organisme = un_organisme()
    numero = une_session(organisme, Etat.GENERE, reussites=2)
    asked = Annulation((emis(numero)[0].id,), "identite")
    annuler_et_refaire(organisme.gestionnaire, numero, version(numero), asked)
    vider_la_file(config, f"{point}:kill")
    guerir(config)
    invariants.verifier(config)


@pytest.mark.parametrize("signal_", [signal.SIGKILL, signal.SIGTERM])
def test_l_ouvrier_lui_meme_tue(config: Config, valkey: ServeurValkey, signal_: signal.Signals) -> None:
    """The whole group is struck while a certificate is being made, as by a careless deployment."""
    numero = une_session(un_organisme(), Etat.GENERATION, reussites=3)
    with un_ouvrier(config, "certificats_apres_prise:sleep=2", sans_fin=True) as ouvrier:
        attendre(lambda: emis(numero, EtatEmission.EN_COURS))
        time.sleep(0.3)
        assert ouvrier.pid is not None
        os.killpg(ouvrier.pid, signal_)
        ouvrier.join(timeout=20)
    guerir(config)
    assert etat(numero) is Etat.GENERE
    invariants.verifier(config)


def test_la_file_videe_ou_absente_au_clic(config: Config, valkey: ServeurValkey) -> None:
    organisme = un_organisme()
    perdue = une_session(organisme, Etat.GENERATION)
    valkey.client.flushall()
    valkey.envoyer(signal.SIGSTOP)
    try:
        gelee = une_session(organisme, Etat.GENERATION, stagiaires=[un_stagiaire(resultat=Resultat.REUSSITE)])
    finally:
        valkey.envoyer(signal.SIGCONT)
    guerir(config)
    assert etat(perdue) is etat(gelee) is Etat.GENERE
    invariants.verifier(config)


def test_deux_ouvriers_le_meme_travail(config: Config, valkey: ServeurValkey) -> None:
    numero = une_session(un_organisme(), Etat.GENERATION, reussites=4)
    for _ in range(3):
        file.queue(file.Voie.CERTIFICATS).enqueue("certif.taches.produire_certificats", numero)
    with un_ouvrier(config) as premier, un_ouvrier(config) as second:
        premier.join(timeout=60)
        second.join(timeout=60)
    guerir(config)
    assert etat(numero) is Etat.GENERE
    assert {c.essai for c in emis(numero)} == {1}
    invariants.verifier(config)


def emis(numero: int, etat_: EtatEmission | None = None) -> list[CertificatEmis]:
    db.session.rollback()
    requete = select(CertificatEmis).filter_by(session_numero=numero)
    return list(db.session.scalars(requete if etat_ is None else requete.filter_by(etat=etat_)))
