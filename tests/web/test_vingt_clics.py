"""Twenty people click "Générer" on the real site while the worker is killed: one certificate per réussite."""

import os
import signal
import threading
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest
from sqlalchemy import func, select

from certif.config import Config
from certif.domaine.certificats.modeles import CertificatEmis, EtatEmission, LigneRegistre
from certif.domaine.sessions.etats import Action, Etat
from certif.socle import file
from certif.socle.base.extensions import db
from tests.support import invariants
from tests.support.moves import lignes
from tests.support.servers import ServeurValkey, attendre
from tests.support.stack import un_site
from tests.support.workers import guerir, un_ouvrier
from tests.web.distribution import Navigateur
from tests.web.scene import Scene

pytestmark = [pytest.mark.charge, pytest.mark.lent]

CLICS, REUSSITES = 20, 5


class Onglet(threading.Thread):
    """A tab that clicks with what its page held, and again until the worker is dead, then once more."""

    def __init__(
        self, port: int, navigateur: Navigateur, adresse: str, version: int, mort: threading.Event
    ) -> None:
        super().__init__()
        self.port, self.adresse, self.mort = port, adresse, mort
        self.corps = urlencode({"csrf_token": navigateur.jeton, "version": version})
        self.entetes = {
            "Cookie": f"certif={navigateur.cookie()}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        self.reponses: list[int] = []

    def run(self) -> None:
        dernier = False
        while not dernier:
            dernier = self.mort.is_set()
            connexion = HTTPConnection("127.0.0.1", self.port, timeout=60)
            connexion.request("POST", self.adresse, self.corps, self.entetes)
            self.reponses.append(connexion.getresponse().status)
            connexion.close()
            self.mort.wait(0.1)


def nombre(requete: object) -> int:
    db.session.rollback()
    return db.session.scalar(requete) or 0  # type: ignore[call-overload]


def test_twenty_clicks_and_a_kill_in_the_middle(scene: Scene, config: Config, valkey: ServeurValkey) -> None:
    troupe = scene.troupe
    numero = scene.session(
        Etat.VALIDATION_ENTITE, reussites=REUSSITES, echecs=1, declarant=troupe.delegataire
    )
    version, mort = scene.version(numero), threading.Event()
    adresse = scene.adresse(f"/sessions/{numero}/actions/generer")
    navigateurs = [scene.navigateur(qui) for qui in (troupe.gestionnaire, troupe.delegataire)]
    en_cours = select(func.count()).select_from(CertificatEmis).filter_by(etat=EtatEmission.EN_COURS)
    with scene.app.app_context(), un_site(config) as port:
        with un_ouvrier(config, "certificats_apres_prise:sleep=30", sans_fin=True) as ouvrier:
            attendre(lambda: file.ouvrier_vivant(file.Voie.CERTIFICATS), 30)
            onglets = [Onglet(port, navigateurs[n % 2], adresse, version, mort) for n in range(CLICS)]
            for onglet in onglets:
                onglet.start()
            attendre(lambda: nombre(en_cours) == REUSSITES, 30)
            assert ouvrier.pid is not None and all(onglet.is_alive() for onglet in onglets)
            os.killpg(ouvrier.pid, signal.SIGKILL)
            ouvrier.join(timeout=20)
        mort.set()
        for onglet in onglets:
            onglet.join(timeout=60)
        assert {statut for onglet in onglets for statut in onglet.reponses} == {303}
        guerir(config)
        assert scene.etat(numero) is Etat.GENERE
        assert nombre(select(func.count()).select_from(CertificatEmis)) == REUSSITES
        assert nombre(select(func.count()).select_from(LigneRegistre)) == REUSSITES
        assert len(lignes(numero, Action.GENERER)) == 1
        invariants.verifier(config)
