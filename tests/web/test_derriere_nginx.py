"""Behind the nginx that `docs/exploitation.md` describes: each client counts for itself, whatever it says."""

import shutil
import ssl
import subprocess
from collections.abc import Iterator
from http.client import HTTPSConnection
from pathlib import Path

import pytest

from certif.config import RACINE, Config
from tests.frontal import certificat
from tests.pile import port_libre, un_site
from tests.serveurs import absent, attendre

DEMANDES_PAR_MINUTE = 30


@pytest.fixture
def nginx(config: Config, valkey: object, tmp_path: Path) -> Iterator[int]:
    """The port where it serves, in TLS, a site that counts one proxy."""
    if shutil.which("nginx") is None:
        absent("nginx")
    with un_site(config, CERTIF_PROXYS="1") as site:
        port, reglages = port_libre(), tmp_path / "nginx.conf"
        reglages.write_text(_reglages(port, site, tmp_path), "utf-8")
        processus = subprocess.Popen(
            ["nginx", "-p", str(tmp_path), "-e", "stderr", "-c", str(reglages), "-g", "daemon off;"]
        )
        try:
            attendre(lambda: _demander(port, "127.0.0.1")[0] == 200, 20)
            yield port
        finally:
            processus.terminate()
            processus.wait(20)


def _reglages(port: int, site: int, dossier: Path) -> str:
    """The site of the page as it stands there, but for what differs from one machine to the other."""
    page = (RACINE / "docs" / "exploitation.md").read_text("utf-8")
    bloc = page.split("```nginx\n")[1].split("```")[0]
    tls = str(certificat(dossier / "tls.pem"))
    for avant, apres in (
        ("listen 443 ", f"listen 127.0.0.1:{port} "),
        ("/etc/ssl/certif.example.fr.pem", tls),
        ("/etc/ssl/certif.example.fr.key", tls),
        ("/var/log/nginx/certif.log", str(dossier / "acces.log")),
        ("http://127.0.0.1:5000", f"http://127.0.0.1:{site}"),
    ):
        assert avant in bloc
        bloc = bloc.replace(avant, apres)
    return f"user root;\npid {dossier}/nginx.pid;\nevents {{}}\nhttp {{\n{bloc}\n}}\n"


def _demander(port: int, depuis: str, chemin: str = "/connexion", **entetes: str) -> tuple[int, str]:
    """Status and text of a page asked for from an address of this machine."""
    contexte = ssl.create_default_context()
    contexte.check_hostname, contexte.verify_mode = False, ssl.CERT_NONE
    liaison = HTTPSConnection("127.0.0.1", port, timeout=20, source_address=(depuis, 0), context=contexte)
    try:
        liaison.request("GET", chemin, headers={c.replace("_", "-"): v for c, v in entetes.items()})
        reponse = liaison.getresponse()
        return reponse.status, reponse.read().decode()
    except OSError:
        return 0, ""
    finally:
        liaison.close()


@pytest.mark.lent
def test_one_client_s_requests_are_not_another_s(nginx: int, tmp_path: Path) -> None:
    def statuts(depuis: str, combien: int) -> set[int]:
        return {
            _demander(nginx, depuis, "/verifier?numero=SECRET", X_Forwarded_For=f"198.51.100.{n}")[0]
            for n in range(combien)
        }

    assert 429 not in statuts("127.0.0.1", DEMANDES_PAR_MINUTE)
    assert statuts("127.0.0.1", 1) == {429}, "whatever X-Forwarded-For it sends"
    assert 429 not in statuts("127.0.0.2", 1)
    assert "evil" not in _demander(nginx, "127.0.0.3", "/connexion", X_Forwarded_Host="evil.example")[1]
    acces = (tmp_path / "acces.log").read_text("utf-8")
    assert "/verifier" in acces and "SECRET" not in acces
