"""Another identity on both sides: what is beside what is wished, who decides, what is seen first."""

import re
from io import BytesIO
from typing import Any

import pytest
from werkzeug.test import TestResponse

from certif.domaine.demandes.etats import EtatDemande
from certif.domaine.personnes.modeles import Entite
from certif.socle.base.extensions import db
from tests.support.demandes import lire, pdf, une_demande
from tests.support.factories import un_nom_commercial
from tests.web import arbre
from tests.web.demandes.test_demandes import TEXTES_HOSTILES
from tests.web.distribution import Navigateur
from tests.web.lecture import Page
from tests.web.scene import Scene

IDENTITE, INFORMATIONS = "/demandes/identite", "/informations"
INRS = "INRS — INSTITUT NATIONAL"


def ouvrir(scene: Scene, navigateur: Navigateur) -> str:
    """Open a demande by its form, with two clicks; the address of its page."""
    page = navigateur.get(scene.adresse(IDENTITE))
    arbre.verifier(page.text, IDENTITE)
    jeton = re.search(r'name="jeton" value="([\w-]+)"', page.text)
    assert jeton
    posts = (navigateur.post(scene.adresse(IDENTITE), {"jeton": jeton[1]}) for _ in range(2))
    (adresse,) = {str(reponse.location) for reponse in posts}
    return adresse


def remplir(navigateur: Navigateur, adresse: str, version: int = 1, **champs: Any) -> TestResponse:
    joints = {"pieces": [(BytesIO(pdf()), "kbis.pdf")], "suite": "transmettre"}
    return navigateur.post(adresse, {"version": str(version), **joints, **champs})


def raison_sociale(scene: Scene) -> str:
    def lue() -> str:
        db.session.rollback()
        return db.session.get_one(Entite, scene.troupe.marose.entite_id).raison_sociale

    return scene.dans(lue)


def test_from_the_first_click_to_the_new_name(
    scene: Scene, gestionnaire: Navigateur, administrateur: Navigateur
) -> None:
    nom_id = scene.dans(lambda: un_nom_commercial(scene.troupe.marose.entite_id))
    adresse = ouvrir(scene, gestionnaire)
    assert gestionnaire.get(scene.adresse(IDENTITE)).location == adresse, "one is open: there it is"
    lue = gestionnaire.get(adresse)
    arbre.verifier(lue.text, adresse)
    assert "Changez au moins une valeur" in lue.text and "Joignez au moins un justificatif" in lue.text
    assert Page(lue).valeurs[f"nom_{nom_id}"] == "MAROSE SÉCURITÉ"
    souhaits: dict[str, Any] = {
        "raison_sociale": "MAROSE & FILS",
        f"nom_{nom_id}": "",
        "ajout_0": "MAROSE SANTÉ",
    }
    assert remplir(gestionnaire, adresse, message="Fusion", **souhaits).status_code == 303
    suivi = gestionnaire.get(adresse).text
    arbre.verifier(suivi, adresse)
    assert "Retirer la demande" in suivi and "MAROSE &amp; FILS" in suivi
    assert "ouverte" in gestionnaire.get(scene.adresse(INFORMATIONS)).text
    rangee = arbre.lire(gestionnaire.get(scene.adresse("/demandes/en-cours")).text).xpath("//tbody/tr")[0]
    dites = [" ".join("".join(cellule.itertext()).split()) for cellule in rangee]
    assert dites[:3] == ["Identité", "Changement", "raison sociale, noms commerciaux"]

    liste = administrateur.get("/administration/demandes").text
    [lien] = arbre.lire(liste).xpath("//a[contains(@class, 'ligne-lien')]/@href")
    page = administrateur.get(lien).text
    arbre.verifier(page, lien)
    for dit in ("MAROSE FORMATION", "MAROSE &amp; FILS", "Retiré", "MAROSE SANTÉ", "kbis.pdf"):
        assert dit in page
    assert "Admettre" not in page, "nobody else has these names"
    decision = administrateur.post(lien, {"version": "3", "action": "accepter"})
    assert decision.status_code == 303
    assert "l’identité de l’entité est changée" in administrateur.get(lien).text
    assert raison_sociale(scene) == "MAROSE & FILS"
    fiche = administrateur.get(f"/administration/entites/{scene.troupe.marose.entite_id}").text
    assert "MAROSE FORMATION → MAROSE &amp; FILS" in fiche and "Nom commercial retiré" in fiche
    informations = gestionnaire.get(scene.adresse(INFORMATIONS)).text
    assert "MAROSE SANTÉ" in informations and "MAROSE SÉCURITÉ" not in informations


@pytest.mark.parametrize("nom", ["FORMATION GUY", "Formation-Guy", "FОRMATIОN GUY"])
def test_the_name_of_another_entite_is_not_had_without_the_administrateur(
    scene: Scene, gestionnaire: Navigateur, administrateur: Navigateur, nom: str
) -> None:
    """Spelled otherwise, or with letters that look the same: said on both sides, refused, then admitted."""

    def situer() -> None:
        marose = db.session.get_one(Entite, scene.troupe.marose.entite_id)
        marose.siret, marose.ville = "73282932000074", "VALENCE"
        guy = db.session.get_one(Entite, scene.troupe.guy.entite_id)
        guy.siret, guy.ville = "35600000000048", "LYON"
        db.session.commit()

    scene.dans(situer)
    adresse = ouvrir(scene, gestionnaire)
    assert remplir(gestionnaire, adresse, raison_sociale=nom).status_code == 303
    assert "seul l’administrateur peut l’admettre" in gestionnaire.get(adresse).text
    demande_id = int(adresse.rpartition("/")[2])
    lien = f"/administration/demandes/{demande_id}"
    page = administrateur.get(lien).text
    assert "Déjà celui de FORMATION GUY" in page and "Admettre ce nom" in page
    refus = administrateur.post(lien, {"version": "3", "action": "accepter"})
    assert refus.status_code == 422 and "déjà celui d’une autre entité" in refus.text
    arbre.verifier(refus.text, lien)
    assert scene.dans(lambda: lire(demande_id).etat) is EtatDemande.TRANSMISE
    assert raison_sociale(scene) == "MAROSE FORMATION"
    administrateur.post(lien, {"version": "3", "action": "accepter", "admettre": "1"})
    assert raison_sociale(scene) == nom


