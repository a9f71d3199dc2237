"""Trainees of a filled database: found by any word of their nom, in the order in which they were entered."""

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import select

from certif.domaine.certificats.modeles import CertificatEmis
from certif.domaine.noms import departs
from certif.domaine.personnes.modeles import MOT_MAX
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import Stagiaire
from certif.socle.base.extensions import db
from tests.support.factories import un_organisme, un_stagiaire, une_session
from tests.support.moves import lire

NOMS = (
    "Zola",
    "D’Almeida",
    "O‘Neill",
    "Dʼ Arc",
    "De La Tour",
    "Ðorđević",
    "СОРА",
    "Œhler",
    "É" * 80,
    "Petit‐Roux",
)


@pytest.mark.usefixtures("chaque_base", "contexte")
def test_the_words_are_those_of_the_live_function_and_nobody_is_lost() -> None:
    organisme = un_organisme()
    numero = une_session(organisme, Etat.SAISIE, stagiaires=[un_stagiaire(nom) for nom in NOMS])
    une_session(organisme, Etat.GENERATION)
    db.session.remove()

    downgrade(revision="0015")
    upgrade()

    assert [s.nom for s in lire(numero).stagiaires_saisis] == list(NOMS)
    for s in db.session.scalars(select(Stagiaire)):
        assert {m.mot for m in s.mots} == {depart[:MOT_MAX] for depart in departs(s.nom)}, s.nom
    assert len(db.session.scalars(select(CertificatEmis)).all()) == 2
