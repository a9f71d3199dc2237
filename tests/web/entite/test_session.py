"""The tab "Session": saved field by field, refused beside the field, never over someone else's change."""

import re
from datetime import timedelta
from typing import Any

import pytest

from certif.domaine.referentiel.modeles import Certificat, Habilitation
from certif.domaine.sessions.etats import Etat
from certif.socle.base.extensions import db
from certif.socle.horloge import aujourd_hui
from tests.support.factories import un_certificat, une_habilitation
from tests.web import arbre
from tests.web.distribution import Navigateur
from tests.web.entite.onglet_session import VIDE, automatique, choisie, erreur, onglet, options, poster
from tests.web.lecture import texte
from tests.web.scene import Scene


@pytest.fixture
def numero(scene: Scene) -> int:
    """A draft in which nothing is filled in."""
    return scene.session(**VIDE)


def test_the_fields_are_saved_and_come_back(scene: Scene, numero: int, gestionnaire: Navigateur) -> None:
    marose, fin = scene.troupe.marose, aujourd_hui()
    reponse = poster(
        scene,
        gestionnaire,
        numero,
        niveau_id=marose.niveau_id,
        lieu_type="france",
        code_postal="26800",
        ville="ETOILE SUR RHONE",
        identification="maj",
        date_fin=f"{fin:%Y-%m-%d}",
        reference_interne=" <b>Convention</b>  118 ",
    )
    assert reponse.status_code == 303
    page = gestionnaire.get(reponse.location).text
    assert "Enregistré à" in page
    assert (choisie(page, "niveau_id"), choisie(page, "certificat_id")) == ("SST / 1", "SST-1")
    assert choisie(page, "ville") == "ETOILE SUR RHONE"
    assert f'value="{fin:%d/%m/%Y}"' in page
    assert "&lt;b&gt;Convention&lt;/b&gt; 118" in page
    assert arbre.lire(page).xpath("//input[@value='maj']/@checked")


def test_a_draft_says_until_when_it_can_be_submitted(
    scene: Scene, numero: int, gestionnaire: Navigateur
) -> None:
    fin = aujourd_hui().replace(day=10)
    scene_numero = scene.session(date_fin=fin)
    suivant = (fin.replace(day=1) + timedelta(days=32)).replace(day=10)
    page = gestionnaire.get(onglet(scene, scene_numero)).text
    echeance = f"Fin le {fin:%d/%m/%Y}\u00a0: à soumettre au formateur jusqu’au {suivant:%d/%m/%Y} inclus"
    assert echeance in page
    assert "à soumettre au formateur" not in gestionnaire.get(onglet(scene, numero)).text


def test_the_certificats_are_those_of_the_dispositif(
    scene: Scene, numero: int, gestionnaire: Navigateur
) -> None:
    def habiliter() -> int:
        autre: Certificat = un_certificat("PRAP IBC-1", "PRAP IBC")
        une_habilitation(scene.troupe.marose.entite_id, autre.niveau_id)
        return autre.niveau_id

    prap = scene.dans(habiliter)
    assert options(gestionnaire.get(onglet(scene, numero)).text, "niveau_id") == [
        "Choisir…",
        "PRAP IBC / 1",
        "SST / 1",
    ]
    reponse = automatique(scene, gestionnaire, numero, niveau_id=prap, certificat_id="")
    assert options(reponse.text, "certificat_id") == ["Choisir…", "PRAP IBC-1"]


def test_what_no_habilitation_covers_is_said_at_once(scene: Scene, gestionnaire: Navigateur) -> None:
    def limiter() -> None:
        db.session.get_one(Habilitation, scene.troupe.marose.habilitation_id).fin = aujourd_hui()
        db.session.commit()

    scene.dans(limiter)
    numero = scene.session()
    demain = aujourd_hui() + timedelta(days=1)
    page = automatique(scene, gestionnaire, numero, date_fin=f"{demain:%d/%m/%Y}").text
    assert f"Aucune habilitation SST / 1 ne couvre le {demain:%d/%m/%Y}" in texte(page).replace("\u00a0", " ")
    assert scene.voir(numero, lambda s: s.date_fin) == demain


