"""The same for the formateur's page, the lists, the moves and the login (see `test_entrees_invalides`)."""

import pytest

from certif.domaine.sessions.actions.soumission import soumettre_au_formateur
from certif.domaine.sessions.etats import Etat
from tests.support.factories import un_stagiaire, version
from tests.support.invariants import empreinte_de_la_base
from tests.web import entrees_invalides as entrees
from tests.web.distribution import Navigateur
from tests.web.formulaire import Formulaire
from tests.web.lecture import Page
from tests.web.scene import Scene


@pytest.fixture
def brouillon(scene: Scene) -> int:
    """A draft without stagiaire, F = 10/06/2026."""
    return scene.session(Etat.SAISIE, stagiaires=[])


@pytest.fixture
def chez_le_formateur(scene: Scene) -> int:
    """Two trainees to answer for."""
    stagiaires = [un_stagiaire(), un_stagiaire("Bernard", "Noël")]
    return scene.session(Etat.VALIDATION_FORMATEUR, stagiaires=stagiaires)


class TestResultats:
    def adresse(self, numero: int, suite: str = "stagiaires") -> str:
        return f"/formateur/sessions/{numero}/{suite}"

    def test_an_answer_that_no_page_offers(
        self, scene: Scene, formateur: Navigateur, chez_le_formateur: int
    ) -> None:
        premier = scene.voir(chez_le_formateur, lambda s: s.stagiaires[0].id)
        avant = scene.dans(empreinte_de_la_base)
        for suite, action in (("stagiaires", "envoyer_resultats"), ("resultats", "")):
            for saisi in entrees.RESULTATS_REFUSES:
                reponse = formateur.post(
                    self.adresse(chez_le_formateur, suite),
                    {"version": 2, "action": action, f"resultat-{premier}": saisi},
                )
                assert reponse.status_code == 422, saisi
                assert Page(reponse).messages.get(f"resultat-{premier}"), saisi
            motif = {"version": 2, f"resultat-{premier}": "echec", f"motif-{premier}": "<b>absent</b>"}
            assert formateur.post(self.adresse(chez_le_formateur, suite), motif).status_code == 422
        assert scene.dans(empreinte_de_la_base) == avant

    def test_an_answer_for_somebody_who_is_not_there(
        self, scene: Scene, formateur: Navigateur, chez_le_formateur: int
    ) -> None:
        ailleurs = scene.session(Etat.VALIDATION_FORMATEUR, stagiaires=[un_stagiaire("Ailleurs")])
        etranger = scene.voir(ailleurs, lambda s: s.stagiaires[0].id)
        avant = scene.dans(empreinte_de_la_base)
        for qui in [*entrees.NOMBRES_REFUSES, "", str(etranger), "999999"]:
            champs = {"version": scene.version(chez_le_formateur), f"resultat-{qui}": "reussite"}
            reponse = formateur.post(self.adresse(chez_le_formateur, "resultats"), champs)
            assert reponse.status_code == 404, qui
        assert scene.dans(empreinte_de_la_base) == avant

    def test_an_action_that_no_page_offers(
        self, scene: Scene, formateur: Navigateur, chez_le_formateur: int
    ) -> None:
        avant = scene.dans(empreinte_de_la_base)
        for action in ("", "generer", "supprimer", "__class__", "\0", "<b>", "x" * 10_000):
            champs = {"version": scene.version(chez_le_formateur), "action": action}
            reponse = formateur.post(self.adresse(chez_le_formateur), champs)
            assert (reponse.status_code, Page(reponse).dangers) == (422, []), action
        assert scene.dans(empreinte_de_la_base) == avant

    def test_a_correction_is_refused_beside_its_field(
        self, scene: Scene, formateur: Navigateur, chez_le_formateur: int
    ) -> None:
        ids = scene.voir(chez_le_formateur, lambda s: [stagiaire.id for stagiaire in s.stagiaires])
        identite = {"nom": "Bernarde", "prenom": "Noël", "date_naissance": "14/02/1991"}
        champs = {f"{champ}-{ids[0]}": valeur for champ, valeur in identite.items()}
        champs |= {"action": "envoyer_resultats", **{f"resultat-{id_}": "reussite" for id_ in ids}}
        adresse = self.adresse(chez_le_formateur)
        formulaire = Formulaire(scene, formateur, chez_le_formateur, adresse, **champs)
        for champ in ("nom", "prenom"):
            for saisi, message in entrees.QUELQUES_NOMS_REFUSES.items():
                formulaire.refuser(f"{champ}-{ids[0]}", saisi, message)
        for saisi, message in {**entrees.DATES_REFUSEES, "31/12/1899": "1900"}.items():
            if not saisi.endswith("0026"):
                formulaire.refuser(f"date_naissance-{ids[0]}", saisi, message)
        assert formulaire.ecarts == []

    def test_what_a_retour_asks_for_is_refused_beside_its_field(
        self, scene: Scene, formateur: Navigateur, chez_le_formateur: int
    ) -> None:
        adresse = self.adresse(chez_le_formateur)
        champs = {"action": "retour_commente", "ajout-prenom-1": "Lou"}
        formulaire = Formulaire(scene, formateur, chez_le_formateur, adresse, **champs)
        for saisi, message in entrees.QUELQUES_NOMS_REFUSES.items():
            formulaire.refuser("ajout-nom-1", saisi, message)
        formulaire.reste |= {"ajout-nom-1": "Garnier"}
        for saisi, message in entrees.DATES_REFUSEES.items():
            if saisi.strip():
                formulaire.refuser("session-date_fin", saisi, message)
        for saisi in ("x" * 201, "a\0b", "a\u202eb"):
            formulaire.refuser("session-lieu", saisi)
        assert formulaire.ecarts == []

    def test_a_comment_is_refused_beside_its_field(
        self, scene: Scene, formateur: Navigateur, chez_le_formateur: int
    ) -> None:
        formulaire = Formulaire(scene, formateur, chez_le_formateur, self.adresse(chez_le_formateur))
        formulaire.reste = {"action": "retour_commente"}
        for saisi, message in entrees.COMMENTAIRES_REFUSES.items():
            formulaire.refuser("commentaire", saisi, message)
        assert formulaire.ecarts == []

    def test_a_comment_is_read_as_it_was_written(
        self, scene: Scene, formateur: Navigateur, chez_le_formateur: int
    ) -> None:
        numero = chez_le_formateur
        gestionnaire = scene.navigateur(scene.troupe.gestionnaire)
        for saisi in entrees.COMMENTAIRES_ACCEPTES:
            champs = {"version": scene.version(numero), "action": "retour_commente", "commentaire": saisi}
            assert formateur.post(self.adresse(numero), champs).status_code == 303
            assert scene.voir(numero, lambda s: s.retour_commentaire) == saisi
            page = Page(gestionnaire.get(scene.adresse(f"/sessions/{numero}/session")))
            assert page.dangers == [], saisi
            assert " ".join(saisi.split()) in page.texte
            scene.dans(lambda: soumettre_au_formateur(scene.troupe.gestionnaire, numero, version(numero)))


