"""Drafts of results: nothing preselected, each answer kept, all at once and undone, nothing overwritten."""

import re
from typing import Any

import pytest

from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.valeurs import MotifEchec
from certif.socle.base.extensions import db
from certif.web.formateur.stagiaires.reponses import ecrire_annulables, lire_annulables
from tests.support.factories import identites, un_stagiaire
from tests.support.moves import agir, lire
from tests.web import arbre
from tests.web.formateur.page import Onglet, cochees, meme_code
from tests.web.lecture import texte
from tests.web.scene import Scene

R, E = "reussite", "echec"
CANARI = "\u202e<b>{{7*7}}"


def test_nothing_is_preselected(onglet: Onglet) -> None:
    page = onglet.lire()
    assert cochees(page) == {}
    assert "3 stagiaires sans résultat" in texte(page)
    assert "<strong>FERRAND</strong> Régine" in page


def test_an_answer_is_kept_and_the_rest_stays_open(onglet: Onglet) -> None:
    reponse = onglet.enregistrer("", R)
    assert reponse.status_code == 303
    assert reponse.location == f"{onglet.adresse}/stagiaires"
    assert onglet.stockees() == [None, R, None]
    page = onglet.lire()
    assert cochees(page) == {onglet.stagiaires[1]: R}
    assert re.search(r"Enregistré à \d+ h \d\d", texte(page))
    assert "2 stagiaires sans résultat" in texte(page)


def test_the_reason_of_an_echec_is_kept_and_goes_with_it(scene: Scene, onglet: Onglet) -> None:
    absent: dict[str, Any] = {f"motif-{onglet.stagiaires[0]}": "absent"}
    onglet.enregistrer(E, **absent)
    assert _motifs(scene, onglet) == [MotifEchec.ABSENT, None, None]
    onglet.version = scene.version(onglet.numero)
    onglet.enregistrer(R, **absent)
    assert _motifs(scene, onglet) == [None, None, None]


def _motifs(scene: Scene, onglet: Onglet) -> list[MotifEchec | None]:
    return scene.voir(onglet.numero, lambda s: [stagiaire.motif_echec for stagiaire in s.stagiaires])


def test_what_is_said_of_the_answers_is_for_who_has_a_script_that_keeps_it_true(onglet: Onglet) -> None:
    onglet.enregistrer(R, R, E)
    for morceau in ("reste", "jointes"):
        [dit] = arbre.lire(onglet.lire()).xpath("//*[@id=$morceau]", morceau=morceau)
        assert "si-js" in dit.get("class").split()


def test_an_autosave_answers_the_pieces_around_the_list_only(onglet: Onglet) -> None:
    reponse = onglet.enregistrer(R, htmx=True)
    cibles = re.findall(r'hx-target="#([\w-]+)"', reponse.text)
    assert cibles == ["refus", "version", "outils", "enregistrement", "reste", "jointes"]
    assert f'name="version" value="{onglet.version + 1}"' in " ".join(reponse.text.split())
    assert len(reponse.data) < 3_000


@pytest.mark.parametrize("geste", ["", "/reussites"])
def test_the_fragments_are_those_of_a_fresh_page(onglet: Onglet, geste: str) -> None:
    reponse = onglet.enregistrer(R, E, geste=geste, htmx=True)
    fraiche = onglet.navigateur.get(
        f"{onglet.adresse}/stagiaires", query_string={"annulables": onglet.stagiaires[2]} if geste else {}
    ).text
    for morceau in re.findall(r"<hx-partial [^>]*>(.*?)</hx-partial>", reponse.text, re.S):
        assert meme_code(morceau) in meme_code(fraiche)


def test_tous_en_reussite_answers_those_without_a_result_and_can_be_undone(onglet: Onglet) -> None:
    reponse = onglet.enregistrer(E, geste="/reussites")
    assert onglet.stockees() == [E, R, R]
    page = onglet.navigateur.get(reponse.location).text
    assert "2 stagiaires mis en réussite" in texte(page)
    annulables = re.search(r'name="annulables"\s+value="([\d.-]+)"', page)
    assert annulables
    onglet.version = onglet.scene.version(onglet.numero)
    onglet.enregistrer(E, R, E, geste="/annulation", annulables=annulables[1])
    assert onglet.stockees() == [E, None, E]


def test_a_double_click_changes_once(onglet: Onglet) -> None:
    assert [onglet.enregistrer(R, geste="/reussites").status_code for _ in range(2)] == [303, 303]
    assert onglet.scene.version(onglet.numero) == onglet.version + 1


def test_a_second_screen_is_told_what_changed_and_overwrites_nothing(onglet: Onglet, scene: Scene) -> None:
    autre = Onglet(scene, onglet.navigateur, onglet.numero)
    autre.enregistrer(E)
    reponse = onglet.enregistrer(R, R)
    assert reponse.status_code == 409
    assert onglet.stockees() == [E, None, None]
    assert "RIVIÈRE Stéphanie a enregistré des résultats" in texte(reponse.text)
    assert "Enregistré depuis un autre écran ; ici, vous aviez choisi Réussite." in texte(reponse.text)
    un, deux, _ = onglet.stagiaires
    assert cochees(reponse.text) == {un: E, deux: R}
    assert f'value="{scene.version(onglet.numero)}"' in reponse.text


