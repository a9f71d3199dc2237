"""REGISTRE and JOURNAL: found by what remains, never by a name; cancelled after a recap."""

import html
import re

import pytest
from sqlalchemy import select

from certif.domaine.acteur import TypeRole
from certif.domaine.certificats.modeles import LigneRegistre, StatutRegistre
from certif.domaine.certificats.registre.numeros import presenter
from certif.domaine.journal import consigner
from certif.domaine.libelles import ecrans
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.valeurs import Resultat
from certif.socle.base import pagination
from certif.socle.base.extensions import db
from certif.socle.base.pagination import PAR_PAGE
from tests.support.factories import un_acteur, un_stagiaire, une_personne
from tests.web.administration.test_fiches_des_entites import caches, envoyer
from tests.web.distribution import Navigateur
from tests.web.lecture import Page
from tests.web.scene import Scene

LISTE = "/administration/registre"
JOURNAL = "/administration/journal"
INDIVIDUS, PAR_VENUE = "/administration/individus", "?tri=connexion&page=9"


@pytest.fixture
def numeros(scene: Scene) -> list[str]:
    """Two certificates of one session of MAROSE."""
    deux = [un_stagiaire(nom, resultat=Resultat.REUSSITE) for nom in ("Canarion", "Canaride")]
    numero = scene.session(Etat.GENERE, stagiaires=deux)
    return scene.dans(
        lambda: list(db.session.scalars(select(LigneRegistre.numero).filter_by(session_numero=numero)))
    )


def statuts(scene: Scene, numeros: list[str]) -> list[StatutRegistre]:
    return scene.dans(lambda: [db.session.get_one(LigneRegistre, n).statut for n in numeros])


def test_it_is_searched_by_number_session_dates_and_entite_and_names_nobody(
    scene: Scene, admin: Navigateur, numeros: list[str]
) -> None:
    ligne = scene.dans(lambda: db.session.get_one(LigneRegistre, numeros[0]))
    fin = ligne.date_fin.strftime("%d/%m/%Y")
    session = str(ligne.session_numero)
    trouvent = (
        {"recherche": presenter(numeros[0]).lower()},
        {"recherche": numeros[0], "session": session, "entite": "maro"},
        {"session": session, "du": fin, "au": fin},
    )
    for criteres in trouvent:
        page = admin.get(LISTE, query_string=criteres).text
        assert presenter(numeros[0]) in page, criteres
        assert "canari" not in page.lower()
    ignorent = (
        {"recherche": "x"},
        {"session": "0"},
        {"entite": "guy"},
        {"du": "01/01/2099"},
        {"statut": "annule"},
    )
    for criteres in ignorent:
        assert presenter(numeros[0]) not in admin.get(LISTE, query_string=criteres).text, criteres


def test_a_long_journal_is_read_to_its_end_and_back(
    scene: Scene, admin: Navigateur, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pagination, "COMPTE_MAX", 2 * PAR_PAGE)
    scene.dans(lambda: ecrire_au_journal(4 * PAR_PAGE))
    suite, pages = JOURNAL, []
    while suite:
        pages.append(page := admin.get(suite).text)
        suite = voisine(page, "next")
    assert [n for page in pages for n in lignes(page)] == [*range(4 * PAR_PAGE - 1, -1, -1)]
    assert f"1 à {PAR_PAGE} sur plus de {2 * PAR_PAGE} lignes" in pages[0]
    assert f"{3 * PAR_PAGE + 1} à {4 * PAR_PAGE} sur plus de {2 * PAR_PAGE} lignes" in pages[3]
    assert not any(ecrans.PRECISER_POUR_LA_SUITE in page for page in pages)
    retour = [pages[-1]]
    while avant := voisine(retour[-1], "prev"):
        retour.append(admin.get(avant).text)
    assert [lignes(page) for page in reversed(retour)] == [lignes(page) for page in pages]


def test_a_long_list_whose_pages_end_says_that_there_are_more(
    scene: Scene, admin: Navigateur, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pagination, "COMPTE_MAX", 2 * PAR_PAGE)
    scene.dans(lambda: [une_personne() for _ in range(2 * PAR_PAGE)])
    par_nom, par_venue = (Page(admin.get(f"{INDIVIDUS}{suite}")).texte for suite in ("?page=9", PAR_VENUE))
    assert "Suivante" in par_nom and ecrans.PRECISER_POUR_LA_SUITE not in par_nom
    assert f"sur plus de {2 * PAR_PAGE} personnes. {ecrans.PRECISER_POUR_LA_SUITE}" in par_venue
    assert "Suivante" not in par_venue


