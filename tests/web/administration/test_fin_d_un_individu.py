"""Merging two records and erasing one, through their screens."""

import pytest
from sqlalchemy import select

from certif.domaine.courriers.modeles import Courrier
from certif.domaine.personnes.modeles import Individu
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.personnes import effacer, fusionner
from certif.socle.base.extensions import db
from tests.support.factories import une_personne
from tests.web.administration.test_fiches_des_entites import caches, envoyer
from tests.web.administration.test_individus import INDIVIDUS, confirmer, fiche, noms
from tests.web.distribution import Navigateur
from tests.web.lecture import Page
from tests.web.scene import Scene


def test_a_merge_is_told_then_done_once_and_the_former_number_finds_who_remains(
    scene: Scene, admin: Navigateur
) -> None:
    garde = scene.dans(lambda: une_personne("Rivière", "Stéphanie", numero="GAR00001", email=None).id)
    adresse = f"{fiche(scene, 'formateur')}/fusionner"
    absorbe = scene.dans(lambda: db.session.get_one(Individu, scene.troupe.formateur.individu_id))
    numero = scene.session(Etat.VALIDATION_FORMATEUR)
    suite = envoyer(admin, adresse, numero="gar00001 ")
    recap = admin.get(suite.location)
    assert f"({absorbe.numero}) disparaît" in recap.text and "1\u00a0session" in recap.text
    assert "Formateur" in recap.text and f"L’adresse {absorbe.email}." in recap.text
    champs = {**caches(recap), "numero": "gar00001", "confirme": "1"}
    premiere, seconde = admin.post(adresse, champs), admin.post(adresse, champs)
    assert premiere.location == seconde.location == f"{INDIVIDUS}/{garde}"
    page = admin.get(premiere.location).text
    assert "rien n’a été fait" not in page
    assert "Formateur" in page and absorbe.numero in page
    assert noms(admin.post(f"{INDIVIDUS}/recherche", {"recherche": absorbe.numero})) == ["RIVIÈRE Stéphanie"]
    assert scene.voir(numero, lambda s: s.formateur_id) == garde


@pytest.mark.parametrize("mot_de_passe", [None, "haché"])
def test_an_address_that_is_lost_is_said_to_be_told_only_if_it_is(
    scene: Scene, admin: Navigateur, mot_de_passe: str | None
) -> None:
    a = scene.dans(lambda: une_personne("Aba", email="perdue@a.example").id)
    scene.dans(lambda: une_personne("Bab", numero="BAB00001", mot_de_passe=mot_de_passe))
    adresse = f"{INDIVIDUS}/{a}/fusionner"
    recap = admin.get(envoyer(admin, adresse, numero="BAB00001").location).text
    assert "L’adresse perdue@a.example n’ouvrira plus" in recap
    assert confirmer(admin, adresse, numero="BAB00001").status_code == 303
    ecrits = scene.dans(lambda: set(db.session.scalars(select(Courrier.adresse))))
    assert ("elle est prévenue" in recap) == ("perdue@a.example" in ecrits) == (mot_de_passe is not None)


def test_their_data_are_handed_over_until_they_are_erased(scene: Scene, admin: Navigateur) -> None:
    qui = scene.troupe.remplacant.individu_id
    assert f'href="{INDIVIDUS}/{qui}/donnees.zip"' in admin.get(f"{INDIVIDUS}/{qui}").text
    remis = admin.get(f"{INDIVIDUS}/{qui}/donnees.zip")
    assert remis.mimetype == "application/zip" and remis.get_data().startswith(b"PK")
    assert "a pris les données de GARNIER Paul" in admin.get("/administration/journal").text
    scene.dans(lambda: effacer(scene.troupe.administrateur, qui))
    assert "donnees.zip" not in admin.get(f"{INDIVIDUS}/{qui}").text
    for absent in (qui, 999):
        assert admin.get(f"{INDIVIDUS}/{absent}/donnees.zip").status_code == 404


def test_a_number_that_leads_to_nobody_else_is_refused_and_changes_nothing(
    scene: Scene, admin: Navigateur
) -> None:
    adresse = f"{fiche(scene, 'formateur')}/fusionner"
    sien = scene.dans(lambda: db.session.get_one(Individu, scene.troupe.formateur.individu_id).numero)
    for numero in ("", "ABC", "ZZZ99999", "ＡＢＣ12345", "' OR 1=1", "A" * 500):
        reponse = envoyer(admin, adresse, numero=numero)
        assert reponse.status_code == 422 and "numero" in Page(reponse).messages, numero
    assert "elle-même" in envoyer(admin, adresse, numero=sien).text
    assert "Anciens N°" not in admin.get(fiche(scene, "formateur")).text


def test_what_was_asked_of_a_record_merged_meanwhile_is_not_done_to_the_one_who_remains(
    scene: Scene, admin: Navigateur
) -> None:
    a, b, _ = scene.dans(
        lambda: [une_personne(nom, numero=f"{nom}00001").id for nom in ("ABA", "BAB", "CAC")]
    )
    champs = {"effacer": {}, "desactiver": {}, "fusionner": {"numero": "CAC00001"}}
    envois = {}
    for geste, saisis in champs.items():
        page = admin.get(f"{INDIVIDUS}/{a}/{geste}")
        envois[geste] = {**caches(page), **saisis, "confirme": "1"}
    scene.dans(lambda: fusionner(scene.troupe.administrateur, a, b))
    page = admin.get(f"{INDIVIDUS}/{a}/effacer")
    assert page.location == f"{INDIVIDUS}/{b}" and "rien n’a été fait" not in admin.get(page.location).text
    for geste, envoi in envois.items():
        suite = admin.post(f"{INDIVIDUS}/{a}/{geste}", envoi)
        assert suite.location == f"{INDIVIDUS}/{b}", geste
        assert "rien n’a été fait" in admin.get(suite.location).text
    reste = scene.dans(lambda: db.session.get_one(Individu, b))
    assert (reste.nom, reste.actif, reste.fusionne_dans_id) == ("BAB", True, None)


def test_an_erased_person_keeps_a_number_and_no_name_and_is_out_at_once(
    scene: Scene, admin: Navigateur
) -> None:
    telephone = scene.navigateur(scene.troupe.remplacant)
    assert telephone.get("/formateur/sessions/a-traiter").status_code == 200
    adresse = fiche(scene, "remplacant")
    avant = scene.dans(lambda: db.session.get_one(Individu, scene.troupe.remplacant.individu_id))
    assert confirmer(admin, f"{adresse}/effacer").status_code == 303
    page = admin.get(adresse).text
    assert "Personne supprimée" in page and avant.numero in page
    assert avant.prenom not in page and (avant.email or "@") not in page
    assert "/modifier" not in page
    assert telephone.get("/formateur/sessions/a-traiter").location.startswith("/connexion")
    assert noms(admin.get(f"{INDIVIDUS}?etat=effaces")) == ["Personne supprimée"]


@pytest.mark.parametrize("qui", ["gestionnaire", "formateur"])
def test_who_is_still_needed_is_named_with_what_to_do_first(
    scene: Scene, admin: Navigateur, qui: str
) -> None:
    numero = scene.session(Etat.VALIDATION_FORMATEUR)
    scene.navigateur(scene.troupe.gestionnaire)
    refus = admin.get(f"{fiche(scene, qui)}/effacer")
    assert refus.status_code == 200
    assert "gestionnaire" in refus.text if qui == "gestionnaire" else str(numero) in refus.text
    assert "Supprimer définitivement" not in refus.text
    assert admin.get(fiche(scene, qui)).status_code == 200
