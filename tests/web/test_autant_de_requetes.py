"""No page asks once per row: every GET, whole or in fragments, on a database ten times as full.

Every table grows at once, whatever the page reads: each row is copied, its foreign keys leading to copies of
what they led to, except one in turn, so that every list gets longer with neighbours that differ.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from sqlalchemy import Enum, Integer, String, Table, UniqueConstraint, select
from sqlalchemy.dialects.sqlite import insert

from certif.socle.base.extensions import db
from tests.support.production import dossier_par, pdf_factice, rendre_par, specimens_par
from tests.support.statements import requetes
from tests.web.cibles import Matrice, dresser
from tests.web.scene import Scene
from tests.web.test_matrice import MATRICE, PARTIEL, regles

pytestmark = [pytest.mark.lent]

PEU, BEAUCOUP = 3, 12
"""Copies: each comes with a sister for each thing that it hangs on: a list holds 3 rows, then 30."""
A_PART_DES_PAGES = ("compte.deconnexion", "sante.sante", "entite.telecharger_feuille")
"""What ends the login, watches the services, or lays a document out."""
SANS_VOISIN: set[str] = set()
_PAS = 10_000_000
"""Between the identifiers of two copies of one row."""
A_PART = {"alembic_version", "connexion", "tentative_connexion", "saisie_conservee", "geste_fait"}


@pytest.fixture
def matrice(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Matrice:
    rendre_par(monkeypatch, pdf_factice)
    dossier_par(monkeypatch)
    specimens_par(monkeypatch)
    return dresser(scene)


@pytest.mark.parametrize("lettre", "GDFX")
def test_autant_de_requetes_pour_3_lignes_que_pour_30(
    matrice: Matrice, monkeypatch: pytest.MonkeyPatch, lettre: str
) -> None:
    modeles = matrice.scene.dans(lambda: {t: lignes(t) for t in tables()})
    if lettre != "X":
        # Whoever looks has the same spaces all along: the menu counts what waits in each of them.
        monkeypatch.setitem(globals(), "SANS_VOISIN", {"role.individu_id"})
    navigateur = matrice.navigateur(lettre)
    adresses = [
        (adresse, entetes)
        for regle, methode in regles(matrice)
        if methode == "GET"
        and lettre in MATRICE[regle.endpoint][0]
        and regle.endpoint not in A_PART_DES_PAGES
        for adresse in [matrice.adresse(regle, matrice.cible_de(regle.endpoint))]
        for entetes in ({}, PARTIEL)
    ]

    def compter() -> dict[tuple[str, bool], list[str]]:
        vues = {}
        for adresse, entetes in adresses:
            with requetes() as lues:
                reponse = navigateur.get(adresse, headers=entetes)
                assert reponse.status_code < 500 and reponse.get_data() is not None, adresse
            vues[adresse, bool(entetes)] = lues
        return vues

    matrice.scene.dans(lambda: multiplier(modeles, range(1, PEU)))
    compter()  # what is read once per process; what a download leaves
    peu = compter()
    matrice.scene.dans(lambda: multiplier(modeles, range(PEU, BEAUCOUP)))
    beaucoup = compter()
    trop: dict[str, set[tuple[str, bool]]] = defaultdict(set)
    for page, lues in beaucoup.items():
        for ordre in en_plus(peu[page], lues) if len(lues) > len(peu[page]) else ():
            trop[ordre].add(page)
    assert not trop, "\n\n".join(f"{sorted(pages)}\n{ordre}" for ordre, pages in trop.items())


def en_plus(peu: list[str], beaucoup: list[str]) -> set[str]:
    """The statements that there are more of."""
    return {ordre for ordre in beaucoup if beaucoup.count(ordre) > peu.count(ordre)}


def tables() -> list[Table]:
    return [table for table in db.metadata.sorted_tables if table.name not in A_PART]


def lignes(table: Table) -> list[dict[str, Any]]:
    return [dict(ligne) for ligne in db.session.execute(select(table)).mappings()]


def multiplier(modeles: dict[Table, list[dict[str, Any]]], copies: range) -> None:
    """Every row again for each copy; what a constraint refuses is left out."""
    faites: dict[str, set[Any]] = {}
    for table, originales in modeles.items():
        nouvelles = [
            ligne
            for copie in copies
            for originale in originales
            for ligne in _copies(table, originale, copie, faites)
        ]
        if nouvelles:
            db.session.execute(insert(table).on_conflict_do_nothing(), nouvelles)
        (cle, *_) = table.primary_key.columns
        faites[table.name] = set(db.session.scalars(select(cle)))
    db.session.commit()


def _copies(
    table: Table, ligne: dict[str, Any], copie: int, faites: dict[str, set[Any]]
) -> Iterator[dict[str, Any]]:
    """One whose keys all lead to copies, then one beside this row for each thing that it hangs on."""
    liens = [c for c in table.columns if c.foreign_keys and ligne[c.name] is not None]
    gardes = [c for c in liens if f"{table.name}.{c.name}" not in SANS_VOISIN]
    uniques = _uniques(table)
    for rang, garde in enumerate([None, *gardes]):
        marque = copie * _PAS + rang * 100_000
        yield (
            ligne
            | {
                c.name: _ailleurs(ligne[c.name], c, (marque, copie * _PAS), faites)
                for c in liens
                if c is not garde
            }
            | {c.name: _autre(ligne[c.name], c, marque) for c in uniques if not c.foreign_keys}
        )


def _ailleurs(valeur: Any, colonne: Any, marques: Sequence[int], faites: dict[str, set[Any]]) -> Any:
    """The copy of what a foreign key leads to, where there is one; a sister first, beside it too."""
    (cible,) = (cle.column.table.name for cle in colonne.foreign_keys)
    copiees = (_autre(valeur, colonne, marque) for marque in marques)
    return next((copiee for copiee in copiees if copiee in faites.get(cible, ())), valeur)


def _autre(valeur: Any, colonne: Any, marque: int) -> Any:
    """Another value of the same kind."""
    if valeur is None or isinstance(colonne.type, Enum):
        return valeur
    if isinstance(colonne.type, Integer):
        return valeur + marque
    return f"{valeur}{marque}" if isinstance(colonne.type, String) else valeur


def _uniques(table: Table) -> set[Any]:
    """The columns of what must differ from row to row."""
    uniques = set(table.primary_key.columns)
    for contrainte in table.constraints:
        if isinstance(contrainte, UniqueConstraint):
            uniques |= set(contrainte.columns)
    for index in table.indexes:
        if index.unique:
            uniques |= set(index.columns)
    return uniques
