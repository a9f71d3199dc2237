"""Keys of names made one on a filled database: who becomes one stays, and everybody is found as before."""

import runpy
from datetime import date

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from certif.config import RACINE
from certif.domaine.certificats.registre.empreintes import VERSION_NORMALISATION
from certif.domaine.noms import cle
from certif.domaine.ressemblances import SEMBLABLES
from certif.socle.base.extensions import db
from tests.support.factories import un_organisme, un_stagiaire, une_personne, une_session

pytestmark = pytest.mark.usefixtures("chaque_base", "contexte")
NEE = date(1991, 2, 14)


def lignes(requete: str) -> list[tuple[object, ...]]:
    db.session.rollback()
    return [tuple(ligne) for ligne in db.session.execute(text(requete))]


def test_keys_and_words_are_made_one_and_no_name_is_rewritten() -> None:
    organisme, seconde = un_organisme(), un_organisme("FORMATION GUY").entite_id
    premiere = organisme.entite_id
    numero = une_session(
        organisme,
        stagiaires=[un_stagiaire("Đorđević", "Ana", NEE), un_stagiaire("Ðorđević", "Ana", NEE)],
    )
    for nom in ("Ðorić", "СОРА", "Martin"):
        une_personne(nom, "Ana")
    stagiaires = f"SELECT nom, cle_nom, cle_prenom FROM stagiaire WHERE session_numero = {numero} ORDER BY id"
    personnes = "SELECT nom, cle_nom FROM individu WHERE prenom = 'Ana' ORDER BY id"
    mots = (
        "SELECT DISTINCT mot FROM mot_individu JOIN individu ON individu.id = individu_id"
        " WHERE prenom = 'Ana' AND mot NOT LIKE '%example%' AND mot NOT LIKE '%0%' ORDER BY mot"
    )
    db.session.remove()

    downgrade(revision="0011")
    assert lignes(stagiaires) == [("Đorđević", "dordevic", "ana"), ("Ðorđević", "ðordevic", "ana")]
    assert lignes(personnes) == [("Ðorić", "ðoric"), ("СОРА", "сора"), ("Martin", "martin")]
    # As they were written then; he who has both words keeps one.
    for avant, apres in (("doric", "ðoric"), ("copa", "сора")):
        db.session.execute(text(f"UPDATE mot_individu SET mot = '{apres}' WHERE mot = '{avant}'"))
    db.session.execute(
        text("INSERT INTO mot_individu SELECT individu_id, 'doric' FROM mot_individu WHERE mot = 'ðoric'")
    )
    db.session.execute(text("UPDATE mot_entite SET mot = 'mаrose' WHERE mot = 'marose'"))
    db.session.execute(text("DELETE FROM nom_pris"))
    for nom, entite_id in (("сора", seconde), ("copa", premiere), ("copa", seconde), ("martin", premiere)):
        db.session.execute(
            text("INSERT INTO nom_pris (cle, entite_id, admis) VALUES (:nom, :entite, :admis)"),
            {"nom": nom, "entite": entite_id, "admis": (nom, entite_id) == ("copa", seconde)},
        )
    db.session.commit()
    db.session.remove()

    upgrade()
    assert lignes(stagiaires) == [("Đorđević", "dordevic", "ana"), ("Ðorđević", "dordevic", "ana")]
    assert lignes(personnes) == [("Ðorić", "doric"), ("СОРА", "copa"), ("Martin", "martin")]
    assert {("ana",), ("doric",), ("copa",), ("martin",)} <= set(lignes(mots))
    assert all(cle(str(mot)) == mot for (mot,) in lignes(mots))
    assert ("marose",) in lignes("SELECT mot FROM mot_entite")
    pris = lignes("SELECT cle, entite_id, admis FROM nom_pris ORDER BY cle, entite_id")
    assert [(c, e, bool(admis)) for c, e, admis in pris] == [
        ("copa", premiere, False),
        ("copa", seconde, True),
        ("martin", premiere, False),
    ]


def test_what_it_wrote_is_the_key_of_version_2() -> None:
    """Its table is frozen; the next version of the key has a migration of its own, and ends this test."""
    chemin = RACINE / "migrations" / "versions" / "20261128_cles_des_noms.py"
    module = runpy.run_path(str(chemin))
    assert VERSION_NORMALISATION == 2
    assert {chr(code): commune for code, commune in module["TRADUCTION"].items()} == SEMBLABLES
