"""Whatever happens to a phone, its network and its session: what was said is recorded, or said not to be."""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Playwright, TimeoutError, expect

from certif.domaine.erreurs import VersionPerimee
from certif.domaine.sessions.actions.resultats import Reponse, enregistrer_resultats
from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.valeurs import Resultat
from tests.support.coupure import Reseau
from tests.support.moves import lignes
from tests.support.phone import Telephone
from tests.support.sampling import ampleur
from tests.web.formateur.terrain import DIT_GARDE, TROIS, Chantier, Terrain

pytestmark = [pytest.mark.navigateur, pytest.mark.lent]

MONTRE = re.compile("La session a changé|pas été envoyée|montrées ici|gardées ici|Voici ses réponses")
"""Every way of saying that an answer is not recorded."""

RANGS = st.integers(0, len(TROIS) - 1)
RESULTATS = st.sampled_from(Resultat)
PAS = st.one_of(
    st.tuples(st.just("repondre"), RANGS, RESULTATS),
    st.tuples(st.just("reseau"), st.sampled_from(Reseau)),
    st.tuples(st.just("repondre"), RANGS, RESULTATS),
    st.sampled_from([("tuer",), ("fin_de_connexion",), ("reprise",), ("soumettre",)]),
    st.tuples(st.just("autre_ecran"), RANGS, RESULTATS),
)


@dataclass
class Marche:
    """A walk: the phone, and what its formateur last saw there, by trainee."""

    terrain: Terrain
    vu: dict[int, Resultat] = field(default_factory=dict)
    reprises: int = 0

    def repondre(self, rang: int, resultat: Resultat) -> None:
        if not self._devant_le_formulaire():
            return
        page, bouton = self.terrain.page, self.terrain.reponse(rang, resultat)
        ligne = page.locator("[data-enregistrement]")
        if not bouton.is_checked():
            ligne.evaluate("ligne => { ligne.textContent = '' }")
            with suppress(TimeoutError):  # the login dialog came over it
                page.locator("label").filter(has=bouton).click(timeout=2_000)
            autre_chose = page.locator("dialog[open], .panne, #refus [role=alert]")
            expect(ligne.filter(has_text=DIT_GARDE).or_(autre_chose).first).to_be_visible()
            self.vu.pop(rang, None)
            if DIT_GARDE.match(ligne.inner_text()):
                self.vu[rang] = resultat

    def reseau(self, etat: Reseau) -> None:
        self.terrain.reseau.mettre(etat)
        if etat is Reseau.OUVERT:
            self.terrain.page.evaluate("window.dispatchEvent(new Event('online'))")

    def tuer(self) -> None:
        self.terrain.telephone.tuer()

    def fin_de_connexion(self) -> None:
        self.terrain.fermer_les_connexions()

    def autre_ecran(self, rang: int, resultat: Resultat) -> None:
        t = self.terrain
        if t.scene.etat(t.numero) is not Etat.VALIDATION_FORMATEUR:
            return
        # Saved on top of what is looked at here, or not at all: the phone's own may be under way.
        lue = t.scene.version(t.numero)
        tout_est_parti = self._est_enregistre() or t.resultats()[rang] is self.vu.get(rang)
        dit = {t.stagiaires[rang]: Reponse(resultat)}
        formateur = t.scene.troupe.formateur
        with suppress(VersionPerimee):  # the phone was faster
            t.scene.dans(lambda: enregistrer_resultats(formateur, t.numero, lue, dit))
            if tout_est_parti:
                self.vu[rang] = resultat

    def reprise(self) -> None:
        """The entité takes the session back, and submits it again."""
        t = self.terrain
        if t.scene.etat(t.numero) is not Etat.VALIDATION_FORMATEUR:
            return
        lue = t.scene.version(t.numero)
        tout_est_parti = self._est_enregistre()
        with suppress(VersionPerimee):
            t.agir(Action.REPRENDRE_SAISIE, t.scene.troupe.gestionnaire)
        if t.scene.etat(t.numero) is not Etat.SAISIE:
            return
        # What was under way came first: it is recorded.
        tout_est_parti = tout_est_parti or t.scene.version(t.numero) > lue + 1
        t.agir(Action.SOUMETTRE_AU_FORMATEUR, t.scene.troupe.gestionnaire)
        self.reprises += 1
        if tout_est_parti:
            self.vu.clear()

    def soumettre(self) -> None:
        if self._devant_le_formulaire():
            self.terrain.soumettre()
            self.terrain.page.wait_for_timeout(300)

    def regarder(self) -> None:
        """What is said not to be recorded is from now on what the page shows."""
        if not self._ouverte() or not MONTRE.search(self.terrain.page.locator("main").inner_text()):
            return
        montres = {
            rang: resultat
            for rang in self.vu
            for resultat in (Resultat if self._formulaire() else ())
            if self.terrain.reponse(rang, resultat).is_checked()
        }
        self.vu = montres

    def conclure(self) -> None:
        """The network is back, the formateur logged in and looking: all has been sent, or is shown."""
        t = self.terrain
        t.reseau.mettre(Reseau.OUVERT)
        t.connecter()
        t.page.goto("/formateur/telephone")
        attente = t.dit.get_by_text("en attente d’envoi")
        expect(attente).to_have_count(0)
        t.page.goto(t.onglet)
        t.page.wait_for_load_state("networkidle")
        dit = t.page.locator("main").inner_text()
        if not self._est_enregistre():
            assert MONTRE.search(dit), (self.vu, t.resultats(), dit)
        envois = t.scene.dans(lambda: lignes(t.numero, Action.ENVOYER_RESULTATS))
        assert len(envois) <= 1 + self.reprises

    def _est_enregistre(self) -> bool:
        resultats = self.terrain.resultats()
        return all(resultats[rang] is resultat for rang, resultat in self.vu.items())

    def _ouverte(self) -> bool:
        return self.terrain.page.url.endswith(self.terrain.onglet)

    def _formulaire(self) -> bool:
        return self.terrain.page.locator("#resultats:not([inert])").count() > 0

    def _devant_le_formulaire(self) -> bool:
        """Whether the session's page is there, to be answered."""
        if not self._ouverte() or self.terrain.page.locator("dialog[open]").count():
            self.terrain.telephone.aller(self.terrain.onglet)
            self.terrain.page.wait_for_load_state("networkidle")
        return self._ouverte() and self._formulaire()


@settings(
    max_examples=ampleur(4, 200),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(pas=st.lists(PAS, min_size=4, max_size=10))
def test_nothing_is_lost_whatever_happens(
    chantier: Chantier,
    playwright: Playwright,
    tmp_path_factory: pytest.TempPathFactory,
    pas: list[tuple[str, *tuple[object, ...]]],
) -> None:
    memoire: Path = tmp_path_factory.mktemp("marche")
    terrain = chantier.terrain(Telephone(playwright, memoire, chantier.reseau.url))
    terrain.connecter()
    terrain.garder()
    marche = Marche(terrain)
    try:
        for nom, *reste in pas:
            faire: Callable[..., None] = getattr(marche, nom)
            faire(*reste)
            marche.regarder()
        marche.conclure()
        assert not terrain.telephone.incidents
    finally:
        terrain.telephone.eteindre()