def test_answers_of_the_last_submission_are_taken_back_where_they_still_hold(
    scene: Scene, onglet: Onglet
) -> None:
    onglet.enregistrer(R, E, R)
    scene.dans(lambda: agir(Action.RETOUR_COMMENTE, scene.troupe.formateur, onglet.numero))
    scene.dans(lambda: _corriger(scene, onglet.numero))
    scene.dans(lambda: agir(Action.SOUMETTRE_AU_FORMATEUR, scene.troupe.gestionnaire, onglet.numero))
    onglet.version = scene.version(onglet.numero)
    page = texte(onglet.lire())
    assert "Reprendre mes réponses précédentes (2 sur 4)" in page
    assert "Nom corrigé ; avant : Faÿ" in page
    assert "Ajouté depuis votre dernière lecture" in page
    assert "2 stagiaires ajoutés ou corrigés" in page
    onglet.enregistrer(E, geste="/reprise")
    assert onglet.stockees() == [E, None, R, None], "what is answered already is never replaced"
    assert "Reprendre" not in texte(onglet.lire())


def _corriger(scene: Scene, numero: int) -> None:
    session_certif = lire(numero)
    session_certif.stagiaires[1].nom = "Fay"
    session_certif.stagiaires.append(un_stagiaire("Zidane", "Inès"))
    db.session.commit()


@pytest.mark.parametrize(
    ("champs", "statut"),
    [
        ({"resultat-{0}": "peut-être"}, 422),
        ({"resultat-{0}": E, "motif-{0}": CANARI}, 422),
        ({"resultat-999999": R}, 404),
        ({"resultat-²": R}, 404),
        ({"resultat-٣": R}, 404),
        ({"resultat-" + "9" * 400: R}, 404),
        ({"resultat-": R}, 404),
        ({"version": ""}, 422),
        ({"version": "1e9"}, 422),
        ({"version": "-1"}, 422),
        ({"version": "999999999"}, 409),
    ],
    ids=str,
)
def test_what_no_page_posts_changes_nothing(onglet: Onglet, champs: dict[str, str], statut: int) -> None:
    postes: dict[str, Any] = {cle.format(onglet.stagiaires[0]): valeur for cle, valeur in champs.items()}
    assert onglet.enregistrer(**postes).status_code == statut
    assert onglet.stockees() == [None, None, None]


@pytest.mark.parametrize(
    "annulables", ["", "x", "777..888", "٣", "-1", "9" * 5_000, "1-9" * 5, "9-1", "1-2147483647", CANARI]
)
def test_a_forged_list_of_what_to_undo_undoes_nothing(onglet: Onglet, annulables: str) -> None:
    assert onglet.enregistrer(R, R, geste="/annulation", annulables=annulables).status_code == 303
    assert onglet.stockees() == [R, R, None]
    adresse = f"{onglet.adresse}/stagiaires"
    assert onglet.navigateur.get(adresse, query_string={"annulables": annulables}).status_code == 200


def test_extra_fields_are_nothing(onglet: Onglet, scene: Scene) -> None:
    onglet.enregistrer(R, etat="genere", formateur_id="1", role="administrateur", numero="1")
    assert onglet.stockees() == [R, None, None]
    assert scene.etat(onglet.numero).value == "validation_formateur"


@pytest.mark.parametrize("geste", ["", "/reussites", "/annulation", "/reprise"])
@pytest.mark.parametrize("qui", ["remplacant", "gestionnaire", "etranger", "administrateur"])
def test_nobody_else_answers(scene: Scene, numero: int, qui: str, geste: str) -> None:
    autre = Onglet(scene, scene.navigateur(getattr(scene.troupe, qui)), numero)
    assert autre.enregistrer(R, geste=geste).status_code == 404
    assert autre.stockees() == [None, None, None]


def test_a_session_taken_back_says_so_and_takes_nothing(scene: Scene, onglet: Onglet) -> None:
    scene.dans(lambda: agir(Action.REPRENDRE_SAISIE, scene.troupe.gestionnaire, onglet.numero))
    reponse = onglet.enregistrer(R)
    assert reponse.status_code == 404
    assert f"MAROSE FORMATION a repris la session n°{onglet.numero}" in texte(reponse.text)
    assert onglet.stockees() == [None, None, None]


@pytest.mark.parametrize(
    "cles", [{3}, {12, 13, 14, 50}, set(range(40_000, 41_500)), set(range(100_000, 101_000, 2))], ids=len
)
def test_what_can_be_undone_fits_in_an_address(cles: set[int]) -> None:
    ecrites = ecrire_annulables(frozenset(cles))
    assert len(ecrites) <= 4_000
    assert lire_annulables(ecrites) == cles


def test_seven_hundred_trainees_are_undone_at_once(scene: Scene) -> None:
    stagiaires = [un_stagiaire(*identite) for identite in identites(700)]
    numero = scene.session(Etat.VALIDATION_FORMATEUR, stagiaires=stagiaires)
    onglet = Onglet(scene, scene.navigateur(scene.troupe.formateur), numero)
    reponse = onglet.enregistrer(geste="/reussites")
    page = onglet.navigateur.get(reponse.location).text
    assert "700 stagiaires mis en réussite" in texte(page)
