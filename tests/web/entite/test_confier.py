"""Who left: the session stands among what is to be done, and its page says what to do."""

from typing import Any

from sqlalchemy import update

from certif.domaine.personnes.modeles import Role
from certif.domaine.sessions.etats import Etat
from certif.socle.base.extensions import db
from tests.web.lecture import Page
from tests.web.scene import Scene


def quitte(scene: Scene, individu_id: int) -> None:
    def faire() -> None:
        db.session.execute(update(Role).filter_by(individu_id=individu_id).values(actif=False))
        db.session.commit()

    scene.dans(faire)


def test_a_session_whose_declarer_left_is_entrusted(scene: Scene) -> None:
    t = scene.troupe
    numero = scene.session(Etat.SAISIE, declarant=t.delegataire)
    page, adresse = (
        scene.adresse(f"/sessions/{numero}/stagiaires"),
        scene.adresse(f"/sessions/{numero}/confier"),
    )
    navigateur, collegue = scene.navigateur(t.gestionnaire), scene.navigateur(t.collegue)
    assert "Confier à" not in navigateur.get(page).text
    quitte(scene, t.delegataire.individu_id)
    liste = navigateur.get(scene.adresse("/sessions/a-traiter"))
    assert "À vous\u00a0: compléter et soumettre, ou confier à quelqu’un" in liste.text
    assert "Camille TESSIER n’a plus de rôle dans l’entité." in navigateur.get(page).text
    version = scene.version(numero)
    refus = navigateur.post(adresse, {"version": version, "declarant": str(t.etranger.individu_id)})
    assert refus.status_code == 422 and Page(refus).messages["declarant"]
    assert collegue.get(page).status_code == collegue.get(adresse).status_code == 404
    champs: dict[str, Any] = {"version": version, "declarant": str(t.collegue.individu_id)}
    assert [navigateur.post(adresse, champs).status_code for _ in range(2)] == [303, 303]
    assert "a confié la session à VASSEUR Hugo" in navigateur.get(page).text
    assert collegue.get(page).status_code == 200
    assert navigateur.post(adresse, {**champs, "version": scene.version(numero)}).status_code == 409


def test_no_answer_is_promised_of_a_formateur_who_left(scene: Scene) -> None:
    numero = scene.session(Etat.VALIDATION_FORMATEUR, declarant=scene.troupe.delegataire)
    navigateur = scene.navigateur(scene.troupe.delegataire)
    page = scene.adresse(f"/sessions/{numero}/stagiaires")
    assert "Relancer" in navigateur.get(page).text
    quitte(scene, scene.troupe.formateur.individu_id)
    lue = Page(navigateur.get(page)).texte
    assert "Relancer" not in lue and "Au tour de" not in lue and "a la session" not in lue
    assert "ne peut plus répondre" in lue and "Reprendre la saisie" in lue
    assert "reprendre la saisie" in Page(navigateur.get(scene.adresse("/sessions/a-traiter"))).texte
    relance = navigateur.post(
        scene.adresse(f"/sessions/{numero}/relance"), {"version": scene.version(numero)}
    )
    assert relance.status_code == 409
