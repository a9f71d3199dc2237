"""Which entités issued certificates under another name: said by the register, as long as it is true."""

from datetime import date

import pytest

from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.certificats.registre import entites_renommees
from certif.domaine.certificats.registre.entites_renommees import NomImprime, anciens_noms, imprimes_sous
from certif.domaine.erreurs import Introuvable
from certif.domaine.personnes.modeles import Entite
from certif.domaine.sessions.etats import Etat
from certif.socle.base.extensions import db
from certif.socle.base.pagination import Question
from certif.socle.base.transaction import transaction
from tests.support.factories import Organisme, un_acteur, un_organisme, une_session

pytestmark = pytest.mark.usefixtures("chaque_base", "contexte", "rendu_rapide")


@pytest.fixture
def organisme(contexte: object) -> Organisme:
    return un_organisme("MAROSE FORMATION")


def renommer(organisme: Organisme, vers: str) -> Entite:
    with transaction():
        entite = db.session.get_one(Entite, organisme.entite_id)
        entite.raison_sociale = vers
    return entite


def renommees(acteur: Acteur | None = None, etat: str = entites_renommees.RENOMMEES) -> list[str]:
    question = Question(criteres={"etat": etat})
    page = entites_renommees.lister(acteur or un_acteur(TypeRole.ADMINISTRATEUR), question)
    assert page.total == len(page.lignes)
    return [ligne.entite.raison_sociale for ligne in page.lignes]


@pytest.mark.parametrize("vers", ["INRS", "ZÈBRE", "MAROSE FORMATION SA", "Marose Formation"])
def test_whatever_the_new_name_until_the_old_one_is_back(organisme: Organisme, vers: str) -> None:
    une_session(organisme, Etat.GENERE, reussites=2, date_fin=date(2026, 6, 10))
    une_session(un_organisme("FORMATION GUY"), Etat.GENERE, reussites=1)
    assert renommees() == []
    entite = renommer(organisme, vers)
    assert renommees() == [vers]
    assert sorted(renommees(etat="")) == sorted(["FORMATION GUY", vers])
    jour = date(2026, 6, 10)
    assert anciens_noms(entite) == [NomImprime("MAROSE FORMATION", 2, jour, jour)]
    assert imprimes_sous(["form", "maro"]) == [(organisme.entite_id, "MAROSE FORMATION")]
    assert imprimes_sous(["arose"]) == imprimes_sous(["maro", "inrs"]) == []
    entite = renommer(organisme, "MAROSE FORMATION")
    assert (renommees(), anciens_noms(entite), imprimes_sous(["maro"])) == ([], [], [])


@pytest.mark.parametrize("etat", [Etat.VALIDATION_ENTITE, Etat.GENERATION])
def test_what_is_not_issued_was_given_to_nobody(organisme: Organisme, etat: Etat) -> None:
    une_session(organisme, etat, reussites=1)
    entite = renommer(organisme, "INRS")
    assert (renommees(), anciens_noms(entite)) == ([], [])


def test_only_the_administrateur(organisme: Organisme) -> None:
    with pytest.raises(Introuvable):
        renommees(organisme.gestionnaire)
