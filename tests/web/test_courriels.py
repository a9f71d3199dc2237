"""« Mes courriels », and mails that a server refused: said where somebody can do something about it."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from certif.domaine.acteur import TypeRole
from certif.domaine.courriers import envoi, rappels
from certif.domaine.courriers.modeles import Courrier, EtatCourrier, SorteDeRappel
from certif.domaine.courriers.regles import sortes_offertes
from certif.domaine.personnes.modeles import Individu
from certif.domaine.sessions.actions import soumission
from certif.domaine.sessions.etats import Action, Etat
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.smtp import RefusDefinitif, RefusPassager, ServeurInjoignable
from tests.support.moves import agir
from tests.web.administration.test_fiches_des_entites import envoyer
from tests.web.entite.test_utilisateurs import NOUVELLE
from tests.web.scene import Scene

RESULTATS, TELECHARGEMENTS = SorteDeRappel.RESULTATS, SorteDeRappel.TELECHARGEMENTS
DROITS = SorteDeRappel.DROITS


def texte(page: str) -> str:
    return " ".join(page.replace("\u00a0", " ").split())


class TestMesCourriels:
    def test_ce_qui_concerne_ses_roles_est_offert_et_se_choisit(self, scene: Scene) -> None:
        qui = scene.troupe.gestionnaire.individu_id
        navigateur = scene.navigateur(scene.troupe.gestionnaire)
        page = navigateur.get("/compte/courriels").text
        offertes = sortes_offertes([TypeRole.GESTIONNAIRE])
        assert page.count("checked") == len(offertes) and RESULTATS.libelle not in page
        assert all(sorte.libelle in page for sorte in offertes)
        assert "ne peuvent pas être désactivés" in texte(page)
        reponse = navigateur.post("/compte/courriels", {"sorte": ["droits", "resultats", "n'importe quoi"]})
        assert reponse.status_code == 303
        page = navigateur.get("/compte/courriels").text
        assert page.count("checked") == 1 and "Votre choix est enregistré" in page
        assert scene.dans(lambda: rappels.voulus(qui)) == {DROITS, RESULTATS}

    def test_le_formateur_a_les_siens(self, scene: Scene) -> None:
        navigateur = scene.navigateur(scene.troupe.formateur)
        page = navigateur.get("/compte/courriels").text
        assert RESULTATS.libelle in page and TELECHARGEMENTS.libelle not in page
        navigateur.post("/compte/courriels", {})
        voulus = scene.dans(lambda: rappels.voulus(scene.troupe.formateur.individu_id))
        assert voulus == set(SorteDeRappel) - set(sortes_offertes([TypeRole.FORMATEUR]))

    def test_sans_role_concerne_il_n_y_a_rien_a_choisir(self, scene: Scene) -> None:
        page = scene.navigateur(scene.troupe.administrateur).get("/compte/courriels").text
        assert "Aucun rappel ne concerne vos rôles" in page


@pytest.fixture
def serveur(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Callable[[Exception | None], None]:
    """Hand over what waits; the server says this to each."""

    def remettre(refus: Exception | None) -> None:
        def transmettre(*_: Any) -> None:
            if refus is not None:
                raise refus

        class Liaison:
            def __enter__(self) -> None:
                return None

            def __exit__(self, *_: object) -> None:
                return None

        monkeypatch.setattr(envoi, "transmettre", transmettre)
        monkeypatch.setattr(envoi, "liaison", lambda *_: Liaison())
        scene.dans(lambda: envoi.envoyer("smtp://127.0.0.1:9"))

    return remettre


def soumettre(scene: Scene) -> int:
    numero = scene.session(Etat.SAISIE, declarant=scene.troupe.delegataire)
    scene.dans(lambda: agir(Action.SOUMETTRE_AU_FORMATEUR, scene.troupe.gestionnaire, numero))
    return numero


def test_un_refus_definitif_se_lit_sur_la_session_sans_l_adresse(scene: Scene, serveur: Any) -> None:
    numero = soumettre(scene)
    adresse = scene.adresse(f"/sessions/{numero}/session")
    gestionnaire = scene.navigateur(scene.troupe.gestionnaire)
    serveur(RefusDefinitif("[550]"))
    page = texte(gestionnaire.get(adresse).text)
    assert "Le courriel à R. Stéphanie n’a pas pu être remis : la messagerie l’a refusé le" in page
    assert "Copiez le lien de la session" in page and "de corriger son adresse" in page
    email = scene.dans(lambda: db.session.get_one(Individu, scene.troupe.formateur.individu_id).email)
    assert email and email not in page
    assert (
        "pas pu être remis"
        not in scene.navigateur(scene.troupe.formateur).get(f"/formateur/sessions/{numero}").text
    )
    scene.dans(lambda: soumission.relancer_le_formateur(scene.troupe.gestionnaire, numero))
    assert "pas pu être remis" in gestionnaire.get(adresse).text, "what waits says nothing yet"
    serveur(None)
    assert "pas pu être remis" not in gestionnaire.get(adresse).text, "the last one went"


@pytest.mark.parametrize("panne", [RefusPassager("[451]"), ServeurInjoignable("down")])
def test_une_panne_n_est_pas_un_refus(scene: Scene, serveur: Any, panne: Exception) -> None:
    numero = soumettre(scene)
    serveur(panne)
    page = scene.navigateur(scene.troupe.gestionnaire).get(scene.adresse(f"/sessions/{numero}/session"))
    assert "pas pu être remis" not in page.text
    assert "pas pu être remis" not in scene.navigateur(scene.troupe.formateur).get("/compte/").text


def test_un_compte_desactive_n_est_pas_un_refus(scene: Scene, serveur: Any) -> None:
    numero = soumettre(scene)

    def desactiver() -> None:
        with transaction():
            db.session.get_one(Individu, scene.troupe.formateur.individu_id).actif = False

    scene.dans(desactiver)
    serveur(RefusDefinitif("[550]"))
    etats = scene.dans(lambda: list(db.session.scalars(select(Courrier.etat))))
    assert etats == [EtatCourrier.ABANDONNE]
    page = scene.navigateur(scene.troupe.gestionnaire).get(scene.adresse(f"/sessions/{numero}/session"))
    assert "pas pu être remis" not in page.text


def test_le_declarant_et_le_formateur_l_apprennent_dans_leur_compte(scene: Scene, serveur: Any) -> None:
    numero = soumettre(scene)
    scene.dans(lambda: agir(Action.RETOUR_COMMENTE, scene.troupe.formateur, numero))
    serveur(RefusDefinitif("[550]"))
    for acteur in (scene.troupe.delegataire, scene.troupe.formateur):
        assert "n’a pas pu être remis" in texte(scene.navigateur(acteur).get("/compte/").text)
    sienne = scene.adresse(f"/sessions/{numero}/session")
    assert "Le courriel qui vous était destiné" in scene.navigateur(scene.troupe.delegataire).get(sienne).text
    page = texte(scene.navigateur(scene.troupe.gestionnaire).get(sienne).text)
    assert "Le courriel à Camille TESSIER n’a pas pu être remis" in page
    assert "pas pu être remis" not in scene.navigateur(scene.troupe.gestionnaire).get("/compte/").text


def test_qui_corrige_les_adresses_le_lit_aussi(scene: Scene, serveur: Any) -> None:
    soumettre(scene)
    serveur(RefusDefinitif("[550]"))
    fiche = f"/administration/individus/{scene.troupe.formateur.individu_id}"
    page = scene.navigateur(scene.troupe.administrateur).get(fiche)
    assert page.status_code == 200 and "la messagerie l’a refusé" in page.text


def test_la_liste_des_invitations_dit_celle_qui_n_est_pas_arrivee(scene: Scene, serveur: Any) -> None:
    gestionnaire = scene.navigateur(scene.troupe.gestionnaire)
    fiche = envoyer(gestionnaire, scene.adresse("/utilisateurs/nouveau"), **NOUVELLE).location
    serveur(RefusDefinitif("[550]"))
    liste = gestionnaire.get(scene.adresse("/invitations")).text
    assert "Courriel non remis" in liste and "En attente" not in liste
    assert "la messagerie l’a refusé" in gestionnaire.get(fiche).text
    envoyer(gestionnaire, f"{fiche}/corriger", email="lise.bonnet@b.example")
    assert "En attente" in gestionnaire.get(scene.adresse("/invitations")).text, "not known yet"
    serveur(None)
    assert "la messagerie l’a refusé" not in gestionnaire.get(fiche).text
