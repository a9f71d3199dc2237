"""*Faire relire*: one identity at a time, nothing kept but corrections, only while the formateur answers."""

from typing import Any

import pytest

from certif.domaine.sessions.actions.stagiaires import retirer_stagiaire
from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.propositions import en_attente
from tests.support.invariants import empreinte_de_la_base
from tests.support.moves import agir, lire
from tests.web import arbre
from tests.web.distribution import Navigateur
from tests.web.formateur.page import Onglet
from tests.web.lecture import texte
from tests.web.scene import Scene


def page(onglet: Onglet, rang: int) -> str:
    return onglet.navigateur.get(f"{onglet.adresse}/relire/{rang}").text


def champs(onglet: Onglet, nom: str, **autres: Any) -> dict[str, Any]:
    """The correction of the second on the page, Faÿ Myriam."""
    cle = onglet.stagiaires[1]
    identite = {f"nom-{cle}": nom, f"prenom-{cle}": "Myriam", f"date_naissance-{cle}": "14/02/1991"}
    return {"version": onglet.version, **identite, **autres}


def test_each_reads_their_own_identity_and_no_other(onglet: Onglet) -> None:
    for rang, nom in enumerate(("D’ALMEIDA", "FAŸ", "FERRAND"), 1):
        lue = page(onglet, rang)
        assert nom in lue and f"{rang} sur 3" in texte(lue)
        assert "seule une empreinte permet ensuite de le vérifier" in texte(lue)
        autres = {"D’ALMEIDA", "FAŸ", "FERRAND"} - {nom}
        assert not any(autre in lue for autre in autres)
    assert "3 identités montrées" in texte(page(onglet, 4))


def test_reading_keeps_nothing(scene: Scene, onglet: Onglet) -> None:
    avant = scene.dans(empreinte_de_la_base)
    for rang in range(1, 5):
        page(onglet, rang)
    assert scene.dans(empreinte_de_la_base) == avant


@pytest.mark.parametrize("rang", [0, 5, 999])
def test_there_is_nobody_beyond_the_last(onglet: Onglet, rang: int) -> None:
    assert onglet.navigateur.get(f"{onglet.adresse}/relire/{rang}").status_code == 404


def test_a_correction_is_shown_to_be_read_again(scene: Scene, onglet: Onglet) -> None:
    reponse = onglet.navigateur.post(f"{onglet.adresse}/relire/2", champs(onglet, "Faye", droit="1"))
    assert reponse.status_code == 303 and reponse.location == f"{onglet.adresse}/relire/2?droit=1"
    lue = onglet.navigateur.get(reponse.location).text
    (carte,) = arbre.lire(lue).xpath("//section[contains(@class, 'relire')]")
    assert "FAYE Myriam" in " ".join(carte.xpath("string()").split())
    assert arbre.lire(lue).xpath("//input[@id='droit'][@checked]")
    fin = texte(page(onglet, 4))
    assert "FAŸ Myriam" in fin and "Correction proposée : FAYE" in fin
    assert scene.voir(onglet.numero, lambda s: len(en_attente(s))) == 1
    assert onglet.stockees() == [None, None, None]


def test_a_wrong_one_is_refused_beside_its_field(scene: Scene, onglet: Onglet) -> None:
    reponse = onglet.navigateur.post(f"{onglet.adresse}/relire/2", champs(onglet, "李"))
    assert reponse.status_code == 422 and "écriture" in texte(reponse.text)
    assert arbre.lire(reponse.text).xpath("//details[@open]//input[@value='李'][@aria-invalid='true']")
    assert scene.voir(onglet.numero, en_attente) == []


def test_a_stale_page_says_so_and_keeps_what_was_typed(onglet: Onglet) -> None:
    onglet.enregistrer("reussite")
    reponse = onglet.navigateur.post(f"{onglet.adresse}/relire/2", champs(onglet, "Faye"))
    assert reponse.status_code == 409
    assert arbre.lire(reponse.text).xpath("//details[@open]//input[@value='Faye']")
    assert "a enregistré des résultats" in texte(reponse.text)


def soumettre_sans(scene: Scene, numero: int, cle: int) -> None:
    """The entité takes the session back, removes somebody, and submits it again."""

    def faire() -> None:
        gestionnaire = scene.troupe.gestionnaire
        agir(Action.REPRENDRE_SAISIE, gestionnaire, numero)
        retirer_stagiaire(gestionnaire, numero, lire(numero).version, cle)
        agir(Action.SOUMETTRE_AU_FORMATEUR, gestionnaire, numero)

    scene.dans(faire)


@pytest.mark.parametrize("rang", [2, 3])
def test_a_stale_correction_is_shown_on_whoever_was_being_read(
    scene: Scene, onglet: Onglet, rang: int
) -> None:
    cle, autre = onglet.stagiaires[rang - 1], onglet.stagiaires[0]
    typee = {f"nom-{cle}": "Corrigée", f"prenom-{cle}": "Ici", f"date_naissance-{cle}": "14/02/1991"}
    soumettre_sans(scene, onglet.numero, autre)
    adresse = f"{onglet.adresse}/relire/{rang}"
    reponse = onglet.navigateur.post(adresse, {"version": onglet.version, **typee})
    assert reponse.status_code == 409
    assert "un stagiaire retiré" in texte(reponse.text)
    assert f"Relecture, {rang - 1} sur 2" in texte(reponse.text)
    assert arbre.lire(reponse.text).xpath(f"//details[@open]//input[@name='nom-{cle}'][@value='Corrigée']")
    assert f'action="{onglet.adresse}/relire/{rang - 1}"' in reponse.text


@pytest.mark.parametrize("rang", [1, 3])
def test_a_correction_of_somebody_who_is_gone_says_so(scene: Scene, onglet: Onglet, rang: int) -> None:
    cle = onglet.stagiaires[rang - 1]
    typee = {f"nom-{cle}": "Corrigée", f"prenom-{cle}": "Ici", f"date_naissance-{cle}": ""}
    soumettre_sans(scene, onglet.numero, cle)
    adresse = f"{onglet.adresse}/relire/{rang}"
    reponse = onglet.navigateur.post(adresse, {"version": onglet.version, **typee})
    assert reponse.status_code == 409
    dite = texte(reponse.text)
    assert (
        "Le stagiaire que vous relisiez a été retiré" in dite and "Vous aviez saisi : Corrigée, Ici" in dite
    )
    assert "un stagiaire retiré" in dite and not arbre.lire(reponse.text).xpath("//details[@open]")


@pytest.mark.parametrize("htmx", [False, True])
def test_the_answers_are_kept_before_the_page_is_left(onglet: Onglet, htmx: bool) -> None:
    reponse = onglet.enregistrer("reussite", htmx=htmx, suite="relire")
    assert (reponse.headers.get("HX-Redirect") or reponse.location) == f"{onglet.adresse}/relire/1"
    assert onglet.stockees() == ["reussite", None, None]


@pytest.mark.parametrize("etat", [Etat.VALIDATION_ENTITE, Etat.GENERE])
def test_only_while_the_formateur_answers(scene: Scene, formateur: Navigateur, etat: Etat) -> None:
    numero = scene.session(etat)
    reponse = formateur.get(f"/formateur/sessions/{numero}/relire/1")
    assert reponse.status_code == 303 and reponse.location.endswith("/stagiaires")
