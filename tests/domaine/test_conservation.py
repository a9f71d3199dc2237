"""R18: one table says what is kept, and nothing is kept beside it."""

import ast
from collections import Counter
from collections.abc import Callable, Iterator
from fnmatch import fnmatch
from itertools import chain

import pytest
from flask import Flask

from certif import rythmes, taches
from certif.domaine import conservation
from certif.domaine.certificats.production import fichiers
from certif.domaine.conservation import LIGNES
from certif.domaine.demandes import pieces
from certif.domaine.sessions.etats import Etat
from certif.sauvegarde import faire
from certif.socle import file, stockage
from certif.socle.base import copie_de_base
from certif.socle.base.extensions import db
from certif.web.remise.page import OUVERTE_PENDANT
from tests.architecture.test_imports import FICHIERS, arbre, nom_de_module
from tests.support.factories import Organisme, une_session
from tests.support.production import pdf_factice, rendre_par
from tests.support.statements import requetes_et_valeurs

EFFACEURS = rythmes.TOUTES_LES_DIX_MINUTES + rythmes.TOUTES_LES_HEURES
QUI_ECRIT = {
    "certif.domaine.certificats.production.certificats": fichiers.cle_certificat(12, "AB12", 1),
    "certif.domaine.certificats.production.archive": fichiers.nouvelle_cle_archive(12),
    "certif.domaine.certificats.production.dossier": fichiers.nouvelle_cle_dossier(12),
    "certif.domaine.demandes.pieces": f"{pieces.DOSSIER}7/20260601T120000-ab",
}
"""Who puts files in the store, and a key that they would have there."""


def dites() -> Iterator[str]:
    """Every line as it is read, spaces plain."""
    for nom, ligne in LIGNES.items():
        yield f"{nom}: {ligne.combien}".replace("\u00a0", " ")


def test_the_bounds_are_those_of_the_specification() -> None:
    assert {
        "SESSIONS_GENEREES: 15 jours après la génération",
        "SESSIONS_SANS_CERTIFICAT: 6 mois après la fin de la session "
        "(sans date de fin, après la dernière modification)",
        "BROUILLONS_VIDES: 24 heures après la dernière modification",
        "EMPREINTES: 5 ans après la fin de validité",
        "EMPREINTES_SANS_FIN: 10 ans après la fin de la session",
        "JOURNAL: 3 ans après l’action",
        "SAUVEGARDES: 14 jours après la sauvegarde",
        "ROLES_PROPOSES: 7 jours après l’envoi",
        "TELEPHONE: 72 heures après le dernier contact, ou jusqu’à sa déconnexion",
    } <= set(dites())


def test_every_table_is_on_a_line_or_holds_nobody() -> None:
    dites = set(conservation.tables())
    assert dites | conservation.SANS_PERSONNE.keys() == set(db.metadata.tables)
    assert dites.isdisjoint(conservation.SANS_PERSONNE)


def test_what_names_a_person_is_never_said_to_hold_nobody() -> None:
    for nom in conservation.SANS_PERSONNE:
        vers = {cle.column.table.name for cle in db.metadata.tables[nom].foreign_keys}
        assert vers.isdisjoint({"individu", "stagiaire", "session_certification"}), nom


def test_every_file_of_the_store_is_on_a_line() -> None:
    ecrivent = {
        nom_de_module(fichier)
        for fichier in FICHIERS
        for noeud in ast.walk(arbre(fichier))
        if isinstance(noeud, ast.Attribute) and noeud.attr == "ecrire"
        if isinstance(noeud.value, ast.Name) and noeud.value.id == "stockage"
    }
    # A restore puts back what these wrote, under the same keys.
    assert ecrivent - {"certif.sauvegarde.restaurer"} == QUI_ECRIT.keys()
    motifs = set(chain.from_iterable(ligne.fichiers for ligne in LIGNES.values()))
    cles = {*QUI_ECRIT.values(), fichiers.cle_de_piece(fichiers.nouvelle_cle_dossier(12), "feuille.pdf")}
    assert [cle for cle in {*cles, copie_de_base.NOM} if not any(fnmatch(cle, m) for m in motifs)] == []


def test_every_file_that_a_session_really_has_is_on_its_line(
    organisme: Organisme, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendre_par(monkeypatch, pdf_factice)
    numero = une_session(organisme, Etat.GENERE, reussites=2)
    taches.produire_dossier(numero)
    assert (cles := stockage.lister(restes=True))
    motifs = conservation.SESSIONS_GENEREES.fichiers
    assert [cle for cle in cles if not any(fnmatch(cle, motif) for motif in motifs)] == []


def test_every_line_that_ends_has_one_that_ends_it() -> None:
    effacees = Counter(id(ligne) for lignes, _ in EFFACEURS for ligne in lignes)
    for nom, ligne in LIGNES.items():
        attendu = 1 if ligne.limite and not ligne.par else 0
        assert effacees[id(ligne)] == attendu, nom


def test_numbers_that_stand_elsewhere_are_the_same() -> None:
    """Neither the queue nor backups know a domain word."""
    assert conservation.TRAVAUX.duree.delta.total_seconds() == file.CONSERVATION_ECHEC_S
    assert conservation.REMISES.duree.delta == OUVERTE_PENDANT
    assert conservation.SAUVEGARDES.duree.delta == faire.CONSERVATION


@pytest.mark.parametrize("tache", [rythmes.purger, rythmes.entretenir])
def test_one_that_fails_keeps_none_of_the_others_and_is_told(
    contexte: Flask,
    tache: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    faites: list[str] = []

    def rater() -> None:
        faites.append("ratée")
        raise RuntimeError("panne d’essai")

    liste = "TOUTES_LES_DIX_MINUTES" if tache is rythmes.purger else "TOUTES_LES_HEURES"
    faux: list[rythmes.Effaceur] = [
        ((conservation.GESTES,), rater),
        ((conservation.PANNES, conservation.ESSAIS), lambda: faites.append("la suivante")),
    ]
    monkeypatch.setattr(rythmes, liste, tuple(faux))
    for _ in range(2):
        with pytest.raises(rythmes.EffacementIncomplet, match=r"^GESTES$"):
            tache()
    assert faites == ["ratée", "la suivante"] * 2
    dit = capsys.readouterr()
    assert "conservation.echec" in dit.out + dit.err and "GESTES" in dit.out + dit.err


@pytest.mark.parametrize("tache", [rythmes.purger, rythmes.entretenir])
def test_what_is_due_is_found_by_an_index(organisme: Organisme, tache: Callable[[], None]) -> None:
    """But where a day holds all of it, or where only what is alive stands."""
    with requetes_et_valeurs() as vues:
        tache()
    lectures = [(ordre, valeurs) for ordre, valeurs in vues if ordre.startswith("SELECT")]
    with db.engine.connect() as connexion:
        plans = [
            ligne.detail
            for ordre, valeurs in lectures
            for ligne in connexion.exec_driver_sql(f"EXPLAIN QUERY PLAN {ordre}", valeurs)
        ]
    parcourues = {plan.split()[1] for plan in plans if plan.startswith("SCAN ")}
    assert len(plans) >= 8
    courtes = {"tentative_connexion", "recherche_formateur", "panne", "session_certification"}
    assert parcourues <= courtes


def test_a_line_without_limit_has_no_number() -> None:
    with pytest.raises(ValueError, match="without limit"):
        _ = conservation.MODELES.duree