def lignes(page: str) -> list[int]:
    """Which session each line of the journal is about."""
    return [int(n) for n in re.findall(r"la session n°(\d+)", page)]


def voisine(page: str, sens: str) -> str:
    """Where « Suivante » or « Précédente » leads, "" nowhere."""
    trouvee = re.search(rf'rel="{sens}" href="([^"]+)"', page)
    return html.unescape(trouvee[1]) if trouvee else ""


def ecrire_au_journal(lignes: int) -> None:
    for numero in range(lignes):
        consigner("", "essai", "session", numero)
    db.session.commit()


@pytest.mark.parametrize("adresse", [LISTE, JOURNAL])
def test_a_criterion_that_means_nothing_is_said_beside_its_field(admin: Navigateur, adresse: str) -> None:
    for texte in ("31/02/2026", "1/6/26", "٠١/٠١/٢٠٢٦", "<b>", "9" * 79):
        reponse = admin.get(adresse, query_string={"du": texte})
        assert reponse.status_code == 422, texte
        assert Page(reponse).messages["du"], texte
        assert Page(reponse).dangers == []
    for query in ("page=-1", "tri=mot_de_passe", "page=99999999999", "sens=x&tri=", "inconnu=1"):
        assert admin.get(f"{adresse}?{query}").status_code == 200, query


def test_one_certificate_is_cancelled_after_a_recap_that_names_it(
    scene: Scene, admin: Navigateur, numeros: list[str]
) -> None:
    adresse = f"{LISTE}/{numeros[0]}/annuler"
    envoi = envoyer(admin, adresse, motif="fraude", precisions="Vu avec <l'entité>")
    recapitulatif = admin.get(envoi.location)
    assert "Vu avec" not in envoi.location
    assert Page(recapitulatif).dangers == []
    assert presenter(numeros[0]) in recapitulatif.text and presenter(numeros[1]) not in recapitulatif.text
    assert statuts(scene, numeros) == [StatutRegistre.DELIVRE, StatutRegistre.DELIVRE]
    assert envoyer(admin, adresse, motif="rien", precisions="", confirme="1").status_code == 422
    assert envoyer(admin, adresse, motif="fraude", precisions="", confirme="1").status_code == 303
    assert statuts(scene, numeros) == [StatutRegistre.ANNULE, StatutRegistre.DELIVRE]
    assert "Fraude" in admin.get(f"{LISTE}/{numeros[0]}").text
    assert presenter(numeros[0]) in admin.get(JOURNAL, query_string={"objet": "session"}).text


def test_a_recap_is_found_again_corrected_and_its_authors_only(
    scene: Scene, admin: Navigateur, numeros: list[str]
) -> None:
    adresse = f"{LISTE}/{numeros[0]}/annuler"
    recapitulatif = envoyer(admin, adresse, motif="autre", precisions="à revoir").location
    for _ in range(2):
        assert "Annuler définitivement" in admin.get(recapitulatif).text
    corrige = Page(admin.get(f"{recapitulatif}&corriger=1"))
    assert corrige.valeurs["precisions"] == "à revoir"
    autre = scene.navigateur(scene.dans(lambda: un_acteur(TypeRole.ADMINISTRATEUR)))
    assert "à revoir" not in autre.get(recapitulatif).text
    assert "à revoir" not in admin.get(recapitulatif.replace(numeros[0], numeros[1])).text
    champs = {**caches(admin.get(recapitulatif)), "motif": "autre", "precisions": "", "confirme": "1"}
    assert admin.post(adresse, champs).status_code == 303
    # Back on the recap of what is done: it leads to what was done.
    assert admin.get(recapitulatif).location == f"{LISTE}/{numeros[0]}"
    assert statuts(scene, numeros) == [StatutRegistre.ANNULE, StatutRegistre.DELIVRE]


def test_a_whole_session_is_cancelled_at_once(scene: Scene, admin: Navigateur, numeros: list[str]) -> None:
    adresse = f"{LISTE}/{numeros[0]}/annuler-la-session"
    envoi = envoyer(admin, adresse, motif="tort", precisions="")
    assert presenter(numeros[1]) in admin.get(envoi.location).text
    assert envoyer(admin, adresse, motif="tort", precisions="", confirme="1").status_code == 303
    assert statuts(scene, numeros) == [StatutRegistre.ANNULE, StatutRegistre.ANNULE]
