"""Forms kept for their author."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from certif.domaine.acces import formulaires_gardes
from certif.domaine.acces.modeles import SaisieConservee
from certif.domaine.personnes.modeles import Individu
from certif.socle.base.extensions import db

CHAMPS = [("nom", "DUPONT-CANARI"), ("nom", "bis"), ("version", "3")]


@pytest.fixture
def individus(contexte: Flask) -> list[int]:
    lignes = [Individu(numero=f"AAA0000{n}", nom="X", cle_nom="x", timbre="t") for n in range(2)]
    db.session.add_all(lignes)
    db.session.commit()
    return [individu.id for individu in lignes]


def conserver(individu_id: int) -> str:
    saisie_id = formulaires_gardes.conserver(individu_id, "/entite/1/sessions/3", CHAMPS, "clé")
    assert saisie_id
    return saisie_id


def test_found_again_by_its_author_only_in_order_and_whole(individus: list[int]) -> None:
    saisie_id = conserver(individus[0])
    saisie = formulaires_gardes.retrouver(saisie_id, individus[0], "clé")
    assert saisie
    assert (saisie.adresse, saisie.champs) == ("/entite/1/sessions/3", CHAMPS)
    assert formulaires_gardes.retrouver(saisie_id, individus[1], "clé") is None
    assert formulaires_gardes.retrouver("autre", individus[0], "clé") is None


def test_nothing_readable_is_stored_and_another_key_reads_nothing(individus: list[int]) -> None:
    saisie_id = conserver(individus[0])
    assert b"CANARI" not in db.session.scalars(select(SaisieConservee.contenu)).one()
    assert formulaires_gardes.retrouver(saisie_id, individus[0], "autre clé") is None


def test_gone_after_fifteen_minutes(individus: list[int]) -> None:
    with time_machine.travel("2026-06-10T10:00:00Z", tick=False) as temps:
        saisie_id = conserver(individus[0])
        temps.shift(timedelta(minutes=15) - timedelta(seconds=1))
        assert formulaires_gardes.retrouver(saisie_id, individus[0], "clé")
        temps.shift(timedelta(seconds=1))
        assert formulaires_gardes.retrouver(saisie_id, individus[0], "clé") is None


def test_bounded_in_size_and_in_number(individus: list[int]) -> None:
    assert (
        formulaires_gardes.conserver(individus[0], "/", [("x", "y" * formulaires_gardes.TAILLE_MAX)], "clé")
        is None
    )
    assert formulaires_gardes.conserver(individus[0], "/" + "x" * 500, CHAMPS, "clé") is None
    assert formulaires_gardes.conserver(individus[0], "/", [], "clé") is None
    gardees = [conserver(individus[0]) for _ in range(formulaires_gardes.NOMBRE_MAX + 2)]
    assert len(db.session.scalars(select(SaisieConservee)).all()) == formulaires_gardes.NOMBRE_MAX
    assert formulaires_gardes.retrouver(gardees[0], individus[0], "clé") is None
    assert formulaires_gardes.retrouver(gardees[-1], individus[0], "clé")


def test_erased_by_its_author_only(individus: list[int]) -> None:
    saisie_id = conserver(individus[0])
    formulaires_gardes.oublier(saisie_id, individus[1])
    assert formulaires_gardes.retrouver(saisie_id, individus[0], "clé")
    formulaires_gardes.oublier(saisie_id, individus[0])
    assert formulaires_gardes.retrouver(saisie_id, individus[0], "clé") is None


@pytest.mark.parametrize("cle", ["", "0", "-1", "1 OR 1=1", "²", "a\0b", "\ud800", "x" * 10_000])
def test_a_key_that_is_none_finds_and_erases_nothing(
    chaque_base: str, individus: list[int], cle: str
) -> None:
    saisie_id = conserver(individus[0])
    assert formulaires_gardes.retrouver(cle, individus[0], "clé") is None
    formulaires_gardes.oublier(cle, individus[0])
    autre = formulaires_gardes.conserver(individus[0], "/", CHAMPS, "clé", a_la_place_de=cle)
    assert autre and autre != cle
    assert formulaires_gardes.retrouver(saisie_id, individus[0], "clé")


def test_one_that_takes_the_place_of_another_has_its_identifier_and_its_quarter_of_an_hour(
    individus: list[int],
) -> None:
    with time_machine.travel("2026-06-10T10:00:00Z", tick=False) as temps:
        saisie_id = conserver(individus[0])
        temps.shift(timedelta(minutes=14))
        suite = [("nom", "DURAND")]
        gardee = formulaires_gardes.conserver(
            individus[0], "/entite/1/sessions/3", suite, "clé", a_la_place_de=saisie_id
        )
        assert gardee == saisie_id
        temps.shift(timedelta(minutes=14))
        saisie = formulaires_gardes.retrouver(saisie_id, individus[0], "clé")
        assert saisie and saisie.champs == suite
    assert len(db.session.scalars(select(SaisieConservee)).all()) == 1


@pytest.mark.parametrize("ailleurs", ["person", "page"])
def test_nobody_takes_the_place_of_what_is_not_theirs_or_of_another_page(
    individus: list[int], ailleurs: str
) -> None:
    saisie_id = conserver(individus[0])
    qui, ou = (individus[1], "/entite/1/sessions/3") if ailleurs == "person" else (individus[0], "/ailleurs")
    autre = formulaires_gardes.conserver(qui, ou, [("nom", "DURAND")], "clé", a_la_place_de=saisie_id)
    assert autre and autre != saisie_id
    saisie = formulaires_gardes.retrouver(saisie_id, individus[0], "clé")
    assert saisie and saisie.champs == CHAMPS
