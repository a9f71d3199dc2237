"""The formateurs that the entité declared lately, one tap each on the tab "Formateur" (R3, R4)."""

from datetime import timedelta

from certif.domaine.acteur import TypeRole
from certif.domaine.personnes.modeles import Individu
from certif.socle.base.extensions import db
from certif.socle.horloge import aujourd_hui
from tests.support.factories import un_acteur, une_qualification
from tests.web import arbre
from tests.web.distribution import Navigateur
from tests.web.entite.test_formateur import formateur_de, forprev, onglet, verdicts
from tests.web.scene import Scene


def puces(page: str) -> dict[str, tuple[str, str]]:
    """By N° Forprev: who, and why not."""
    return {
        puce.get("value"): (
            " ".join(arbre.texte(puce).split()),
            " ".join(arbre.texte(raison) for raison in puce.xpath(".//*[contains(@class, 'puce__refus')]")),
        )
        for puce in arbre.lire(page).xpath("//button[@name='numero']")
    }


def test_one_tap_declares_with_the_four_checks(scene: Scene, gestionnaire: Navigateur) -> None:
    """In place by htmx, then by a plain form."""
    scene.session()
    qui = forprev(scene, scene.troupe.formateur.individu_id)
    for envoyer in (gestionnaire.htmx, gestionnaire.post):
        numero = scene.session(formateur_id=None)
        offerts = puces(gestionnaire.get(onglet(scene, numero)).text)
        assert offerts == {qui: (f"RIVIÈRE Stéphanie {qui}", "")}
        reponse = envoyer(onglet(scene, numero), {"version": scene.version(numero), "numero": qui})
        assert reponse.status_code in (200, 303)
        page = gestionnaire.get(onglet(scene, numero)).text
        assert [verdict for verdict, _ in verdicts(page, "verdicts-declare")] == ["oui"] * 4
        assert formateur_de(scene, numero) == scene.troupe.formateur.individu_id
        assert qui not in puces(page)


def test_the_reason_stands_on_the_chip_and_the_verdict_is_the_same(
    scene: Scene, gestionnaire: Navigateur
) -> None:
    def expire() -> tuple[int, str]:
        acteur = un_acteur(TypeRole.FORMATEUR, nom="Expirée", prenom="Paule")
        fin = aujourd_hui() - timedelta(days=1)
        une_qualification(acteur.individu_id, scene.troupe.marose.niveau_id, fin=fin)
        return acteur.individu_id, db.session.get_one(Individu, acteur.individu_id).numero

    individu_id, qui = scene.dans(expire)
    scene.session(formateur_id=individu_id)
    numero = scene.session(formateur_id=None)
    _, raison = puces(gestionnaire.get(onglet(scene, numero)).text)[qui]
    assert "a pris fin le" in raison
    reponse = gestionnaire.htmx(onglet(scene, numero), {"version": scene.version(numero), "numero": qui})
    assert reponse.status_code == 422
    assert verdicts(reponse.text)[3] == ("non", raison.replace("\u00a0", " "))
    assert formateur_de(scene, numero) is None


def test_nothing_is_offered_before_f(scene: Scene, gestionnaire: Navigateur) -> None:
    scene.session()
    numero = scene.session(formateur_id=None, date_fin=None)
    assert not puces(gestionnaire.get(onglet(scene, numero)).text)
