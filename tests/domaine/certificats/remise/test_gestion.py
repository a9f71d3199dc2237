"""R9: the entité makes, replaces and stops the codes; the formateur shows them; nobody else knows of them."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import select

from certif.domaine.acteur import Acteur
from certif.domaine.certificats.remise.gestion import (
    arreter_les_codes,
    creer_les_codes,
    renouveler_le_code,
)
from certif.domaine.certificats.remise.lectures import EtatDuCode, cartes, etats_des_codes
from certif.domaine.erreurs import ActionImpossible, Introuvable
from certif.domaine.journal import EntreeJournal
from certif.domaine.personnes.modeles import Entite
from certif.domaine.sessions.etats import Etat
from certif.socle import chiffrement
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import aujourd_hui
from tests.domaine.certificats.remise.remises import codes_de, emis, lignes, repond, session_avec_codes
from tests.support.factories import Organisme, un_organisme, une_session
from tests.support.moves import Troupe

pytestmark = pytest.mark.usefixtures("contexte", "rendu_rapide")


def test_none_before_somebody_asks(organisme: Organisme) -> None:
    numero = une_session(organisme, Etat.GENERE)
    assert lignes() == [] and cartes(organisme.gestionnaire, numero) == [] == [*etats_des_codes(numero)]


def test_asked_twice_they_are_the_same(organisme: Organisme, numero: int) -> None:
    avant = codes_de(organisme, numero)
    creer_les_codes(organisme.gestionnaire, numero)
    assert codes_de(organisme, numero) == avant and len(lignes()) == 2


def test_twenty_clicks_at_once_make_one_code_each(
    chaque_base: str, contexte: Flask, organisme: Organisme
) -> None:
    numero = une_session(organisme, Etat.GENERE, reussites=2)

    def creer(_: int) -> None:
        with contexte.app_context():
            creer_les_codes(organisme.gestionnaire, numero)

    with ThreadPoolExecutor(5) as fils:
        list(fils.map(creer, range(20)))
    assert len(lignes()) == 2


def test_no_code_is_in_the_database(organisme: Organisme, numero: int) -> None:
    code = codes_de(organisme, numero)[0]
    assert all(code not in str(vars(ligne)) for ligne in lignes())
    assert all(code not in str(vars(e)) for e in db.session.scalars(select(EntreeJournal)))


def test_stopped_ones_can_be_made_anew_and_the_old_stay_dead(organisme: Organisme, numero: int) -> None:
    avant = codes_de(organisme, numero)
    arreter_les_codes(organisme.gestionnaire, numero)
    creer_les_codes(organisme.gestionnaire, numero)
    apres = codes_de(organisme, numero)
    assert len(apres) == 2 and not {*avant} & {*apres}
    assert [repond(avant[0]), repond(apres[0])] == ["mort", "ouvert"]


def test_after_the_secret_key_changed_new_ones_are_made(
    organisme: Organisme, numero: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    avant = codes_de(organisme, numero)
    monkeypatch.setattr(chiffrement, "_secret", b"la cle secrete qui a remplace la premiere")
    assert codes_de(organisme, numero) == [], "what would be shown opens nothing"
    assert not any(etat.vivant for etat in etats_des_codes(numero).values())
    creer_les_codes(organisme.gestionnaire, numero)
    assert [repond(codes_de(organisme, numero)[0]), repond(avant[0])] == ["ouvert", "mort"]


@pytest.mark.parametrize("qui", ["etranger", "collegue", "remplacant", "administrateur"])
def test_whoever_does_not_see_the_session_knows_of_no_code(troupe: Troupe, qui: str) -> None:
    numero = session_avec_codes(troupe.marose)
    acteur: Acteur = getattr(troupe, qui)
    for geste in (creer_les_codes, arreter_les_codes, cartes):
        with pytest.raises(Introuvable):
            geste(acteur, numero)
    assert len(codes_de(troupe.marose, numero)) == 2


def test_the_formateur_shows_and_makes_nothing(troupe: Troupe) -> None:
    numero = session_avec_codes(troupe.marose)
    vues = [carte.code for carte in cartes(troupe.formateur, numero)]
    assert vues == codes_de(troupe.marose, numero)
    certificat_id = emis(numero)[0].id
    for geste in (
        lambda: creer_les_codes(troupe.formateur, numero),
        lambda: arreter_les_codes(troupe.formateur, numero),
        lambda: renouveler_le_code(troupe.formateur, numero, certificat_id),
    ):
        with pytest.raises(Introuvable):
            geste()


def test_another_session_s_certificate_is_not_found(organisme: Organisme, numero: int) -> None:
    autre = session_avec_codes(un_organisme("FORMATION GUY"))
    for geste in (renouveler_le_code, arreter_les_codes):
        with pytest.raises(Introuvable):
            geste(organisme.gestionnaire, numero, emis(autre)[0].id)


@pytest.mark.parametrize("etat", [etat for etat in Etat if etat is not Etat.GENERE])
def test_no_code_before_the_certificates(organisme: Organisme, etat: Etat) -> None:
    numero = une_session(organisme, etat)
    with pytest.raises(ActionImpossible):
        creer_les_codes(organisme.gestionnaire, numero)
    assert lignes() == []


def test_r17_a_suspended_entite_s_codes_are_still_shown_and_open(organisme: Organisme, numero: int) -> None:
    with transaction():
        db.session.get_one(Entite, organisme.entite_id).suspendue_le = aujourd_hui()
    assert repond(codes_de(organisme, numero)[0]) == "ouvert", "it reads and downloads: its holders too"


def test_the_journal_says_who_by_numbers(organisme: Organisme, numero: int) -> None:
    arreter_les_codes(organisme.gestionnaire, numero)
    faits = select(EntreeJournal).where(EntreeJournal.action.contains("de_remise")).order_by(EntreeJournal.id)
    assert [(e.action, e.objet_id, e.apres) for e in db.session.scalars(faits)] == [
        ("creer_codes_de_remise", numero, {"codes": 2}),
        ("arreter_codes_de_remise", numero, {"codes": 2}),
    ]


def test_wrong_tries_and_openings_are_told_to_the_entite(organisme: Organisme, numero: int) -> None:
    marie = codes_de(organisme, numero)[0]
    for _ in range(10):
        repond(marie, "01/01/1990")
    premier, second = etats_des_codes(numero).values()
    assert premier == EtatDuCode("M. D. (1)", vivant=False, repose=True, essais=10)
    assert second == EtatDuCode("M. D. (2)", vivant=True)
