"""Sending the results, or the session back with a comment: complete, once, refused beside what is wrong."""

from datetime import date, timedelta
from typing import Any

import pytest

from certif.domaine.acteur import TypeRole
from certif.domaine.personnes.modeles import Entite
from certif.domaine.referentiel.modeles import Qualification
from certif.domaine.sessions.etats import Action, Etat
from certif.socle.base.extensions import db
from certif.socle.horloge import aujourd_hui
from tests.support.factories import un_role, un_stagiaire
from tests.support.moves import agir, courriers, lignes, porter_a
from tests.web.distribution import Navigateur
from tests.web.formateur.page import Onglet, action_choisie, cochees, meme_code
from tests.web.lecture import texte
from tests.web.scene import Scene

R, E = "reussite", "echec"
COMMENTAIRE = "FAŸ Myriam est née le 15/03/1978.\r\n<b>{{7*7}}</b>"


def test_results_are_sent_and_then_only_read(scene: Scene, onglet: Onglet) -> None:
    motif: dict[str, Any] = {f"motif-{onglet.stagiaires[2]}": "epreuves"}
    reponse = onglet.soumettre(R, R, E, **motif)
    assert reponse.status_code == 303
    assert scene.etat(onglet.numero) is Etat.VALIDATION_ENTITE
    page = onglet.navigateur.get(reponse.location).text
    assert "Résultats envoyés à MAROSE FORMATION : 2 réussites, 1 échec." in texte(page)
    assert "Au tour de MAROSE FORMATION" in texte(page)
    assert "Échec Épreuves non réussies" in texte(page)
    assert 'type="radio"' not in page
    assert "Soumettre" not in page


def test_with_htmx_the_page_becomes_the_fresh_one(onglet: Onglet) -> None:
    reponse = onglet.soumettre(R, R, E, htmx=True)
    assert reponse.status_code == 200
    assert "Résultats envoyés à MAROSE FORMATION" in reponse.text
    fraiche = meme_code(onglet.lire())
    for morceau in reponse.text.split("</hx-partial>")[:-1]:
        if 'id="messages"' not in morceau:
            assert meme_code(morceau.partition('swap="outerMorph">')[2]) in fraiche


def test_a_double_click_sends_once(scene: Scene, onglet: Onglet) -> None:
    assert [onglet.soumettre(R, R, E).status_code for _ in range(2)] == [303, 303]
    assert scene.dans(lambda: len(lignes(onglet.numero, Action.ENVOYER_RESULTATS))) == 1


def test_sending_needs_a_result_for_everyone(scene: Scene, onglet: Onglet) -> None:
    for htmx in (False, True):
        reponse = onglet.soumettre(R, htmx=htmx)
        assert reponse.status_code == 422
        lu = texte(reponse.text)
        assert "2 informations sont à corriger" in lu
        assert "FAŸ Myriam : Choisissez Échec ou Réussite." in lu
        assert f'href="#resultat-{onglet.stagiaires[1]}"' in reponse.text
        assert cochees(reponse.text) == {onglet.stagiaires[0]: R}
    assert scene.etat(onglet.numero) is Etat.VALIDATION_FORMATEUR
    assert onglet.stockees() == [None, None, None]


@pytest.mark.parametrize("action", ["", "generer", "supprimer", "pas_ma_session", "' OR 1=1", "x" * 5_000])
def test_an_action_that_the_page_does_not_offer_does_nothing(
    scene: Scene, onglet: Onglet, action: str
) -> None:
    reponse = onglet.soumettre(R, R, R, action=action)
    assert reponse.status_code == 422
    assert "Choisissez ce que vous voulez faire." in texte(reponse.text)
    assert cochees(reponse.text) == dict.fromkeys(onglet.stagiaires, R)
    assert scene.etat(onglet.numero) is Etat.VALIDATION_FORMATEUR


