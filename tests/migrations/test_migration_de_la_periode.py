"""The register's existing lines say when their habilitation holds: on a filled database."""

from datetime import date

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import func, select

from certif.domaine.certificats.modeles import CertificatEmis, LigneRegistre
from certif.domaine.referentiel.modeles import Habilitation
from certif.domaine.sessions.etats import Etat
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from tests.support.factories import un_organisme, une_session
from tests.support.production import pdf_factice, rendre_par


@pytest.mark.usefixtures("chaque_base", "contexte")
def test_each_line_has_the_days_of_its_own_habilitation(monkeypatch: pytest.MonkeyPatch) -> None:
    rendre_par(monkeypatch, pdf_factice)
    alpha, corto = un_organisme("ALPHA"), un_organisme("CORTO")
    sessions = {
        une_session(alpha, Etat.GENERE, reussites=2): (date(2020, 1, 1), date(2040, 12, 31)),
        une_session(corto, Etat.GENERATION): (date(2021, 3, 4), date(2044, 2, 29)),
    }
    with transaction():
        habilitation = db.session.get_one(Habilitation, corto.habilitation_id)
        habilitation.debut, habilitation.fin = date(2021, 3, 4), date(2044, 2, 29)
    db.session.remove()

    downgrade(revision="0016")
    upgrade()

    for numero, jours in sessions.items():
        lignes = db.session.scalars(select(LigneRegistre).filter_by(session_numero=numero)).all()
        assert [(ligne.habilitation_debut, ligne.habilitation_fin) for ligne in lignes] == [jours, jours]
    assert db.session.scalar(select(func.count()).select_from(CertificatEmis)) == 4
