"""The screens as their users work them, with and without JavaScript."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from certif.domaine.personnes.demonstration import MOT_DE_PASSE_DEMO
from certif.domaine.temps import format_date
from certif.socle.horloge import aujourd_hui

Identite = tuple[str, str, str]
"""Nom, prénom, date de naissance."""

_GROUPE: tuple[Identite, ...] = (
    ("Lefèvre", "Anne-Sophie", "14/02/1991"),
    ("D’Almeida", "João", "08/05/1979"),
    ("Nguyễn", "Thị Hồng", "27/11/1994"),
    ("Łukasik", "Zofia", "19/12/1998"),
    ("Roux", "Élodie", "30/06/2001"),
    ("Çelik", "Emre", "03/09/1986"),
)


def groupe(marque: str) -> list[Identite]:
    """Six people of one journey: the same ones cannot have the same certificat twice (R6)."""
    return [(f"{nom} {marque}", prenom, naissance) for nom, prenom, naissance in _GROUPE]


def sans_js(page: Page) -> bool:
    """Whether this browser runs no script: the class is set by ours."""
    return not page.locator("html.js").count()


class Connexion:
    """The login page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def entrer(self, identifiant: str, mot_de_passe: str = MOT_DE_PASSE_DEMO) -> None:
        self.page.goto("/connexion")
        self.remplir(identifiant, mot_de_passe)
        expect(
            self.page.get_by_role("button", name="Déconnexion").or_(
                self.page.get_by_role("button", name="Menu")
            )
        ).not_to_have_count(0)

    def remplir(self, identifiant: str, mot_de_passe: str = MOT_DE_PASSE_DEMO) -> None:
        self.page.get_by_label("E-mail ou N° Forprev").fill(identifiant)
        self.page.get_by_label("Mot de passe").fill(mot_de_passe)
        self.page.get_by_role("button", name="Se connecter").click()


class Liste:
    """The two lists of sessions of a space."""

    def __init__(self, page: Page, espace: str) -> None:
        """`espace`: "/entite/1" or "/formateur"."""
        self.page = page
        self.espace = espace

    def aller(self, liste: str = "a-traiter") -> "Liste":
        self.page.goto(f"{self.espace}/sessions/{liste}?sens=desc")  # the latest first: the others fill pages
        return self

    def ligne(self, numero: int) -> Locator:
        """The row of a session."""
        return self.page.locator("table.liste tbody tr").filter(
            has=self.page.get_by_role("rowheader", name=re.compile(rf"\b{numero}$"))
        )

    def nouvelle_session(self) -> "PageSession":
        self.page.get_by_role("button", name="Nouvelle session").first.click()
        self.page.wait_for_url("**/session")
        numero = int(self.page.url.split("/")[-2])
        return PageSession(self.page, self.espace, numero)


