"""ENTITÉS through its lists, records and forms: what they show, refuse, keep, and do once."""

import re
from datetime import timedelta

from sqlalchemy import func, select
from werkzeug.test import TestResponse

from certif.domaine.courriers.modeles import Courrier
from certif.domaine.journal import EntreeJournal
from certif.domaine.personnes.modeles import Entite, Individu, Role
from certif.domaine.temps import format_date
from certif.socle.base.extensions import db
from certif.socle.horloge import aujourd_hui
from tests.support.factories import une_entite
from tests.web import arbre
from tests.web.distribution import Navigateur
from tests.web.lecture import Page
from tests.web.scene import Scene

NOUVELLE = {"raison_sociale": "ALPES SÉCURITÉ", "siret": "732 829 320 00074", "ville": "", "code_postal": ""}


def caches(page: TestResponse) -> dict[str, str]:
    """The hidden fields of the form of a page."""
    return dict(re.findall(r'<input type="hidden" name="(etat|jeton)" value="([^"]*)">', page.text))


def envoyer(admin: Navigateur, adresse: str, **champs: str) -> TestResponse:
    return admin.post(adresse, {**caches(admin.get(adresse)), **champs})


def combien(scene: Scene, modele: type) -> int:
    return scene.dans(lambda: db.session.scalar(select(func.count()).select_from(modele)) or 0)


def test_an_entite_is_created_once_and_found_by_any_of_its_words(scene: Scene, admin: Navigateur) -> None:
    adresse = "/administration/entites/nouveau"
    champs = {**caches(admin.get(adresse)), **NOUVELLE}
    premiere, seconde = admin.post(adresse, champs), admin.post(adresse, champs)
    assert (premiere.status_code, seconde.status_code) == (303, 303)
    assert premiere.location == seconde.location
    assert "732\u00a0829\u00a0320\u00a000074" in admin.get(premiere.location).text
    for recherche in ("securite", "alp", "Alpes Sécu", "alpessecurite", "73282932000074"):
        trouvee = admin.get("/administration/entites", query_string={"recherche": recherche}).text
        assert "ALPES SÉCURITÉ" in trouvee and "MAROSE" not in trouvee, recherche
    assert "Rien ne correspond" in admin.get("/administration/entites?recherche=zzz").text
    actions = scene.dans(
        lambda: list(db.session.scalars(select(EntreeJournal.action).filter_by(objet="entite")))
    )
    assert actions == ["creer"]


def test_what_is_refused_stands_beside_its_field_keeps_the_rest_and_changes_nothing(
    scene: Scene, admin: Navigateur
) -> None:
    avant = combien(scene, Entite)
    refuses = {
        "raison_sociale": ("", "   ", "x" * 161, "A\u202eB", "李小龍", "A\0B", "a\r\nb", "x" * 10_000),
        "siret": ("123", "73282932000075", "7328293200007٤", "-1", "1e9"),
        "code_postal": ("7500", "75 001", "2A004"),
    }
    for champ, textes in refuses.items():
        for texte in textes:
            reponse = envoyer(admin, "/administration/entites/nouveau", **{**NOUVELLE, champ: texte})
            page = Page(reponse)
            assert reponse.status_code == 422, (champ, texte[:20])
            assert page.messages.get(champ) or "caractère" in reponse.text, (champ, texte[:20])
            assert page.valeurs["siret" if champ != "siret" else "raison_sociale"]
            assert page.dangers == []
    assert combien(scene, Entite) == avant


def test_no_other_column_is_written(scene: Scene, admin: Navigateur) -> None:
    intrus = {"id": "999", "logo_sha256": "x" * 64, "suspendue_le": "2020-01-01", "email": "a@b.fr"}
    cree = envoyer(admin, "/administration/entites/nouveau", **NOUVELLE, **intrus)
    numero = int(cree.location.rpartition("/")[2])
    entite = scene.dans(lambda: db.session.get_one(Entite, numero))
    assert numero != 999 and entite.logo_sha256 is None and entite.suspendue_le is None and entite.email == ""


