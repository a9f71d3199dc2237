"""An open page whose session changed beneath it: after a refusal, all of it is what a new reading shows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import brotli
import pytest

from certif.domaine.acteur import Acteur
from certif.domaine.certificats.generation import demander_generation
from certif.domaine.certificats.production.certificats import produire
from certif.domaine.certificats.purge import purger_les_generees
from certif.domaine.personnes.modeles import Role
from certif.domaine.sessions.etats import Action, Etat
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import aujourd_hui
from tests.support.moves import Troupe, agir, declarer
from tests.web import arbre
from tests.web.distribution import Navigateur
from tests.web.scene import Scene

PARTIEL = {"HX-Request": "true", "HX-Request-Type": "partial"}


@dataclass
class PageOuverte:
    """A page as its reader has it before the eyes, and what htmx makes of the next answer."""

    navigateur: Navigateur
    adresse: str

    def __post_init__(self) -> None:
        self.vue = arbre.lire(self.navigateur.get(self.adresse).text)

    def demander(self, adresse: str, champs: dict[str, Any] | None = None) -> int:
        entetes = {**PARTIEL, "Referer": f"http://localhost{self.adresse}"}
        if champs is None:
            reponse = self.navigateur.get(adresse, headers=entetes)
        else:
            reponse = self.navigateur.post(adresse, champs, headers=entetes)
        self.vue = arbre.appliquer(self.vue, reponse.text)
        return reponse.status_code

    def fraiche(self) -> Any:
        return arbre.lire(self.navigateur.get(self.adresse).text)

    def texte(self) -> str:
        return " ".join(arbre.contenu(self.vue))

    def est_a_jour(self, *regions: str) -> None:
        """These regions say what a new reading says; the others did not move."""
        fraiche = self.fraiche()
        for region in regions:
            [obtenue], [attendue] = (page.xpath(f"//*[@id='{region}']") for page in (self.vue, fraiche))
            assert arbre.contenu(obtenue) == arbre.contenu(attendue), region

    def est_a_jour_au_menu(self) -> None:
        accueil = arbre.lire(self.navigateur.get("/formateur/sessions/a-traiter").text)
        obtenus, attendus = (self._comptes(page) for page in (self.vue, accueil))
        assert obtenus == attendus

    def _comptes(self, page: Any) -> list[str]:
        return [" ".join("".join(lien.itertext()).split()) for lien in page.xpath("//*[@id='menu']//a")]

    def a_disparu(self, dit: str) -> None:
        """Nothing of it is left but the message: no badge, nothing to answer, nothing that asks again."""
        [principal] = self.vue.xpath("//main")
        assert dit in " ".join(arbre.contenu(principal))
        assert len(principal.xpath(".//h1")) == 1
        assert not principal.xpath(".//form | .//input | .//*[@hx-get] | .//*[@id='etat']")


def formateur(scene: Scene, numero: int) -> PageOuverte:
    navigateur = scene.navigateur(scene.troupe.formateur)
    return PageOuverte(navigateur, f"/formateur/sessions/{numero}/stagiaires")


def entite(scene: Scene, numero: int, onglet: str) -> PageOuverte:
    navigateur = scene.navigateur(scene.troupe.gestionnaire)
    return PageOuverte(navigateur, scene.adresse(f"/sessions/{numero}/{onglet}"))


def action(scene: Scene, numero: int, nom: str) -> str:
    return scene.adresse(f"/sessions/{numero}/actions/{nom}")


def reprise(troupe: Troupe, numero: int) -> None:
    agir(Action.REPRENDRE_SAISIE, troupe.gestionnaire, numero)


def supprimee(troupe: Troupe, numero: int) -> None:
    agir(Action.SUPPRIMER, troupe.gestionnaire, numero)


def confiee_a_un_autre(troupe: Troupe, numero: int) -> None:
    reprise(troupe, numero)
    declarer(troupe.gestionnaire, numero, troupe.remplacant.individu_id)
    agir(Action.SOUMETTRE_AU_FORMATEUR, troupe.gestionnaire, numero)


class TestFormateur:
    @pytest.mark.parametrize(
        ("dessous", "dit"),
        [
            (reprise, "a repris la session"),
            (supprimee, "n’existe pas"),
            (confiee_a_un_autre, "n’existe pas"),
        ],
    )
    @pytest.mark.parametrize("geste", ["resultats", "stagiaires", "pas-ma-session", "resultats/reussites"])
    def test_ce_qui_n_est_plus_a_lui_quitte_l_ecran(
        self, scene: Scene, dessous: Callable[[Troupe, int], None], dit: str, geste: str
    ) -> None:
        numero = scene.session(Etat.VALIDATION_FORMATEUR)
        page = formateur(scene, numero)
        assert page.vue.xpath("//main//input[@type='radio']")
        champs = {"version": scene.version(numero), "action": "envoyer_resultats"}
        scene.dans(lambda: dessous(scene.troupe, numero))
        assert page.demander(f"/formateur/sessions/{numero}/{geste}", champs) == 404
        page.a_disparu(dit)
        page.est_a_jour_au_menu()

    def test_un_dialogue_aussi(self, scene: Scene) -> None:
        numero = scene.session(Etat.VALIDATION_FORMATEUR)
        page = formateur(scene, numero)
        scene.dans(lambda: reprise(scene.troupe, numero))
        assert page.demander(f"/formateur/sessions/{numero}/pas-ma-session") == 404
        page.a_disparu("a repris la session")

    def test_envoyes_d_une_autre_page_les_resultats_se_ferment(self, scene: Scene) -> None:
        numero = scene.session(Etat.VALIDATION_FORMATEUR)
        page = formateur(scene, numero)
        champs = {"version": scene.version(numero)}
        scene.dans(lambda: agir(Action.ENVOYER_RESULTATS, scene.troupe.formateur, numero))
        for geste in ("resultats", "pas-ma-session"):
            assert page.demander(f"/formateur/sessions/{numero}/{geste}", champs) == 409
            page.est_a_jour("tete-session", "etat", "bandeaux", "chronologie")
            assert not page.vue.xpath("//main//input[@type='radio']")


class TestEntite:
    @pytest.mark.parametrize("onglet", ["session", "stagiaires"])
    @pytest.mark.parametrize("par_le_recapitulatif", [True, False])
    def test_le_formateur_a_envoye_entre_temps(
        self, scene: Scene, onglet: str, par_le_recapitulatif: bool
    ) -> None:
        numero = scene.session(Etat.VALIDATION_FORMATEUR)
        page = entite(scene, numero, onglet)
        version = scene.version(numero)
        scene.dans(lambda: agir(Action.ENVOYER_RESULTATS, scene.troupe.formateur, numero))
        if par_le_recapitulatif:
            adresse = scene.adresse(f"/sessions/{numero}/actions?action=reprendre_saisie")
            assert page.demander(adresse) == 409
        else:
            adresse = action(scene, numero, "reprendre_saisie")
            assert page.demander(adresse, {"version": version}) == 409
        page.est_a_jour("tete-session", "etat", "bandeaux", "action-session", "chronologie")

    @pytest.mark.parametrize("geste", ["stagiaires/nouveau", "session", "stagiaires/retirer", "formateur"])
    def test_soumise_entre_temps_la_saisie_se_ferme(self, scene: Scene, geste: str) -> None:
        numero = scene.session(Etat.SAISIE)
        onglet = geste.partition("/")[0]
        page = entite(scene, numero, onglet)
        version = scene.version(numero)
        scene.dans(lambda: agir(Action.SOUMETTRE_AU_FORMATEUR, scene.troupe.gestionnaire, numero))
        champs = None if geste.endswith("nouveau") else {"version": version, "stagiaire": "1", "numero": "X"}
        assert page.demander(scene.adresse(f"/sessions/{numero}/{geste}"), champs) in (409, 422)
        page.adresse = scene.adresse(f"/sessions/{numero}/session")  # the tab "Formateur" is no more
        page.est_a_jour("tete-session", "etat", "bandeaux")
        assert not page.vue.xpath("//main//input[@name='date_fin' or @name='numero']")

    @pytest.mark.parametrize("onglet", ["session", "stagiaires"])
    def test_reprise_par_un_autre_elle_se_remplit_de_nouveau(self, scene: Scene, onglet: str) -> None:
        numero = scene.session(Etat.VALIDATION_FORMATEUR)
        page = entite(scene, numero, onglet)
        version = scene.version(numero)
        scene.dans(lambda: reprise(scene.troupe, numero))
        assert page.demander(action(scene, numero, "generer"), {"version": version}) == 409
        page.est_a_jour("tete-session", "etat", "bandeaux", "action-session", "chronologie")
        assert page.vue.xpath("//main//input[@name='date_fin'] | //main//*[contains(@href, 'nouveau')]")

    def test_ce_que_l_on_tape_reste(self, scene: Scene) -> None:
        numero = scene.session(Etat.SAISIE)
        page = entite(scene, numero, "session")
        version = scene.version(numero)
        scene.dans(lambda: agir(Action.ENREGISTRER, scene.troupe.gestionnaire, numero))
        champs = {"version": version, "reference_interne": "Ma référence"}
        assert page.demander(page.adresse, champs) == 409
        assert "Ma référence" in page.texte() and "Convention 118" in page.texte()
        page.est_a_jour("tete-session", "etat", "bandeaux", "chronologie")

    @pytest.mark.parametrize("geste", ["suivi", "actions/relancer_generation"])
    def test_purgee_sous_la_page_de_sa_generation(
        self, scene: Scene, horloge_a: Callable[[str], None], geste: str
    ) -> None:
        horloge_a("2026-06-12T18:00:00+02:00")
        numero = scene.session(Etat.GENERATION)
        page = entite(scene, numero, "telechargements")
        assert page.vue.xpath("//*[@hx-trigger]")
        version = scene.version(numero)
        scene.dans(lambda: produire(numero))
        horloge_a("2026-06-28T00:00:00+02:00")
        assert scene.dans(purger_les_generees) == 1
        if geste == "suivi":
            assert page.demander(page.adresse) == 404
        else:
            assert page.demander(action(scene, numero, "relancer_generation"), {"version": version}) == 404
        page.a_disparu("n’existe plus")

    def test_generee_par_un_autre_pendant_que_l_on_regarde(self, scene: Scene) -> None:
        numero = scene.session(Etat.VALIDATION_ENTITE, date_fin=aujourd_hui())
        page = entite(scene, numero, "stagiaires")
        version = scene.version(numero)
        scene.dans(lambda: demander_generation(scene.troupe.gestionnaire, numero, version))
        assert page.demander(action(scene, numero, "modifier_saisie"), {"version": version}) == 409
        page.est_a_jour("tete-session", "etat", "bandeaux", "action-session", "chronologie")

    def test_le_role_perdu_quitte_l_ecran(self, scene: Scene) -> None:
        numero = scene.session(Etat.VALIDATION_FORMATEUR)
        page = entite(scene, numero, "stagiaires")
        self.retirer_le_role(scene, scene.troupe.gestionnaire)
        assert page.demander(scene.adresse(f"/sessions/{numero}/actions?action=reprendre_saisie")) == 404
        page.a_disparu("n’existe pas")

    def retirer_le_role(self, scene: Scene, acteur: Acteur) -> None:
        def desactiver() -> None:
            with transaction():
                for role in db.session.query(Role).filter_by(individu_id=acteur.individu_id):
                    role.actif = False

        scene.dans(desactiver)

    def test_un_stagiaire_retire_ailleurs_laisse_la_page_et_la_met_a_jour(self, scene: Scene) -> None:
        numero = scene.session(Etat.SAISIE)
        page = entite(scene, numero, "stagiaires")
        assert page.demander(scene.adresse(f"/sessions/{numero}/stagiaires/999999")) == 404
        assert page.vue.xpath("//main//*[@id='stagiaires']") and page.vue.xpath("//main//*[@id='etat']")


def test_sans_htmx_l_erreur_reste_une_page(scene: Scene) -> None:
    numero = scene.session(Etat.VALIDATION_FORMATEUR)
    page = formateur(scene, numero)
    scene.dans(lambda: reprise(scene.troupe, numero))
    reponse = page.navigateur.get(page.adresse)
    assert reponse.status_code == 404 and "hx-partial" not in reponse.text
    arbre.verifier(reponse.text, page.adresse)


def test_what_is_added_to_a_refusal_reaches_a_browser_that_takes_it_compressed(scene: Scene) -> None:
    numero = scene.session(Etat.VALIDATION_FORMATEUR)
    formateur = scene.navigateur(scene.troupe.formateur)
    formateur.get(f"/formateur/sessions/{numero}/stagiaires")
    entetes = {
        **PARTIEL,
        "Referer": f"http://localhost/formateur/sessions/{numero}/stagiaires",
        "Accept-Encoding": "gzip, deflate, br",
        "Sec-Fetch-Site": "same-origin",
    }
    champs = {"csrf_token": formateur.jeton, "version": scene.version(numero) + 1}
    reponse = formateur.client.post(f"/formateur/sessions/{numero}/resultats", data=champs, headers=entetes)
    assert (reponse.status_code, reponse.content_encoding) == (409, "br")
    texte = brotli.decompress(reponse.data).decode()
    assert 'hx-target="#etat"' in texte and 'hx-target="#onglet-resultats"' in texte
