"""`python -m tests.cluster.tenir NUMÉRO`: hold the row of a session, and never let go."""

import sys
import time

from sqlalchemy import select

from certif import create_app
from certif.domaine.sessions.modeles import SessionCertification
from certif.socle.base.extensions import db
from certif.socle.base.verrou import tenir

if __name__ == "__main__":
    with create_app().app_context():
        requete = select(SessionCertification).filter_by(numero=int(sys.argv[1]))
        db.session.scalars(tenir(requete, SessionCertification)).one()
        print("tenue", flush=True)
        time.sleep(3600)
