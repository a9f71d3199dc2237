"""The link of a mail opens the right session in the right role, after a login, and says what became of it."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from sqlalchemy import update

from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.certificats.purge import purger_les_generees
from certif.domaine.personnes.modeles import Individu
from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import maintenant
from tests.support.factories import un_role
from tests.support.moves import agir, courriers, declarer
from tests.support.production import pdf_factice, rendre_par
from tests.web import arbre
from tests.web.distribution import MOT_DE_PASSE, Navigateur
from tests.web.lecture import Page
from tests.web.scene import Scene
from tests.web.test_double_authentification import DEPART, code, inscrire

NOMBRE = re.compile(r"\d+")


def chemin_du_dernier(scene: Scene) -> str:
    """Where the last mail leads."""
    corps = scene.dans(lambda: courriers()[-1].corps)
    (adresse,) = re.findall(r"^http://localhost:5000(/\S+)$", corps, re.MULTILINE)
    return str(adresse)


def soumise(scene: Scene) -> tuple[int, str]:
    """A session just submitted to a formateur who has an account, and the link of its mail."""
    adresse_de(scene, scene.troupe.formateur)
    numero = scene.session(Etat.SAISIE)
    scene.dans(lambda: agir(Action.SOUMETTRE_AU_FORMATEUR, scene.troupe.gestionnaire, numero))
    return numero, chemin_du_dernier(scene)


def adresse_de(scene: Scene, acteur: Acteur) -> str:
    def lire() -> str:
        elle = update(Individu).where(Individu.id == acteur.individu_id)
        email = db.session.scalar(elle.values(mot_de_passe=scene.hache).returning(Individu.email))
        db.session.commit()
        return email or ""

    return scene.dans(lire)


def texte(reponse_texte: str) -> str:
    return " ".join(reponse_texte.replace("\u00a0", " ").split())


def test_il_survit_a_la_connexion_et_ouvre_le_bon_role(scene: Scene) -> None:
    """Its reader is a gestionnaire of another entité too: the link says in which role it is read."""
    _, chemin = soumise(scene)
    formateur = scene.troupe.formateur
    scene.dans(lambda: un_role(formateur.individu_id, TypeRole.GESTIONNAIRE, scene.troupe.guy.entite_id))
    identifiant = adresse_de(scene, formateur)
    navigateur = Navigateur(scene.app.test_client())
    reponse = navigateur.get(chemin)
    assert reponse.status_code == 303
    suivant = parse_qs(urlsplit(reponse.location).query)["suivant"][0]
    assert suivant == chemin
    navigateur.get(reponse.location)
    champs = {"identifiant": identifiant, "mot_de_passe": MOT_DE_PASSE, "suivant": suivant}
    reponse = navigateur.post("/connexion", champs)
    assert reponse.location == chemin
    page = navigateur.get(chemin)
    assert page.status_code == 200 and "Formateur" in page.text


def test_il_survit_au_second_facteur(scene: Scene) -> None:
    _, chemin = soumise(scene)
    identifiant = adresse_de(scene, scene.troupe.formateur)
    with time_machine.travel(DEPART, tick=False) as temps:
        secret, _ = inscrire(scene.navigateur(scene.troupe.formateur))
        temps.shift(60)
        navigateur = Navigateur(scene.app.test_client())
        navigateur.get(navigateur.get(chemin).location)
        champs = {"identifiant": identifiant, "mot_de_passe": MOT_DE_PASSE, "suivant": chemin}
        etape = navigateur.post("/connexion", champs).location
        assert parse_qs(urlsplit(etape).query)["suivant"] == [chemin]
        navigateur.get(etape)
        reponse = navigateur.post(urlsplit(etape).path, {"code": code(secret), "suivant": chemin})
        assert reponse.location == chemin and navigateur.get(chemin).status_code == 200


def test_le_mauvais_compte_est_nomme_et_se_change_d_un_geste(scene: Scene) -> None:
    """The page says whose login it is, never whether the session exists."""
    numero, chemin = soumise(scene)
    navigateur = scene.navigateur(scene.troupe.remplacant)
    autre, absente = (navigateur.get(c) for c in (chemin, chemin.replace(str(numero), "99999")))
    assert (autre.status_code, absente.status_code) == (404, 404)
    assert NOMBRE.sub("", Page(autre).texte) == NOMBRE.sub("", Page(absente).texte)
    assert "connecté au compte de Paul GARNIER" in texte(Page(autre).texte)
    reponse = navigateur.post("/deconnexion", {"suivant": chemin})
    assert parse_qs(urlsplit(reponse.location).query)["suivant"] == [chemin]
    navigateur.get(reponse.location)
    champs = {"identifiant": adresse_de(scene, scene.troupe.formateur), "mot_de_passe": MOT_DE_PASSE}
    assert navigateur.post("/connexion", {**champs, "suivant": chemin}).location == chemin
    assert navigateur.get(chemin).status_code == 200


@pytest.mark.parametrize(
    "suivant", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x"]
)
def test_changer_de_compte_ne_mene_pas_ailleurs(scene: Scene, suivant: str) -> None:
    navigateur = scene.navigateur(scene.troupe.formateur)
    navigateur.rafraichir()
    assert navigateur.post("/deconnexion", {"suivant": suivant}).location == "/connexion"


def test_apres_que_la_session_a_avance_la_page_dit_ou_elle_en_est(scene: Scene) -> None:
    numero, chemin = soumise(scene)
    formateur = scene.navigateur(scene.troupe.formateur)
    scene.dans(lambda: agir(Action.ENVOYER_RESULTATS, scene.troupe.formateur, numero))
    page = formateur.get(chemin)
    assert page.status_code == 200 and "En cours de validation Entité" in texte(page.text)
    de_l_entite = chemin_du_dernier(scene)
    scene.dans(lambda: agir(Action.MODIFIER_SAISIE, scene.troupe.gestionnaire, numero))
    page = formateur.get(chemin)
    assert page.status_code == 404 and f"MAROSE FORMATION a repris la session n°{numero}" in texte(page.text)
    gestionnaire = scene.navigateur(scene.troupe.gestionnaire)
    assert "En cours de saisie" in texte(gestionnaire.get(de_l_entite).text)
    scene.dans(lambda: declarer(scene.troupe.gestionnaire, numero, scene.troupe.remplacant.individu_id))
    page = formateur.get(chemin)
    assert page.status_code == 404 and "confiée à une autre personne" in texte(page.text)


def test_apres_la_purge_seuls_ceux_qui_l_avaient_l_apprennent(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendre_par(monkeypatch, pdf_factice)
    numero = scene.session(Etat.GENERE, declarant=scene.troupe.delegataire)

    def purger() -> None:
        with transaction():
            vieille = update(SessionCertification).values(genere_le=maintenant() - timedelta(days=30))
            db.session.execute(vieille)
        assert purger_les_generees() == 1

    scene.dans(purger)
    troupe = scene.troupe
    entite, formateur = scene.adresse(f"/sessions/{numero}/telechargements"), f"/formateur/sessions/{numero}"
    for acteur, chemin, sait in (
        (troupe.gestionnaire, entite, True),
        (troupe.delegataire, entite, True),
        (troupe.collegue, entite, False),
        (troupe.formateur, formateur, True),
        (troupe.remplacant, formateur, False),
    ):
        navigateur = scene.navigateur(acteur)
        page, absente = (
            navigateur.get(chemin),
            navigateur.get(chemin.replace(f"sessions/{numero}", "sessions/99999")),
        )
        assert page.status_code == absente.status_code == 404
        assert (f"La session n°{numero} n’existe plus" in texte(page.text)) is sait, acteur
        assert "n’existe plus" not in absente.text
        if not sait:
            assert NOMBRE.sub("", Page(page).texte) == NOMBRE.sub("", Page(absente).texte)


class TestCopierLeLien:
    def test_une_session_soumise_montre_l_adresse_et_rien_d_autre(self, scene: Scene) -> None:
        numero, _ = soumise(scene)
        gestionnaire = scene.navigateur(scene.troupe.gestionnaire)
        for onglet in ("session", "stagiaires"):
            page = arbre.lire(gestionnaire.get(scene.adresse(f"/sessions/{numero}/{onglet}")).text)
            (champ,) = page.xpath("//input[@id='lien-formateur']")
            assert champ.get("value") == f"http://localhost:5000/formateur/sessions/{numero}/stagiaires"
            assert champ.get("readonly") is not None
            assert page.xpath("//*[contains(@class, 'si-js')]/button[@data-copier='lien-formateur']")
            assert page.xpath("//script[contains(@src, 'copier.js')]")

    @pytest.mark.parametrize("etat", [Etat.SAISIE, Etat.VALIDATION_ENTITE])
    def test_il_n_y_a_rien_a_copier_autrement(self, scene: Scene, etat: Etat) -> None:
        numero = scene.session(etat)
        page = scene.navigateur(scene.troupe.gestionnaire).get(scene.adresse(f"/sessions/{numero}/session"))
        assert "lien-formateur" not in page.text