def test_a_return_takes_the_comment_as_typed_and_leaves_a_line_without_link(
    scene: Scene, onglet: Onglet
) -> None:
    reponse = onglet.soumettre(action="retour_commente", commentaire=COMMENTAIRE)
    assert reponse.location == "/formateur/sessions/a-traiter"
    assert scene.etat(onglet.numero) is Etat.SAISIE
    assert scene.voir(onglet.numero, lambda s: s.retour_commentaire) == COMMENTAIRE.replace("\r\n", "\n")
    assert "est renvoyée à l’entité" in onglet.navigateur.get(reponse.location).text
    en_cours = onglet.navigateur.get("/formateur/sessions/en-cours").text
    assert "MAROSE FORMATION" in en_cours
    assert f'href="{onglet.adresse}"' not in en_cours
    refusee = onglet.navigateur.get(onglet.adresse)
    assert refusee.status_code == 404
    assert "MAROSE FORMATION a repris la session" in texte(refusee.text)
    assert "FERRAND" not in refusee.text


def test_a_return_clicked_twice_is_one_return(scene: Scene, onglet: Onglet) -> None:
    clics = [onglet.soumettre(action="retour_commente", commentaire="Corriger la date.") for _ in range(2)]
    assert [clic.status_code for clic in clics] == [303, 303]
    assert scene.dans(lambda: len(lignes(onglet.numero, Action.RETOUR_COMMENTE))) == 1


@pytest.mark.parametrize(
    "commentaire", ["", " \n\t ", "\u200b", "x" * 2_001, "a\x00b", "a\u202eb", "é" * 500_000], ids=len
)
def test_a_comment_refused_is_kept_with_the_answers(scene: Scene, onglet: Onglet, commentaire: str) -> None:
    reponse = onglet.soumettre(R, "", E, action="retour_commente", commentaire=commentaire)
    assert reponse.status_code in (413, 422)
    if reponse.status_code == 422:
        assert 'aria-describedby="commentaire-erreur"' in reponse.text
        un, _, trois = onglet.stagiaires
        assert cochees(reponse.text) == {un: R, trois: E}
        assert action_choisie(reponse.text) == ["retour_commente"]
        assert len(commentaire) > 2_001 or commentaire.strip() in reponse.text
    assert scene.etat(onglet.numero) is Etat.VALIDATION_FORMATEUR


def test_a_stale_submission_sends_nothing_and_keeps_the_comment(scene: Scene, onglet: Onglet) -> None:
    Onglet(scene, onglet.navigateur, onglet.numero).enregistrer(E)
    for action in ("envoyer_resultats", "retour_commente"):
        reponse = onglet.soumettre(R, R, R, action=action, commentaire="La date est fausse.")
        assert reponse.status_code == 409
        assert "a enregistré des résultats" in texte(reponse.text)
        assert "La date est fausse." in reponse.text
        assert action_choisie(reponse.text) == [action]
    assert onglet.stockees() == [E, None, None]


def test_sending_again_other_results_is_refused_over_what_was_sent(onglet: Onglet) -> None:
    onglet.soumettre(R, R, E)
    reponse = onglet.soumettre(R, R, R)
    assert reponse.status_code == 409
    assert "a envoyé les résultats des stagiaires" in texte(reponse.text)
    assert "2 réussites, 1 échec" in texte(reponse.text)
    assert onglet.stockees() == [R, R, E]


def test_a_qualification_that_no_longer_covers_blocks_the_sending_with_its_reason(
    scene: Scene, onglet: Onglet
) -> None:
    def raccourcir() -> None:
        acteur = scene.troupe.formateur
        db.session.query(Qualification).filter_by(individu_id=acteur.individu_id).update(
            {"fin": date(2021, 1, 1)}
        )
        db.session.commit()

    scene.dans(raccourcir)
    page = onglet.lire()
    assert "Bloquée : sa qualification SST / 1 a pris fin le 01/01/2021" in texte(page)
    assert action_choisie(page) == ["retour_commente"]
    reponse = onglet.soumettre(R, R, R)
    assert reponse.status_code == 422
    assert cochees(reponse.text) == dict.fromkeys(onglet.stagiaires, R)
    assert scene.etat(onglet.numero) is Etat.VALIDATION_FORMATEUR


