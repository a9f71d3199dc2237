"""The supervisor, for real: one start, children killed, refusals, a stop, a second start."""

import os
import re
import secrets
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from certif.config import RACINE
from certif.documents.sceau.cle_de_sceau import fabriquer
from certif.domaine.personnes.demonstration import COMPTES_DEMO
from tests.support.servers import attendre
from tests.support.stack import Lance, port_libre

pytestmark = [
    pytest.mark.lent,
    pytest.mark.skipif(sys.platform != "linux", reason="children are found in /proc"),
]


JETON = "9f2c7be1640d83a5c1e07f4b92d86a3e5b1c0d7f4a8e2693"


@pytest.fixture(scope="module")
def donnees(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("superviseur") / "donnees"


@pytest.fixture(scope="module")
def lance(donnees: Path) -> Iterator[Lance]:
    lance = Lance(donnees, port_libre(), CERTIF_JETON_MESURES=JETON)
    try:
        lance.pret()
        yield lance
    finally:
        if lance.processus.poll() is None:
            lance.arreter()


def test_says_where_to_go_and_as_whom(lance: Lance) -> None:
    assert f"http://localhost:{lance.port}" in lance.dit
    assert all(compte.identifiant in lance.dit for compte in COMPTES_DEMO)
    parties = ("base", "file", "ouvrier_certificats", "ouvrier_suites", "stockage")
    assert lance.sante() == dict.fromkeys(parties, True)


def test_a_first_start_frightens_nobody(lance: Lance) -> None:
    avant_l_annonce = lance.dit.partition("Certif est prêt")[0]
    assert not re.search(r"injoignable|\[(error|critical) *\]|Traceback", avant_l_annonce)


def _mesures(lance: Lance, jeton: str) -> str:
    demande = Request(f"http://127.0.0.1:{lance.port}/metrics", headers={"Authorization": f"Bearer {jeton}"})
    with urlopen(demande, timeout=10) as reponse:
        return str(reponse.read().decode())


def test_who_watches_is_told_what_all_processes_counted(lance: Lance) -> None:
    def dit() -> str | None:
        lu = _mesures(lance, JETON)
        return lu if "produire_certificats" in lu else None

    for compte in (
        'certif_requete_secondes_count{methode="GET",route="sante.sante",statut="200"}',
        'certif_tache_secondes_count{reussie="oui",tache="produire_certificats"}',
        'certif_tache_secondes_count{reussie="oui",tache="reconcilier"}',
    ):
        assert re.search(rf"{re.escape(compte)} [1-9]", attendre(dit, 30, 0.5))
    for mesure in ('certif_file_ouvriers{file="certificats"} 1.0', 'certif_echecs{quoi="certificats"} 0.0'):
        assert mesure in attendre(dit)
    assert re.search(r"^certif_sessions_total [1-9]", attendre(dit), re.M)


@pytest.mark.parametrize("jeton", ["", "faux", JETON[:-1]], ids=["none", "another", "shorter"])
def test_nobody_else_is_told_that_anything_is_counted(lance: Lance, jeton: str) -> None:
    with pytest.raises(HTTPError, match="404"):
        _mesures(lance, jeton)


def test_listens_on_this_machine_only(lance: Lance) -> None:
    with socket.socket() as essai, pytest.raises(OSError, match=r"refused|loopback"):
        essai.settimeout(2)
        essai.connect((socket.gethostbyname(socket.gethostname()), lance.port))
        # A machine whose name is its loopback address proves nothing: stop there.
        if essai.getsockname()[0].startswith("127."):
            raise OSError("loopback")


def test_a_second_supervisor_on_the_same_data_is_refused(lance: Lance, donnees: Path) -> None:
    second = Lance(donnees, port_libre())
    assert second.processus.wait(timeout=60) == 2
    assert "tourne déjà sur le dossier de données" in second.dit
    assert lance.sante()


def test_a_busy_port_is_refused(lance: Lance, tmp_path: Path) -> None:
    autre = Lance(tmp_path / "autres", lance.port)
    assert autre.processus.wait(timeout=60) == 2
    assert f"Le port {lance.port} est occupé" in autre.dit


ENFANTS = (
    "gunicorn",
    "certif.periodique",
    "certif.ouvrier certificats",
    "certif.ouvrier suites",
    "valkey-server",
)


@pytest.mark.pannes(un_sur=2)
@pytest.mark.parametrize("nom", ENFANTS)
def test_a_killed_child_is_back_within_five_seconds(lance: Lance, nom: str) -> None:
    attendre(lance.sante, 60)
    tue = attendre(lambda: lance.enfants().get(nom), 30)
    os.kill(tue, signal.SIGKILL)
    debut = time.monotonic()
    attendre(lambda: lance.enfants().get(nom, tue) != tue, 10)
    assert time.monotonic() - debut < 5
    assert attendre(lance.sante, 60)


def test_ctrl_c_stops_everything_and_a_second_start_goes_on(lance: Lance, donnees: Path) -> None:
    attendre(lance.sante, 60)
    groupes = list(lance.enfants().values())
    assert len(groupes) == len(ENFANTS)
    avant = _empreinte(donnees)
    # What the kills before made the survivors say is another matter.
    deja_dit = len(lance.dit)
    lance.arreter()
    for groupe in groupes:
        with pytest.raises(ProcessLookupError):
            os.killpg(groupe, 0)
    assert not re.search(r"Traceback \(most recent", lance.dit[deja_dit:])

    suivant = Lance(donnees, port_libre())
    try:
        suivant.pret()
        assert _empreinte(donnees) == avant
    finally:
        # Killed without a word, it takes its children with it.
        groupes = list(suivant.enfants().values())
        suivant.processus.kill()
        suivant.processus.wait()
    attendre(lambda: not any(_existe(groupe) for groupe in groupes), 60)


def test_production_does_not_start_on_what_was_a_demonstration(lance: Lance, donnees: Path) -> None:
    if lance.processus.poll() is None:
        lance.arreter()
    sceau = donnees / "sceau.p12"
    sceau.write_bytes(fabriquer(datetime.now(UTC) - timedelta(days=1)))
    reel = Lance(
        donnees,
        port_libre(),
        CERTIF_MODE="production",
        CERTIF_URL="https://certif.example.fr",
        CERTIF_CLE_SECRETE=secrets.token_hex(16),
        CERTIF_CLES_REGISTRE=f"k1:{secrets.token_hex(16)}",
        CERTIF_PKCS12=str(sceau),
        CERTIF_PROXYS="1",
        CERTIF_ASSISTANCE="aide@certif.example.fr",
        SMTP_URL="smtp://127.0.0.1:9",
    )
    assert reel.processus.wait(timeout=60) == 2
    assert "a servi à la démonstration" in reel.dit and COMPTES_DEMO[-1].identifiant in reel.dit
    assert "Certif est prêt" not in reel.dit.rpartition("a servi à la démonstration")[2]


def _existe(groupe: int) -> bool:
    try:
        os.killpg(groupe, 0)
    except ProcessLookupError:
        return False
    return True


def _empreinte(donnees: Path) -> tuple[list[int], bytes]:
    """The persons of the database, and the key made at the first start."""
    with closing(sqlite3.connect(donnees / "certif.db")) as base:
        individus = [ligne[0] for ligne in base.execute("SELECT id FROM individu ORDER BY id")]
    assert individus
    return individus, (donnees / "cles" / "secrete").read_bytes()


@pytest.mark.parametrize(
    ("variable", "valeur"), [("CERTIF_ECOUTE", "192.0.2.1"), ("CERTIF_DONNEES", "/proc/x")]
)
def test_what_the_machine_refuses_is_a_sentence(tmp_path: Path, variable: str, valeur: str) -> None:
    lance = Lance(tmp_path / "d", port_libre(), **{variable: valeur})
    assert lance.processus.wait(timeout=60) == 2
    assert variable in lance.dit and "Traceback" not in lance.dit


@pytest.mark.parametrize("commande", [["ouvrier", "certificats"], ["periodique"]], ids=" ".join)
def test_whoever_starts_alone_says_what_is_missing(tmp_path: Path, commande: list[str]) -> None:
    environ = {c: v for c, v in os.environ.items() if not c.startswith("CERTIF_")}
    environ |= {"CERTIF_MODE": "production", "CERTIF_DONNEES": str(tmp_path / "d")}
    module = [sys.executable, "-m", f"certif.{commande[0]}", *commande[1:]]
    fait = subprocess.run(module, cwd=RACINE, env=environ, check=False, capture_output=True, text=True)
    assert fait.returncode == 1
    assert "SMTP_URL est obligatoire en production" in fait.stderr and "Traceback" not in fait.stderr


def test_what_settings_contradict_is_named_before_anything_is_written(tmp_path: Path) -> None:
    lance = Lance(tmp_path / "jamais", port_libre(), CERTIF_PKCS12_MOT_DE_PASSE="sans fichier")
    assert lance.processus.wait(timeout=60) == 2
    assert "CERTIF_PKCS12_MOT_DE_PASSE est donné sans CERTIF_PKCS12" in lance.dit
    assert "Traceback" not in lance.dit
    assert not (tmp_path / "jamais" / "certif.db").exists()
