"""A move holds its session, then judges: one load, whoever asks and however many certificates it makes."""

from collections.abc import Callable

import pytest
from sqlalchemy import update

from certif.domaine.acteur import Acteur
from certif.domaine.certificats.generation import demander_generation
from certif.domaine.certificats.modeles import CertificatEmis, EtatEmission
from certif.domaine.certificats.production.certificats import produire
from certif.domaine.certificats.reprise import relancer_echecs, rouvrir
from certif.domaine.sessions.actions.soumission import (
    modifier_la_saisie,
    reprendre_la_saisie,
    soumettre_au_formateur,
)
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from tests.support.factories import un_organisme, une_session, version
from tests.support.statements import requetes

pytestmark = pytest.mark.usefixtures("contexte")

MOVES: list[tuple[Etat, Callable[[Acteur, int, int], None]]] = [
    (Etat.SAISIE, soumettre_au_formateur),
    (Etat.VALIDATION_FORMATEUR, reprendre_la_saisie),
    (Etat.VALIDATION_ENTITE, modifier_la_saisie),
    (Etat.VALIDATION_ENTITE, demander_generation),
    (Etat.GENERATION, relancer_echecs),
    (Etat.GENERATION, rouvrir),
]


def loads(statements: list[str]) -> int:
    return sum(statement.startswith("SELECT session_certification.numero, ") for statement in statements)


def inserts(statements: list[str], table: str) -> int:
    return sum(statement.startswith(f"INSERT INTO {table} ") for statement in statements)


@pytest.mark.parametrize(("etat", "move"), MOVES)
def test_its_session_is_selected_once(etat: Etat, move: Callable[[Acteur, int, int], None]) -> None:
    organisme = un_organisme()
    numero = une_session(organisme, etat)
    if etat is Etat.GENERATION:
        with transaction():
            all_failed(numero)
    avant = version(numero)
    with requetes() as vues:
        move(organisme.gestionnaire, numero, avant)
    assert version(numero) > avant
    assert loads(vues) == 1


def all_failed(numero: int) -> None:
    db.session.execute(
        update(CertificatEmis).filter_by(session_numero=numero).values(etat=EtatEmission.ECHEC, echecs=3)
    )
    session_certif = db.session.get_one(SessionCertification, numero)
    session_certif.certificats_en_echec = session_certif.certificats_total


@pytest.mark.usefixtures("rendu_rapide")
def test_certificates_and_their_lines_are_written_in_one_statement_each(chaque_base: str) -> None:
    nombres = []
    for reussites in (2, 30):
        organisme = un_organisme()
        numero = une_session(organisme, Etat.VALIDATION_ENTITE, reussites=reussites)
        avant = version(numero)
        with requetes() as vues:
            demander_generation(organisme.gestionnaire, numero, avant)
        nombres.append(len(vues))
        assert inserts(vues, "certificat_emis") == inserts(vues, "registre") == 1
        with requetes() as vues:
            produire(numero)
        assert inserts(vues, "empreinte_fichier") == 2, "those of the certificates, and that of the zip"
    assert nombres[0] == nombres[1]