def test_a_suspended_entite_is_read_only(scene: Scene, onglet: Onglet) -> None:
    def suspendre() -> None:
        db.session.get_one(Entite, scene.troupe.marose.entite_id).suspendue_le = date(2021, 1, 1)
        db.session.commit()

    scene.dans(suspendre)
    page = onglet.lire()
    assert "MAROSE FORMATION est suspendue" in texte(page)
    assert 'type="radio"' not in page
    assert onglet.soumettre(R, R, R).status_code == 409
    assert onglet.stockees() == [None, None, None]


def test_sending_before_the_end_is_warned_and_allowed(scene: Scene, formateur: Navigateur) -> None:
    demain = aujourd_hui() + timedelta(days=1)
    numero = scene.session(Etat.VALIDATION_FORMATEUR, stagiaires=[un_stagiaire()], date_fin=demain)
    onglet = Onglet(scene, formateur, numero)
    assert f"La session se termine le {demain:%d/%m/%Y}" in texte(onglet.lire())
    assert onglet.soumettre(R).status_code == 303
    assert scene.etat(numero) is Etat.VALIDATION_ENTITE


@pytest.mark.parametrize("etat", [Etat.GENERATION, Etat.GENERE])
def test_results_stay_readable_until_the_purge_and_no_file_is_offered(
    scene: Scene, formateur: Navigateur, etat: Etat
) -> None:
    numero = scene.session(etat, reussites=2, echecs=1)
    page = formateur.get(f"/formateur/sessions/{numero}/stagiaires").text
    assert "2 réussites, 1 échec" in texte(page)
    assert "éléchargement" not in page
    assert "élécharger" not in page
    assert ".pdf" not in page


def test_who_submits_to_oneself_goes_from_one_space_to_the_other(scene: Scene, onglet: Onglet) -> None:
    individu_id = scene.troupe.formateur.individu_id
    scene.dans(lambda: un_role(individu_id, TypeRole.GESTIONNAIRE, scene.troupe.marose.entite_id))
    lien = f'href="/entite/{scene.troupe.marose.entite_id}/"'
    assert lien in onglet.lire()
    retour = onglet.navigateur.get(scene.adresse(f"/sessions/{onglet.numero}/session")).text
    assert f'href="{onglet.adresse}/stagiaires"' in retour
    assert 'href="/formateur/"' in retour


@pytest.mark.parametrize("qui", ["remplacant", "gestionnaire", "delegataire", "etranger", "administrateur"])
def test_nobody_else_reads_or_sends(scene: Scene, numero: int, qui: str) -> None:
    autre = Onglet(scene, scene.navigateur(getattr(scene.troupe, qui)), numero)
    for suite in ("", "/stagiaires", "/pas-ma-session"):
        reponse = autre.navigateur.get(autre.adresse + suite)
        assert reponse.status_code == 404
        assert "FERRAND" not in reponse.text
    assert autre.soumettre(R, R, R).status_code == 404
    assert autre.soumettre(action="retour_commente", commentaire="x").status_code == 404
    assert scene.etat(numero) is Etat.VALIDATION_FORMATEUR
    assert scene.dans(courriers) == []


def test_a_formateur_replaced_loses_access_at_once(scene: Scene, onglet: Onglet) -> None:
    def remplacer() -> None:
        agir(Action.REPRENDRE_SAISIE, scene.troupe.gestionnaire, onglet.numero)
        porter_a(onglet.numero, formateur_id=scene.troupe.remplacant.individu_id)

    scene.dans(remplacer)
    reponse = onglet.soumettre(R, R, R)
    assert reponse.status_code == 404
    assert "MAROSE" not in reponse.text
