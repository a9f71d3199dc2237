"""A form kept after its login has ended is shown in the words of the screens, never in those of the code."""

import html
import re
from typing import Any

import pytest

from certif.domaine.acteur import Acteur
from certif.domaine.sessions.etats import Etat
from tests.support.factories import un_stagiaire
from tests.web import arbre
from tests.web.scene import Scene


def lire(scene: Scene, acteur: Acteur, adresse: str, champs: dict[str, Any]) -> tuple[str, dict[str, str]]:
    """Posted after the login ended, found again after the next one: its title and its lines."""
    navigateur = scene.navigateur(acteur)
    jeton = navigateur.jeton
    navigateur.post("/deconnexion")
    navigateur.jeton = jeton
    connexion = navigateur.get(navigateur.post(adresse, champs).location)
    suivant = re.search(r'name="suivant" value="([^"]+)"', connexion.text)
    assert suivant
    page = scene.navigateur(acteur).get(suivant[1]).text
    for champ, valeur in champs.items():
        assert re.search(rf'<textarea name="{champ}" hidden>\n{re.escape(html.escape(str(valeur)))}<', page)
    lue = arbre.lire(page)
    sous = " ".join(arbre.texte(element) for element in lue.xpath("//*[@class='tete__sous']"))
    return sous, {arbre.texte(dt): arbre.texte(dt.getnext()) for dt in lue.xpath("//dt")}


def test_a_session_in_the_words_of_its_form(scene: Scene) -> None:
    numero = scene.session()
    marose = scene.troupe.marose
    champs = {
        "version": "1",
        "suite": "suivant",
        "niveau_id": str(marose.niveau_id),
        "certificat_id": str(marose.certificat_id),
        "lieu_type": "etranger",
        "code_postal": "",
        "pays": "BE",
        "ville_etranger": "Namur",
        "identification": "maj",
        "date_fin": "31/02/2026",
        "reference_interne": "Client <b>B</b>",
    }
    adresse = scene.adresse(f"/sessions/{numero}/session")
    assert lire(scene, scene.troupe.gestionnaire, adresse, champs) == (
        f"Session de certification n°{numero}",
        {
            "Dispositif niveau": "SST / 1",
            "Certificat": "SST-1",
            "Lieu de formation": "Lieu de formation à l’étranger",
            "Pays": "Belgique",
            "Ville": "Namur",
            "Identification": "Stage de mise à jour des compétences",
            "Date de fin de session": "31/02/2026",
            "Référence interne": "Client <b>B</b>",
        },
    )


def test_the_answers_by_trainee(scene: Scene) -> None:
    numero = scene.session(
        Etat.VALIDATION_FORMATEUR, stagiaires=[un_stagiaire(), un_stagiaire("Çelik", "Emre")]
    )
    un, deux = scene.voir(numero, lambda s: [stagiaire.id for stagiaire in s.stagiaires_saisis])
    champs = {
        "version": "2",
        f"resultat-{un}": "reussite",
        f"motif-{un}": "absent",
        f"resultat-{deux}": "echec",
        f"motif-{deux}": "absent",
        f"nom-{un}": "Lefèvre",
        f"prenom-{un}": "Hélène",
        f"date_naissance-{un}": "14/02/1991",
        f"nom-{deux}": "Celik",
        f"prenom-{deux}": "Emre",
        f"date_naissance-{deux}": "14/02/1991",
        "action": "envoyer_resultats",
        "commentaire": "",
    }
    adresse = f"/formateur/sessions/{numero}/stagiaires"
    sujet, lignes = lire(scene, scene.troupe.formateur, adresse, champs)
    assert sujet == f"Session de certification n°{numero}"
    assert lignes == {
        "Action": "Envoyer les résultats des stagiaires",
        "LEFÈVRE Hélène": "Réussite",
        "ÇELIK Emre": "Échec (Absent)",
        "Correction proposée pour ÇELIK Emre": "CELIK Emre, 14/02/1991",
    }


def test_answers_to_a_session_that_left_tell_no_name(scene: Scene) -> None:
    numero = scene.session(Etat.VALIDATION_FORMATEUR, stagiaires=[un_stagiaire("Canarienne")])
    un = scene.voir(numero, lambda s: s.stagiaires[0].id)
    champs = {"version": "2", f"resultat-{un}": "reussite", "action": "envoyer_resultats"}
    adresse = f"/formateur/sessions/{numero}/stagiaires"
    _, lignes = lire(scene, scene.troupe.remplacant, adresse, champs)
    assert lignes == {"Action": "Envoyer les résultats des stagiaires", "Résultat": "1 réussite, 0 échec"}


@pytest.mark.parametrize(
    ("suite", "champs", "lu"),
    [
        ("/actions/reprendre_saisie", {}, {"Action": "Reprendre la saisie"}),
        ("/supprimer", {}, {"Action": "Supprimer la session"}),
        ("/relance", {}, {"Action": "Relancer le formateur"}),
        (
            "/formateur",
            {"numero": "STE10001"},
            {"Action": "Lancer la vérification", "N° Forprev": "STE10001"},
        ),
        (
            "/stagiaires",
            {"nom": "Cher", "nom_unique": "1"},
            {"Action": "Nouveau stagiaire", "Nom": "Cher", "Cette personne n’a qu’un seul nom": "Oui"},
        ),
        ("/session", {"niveau_id": "²", "certificat_id": "999", "plateforme_id": "1", "lieu_type": "x"}, {}),
    ],
)
def test_what_was_asked_for(scene: Scene, suite: str, champs: dict[str, str], lu: dict[str, str]) -> None:
    numero = scene.session()
    adresse = scene.adresse(f"/sessions/{numero}{suite}")
    sujet, lignes = lire(scene, scene.troupe.gestionnaire, adresse, {"version": "1", **champs})
    assert (sujet, lignes) == (f"Session de certification n°{numero}", lu)


def test_a_page_of_a_previous_login_speaks_the_same(scene: Scene) -> None:
    numero = scene.session()
    navigateur = scene.navigateur(scene.troupe.gestionnaire)
    navigateur.jeton = "périmé"
    adresse = scene.adresse(f"/sessions/{numero}/session")
    page = arbre.lire(navigateur.post(adresse, {"version": "1", "identification": "initial"}).text)
    assert [arbre.texte(dd) for dd in page.xpath("//dt[.='Identification']/following-sibling::dd")] == [
        "Stage initial"
    ]
    assert not [dt for dt in page.xpath("//dt") if re.search(r"version|_", arbre.texte(dt))]
