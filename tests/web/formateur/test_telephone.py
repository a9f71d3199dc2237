"""What a phone that keeps sessions asks of the site, and what it sends once the network is back."""

import re
from datetime import timedelta
from typing import Any

import pytest

from certif.config import RACINE
from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.valeurs import MotifEchec, Resultat
from certif.socle.horloge import aujourd_hui
from certif.web.formateur.telephone.contact import MOTS, PHRASES
from tests.support.moves import agir, lignes
from tests.support.statements import requetes
from tests.web.distribution import Navigateur
from tests.web.formateur.page import Onglet
from tests.web.scene import Scene

CONTACT = "/formateur/telephone/contact"


def contact(navigateur: Navigateur) -> dict[str, Any]:
    return dict(navigateur.get(CONTACT).json or {})


class TestContact:
    def test_nobody_logged_in_is_told_so(self, scene: Scene) -> None:
        dit = contact(Navigateur(scene.app.test_client()))
        assert dit["certif"] == 1 and dit["personne"] is None and "sessions" not in dit

    def test_a_formateur_gets_the_sessions_to_keep_with_what_is_recorded(
        self, scene: Scene, formateur: Navigateur, onglet: Onglet
    ) -> None:
        premier, deuxieme, _ = onglet.stagiaires
        champs = onglet.champs("reussite", "echec", **{f"motif-{deuxieme}": MotifEchec.ABSENT.value})
        formateur.post(f"{onglet.adresse}/resultats", champs)
        [gardee] = contact(formateur)["sessions"]
        assert gardee["numero"] == onglet.numero
        assert gardee["version"] == scene.version(onglet.numero)
        assert gardee["reponses"] == {
            str(premier): "reussite",
            str(deuxieme): f"echec{MotifEchec.ABSENT.value}",
        }
        assert gardee["adresses"] == [onglet.adresse, f"{onglet.adresse}/stagiaires"]

    @pytest.mark.parametrize(("jours", "gardee"), [(-30, True), (0, True), (7, True), (8, False)])
    def test_sessions_are_kept_until_seven_days_before_their_end(
        self, scene: Scene, formateur: Navigateur, jours: int, gardee: bool
    ) -> None:
        scene.session(Etat.VALIDATION_FORMATEUR, date_fin=aujourd_hui() + timedelta(days=jours))
        assert bool(contact(formateur)["sessions"]) is gardee

    @pytest.mark.parametrize("etat", [Etat.SAISIE, Etat.VALIDATION_ENTITE, Etat.GENERE])
    def test_only_those_that_wait_for_the_formateur_are_kept(
        self, scene: Scene, formateur: Navigateur, etat: Etat
    ) -> None:
        scene.session(etat)
        assert contact(formateur)["sessions"] == []

    def test_another_formateur_gets_none_of_them(self, scene: Scene, numero: int) -> None:
        dit = contact(scene.navigateur(scene.troupe.remplacant))
        assert (dit["formateur"], dit["sessions"]) == (True, [])

    def test_who_is_no_formateur_is_told_so(self, scene: Scene, numero: int) -> None:
        dit = contact(scene.navigateur(scene.troupe.gestionnaire))
        assert (dit["formateur"], dit["sessions"]) == (False, [])
        assert dit["personne"] != contact(scene.navigateur(scene.troupe.formateur))["personne"]

    def test_no_trainee_is_named(self, scene: Scene, formateur: Navigateur, onglet: Onglet) -> None:
        texte = formateur.get(CONTACT).text
        assert not [nom for nom in scene.noms(onglet.numero) if nom in texte]

    def test_as_many_statements_for_one_session_as_for_many(
        self, scene: Scene, formateur: Navigateur, numero: int
    ) -> None:
        contact(formateur)
        with requetes() as une:
            contact(formateur)
        for _ in range(4):
            scene.session(Etat.VALIDATION_FORMATEUR)
        with requetes() as plusieurs:
            assert len(contact(formateur)["sessions"]) == 5
        assert len(plusieurs) == len(une)


