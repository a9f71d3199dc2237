"""Certificates a second, by how many workers make them: `python -m charge.certificats OUVRIERS…`.

In the environment of the application. Workers are started, stopped in their tracks, and let go once all has
been asked for: what is counted is theirs alone, files in the store and zips included. Prints one line of
JSON.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice

from rq import Worker
from sqlalchemy import func, select

from bench.donnees import Personne, personnes
from bench.enfants import lancer
from certif import create_app
from certif.config import Config
from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.certificats.generation import demander_generation
from certif.domaine.personnes.modeles import Individu
from certif.domaine.referentiel.modeles import Habilitation
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.valeurs import Resultat
from certif.socle import file
from certif.socle.base.extensions import db
from charge.taille import PREMIERE_ENTITE, delegataire, formateur, gestionnaire
from tests.support.factories import Organisme, un_stagiaire, une_session, version
from tests.support.servers import attendre

STAGIAIRES, SESSIONS = 100, 8
"""Of a session, and sessions for each worker."""
_PATIENCE_S = 300.0


def main(nombres: list[int]) -> dict[int, float]:
    """The rate for each number of workers."""
    app = create_app(Config.lire(os.environ))
    with app.app_context():
        organisme = _organisme()
        file.queue(file.Voie.CERTIFICATS).empty()
        return {ouvriers: round(_debit(organisme, ouvriers), 1) for ouvriers in nombres}


def _organisme() -> Organisme:
    """The first of those that were filled in."""
    habilitation = db.session.get_one(Habilitation, PREMIERE_ENTITE)
    entite, niveau = habilitation.entite_id, habilitation.niveau

    def acteur(email: str, role: TypeRole, de: int | None = entite) -> Acteur:
        individu = db.session.scalars(select(Individu.id).filter_by(email=email)).one()
        return Acteur(individu, role, de)

    return Organisme(
        entite_id=entite,
        niveau_id=niveau.id,
        certificat_id=niveau.certificats[0].id,
        habilitation_id=habilitation.id,
        gestionnaire=acteur(gestionnaire(0), TypeRole.GESTIONNAIRE),
        delegataire=acteur(delegataire(0), TypeRole.DELEGATAIRE),
        formateur=acteur(formateur(0), TypeRole.FORMATEUR, None),
    )


def _debit(organisme: Organisme, ouvriers: int) -> float:
    print(f"  {ouvriers} ouvrier(s)", file=sys.stderr, flush=True)
    gens = personnes(graine=100 + ouvriers)
    numeros = [_session(organisme, islice(gens, STAGIAIRES)) for _ in range(SESSIONS * ouvriers)]
    with _au_travail(ouvriers) as processus:
        for un in processus:
            un.send_signal(signal.SIGSTOP)
        for numero in numeros:
            demander_generation(organisme.gestionnaire, numero, version(numero))
        depart = time.perf_counter()
        for un in processus:
            un.send_signal(signal.SIGCONT)
        attendre(lambda: not _en_generation(numeros), _PATIENCE_S, 0.02)
        return len(numeros) * STAGIAIRES / (time.perf_counter() - depart)


def _session(organisme: Organisme, gens: Iterable[Personne]) -> int:
    """All of whom succeeded."""
    inscrits = [un_stagiaire(p.nom, p.prenom, p.date_naissance, Resultat.REUSSITE) for p in gens]
    return une_session(organisme, Etat.VALIDATION_ENTITE, stagiaires=inscrits)


@contextmanager
def _au_travail(ouvriers: int) -> Iterator[list[subprocess.Popen[bytes]]]:
    """That many workers of the queue that a click waits for, ready."""
    with ExitStack() as pile:
        processus = []
        for _ in range(ouvriers):
            un = lancer("certif.ouvrier", file.Voie.CERTIFICATS, sortie=subprocess.DEVNULL)
            pile.callback(un.wait, _PATIENCE_S)
            pile.callback(un.terminate)
            pile.callback(un.send_signal, signal.SIGCONT)
            processus.append(un)
        queue = file.queue(file.Voie.CERTIFICATS)
        attendre(lambda: Worker.count(queue=queue) >= ouvriers, _PATIENCE_S)
        yield processus
    attendre(lambda: Worker.count(queue=queue) == 0, _PATIENCE_S)


def _en_generation(numeros: list[int]) -> int:
    db.session.rollback()
    en_cours = SessionCertification.etat == Etat.GENERATION
    requete = select(func.count()).where(SessionCertification.numero.in_(numeros), en_cours)
    return db.session.scalar(requete) or 0


if __name__ == "__main__":
    print(json.dumps(main([int(n) for n in sys.argv[1:]])))
