"""R17: an entité cannot take another's raison sociale or trade name, unless an administrateur admits it."""

from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from certif.demo.organisations import creer_organisations
from certif.domaine.acteur import Acteur
from certif.domaine.certificats.modeles import LigneRegistre
from certif.domaine.certificats.registre.verification import verifier_numero
from certif.domaine.entites import entites
from certif.domaine.entites.chargement import empreinte_du_nom
from certif.domaine.entites.mon_entite import enregistrer_fiche, valeurs_de
from certif.domaine.entites.noms_pris import a_distinguer, homonymes, porteurs, prendre
from certif.domaine.erreurs import SaisieInvalide
from certif.domaine.noms import cle
from certif.domaine.personnes.modeles import Entite, NomCommercial, NomPris
from certif.domaine.referentiel.initial import charger_referentiel
from certif.domaine.sessions.changements_de_nom import corriger_les_noms, retirer
from certif.domaine.sessions.etats import Etat
from certif.socle.base.extensions import db
from certif.socle.base.pagination import Question
from certif.socle.base.transaction import transaction
from certif.socle.condense import condense_court
from certif.socle.horloge import aujourd_hui
from tests.domaine.sessions.test_concurrence import ensemble
from tests.support.factories import Organisme, un_nom_commercial, une_entite, une_session
from tests.support.moves import Troupe, reunir
from tests.support.production import pdf_factice, rendre_par

MAROSE, GUY = "MAROSE FORMATION", "FORMATION GUY"
COMPLETE: dict[str, Any] = {"siret": "732 829 320 00074", "code_postal": "26800", "ville": "ETOILE SUR RHONE"}
DE_GUY: dict[str, Any] = {"siret": "356 000 000 00048", "code_postal": "69007", "ville": "LYON"}
INCOMPLETE: dict[str, Any] = {"siret": "", "code_postal": "", "ville": ""}
DISTINCTIONS = (
    "SIREN\u00a0356\u00a0000\u00a0000 — LYON",
    "SIREN\u00a0732\u00a0829\u00a0320 — ETOILE SUR RHONE",
)


@pytest.fixture
def troupe(contexte: Flask, monkeypatch: pytest.MonkeyPatch) -> Troupe:
    rendre_par(monkeypatch, pdf_factice)
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


def delivrer(organisme: Organisme) -> str:
    """The number of a certificate issued under today's name."""
    numero = une_session(organisme, Etat.GENERE, reussites=1)
    return db.session.scalars(select(LigneRegistre.numero).filter_by(session_numero=numero)).one()


def distinction(certificat: str) -> str:
    """What its public page adds to the name of who issued it."""
    db.session.rollback()
    etat = verifier_numero(certificat)
    assert etat is not None
    return etat.emission.distinction


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
    corriger(troupe.administrateur, troupe.guy.entite_id, **DE_GUY)
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
@pytest.mark.parametrize(
    ("vides", "dit"),
    [
        (("siret",), "le SIRET"),
        (("code_postal", "ville"), "la ville"),
        (("siret", "code_postal", "ville"), "le SIRET et la ville"),
    ],
)
def test_a_name_whose_holder_could_not_be_told_apart_is_not_admitted(
    troupe: Troupe, vides: tuple[str, ...], dit: str
) -> None:
    """Raison sociale or trade name: refused beside the name, until the record of its holder is complete."""
    guy = troupe.guy.entite_id
    un_nom_commercial(guy)
    corriger(troupe.administrateur, troupe.marose.entite_id, **COMPLETE)
    corriger(troupe.administrateur, guy, **{**DE_GUY, **dict.fromkeys(vides, "")})
    marose = db.session.get_one(Entite, troupe.marose.entite_id)
    for champ, geste in (
        ("raison_sociale", partial(corriger, raison_sociale="Formation-Guy")),
        (
            "ajout_0",
            lambda qui, _, confirme: corriger_les_noms(qui, marose, confirme, ajout_0="marose securite"),
        ),
    ):
        with pytest.raises(SaisieInvalide) as refus:
            geste(troupe.administrateur, troupe.marose.entite_id, confirme=True)
        assert refus.value.champs == {
            champ: [
                f"Ce nom est déjà celui de FORMATION GUY, dont il manque {dit}\u00a0: "
                "pour l’admettre, complétez d’abord la fiche de cette entité."
            ]
        }
    assert pris(marose.id) == {"maroseformation": False}
    corriger(troupe.administrateur, guy, **DE_GUY)
    corriger(troupe.administrateur, troupe.marose.entite_id, confirme=True, raison_sociale="Formation-Guy")
    assert tuple(distinction(delivrer(o)) for o in (troupe.guy, troupe.marose)) == DISTINCTIONS