def test_a_stale_form_says_what_changed_and_overwrites_nothing(scene: Scene, admin: Navigateur) -> None:
    adresse = f"/administration/entites/{scene.troupe.guy.entite_id}/modifier"
    champs = caches(admin.get(adresse))
    premiere = {"raison_sociale": "GUY ET FILS", "siret": "", "adresse": "", "code_postal": "", "ville": ""}
    assert admin.post(adresse, {**champs, **premiere}).status_code == 303
    autre = {**champs, "jeton": "z" * 43, **premiere, "raison_sociale": "GUY SARL"}
    reponse = admin.post(adresse, autre)
    assert reponse.status_code == 409
    assert "GUY ET FILS" in Page(reponse).messages["raison_sociale"]
    assert Page(reponse).valeurs["raison_sociale"] == "GUY SARL"
    assert (
        scene.dans(lambda: db.session.get_one(Entite, scene.troupe.guy.entite_id).raison_sociale)
        == "GUY ET FILS"
    )


def test_a_column_that_says_nothing_takes_no_room(scene: Scene, admin: Navigateur) -> None:
    lignes = "/administration/entites?recherche=ALPES"
    envoyer(admin, "/administration/entites/nouveau", **NOUVELLE)
    [entetes, premiere] = arbre.lire(admin.get(lignes).text).xpath("//tr")
    assert "Ville" not in arbre.texte(entetes) and len(entetes) == len(premiere) == 5
    assert "Ville" in arbre.texte(arbre.lire(admin.get(lignes + "&tri=ville").text).xpath("//thead")[0])
    scene.dans(lambda: une_entite("ALPES GAP", ville="GAP"))
    assert "Ville" in arbre.texte(arbre.lire(admin.get(lignes).text).xpath("//thead")[0])


def test_a_failed_search_goes_on_where_it_may_succeed_and_a_private_one_in_no_address(
    admin: Navigateur,
) -> None:
    page = arbre.lire(admin.get("/administration/entites?recherche=rivi%C3%A8re").text)
    [habilitations] = page.xpath("//a[contains(., 'parmi les habilitations')]/@href")
    assert habilitations == "/administration/habilitations?recherche=rivi%C3%A8re"
    [envoi] = page.xpath("//form[contains(., 'parmi les individus')]")
    [cherche] = envoi.xpath(".//input[@name='recherche']/@value")
    assert "RIVIÈRE Stéphanie" in admin.post(envoi.get("action"), {"recherche": cherche}).text
    for rubrique, ailleurs in (("individus", "qualifications"), ("qualifications", "individus")):
        prive = admin.post(f"/administration/{rubrique}/recherche", {"recherche": "zzzzz"})
        assert f"/administration/{ailleurs}/recherche" in Page(prive).adresses
        assert not [adresse for adresse in Page(prive).adresses if "zzzzz" in adresse]


def test_a_suspension_from_a_day_on_is_shown_then_lifted(scene: Scene, admin: Navigateur) -> None:
    fiche = f"/administration/entites/{scene.troupe.marose.entite_id}"
    demain = aujourd_hui() + timedelta(days=1)
    assert envoyer(admin, f"{fiche}/suspendre", suspendue_le=format_date(demain)).status_code == 303
    assert f"Suspendue à partir du {format_date(demain)}" in admin.get(fiche).text
    assert envoyer(admin, f"{fiche}/suspendre", suspendue_le=format_date(demain)).status_code == 409
    assert envoyer(admin, f"{fiche}/suspendre", suspendue_le="31/02/2026").status_code == 422
    assert envoyer(admin, f"{fiche}/lever").status_code == 303
    assert "Active" in admin.get(fiche).text


def test_a_gestionnaire_is_invited_once_and_an_existing_account_gets_the_role_and_is_told(
    scene: Scene, admin: Navigateur
) -> None:
    fiche = f"/administration/entites/{scene.troupe.guy.entite_id}"
    personne = {"nom": "Nouvelle", "prenom": "Anaïs", "email": "anais@guy.example"}
    avant = combien(scene, Individu)
    for _ in range(2):  # asked again, the same person: no other one
        assert envoyer(admin, f"{fiche}/inviter", **personne).status_code == 303
    assert combien(scene, Individu) == avant + 1
    assert "NOUVELLE Anaïs" in admin.get(fiche).text
    adresse = scene.dans(
        lambda: db.session.get_one(Individu, scene.troupe.administrateur.individu_id).email or ""
    )
    courriers, roles = combien(scene, Courrier), combien(scene, Role)
    assert envoyer(admin, f"{fiche}/inviter", nom="X", prenom="Y", email=adresse).status_code == 303
    assert (combien(scene, Courrier), combien(scene, Role)) == (courriers + 1, roles + 1)
    for email in ("a@b", "Nom <a@x.fr>", "a@x.fr\r\nBcc: b@y.fr", "a@x.fr, b@y.fr", ""):
        assert envoyer(admin, f"{fiche}/inviter", **{**personne, "email": email}).status_code == 422, email