class PageSession:
    """A session in the entité's space."""

    def __init__(self, page: Page, espace: str, numero: int) -> None:
        self.page = page
        self.espace = espace
        self.numero = numero

    def aller(self, onglet: str = "") -> "PageSession":
        self.page.goto(f"{self.espace}/sessions/{self.numero}{'/' + onglet if onglet else ''}")
        return self

    @property
    def etat(self) -> Locator:
        return self.page.locator("#etat")

    @property
    def messages(self) -> Locator:
        return self.page.locator("#messages")

    def remplir(self, date_fin: str = "", reference: str = "", identification: str = "Stage initial") -> None:
        """The tab Session, in the order of the screen; `date_fin`: today by default."""
        page = self.page
        page.get_by_label("Dispositif niveau", exact=True).select_option(label="SST / 1")
        page.get_by_label("Certificat", exact=True).select_option(label="SST-1")
        page.get_by_label("Code postal", exact=True).fill("26800")
        if sans_js(page):
            page.get_by_role("button", name="Enregistrer").click()
        page.get_by_label("Ville", exact=True).first.select_option("ETOILE SUR RHONE")
        page.get_by_label(identification, exact=True).check()
        page.get_by_label("Date de fin de session", exact=True).fill(date_fin or format_date(aujourd_hui()))
        page.locator("#reference_interne").fill(reference)

    def suivant(self) -> None:
        """→ Suivant, to the next tab."""
        avant = self.page.url
        self.page.get_by_role("button", name="Suivant").or_(
            self.page.get_by_role("link", name="Suivant")
        ).click()
        self.page.wait_for_url(lambda url: url != avant)

    def declarer(self, numero: str) -> None:
        """The tab Formateur: check this N° and declare who has it."""
        champ = self.page.get_by_label("N° Forprev", exact=True)
        if not champ.is_visible():
            self.page.get_by_text("Déclarer un autre formateur").click()
        champ.fill(numero)
        self.page.get_by_role("button", name="Lancer la vérification").last.click()
        expect(self.page.get_by_text(f"({numero}) peut être déclarée")).to_be_visible()

    def ajouter(self, identites: Iterable[Identite]) -> None:
        """The tab Stagiaires: one after the other, the form staying open."""
        self.page.get_by_role("link", name="Ajouter un stagiaire").click()
        for rang, (nom, prenom, naissance) in enumerate(identites, 1):
            formulaire = self.page.locator("#formulaire-stagiaire")
            formulaire.get_by_label("Nom", exact=True).fill(nom)
            formulaire.get_by_label("Prénom", exact=True).fill(prenom)
            formulaire.get_by_label("Date de naissance", exact=True).fill(naissance)
            formulaire.get_by_role("button", name="Ajouter").click()
            expect(self.page.get_by_text(re.compile(rf"session(, qui)? compte {rang}\s"))).to_be_visible()
        self.page.get_by_role("link", name="Terminer").click()
        expect(self.page.locator("#formulaire-stagiaire")).to_have_count(0)

    def soumettre(self) -> None:
        self.page.get_by_role("button", name="Soumettre au formateur").click()
        refus = self.page.locator("#action-session .alerte--danger, main > .resume")
        expect(self.etat.filter(has_text="En cours de validation Formateur").or_(refus).first).to_be_visible()
        assert not refus.count(), self.page.locator("main").inner_text()
        expect(self.etat).to_contain_text("En cours de validation Formateur")

    def choisir(self, action: str) -> None:
        """The Action box: a choice, Soumettre, then the recap is confirmed."""
        self.page.get_by_label(action, exact=True).check()
        self.page.get_by_role("button", name="Soumettre", exact=True).click()
        self.confirmer(action)

    def accepter_les_corrections(self) -> None:
        """What the formateur proposes becomes the session's own."""
        self.page.get_by_role("button", name="Accepter les corrections").click()
        expect(self.page.locator("#chronologie, .cote").first).to_contain_text("a accepté les corrections")

    def confirmer(self, action: str) -> None:
        """The recap, in its dialog or on its page."""
        self.page.locator("dialog[open], .recapitulatif").get_by_role("button", name=action).click()

    def attendre_les_certificats(self) -> None:
        """Stay on the tab until the worker has made them; without a script, by reading it again."""
        if sans_js(self.page):
            for _ in range(60):
                if self.page.get_by_role("link", name="Télécharger les certificats").count():
                    return
                self.page.wait_for_timeout(500)
                self.page.reload()
        expect(self.page.get_by_role("link", name="Télécharger les certificats")).to_be_visible()

    def telecharger(self, dossier: Path) -> Path:
        """The zip, as the browser received it."""
        return self._recevoir("Télécharger les certificats", dossier)

    def telecharger_le_dossier(self, dossier: Path) -> Path:
        """The dossier of the session, once it is there: with JavaScript it comes by itself."""
        for _ in range(60):
            if self.page.get_by_role("link", name="Télécharger le dossier").count():
                break
            self.page.wait_for_timeout(500)
            if sans_js(self.page):
                self.page.reload()
        return self._recevoir("Télécharger le dossier", dossier)

    def _recevoir(self, lien: str, dossier: Path) -> Path:
        with self.page.expect_download() as attendu:
            self.page.get_by_role("link", name=lien).click()
        recu = dossier / attendu.value.suggested_filename
        attendu.value.save_as(recu)
        return recu


class PageFormateur:
    """A session in the formateur's space."""

    def __init__(self, page: Page, numero: int) -> None:
        self.page = page
        self.numero = numero

    def aller(self, onglet: str = "stagiaires") -> "PageFormateur":
        self.page.goto(f"/formateur/sessions/{self.numero}{'/' + onglet if onglet else ''}")
        return self

    def repondre(self, reponses: Mapping[str, str]) -> None:
        """By prénom, "Réussite" or "Échec"."""
        for prenom, reponse in reponses.items():
            ligne = self.page.locator("li.reponse").filter(has_text=prenom)
            ligne.locator("label.reponse__bouton", has_text=reponse).click()

    def corriger(self, prenom_actuel: str, **valeurs: str) -> None:
        """The identity of one trainee, by field: nom, prenom, date_naissance."""
        ligne = self.page.locator("li.reponse").filter(has_text=prenom_actuel)
        ligne.locator("summary").click()
        for champ, valeur in valeurs.items():
            ligne.locator(f"input[name^='{champ}-']").fill(valeur)

    def renvoyer(self, commentaire: str) -> None:
        self.page.get_by_label("Retour commenté", exact=True).check()
        self.page.get_by_label("Mon commentaire", exact=True).fill(commentaire)
        self.page.get_by_role("button", name="Soumettre", exact=True).click()
        self.page.wait_for_url("**/formateur/sessions/a-traiter")

    def envoyer(self) -> None:
        self.page.get_by_label("Envoyer les résultats des stagiaires", exact=True).check()
        self.page.get_by_role("button", name="Soumettre", exact=True).click()
        expect(self.page.locator("#etat")).to_contain_text("En cours de validation Entité")


class PageSansReseau:
    """The formateur's phone, that keeps sessions."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def garder(self) -> "PageSansReseau":
        """The opt-in; at the end all that is to be kept is."""
        self.page.goto("/formateur/telephone")
        self.page.get_by_role("button", name="Garder mes sessions sur ce téléphone").click()
        expect(self.page.locator("[data-sessions] li")).not_to_have_count(0)
        expect(self.page.get_by_text("Pas encore sur ce téléphone")).to_have_count(0)
        return self

    def repondre_sans_reseau(self, numero: int, reponses: Mapping[str, str]) -> None:
        """By prénom; the network stays cut."""
        formateur = PageFormateur(self.page, numero).aller()
        self.page.context.set_offline(True)
        for rang, (prenom, reponse) in enumerate(reponses.items(), 1):
            formateur.repondre({prenom: reponse})
            expect(self.page.locator("#telephone")).to_contain_text(
                re.compile(rf"^\s*{rang}\s(réponse|réponses) en attente d’envoi")
            )