@pytest.mark.usefixtures("chaque_base")
def test_every_holder_of_the_name_is_to_be_complete(troupe: Troupe) -> None:
    """Equal since before, two lack something: each is named."""
    autre = une_entite("Formation-Guy", code_postal="69007", ville="LYON").id
    corriger(troupe.administrateur, troupe.guy.entite_id, **{**DE_GUY, "code_postal": "", "ville": ""})
    with pytest.raises(SaisieInvalide) as refus:
        entites.creer(troupe.administrateur, confirme=True, raison_sociale=GUY, **COMPLETE)
    dits = refus.value.champs["raison_sociale"]
    assert [("de FORMATION GUY" in d, "de Formation-Guy" in d) for d in dits] == [
        (True, False),
        (False, True),
    ]
    assert "manque la ville" in dits[0] and "manque le SIRET" in dits[1]
    corriger(troupe.administrateur, autre, raison_sociale="ENSEIGNE")
    corriger(troupe.administrateur, troupe.guy.entite_id, **DE_GUY)
    assert entites.creer(troupe.administrateur, confirme=True, raison_sociale=GUY, **COMPLETE)


@pytest.mark.usefixtures("chaque_base")
def test_what_tells_one_from_another_of_its_name_is_not_blanked(troupe: Troupe) -> None:
    """By nobody, of the one that was admitted and of the one that had the name; it may be changed."""
    guy, marose = troupe.guy.entite_id, troupe.marose.entite_id
    corriger(troupe.administrateur, guy, **DE_GUY)
    corriger(troupe.administrateur, marose, **COMPLETE)
    corriger(troupe.administrateur, marose, siret="")
    corriger(troupe.administrateur, marose, confirme=True, raison_sociale=GUY, **COMPLETE)
    for entite_id in (guy, marose):
        with pytest.raises(SaisieInvalide) as refus:
            corriger(troupe.administrateur, entite_id, **INCOMPLETE)
        assert refus.value.champs == {
            champ: [
                f"Un nom de l’entité est aussi celui d’une autre\u00a0: laissez {quoi}, qui les distingue."
            ]
            for champ, quoi in (("siret", "le SIRET"), ("ville", "la ville"))
        }
    db.session.rollback()
    fiche = valeurs_de(db.session.get_one(Entite, guy))
    with pytest.raises(SaisieInvalide, match="laissez la ville"):
        enregistrer_fiche(
            troupe.guy.gestionnaire, condense_court(fiche), {**fiche, "code_postal": "", "ville": ""}
        )
    de_guy = delivrer(troupe.guy)
    assert (distinction(de_guy), distinction(delivrer(troupe.marose))) == DISTINCTIONS
    corriger(troupe.administrateur, guy, code_postal="26800", ville="ETOILE SUR RHONE")
    assert distinction(de_guy) == "SIREN\u00a0356\u00a0000\u00a0000 — ETOILE SUR RHONE"
    # Under a name of its own it owes nothing any more, in the same breath.
    corriger(troupe.administrateur, marose, raison_sociale=MAROSE, **INCOMPLETE)


@pytest.mark.usefixtures("chaque_base")
def test_an_entite_of_a_name_equal_since_before_is_corrected_as_any_other(troupe: Troupe) -> None:
    """It never had what would tell it apart: that is asked for, and holds up nothing else."""
    une_entite("Formation-Guy")
    certificat = delivrer(troupe.guy)
    corriger(troupe.administrateur, troupe.guy.entite_id, adresse="1 rue du Moulin")
    assert distinction(certificat) == ""
    corriger(troupe.administrateur, troupe.guy.entite_id, siret=DE_GUY["siret"])
    assert distinction(certificat) == "SIREN\u00a0356\u00a0000\u00a0000"
    with pytest.raises(SaisieInvalide, match="laissez le SIRET"):
        corriger(troupe.administrateur, troupe.guy.entite_id, siret="")


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