class TestListes:
    def test_a_search(self, scene: Scene, gestionnaire: Navigateur, brouillon: int) -> None:
        avant = scene.dans(empreinte_de_la_base)
        liste = scene.adresse("/sessions/a-traiter")
        for saisi in entrees.RECHERCHES:
            page = gestionnaire.get(liste, query_string={"recherche": saisi})
            par_nom = gestionnaire.post(f"{liste}/nom", {"nom": saisi})
            assert (page.status_code, Page(page).dangers) == (200, []), saisi
            assert par_nom.status_code in (200, 422), saisi
            assert Page(par_nom).dangers == [], saisi
        assert scene.dans(empreinte_de_la_base) == avant

    def test_what_a_search_joker_would_match_is_not_found(
        self, scene: Scene, gestionnaire: Navigateur, brouillon: int
    ) -> None:
        for saisi in ("%", "_", "\\", "' OR '1'='1"):
            page = gestionnaire.get(scene.adresse("/sessions/a-traiter"), query_string={"recherche": saisi})
            assert f'href="{scene.adresse(f"/sessions/{brouillon}")}"' not in page.text, saisi

    def test_an_address_that_makes_no_sense(
        self, scene: Scene, gestionnaire: Navigateur, brouillon: int
    ) -> None:
        for parametres in entrees.PARAMETRES_DE_LISTE:
            page = gestionnaire.get(scene.adresse(f"/sessions/a-traiter?{parametres}"))
            assert (page.status_code, Page(page).dangers) == (200, []), parametres
            assert "mot_de_passe" not in page.text

    def test_a_one_time_token_that_no_page_gave(self, scene: Scene, gestionnaire: Navigateur) -> None:
        avant = scene.dans(empreinte_de_la_base)
        for jeton in ("", "x", "é" * 43, "a" * 44, "a" * 42 + "\n", "../" * 14 + "x", "\0" * 43):
            assert gestionnaire.post(scene.adresse("/sessions"), {"jeton": jeton}).status_code == 422
        assert scene.dans(empreinte_de_la_base) == avant


class TestMouvements:
    @pytest.mark.parametrize("etat", [Etat.SAISIE, Etat.VALIDATION_FORMATEUR, Etat.VALIDATION_ENTITE])
    def test_a_state_jumped_over_or_a_move_that_does_not_exist(
        self, scene: Scene, gestionnaire: Navigateur, etat: Etat
    ) -> None:
        numero = scene.session(etat, reussites=1)
        avant = scene.dans(empreinte_de_la_base)
        for action in (
            "rouvrir",
            "relancer_generation",
            "envoyer_resultats",
            "creer",
            "genere",
            "%00",
            "<b>",
        ):
            for suite in ("", "?etat=genere&action=generer"):
                adresse = scene.adresse(f"/sessions/{numero}/actions/{action}{suite}")
                reponse = gestionnaire.post(adresse, {"version": scene.version(numero), "etat": "genere"})
                assert reponse.status_code in (404, 409), action
        assert scene.dans(empreinte_de_la_base) == avant

    def test_a_trainee_to_remove_who_is_no_number(self, scene: Scene, gestionnaire: Navigateur) -> None:
        numero = scene.session(Etat.SAISIE, reussites=1)
        avant = scene.dans(empreinte_de_la_base)
        for qui in ["", *entrees.NOMBRES_REFUSES]:
            champs = {"version": scene.version(numero), "stagiaire": qui}
            adresse = scene.adresse(f"/sessions/{numero}/stagiaires/retirer")
            assert gestionnaire.post(adresse, champs).status_code == 404, qui
        assert scene.dans(empreinte_de_la_base) == avant


class TestConnexion:
    def test_an_identifier_is_refused_with_the_same_words_and_kept(self, scene: Scene) -> None:
        navigateur = Navigateur(scene.app.test_client())
        for saisi in entrees.ADRESSES_DE_CONNEXION:
            reponse = navigateur.connecter(saisi, "faux")
            page = Page(reponse)
            assert reponse.status_code == 422, saisi[:40]
            assert "incorrect" in page.texte
            assert (page.valeurs["identifiant"], page.dangers) == (saisi, [])
