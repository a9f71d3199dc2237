"""MON ENTITÉ as its gestionnaire changes it: all or nothing, never over what changed meanwhile."""

import re
from datetime import date
from typing import Any

import pytest
from werkzeug.test import TestResponse

from certif.domaine.entites.mon_entite import CHAMPS, valeurs_de
from certif.domaine.journal import EntreeJournal
from certif.domaine.personnes.modeles import Entite
from certif.socle.base.extensions import db
from tests.support.factories import une_entite
from tests.web.distribution import Navigateur
from tests.web.lecture import Page
from tests.web.scene import Scene

JUSTE = {
    "raison_sociale": "Marose-Formation",
    "siret": "732 829 320 00074",
    "adresse": "12 rue du Moulin",
    "code_postal": "26800",
    "ville": "ETOILE SUR RHONE",
    "email": "Contact@CFP.example",
    "telephone": "04.75.60.00.00",
    "signataire": "Anne-Lise D’Almeida",
    "signataire_qualite": "Directrice",
}
STOCKE = JUSTE | {
    "siret": "73282932000074",
    "email": "contact@cfp.example",
    "telephone": "04 75 60 00 00",
}


@pytest.fixture
def gestionnaire(scene: Scene) -> Navigateur:
    changer(scene, siret="73282932000041")
    return scene.navigateur(scene.troupe.gestionnaire)


def marque(scene: Scene, navigateur: Navigateur) -> str:
    trouve = re.search(r'name="marque" value="(\w+)"', navigateur.get(scene.adresse(FORMULAIRE)).text)
    assert trouve
    return trouve[1]


def poster(scene: Scene, navigateur: Navigateur, **champs: Any) -> TestResponse:
    tous = {"marque": marque(scene, navigateur), **JUSTE, **champs}
    return navigateur.post(scene.adresse(FORMULAIRE), tous)


def stockees(scene: Scene, entite_id: int | None = None) -> dict[str, str]:
    def lire() -> dict[str, str]:
        db.session.rollback()
        return valeurs_de(db.session.get_one(Entite, entite_id or scene.troupe.marose.entite_id))

    return scene.dans(lire)


def changer(scene: Scene, **valeurs: object) -> None:
    def ecrire() -> None:
        entite = db.session.get_one(Entite, scene.troupe.marose.entite_id)
        for nom, valeur in valeurs.items():
            setattr(entite, nom, valeur)
        db.session.commit()

    scene.dans(ecrire)


def dangers(reponse: TestResponse) -> list[str]:
    """What came out of a text, the addresses of the team apart."""
    return [danger for danger in Page(reponse).dangers if not danger.startswith("mailto:")]


FORMULAIRE = "/informations/modifier"


def test_everything_is_kept_under_one_spelling_and_shown(scene: Scene, gestionnaire: Navigateur) -> None:
    reponse = poster(scene, gestionnaire)
    assert reponse.status_code == 303
    assert stockees(scene) == STOCKE
    page = gestionnaire.get(scene.adresse("/informations")).text
    assert "Marose-Formation" in page
    assert "732\u00a0829\u00a0320\u00a000074" in page
    assert "12 rue du Moulin, 26800 ETOILE SUR RHONE" in page


def test_the_journal_tells_what_changed_but_nothing_of_persons(
    scene: Scene, gestionnaire: Navigateur
) -> None:
    poster(scene, gestionnaire)
    poster(scene, gestionnaire)  # a second click leaves no line
    (ligne,) = scene.dans(lambda: db.session.query(EntreeJournal).filter_by(objet="entite").all())
    assert ligne.avant is not None and ligne.apres is not None
    assert ligne.avant["raison_sociale"] == "MAROSE FORMATION"
    assert ligne.apres["raison_sociale"] == "Marose-Formation"
    assert ligne.apres["champs"] == list(CHAMPS)
    for personnel in ("contact@", "04 75", "Almeida", "Directrice"):
        assert personnel not in f"{ligne.avant} {ligne.apres}"


def test_what_is_wrong_is_said_beside_its_field_and_nothing_changes(
    scene: Scene, gestionnaire: Navigateur
) -> None:
    avant = stockees(scene)
    refuses = {
        "raison_sociale": [
            "",
            "\u00a0",
            "x" * 161,
            "x" * 10_000,
            "李小龍",
            "a\r\nb",
            "Zo\u202eé",
            "a\0b",
            "🙂",
            "INRS — INSTITUT NATIONAL",
            "FORMATION GUY",
            "<script>alert(1)</script>",
        ],
        "siret": [
            "",
            "552 100 554 00013",
            "1",
            "73282932000075",
            "٧٣٢٨٢٩٣٢٠٠٠٠٧٤",
            "1e13",
            "9" * 400,
            "7328293200007²",
        ],
        "adresse": ["x" * 201, "a\nb", "李"],
        "code_postal": ["7500", "750011", "2A004", "-1", "٢٦٨٠٠", "99999"],
        "ville": ["", "PARIS", "x" * 500],
        "email": ["a@b", "a@x.fr\r\nBcc: b@x.fr", "A <a@x.fr>", "a@x.fr, b@x.fr", "a" * 250 + "@x.fr"],
        "telephone": ["12", "abc", "0" * 50],
        "signataire": ["x" * 81, "李小龍", "a\tb\n"],
        "signataire_qualite": ["x" * 81, "Directeur\u200b\u202e"],
    }
    jeton = marque(scene, gestionnaire)
    for champ, valeurs in refuses.items():
        for valeur in valeurs:
            reponse = gestionnaire.post(scene.adresse(FORMULAIRE), {"marque": jeton, **JUSTE, champ: valeur})
            assert reponse.status_code == 422, f"{champ} {valeur[:40]!r}"
            page = Page(reponse)
            assert champ in page.messages, f"{champ} {valeur[:40]!r}: {page.messages}"
            assert page.dangers == []
            autre = "adresse" if champ != "adresse" else "signataire"
            assert page.valeurs[autre] == JUSTE[autre], "what was typed is kept"
    assert stockees(scene) == avant


