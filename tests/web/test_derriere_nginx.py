"""Behind the nginx that `docs/exploitation.md` describes: each client counts for itself, whatever it says.

And whatever becomes of a request, no log of nginx's has its query.
"""

import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from http.client import HTTPSConnection
from pathlib import Path

import pytest

from certif.config import RACINE, Config
from tests.support.proxy import certificat
from tests.support.servers import absent, attendre
from tests.support.stack import ecoute, port_libre, un_site

DEMANDES_PAR_MINUTE = 30
A_LA_FOIS = 30
SECRETE = "/lien/invitation?cle=SECRET"


@pytest.fixture
def nginx(config: Config, valkey: object, tmp_path: Path) -> Iterator[int]:
    """The port where it serves, in TLS, a site that counts one proxy."""
    with un_site(config, CERTIF_PROXYS="1") as site, _nginx(site, tmp_path) as port:
        assert _demander(port, "127.0.0.1")[0] == 200
        yield port


@contextmanager
def _nginx(site: int, dossier: Path) -> Iterator[int]:
    """The port where it serves what listens on the port `site`; its logs are in this folder."""
    if shutil.which("nginx") is None:
        absent("nginx")
    port, reglages = port_libre(), dossier / "nginx.conf"
    reglages.write_text(_reglages(port, site, dossier), "utf-8")
    commande = ["nginx", "-p", str(dossier), "-e", str(dossier / "nginx.log"), "-c", str(reglages)]
    processus = subprocess.Popen([*commande, "-g", "daemon off;"])
    try:
        attendre(lambda: ecoute(port), 20)
        yield port
    finally:
        processus.terminate()
        processus.wait(20)


def _reglages(port: int, site: int, dossier: Path) -> str:
    """The site of the page as it stands there, but for what differs from one machine to the other."""
    bloc = (RACINE / "docs" / "exploitation" / "nginx.conf").read_text("utf-8")
    tls = str(certificat(dossier / "tls.pem"))
    for avant, apres in (
        ("listen 80;", f"listen 127.0.0.1:{port_libre()};"),
        ("listen [::]:80;", ""),
        ("listen 443 ", f"listen 127.0.0.1:{port} "),
        ("listen [::]:443 ssl http2;", ""),
        ("/etc/ssl/certs/certif.example.fr.pem", tls),
        ("/etc/ssl/private/certif.example.fr.key", tls),
        ("/var/log/nginx/certif.log", str(dossier / "acces.log")),
        ("/var/log/nginx/certif-erreurs.log", str(dossier / "erreurs.log")),
        ("http://127.0.0.1:5000", f"http://127.0.0.1:{site}"),
    ):
        assert avant in bloc
        bloc = bloc.replace(avant, apres)
    return f"user root;\npid {dossier}/nginx.pid;\nevents {{}}\nhttp {{\n{bloc}\n}}\n"


def _demander(port: int, depuis: str, chemin: str = "/connexion", **entetes: str) -> tuple[int, str]:
    """Status and text of a page asked for from an address of this machine."""
    liaison = _liaison(port, depuis)
    try:
        liaison.request("GET", chemin, headers={c.replace("_", "-"): v for c, v in entetes.items()})
        reponse = liaison.getresponse()
        return reponse.status, reponse.read().decode()
    except OSError:
        return 0, ""
    finally:
        liaison.close()


def _liaison(port: int, depuis: str) -> HTTPSConnection:
    contexte = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # no authority to load: nothing is verified
    contexte.check_hostname, contexte.verify_mode = False, ssl.CERT_NONE
    return HTTPSConnection("127.0.0.1", port, timeout=20, source_address=(depuis, 0), context=contexte)


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


def test_what_nginx_answers_by_itself_leaves_no_secret(tmp_path: Path) -> None:
    """An address that asks for too much at once, a site that hangs up, then one that is down."""
    with ExitStack() as pile:
        site = pile.enter_context(socket.create_server(("127.0.0.1", 0), backlog=A_LA_FOIS))
        port = pile.enter_context(_nginx(site.getsockname()[1], tmp_path))
        for _ in range(A_LA_FOIS):
            pile.enter_context(closing(liaison := _liaison(port, "127.0.0.1"))).request("GET", SECRETE)
        assert _demander(port, "127.0.0.1", SECRETE)[0] == 503
        site.close()
        assert liaison.getresponse().status == 502
        assert _demander(port, "127.0.0.2", SECRETE)[0] == 502
    dits = {journal.name: journal.read_text("utf-8") for journal in tmp_path.glob("*.log")}
    assert dits.keys() == {"acces.log", "erreurs.log", "nginx.log"}
    assert "/lien/invitation 503" in dits["acces.log"].replace('"', "")
    assert not [nom for nom, dit in dits.items() if "SECRET" in dit]
