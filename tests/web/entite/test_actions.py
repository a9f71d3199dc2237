"""The action box: what can be done, said before it is done; submitting, taking back, generating, closing."""

from datetime import timedelta

import pytest

from certif.domaine.referentiel.modeles import Habilitation
from certif.domaine.sessions.etats import Etat
from certif.domaine.temps import format_date
from certif.socle.base.extensions import db
from certif.socle.horloge import aujourd_hui
from tests.support.moves import courriers, existe
from tests.web import arbre
from tests.web.distribution import Navigateur
from tests.web.scene import Scene


def page(scene: Scene, numero: int, suite: str = "/stagiaires") -> str:
    return scene.adresse(f"/sessions/{numero}{suite}")


def agir(scene: Scene, numero: int, action: str) -> str:
    return page(scene, numero, f"/actions/{action}")


def retirer_l_habilitation(scene: Scene) -> None:
    db.session.get_one(Habilitation, scene.troupe.marose.habilitation_id).retrait_le = aujourd_hui()
    db.session.commit()


def test_the_box_says_to_whom_the_session_would_go(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session(Etat.SAISIE)
    boite = gestionnaire.get(page(scene, numero)).text
    assert "Soumettre à RIVIÈRE Stéphanie (" in boite
    assert "qui indiquera les stagiaires en réussite" in boite


def test_submitting_hands_the_session_over(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session(Etat.SAISIE)
    reponse = gestionnaire.post(
        agir(scene, numero, "soumettre_au_formateur"), {"version": scene.version(numero)}
    )
    assert reponse.status_code == 303
    assert reponse.location == page(scene, numero)
    assert scene.etat(numero) is Etat.VALIDATION_FORMATEUR
    page_suivante = gestionnaire.get(reponse.location)
    [fait] = arbre.lire(page_suivante.text).xpath("//*[@id='messages']/*[@class='alerte alerte--succes']")
    assert arbre.texte(fait).startswith(f"La session n°{numero} est soumise au formateur")
    assert "RIVIÈRE Stéphanie a la session" in page_suivante.text


def test_a_double_click_submits_once(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session(Etat.SAISIE)
    champs = {"version": scene.version(numero)}
    adresse = agir(scene, numero, "soumettre_au_formateur")
    assert [gestionnaire.post(adresse, champs).status_code for _ in range(2)] == [303, 303]
    assert scene.dans(lambda: len(courriers())) == 1


def test_what_is_missing_leads_to_the_field_that_mends_it(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session(Etat.SAISIE, certificat_id=None, formateur_id=None, stagiaires=[])
    boite = gestionnaire.get(page(scene, numero)).text
    assert f'href="{page(scene, numero, "/session")}#certificat_id"' in boite
    assert f'href="{page(scene, numero, "/formateur")}#numero"' in boite
    assert f'href="{page(scene, numero)}#stagiaires"' in boite
    assert "3\u00a0points restent à régler" in boite


def test_an_incomplete_session_stays_with_the_reason_and_the_links(
    scene: Scene, gestionnaire: Navigateur
) -> None:
    numero = scene.session(Etat.SAISIE, certificat_id=None)
    adresse = agir(scene, numero, "soumettre_au_formateur")
    champs = {"version": scene.version(numero)}
    for reponse in (gestionnaire.post(adresse, champs), gestionnaire.htmx(adresse, champs)):
        assert reponse.status_code == 422
        assert "ne peut pas encore être soumise" in reponse.text
        assert "Le certificat doit être renseigné." in reponse.text
    assert scene.etat(numero) is Etat.SAISIE


def test_what_only_the_rules_refuse_is_told_before_the_click(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session(Etat.SAISIE)
    scene.dans(lambda: retirer_l_habilitation(scene))
    assert "Aucune habilitation SST / 1 ne couvre" in gestionnaire.get(page(scene, numero)).text


def test_a_stale_click_says_what_changed(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session(Etat.SAISIE)
    ancienne = scene.version(numero)
    ajout = {"nom": "Joubert", "prenom": "Pierre", "date_naissance": "18/02/1964", "version": ancienne}
    gestionnaire.post(page(scene, numero), ajout)
    reponse = gestionnaire.htmx(agir(scene, numero, "soumettre_au_formateur"), {"version": ancienne})
    assert reponse.status_code == 409
    assert "un stagiaire ajouté" in reponse.text
    assert f'name="version" value="{scene.version(numero)}"' in reponse.text
    assert scene.etat(numero) is Etat.SAISIE


def test_taking_back_is_announced_then_done(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session(Etat.VALIDATION_FORMATEUR)
    recap = gestionnaire.get(page(scene, numero, "/actions?action=reprendre_saisie"))
    assert "n’est plus proposée à R. Stéphanie" in recap.text
    assert scene.etat(numero) is Etat.VALIDATION_FORMATEUR
    reponse = gestionnaire.post(agir(scene, numero, "reprendre_saisie"), {"version": scene.version(numero)})
    assert reponse.location == page(scene, numero, "/session")
    assert scene.etat(numero) is Etat.SAISIE


def test_the_recap_is_a_dialog_with_htmx(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session(Etat.VALIDATION_ENTITE)
    entetes = {"HX-Request": "true", "HX-Request-Type": "partial"}
    reponse = gestionnaire.get(page(scene, numero, "/actions?action=generer"), headers=entetes)
    assert 'hx-target="#dialogue"' in reponse.text
    assert "<html" not in reponse.text


def test_reminding_the_formateur_writes_one_mail_a_day(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session(Etat.VALIDATION_FORMATEUR)
    adresse = page(scene, numero, "/relance")
    champs = {"version": scene.version(numero)}
    assert [gestionnaire.post(adresse, champs).status_code for _ in range(2)] == [303, 303]
    assert scene.dans(lambda: len(courriers())) == 1
    boite = gestionnaire.get(page(scene, numero)).text
    assert "Dernière relance le" in boite
    assert "Relancer le formateur" not in boite


def test_generating_is_announced_with_its_count_and_last_day(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session(Etat.VALIDATION_ENTITE, reussites=2, echecs=1)
    dernier_jour = format_date(aujourd_hui() + timedelta(days=15))
    recap = gestionnaire.get(page(scene, numero, "/actions?action=generer")).text
    assert f"2\u00a0certificats vont être établis. Vous aurez jusqu’au {dernier_jour} inclus" in recap
    assert scene.etat(numero) is Etat.VALIDATION_ENTITE


def test_generating_leads_to_the_downloads_however_often_it_is_clicked(
    scene: Scene, gestionnaire: Navigateur
) -> None:
    numero = scene.session(Etat.VALIDATION_ENTITE, reussites=2)
    champs = {"version": scene.version(numero)}
    for _ in range(2):
        reponse = gestionnaire.post(agir(scene, numero, "generer"), champs)
        assert reponse.location == page(scene, numero, "/telechargements")
    assert scene.etat(numero) is Etat.GENERATION
    assert scene.voir(numero, lambda s: s.certificats_total) == 2


def test_before_the_end_of_the_session_generating_waits_and_says_until_when(
    scene: Scene, gestionnaire: Navigateur
) -> None:
    demain = aujourd_hui() + timedelta(days=1)
    numero = scene.session(Etat.VALIDATION_ENTITE, date_fin=demain)
    attente = f"Les certificats pourront être générés à partir du {format_date(demain)}."
    boite = gestionnaire.get(page(scene, numero)).text
    assert attente in boite
    assert arbre.lire(boite).xpath("//input[@value='generer']/@disabled")
    reponse = gestionnaire.post(agir(scene, numero, "generer"), {"version": scene.version(numero)})
    assert reponse.status_code == 422
    assert attente in reponse.text
    assert scene.etat(numero) is Etat.VALIDATION_ENTITE


def test_a_blocked_session_says_why(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session(Etat.VALIDATION_ENTITE)
    scene.dans(lambda: retirer_l_habilitation(scene))
    assert "Bloquée\u00a0: aucune habilitation" in gestionnaire.get(page(scene, numero)).text
    reponse = gestionnaire.htmx(agir(scene, numero, "generer"), {"version": scene.version(numero)})
    assert reponse.status_code == 422
    assert "Aucune habilitation SST / 1 ne couvre" in reponse.text


def test_modifying_warns_that_the_results_go(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session(Etat.VALIDATION_ENTITE)
    recap = gestionnaire.get(page(scene, numero, "/actions?action=modifier_saisie")).text
    assert "Les résultats sont effacés" in recap
    gestionnaire.post(agir(scene, numero, "modifier_saisie"), {"version": scene.version(numero)})
    assert scene.etat(numero) is Etat.SAISIE
    assert scene.voir(numero, lambda s: {x.resultat for x in s.stagiaires}) == {None}


def test_without_a_reussite_the_session_closes_and_is_gone(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session(Etat.VALIDATION_ENTITE, reussites=0, echecs=2)
    boite = gestionnaire.get(page(scene, numero)).text
    assert "Clore la session sans certificat" in boite
    assert "Générer les certificats" not in boite
    champs = {"version": scene.version(numero)}
    for _ in range(2):
        reponse = gestionnaire.post(agir(scene, numero, "clore_sans_certificat"), champs)
        assert reponse.location == scene.adresse("/sessions/a-traiter")
    assert not scene.dans(lambda: existe(numero))


def test_closing_with_a_reussite_is_refused(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session(Etat.VALIDATION_ENTITE, reussites=1)
    reponse = gestionnaire.post(
        agir(scene, numero, "clore_sans_certificat"), {"version": scene.version(numero)}
    )
    assert reponse.status_code == 422
    assert scene.dans(lambda: existe(numero))


@pytest.mark.parametrize("action", ["", "nimporte", "enregistrer", "purger", "terminer_generation"])
def test_choosing_nothing_known_asks_to_choose(scene: Scene, gestionnaire: Navigateur, action: str) -> None:
    numero = scene.session(Etat.VALIDATION_ENTITE)
    reponse = gestionnaire.get(page(scene, numero, f"/actions?action={action}"))
    assert reponse.status_code == 422
    assert "Choisissez ce que vous voulez faire." in reponse.text
    champs = {"version": scene.version(numero)}
    assert gestionnaire.post(agir(scene, numero, action or "x"), champs).status_code == 404


@pytest.mark.parametrize("action", ["generer", "modifier_saisie", "clore_sans_certificat", "rouvrir"])
def test_a_state_jumped_over_is_refused(scene: Scene, gestionnaire: Navigateur, action: str) -> None:
    numero = scene.session(Etat.SAISIE)
    recap = gestionnaire.get(page(scene, numero, f"/actions?action={action}"))
    assert recap.status_code == 409
    assert "ne permet plus cette action" in recap.text
    assert f'action="{agir(scene, numero, action)}"' not in recap.text
    reponse = gestionnaire.post(agir(scene, numero, action), {"version": scene.version(numero)})
    assert reponse.status_code == 409
    assert scene.etat(numero) is Etat.SAISIE


def test_nobody_else_moves_the_session(scene: Scene) -> None:
    numero = scene.session(Etat.VALIDATION_ENTITE)
    for acteur in (scene.troupe.etranger, scene.troupe.collegue, scene.troupe.formateur):
        intrus = scene.navigateur(acteur)
        assert intrus.get(page(scene, numero, "/actions?action=generer")).status_code == 404
        champs = {"version": scene.version(numero)}
        for action in ("generer", "modifier_saisie", "reprendre_saisie"):
            assert intrus.post(agir(scene, numero, action), champs).status_code == 404
        assert intrus.post(page(scene, numero, "/relance"), champs).status_code == 404
    assert scene.etat(numero) is Etat.VALIDATION_ENTITE


def test_where_nothing_is_left_to_choose_one_comes_to_the_session(scene: Scene) -> None:
    """By the back button, once the certificates are there."""
    numero = scene.session(Etat.GENERE)
    reponse = scene.navigateur(scene.troupe.gestionnaire).get(scene.adresse(f"/sessions/{numero}/actions"))
    assert reponse.status_code == 303
    assert reponse.location == scene.adresse(f"/sessions/{numero}/telechargements")