class TestEnvoi:
    def envoyer(self, onglet: Onglet, geste: Action | str, *valeurs: str, **autres: Any) -> tuple[int, str]:
        champs = onglet.champs(*valeurs, geste=str(geste), **autres)
        reponse = onglet.navigateur.post(f"{onglet.adresse}/telephone", champs)
        return reponse.status_code, (reponse.json or {})["issue"]

    def resultats(self, onglet: Onglet) -> list[Resultat | None]:
        return onglet.scene.voir(onglet.numero, lambda s: [stagiaire.resultat for stagiaire in s.stagiaires])

    def test_a_draft_is_recorded(self, onglet: Onglet) -> None:
        assert self.envoyer(onglet, Action.ENREGISTRER_RESULTATS, "reussite") == (200, "faite")
        assert self.resultats(onglet) == [Resultat.REUSSITE, None, None]

    def test_results_are_sent_once_however_often_they_arrive(self, onglet: Onglet) -> None:
        for _ in range(2):
            envoi = self.envoyer(onglet, Action.ENVOYER_RESULTATS, "reussite", "echec", "reussite")
            assert envoi == (200, "faite")
        assert onglet.scene.etat(onglet.numero) is Etat.VALIDATION_ENTITE
        assert len(onglet.scene.dans(lambda: lignes(onglet.numero, Action.ENVOYER_RESULTATS))) == 1

    def test_a_retour_takes_its_comment_along(self, onglet: Onglet) -> None:
        envoi = self.envoyer(onglet, Action.RETOUR_COMMENTE, commentaire="La date est fausse.")
        assert envoi == (200, "faite")
        assert onglet.scene.voir(onglet.numero, lambda s: s.retour_commentaire) == "La date est fausse."

    def test_a_page_of_before_changes_nothing(self, onglet: Onglet) -> None:
        self.envoyer(onglet, Action.ENREGISTRER_RESULTATS, "reussite")
        envoi = self.envoyer(onglet, Action.ENREGISTRER_RESULTATS, "echec")
        assert envoi == (409, "a-relire")
        assert self.resultats(onglet) == [Resultat.REUSSITE, None, None]

    def test_results_that_lack_one_are_to_be_looked_at(self, onglet: Onglet) -> None:
        assert self.envoyer(onglet, Action.ENVOYER_RESULTATS, "reussite") == (422, "a-relire")
        assert self.resultats(onglet) == [None, None, None]

    def test_a_correction_that_is_refused_is_to_be_looked_at_and_the_rest_is_kept(
        self, onglet: Onglet
    ) -> None:
        qui = onglet.stagiaires[0]
        corrige = {f"nom-{qui}": "Ferrand", f"prenom-{qui}": "Régine", f"date_naissance-{qui}": "31/02/1990"}
        envoi = self.envoyer(onglet, Action.ENREGISTRER_RESULTATS, "reussite", **corrige)
        assert envoi == (200, "gardee")
        assert self.resultats(onglet) == [Resultat.REUSSITE, None, None]

    def test_a_session_that_was_taken_back_is_said_to_be(self, onglet: Onglet) -> None:
        scene = onglet.scene
        scene.dans(lambda: agir(Action.REPRENDRE_SAISIE, scene.troupe.gestionnaire, onglet.numero))
        assert self.envoyer(onglet, Action.ENREGISTRER_RESULTATS, "reussite") == (404, "reprise")

    def test_another_verb_is_none(self, onglet: Onglet) -> None:
        assert self.envoyer(onglet, Action.PAS_MA_SESSION, "reussite") == (422, "a-relire")


def test_every_word_that_the_phone_says_comes_from_here() -> None:
    dossier = RACINE / "static" / "telephone"
    textes = "".join((dossier / f"{nom}.js").read_text("utf-8") for nom in ("page", "offre"))
    dits = set(re.findall(r'\bdire\("(\w+)"', textes)) | set(re.findall(r'avis = [^;]*"(\w+)"', textes))
    assert dits <= MOTS.keys() | PHRASES.keys()
