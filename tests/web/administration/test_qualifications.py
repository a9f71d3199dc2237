"""QUALIFICATIONS through its list, records and forms: found by name, granted and withdrawn after a recap."""

from datetime import timedelta

from sqlalchemy import func, select

from certif.domaine.personnes.modeles import Individu
from certif.domaine.referentiel.modeles import Qualification
from certif.domaine.sessions.etats import Etat
from certif.domaine.temps import format_date
from certif.socle.base.extensions import db
from certif.socle.horloge import aujourd_hui
from tests.support.factories import un_certificat
from tests.web.administration.test_fiches_des_entites import caches, envoyer
from tests.web.distribution import Navigateur
from tests.web.lecture import Page
from tests.web.scene import Scene

LISTE = "/administration/qualifications"
DATES = {"debut": "01/01/2026", "fin": "31/12/2026"}


def numero(scene: Scene) -> str:
    return scene.dans(lambda: db.session.get_one(Individu, scene.troupe.formateur.individu_id).numero)


def sienne(scene: Scene) -> Qualification:
    qui = scene.troupe.formateur.individu_id
    return scene.dans(lambda: db.session.scalars(select(Qualification).filter_by(individu_id=qui)).one())


def test_a_name_is_searched_without_standing_in_an_address(scene: Scene, admin: Navigateur) -> None:
    sst = str(scene.troupe.marose.niveau_id)
    for recherche in ("rivi", "Stéphanie RIVIÈRE", numero(scene).lower()):
        page = admin.post(f"{LISTE}/recherche", {"recherche": recherche, "niveau": sst})
        assert "RIVIÈRE Stéphanie" in page.text and "GARNIER" not in page.text, recherche
        assert page.status_code == 200 and Page(page).dangers == []
        assert not [a for a in Page(page).adresses if recherche.split()[0].lower() in a.lower()]
    terminees = admin.get(LISTE, query_string={"etat": "terminees"})
    assert "RIVIÈRE" not in terminees.text
    for query in ("niveau=x", "etat=x", "tri=mot_de_passe&page=-1", "tri=fin&sens=desc"):
        assert admin.get(f"{LISTE}?{query}").status_code in (200, 422), query


def test_it_is_granted_once_after_a_recap_that_names_the_person(scene: Scene, admin: Navigateur) -> None:
    niveau = str(scene.dans(lambda: un_certificat("PRAP-IBC", "PRAP").niveau_id))
    for faux in ("", "JKA3789", "JKA3789٣", "ZZZ99999", "<b>"):
        reponse = envoyer(admin, f"{LISTE}/nouveau", numero=faux, niveau=niveau, **DATES)
        assert reponse.status_code == 422 and Page(reponse).messages["numero"], faux
        assert Page(reponse).valeurs["numero"] == faux
    valeurs = {"numero": numero(scene).lower(), "niveau": niveau, **DATES}
    recapitulatif = admin.get(envoyer(admin, f"{LISTE}/nouveau", **valeurs).location)
    assert "RIVIÈRE Stéphanie" in recapitulatif.text and "PRAP" in recapitulatif.text
    champs = {**caches(recapitulatif), **valeurs, "confirme": "1"}
    faites = [admin.post(f"{LISTE}/nouveau", champs) for _ in range(2)]
    assert faites[0].location == faites[1].location
    assert "RIVIÈRE Stéphanie, PRAP / 1" in admin.get(faites[0].location).text
    assert scene.dans(lambda: db.session.scalar(select(func.count()).select_from(Qualification))) == 4


def test_the_recap_of_a_withdrawal_names_exactly_the_sessions_that_it_blocks(
    scene: Scene, admin: Navigateur
) -> None:
    jour = aujourd_hui()
    soumise = scene.session(Etat.VALIDATION_FORMATEUR)
    brouillon = scene.session(Etat.SAISIE)
    avant = scene.session(Etat.VALIDATION_FORMATEUR, date_fin=jour - timedelta(days=1))
    autre = scene.session(Etat.VALIDATION_FORMATEUR, formateur_id=scene.troupe.remplacant.individu_id)
    fiche = f"{LISTE}/{sienne(scene).id}"
    le = format_date(jour)
    page = Page(admin.get(envoyer(admin, f"{fiche}/retirer", retrait_le=le).location)).texte
    assert f"Session n°{soumise}, MAROSE FORMATION, SST-1, fin le {le}" in page
    assert page.index("soumises qui seront bloquées") < page.index(f"n°{soumise}")
    assert page.index("ne pourront pas être soumises") < page.index(f"n°{brouillon}")
    assert f"n°{avant}" not in page and f"n°{autre}" not in page
    assert sienne(scene).retrait_le is None
    demain = format_date(jour + timedelta(days=1))
    page = Page(admin.get(envoyer(admin, f"{fiche}/retirer", retrait_le=demain).location)).texte
    assert "Aucune session n’en est bloquée" in page
    raccourcie = {"debut": "01/01/2020", "fin": format_date(jour - timedelta(days=1))}
    corriger = admin.get(envoyer(admin, f"{fiche}/corriger", **raccourcie).location)
    assert f"n°{soumise}" in corriger.text and f"n°{avant}" not in corriger.text
    assert envoyer(admin, f"{fiche}/retirer", retrait_le=le, confirme="1").status_code == 303
    assert sienne(scene).retrait_le == jour
    assert f"Retirée à compter du {le}" in admin.get(fiche).text
    assert envoyer(admin, f"{fiche}/prolonger", fin="31/12/2050").status_code == 409
    assert envoyer(admin, f"{fiche}/retablir").status_code == 303
    assert envoyer(admin, f"{fiche}/prolonger", fin="31/12/2040").status_code == 422
    assert envoyer(admin, f"{fiche}/prolonger", fin="31/12/2050").status_code == 303
    assert (sienne(scene).retrait_le, sienne(scene).fin.year) == (None, 2050)