def test_markup_is_printed_as_it_was_typed(scene: Scene, gestionnaire: Navigateur) -> None:
    for hostile in ("<script>alert(1)</script>", '" onfocus=alert(1) x="', "{{7*7}}", "&lt;i&gt;"):
        assert poster(scene, gestionnaire, adresse=hostile).status_code == 303, hostile
        assert stockees(scene)["adresse"] == hostile
        assert Page(gestionnaire.get(scene.adresse(FORMULAIRE))).valeurs["adresse"] == hostile
        for suite in ("/informations", FORMULAIRE):
            assert dangers(gestionnaire.get(scene.adresse(suite))) == [], hostile


def test_a_siret_belongs_to_one_entite(scene: Scene, gestionnaire: Navigateur) -> None:
    scene.dans(lambda: une_entite("AUTRE", siret="73282932000074"))
    reponse = poster(scene, gestionnaire)
    assert reponse.status_code == 422
    assert "déjà celui d’une autre entité" in Page(reponse).messages["siret"]
    assert stockees(scene)["siret"] == "73282932000041"


def test_another_name_or_siren_is_asked_for_with_what_was_typed(
    scene: Scene, gestionnaire: Navigateur
) -> None:
    """The worst case: nothing changes at once, and the demande takes over what was typed."""
    champs = {"raison_sociale": "INRS — INSTITUT NATIONAL", "siret": "552 100 554 00013"}
    refuse = poster(scene, gestionnaire, **champs)
    page = Page(refuse)
    assert refuse.status_code == 422
    assert all("se demande" in page.messages[champ] for champ in champs)
    assert page.valeurs["raison_sociale"] == champs["raison_sociale"]
    assert stockees(scene)["raison_sociale"] == "MAROSE FORMATION"
    jeton = re.search(r'name="jeton" value="([\w-]+)"', refuse.text)
    assert jeton
    formulaire = {**JUSTE, **champs, "jeton": jeton[1]}
    cree = gestionnaire.post(scene.adresse("/demandes/identite"), formulaire)
    assert cree.status_code == 303
    demande = Page(gestionnaire.get(cree.location))
    assert demande.valeurs["raison_sociale"] == champs["raison_sociale"]
    assert demande.valeurs["siret"].replace("\u00a0", " ") == champs["siret"]
    assert stockees(scene)["raison_sociale"] == "MAROSE FORMATION"


def test_a_stale_form_overwrites_nothing_and_says_what_differs(
    scene: Scene, gestionnaire: Navigateur
) -> None:
    perimee = marque(scene, gestionnaire)
    changer(scene, adresse="3 place de la Gare")
    champs = {
        "marque": perimee,
        **STOCKE,
        "raison_sociale": "MAROSE FORMATION",
        "siret": "73282932000041",
        "adresse": "12 rue du Moulin",
    }
    reponse = gestionnaire.post(scene.adresse(FORMULAIRE), champs)
    assert reponse.status_code == 409
    page = Page(reponse)
    assert page.valeurs["adresse"] == "3 place de la Gare"
    assert "12 rue du Moulin" in page.messages["adresse"]
    assert "raison_sociale" not in page.messages
    assert stockees(scene)["adresse"] == "3 place de la Gare"
    neuve = {**champs, "marque": marque(scene, gestionnaire)}
    assert gestionnaire.post(scene.adresse(FORMULAIRE), neuve).status_code == 303


def test_nothing_else_can_be_set(scene: Scene, gestionnaire: Navigateur) -> None:
    autres = {
        "id": "999",
        "entite_id": str(scene.troupe.guy.entite_id),
        "suspendue_le": "2020-01-01",
        "logo_sha256": "x",
        "role": "administrateur",
    }
    assert poster(scene, gestionnaire, **autres).status_code == 303
    entite = scene.dans(lambda: db.session.get_one(Entite, scene.troupe.marose.entite_id))
    assert (entite.suspendue_le, entite.logo_sha256) == (None, None)
    assert stockees(scene, scene.troupe.guy.entite_id)["raison_sociale"] == "FORMATION GUY"


def test_everybody_else_reads_at_most(scene: Scene) -> None:
    for acteur in (scene.troupe.delegataire, scene.troupe.etranger, scene.troupe.formateur):
        navigateur = scene.navigateur(acteur)
        assert navigateur.get(scene.adresse(FORMULAIRE)).status_code == 404
        assert navigateur.post(scene.adresse(FORMULAIRE), JUSTE).status_code == 404
    lu = scene.navigateur(scene.troupe.delegataire).get(scene.adresse("/informations")).text
    assert "Modifier" not in lu and "Ajouter" not in lu
    assert stockees(scene)["raison_sociale"] == "MAROSE FORMATION"


def test_a_suspended_entite_is_only_read(scene: Scene, gestionnaire: Navigateur) -> None:
    jeton = marque(scene, gestionnaire)
    changer(scene, suspendue_le=date(2020, 1, 1))
    assert gestionnaire.get(scene.adresse(FORMULAIRE)).status_code == 303
    assert gestionnaire.post(scene.adresse(FORMULAIRE), {"marque": jeton, **JUSTE}).status_code == 409
    page = gestionnaire.get(scene.adresse("/informations")).text
    assert FORMULAIRE not in page and "Entité suspendue depuis le 01/01/2020" in page
    assert stockees(scene)["raison_sociale"] == "MAROSE FORMATION"
