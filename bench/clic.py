"""From the click to the finished zip, through the real queue: `python -m bench.clic NOMBRE…`.

A real Valkey, a real worker, SQLite and a local folder, all in a temporary place. Prints one line of JSON:
for each number of réussites, the median in milliseconds of the runs that follow a first one.
"""

import itertools
import json
import os
import secrets
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

from sqlalchemy import select

from bench.donnees import Personne, personnes
from certif import create_app, demo, migration
from certif.config import RACINE, Config
from certif.demo.organisations import niveau_de
from certif.domaine.certificats.generation import demander_generation
from certif.domaine.comptes.acteur import Acteur
from certif.domaine.comptes.modeles import Individu, TypeRole
from certif.domaine.noms import cle
from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.modeles import (
    Identification,
    Resultat,
    SessionCertification,
    Stagiaire,
    TypeLieu,
)
from certif.domaine.sessions.modification import conclure
from certif.socle import file, valkey
from certif.socle.extensions import db
from certif.socle.horloge import aujourd_hui, maintenant
from certif.socle.transaction import transaction

MESURES = 3
_PAS_S = 0.002
_ATTENTE_MAX_S = 120.0


def main(nombres: list[int]) -> dict[str, float]:
    """Milliseconds for each number of réussites."""
    with tempfile.TemporaryDirectory(prefix="certif-b-") as dossier, ExitStack() as pile:
        _s_isoler(Path(dossier) / "d")
        config = Config.lire(os.environ)
        pile.enter_context(_processus("certif.socle.valkey", str(valkey.dossier_de(config.donnees))))
        app = create_app(config)
        with app.app_context():
            migration.mettre_a_jour()
            demo.charger()
            attendre(file.joignable)
            for voie in file.Voie:
                pile.enter_context(_processus("certif.ouvrier", voie))
            attendre(lambda: all(map(file.ouvrier_vivant, file.Voie)))
            gens = personnes(graine=7)
            return {str(nombre): _mediane(nombre, gens, config.donnees / "certif.db") for nombre in nombres}


def _s_isoler(donnees: Path) -> None:
    """Whatever this machine's settings are, nothing is written anywhere else."""
    for nom in list(os.environ):
        if nom.startswith("CERTIF_") or nom in ("DATABASE_URL", "REDIS_URL", "SMTP_URL", "PORT"):
            del os.environ[nom]
    os.environ["CERTIF_DONNEES"] = str(donnees)


def _mediane(nombre: int, gens: Iterator[Personne], base: Path) -> float:
    temps = [_chronometrer(_session(list(itertools.islice(gens, nombre))), base) for _ in range(MESURES + 1)]
    return round(median(temps[1:]), 1)


def _chronometrer(numero: int, base: Path) -> float:
    """Milliseconds from the click to the state `genere`, as another process sees it."""
    acteur = _acteur("ROM20001", TypeRole.GESTIONNAIRE)
    version = db.session.get_one(SessionCertification, numero).version
    lecture = sqlite3.connect(f"file:{base}?mode=ro", uri=True)
    try:
        depart = time.perf_counter()
        demander_generation(acteur, numero, version)
        attendre(lambda: _etat(lecture, numero) == Etat.GENERE.value)
        return 1000 * (time.perf_counter() - depart)
    finally:
        lecture.close()


def _etat(lecture: sqlite3.Connection, numero: int) -> str:
    requete = "SELECT etat FROM session_certification WHERE numero = ?"
    return str(lecture.execute(requete, [numero]).fetchone()[0])


def _session(stagiaires: list[Personne]) -> int:
    """A session of the demonstration's organisation whose results have come, all of them réussites."""
    romain = _acteur("ROM20001", TypeRole.GESTIONNAIRE)
    stephanie = _acteur("STE10001", TypeRole.FORMATEUR)
    niveau = niveau_de("SST")
    with transaction():
        session_certif = SessionCertification(
            entite_id=romain.entite_id,
            declarant_id=romain.individu_id,
            jeton=secrets.token_urlsafe(16),
            etat=Etat.SAISIE,
            version=1,
            creee_le=maintenant(),
            modifiee_le=maintenant(),
            niveau_id=niveau.id,
            certificat_id=niveau.certificats[0].id,
            lieu_type=TypeLieu.FRANCE,
            code_postal="26800",
            ville="ETOILE SUR RHONE",
            identification=Identification.INITIAL,
            date_fin=aujourd_hui(),
            formateur_id=stephanie.individu_id,
            soumise_le=maintenant(),
            premiere_soumission_le=aujourd_hui(),
            resultats_le=maintenant(),
            stagiaires=[_stagiaire(p) for p in stagiaires],
        )
        db.session.add(session_certif)
        db.session.flush()
        conclure(session_certif, romain, Action.SOUMETTRE_AU_FORMATEUR)
        conclure(session_certif, stephanie, Action.ENVOYER_RESULTATS)
        return session_certif.numero


def _stagiaire(personne: Personne) -> Stagiaire:
    return Stagiaire(
        nom=personne.nom,
        prenom=personne.prenom,
        cle_nom=cle(personne.nom),
        cle_prenom=cle(personne.prenom),
        date_naissance=personne.date_naissance,
        resultat=Resultat.REUSSITE,
    )


def _acteur(numero_forprev: str, role: TypeRole) -> Acteur:
    individu = db.session.scalars(select(Individu).filter_by(numero=numero_forprev)).one()
    return Acteur(individu.id, role, next(r.entite_id for r in individu.roles if r.type is role))


@contextmanager
def _processus(*module: str) -> Iterator[None]:
    """A program of the application, stopped with the block."""
    processus = subprocess.Popen([sys.executable, "-m", *module], cwd=RACINE, stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        processus.terminate()
        processus.wait(timeout=30)


def attendre(condition: Callable[[], bool]) -> None:
    """Return as soon as it is true.

    Raises:
        TimeoutError: it still is not after two minutes.
    """
    fin = time.monotonic() + _ATTENTE_MAX_S
    while not condition():
        if time.monotonic() > fin:
            raise TimeoutError
        time.sleep(_PAS_S)


if __name__ == "__main__":
    print(json.dumps(main([int(nombre) for nombre in sys.argv[1:]])))
