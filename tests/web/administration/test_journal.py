"""JOURNAL: each line a sentence, who did what to whom; found by identifiers, told whatever is gone."""

import ast
from pathlib import Path

import certif
from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.journal import SYSTEME, Auteur, consigner
from certif.domaine.libelles import journal as textes
from certif.domaine.personnes.modeles import Individu
from certif.socle.base.extensions import db
from tests.support.factories import un_acteur, une_entite, une_personne
from tests.support.statements import requetes
from tests.web import arbre
from tests.web.administration.test_fiches_des_entites import envoyer
from tests.web.distribution import Navigateur
from tests.web.lecture import Page
from tests.web.scene import Scene

JOURNAL = "/administration/journal"


def phrases(page: str) -> list[str]:
    """What was done, line by line."""
    return [arbre.texte(td) for td in arbre.lire(page).xpath("//tbody/tr/td[1]")]


def noter(scene: Scene, auteur: Auteur, *quoi: tuple[str, str, int, dict[str, object]]) -> None:
    def ecrire() -> None:
        for objet, action, identifiant, apres in quoi:
            consigner(auteur, action, objet, identifiant, apres=apres or None)
        db.session.commit()

    scene.dans(ecrire)


def nom(scene: Scene, acteur: Acteur) -> str:
    """As lines name this person."""
    individu = scene.dans(lambda: db.session.get_one(Individu, acteur.individu_id))
    return f"{individu.nom.upper()} {individu.prenom} ({individu.numero})"


def test_a_line_says_who_did_what_to_whom_and_what_changed(scene: Scene, admin: Navigateur) -> None:
    guy, qui = scene.troupe.guy.entite_id, nom(scene, scene.troupe.administrateur)
    envoyer(admin, f"/administration/entites/{guy}/suspendre", suspendue_le="10/06/2026")
    page = admin.get(JOURNAL)
    assert phrases(page.text)[0] == f"{qui}, administrateur, a suspendu FORMATION GUY"
    assert "Suspension à compter du : — → 10/06/2026" in Page(page).texte


def test_what_did_not_change_is_not_said(scene: Scene, admin: Navigateur) -> None:
    def changer(porte_le_nom: bool) -> None:
        avant, apres = {"logo": "a", "porte_le_nom": False}, {"logo": "b", "porte_le_nom": porte_le_nom}
        consigner(scene.troupe.gestionnaire, "changer_logo", "entite", 1, avant=avant, apres=apres)
        db.session.commit()

    scene.dans(lambda: changer(False))
    assert "Logo qui montre le nom" not in admin.get(JOURNAL).text
    scene.dans(lambda: changer(True))
    assert "Logo qui montre le nom : non → oui" in Page(admin.get(JOURNAL)).texte


def test_lines_are_found_by_person_kind_number_and_day(scene: Scene, admin: Navigateur) -> None:
    guy, administrateur = scene.troupe.guy.entite_id, scene.troupe.administrateur.individu_id
    numero = scene.dans(lambda: db.session.get_one(Individu, administrateur).numero)
    envoyer(admin, f"/administration/entites/{guy}/suspendre", suspendue_le="10/06/2026")
    lignes = {"acteur": numero.lower(), "objet": "entite", "objet_id": str(guy)}
    assert len(phrases(admin.get(JOURNAL, query_string=lignes).text)) == 1
    autres = ({"acteur": "ZZZ00000"}, {"objet": "demande"}, {"objet_id": "0"}, {"au": "01/01/2000"})
    for criteres in autres:
        assert "Rien ne correspond" in admin.get(JOURNAL, query_string=criteres).text, criteres


