"""R17: an entité cannot take another's raison sociale or trade name, unless an administrateur admits it."""

from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select

from certif.demo.organisations import creer_organisations
from certif.domaine.comptes.acteur import Acteur
from certif.domaine.comptes.fiche import empreinte_du_nom
from certif.domaine.comptes.modeles import Entite, NomCommercial
from certif.domaine.comptes.modeles_noms import NomPris
from certif.domaine.comptes.noms_pris import a_distinguer, homonymes, porteurs, prendre
from certif.domaine.erreurs import SaisieInvalide
from certif.domaine.noms import cle
from certif.domaine.referentiel import entites
from certif.domaine.referentiel.initial import charger_referentiel
from certif.domaine.sessions.noms_commerciaux import retirer
from certif.socle.extensions import db
from certif.socle.horloge import aujourd_hui
from certif.socle.pagination import Question
from certif.socle.transaction import transaction
from tests.domaine.sessions.test_concurrence import ensemble
from tests.fabriques import un_nom_commercial, une_entite
from tests.gestes import Troupe, reunir

MAROSE, GUY = "MAROSE FORMATION", "FORMATION GUY"
COMPLETE = {"siret": "732 829 320 00074", "code_postal": "26800", "ville": "ETOILE SUR RHONE"}


@pytest.fixture
def troupe(contexte: Flask) -> Troupe:
    return reunir()


def pris(entite_id: int) -> dict[str, bool]:
    """The keys of an entité, and whether each was admitted."""
    db.session.rollback()
    lignes = db.session.scalars(select(NomPris).filter_by(entite_id=entite_id))
    return {ligne.cle: ligne.admis for ligne in lignes}


def corriger(acteur: Acteur, entite_id: int, *, confirme: bool = False, **saisis: str) -> None:
    db.session.rollback()
    entite = db.session.get_one(Entite, entite_id)
    valeurs = {champ: getattr(entite, champ) for champ in entites.CHAMPS}
    entites.modifier(acteur, entite, confirme, **{**valeurs, **saisis})


def raison_sociale(entite_id: int) -> str:
    db.session.rollback()
    return db.session.get_one(Entite, entite_id).raison_sociale


@pytest.mark.usefixtures("chaque_base")
@pytest.mark.parametrize("nom", [GUY, "formation guy", "Formâtion-Guy", "FОRMATIОN GUY.", "MAROSE SÉCURITÉ"])
def test_nobody_takes_a_name_that_another_has(troupe: Troupe, nom: str) -> None:
    """However it is spelled, raison sociale or trade name; not even the administrateur by mistake."""
    un_nom_commercial(troupe.marose.entite_id)
    neuve = une_entite("ALPES SÉCURITÉ").id
    for geste in (
        partial(corriger, troupe.administrateur, neuve, raison_sociale=nom),
        partial(entites.creer, troupe.administrateur, raison_sociale=nom),
    ):
        with pytest.raises(SaisieInvalide) as refus:
            geste()
        assert list(refus.value.champs) == ["raison_sociale"]
    assert raison_sociale(neuve) == "ALPES SÉCURITÉ"
    assert pris(neuve) == {"alpessecurite": False}


@pytest.mark.usefixtures("chaque_base")
def test_the_names_follow_what_is_written(troupe: Troupe) -> None:
    entite_id = troupe.marose.entite_id
    nom_id = un_nom_commercial(entite_id)
    assert pris(entite_id) == {"maroseformation": False, "marosesecurite": False}
    corriger(troupe.administrateur, entite_id, raison_sociale="MAROSE & FILS")
    retirer(troupe.gestionnaire, nom_id, empreinte_du_nom(db.session.get_one(NomCommercial, nom_id)))
    assert pris(entite_id) == {"marosefils": False}
    # What was given up is free again.
    corriger(troupe.administrateur, troupe.guy.entite_id, raison_sociale="Marose Formation")
    assert pris(troupe.guy.entite_id) == {"maroseformation": False}


