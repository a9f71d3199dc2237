"""Fifteen days after the certificates, the whole application has forgotten who the trainees were."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Page

from certif.socle.horloge import maintenant
from tests.parcours.pages import Liste, PageFormateur, PageSession, groupe
from tests.support.servers import attendre
from tests.support.stack import Lance

# A word that nothing else holds, whatever the case and the accents taken away.
MARQUE = "Zyxoubli"


def test_no_name_is_left_in_any_byte(pile: Lance, ouvrir: Callable[..., Page], tmp_path: Path) -> None:
    entite = ouvrir("romain@marose.example", seul=True, js=False, accept_downloads=True)
    formateur = ouvrir("stephanie@formateurs.example", seul=True, js=False)
    session = Liste(entite, "/entite/1").aller().nouvelle_session()
    session.remplir(reference=f"Client {MARQUE}")
    session.suivant()
    session.declarer("STE10001")
    session.suivant()
    session.ajouter(groupe(MARQUE)[:3])
    session.soumettre()
    PageFormateur(formateur, session.numero).aller().renvoyer(f"Le nom de Madame {MARQUE} est à relire.")
    session.aller("stagiaires").soumettre()
    releve = PageFormateur(formateur, session.numero).aller()
    releve.repondre({"Anne-Sophie": "Réussite", "João": "Réussite", "Thị Hồng": "Échec"})
    releve.corriger("João", prenom=f"Joao {MARQUE}")
    releve.envoyer()
    session.aller("stagiaires").accepter_les_corrections()
    session.choisir("Générer les certificats")
    session.attendre_les_certificats()
    session.telecharger(tmp_path)
    assert ou_se_lit(pile) != [], "the marker is not where it should be yet: the test would prove nothing"

    pile.arreter()
    dans_seize_jours = (maintenant() + timedelta(days=16)).isoformat()
    suivante = Lance(pile.donnees, pile.port, CERTIF_HORLOGE=dans_seize_jours)
    try:
        suivante.pret()
        attendre(lambda: not list((pile.donnees).rglob(f"*/{session.numero}/*.pdf")), 200, 0.5)
        attendre(lambda: not se_lit_encore(session), 200, 0.5)
        with suppress(TimeoutError):  # where it still stands is said below
            attendre(lambda: ou_se_lit(suivante) == [], 200, 0.5)
    finally:
        suivante.arreter()
    assert ou_se_lit(suivante) == []


def se_lit_encore(session: PageSession) -> bool:
    """Whether the page of the session still opens: its files go before it does."""
    titre = session.aller("telechargements").page.get_by_role("heading", level=1)
    return "Session" in (titre.text_content() or "")


def ou_se_lit(pile: Lance) -> list[str]:
    """The files, logs included, where the marker stands in any case."""
    fichiers = [pile.sortie, *(f for f in pile.donnees.rglob("*") if f.is_file())]
    return [f.name for f in fichiers if MARQUE.lower().encode() in f.read_bytes().lower()]
