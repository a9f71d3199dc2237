"""A formateur in the field: a session, a phone, and the network between it and the site."""

import re
from dataclasses import dataclass, field
from datetime import timedelta

from playwright.sync_api import Locator, Page, expect
from sqlalchemy import update

from certif.domaine.acces.authentification import fermer_toutes_les_connexions
from certif.domaine.acteur import Acteur
from certif.domaine.personnes.modeles import Individu
from certif.domaine.sessions.actions.resultats import Reponse, enregistrer_resultats
from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.valeurs import Resultat
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import aujourd_hui
from tests.support.coupure import Coupure, Reseau
from tests.support.factories import un_stagiaire
from tests.support.moves import agir
from tests.support.phone import Telephone
from tests.web.distribution import MOT_DE_PASSE
from tests.web.scene import Scene

TROIS = (("Ferrand", "Régine"), ("Faÿ", "Myriam"), ("D’Almeida", "João"))


DIT_GARDE = re.compile(r"^\s*(Enregistré|Gardé sur ce téléphone) à")
"""What the page says once an answer is safe."""


@dataclass
class Chantier:
    """A site that serves for real, its cast, and the network before it."""

    scene: Scene
    reseau: Coupure

    def terrain(self, telephone: Telephone) -> "Terrain":
        """A new session of three, on this phone."""
        self.reseau.mettre(Reseau.OUVERT)
        stagiaires = [un_stagiaire(*nom) for nom in TROIS]
        self.scene.dans(_eloigner)
        numero = self.scene.session(Etat.VALIDATION_FORMATEUR, stagiaires=stagiaires)
        cles = self.scene.voir(numero, lambda s: [stagiaire.id for stagiaire in s.stagiaires])
        return Terrain(self.scene, self.reseau, telephone, numero, cles)


def _eloigner() -> None:
    """Let the sessions of before end too late to be kept."""
    db.session.execute(update(SessionCertification).values(date_fin=aujourd_hui() + timedelta(days=60)))
    db.session.commit()


@dataclass
class Terrain:
    """What a test of the phone plays with."""

    scene: Scene
    reseau: Coupure
    telephone: Telephone
    numero: int
    stagiaires: list[int] = field(default_factory=list)

    @property
    def page(self) -> Page:
        return self.telephone.page

    @property
    def onglet(self) -> str:
        return f"/formateur/sessions/{self.numero}/stagiaires"

    def connecter(self, qui: Acteur | None = None) -> None:
        """A new login on the phone, of the formateur by default."""
        client = self.scene.navigateur(qui or self.scene.troupe.formateur).client
        trouves = (client.get_cookie(nom) for nom in ("certif", "certif-navigateur"))
        self.telephone.entrer([(cookie.key, cookie.value) for cookie in trouves if cookie])

    def connecter_a_la_main(self, qui: Acteur) -> None:
        """Somebody logs in on the phone, on the page for it, once the login that it had has ended."""
        self.fermer_les_connexions()
        self.scene.navigateur(qui)
        email = self.scene.dans(lambda: db.session.get_one(Individu, qui.individu_id).email)
        self.page.goto("/connexion")
        self.page.get_by_label("E-mail ou N° Forprev").fill(email or "")
        self.page.get_by_label("Mot de passe").fill(MOT_DE_PASSE)
        self.page.get_by_role("button", name="Se connecter").click()
        self.page.wait_for_url("**/formateur/**")

    def garder(self) -> None:
        """The opt-in."""
        self.telephone.garder()
        expect(self.page.get_by_role("link", name=re.compile(rf"Session n°\s{self.numero}"))).to_be_visible()

    def ouvrir(self) -> None:
        """The session's page, filled with what waits."""
        self.page.goto(self.onglet)
        expect(self.page.locator("#resultats, h2").first).to_be_visible()

    def reponse(self, rang: int, resultat: Resultat) -> Locator:
        """The button of a trainee's answer."""
        cle = self.stagiaires[rang]
        return self.page.locator(f"input[name=resultat-{cle}][value={resultat.value}]")

    def repondre(self, rang: int, resultat: Resultat) -> None:
        """One tap, and what the page then says."""
        self.page.locator("label").filter(has=self.reponse(rang, resultat)).click()
        expect(self.page.locator("[data-enregistrement]")).to_have_text(DIT_GARDE)

    def fermer_les_connexions(self) -> None:
        """The formateur's logins end, as after twelve idle hours."""

        def fermer() -> None:
            with transaction():
                individu = db.session.get_one(Individu, self.scene.troupe.formateur.individu_id)
                fermer_toutes_les_connexions(individu)

        self.scene.dans(fermer)

    def agir(self, action: Action, acteur: Acteur) -> None:
        """Somebody else's move, meanwhile."""
        self.scene.dans(lambda: agir(action, acteur, self.numero))

    def autre_ecran(self, rang: int, resultat: Resultat) -> None:
        """The same formateur, elsewhere."""
        scene, dit = self.scene, {self.stagiaires[rang]: Reponse(resultat)}
        version = scene.version(self.numero)
        scene.dans(lambda: enregistrer_resultats(scene.troupe.formateur, self.numero, version, dit))

    def vieillir(self, **etat: object) -> None:
        """What the phone knows of itself, as if it had been so."""
        self.page.evaluate(
            """async (neuf) => {
                const base = await new Promise((oui) => {
                    const demande = indexedDB.open("certif-telephone");
                    demande.onsuccess = () => oui(demande.result);
                });
                const rangees = base.transaction("rangees", "readwrite").objectStore("rangees");
                await new Promise((oui) => {
                    const noms = rangees.getAllKeys();
                    noms.onsuccess = () => {
                        const nom = noms.result.find((cle) => cle.endsWith("/etat"));
                        const etat = rangees.get(nom);
                        etat.onsuccess = () => {
                            rangees.put({ ...etat.result, ...neuf }, nom).onsuccess = oui;
                        };
                    };
                });
                base.close();
            }""",
            etat,
        )

    @property
    def dit(self) -> Locator:
        """What the phone says of what it keeps."""
        return self.page.locator("#telephone")

    def soumettre(self) -> None:
        self.page.get_by_role("button", name="Soumettre", exact=True).click()

    def couper(self) -> None:
        self.reseau.mettre(Reseau.COUPE)

    def retablir(self) -> None:
        """The network is back, and the browser notices."""
        self.reseau.mettre(Reseau.OUVERT)
        self.page.evaluate("window.dispatchEvent(new Event('online'))")

    def resultats(self) -> list[Resultat | None]:
        """As they are recorded."""
        return self.scene.voir(self.numero, lambda s: [stagiaire.resultat for stagiaire in s.stagiaires])

    def retablir_en_ouvrant(self) -> None:
        """The network was back before the phone was taken out again."""
        self.reseau.mettre(Reseau.OUVERT)
        self.ouvrir()
