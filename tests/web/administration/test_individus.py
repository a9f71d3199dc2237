"""INDIVIDUS through its lists, records and forms."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select
from werkzeug.test import TestResponse

from certif.domaine.acteur import TypeRole
from certif.domaine.courriers.modeles import Courrier
from certif.domaine.erreurs import Introuvable
from certif.domaine.journal import EntreeJournal
from certif.domaine.personnes.modeles import Individu, Role
from certif.domaine.referentiel.modeles import Qualification
from certif.domaine.roles.individus import creer
from certif.domaine.sessions.etats import Etat
from certif.domaine.temps import format_date
from certif.socle.base.extensions import db
from certif.socle.horloge import aujourd_hui, maintenant
from tests.support.factories import un_alias, un_role, une_personne
from tests.web import arbre
from tests.web.administration.test_fiches_des_entites import caches, combien, envoyer
from tests.web.distribution import Navigateur
from tests.web.lecture import Page
from tests.web.scene import Scene

INDIVIDUS = "/administration/individus"
NOUVELLE = {
    "nom": "Lefèvre",
    "prenom": "Marie-Ève",
    "date_naissance": "01/02/1990",
    "email": "marie@formatrice.example",
    "role": "formateur",
}


def confirmer(admin: Navigateur, adresse: str, **champs: str) -> TestResponse:
    """The form, then its recap."""
    suite = envoyer(admin, adresse, **champs)
    assert suite.status_code == 303, suite.text
    return admin.post(adresse, {**caches(admin.get(suite.location)), **champs, "confirme": "1"})


def noms(page: TestResponse) -> list[str]:
    return re.findall(r'class="ligne-lien"[^>]*>([^<]+)<', page.text)


def individu(scene: Scene, identifiant: int) -> Individu:
    return scene.dans(lambda: db.session.get_one(Individu, identifiant))


def fiche(scene: Scene, qui: str) -> str:
    return f"{INDIVIDUS}/{getattr(scene.troupe, qui).individu_id}"


def test_a_person_is_created_once_with_a_number_a_role_and_an_invitation(
    scene: Scene, admin: Navigateur
) -> None:
    courriers = combien(scene, Courrier)
    suite = envoyer(admin, f"{INDIVIDUS}/nouveau", **NOUVELLE)
    recap = admin.get(suite.location)
    assert "LEFÈVRE Marie-Ève, né(e) le 01/02/1990, formateur" in recap.text
    assert "Personne de semblable" in recap.text
    champs = {**caches(recap), **NOUVELLE, "confirme": "1"}
    premiere, seconde = (admin.post(f"{INDIVIDUS}/nouveau", champs) for _ in range(2))
    assert premiere.location == seconde.location
    cree = individu(scene, int(premiere.location.rpartition("/")[2]))
    assert re.fullmatch(r"LEF[0-9]{5}", cree.numero)
    assert (cree.date_naissance, cree.email) == (date(1990, 2, 1), NOUVELLE["email"])
    assert combien(scene, Courrier) == courriers + 1
    page = admin.get(premiere.location).text
    assert "Sans compte" in page and "Formateur" in page and cree.numero in page


def test_whoever_resembles_is_shown_before_anything_is_written(scene: Scene, admin: Navigateur) -> None:
    def connaitre() -> None:
        une_personne("Lefebvre", "Marie Ève", date_naissance=date(1990, 2, 1))
        une_personne("Marie-Eve", "Lefèvre", date_naissance=None)
        une_personne("Durand", "Marie-Ève", date_naissance=date(1990, 2, 1))

    scene.dans(connaitre)
    avant = combien(scene, Individu)
    recap = admin.get(envoyer(admin, f"{INDIVIDUS}/nouveau", **NOUVELLE).location).text
    assert "Ces personnes existent déjà" in recap
    assert "LEFEBVRE Marie Ève" in recap and "MARIE-EVE Lefèvre" in recap and "DURAND" not in recap
    assert combien(scene, Individu) == avant


def test_what_is_refused_stands_beside_its_field_keeps_the_rest_and_changes_nothing(
    scene: Scene, admin: Navigateur
) -> None:
    prise = individu(scene, scene.troupe.gestionnaire.individu_id).email or ""
    avant = combien(scene, Individu)
    demain = format_date(aujourd_hui() + timedelta(days=1))
    refuses = {
        "nom": ("", "   ", "x" * 81, "A\u202eB", "李小龍", "A\0B", "a\r\nb", "N0m", "x" * 10_000),
        "prenom": ("x" * 81, "李", "A\u200bB\u202e"),
        "date_naissance": ("31/12/1899", format_date(aujourd_hui()), demain, "31/02/1990", "hier"),
        "email": ("a@b", "Nom <a@x.fr>", "a@x.fr\r\nBcc: b@y.fr", prise, prise.upper()),
        "role": ("gestionnaire", "roi", "formateur'--"),
    }
    for champ, textes in refuses.items():
        for texte in textes:
            reponse = envoyer(admin, f"{INDIVIDUS}/nouveau", **{**NOUVELLE, champ: texte})
            page = Page(reponse)
            assert reponse.status_code == 422, (champ, texte[:20])
            assert page.messages.get(champ), (champ, texte[:20])
            assert page.valeurs["prenom" if champ == "nom" else "nom"]
    sans_naissance = {**NOUVELLE, "date_naissance": ""}
    assert "date_naissance" in Page(envoyer(admin, f"{INDIVIDUS}/nouveau", **sans_naissance)).messages
    sans_adresse = {**NOUVELLE, "role": "administrateur", "email": ""}
    assert "email" in Page(envoyer(admin, f"{INDIVIDUS}/nouveau", **sans_adresse)).messages
    assert combien(scene, Individu) == avant


def test_a_private_search_finds_by_any_word_a_former_number_or_an_address(
    scene: Scene, admin: Navigateur
) -> None:
    def connaitre() -> None:
        reste = une_personne("De La Tour", "Éloïse", numero="TOU00001", email="eloise@x.example")
        un_alias(reste.id, "Latour", prenom="Éloïse", numero="OLD99999")
        une_personne("Personne supprimée", "", numero="EFF00001", efface_le=maintenant())

    scene.dans(connaitre)
    for texte in ("tour elo", "delatour", "TOU00001", "old99999", "eloise@x", "ÉLOÏSE de"):
        page = admin.post(f"{INDIVIDUS}/recherche", {"recherche": texte})
        assert noms(page) == ["DE LA TOUR Éloïse"], texte
        assert texte not in (page.headers.get("HX-Push-Url", "") + page.headers.get("Location", ""))
    effacee = admin.post(f"{INDIVIDUS}/recherche", {"recherche": "eff00001"})
    assert "Rien ne correspond" in effacee.text and noms(effacee) == []
    assert "OLD99999" in admin.get(f"{INDIVIDUS}/{_id_de(scene, 'TOU00001')}").text


def _id_de(scene: Scene, numero: str) -> int:
    return scene.dans(lambda: db.session.scalars(select(Individu.id).filter_by(numero=numero)).one())


def test_the_address_of_a_merged_person_leads_to_the_one_who_remains(scene: Scene, admin: Navigateur) -> None:
    def fusionner() -> int:
        reste = une_personne("Reste", "Alice")
        return un_alias(reste.id, "Partie", prenom="Alice").id

    page = admin.get(admin.get(f"{INDIVIDUS}/{scene.dans(fusionner)}").location).text
    assert "RESTE Alice" in page and "PARTIE" not in page


def test_roles_and_states_narrow_the_list(scene: Scene, admin: Navigateur) -> None:
    def changer() -> None:
        une_personne("Sansrôle", "Zoé")
        une_personne("Partie", "Zoé", actif=False)

    scene.dans(changer)
    assert noms(admin.get(f"{INDIVIDUS}?role=sans")) == ["PARTIE Zoé", "SANSRÔLE Zoé"]
    assert noms(admin.get(f"{INDIVIDUS}?role=sans&etat=actifs")) == ["SANSRÔLE Zoé"]
    assert noms(admin.get(f"{INDIVIDUS}?etat=desactives")) == ["PARTIE Zoé"]
    assert noms(admin.post(f"{INDIVIDUS}/recherche", {"recherche": "partie"})) == ["PARTIE Zoé"]
    administrateurs = admin.get(f"{INDIVIDUS}?role=administrateur")
    assert len(noms(administrateurs)) == 1
    for etrange in ("?role=roi", "?etat=x&tri=mot_de_passe&sens=z", "?page=-3", "?page=99999999999"):
        assert admin.get(f"{INDIVIDUS}{etrange}").status_code == 200, etrange


def test_a_filter_keeps_what_was_searched(scene: Scene, admin: Navigateur) -> None:
    def connaitre() -> None:
        une_personne("Partie", "Zoé", actif=False)
        un_role(une_personne("Partie", "Yves").id, TypeRole.FORMATEUR)

    scene.dans(connaitre)
    page = admin.post(f"{INDIVIDUS}/recherche", {"recherche": "partie"})
    assert noms(page) == ["PARTIE Yves", "PARTIE Zoé"]
    for libelle, attendus in (("Désactivés", ["PARTIE Zoé"]), ("Formateurs", ["PARTIE Yves"])):
        [bouton] = arbre.lire(page.text).xpath("//button[normalize-space()=$libelle]", libelle=libelle)
        caches = bouton.xpath("ancestor::form//input[@type='hidden']")
        champs = {champ.get("name"): champ.get("value") for champ in (*caches, bouton)}
        assert noms(admin.post(f"{INDIVIDUS}/recherche", champs)) == attendus


def test_names_and_birth_date_are_corrected_and_found_under_the_new_ones(
    scene: Scene, admin: Navigateur
) -> None:
    adresse = f"{fiche(scene, 'formateur')}/modifier"
    nouveaux = {"nom": "Œuvrard", "prenom": "", "date_naissance": "02/03/1980"}
    assert envoyer(admin, adresse, **nouveaux).status_code == 303
    corrige = individu(scene, scene.troupe.formateur.individu_id)
    assert (corrige.cle_nom, corrige.cle_prenom) == ("oeuvrard", "")
    assert noms(admin.post(f"{INDIVIDUS}/recherche", {"recherche": "oeuv"})) == ["ŒUVRARD"]
    derniere = scene.dans(
        lambda: db.session.scalars(select(EntreeJournal).order_by(EntreeJournal.id)).all()[-1]
    )
    assert derniere.action == "modifier" and "uvrard" not in f"{derniere.avant}{derniere.apres}"


class TestRoles:
    def test_given_in_the_entite_that_is_named(self, scene: Scene, admin: Navigateur) -> None:
        adresse = f"{fiche(scene, 'formateur')}/donner-un-role"
        dans_un_an = format_date(aujourd_hui() + timedelta(days=365))
        donne = {"role": "gestionnaire", "entite": "marose  Formation", "fin_le": dans_un_an}
        assert envoyer(admin, adresse, **donne).status_code == 303
        page = admin.get(fiche(scene, "formateur")).text
        assert f"Gestionnaire jusqu’au {dans_un_an}" in page and "MAROSE FORMATION" in page

    def test_an_entite_that_cannot_be_told_is_refused_beside_its_field(
        self, scene: Scene, admin: Navigateur
    ) -> None:
        roles = combien(scene, Role)
        adresse = f"{fiche(scene, 'remplacant')}/donner-un-role"
        for role, entite in (
            ("gestionnaire", ""),
            ("delegataire", "MAROSE"),
            ("gestionnaire", "732829320"),
            ("formateur", "MAROSE FORMATION"),
            ("gestionnaire", "x' OR 1=1"),
        ):
            reponse = envoyer(admin, adresse, role=role, entite=entite, fin_le="")
            assert reponse.status_code == 422 and "entite" in Page(reponse).messages, (role, entite)
        assert combien(scene, Role) == roles

    def test_another_s_role_is_no_choice(self, scene: Scene, admin: Navigateur) -> None:
        role = scene.dans(
            lambda: db.session.scalars(
                select(Role.id).filter_by(individu_id=scene.troupe.gestionnaire.individu_id)
            ).one()
        )
        adresse = f"{fiche(scene, 'formateur')}/retirer-un-role"
        assert envoyer(admin, adresse, role=str(role), confirme="1").status_code == 422
        assert scene.dans(lambda: db.session.get_one(Role, role).actif)

    def test_withdrawing_a_formateur_names_the_sessions_that_it_blocks_first(
        self, scene: Scene, admin: Navigateur
    ) -> None:
        numero = scene.session(Etat.VALIDATION_FORMATEUR)
        telephone = scene.navigateur(scene.troupe.formateur)
        role = scene.dans(
            lambda: db.session.scalars(
                select(Role.id).filter_by(individu_id=scene.troupe.formateur.individu_id)
            ).one()
        )
        adresse = f"{fiche(scene, 'formateur')}/retirer-un-role"
        recap = admin.get(envoyer(admin, adresse, role=str(role)).location).text
        assert f"Session n°{numero}, MAROSE FORMATION" in recap
        assert telephone.get("/formateur/sessions/a-traiter").status_code == 200
        assert confirmer(admin, adresse, role=str(role)).status_code == 303
        assert telephone.get("/formateur/sessions/a-traiter").status_code == 404
        assert (
            "Bloquée"
            in scene.navigateur(scene.troupe.gestionnaire).get(scene.adresse("/sessions/a-traiter")).text
        )


def test_a_formateur_is_qualified_from_their_record(scene: Scene, admin: Navigateur) -> None:
    adresse = f"{fiche(scene, 'remplacant')}/qualifier"
    scene.dans(lambda: (db.session.execute(delete(Qualification)), db.session.commit()))
    champs = {
        "niveau": str(scene.troupe.marose.niveau_id),
        "debut": "01/01/2026",
        "fin": "31/12/2027",
    }
    assert envoyer(admin, adresse, **{**champs, "fin": "31/12/2025"}).status_code == 422
    assert confirmer(admin, adresse, **champs).status_code == 303
    assert "31/12/2027" in admin.get(fiche(scene, "remplacant")).text


def test_nobody_else_may(scene: Scene) -> None:
    with pytest.raises(Introuvable):
        scene.dans(lambda: creer(scene.troupe.gestionnaire, "A", "B", None, role=TypeRole.ADMINISTRATEUR))
