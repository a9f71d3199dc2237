"""What is kept under the identity of a trainee: found by keys and hashes, told to whom it may be."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from certif import rythmes
from certif.domaine.erreurs import Introuvable, SaisieInvalide
from certif.domaine.exports.stagiaire import chercher
from certif.domaine.sessions.actions.stagiaires import IdentiteSaisie
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import Stagiaire
from certif.domaine.sessions.valeurs import Resultat
from certif.socle.horloge import aujourd_hui
from tests.support.factories import un_stagiaire, une_session
from tests.support.moves import Troupe
from tests.support.production import pdf_factice, rendre_par
from tests.support.statements import requetes

CLARA = IdentiteSaisie("marzwïnkle ", "CLARA", "7/5/1988")


def clara(resultat: Resultat | None = Resultat.REUSSITE) -> list[Stagiaire]:
    return [un_stagiaire("Marzwinkle", "Clara", date(1988, 5, 7), resultat)]


@pytest.fixture
def generee(troupe: Troupe, monkeypatch: pytest.MonkeyPatch) -> int:
    rendre_par(monkeypatch, pdf_factice)
    return une_session(troupe.marose, Etat.GENERE, stagiaires=clara())


def test_what_an_entite_keeps_of_somebody(troupe: Troupe, generee: int) -> None:
    attendue = une_session(troupe.marose, Etat.VALIDATION_FORMATEUR, stagiaires=clara())
    une_session(troupe.marose, Etat.SAISIE)
    trouve = chercher(troupe.gestionnaire, CLARA)
    assert [(s.numero, s.resultat) for s in trouve.sessions] == [(generee, "Réussite"), (attendue, "")]
    assert trouve.sessions[0].effacee_le == aujourd_hui() + timedelta(days=16)
    [certificat] = trouve.certificats
    assert (certificat.certificat, certificat.statut) == ("SST-1", "Délivré")
    assert certificat.fin_validite and certificat.oublie_le.year == certificat.fin_validite.year + 5


def test_nobody_elses_and_not_elsewhere(troupe: Troupe, generee: int) -> None:
    for autre in (
        replace(CLARA, prenom="Claire"),
        replace(CLARA, nom="Marz"),
        replace(CLARA, date_naissance="08/05/1988"),
    ):
        trouve = chercher(troupe.gestionnaire, autre)
        assert (trouve.sessions, trouve.certificats) == ([], [])
    ailleurs = chercher(troupe.etranger, CLARA)
    assert (ailleurs.sessions, ailleurs.certificats) == ([], [])


def test_the_administrateur_learns_where_and_no_result(troupe: Troupe, generee: int) -> None:
    chez_guy = une_session(troupe.guy, Etat.VALIDATION_ENTITE, stagiaires=clara())
    trouve = chercher(troupe.administrateur, CLARA)
    assert [(s.numero, s.organisation, s.resultat) for s in trouve.sessions] == [
        (generee, "MAROSE FORMATION", ""),
        (chez_guy, "FORMATION GUY", ""),
    ]
    assert [c.organisation for c in trouve.certificats] == ["MAROSE FORMATION"]


def test_after_the_purge_the_register_alone_knows(
    troupe: Troupe, generee: int, horloge_a: Callable[[str], None]
) -> None:
    horloge_a(f"{aujourd_hui() + timedelta(days=17)}T12:00:00+02:00")
    rythmes.purger()
    trouve = chercher(troupe.gestionnaire, CLARA)
    assert trouve.sessions == [] and len(trouve.certificats) == 1


def test_what_holds_no_identity_is_refused_and_who_may_not_ask(troupe: Troupe, generee: int) -> None:
    with pytest.raises(SaisieInvalide) as refus:
        chercher(troupe.gestionnaire, IdentiteSaisie("", "", "31/02/1988"))
    assert {"nom", "date_naissance"} <= refus.value.champs.keys()
    for acteur in (troupe.delegataire, troupe.formateur):
        with pytest.raises(Introuvable):
            chercher(acteur, CLARA)


def test_two_queries_whatever_there_is(troupe: Troupe, generee: int) -> None:
    for _ in range(3):
        une_session(troupe.marose, Etat.VALIDATION_ENTITE, stagiaires=clara())
    with requetes() as vues:
        assert len(chercher(troupe.gestionnaire, CLARA).sessions) == 4
    assert len([vue for vue in vues if vue.startswith("SELECT")]) == 2
