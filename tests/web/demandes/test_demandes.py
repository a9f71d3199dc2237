"""DEMANDES on both sides: from the first click to the habilitation, and what is typed badly on the way."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from certif.domaine.demandes.etats import EtatDemande
from certif.domaine.demandes.modeles import Demande
from certif.domaine.sessions.actions import saisie as saisie_de_session
from certif.domaine.sessions.declaration.choix import niveaux_proposes
from certif.domaine.temps import format_date
from certif.socle import stockage
from certif.socle.horloge import aujourd_hui
from tests.support.demandes import fichier, image, lire, pdf, une_demande
from tests.support.factories import un_certificat
from tests.support.invariants import empreinte_de_la_base
from tests.web import arbre
from tests.web.distribution import Navigateur
from tests.web.lecture import Page
from tests.web.scene import Scene

TEXTES_HOSTILES = (
    "<script>alert(1)</script>",
    '" onfocus=alert(1) x="',
    '" hx-get="/deconnexion" hx-trigger="load',
    "{{7*7}}",
    "&lt;i&gt;",
    "<img src=http://127.0.0.1:1/x>",
)


@pytest.fixture
def catec(scene: Scene) -> int:
    return scene.dans(lambda: un_certificat("CATEC-1 Intervenant", "CATEC").niveau_id)


@pytest.fixture
def amiante(scene: Scene) -> int:
    options = {"plateforme_requise": True}
    return scene.dans(lambda: un_certificat("Amiante", "Amiante sous-section 4", **options).niveau_id)


def demander(scene: Scene, niveau_id: int, etat: EtatDemande, **saisie: Any) -> int:
    t = scene.troupe
    return scene.dans(lambda: une_demande(t.gestionnaire, niveau_id, etat, t.administrateur, **saisie))


def ouvrir(scene: Scene, navigateur: Navigateur, niveau_id: int) -> str:
    """Open a demande by its form; the address of its page."""
    page = navigateur.get(scene.adresse(f"/demandes/nouvelle?niveau={niveau_id}&nature=renouvellement")).text
    [choisi] = arbre.verifier(page, "nouvelle").xpath("//select[@id='niveau_id']/option[@selected]/@value")
    [jeton] = re.findall(r'name="jeton" value="([^"]+)"', page)
    champs = {"niveau_id": choisi, "jeton": jeton}
    adresses = {
        navigateur.post(scene.adresse("/demandes/nouvelle"), champs).headers["Location"] for _ in range(2)
    }
    assert len(adresses) == 1
    return adresses.pop()


def test_from_the_first_click_to_the_first_session(
    scene: Scene, gestionnaire: Navigateur, administrateur: Navigateur, amiante: int
) -> None:
    vide = gestionnaire.get(scene.adresse("/demandes/en-cours")).text
    assert "Demander une habilitation" in vide
    adresse = ouvrir(scene, gestionnaire, amiante)
    page = gestionnaire.get(adresse).text
    arbre.verifier(page, adresse)
    assert "Extension" in page and "ajoutez-en au moins une" in page
    # Enter presses the first submit button: it saves, it neither removes nor transmits.
    premier = arbre.lire(page).xpath("//form[@enctype]//button[@type='submit']")[0]
    assert premier.get("value") == "enregistrer"

    champs = {
        "version": "1",
        "debut_souhaite": format_date(aujourd_hui()),
        "message": "Bonjour",
        "code_postal": "26800",
        "ville": "Étoile-sur-Rhône",
        "pieces": [(BytesIO(pdf()), "plan.pdf"), (BytesIO(image()), "photo.png")],
        "suite": "transmettre",
    }
    assert gestionnaire.post(adresse, champs).status_code == 303
    suivi = gestionnaire.get(adresse).text
    arbre.verifier(suivi, adresse)
    assert "Au tour de l’administrateur" in suivi and "plan.pdf" in suivi and "Retirer la demande" in suivi
    assert 'pastille">1<' in gestionnaire.get(scene.adresse("/demandes/en-cours")).text

    liste = administrateur.get("/administration/demandes").text
    arbre.verifier(liste, "liste")
    assert 'pastille pastille--vive">1<' in liste and "MAROSE FORMATION" in liste
    [lien] = arbre.lire(liste).xpath("//a[contains(@class, 'ligne-lien')]/@href")
    lue = administrateur.get(lien).text
    arbre.verifier(lue, lien)
    valeurs = Page(administrateur.get(lien)).valeurs
    assert valeurs["debut"] == format_date(aujourd_hui()) and valeurs["numero"].startswith("H-")
    decision = {"version": "3", "action": "accepter", **{c: valeurs[c] for c in ("numero", "debut", "fin")}}
    for _ in range(2):
        assert administrateur.post(lien, decision).status_code == 303
    assert "Terminée" in administrateur.get(lien).text

    obtenue = gestionnaire.get(adresse).text
    assert valeurs["numero"] in obtenue and "Faire une autre demande" in obtenue
    arbre.verifier(gestionnaire.get(scene.adresse("/demandes/en-cours?liste=decidees")).text, "décidées")
    assert amiante in scene.dans(lambda: [n.id for n in niveaux_proposes(scene.troupe.marose.entite_id)])
    assert scene.dans(lambda: saisie_de_session.creer(scene.troupe.gestionnaire, "j" * 43))


def test_returned_it_shows_what_is_missing_and_can_be_answered(
    scene: Scene, gestionnaire: Navigateur, administrateur: Navigateur, catec: int
) -> None:
    demande_id = demander(scene, catec, EtatDemande.TRANSMISE)
    interne, externe = f"/administration/demandes/{demande_id}", scene.adresse(f"/demandes/{demande_id}")
    retour = {"version": "3", "action": "retourner", "commentaire": "Il manque <b>le plan</b>."}
    assert administrateur.post(interne, retour).status_code == 303
    assert "Au tour de MAROSE FORMATION" in administrateur.get(interne).text
    page = gestionnaire.get(externe).text
    arbre.verifier(page, externe)
    assert page.count("Il manque &lt;b&gt;le plan&lt;/b&gt;.") == 2  # the banner and the timeline
    debut = format_date(aujourd_hui())
    reponse = {"version": "4", "debut_souhaite": debut, "suite": "transmettre", "commentaire": "Le voici."}
    assert gestionnaire.post(externe, reponse).status_code == 303
    assert "Le voici." in administrateur.get(interne).text
    refus = {"version": "6", "action": "refuser", "motif": "Plan illisible."}
    assert administrateur.post(interne, refus).status_code == 303
    assert "Plan illisible." in gestionnaire.get(externe).text


def test_what_the_entite_types_badly(scene: Scene, gestionnaire: Navigateur, amiante: int) -> None:
    demande_id = demander(scene, amiante, EtatDemande.BROUILLON)
    adresse = scene.adresse(f"/demandes/{demande_id}")
    refuses = [
        *(
            ("debut_souhaite", d)
            for d in ("31/02/2026", "1/6/26", "01/01/1900", "01/01/2100", "٠١/٠١/٢٠٢٦", "x")
        ),
        *(("message", m) for m in ("é" * 2001, "a\x00b", "a\u202eb")),
        *(("code_postal", c) for c in ("2A004", "7500", "750011", "75 001", "²6800", "-1", "99999")),
    ]
    gestionnaire.get(adresse)  # the first visit of the day leaves its mark
    avant = scene.dans(empreinte_de_la_base)
    for champ, saisi in refuses:
        reponse = gestionnaire.post(
            adresse, {"version": "2", "ville": "LYON", champ: saisi, "suite": "transmettre"}
        )
        page = Page(reponse)
        assert reponse.status_code == 422 and page.messages.get(champ), (champ, saisi)
        assert "\x00" in saisi or page.valeurs[champ] == saisi, (champ, saisi)
        assert not page.dangers, page.dangers
    for octets, nom in ((b"", "vide.pdf"), (b"<script>", "../<b>x</b>.pdf"), (pdf()[:100], 'a"b.pdf')):
        reponse = gestionnaire.post(adresse, {"version": "2", "pieces": (BytesIO(octets), nom)})
        assert reponse.status_code == 422 and Page(reponse).messages["pieces"]
        assert not Page(reponse).dangers
    for version in ("", "x", "-1", "²", "9" * 400):
        assert gestionnaire.post(adresse, {"version": version}).status_code == 422
    assert scene.dans(empreinte_de_la_base) == avant
    for n, texte in enumerate(TEXTES_HOSTILES):
        champs = {"version": str(2 + n), "message": texte}
        assert gestionnaire.post(adresse, champs).status_code == 303
        page = Page(gestionnaire.get(adresse))
        assert page.valeurs["message"] == texte and not page.dangers


def test_what_the_administrateur_types_badly(scene: Scene, administrateur: Navigateur, catec: int) -> None:
    demande_id = demander(scene, catec, EtatDemande.TRANSMISE, message=TEXTES_HOSTILES[0])
    adresse = f"/administration/demandes/{demande_id}"
    bonne = {
        "version": "3",
        "action": "accepter",
        "numero": "H-9",
        "debut": "01/07/2027",
        "fin": "30/06/2031",
    }
    avant = scene.dans(empreinte_de_la_base)
    for champ, saisi in (
        ("numero", ""),
        ("numero", '"><script>alert(1)</script>'),
        ("numero", "H" * 41),
        ("debut", "31/02/2027"),
        ("fin", "30/06/2027"),
        ("fin", "01/07/2037"),
    ):
        reponse = administrateur.post(adresse, {**bonne, champ: saisi})
        page = Page(reponse)
        assert reponse.status_code == 422 and page.messages.get(champ), (champ, saisi)
        assert page.valeurs[champ] == saisi and not page.dangers
    for action, champ in (("retourner", "commentaire"), ("refuser", "motif")):
        for texte in ("", " \u200b ", "é" * 2001, "a\x00b"):
            reponse = administrateur.post(adresse, {"version": "3", "action": action, champ: texte})
            assert reponse.status_code == 422 and Page(reponse).messages.get(champ), (champ, texte[:9])
    for action in ("", "supprimer", "enregistrer", "acceptee"):
        assert administrateur.post(adresse, {**bonne, "action": action}).status_code == 422
    assert scene.dans(empreinte_de_la_base) == avant


def test_nothing_else_than_the_form_is_taken_from_a_post(
    scene: Scene, gestionnaire: Navigateur, catec: int
) -> None:
    demande_id = demander(scene, catec, EtatDemande.BROUILLON)
    en_trop = {
        "etat": "acceptee",
        "entite_id": str(scene.troupe.guy.entite_id),
        "niveau_id": str(scene.troupe.marose.niveau_id),
        "habilitation_id": str(scene.troupe.marose.habilitation_id),
        "motif": "x",
        "nature": "premiere",
        "action": "accepter",
    }
    adresse = scene.adresse(f"/demandes/{demande_id}")
    assert gestionnaire.post(adresse, {"version": "2", "message": "m", **en_trop}).status_code == 303

    def etat(d: Demande) -> tuple[Any, ...]:
        return (d.etat, d.entite_id, d.niveau_id, d.habilitation_id, d.motif, d.nature, d.message)

    attendu = (EtatDemande.BROUILLON, scene.troupe.marose.entite_id, catec, None, "", "extension", "m")
    assert scene.dans(lambda: etat(lire(demande_id))) == attendu


def test_a_stale_page_says_what_changed_and_keeps_what_was_typed(
    scene: Scene, gestionnaire: Navigateur, catec: int
) -> None:
    demande_id = demander(scene, catec, EtatDemande.BROUILLON)
    adresse = scene.adresse(f"/demandes/{demande_id}")
    assert gestionnaire.post(adresse, {"version": "2", "message": "le premier"}).status_code == 303
    reponse = gestionnaire.post(adresse, {"version": "2", "message": "le second"})
    assert reponse.status_code == 409
    assert "Cette demande a changé" in reponse.text and "(début souhaité, message)" in reponse.text
    assert Page(reponse).valeurs["message"] == "le second"
    assert 'name="version" value="3"' in reponse.text
    assert scene.dans(lambda: lire(demande_id).message) == "le premier"


def test_a_button_that_adds_wants_something_to_add(
    scene: Scene, gestionnaire: Navigateur, amiante: int
) -> None:
    demande_id = demander(scene, amiante, EtatDemande.BROUILLON)
    adresse = scene.adresse(f"/demandes/{demande_id}")
    for suite, champ in (("joindre", "pieces"), ("plateforme", "code_postal")):
        champs = {"version": "2", "message": "gardé", "code_postal": " ", "suite": suite}
        reponse = gestionnaire.post(adresse, champs)
        page = Page(reponse)
        assert reponse.status_code == 422 and page.messages[champ] and page.valeurs["message"] == "gardé"
    assert "Choisissez au moins un fichier" in gestionnaire.post(adresse, {**champs, "suite": "joindre"}).text
    assert scene.dans(lambda: lire(demande_id).version) == 2
    joints = {"version": "2", "suite": "joindre", "pieces": [(BytesIO(pdf()), "plan.pdf")]}
    reponse = gestionnaire.post(adresse, joints)
    assert reponse.status_code == 303, Page(reponse).messages


def test_the_open_one_is_led_to(scene: Scene, gestionnaire: Navigateur, catec: int) -> None:
    demande_id = demander(scene, catec, EtatDemande.TRANSMISE)
    champs = {"niveau_id": str(catec), "jeton": "j" * 43}
    reponse = gestionnaire.post(scene.adresse("/demandes/nouvelle"), champs)
    assert reponse.status_code == 422 and "déjà ouverte" in reponse.text
    assert scene.adresse(f"/demandes/{demande_id}") in Page(reponse).adresses
    for niveau in ("", "0", "x", "²", "9" * 30, str(2**31)):
        reponse = gestionnaire.post(scene.adresse("/demandes/nouvelle"), {**champs, "niveau_id": niveau})
        assert reponse.status_code == 422 and Page(reponse).messages.get("niveau_id"), niveau


def test_a_file_is_handed_back_as_it_came_and_runs_nowhere(
    scene: Scene, gestionnaire: Navigateur, administrateur: Navigateur, catec: int, tmp_path: Path
) -> None:
    joint = fichier('été "1".pdf')
    demande_id = demander(scene, catec, EtatDemande.TRANSMISE, fichiers=(joint,))
    piece_id = scene.dans(lambda: lire(demande_id).pieces[0].id)
    suite = f"/demandes/{demande_id}/pieces/{piece_id}"
    for navigateur, adresse in (
        (gestionnaire, scene.adresse(suite)),
        (administrateur, f"/administration{suite}"),
    ):
        reponse = navigateur.get(adresse)
        assert reponse.data == joint.octets and reponse.mimetype == "application/pdf"
        assert reponse.headers["Content-Disposition"].startswith("attachment;")
        assert "sandbox" in reponse.headers["Content-Security-Policy"]
        assert reponse.headers["X-Content-Type-Options"] == "nosniff"
        assert reponse.headers["Cache-Control"] == "no-store"
        assert not navigateur.client.head(adresse).data
    scene.dans(lambda: stockage.supprimer_prefixe("demandes/"))
    assert gestionnaire.get(scene.adresse(suite)).status_code == 503


def test_a_store_that_fails_is_told_and_nothing_is_saved(
    scene: Scene, gestionnaire: Navigateur, catec: int, tmp_path: Path
) -> None:
    demande_id = demander(scene, catec, EtatDemande.BROUILLON)
    (tmp_path / "obstacle").write_text("")
    scene.dans(lambda: stockage.regler(tmp_path / "obstacle" / "dedans", {}))
    adresse = scene.adresse(f"/demandes/{demande_id}")
    champs = {"version": "2", "message": "m", "pieces": (BytesIO(pdf()), "x.pdf")}
    reponse = gestionnaire.post(adresse, champs)
    assert reponse.status_code == 503 and "rien n’a été enregistré" in reponse.text
    assert Page(reponse).valeurs["message"] == "m"
    assert scene.dans(lambda: lire(demande_id).message) == ""


def test_a_brouillon_is_deleted_after_its_name_was_said(
    scene: Scene, gestionnaire: Navigateur, catec: int
) -> None:
    demande_id = demander(scene, catec, EtatDemande.BROUILLON, fichiers=(fichier(),))
    adresse = scene.adresse(f"/demandes/{demande_id}/supprimer")
    page = gestionnaire.get(adresse).text
    arbre.verifier(page, adresse)
    assert "CATEC / 1" in page and "1 pièce jointe" in page
    for _ in range(2):
        assert gestionnaire.post(adresse, {"version": "2"}).status_code == 303
    assert gestionnaire.get(scene.adresse(f"/demandes/{demande_id}")).status_code == 404
