"""Starts everything, keeps it alive, stops it: `python -m certif.superviseur`.

Each child has a process group of its own, so that Ctrl-C reaches the supervisor alone, and dies with it.
"""

import errno
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import NoReturn

from certif.config import RACINE, Config, ConfigurationInvalide, refus_d_ecrire
from certif.depart import exiger
from certif.domaine.personnes.demonstration import COMPTES_DEMO, MOT_DE_PASSE_DEMO
from certif.socle import valkey
from certif.socle.file import Voie
from certif.socle.processus import Enfant

FILE = "file"
PATIENCE_DE_L_OUVRIER_S = 120.0
"""For the work in hand: what nobody waits for makes way for the rest, and takes its time."""


def enfants_de(config: Config) -> list[Enfant]:
    """In the order in which they start; they stop in the other one."""
    liste = [
        *(
            Enfant(f"ouvrier ({v})", RACINE, "certif.ouvrier", v, patience_s=PATIENCE_DE_L_OUVRIER_S)
            for v in Voie
            for _ in range(config.ouvriers)
        ),
        Enfant("tâches périodiques", RACINE, "certif.periodique"),
        Enfant("site", RACINE, "gunicorn", "-c", "python:certif.serveur", "app:app"),
    ]
    if config.redis_url is None:
        dossier = str(valkey.dossier_de(config.donnees))
        liste.insert(0, Enfant(FILE, RACINE, "certif.socle.valkey", dossier))
    return liste


def main() -> None:
    """Check, prepare, start, watch, stop."""
    os.umask(0o077)
    signal.signal(signal.SIGTERM, _interrompre)
    try:
        verrou = _verrouiller(exiger(os.environ).donnees)
        config = Config.lire(os.environ, depart=True)
    except ConfigurationInvalide as erreur:
        _refuser(str(erreur))
    _exiger_port(config)
    enfants = enfants_de(config)
    try:
        _demarrer_la_file(config, enfants)
        preparer = [sys.executable, "-m", "flask", "--app", "app", "preparer"]
        if subprocess.run(preparer, cwd=RACINE, check=False).returncode:
            _refuser("La base de données n’a pas pu être préparée : voir ci-dessus.")
        _veiller(config, enfants)
    except KeyboardInterrupt:
        print("\nArrêt en cours…", flush=True)
    finally:
        _arreter(enfants)
        os.close(verrou)


def _demarrer_la_file(config: Config, enfants: list[Enfant]) -> None:
    """The embedded queue first, waited for a while: preparing the demonstration already hands work over."""
    for enfant in enfants:
        if enfant.nom == FILE:
            for _ in range(50):
                enfant.surveiller()
                if valkey.vivant(valkey.dossier_de(config.donnees)):
                    return
                time.sleep(0.1)


def _veiller(config: Config, enfants: list[Enfant]) -> NoReturn:
    annonce = False
    while True:
        for enfant in enfants:
            enfant.surveiller()
        if not annonce and _en_bonne_sante(config):
            annonce = True
            _annoncer(config)
        time.sleep(0.2)


def _arreter(enfants: list[Enfant]) -> None:
    """The site first, the queue last, once nobody needs it any more."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    clients = [enfant for enfant in reversed(enfants) if enfant.nom != FILE]
    for groupe in (clients, [enfant for enfant in enfants if enfant.nom == FILE]):
        for enfant in groupe:
            enfant.prier()
        for enfant in groupe:
            enfant.attendre()


def _interrompre(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def _refuser(message: str) -> NoReturn:
    print(message, file=sys.stderr)
    raise SystemExit(2)


def _verrouiller(donnees: Path) -> int:
    try:
        donnees.mkdir(mode=0o700, parents=True, exist_ok=True)
        verrou = os.open(donnees / "superviseur.verrou", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as erreur:
        raise ConfigurationInvalide([refus_d_ecrire(erreur)]) from erreur
    try:
        fcntl.flock(verrou, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        _refuser(f"Certif tourne déjà sur le dossier de données {donnees}.")
    return verrou


def _exiger_port(config: Config) -> None:
    """Refuse a port that somebody holds; a server that is just ending is given a moment."""
    for reste in range(10, -1, -1):
        famille = socket.AF_INET6 if ":" in config.ecoute else socket.AF_INET
        with socket.socket(famille) as essai:
            essai.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                essai.bind((config.ecoute, config.port))
                return
            except OSError as erreur:
                if erreur.errno == errno.EADDRNOTAVAIL:
                    _refuser("CERTIF_ECOUTE doit être une adresse de cette machine, comme 127.0.0.1.")
                if reste:
                    time.sleep(0.3)
    _refuser(
        f"Le port {config.port} est occupé ou interdit : "
        f"libérez-le, ou choisissez-en un autre (PORT={config.port + 1})."
    )


def _en_bonne_sante(config: Config) -> bool:
    try:
        with urllib.request.urlopen(f"http://{config.adresse_locale}/sante", timeout=2) as reponse:
            return bool(reponse.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _annoncer(config: Config) -> None:
    """Where to go, and as whom."""
    lignes = [f"\nCertif est prêt : {config.url}"]
    if config.demonstration:
        lignes.append(f"Comptes de démonstration (mot de passe : {MOT_DE_PASSE_DEMO}) :")
        largeur = max(len(compte.identifiant) for compte in COMPTES_DEMO)
        lignes += [f"  {compte.identifiant:<{largeur}}  {compte.roles}" for compte in COMPTES_DEMO]
    print("\n".join(lignes), flush=True)


if __name__ == "__main__":
    main()
