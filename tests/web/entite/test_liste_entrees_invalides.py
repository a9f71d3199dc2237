"""Hostile and clumsy lists, by either door: read right, or refused beside the field; no line is lost."""

import csv
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from certif.domaine.sessions.etats import Etat
from tests.support.tables import LISIBLES, NOMS_DE_FICHIER, REFUSES, TEXTE, TITRES
from tests.web import arbre
from tests.web.distribution import Navigateur
from tests.web.entite.liste_collee import (
    ajouter,
    coller,
    devenues,
    envoyer,
    inscrits,
    poste,
    relire,
    texte_de,
)
from tests.web.entrees_invalides import NAISSANCES_REFUSEES, NOMS_ACCEPTES, NOMS_REFUSES
from tests.web.lecture import Page
from tests.web.scene import Scene

EUX = [("LEFÈVRE", "Hélène", date(1990, 2, 14)), ("LEROY", "Paul", date(1985, 3, 1))]
MEMOIRE_MAX = 100 * 1024
"""Kilobytes that one request may add to the process that serves it."""
Rangees = Sequence[Sequence[str]]
Porte = Callable[[Navigateur, str, Rangees], Any]


@pytest.fixture
def numero(scene: Scene) -> int:
    return scene.session(Etat.SAISIE, stagiaires=[], date_fin=date(2026, 6, 10))


@pytest.fixture
def liste(scene: Scene, numero: int) -> str:
    return scene.adresse(f"/sessions/{numero}/stagiaires/liste")


def _ecrire(rangees: Rangees, separateur: str) -> str:
    sortie = StringIO()
    csv.writer(sortie, delimiter=separateur).writerows(rangees)
    return sortie.getvalue()


def _coller(qui: Navigateur, liste: str, rangees: Rangees) -> Any:
    return coller(qui, liste, _ecrire(rangees, "\t"))


def _csv(qui: Navigateur, liste: str, rangees: Rangees) -> Any:
    return envoyer(qui, liste, _ecrire([[c.replace("\0", "\x01") for c in r] for r in rangees], ";").encode())


def _xlsx(qui: Navigateur, liste: str, rangees: Rangees) -> Any:
    livre = Workbook()
    for numero, rangee in enumerate(rangees, start=1):
        for place, texte in enumerate(rangee, start=1):
            case: Any = livre.worksheets[0].cell(numero, place, texte.replace("\0", "_x0000_"))
            case.data_type = "s"  # no formula, whatever it begins with
    sortie = BytesIO()
    livre.save(sortie)
    return envoyer(qui, liste, sortie.getvalue())


PORTES = pytest.mark.parametrize("porte", [_coller, _csv, _xlsx])


def erreurs(page: Any) -> list[str]:
    """What is said beside the fields of each line, "" where nothing is wrong."""
    lignes = arbre.lire(page.text).xpath('//form[@id="apercu"]//tbody/tr')
    return [" ".join(map(texte_de, ligne.xpath('.//p[@class="champ__erreur"]'))) for ligne in lignes]


@PORTES
def test_every_name_is_kept_as_written_or_refused_on_its_line(
    scene: Scene, numero: int, liste: str, gestionnaire: Navigateur, porte: Porte
) -> None:
    noms = [nom for nom in (*NOMS_ACCEPTES, *NOMS_REFUSES) if len(nom) <= 300]
    jours = (date(1950, 1, 1) + timedelta(days=n) for n, _ in enumerate(noms))
    page = porte(
        gestionnaire,
        liste,
        [TITRES, *((nom, "Paul", f"{jour:%d/%m/%Y}") for nom, jour in zip(noms, jours, strict=True))],
    )
    assert len(devenues(page)) == len(noms)
    dites = dict(zip(noms, erreurs(page), strict=True))
    assert [nom for nom in NOMS_ACCEPTES if dites[nom]] == []
    assert [nom for nom in noms if nom in NOMS_REFUSES and not dites[nom]] == []
    assert Page(page).dangers == []
    reste = ajouter(gestionnaire, liste, poste(page))
    assert len(devenues(reste)) == len(noms) - len(NOMS_ACCEPTES)
    gardes = scene.voir(numero, lambda s: [t.nom for t in s.stagiaires_saisis])
    assert gardes == list(NOMS_ACCEPTES.values())


@PORTES
def test_every_date_that_is_none_is_refused_on_its_line(
    scene: Scene, numero: int, liste: str, gestionnaire: Navigateur, porte: Porte
) -> None:
    dates = [texte for texte in NAISSANCES_REFUSEES if len(texte) <= 300]
    lettres = ("DUPONT" + chr(ord("A") + n) for n, _ in enumerate(dates))
    page = porte(
        gestionnaire,
        liste,
        [
            TITRES,
            ("BON", "Paul", "29/02/2000"),
            *((n, "Paul", t) for n, t in zip(lettres, dates, strict=True)),
        ],
    )
    dites = erreurs(page)
    assert len(dites) == len(dates) + 1 and not dites[0]
    assert [texte for texte, dite in zip(dates, dites[1:], strict=True) if not dite] == []
    assert scene.voir(numero, lambda s: len(s.stagiaires_saisis)) == 0


