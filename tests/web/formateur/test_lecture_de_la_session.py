"""The tab "Session": what the source's screen shows, read-only, with what changed since the last reading."""

from datetime import timedelta

from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.valeurs import Identification, TypeLieu
from certif.socle.base.extensions import db
from certif.socle.horloge import aujourd_hui
from tests.support.moves import agir, lire
from tests.web.distribution import Navigateur
from tests.web.formateur.page import Onglet
from tests.web.lecture import texte
from tests.web.scene import Scene


def test_it_shows_the_whole_session_and_leads_to_the_trainees(onglet: Onglet) -> None:
    page = onglet.navigateur.get(onglet.adresse).text
    lu = texte(page)
    for attendu in (
        f"Session de certification n°{onglet.numero} MAROSE FORMATION",
        "Dispositif niveau SST / 1",
        "Certificat SST-1",
        "Lieu de formation Lieu de formation en France",
        "Adresse 26800 ETOILE SUR RHONE",
        "Identification Stage initial",
        f"Date de fin de session {aujourd_hui():%d/%m/%Y}",
        "Formateur RIVIÈRE Stéphanie",
        "À vous : renseigner les résultats",
    ):
        assert attendu in lu
    assert f'href="{onglet.adresse}/stagiaires"' in page
    assert "Modifié" not in lu
    assert "<input" not in page.partition("<main")[2].partition("</main")[0]


def test_a_place_abroad(scene: Scene, formateur: Navigateur) -> None:
    numero = scene.session(
        Etat.VALIDATION_FORMATEUR, lieu_type=TypeLieu.ETRANGER, code_postal=None, ville="Mons", pays="BE"
    )
    lu = texte(formateur.get(f"/formateur/sessions/{numero}").text)
    assert "Lieu de formation à l’étranger" in lu
    assert "Mons, Belgique" in lu


def test_what_the_entite_keeps_for_itself_is_not_shown(scene: Scene, formateur: Navigateur) -> None:
    numero = scene.session(Etat.VALIDATION_FORMATEUR, reference_interne="Convention 118")
    for suite in ("", "/stagiaires"):
        assert "Convention 118" not in formateur.get(f"/formateur/sessions/{numero}{suite}").text


def test_changed_fields_say_what_they_were(scene: Scene, onglet: Onglet) -> None:
    avant = aujourd_hui()

    def corriger() -> None:
        agir(Action.RETOUR_COMMENTE, scene.troupe.formateur, onglet.numero)
        session_certif = lire(onglet.numero)
        session_certif.date_fin = avant - timedelta(days=1)
        session_certif.identification = Identification.MAJ
        session_certif.stagiaires.pop()
        db.session.commit()
        agir(Action.SOUMETTRE_AU_FORMATEUR, scene.troupe.gestionnaire, onglet.numero)

    scene.dans(corriger)
    lu = texte(onglet.navigateur.get(onglet.adresse).text)
    assert f"Modifié depuis votre dernière lecture ; avant : {avant:%d/%m/%Y}" in lu
    assert "Modifié depuis votre dernière lecture ; avant : Stage initial" in lu
    assert "2 informations modifiées, 1 stagiaire retiré" in lu
    assert lu.count("Modifié depuis") == 2


def test_a_formateur_who_comes_after_another_reads_it_for_the_first_time(
    scene: Scene, onglet: Onglet
) -> None:
    def remplacer() -> None:
        agir(Action.REPRENDRE_SAISIE, scene.troupe.gestionnaire, onglet.numero)
        session_certif = lire(onglet.numero)
        session_certif.formateur_id = scene.troupe.remplacant.individu_id
        session_certif.identification = Identification.MAJ
        db.session.commit()
        agir(Action.SOUMETTRE_AU_FORMATEUR, scene.troupe.gestionnaire, onglet.numero)

    scene.dans(remplacer)
    navigateur = scene.navigateur(scene.troupe.remplacant)
    page = navigateur.get(onglet.adresse)
    assert page.status_code == 200
    assert "Modifié" not in texte(page.text)
    assert onglet.navigateur.get(onglet.adresse).status_code == 404


def test_addresses_that_name_no_session(formateur: Navigateur) -> None:
    for numero in ("0", "-1", "999999", "1e9", "²", "٣", str(2**31), str(2**63), "1 OR 1=1"):
        assert formateur.get(f"/formateur/sessions/{numero}").status_code == 404
        assert formateur.get(f"/formateur/sessions/{numero}/stagiaires").status_code == 404
