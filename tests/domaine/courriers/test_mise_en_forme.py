"""A mail as text and as HTML: the same words and the same links, nothing remote, nothing injected."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certif.domaine.courriers.envoi import Pli, composer
from certif.domaine.courriers.mise_en_forme import en_html
from certif.domaine.libelles.cadre_des_courriers import assembler, corps, lien, liste
from certif.domaine.sessions.etats import Action, Etat
from certif.socle.adresses import adresse
from tests.support.factories import une_session
from tests.support.mailbox import texte_de
from tests.support.moves import Troupe, agir, courriers

EXTERNES = re.compile(r"<img|<link|<script|<iframe|url\(|@import|src=|background=", re.IGNORECASE)


class Lecteur(HTMLParser):
    """What is read of a document, each link followed by its address, and the tags that it has."""

    def __init__(self) -> None:
        super().__init__()
        self.mots: list[str] = []
        self.liens: list[str] = []
        self.balises: set[str] = set()
        self._muet = ""
        self._ouvert: list[str] = []

    def handle_starttag(self, balise: str, attributs: list[tuple[str, str | None]]) -> None:
        self.balises.add(balise)
        if balise in ("style", "title", "h1"):
            self._muet = balise
        if balise == "a":
            self._ouvert.append(dict(attributs)["href"] or "")

    def handle_endtag(self, balise: str) -> None:
        if balise == self._muet:
            self._muet = ""
        if balise == "a":
            self.liens.append(self._ouvert[-1])
            self.mots.append(self._ouvert.pop())

    def handle_data(self, texte: str) -> None:
        if not self._muet:
            self.mots += texte.split()


def lire(html: str) -> Lecteur:
    lecteur = Lecteur()
    lecteur.feed(html)
    return lecteur


def mots(texte: str) -> Iterator[str]:
    """The words of the text part, without what only sets it out."""
    for ligne in texte.splitlines():
        est_un_libelle = ligne.endswith("\u00a0:")
        for mot in (ligne[:-1] if est_un_libelle else ligne).split():
            if mot != "•":
                yield mot


def memes_mots(texte: str, html: str) -> None:
    assert list(mots(texte)) == lire(html).mots


@pytest.mark.usefixtures("contexte")
def test_les_deux_formes_de_chaque_courrier_d_une_session_disent_la_meme_chose(troupe: Troupe) -> None:
    numero = une_session(troupe.marose, Etat.SAISIE)
    for action, acteur in (
        (Action.SOUMETTRE_AU_FORMATEUR, troupe.gestionnaire),
        (Action.RETOUR_COMMENTE, troupe.formateur),
        (Action.SOUMETTRE_AU_FORMATEUR, troupe.gestionnaire),
        (Action.REPRENDRE_SAISIE, troupe.gestionnaire),
        (Action.SOUMETTRE_AU_FORMATEUR, troupe.gestionnaire),
        (Action.ENVOYER_RESULTATS, troupe.formateur),
        (Action.SUPPRIMER, troupe.gestionnaire),
    ):
        agir(action, acteur, numero)
        courrier = courriers()[-1]
        message = composer(Pli(1, 1, "a@b.example", courrier.sujet, courrier.corps), "c@d.example")
        texte, html = texte_de(message), texte_de(message, "html")
        memes_mots(texte, html)
        assert len(lire(html).liens) == 1 and not EXTERNES.search(html)


@pytest.mark.usefixtures("contexte")
def test_un_recapitulatif_dit_la_meme_chose_sous_les_deux_formes() -> None:
    texte = assembler(
        "Voici ce qui vous attend.",
        liste("MAROSE <b>FORMATION", [('Session n°1 : "à faire".', adresse("/formateur/sessions/1"))]),
        liste(
            "Pour vous",
            [("Votre qualification", adresse("/formateur/qualifications"), "Elle <finit>."), ("Rien.",)],
        ),
        lien("Choisir les rappels", adresse("/compte/courriels")),
    )
    html = en_html("Certif\u00a0: 3 rappels", texte)
    lu = lire(html)
    memes_mots(texte, html)
    assert lu.liens == [
        adresse(chemin)
        for chemin in ("/formateur/sessions/1", "/formateur/qualifications", "/compte/courriels")
    ]
    assert "b" not in lu.balises and {"h2", "ul", "li"} <= lu.balises
    assert 'name="color-scheme" content="light dark"' in html and "prefers-color-scheme: dark" in html


@pytest.mark.usefixtures("contexte")
def test_une_adresse_venue_d_un_nom_ne_devient_pas_un_lien() -> None:
    for nom in ("https://evil.example/x", "\n\nCliquez :\nhttps://evil.example", "javascript:alert(1)"):
        texte = corps(f"L'entité {nom} vous attend.", adresse("/"))
        assert lire(en_html("Sujet", texte)).liens == [adresse("/")]


@given(st.text(min_size=1), st.lists(st.text(), max_size=3))
def test_rien_de_ce_qu_on_ecrit_ne_devient_une_balise(message: str, faits: list[str]) -> None:
    html = en_html(message, corps(message, "http://ailleurs.example/", faits))
    permises = {
        "html",
        "span",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "div",
        "h1",
        "h2",
        "p",
        "br",
        "ul",
        "li",
        "a",
    }
    assert lire(html).balises <= permises
