"""The comparison runs, and the figures that are kept are those that `docs/vitesse.md` shows."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bench.dessin import dessiner
from bench.donnees import certificats, personnes
from bench.moteurs import MOTEURS, NAIF, PIPELINE, SCELLE
from bench.objectifs import juger
from bench.tableau import actualiser, tableau
from certif.domaine.noms import majuscules

RACINE = Path(__file__).resolve().parents[2]
CHAMPS = {"moteur", "stagiaires", "pdf_par_seconde", "ratio_naif", "octets_par_pdf", "memoire_mo"}

DOCUMENTS = ["certificats", "cartes", "liste de remise", "procès-verbal", "échéances", "dossier"]


@pytest.fixture(scope="module")
def gardes() -> dict[str, Any]:
    return dict(json.loads((RACINE / "bench" / "resultats.json").read_text("utf-8")))


@pytest.mark.charge(un_sur=0)
@pytest.mark.lent
def test_it_runs_from_end_to_end(tmp_path: Path) -> None:
    sortie = tmp_path / "resultats.json"
    reglages = ["--tailles", "2", "--moteurs", f"{NAIF},{PIPELINE},{SCELLE}", "--tours", "1"]
    commande = [sys.executable, "-m", "bench", *reglages, "--clics", "2", "--pendant", "8"]
    commande += ["--dossiers", "2", "--sortie", str(sortie)]
    fait = subprocess.run(commande, cwd=RACINE, check=False, capture_output=True, text=True, timeout=300)
    # So few certificates reach no target, and it says so.
    assert fait.returncode == (1 if "MANQUÉ" in fait.stdout else 0), fait.stderr
    resultats = json.loads(sortie.read_text("utf-8"))
    assert [x["moteur"] for x in resultats["moteurs"]] == [NAIF, PIPELINE, SCELLE]
    assert all(ligne in fait.stdout for ligne in tableau(resultats))
    assert [x["document"] for x in resultats["dossiers"]] == DOCUMENTS
    assert resultats["clic_zip_ms"]["2"] > 0
    assert list(resultats["clic_pendant_ms"]) == ["rien", "dossier de 8", "clic de 8"]
    assert resultats["commit"] and resultats["fait_le"]


def test_an_engine_that_is_missing_is_told() -> None:
    """Here as where `make bench` was never run: what is compared is no dependency of the application."""
    code = "import sys; sys.modules['typst'] = None\n"
    code += "from bench.mesure import mesurer; print(mesurer('typst', 1, 0))"
    fait = subprocess.run(
        [sys.executable, "-c", code], cwd=RACINE, check=False, capture_output=True, text=True
    )
    assert "typst" in fait.stdout.partition("absent=")[2], fait.stderr


def test_the_results_have_their_shape(gardes: dict[str, Any]) -> None:
    assert {(x["moteur"], x["stagiaires"]) for x in gardes["moteurs"]} == {
        (moteur.nom, taille) for moteur in MOTEURS for taille in (15, 1000)
    }
    assert all(x.keys() >= CHAMPS for x in gardes["moteurs"])
    assert [(x["stagiaires"], x["document"]) for x in gardes["dossiers"]] == [
        (taille, document) for taille in (15, 200) for document in DOCUMENTS
    ]
    assert list(gardes["clic_zip_ms"]) == list(gardes["tache_chaude_ms"]) == ["4", "15", "100", "1000"]
    assert list(gardes["clic_pendant_ms"]) == ["rien", "dossier de 300", "clic de 300"]
    assert gardes["versions"].keys() >= {"python", "xhtml2pdf", "reportlab", "typst", "weasyprint"}


def test_the_results_reach_the_targets(gardes: dict[str, Any]) -> None:
    objectifs = juger(gardes)
    assert len(objectifs) == 12
    # docs/vitesse.md says what holds this one.
    dit = "du clic au zip, 15"
    assert [o.texte for o in objectifs if not o.atteint and not o.texte.startswith(dit)] == []


def test_the_page_of_figures_shows_them(gardes: dict[str, Any]) -> None:
    page = (RACINE / "docs" / "vitesse.md").read_text("utf-8")
    assert actualiser(page, gardes) == page


def test_the_page_of_figures_is_written_between_its_marks(gardes: dict[str, Any]) -> None:
    page = (RACINE / "docs" / "vitesse.md").read_text("utf-8")
    autres = gardes | {
        "commit": "0123abc",
        "arbre_propre": True,
        "clic_zip_ms": {"4": 1234.0},
        "tache_chaude_ms": {"4": 99.0},
    }
    autres["clic_pendant_ms"] = {"rien": 300.0, "dossier de 300": 700.0, "clic de 300": 1000.0}
    ecrit = actualiser(page, autres)
    assert (
        "| from the click, ms | 1,234 |" in ecrit
        and "| ms | 300 | 700 | 1,000 |" in ecrit
        and "Commit 0123abc, " in ecrit
    )
    assert actualiser(ecrit, gardes) == page
    with pytest.raises(ValueError):
        actualiser(page.replace("<!-- bench clics -->", ""), gardes)


def test_a_click_that_waits_for_another_s_work_misses_its_target(gardes: dict[str, Any]) -> None:
    temps = {"rien": 300.0, "dossier de 300": 900.0, "clic de 300": 901.0}
    *_, dossier, clic = juger(gardes | {"clic_pendant_ms": temps})
    assert (dossier.mesure, dossier.atteint) == (3.0, True)
    assert not juger(gardes | {"clic_pendant_ms": temps | {"clic de 300": 1000.0}})[-1].atteint
    assert clic.texte == "clic de 4 pendant un clic de 300 : ≤ 3 × seul"


def test_two_sessions_of_one_seed_have_the_same_people() -> None:
    une, autre = (certificats(50, graine=3) for _ in range(2))
    assert [d.titulaire for d in une] == [d.titulaire for d in autre]
    assert not {d.numero for d in une} & {d.numero for d in autre}


def test_people_are_all_different() -> None:
    gens = personnes(graine=1)
    assert len({next(gens) for _ in range(2000)}) == 2000


def test_what_the_peers_draw_is_what_the_certificate_says() -> None:
    donnees = certificats(2, graine=5)
    communs, pages = dessiner(donnees)
    partages = " ".join(t.texte for t in communs)
    for d, page in zip(donnees, pages, strict=True):
        propres = " ".join(t.texte for t in page.textes)
        assert majuscules(d.nom) in propres and d.numero in propres
        assert d.numero not in partages
    assert donnees[0].entite in partages and "Habilitation" in partages
