"""What a run stands on: a database that is filled, a queue, and the real web server, twice.

One serves Certif, the other the bare page, with the same settings.
"""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from certif.config import RACINE, Config
from charge.taille import Taille
from tests.support.servers import ServeurPostgres, serveur_postgres, serveur_valkey
from tests.support.stack import un_site

BASES = ("sqlite", "postgresql")


@dataclass(frozen=True, slots=True)
class Lieu:
    """Where one database of a run is served; `environ` is that of the application's programs."""

    base: str
    taille: Taille
    environ: Mapping[str, str]
    site: int
    nue: int

    def lancer(self, *module: str) -> str:
        """What a module of this project prints, with its arguments; its progress is shown.

        Raises:
            subprocess.CalledProcessError: it failed.
        """
        return lancer(self.environ, *module)


def lancer(environ: Mapping[str, str], *module: str) -> str:
    """The same in this environment."""
    commande = [sys.executable, "-m", *module]
    return subprocess.run(
        commande, cwd=RACINE, env=dict(environ), check=True, stdout=subprocess.PIPE, text=True
    ).stdout


@contextmanager
def servir(base: str, taille: Taille, dossier: Path) -> Iterator[Lieu]:
    """Fill this kind of database in `dossier`, and serve it."""
    with _adresse(base, dossier) as adresse, serveur_valkey() as valkey:
        propre = {c: v for c, v in os.environ.items() if not c.startswith(("CERTIF_", "WEB_"))}
        environ = propre | {
            "CERTIF_DONNEES": str(dossier),
            "DATABASE_URL": adresse,
            "REDIS_URL": valkey.url,
            "CHARGE_BASE": adresse.replace("postgresql://", "postgresql+psycopg://"),
        }
        lancer(environ, "charge.remplir", str(taille.sessions))
        config = Config.lire(environ)
        with (
            un_site(config) as site,
            un_site(config, "charge.nue:app", CHARGE_BASE=environ["CHARGE_BASE"]) as nue,
        ):
            yield Lieu(base, taille, environ, site, nue)


@contextmanager
def _adresse(base: str, dossier: Path) -> Iterator[str]:
    dossier.mkdir(parents=True)
    if base == "sqlite":
        yield f"sqlite:///{dossier / 'certif.db'}"
        return
    with serveur_postgres() as serveur:
        yield _creer(serveur)


def _creer(serveur: ServeurPostgres) -> str:
    return serveur.creer("charge")