def test_a_similar_session_is_pointed_out(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session()
    assert "qu’il ne s’agit pas d’un doublon" not in gestionnaire.get(onglet(scene, numero)).text
    scene.session(declarant=scene.troupe.delegataire)
    assert "qu’il ne s’agit pas d’un doublon" in gestionnaire.get(onglet(scene, numero)).text


def test_what_is_refused_stays_as_typed_and_the_rest_is_saved(
    scene: Scene, numero: int, gestionnaire: Navigateur
) -> None:
    champs = {"date_fin": "31/02/2026", "lieu_type": "france", "code_postal": "7500"}
    reponse = poster(scene, gestionnaire, numero, reference_interne="Client", **champs)
    assert reponse.status_code == 422
    assert "n’existe pas" in erreur(reponse.text, "date_fin")
    assert erreur(reponse.text, "code_postal")
    assert 'value="31/02/2026"' in reponse.text and 'value="7500"' in reponse.text
    assert '<a href="#date_fin">' in reponse.text
    assert scene.voir(numero, lambda s: (s.reference_interne, s.date_fin)) == ("Client", None)


def test_saving_by_itself_reproaches_nothing_at_the_top(
    scene: Scene, numero: int, gestionnaire: Navigateur
) -> None:
    reponse = automatique(scene, gestionnaire, numero, date_fin="10/06/26", reference_interne="Client")
    assert reponse.status_code == 200
    assert "quatre chiffres" in erreur(reponse.text, "date_fin")
    assert 'class="resume"' not in reponse.text
    assert "sauf 1\u00a0information à corriger" in reponse.text


def test_every_answer_carries_the_new_version(scene: Scene, numero: int, gestionnaire: Navigateur) -> None:
    for rang in range(3):
        reponse = automatique(scene, gestionnaire, numero, reference_interne=f"Client {rang}")
        assert f'name="version" value="{scene.version(numero)}"' in reponse.text


def test_next_saves_and_goes_on(scene: Scene, numero: int, gestionnaire: Navigateur) -> None:
    reponse = poster(scene, gestionnaire, numero, suite="suivant", reference_interne="Client")
    assert reponse.location == scene.adresse(f"/sessions/{numero}/formateur")
    assert scene.voir(numero, lambda s: s.reference_interne) == "Client"
    refus = poster(scene, gestionnaire, numero, suite="suivant", date_fin="x")
    assert refus.status_code == 422
    champs = {"version": scene.version(numero), "suite": "suivant"}
    suite = gestionnaire.htmx(onglet(scene, numero), champs)
    assert suite.headers["HX-Redirect"] == reponse.location


def test_the_fragments_are_those_of_a_fresh_page(scene: Scene, numero: int, gestionnaire: Navigateur) -> None:
    champs = {"niveau_id": scene.troupe.marose.niveau_id, "date_fin": f"{aujourd_hui():%d/%m/%Y}"}
    reponse = automatique(scene, gestionnaire, numero, **champs)
    page = texte(gestionnaire.get(onglet(scene, numero)).text)
    morceaux = re.findall(r"<hx-partial [^>]*>(.*?)</hx-partial>", reponse.text, re.S)
    assert len(morceaux) == 9
    for morceau in morceaux:
        assert re.sub(r" Enregistré à \d+ h \d+", "", texte(morceau).replace("\u00a0", " ")) in page.replace(
            "\u00a0", " "
        )


def test_the_tabs_say_what_is_complete(scene: Scene, gestionnaire: Navigateur) -> None:
    page = gestionnaire.get(onglet(scene, scene.session(formateur_id=None))).text
    onglets = re.search(r'<nav class="onglets".*?</nav>', page, re.S)
    marques = re.findall(r"onglet__marque--([a-z-]+)", onglets[0])  # type: ignore[index]
    assert marques == ["complet", "a-completer", "complet"]


def test_a_stale_page_overwrites_nothing_and_says_what_changed(
    scene: Scene, numero: int, gestionnaire: Navigateur
) -> None:
    ancienne = scene.version(numero)
    poster(scene, gestionnaire, numero, reference_interne="La bonne")
    for envoi in (gestionnaire.post, gestionnaire.htmx):
        reponse = envoi(
            onglet(scene, numero),
            {"version": ancienne, "suite": "enregistrer", "reference_interne": "L'ancienne"},
        )
        assert reponse.status_code == 409
        assert "a modifié la saisie" in reponse.text and "référence interne" in reponse.text
        assert 'value="La bonne"' in reponse.text
        assert "« L'ancienne »" in erreur(reponse.text, "reference_interne").replace("\u00a0", " ")
        assert f'name="version" value="{scene.version(numero)}"' in reponse.text
    assert scene.voir(numero, lambda s: s.reference_interne) == "La bonne"


def test_the_same_post_twice_is_one_change(scene: Scene, numero: int, gestionnaire: Navigateur) -> None:
    vue = scene.version(numero)
    champs = {"version": vue, "suite": "enregistrer", "reference_interne": "Client"}
    assert [gestionnaire.post(onglet(scene, numero), champs).status_code for _ in range(2)] == [303, 303]
    assert scene.version(numero) == vue + 1


@pytest.mark.parametrize("version", ["", "-1", "1e9", "²", "9" * 40, "null"])
def test_a_version_that_no_page_holds_is_refused(
    scene: Scene, numero: int, gestionnaire: Navigateur, version: str
) -> None:
    reponse = gestionnaire.post(onglet(scene, numero), {"version": version, "reference_interne": "x"})
    assert reponse.status_code == 422
    assert scene.voir(numero, lambda s: s.reference_interne) is None


@pytest.mark.parametrize(
    "champ", ["niveau_id", "certificat_id", "lieu_type", "plateforme_id", "identification", "pays"]
)
@pytest.mark.parametrize("valeur", ["999", "-1", "1 OR 1=1", "²", "9" * 30, "null", "\x00", "<script>"])
def test_choices_that_were_not_offered(
    scene: Scene, numero: int, gestionnaire: Navigateur, champ: str, valeur: str
) -> None:
    lieu = {"lieu_type": "etranger"} if champ == "pays" else {}
    reponse = poster(scene, gestionnaire, numero, **{**lieu, champ: valeur})
    assert reponse.status_code in (303, 422)
    assert "<script>" not in reponse.text
    assert not scene.voir(numero, lambda s: getattr(s, champ)) or champ == "lieu_type"


@pytest.mark.parametrize("valeur", ["x" * 81, "x" * 10_000, "a\x00b", "a\u202eb"])
def test_a_reference_that_cannot_be_kept(
    scene: Scene, numero: int, gestionnaire: Navigateur, valeur: str
) -> None:
    reponse = poster(scene, gestionnaire, numero, reference_interne=valeur)
    assert reponse.status_code == 422
    assert erreur(reponse.text, "reference_interne")


def test_fields_that_no_form_has_change_nothing(scene: Scene, numero: int, gestionnaire: Navigateur) -> None:
    def etat() -> Any:
        return scene.voir(
            numero, lambda s: (s.etat, s.entite_id, s.declarant_id, s.formateur_id, s.genere_le, s.numero)
        )

    avant = etat()
    champs = {
        "etat": "genere",
        "entite_id": "2",
        "declarant_id": "1",
        "formateur_id": "1",
        "genere_le": "2026-01-01",
        "numero": "999",
        "jeton": "x",
    }
    gestionnaire.post(onglet(scene, numero), {"version": scene.version(numero), **champs})
    assert etat() == avant


def test_once_submitted_the_tab_is_read(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session(Etat.VALIDATION_FORMATEUR, reference_interne="Convention 118")
    page = gestionnaire.get(onglet(scene, numero)).text
    lu = texte(page)
    for valeur in (
        "SST / 1",
        "26800 ETOILE SUR RHONE",
        "Stage initial",
        "RIVIÈRE Stéphanie (",
        "Convention 118",
    ):
        assert valeur in lu
    assert 'id="formulaire-session"' not in page
    onglets = re.search(r'<nav class="onglets".*?</nav>', page, re.S)
    assert texte(onglets[0]) == "Session Stagiaires Téléchargements"  # type: ignore[index]


def test_saving_what_was_submitted_meanwhile(scene: Scene, gestionnaire: Navigateur) -> None:
    """The page was open; a colleague submitted: nothing is saved, the page shows where it stands."""
    numero = scene.session(Etat.VALIDATION_FORMATEUR)
    champs = {"version": 1, "suite": "enregistrer", "reference_interne": "x"}
    reponse = gestionnaire.htmx(onglet(scene, numero), champs)
    assert reponse.status_code == 409
    assert "a soumis la session au formateur" in reponse.text
    assert "RIVIÈRE Stéphanie (" in reponse.text
    assert scene.voir(numero, lambda s: s.reference_interne) is None


@pytest.mark.parametrize("role", ["delegataire", "etranger", "formateur", "administrateur"])
def test_another_s_session_does_not_exist(scene: Scene, numero: int, role: str) -> None:
    navigateur = scene.navigateur(getattr(scene.troupe, role))
    assert navigateur.get(onglet(scene, numero)).status_code == 404
    champs = {"version": scene.version(numero), "reference_interne": "x"}
    assert navigateur.post(onglet(scene, numero), champs).status_code == 404
    ailleurs = f"/entite/{scene.troupe.guy.entite_id}/sessions/{numero}/session"
    assert navigateur.get(ailleurs).status_code == 404
    assert scene.voir(numero, lambda s: s.reference_interne) is None
