"""HABILITATIONS through their lists, records and forms: what a change blocks is said first, exactly."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from certif.domaine.courriers.modeles import Courrier
from certif.domaine.referentiel.modeles import Habilitation, Plateforme, Suspension
from certif.domaine.sessions.etats import Etat
from certif.socle.base.extensions import db
from tests.support.factories import un_certificat, une_habilitation
from tests.web.administration.test_fiches_des_entites import caches, envoyer
from tests.web.distribution import Navigateur
from tests.web.lecture import Page
from tests.web.scene import Scene

LISTE = "/administration/habilitations"
DATES_REFUSEES = ("", "31/02/2026", "1/6/26", "٠١/٠١/٢٠٢٦", "01/01/0001", "x" * 500, "01/01/2100", "<b>")


@pytest.fixture
def admin(scene: Scene, horloge_a: Callable[[str], None]) -> Navigateur:
    horloge_a("2026-06-12T12:00:00+02:00")
    return scene.navigateur(scene.troupe.administrateur)


@pytest.fixture
def fiche(scene: Scene) -> str:
    return f"{LISTE}/{scene.troupe.marose.habilitation_id}"


def recapituler(admin: Navigateur, adresse: str, **champs: str) -> TestResponse:
    """What is shown before the geste is confirmed."""
    return admin.get(envoyer(admin, adresse, **champs).location)


def confirmer(admin: Navigateur, adresse: str, recapitulatif: TestResponse, **champs: str) -> int:
    return admin.post(adresse, {**caches(recapitulatif), **champs, "confirme": "1"}).status_code


def sessions_dites(page: TestResponse) -> list[str]:
    return re.findall(r"Session n°(\d+)", page.text)


def test_case_6_a_withdrawal_in_the_past_names_what_it_blocks_and_blocks_exactly_that(
    scene: Scene, admin: Navigateur, fiche: str
) -> None:
    jours = {"le_10": date(2026, 6, 10), "la_veille": date(2026, 5, 31)}
    le_10, la_veille = (scene.session(Etat.VALIDATION_ENTITE, date_fin=jour) for jour in jours.values())
    brouillon = scene.session(Etat.SAISIE, date_fin=date(2026, 6, 1))
    chez_le_formateur = scene.session(Etat.VALIDATION_FORMATEUR, date_fin=date(2026, 7, 1))
    retrait = {"retrait_le": "01/06/2026"}
    recap = recapituler(admin, f"{fiche}/retirer", **retrait)
    assert sessions_dites(recap) == [str(n) for n in (le_10, chez_le_formateur, brouillon)]
    assert "fin le 10/06/2026, en cours de validation Entité" in recap.text
    assert scene.dans(lambda: db.session.get_one(Habilitation, 1).retrait_le) is None
    assert confirmer(admin, f"{fiche}/retirer", recap, **retrait) == 303
    page = admin.get(fiche)
    assert "Retirée à compter du 01/06/2026" in page.text
    assert sessions_dites(page) == [str(le_10), str(chez_le_formateur)]
    gestionnaire = scene.navigateur(scene.troupe.gestionnaire)
    pages = [gestionnaire.get(scene.adresse(f"/sessions/{n}/session")).text for n in (le_10, la_veille)]
    assert ["Bloquée" in page for page in pages] == [True, False]
    assert scene.etat(le_10) is Etat.VALIDATION_ENTITE
    assert envoyer(admin, f"{fiche}/annuler-le-retrait").status_code == 303
    assert sessions_dites(admin.get(fiche)) == []


def test_a_correction_names_what_its_days_would_block(scene: Scene, admin: Navigateur, fiche: str) -> None:
    bloquee, couverte = (
        scene.session(Etat.VALIDATION_ENTITE, date_fin=jour) for jour in (date(2026, 6, 9), date(2026, 6, 10))
    )
    justes = {"numero": "h-7", "debut": "10/06/2026", "fin": "09/06/2030"}
    recap = recapituler(admin, f"{fiche}/corriger", **justes)
    assert sessions_dites(recap) == [str(bloquee)] and "n° H-7, du 10/06/2026" in Page(recap).texte
    assert confirmer(admin, f"{fiche}/corriger", recap, **justes) == 303
    assert "Habilitation H-7" in admin.get(fiche).text
    gestionnaire = scene.navigateur(scene.troupe.gestionnaire)
    pages = [gestionnaire.get(scene.adresse(f"/sessions/{n}/session")).text for n in (bloquee, couverte)]
    assert ["Bloquée" in page for page in pages] == [True, False]


def test_a_suspension_is_recapitulated_recorded_once_ended_then_forgotten(
    scene: Scene, admin: Navigateur, fiche: str
) -> None:
    numero = scene.session(Etat.VALIDATION_ENTITE, date_fin=date(2026, 6, 10))
    scene.session(Etat.VALIDATION_ENTITE, date_fin=date(2026, 6, 4))
    champs = {"du": "05/06/2026", "au": ""}
    recap = recapituler(admin, f"{fiche}/suspendre", **champs)
    assert sessions_dites(recap) == [str(numero)]
    for _ in range(2):  # a double click
        assert confirmer(admin, f"{fiche}/suspendre", recap, **champs) == 303
    page = admin.get(fiche)
    assert "Suspendue jusqu’à nouvel ordre" in page.text and sessions_dites(page) == [str(numero)]
    (suspension,) = scene.dans(lambda: list(db.session.scalars(select(Suspension.id))))
    choix = {"suspension_id": str(suspension)}
    adresse = f"{fiche}/terminer-la-suspension"
    assert envoyer(admin, adresse, **choix, dernier_jour="04/06/2026").status_code == 422
    assert envoyer(admin, adresse, suspension_id="999", dernier_jour="05/06/2026").status_code == 422
    assert envoyer(admin, adresse, **choix, dernier_jour="09/06/2026").status_code == 303
    assert sessions_dites(admin.get(fiche)) == []
    assert envoyer(admin, f"{fiche}/supprimer-la-suspension", **choix).status_code == 303
    assert "Aucune suspension" in admin.get(fiche).text
    sujets = scene.dans(lambda: list(db.session.scalars(select(Courrier.sujet).order_by(Courrier.id))))
    attendus = ("suspendue", "suspension terminée", "suspension annulée")
    assert sujets == [f"Habilitation SST / 1\u00a0: {quoi}" for quoi in attendus]


def test_what_is_refused_stands_beside_its_field_and_changes_nothing(
    scene: Scene, admin: Navigateur, fiche: str
) -> None:
    amiante = scene.dans(lambda: un_certificat("Amiante-1", "Amiante", plateforme_requise=True).niveau_id)
    de_l_amiante = scene.dans(lambda: une_habilitation(scene.troupe.marose.entite_id, amiante).id)
    accord = {
        "niveau_id": str(amiante),
        "numero": "",
        "debut": "12/06/2026",
        "fin": "11/06/2030",
    }
    lieu = {"code_postal": "26800", "ville": "ETOILE SUR RHONE", "debut": "12/06/2026"}
    entite = f"/administration/entites/{scene.troupe.marose.entite_id}"
    formulaires: dict[str, tuple[dict[str, str], dict[str, tuple[str, ...]]]] = {
        f"{entite}/accorder-une-habilitation": (
            accord,
            {
                "niveau_id": ("", "999", "-1", "1 OR 1=1", "٣"),
                "numero": ("H 12", "É1", "<script>", "x" * 41, "H\r\nBcc: a@b.fr", "../x", "٣"),
                "fin": (*DATES_REFUSEES, "11/06/2026"),
                "debut": tuple(d for d in DATES_REFUSEES if d != "01/01/2100"),
            },
        ),
        f"{fiche}/prolonger": ({"fin": ""}, {"fin": (*DATES_REFUSEES, "31/12/2040")}),
        f"{fiche}/corriger": (
            {"numero": "H-7", "debut": "12/06/2026", "fin": "11/06/2030"},
            {
                "numero": ("", "H 12", "É1", "<script>", "x" * 41, "H\r\nBcc: a@b.fr", "٣"),
                "debut": (*DATES_REFUSEES, "12/06/2030"),
                "fin": (*DATES_REFUSEES, "11/06/2026"),
            },
        ),
        f"{fiche}/retirer": (
            {"retrait_le": ""},
            {"retrait_le": (*DATES_REFUSEES, "31/12/2019", "01/01/2041")},
        ),
        f"{fiche}/suspendre": (
            {"du": "12/06/2026", "au": ""},
            {"du": (*DATES_REFUSEES, "31/12/2019", "01/01/2041"), "au": (*DATES_REFUSEES[1:6], "11/06/2026")},
        ),
        f"{LISTE}/{de_l_amiante}/declarer-une-plateforme": (
            lieu,
            {
                "code_postal": ("2A004", "7500", "75 001", "²6800", "", "9" * 400),
                "ville": ("", "PARIS", "<b>Bob</b>", "\u200b", "x" * 500),
                "debut": tuple(d for d in DATES_REFUSEES if d != "01/01/2100"),
            },
        ),
        f"{LISTE}/{de_l_amiante}/fermer-une-plateforme": (
            {"plateforme_id": "1", "fin": "12/06/2026"},
            {"plateforme_id": ("", "1", "-1")},
        ),
    }
    avant = etat_de_la_base(scene)
    for adresse, (justes, faux) in formulaires.items():
        for champ, textes in faux.items():
            for texte in textes:
                reponse = envoyer(admin, adresse, **{**justes, champ: texte})
                page = Page(reponse)
                assert reponse.status_code == 422, (adresse, champ, texte[:20])
                assert page.messages or "informations sont à corriger" in reponse.text, (adresse, champ)
                assert page.dangers == [], (adresse, champ, texte[:20])
    assert etat_de_la_base(scene) == avant


def etat_de_la_base(scene: Scene) -> list[str]:
    def lire() -> list[str]:
        tables = (Habilitation.__table__, Suspension.__table__, Plateforme.__table__, Courrier.__table__)
        return [str(ligne) for table in tables for ligne in db.session.execute(select(table))]

    return scene.dans(lire)


def test_granted_from_the_record_of_the_entite_it_is_listed_there_and_found(
    scene: Scene, admin: Navigateur
) -> None:
    niveau = scene.dans(lambda: un_certificat("CATEC-1", "CATEC").niveau_id)
    entite = f"/administration/entites/{scene.troupe.guy.entite_id}"
    champs = {"niveau_id": str(niveau), "numero": "catec-7", "debut": "12/06/2026", "fin": "11/06/2030"}
    adresse = f"{entite}/accorder-une-habilitation"
    postes = {**caches(admin.get(adresse)), **champs, "retrait_le": "2026-01-01", "entite_id": "1"}
    premiere, seconde = admin.post(adresse, postes), admin.post(adresse, postes)
    assert premiere.status_code == 303 and premiere.location == seconde.location
    assert "En vigueur" in admin.get(premiere.location).text
    assert premiere.location in admin.get(entite).text and "CATEC-7" in admin.get(entite).text
    assert "autre habilitation" in envoyer(admin, adresse, **champs).text
    for recherche in ("CATEC-7", "guy", "niveau"):
        criteres = {"niveau": str(niveau)} if recherche == "niveau" else {"recherche": recherche}
        assert "CATEC-7" in admin.get(LISTE, query_string=criteres).text, recherche
    for criteres in ({"recherche": "marose"}, {"etat": "suspendue"}, {"etat": "a-venir"}):
        assert "CATEC-7" not in admin.get(LISTE, query_string=criteres).text, criteres
    assert admin.get(LISTE, query_string={"niveau": "1 OR 1=1", "page": "-1", "tri": "x"}).status_code == 422
    assert scene.dans(lambda: db.session.scalar(select(func.count()).select_from(Habilitation))) == 3


def test_platforms_are_kept_where_the_dispositif_requires_one(
    scene: Scene, admin: Navigateur, fiche: str
) -> None:
    assert "Plateformes" not in admin.get(fiche).text
    amiante = scene.dans(lambda: un_certificat("Amiante-1", "Amiante", plateforme_requise=True).niveau_id)
    autre = f"{LISTE}/{scene.dans(lambda: une_habilitation(scene.troupe.marose.entite_id, amiante).id)}"
    lieu = {"code_postal": "26800", "ville": "etoile-sur-rhone", "debut": "12/06/2026"}
    assert envoyer(admin, f"{fiche}/declarer-une-plateforme", **lieu).status_code == 409
    assert envoyer(admin, f"{autre}/declarer-une-plateforme", **lieu).status_code == 303
    assert envoyer(admin, f"{autre}/declarer-une-plateforme", **lieu).status_code == 422
    assert "26800 ETOILE SUR RHONE" in admin.get(autre).text
    apres, _ = (
        scene.session(Etat.SAISIE, date_fin=jour, lieu_type="plateforme", plateforme_id=1)
        for jour in (date(2026, 7, 1), date(2026, 6, 30))
    )
    fermeture = {"plateforme_id": "1", "fin": "30/06/2026"}
    recap = recapituler(admin, f"{autre}/fermer-une-plateforme", **fermeture)
    assert sessions_dites(recap) == [str(apres)]
    assert "dernier jour le 30/06/2026" in recap.text and "30/06/2026" not in admin.get(autre).text
    assert confirmer(admin, f"{autre}/fermer-une-plateforme", recap, **fermeture) == 303
    assert "30/06/2026" in admin.get(autre).text
