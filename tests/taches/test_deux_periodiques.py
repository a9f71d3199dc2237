"""Two of the processes that repeat things, on the same data at the same time: each thing is done once."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from certif.config import RACINE, Config
from certif.domaine.courriers.actions import ecrire
from certif.domaine.courriers.modeles import Courrier, EtatCourrier
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.modeles_annexes import Bilan
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import maintenant
from tests.support import invariants
from tests.support.factories import un_organisme, une_personne, une_session
from tests.support.mailbox import Boite, Serveur
from tests.support.servers import ServeurValkey, attendre
from tests.support.stack import port_libre

pytestmark = [pytest.mark.lent, pytest.mark.usefixtures("chaque_base", "contexte")]

COURRIELS, ECHUES = 30, 4


@contextmanager
def deux_periodiques(config: Config, valkey: ServeurValkey, smtp_url: str) -> Iterator[list[str]]:
    """Two real processes; what each printed, once both were told to stop and did."""
    dits: list[str] = []
    environ = {c: v for c, v in os.environ.items() if not c.startswith("CERTIF_")}
    environ |= {"CERTIF_DONNEES": str(config.donnees), "DATABASE_URL": config.base}
    environ |= {"REDIS_URL": valkey.url, "SMTP_URL": smtp_url}
    processus = [
        subprocess.Popen(
            [sys.executable, "-m", "certif.periodique"],
            cwd=RACINE,
            env=environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for _ in range(2)
    ]
    try:
        yield dits
    finally:
        for un in processus:
            un.terminate()
        dits += [un.communicate(timeout=30)[0] for un in processus]


def combien(requete: object) -> int:
    db.session.rollback()
    return db.session.scalar(requete) or 0  # type: ignore[call-overload]


def test_what_is_due_is_done_once(config: Config, valkey: ServeurValkey, app: Flask) -> None:
    gardee, *echues = (une_session(un_organisme(f"ORGANISME {n}"), Etat.GENERE) for n in range(ECHUES + 1))
    personnes = [une_personne(f"Personne{rang}").id for rang in range(COURRIELS)]
    with transaction():
        for numero in echues:
            db.session.get_one(SessionCertification, numero).genere_le = maintenant() - timedelta(days=40)
        for qui in personnes:
            ecrire(f"session-{gardee}-v1-essai", qui, "Sujet", "Bonjour.", gardee)
    boite = Boite()
    serveur = Serveur(boite, hostname="127.0.0.1", port=port_libre())
    serveur.start()
    attend = select(func.count()).select_from(Courrier).where(Courrier.etat == EtatCourrier.A_ENVOYER)
    restent = select(func.count()).where(SessionCertification.numero.in_(echues))
    with deux_periodiques(config, valkey, serveur.url) as dits:
        attendre(lambda: combien(restent) == 0 and combien(attend) == 0, 60, 0.2)
    serveur.stop()
    assert combien(select(func.count()).where(Bilan.numero.in_(echues))) == ECHUES
    assert db.session.get(SessionCertification, gardee) is not None
    identifiants = [str(message["Message-ID"]) for message in boite.recus]
    assert len(identifiants) >= COURRIELS and len(set(identifiants)) == len(identifiants)
    assert not [dit for dit in dits if "échec" in dit or "Traceback" in dit], dits
    invariants.verifier(config)