@PORTES
def test_two_of_the_same_name_and_birth_date_go_in_once(
    scene: Scene, numero: int, liste: str, gestionnaire: Navigateur, porte: Porte
) -> None:
    eux = [("DUPONT-DURAND", "Éloïse", "14/02/1990"), ("Dupont Durand", "ELOISE", "14.02.1990")]
    page = porte(gestionnaire, liste, [TITRES, *eux])
    assert devenues(page) == ["À ajouter", "Déjà là"]
    ajouter(gestionnaire, liste, poste(page))
    assert inscrits(scene, numero) == ["DUPONT-DURAND Éloïse"]


@pytest.mark.parametrize("quoi", LISIBLES)
def test_a_file_is_read_right(
    scene: Scene, numero: int, liste: str, gestionnaire: Navigateur, quoi: str
) -> None:
    page = envoyer(gestionnaire, liste, LISIBLES[quoi]())
    reste = ajouter(gestionnaire, liste, poste(page))
    assert reste.status_code == 303, reste.text
    lus = scene.voir(numero, lambda s: [(t.nom, t.prenom, t.date_naissance) for t in s.stagiaires_saisis])
    assert lus == EUX
    assert ("Anciens" in page.text) == (quoi == "a hidden sheet")


@pytest.mark.parametrize("quoi", REFUSES)
def test_a_file_is_refused_beside_its_field(
    scene: Scene, numero: int, liste: str, gestionnaire: Navigateur, quoi: str
) -> None:
    faire, dit = REFUSES[quoi]
    fichier, avant = faire(), scene.version(numero)
    memoire = _remettre_le_pic()
    page = envoyer(gestionnaire, liste, fichier)
    assert _pic() - memoire < MEMOIRE_MAX
    assert page.status_code == 422
    assert dit in Page(page).messages["fichier"]
    assert scene.version(numero) == avant


@pytest.mark.parametrize("nom", NOMS_DE_FICHIER)
def test_whatever_a_file_is_called(
    scene: Scene, numero: int, liste: str, gestionnaire: Navigateur, nom: str
) -> None:
    page = envoyer(gestionnaire, liste, TEXTE.encode(), nom)
    assert devenues(page) == ["À ajouter"] * 2 and Page(page).dangers == []
    assert len(nom) < 4 or Path(nom).name not in page.text


def test_a_name_of_ten_thousand_characters_is_refused_with_its_line(
    scene: Scene, numero: int, liste: str, gestionnaire: Navigateur
) -> None:
    collee = TEXTE + "x" * 10_000 + ";Luc;\n"
    page = coller(gestionnaire, liste, collee)
    assert page.status_code == 422
    assert (
        "Ligne 4" in Page(page).messages["lignes"] and Page(page).valeurs["lignes"].strip() == collee.strip()
    )


def test_what_the_form_could_not_carry_back_is_refused_at_once(
    scene: Scene, numero: int, liste: str, gestionnaire: Navigateur
) -> None:
    lourde = "\n".join(f"DUPONT;Marie;{'é' * 120}" for _ in range(1_000)).encode()
    page = envoyer(gestionnaire, liste, lourde)
    assert page.status_code == 422 and "trop de texte" in Page(page).messages["fichier"]
    entiere = "\n".join(f"DUPONT;Marie;{'é' * 80}" for _ in range(1_000)).encode()
    assert relire(gestionnaire, liste, poste(envoyer(gestionnaire, liste, entiere))).status_code == 200


def test_another_sheet_that_is_seen_is_said_before_its_lines(
    scene: Scene, numero: int, liste: str, gestionnaire: Navigateur
) -> None:
    livre = Workbook()
    livre.worksheets[0].append(("DUPONT", "Marie", "14/02/1990"))
    livre.create_sheet("Après-midi").append(("LEROY", "Paul", "01/03/1985"))
    sortie = BytesIO()
    livre.save(sortie)
    page = envoyer(gestionnaire, liste, sortie.getvalue())
    (alerte,) = arbre.lire(page.text).xpath('//form[@id="apercu"]//*[contains(@class, "alerte--info")]')
    assert "Non lues" in texte_de(alerte) and "Après-midi" in texte_de(alerte)


def _remettre_le_pic() -> int:
    """What this process holds now, in kilobytes; its peak begins again from there."""
    Path("/proc/self/clear_refs").write_text("5")
    return _etat("VmRSS")


def _pic() -> int:
    return _etat("VmHWM")


def _etat(quoi: str) -> int:
    etat = Path("/proc/self/status").read_text(encoding="ascii")
    return int(etat.partition(f"{quoi}:")[2].split()[0])
