"""What people click and type, counted, and the mails that lead them from one to the other."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.parcours.pages import Identite, PageSession, groupe, sans_js
from tests.support.coupure import Coupure, Reseau
from tests.support.phone import Telephone


@dataclass
class Compteur:
    """A click is a pointer's, or a paste; a field is one that is typed in."""

    clics: int = 0
    champs: int = 0

    def cliquer(self, cible: Locator) -> None:
        self.clics += 1
        cible.click()

    def taper(self, cible: Locator, texte: str) -> None:
        self.champs += 1
        cible.fill(texte)

    def coller(self, cible: Locator, texte: str) -> None:
        self.clics += 1
        cible.evaluate(
            "(champ, texte) => { champ.value = texte;"
            " champ.dispatchEvent(new ClipboardEvent('paste', { bubbles: true })); }",
            texte,
        )

    def choisir(self, liste: Locator, libelle: str) -> None:
        """In a list that unfolds: one click opens it, one chooses."""
        self.clics += 2
        liste.select_option(label=libelle)


def lien_du_courrier(page: Page, motif: str) -> str:
    """Where the last mail that leads to such an address leads."""
    for numero in re.findall(r"/demo/courriers/(\d+)", page.request.get("/demo/courriers").text()):
        texte = page.request.get(f"/demo/courriers/{numero}").text()
        if trouve := re.search(rf"https?://[^/\s\"]+({motif})(?=[\s\"<])", texte):
            return trouve[1]
    raise AssertionError(f"no mail leads to {motif}")


def douze(marque: str, autre: str) -> str:
    """Twelve people, as a spreadsheet copies them; each mark makes six of them other people (R6)."""
    rangees: list[Identite] = [("Nom", "Prénom", "Date de naissance"), *groupe(marque), *groupe(autre)]
    return "\n".join("\t".join(rangee) for rangee in rangees)


Reponse = Callable[[Compteur, str], None]
"""How the formateur answers the session of this address, once the mail led there."""


def en_ligne(formateur: Page) -> Reponse:
    """In a browser that has its network."""

    def repondre(compteur: Compteur, adresse: str) -> None:
        formateur.goto(adresse)
        compteur.cliquer(formateur.get_by_role("button", name="Tous en réussite"))
        expect(formateur.get_by_text("12 stagiaires mis en réussite")).to_be_visible()
        # It would not follow the answers.
        expect(formateur.locator("#reste")).to_be_visible(visible=not sans_js(formateur))
        compteur.cliquer(formateur.get_by_role("button", name="Soumettre", exact=True))
        expect(formateur.locator("#etat")).to_contain_text("En cours de validation Entité")

    return repondre


def sans_reseau(telephone: Telephone, reseau: Coupure) -> Reponse:
    """On a phone that keeps sessions, without network, and killed between each tap."""

    def repondre(compteur: Compteur, adresse: str) -> None:
        telephone.page.goto(adresse)
        telephone.attendre_la_copie(adresse)
        reseau.mettre(Reseau.COUPE)
        telephone.tuer()
        telephone.page.goto(adresse)
        compteur.cliquer(telephone.page.get_by_role("button", name="Tous en réussite"))
        expect(telephone.page.get_by_text("12 réponses en attente d’envoi")).to_be_visible()
        telephone.tuer()
        telephone.page.goto(adresse)
        expect(telephone.page.get_by_role("radio", name="Réussite", checked=True)).to_have_count(12)
        compteur.cliquer(telephone.page.get_by_role("button", name="Soumettre", exact=True))
        expect(telephone.page.get_by_text("Vos résultats sont gardés sur ce téléphone")).to_be_visible()
        telephone.tuer()
        reseau.mettre(Reseau.OUVERT)
        telephone.page.goto(adresse)
        expect(telephone.page.locator("#etat")).to_contain_text("En cours de validation Entité")

    return repondre


def jusqu_aux_certificats(
    compteur: Compteur, entite: Page, session: PageSession, liste: str, repondre: Reponse
) -> None:
    """From the tab of the stagiaires, which this list of twelve fills, to the certificates."""
    espace, numero = session.espace, session.numero
    compteur.cliquer(entite.get_by_role("link", name="Coller une liste"))
    compteur.coller(entite.locator("#lignes"), liste)
    if sans_js(entite):
        compteur.cliquer(entite.get_by_role("button", name="Lire la liste"))
    compteur.cliquer(entite.get_by_role("button", name="Ajouter les stagiaires"))
    expect(entite.locator("#stagiaires tbody tr[id]")).to_have_count(12)
    compteur.cliquer(entite.get_by_role("button", name="Soumettre au formateur"))
    expect(entite.locator("#etat")).to_contain_text("En cours de validation Formateur")

    repondre(compteur, lien_du_courrier(entite, rf"/formateur/sessions/{numero}[^\s\"<]*"))
    entite.goto(lien_du_courrier(entite, rf"{espace}/sessions/{numero}[^\s\"<]*"))
    compteur.cliquer(entite.get_by_role("button", name="Soumettre", exact=True))
    recapitulatif = entite.locator("dialog[open], .recapitulatif")
    compteur.cliquer(recapitulatif.get_by_role("button", name="Générer les certificats"))
    session.attendre_les_certificats()
    expect(entite.get_by_text("12 candidats ont validé la certification")).to_be_visible()
