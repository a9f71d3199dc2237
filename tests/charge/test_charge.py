"""The load runs on a small base: people go their ways without an error, and every page is found."""

import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from certif.config import RACINE, Config
from certif.domaine.certificats.modeles import LigneRegistre
from certif.domaine.certificats.registre import numeros
from certif.domaine.personnes.modeles import Entite, Individu
from certif.domaine.sessions.modeles import SessionCertification, Stagiaire
from certif.socle.base.extensions import db
from charge.objectifs import juger
from charge.pages import Espace
from charge.parcours import JOURNEES
from charge.remplir import remplir
from charge.tableau import actualiser
from charge.taille import Taille
from charge.visite import Directe, Refusee, Visiteur
from tests.support.servers import NON_EXECUTE
from tests.support.stack import un_site

PETITE = Taille(200)
PAS = 30
"""Requests of each: a round of their day."""


@pytest.fixture
def site(app: Flask, config: Config) -> Iterator[int]:
    with app.app_context():
        remplir(PETITE, lambda _: None)
    with un_site(config, WEB_CONCURRENCY="1") as port:
        yield port


@pytest.mark.lent
def test_everybody_goes_through_their_day(app: Flask, site: int) -> None:
    with app.app_context():
        for genre, combien in (
            (Stagiaire, 10 * PETITE.sessions),
            (SessionCertification, PETITE.sessions),
            (Entite, PETITE.entites),
            (Individu, PETITE.individus),
        ):
            assert (db.session.scalar(select(func.count()).select_from(genre)) or 0) > combien
        lignes = db.session.scalars(select(LigneRegistre.numero)).all()
        assert len(lignes) > 10 * PETITE.effacees
        assert [numeros.lire(numero) for numero in lignes] == [*lignes]
    for journee, _ in JOURNEES:
        with closing(Directe(site)) as direct:
            assert len([*islice(journee(Visiteur(direct), PETITE, 1), PAS)]) == PAS
    # And every page is found by its links, and looked at.
    with closing(Directe(site)) as direct:
        qui = Visiteur(direct)
        qui.entrer(PETITE.formateur(0), "Mes sessions")
        noms = {page.nom for page in Espace(qui, "/formateur/").pages()}
        assert {"/formateur/qualifications", "/formateur/sessions/validation_formateur/stagiaires"} <= noms
        with pytest.raises(Refusee):
            qui.lire("ailleurs", "/administration/entites", "Entités")


@pytest.mark.charge(un_sur=0)
@pytest.mark.lent
@pytest.mark.parametrize("base", ["sqlite", "postgresql"])
def test_it_runs_from_end_to_end(base: str, tmp_path: Path) -> None:
    if importlib.util.find_spec("locust") is None:
        pytest.skip(f"{NON_EXECUTE}Locust, que seul make charge installe")
    sortie = tmp_path / "resultats.json"
    reglages = ["--sessions", "400", "--bases", base, "--tours", "1", "--secondes", "8", "--sortie"]
    commande = [sys.executable, "-m", "charge", *reglages, str(sortie)]
    fait = subprocess.run(commande, cwd=RACINE, check=False, capture_output=True, text=True, timeout=600)
    assert fait.returncode == 0, fait.stderr
    resultats = json.loads(sortie.read_text("utf-8"))
    assert resultats["bases"][base]["certificats"]["2"] > 0
    assert "aucune erreur : aucune" in fait.stdout, fait.stdout


def _mesures(fois: float = 1.0, p99: float = 20.0, erreurs: int = 0) -> dict[str, Any]:
    """Of a database where every page takes so many times the bare one."""
    espaces = ("entité ordinaire", "formateur", "grande entité", "administration")
    charge = {
        "par_seconde": 50.0,
        "pages": {"formateur : résultats": {"n": 200, "p50": 10.0, "p99": p99}},
        "erreurs": {"formateur : résultats: 500": erreurs} if erreurs else {},
    }
    return {
        "pages": [
            {"espace": espace, "page": f"/{espace[0]}", "ms": 5 * fois, "nue_ms": 5.0, "fois": fois}
            for espace in espaces
        ],
        **dict.fromkeys(("maximum", "moitie", "reponses"), charge),
        "certificats": {"1": 400.0, "2": 600.0},
    }


def _manques(mesures: dict[str, Any], coeurs: int = 2) -> list[tuple[str, str]]:
    objectifs = juger({"coeurs": coeurs, "bases": {"postgresql": mesures}})
    assert len(objectifs) == 8
    return [(o.texte, o.mesure) for o in objectifs if o.juge and not o.atteint]


def test_what_holds_a_target_back_is_named() -> None:
    assert _manques(_mesures()) == []
    assert _manques(_mesures(fois=5.0)) == [
        (f"postgresql, {espace} : p50 ≤ 4 × la page nue", f"1 sur 1 : /{espace[0]} × 5.0")
        for espace in ("entité ordinaire", "formateur")
    ]
    (moitie,) = _manques(_mesures(p99=40.0))
    assert moitie == ("postgresql, moitié du maximum : p99 ≤ 3 × p50", "formateur : résultats × 4.0")
    assert [texte for texte, _ in _manques(_mesures(erreurs=3))] == ["postgresql : aucune erreur"]


def test_a_second_worker_is_judged_where_there_are_cores_for_it() -> None:
    assert _manques(_mesures(), coeurs=4) == [
        ("postgresql : deux ouvriers ≥ 1.7 × un", "400 puis 600 par seconde, × 1.50")
    ]


def test_the_page_shows_what_was_measured_between_its_marks() -> None:
    page = (RACINE / "docs" / "echelle.md").read_text("utf-8")
    resultats = {
        **{"commit": "0123abc", "arbre_propre": True, "fait_le": "2026-11-29", "processeur": "CPU"},
        **{"coeurs": 2, "python": "3.11", "sessions": 100_000, "registre": 1_000_000},
        **{
            "entites": 2_010,
            "individus": 50_000,
            "bases": {"sqlite": _mesures(), "postgresql": _mesures(2.0)},
        },
    }
    ecrite = actualiser(page, resultats)
    assert "| formateur | 1 | 1.0 | 1.0 | 2.0 | 2.0 |" in ecrite
    assert "| certificates, 2 workers | 600 | 600 |" in ecrite and "1,000,000 lines" in ecrite
    assert actualiser(ecrite, resultats) == ecrite
    with pytest.raises(ValueError):
        actualiser(page.replace("<!-- charge pages -->", ""), resultats)


def test_the_page_shows_the_figures_that_are_kept() -> None:
    page, gardes = (RACINE / "docs" / "echelle.md").read_text("utf-8"), RACINE / "charge" / "resultats.json"
    if gardes.exists():
        assert actualiser(page, json.loads(gardes.read_text("utf-8"))) == page
    assert ("Not measured yet." in page) is not gardes.exists()
