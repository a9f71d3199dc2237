"""A correction beside a trainee: kept with the answers, refused beside its field, sent with the results."""

from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from certif.domaine.sessions.actions.stagiaires import identite_saisie, modifier_stagiaire
from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.propositions import en_attente
from tests.support.factories import version
from tests.support.moves import agir
from tests.web import arbre
from tests.web.formateur.page import Onglet
from tests.web.lecture import texte
from tests.web.scene import Scene

R, E = "reussite", "echec"


def identite(onglet: Onglet, rang: int, nom: str, prenom: str, naissance: str) -> dict[str, Any]:
    """The fields of one trainee's correction."""
    cle = onglet.stagiaires[rang]
    return {f"nom-{cle}": nom, f"prenom-{cle}": prenom, f"date_naissance-{cle}": naissance}


def attendues(scene: Scene, onglet: Onglet) -> list[tuple[str, str]]:
    return scene.voir(onglet.numero, lambda s: [(p.champ, p.valeur) for p in en_attente(s)])


def test_the_fields_hold_what_stands_and_leaving_them_proposes_nothing(scene: Scene, onglet: Onglet) -> None:
    page = arbre.lire(onglet.lire())
    cle = onglet.stagiaires[0]
    montres = [page.xpath(f"//input[@name='{champ}-{cle}']/@value")[0] for champ in ("nom", "prenom")]
    montres.append(page.xpath(f"//input[@name='date_naissance-{cle}']/@value")[0])
    assert not page.xpath("//details[starts-with(@id, 'correction-')][@open]")
    onglet.enregistrer(R, **identite(onglet, 0, *montres))
    assert attendues(scene, onglet) == [] and onglet.stockees() == [R, None, None]


def test_a_correction_is_kept_with_the_answers_and_can_be_read_again(scene: Scene, onglet: Onglet) -> None:
    reponse = onglet.enregistrer("", R, **identite(onglet, 1, "Faye", "Myriam", "14/02/1991"))
    assert reponse.status_code == 303
    assert attendues(scene, onglet) == [("nom", "Faye")]
    page = onglet.lire()
    assert "Correction proposée : FAYE" in texte(page)
    assert arbre.lire(page).xpath("//input[@value='Faye']")


def test_a_wrong_one_waits_beside_its_field_and_the_answers_are_kept(scene: Scene, onglet: Onglet) -> None:
    faux = identite(onglet, 1, "Faye", "", "31/02/1990")
    reponse = onglet.enregistrer("", R, **faux)
    assert reponse.status_code == 422
    lu = texte(reponse.text)
    assert "2 informations sont à corriger" in lu and "FAŸ Myriam : La date 31/02/1990" in lu
    page = arbre.lire(reponse.text)
    assert [page.xpath(f"//input[@name='{champ}']/@value") for champ in faux] == [
        ["Faye"],
        [""],
        ["31/02/1990"],
    ]
    assert page.xpath(f"//details[@id='correction-{onglet.stagiaires[1]}'][@open]")
    assert onglet.stockees() == [None, R, None] and attendues(scene, onglet) == []


def test_an_autosave_says_it_on_that_trainee_alone(onglet: Onglet) -> None:
    cle = onglet.stagiaires[1]
    reponse = onglet.enregistrer("", R, htmx=True, **identite(onglet, 1, "Faye", "", "14/02/1991"))
    assert reponse.status_code == 200
    assert "sauf 1 information à corriger" in texte(reponse.text)
    assert f'hx-target="#correction-{cle}"' in reponse.text
    assert reponse.text.count('hx-target="#correction-') == 1
    onglet.version += 1
    # Put back as it was: what the page said of it is said no more.
    retiree = onglet.enregistrer(
        "", R, htmx=True, **identite(onglet, 1, "Faÿ", "Myriam", "14/02/1991"), **{f"dite-{cle}": "1"}
    )
    assert f'hx-target="#correction-{cle}"' in retiree.text and "champ__erreur" not in retiree.text


@pytest.mark.parametrize("htmx", [False, True])
def test_results_do_not_go_with_a_wrong_one(scene: Scene, onglet: Onglet, htmx: bool) -> None:
    reponse = onglet.soumettre(R, R, E, htmx=htmx, **identite(onglet, 2, "李", "Régine", "14/02/1991"))
    assert reponse.status_code == 422 and "écriture" in texte(reponse.text)
    assert scene.etat(onglet.numero) is Etat.VALIDATION_FORMATEUR
    assert arbre.lire(reponse.text).xpath("//input[@value='李']")


def test_they_go_with_the_results_and_are_counted(scene: Scene, onglet: Onglet) -> None:
    onglet.enregistrer(R, R, E, **identite(onglet, 2, "Ferrant", "Régine", "15/02/1991"))
    assert "2 réussites, 1 échec, 2 corrections proposées" in texte(onglet.lire())
    onglet.version = scene.version(onglet.numero)
    onglet.soumettre(R, R, E)
    assert scene.etat(onglet.numero) is Etat.VALIDATION_ENTITE
    assert attendues(scene, onglet) == [("nom", "Ferrant"), ("date_naissance", "1991-02-15")]
    assert "Correction proposée : FERRANT, 15/02/1991" in texte(onglet.lire())


def test_a_stale_page_keeps_what_was_typed(scene: Scene, onglet: Onglet) -> None:
    onglet.enregistrer(R)
    reponse = onglet.enregistrer("", E, **identite(onglet, 1, "Faye", "Myriam", "14/02/1991"))
    assert reponse.status_code == 409
    assert arbre.lire(reponse.text).xpath("//details[@open]//input[@value='Faye']")
    assert attendues(scene, onglet) == []