def test_one_s_own_account_a_role_a_person_and_the_application(scene: Scene, admin: Navigateur) -> None:
    moi, lui = scene.troupe.gestionnaire, scene.troupe.formateur
    guy = scene.troupe.guy.entite_id
    noter(scene, moi.individu_id, ("individu", "cle_acces_ajoutee", moi.individu_id, {}))
    noter(
        scene,
        moi,
        ("individu", "donner_role", lui.individu_id, {"role": "delegataire", "entite": guy, "fin_le": None}),
        ("session", "confier", 12, {"declarant": lui.individu_id}),
    )
    noter(scene, SYSTEME, ("session", "purger", 12, {}))
    noter(scene, "", ("referentiel", "charger", 0, {"codes": ["SST"]}))
    assert phrases(admin.get(JOURNAL).text)[:5] == [
        "Une commande du serveur a chargé le référentiel",
        "L’application a effacé la session n°12 et ses certificats, leur délai passé",
        f"{nom(scene, moi)}, gestionnaire, a confié la session n°12 à {nom(scene, lui)}",
        f"{nom(scene, moi)}, gestionnaire, a donné à {nom(scene, lui)} le rôle de délégataire de "
        "FORMATION GUY",
        f"{nom(scene, moi)} a ajouté une clé d’accès à son compte",
    ]


def test_what_nobody_has_a_sentence_for_is_read_all_the_same(scene: Scene, admin: Navigateur) -> None:
    """Acts of other versions, things that are gone, values that are missing or were never foreseen."""
    qui = scene.troupe.gestionnaire
    noter(
        scene,
        qui,
        ("session", "tamponner_deux_fois", 7, {"encre_noire": {"a": [1, None]}}),
        ("chose_ancienne", "creer", 3, {"fin": "2026-13-45"}),
        ("demande", "transmettre", 999, {"etat": "transmise"}),
        ("individu", "donner_role", 998, {"role": "pape"}),
        ("session", "confier", 4, {"declarant": None}),
    )
    page = admin.get(JOURNAL)
    assert [phrase.partition(", gestionnaire, ")[2] for phrase in phrases(page.text)[:5]] == [
        "a fait « confier » : la session n°4",
        "a fait « donner role » : la personne n°998",
        "a transmis la demande n°999",
        "a fait « creer » : chose ancienne n°3",
        "a fait « tamponner deux fois » : la session n°7",
    ]
    assert "Dernier jour : 2026-13-45" in Page(page).texte and "Encre noire" in Page(page).texte


def test_a_page_of_lines_costs_no_query_for_each(scene: Scene, admin: Navigateur) -> None:
    def une_ligne() -> tuple[str, str, int, dict[str, object]]:
        qui = une_personne().id
        return "individu", "donner_role", qui, {"role": "delegataire", "entite": une_entite(f"ORG {qui}").id}

    nombres = []
    admin.get(JOURNAL)
    for combien in (1, 9):
        auteur = scene.dans(lambda: un_acteur(TypeRole.ADMINISTRATEUR))
        noter(scene, auteur, *(scene.dans(une_ligne) for _ in range(combien)))
        with requetes() as vues:
            assert len(phrases(admin.get(JOURNAL).text)) >= combien
        nombres.append(len(vues))
    assert nombres[0] == nombres[1]


def test_every_act_that_is_written_down_has_its_sentence() -> None:
    """Those of which the code names both the thing and the act."""
    ecrits = set()
    for fichier in Path(certif.__file__).parent.rglob("*.py"):
        for appel in ast.walk(ast.parse(fichier.read_text(encoding="utf-8"))):
            if isinstance(appel, ast.Call) and getattr(appel.func, "id", "") == "consigner":
                actions, objets = (
                    {c.value for c in ast.walk(a) if isinstance(c, ast.Constant) and isinstance(c.value, str)}
                    for a in appel.args[1:3]
                )
                ecrits |= {(objet, action) for objet in objets for action in actions}
    assert len(ecrits) > 30
    valeurs = {"declarant": "Y", "role": "Z", "absorbe": "W"}
    assert [e for e in sorted(ecrits) if textes.acte(*e, "X", **valeurs).startswith("a fait")] == []
