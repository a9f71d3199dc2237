"""A worker: `python -m certif.ouvrier certificats`, or `suites`: the queue that it listens on.

What follows a dash tells several apart: `certificats-2`.

It runs the functions of `certif.taches`, and no other.
"""

import inspect
import os
import sys
import time
from contextlib import suppress
from types import ModuleType

from sqlalchemy.exc import SQLAlchemyError

from certif import taches
from certif.documents.certificat.fabrique import prechauffer
from certif.documents.sceau.cle_de_sceau import CleInutilisable
from certif.domaine.certificats.production import scelleur
from certif.domaine.certificats.production.echauffement import echauffer
from certif.domaine.certificats.registre import numeros
from certif.ouverture import ouvrir
from certif.socle import file
from certif.socle.adresses import adresse
from certif.socle.base.extensions import db
from certif.socle.ouvriers import Ouvrier

POLITESSE = 10
"""Where processors are few, what nobody waits for makes way for certificates and pages."""


def fonctions_de(module: ModuleType) -> frozenset[str]:
    """Names of the public functions that a module defines itself; what it imports does not count."""
    return frozenset(
        nom
        for nom, fonction in inspect.getmembers(module, inspect.isfunction)
        if fonction.__module__ == module.__name__ and not nom.startswith("_")
    )


def main(voie: file.Voie) -> None:
    """Work until told to stop; a job that runs is finished first."""
    if voie is not file.Voie.CERTIFICATS:
        os.nice(POLITESSE)
    app = ouvrir()
    # Each job runs in a fork of this process, and finds ready what it would have to prepare.
    with app.app_context():
        preparer()
        # A connection that two processes hold is one too many.
        db.engine.dispose()
    while not file.joignable():
        time.sleep(0.5)
    # What a click waits for finds a fork that has done the same; the rest may take the time.
    du_clic = preparer if voie is file.Voie.CERTIFICATS else None
    Ouvrier(voie, fonctions_de(taches), app.app_context, du_clic).work(
        with_scheduler=True, logging_level="WARNING"
    )


def preparer() -> None:
    """Do once, for nobody, what jobs do: a certificate, its seal, what they read."""
    sceau = None
    with suppress(CleInutilisable):  # the pages and the jobs say so
        sceau = scelleur.sceau()
    prechauffer(adresse(f"/v/{numeros.nouveau()}"), sceau)
    with suppress(SQLAlchemyError):  # the jobs tell of an outage
        echauffer()


if __name__ == "__main__":
    main(file.Voie(sys.argv[1].partition("-")[0]))