def test_a_correction_for_nobody_is_nowhere(onglet: Onglet) -> None:
    for cle in ("999999", "x", "0", ""):
        champs: dict[str, Any] = {f"nom-{cle}": "Faye"}
        assert onglet.enregistrer(**champs).status_code == 404


def test_the_reasons_of_an_echec_are_one_tap_each(onglet: Onglet) -> None:
    cle = onglet.stagiaires[0]
    offerts = arbre.lire(onglet.lire()).xpath(f"//input[@type='radio'][@name='motif-{cle}']/@value")
    assert offerts == ["epreuves", "absent", "parti", ""]


def test_a_retour_without_comment_needs_something_to_correct(scene: Scene, onglet: Onglet) -> None:
    reponse = onglet.soumettre(action="retour_commente")
    assert reponse.status_code == 422
    assert "indiquez au moins une chose à corriger" in texte(reponse.text)
    retire: dict[str, Any] = {f"retirer-{onglet.stagiaires[0]}": "1"}
    reponse = onglet.soumettre(action="retour_commente", **retire)
    assert reponse.status_code == 303 and scene.etat(onglet.numero) is Etat.SAISIE


@pytest.mark.parametrize(
    ("commentaire", "corrige", "dit"),
    [
        ("À revoir.", False, "avec votre commentaire."),
        ("", True, "avec vos corrections."),
        ("À revoir.", True, "avec votre commentaire et vos corrections."),
    ],
)
def test_a_retour_says_what_it_took_along(onglet: Onglet, commentaire: str, corrige: bool, dit: str) -> None:
    vierge = "avec votre commentaire ou vos corrections, sans résultat"
    assert vierge in texte(onglet.lire())
    champs = identite(onglet, 0, "Dalmeida", "João", "01/01/1970") if corrige else {}
    onglet.enregistrer(**champs)
    onglet.version += 1
    assert corrige is ("avec vos corrections et, s’il y en a un, votre commentaire" in texte(onglet.lire()))
    reponse = onglet.soumettre(action="retour_commente", commentaire=commentaire, **champs)
    assert f"est renvoyée à l’entité, {dit}" in texte(onglet.navigateur.get(reponse.location).text)


def test_a_refused_retour_keeps_all_that_was_typed(onglet: Onglet) -> None:
    retire, champs = (
        f"retirer-{onglet.stagiaires[1]}",
        {"session-date_fin": "31/02/2026", "session-lieu": "Lyon 3"},
    )
    ajout = {"ajout-nom-2": "Garnier", "ajout-prenom-2": "", "ajout-date_naissance-2": ""}
    tout: dict[str, Any] = {**ajout, **champs, retire: "1", "commentaire": "À revoir."}
    reponse = onglet.soumettre(action="retour_commente", **tout)
    assert reponse.status_code == 422
    page = arbre.lire(reponse.text)
    for nom, valeur in (ajout | champs).items():
        assert page.xpath(f"//input[@name='{nom}']/@value") == [valeur]
    assert page.xpath(f"//input[@name='{retire}'][@checked]") and "À revoir." in reponse.text
    assert {"ajout-prenom-2", "session-date_fin"} == {
        champ.get("name") for champ in page.xpath("//input[@aria-invalid='true']")
    }


def test_what_was_refused_is_said_at_the_next_reading(scene: Scene, onglet: Onglet) -> None:
    onglet.soumettre(R, R, E, **identite(onglet, 1, "Faye", "Myriam", "15/02/1991"))
    for action in (Action.MODIFIER_SAISIE, Action.SOUMETTRE_AU_FORMATEUR):
        scene.dans(partial(agir, action, scene.troupe.gestionnaire, onglet.numero))
    lu = texte(onglet.lire())
    assert lu.count("n’a pas retenu votre correction") == 1
    assert "n’a pas retenu votre correction : FAYE, 15/02/1991." in lu
    assert "Reprendre mes réponses précédentes (3 sur 3)" in lu and "Correction proposée" not in lu


def test_a_page_of_before_the_entite_corrected_somebody_proposes_nothing_back(scene: Scene) -> None:
    gestionnaire = scene.troupe.gestionnaire
    numero = scene.session(Etat.SAISIE)
    scene.dans(lambda: agir(Action.SOUMETTRE_AU_FORMATEUR, gestionnaire, numero))
    onglet = Onglet(scene, scene.navigateur(scene.troupe.formateur), numero)
    cle, affiche = onglet.stagiaires[0], scene.voir(numero, lambda s: identite_saisie(s.stagiaires[0]))
    montre = identite(onglet, 0, affiche.nom, affiche.prenom, affiche.date_naissance)
    perimee = onglet.champs(R, **montre)

    def corriger() -> None:
        agir(Action.REPRENDRE_SAISIE, gestionnaire, numero)
        modifier_stagiaire(gestionnaire, numero, version(numero), cle, replace(affiche, nom="Corrigée"))
        agir(Action.SOUMETTRE_AU_FORMATEUR, gestionnaire, numero)

    scene.dans(corriger)
    onglet.lire()
    reponse = onglet.navigateur.post(f"{onglet.adresse}/resultats", perimee)
    assert reponse.status_code == 409
    page = arbre.lire(reponse.text)
    assert page.xpath(f"//input[@name='nom-{cle}']/@value") == ["Corrigée"]
    assert not page.xpath(f"//details[@id='correction-{cle}'][@open]")