def test_what_is_typed_badly_stands_beside_its_field_and_is_kept(
    scene: Scene, gestionnaire: Navigateur
) -> None:
    adresse = ouvrir(scene, gestionnaire)
    refuses = {
        "raison_sociale": ("", "李小龍", "x" * 161, "a\r\nb"),
        "siret": ("1", "73282932000075", "9" * 400),
        "ajout_0": ("x" * 81, "🙂", "marose formation"),
    }
    for champ, textes in refuses.items():
        for texte in textes:
            fautif: dict[str, Any] = {champ: texte}
            reponse = remplir(gestionnaire, adresse, message="gardé", **fautif)
            page = Page(reponse)
            assert (reponse.status_code, champ in page.messages) == (422, True), (champ, texte[:20])
            assert page.valeurs["message"] == "gardé" and page.dangers == []
    for texte in TEXTES_HOSTILES:
        reponse = remplir(gestionnaire, adresse, raison_sociale=texte, suite="enregistrer", version=1)
        assert reponse.status_code in (303, 409)
    lue = gestionnaire.get(adresse)
    assert Page(lue).valeurs["raison_sociale"] == TEXTES_HOSTILES[0] and Page(lue).dangers == []


def test_each_kind_of_demande_takes_its_own_fields_only(scene: Scene, gestionnaire: Navigateur) -> None:
    """Posted to the other kind, the fields of one change nothing of it."""
    adresse = ouvrir(scene, gestionnaire)
    reponse = remplir(
        gestionnaire,
        adresse,
        raison_sociale="MAROSE & FILS",
        code_postal="26800",
        debut_souhaite="31/02/2026",
    )
    assert reponse.status_code == 303
    t = scene.troupe
    etats = (EtatDemande.BROUILLON, t.administrateur)
    autre = scene.dans(lambda: une_demande(t.gestionnaire, t.marose.niveau_id, *etats))
    gestionnaire.post(scene.adresse(f"/demandes/{autre}"), {"version": "2", "raison_sociale": INRS})
    assert scene.dans(lambda: lire(autre).raison_sociale) == ""


def test_the_name_is_looked_at_the_first_time_and_once(scene: Scene, gestionnaire: Navigateur) -> None:
    def oublier() -> None:
        db.session.get_one(Entite, scene.troupe.marose.entite_id).nom_confirme = ""
        db.session.commit()

    accueil, sessions = scene.adresse("/"), scene.adresse("/sessions/a-traiter")
    assert gestionnaire.get(accueil).location == sessions
    scene.dans(oublier)
    assert gestionnaire.get(accueil).location == scene.adresse(INFORMATIONS)
    delegataire = scene.navigateur(scene.troupe.delegataire)
    assert delegataire.get(accueil).location == sessions
    assert "C’est exact" not in delegataire.get(scene.adresse(INFORMATIONS)).text
    page = gestionnaire.get(scene.adresse(INFORMATIONS)).text
    arbre.verifier(page, INFORMATIONS)
    assert "C’est exact" in page and "Demander une correction" in page
    exact = scene.adresse(f"{INFORMATIONS}/nom-exact")
    gestionnaire.post(exact, {"nom": INRS})
    assert gestionnaire.get(accueil).location == scene.adresse(INFORMATIONS), "not the name that was shown"
    gestionnaire.post(exact, {"nom": "MAROSE FORMATION"})
    assert gestionnaire.get(accueil).location == sessions
    assert "C’est exact" not in gestionnaire.get(scene.adresse(INFORMATIONS)).text


def test_a_demande_of_correction_is_an_answer_too(scene: Scene, gestionnaire: Navigateur) -> None:
    def oublier() -> None:
        db.session.get_one(Entite, scene.troupe.marose.entite_id).nom_confirme = ""
        db.session.commit()

    scene.dans(oublier)
    ouvrir(scene, gestionnaire)
    assert gestionnaire.get(scene.adresse("/")).location == scene.adresse("/sessions/a-traiter")


def test_a_renewal_that_was_asked_for_says_where_it_stands(scene: Scene, gestionnaire: Navigateur) -> None:
    t = scene.troupe
    demande_id = scene.dans(
        lambda: une_demande(
            t.gestionnaire, t.marose.niveau_id, EtatDemande.TRANSMISE, t.administrateur, message="Suite"
        )
    )
    sienne = scene.adresse(f"/demandes/{demande_id}")
    for suite in ("/habilitations", f"/demandes/nouvelle?niveau={t.marose.niveau_id}"):
        page = gestionnaire.get(scene.adresse(suite)).text
        assert f'href="{sienne}"' in page, suite
        assert "transmise. Au tour de l’administrateur depuis aujourd’hui" in page, suite
        assert "Demander le renouvellement" not in page
    assert sienne not in scene.navigateur(t.delegataire).get(scene.adresse("/habilitations")).text