@pytest.mark.usefixtures("chaque_base")
def test_the_administrateur_alone_admits_one_and_both_are_told_apart(troupe: Troupe) -> None:
    neuve = entites.creer(troupe.administrateur, confirme=True, raison_sociale=GUY, **COMPLETE)
    assert pris(neuve) == {"formationguy": True}
    for entite_id, autre in ((neuve, troupe.guy.entite_id), (troupe.guy.entite_id, neuve)):
        assert a_distinguer(entite_id, ["Formation Guy"])
        assert [e.id for e in homonymes(entite_id)] == [autre]
    assert not a_distinguer(troupe.marose.entite_id, [MAROSE, ""])
    assert a_distinguer(troupe.marose.entite_id, [GUY]), "printed long ago, another's by now"
    listees = entites.lister(troupe.administrateur, Question(criteres={"etat": "homonymes"}))
    assert {ligne.entite.id for ligne in listees.lignes} == {neuve, troupe.guy.entite_id}
    # It goes on under that name without being asked again; a third is refused as the second was.
    corriger(troupe.administrateur, neuve, adresse="1 rue du Moulin")
    with pytest.raises(SaisieInvalide):
        corriger(troupe.administrateur, troupe.marose.entite_id, raison_sociale=GUY)
    # The first holder gone, the name that was admitted still is no free one.
    corriger(troupe.administrateur, troupe.guy.entite_id, raison_sociale="GUY & FILS")
    with pytest.raises(SaisieInvalide):
        corriger(troupe.administrateur, troupe.marose.entite_id, raison_sociale=GUY)


@pytest.mark.parametrize("manque", ["siret", "ville"])
def test_what_would_not_tell_it_apart_is_not_admitted(troupe: Troupe, manque: str) -> None:
    saisis = {**COMPLETE, manque: ""} | ({"code_postal": ""} if manque == "ville" else {})
    with pytest.raises(SaisieInvalide, match="SIRET et la ville"):
        entites.creer(troupe.administrateur, confirme=True, raison_sociale=GUY, **saisis)


@pytest.mark.usefixtures("chaque_base")
def test_of_two_that_take_the_same_name_at_once_one_has_it(troupe: Troupe, contexte: Flask) -> None:
    ids = [une_entite(f"ORGANISME {rang}").id for rang in "ABCD"]
    gestes = [
        partial(corriger, troupe.administrateur, entite_id, raison_sociale=nom)
        for entite_id, nom in zip(ids, ("INSTITUT", "Institut", "INSTITÛT", "Institut."), strict=True)
    ]
    refus = [r for r in ensemble(contexte, gestes) if r is not None]
    assert len(refus) == 3
    for erreur in refus:
        assert isinstance(erreur, SaisieInvalide) and list(erreur.champs) == ["raison_sociale"], erreur
    assert [c for entite_id in ids for c in pris(entite_id)].count("institut") == 1


def test_the_recap_names_who_has_it(troupe: Troupe) -> None:
    guy = db.session.get_one(Entite, troupe.guy.entite_id)
    assert porteurs(None, ["formation-guy", "Autre"]) == {"formation-guy": [guy]}
    assert porteurs(troupe.marose.entite_id, [GUY, MAROSE]) == {GUY: [guy]}
    assert porteurs(troupe.guy.entite_id, [GUY]) == {}, "its own"


def test_stored_keys_are_those_of_the_live_function(contexte: Flask) -> None:
    charger_referentiel()
    with transaction():
        creer_organisations(aujourd_hui())
    voulues = set(db.session.execute(select(Entite.id, Entite.raison_sociale)).all())
    voulues |= set(db.session.execute(select(NomCommercial.entite_id, NomCommercial.libelle)).all())
    stockees = set(db.session.execute(select(NomPris.entite_id, NomPris.cle)).all())
    assert stockees == {(entite_id, cle(nom)) for entite_id, nom in voulues}


def test_an_entite_keeps_one_line_for_a_name_it_has_twice(troupe: Troupe) -> None:
    with transaction():
        entite = db.session.get_one(Entite, troupe.marose.entite_id)
        entite.noms_commerciaux.append(NomCommercial(libelle="Marose-Formation"))
        prendre(entite, {})
    assert pris(troupe.marose.entite_id) == {"maroseformation": False}