def test_who_has_the_name_of_somebody_invited_under_another_address_is_said_first(
    scene: Scene, admin: Navigateur
) -> None:
    adresse = f"/administration/entites/{scene.troupe.guy.entite_id}/inviter"
    avant = combien(scene, Individu)
    deja = scene.dans(lambda: db.session.get_one(Individu, scene.troupe.gestionnaire.individu_id).email)
    personne = {"nom": "Pàris", "prenom": "KARINE", "email": "karine@guy.example"}
    assert arbre.lire(admin.get(adresse).text).xpath("//main//button[normalize-space()='Inviter']")
    recap = admin.get(envoyer(admin, adresse, **personne).location)
    assert combien(scene, Individu) == avant
    for dit in ("karine@guy.example", str(deja), "depuis sa fiche"):
        assert dit in recap.text
    assert admin.post(adresse, {**caches(recap), **personne, "confirme": "1"}).status_code == 303
    assert combien(scene, Individu) == avant + 1


def test_a_name_that_another_has_is_admitted_after_a_recap_only(scene: Scene, admin: Navigateur) -> None:
    adresse = "/administration/entites/nouveau"
    homonyme = {
        **NOUVELLE,
        "raison_sociale": "Formation-Guy",
        "code_postal": "26800",
        "ville": "ETOILE SUR RHONE",
    }
    recap = admin.get(envoyer(admin, adresse, **homonyme).location)
    assert "Le nom «\u00a0Formation-Guy\u00a0» est déjà celui de\u00a0: FORMATION GUY." in recap.text
    assert combien(scene, Entite) == 2
    confirme = {**caches(recap), **homonyme, "confirme": "1"}
    refus = admin.post(adresse, confirme)
    assert refus.status_code == 422 and "dont il manque le SIRET et la ville" in refus.text
    guy = f"/administration/entites/{scene.troupe.guy.entite_id}/modifier"
    sienne = {"raison_sociale": "FORMATION GUY", "siret": "35600000000048"}
    assert envoyer(admin, guy, **sienne, code_postal="69007", ville="LYON").status_code == 303
    cree = admin.post(adresse, confirme)
    assert cree.status_code == 303
    assert "est aussi celui de\u00a0: FORMATION GUY" in admin.get(cree.location).text
    refus = envoyer(admin, guy, **sienne, code_postal="", ville="")
    assert refus.status_code == 422 and "laissez la ville" in refus.text
    listees = admin.get("/administration/entites?etat=homonymes").text
    assert "Formation-Guy" in listees and "FORMATION GUY" in listees and "MAROSE" not in listees


def test_a_recap_that_has_nothing_left_to_say_shows_the_form_and_does_nothing(
    scene: Scene, admin: Navigateur
) -> None:
    """The name was given up meanwhile: reading the address of the recap creates no entité."""
    adresse = "/administration/entites/nouveau"
    recap = envoyer(admin, adresse, **{**NOUVELLE, "raison_sociale": "Formation-Guy"}).location
    guy = f"/administration/entites/{scene.troupe.guy.entite_id}/modifier"
    libre = {"raison_sociale": "GUY ET FILS", "siret": "", "code_postal": "", "ville": ""}
    assert envoyer(admin, guy, **libre).status_code == 303
    formulaire = admin.get(recap)
    assert formulaire.status_code == 200 and Page(formulaire).valeurs["raison_sociale"] == "Formation-Guy"
    assert combien(scene, Entite) == 2


def test_the_record_says_which_of_those_of_one_name_cannot_be_told_apart(
    scene: Scene, admin: Navigateur
) -> None:
    """Equal since before: what is to be completed, on the record of each, until it is."""
    autre = scene.dans(lambda: une_entite("Formation-Guy", code_postal="69007", ville="LYON").id)
    fiches = [f"/administration/entites/{identifiant}" for identifiant in (scene.troupe.guy.entite_id, autre)]
    for fiche in fiches:
        page = admin.get(fiche).text
        assert "distinguer FORMATION GUY sur les pages publiques, renseignez le SIRET et la ville." in page
        assert "distinguer Formation-Guy sur les pages publiques, renseignez le SIRET." in page
    completee = {"raison_sociale": "FORMATION GUY", "siret": "35600000000048"}
    envoyer(admin, f"{fiches[0]}/modifier", **completee, code_postal="69007", ville="LYON")
    page = admin.get(fiches[1]).text
    assert "distinguer FORMATION GUY" not in page and "distinguer Formation-Guy" in page
