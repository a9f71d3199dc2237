"""The recap of *Générer*: all that is about to be printed, before nothing can be corrected any more."""

from datetime import date

import pytest

from certif.domaine.libelles.sessions.entite import RECAP_CHANGE
from certif.domaine.personnes.modeles import Entite
from certif.domaine.referentiel.modeles import Certificat
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.valeurs import MotifEchec, Resultat
from certif.socle.base.extensions import db
from certif.web.entite.actions.a_etablir import LUS_D_UN_COUP
from tests.support.factories import un_nom_commercial, un_stagiaire
from tests.web import arbre
from tests.web.distribution import Navigateur
from tests.web.scene import Scene

F = date(2026, 6, 10)


def recap(scene: Scene, gestionnaire: Navigateur, numero: int) -> arbre.Element:
    page = gestionnaire.get(scene.adresse(f"/sessions/{numero}/actions?action=generer"))
    [carte] = arbre.lire(page.text).xpath("//*[contains(@class, 'recapitulatif')]")
    return carte


def fiche(carte: arbre.Element) -> dict[str, str]:
    return {arbre.texte(d.find("dt")): arbre.texte(d.find("dd")) for d in carte.xpath(".//dl/div")}


def saisis(carte: arbre.Element) -> dict[str, str]:
    """What its form sends."""
    return {champ.get("name"): champ.get("value") for champ in carte.xpath(".//form//input")}


def test_it_says_what_will_be_printed_of_the_session(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session(Etat.VALIDATION_ENTITE, date_fin=F)
    assert fiche(recap(scene, gestionnaire, numero)) == {
        "Certificat": "SST-1",
        "Lieu de formation": "26800 ETOILE SUR RHONE",
        "Validité": "Du 10/06/2026 au 10/06/2028 inclus",
        "Formateur": "RIVIÈRE Stéphanie",
        "Nom imprimé": "MAROSE FORMATION",
    }


def test_a_certificat_without_end_and_a_trade_name_are_said_as_printed(
    scene: Scene, gestionnaire: Navigateur
) -> None:
    marose = scene.troupe.marose

    def sans_fin() -> None:
        db.session.get_one(Certificat, marose.certificat_id).mois_validite = None
        db.session.commit()

    scene.dans(sans_fin)
    nom = scene.dans(lambda: un_nom_commercial(marose.entite_id))
    numero = scene.session(Etat.VALIDATION_ENTITE, date_fin=F, nom_commercial_id=nom)
    lignes = fiche(recap(scene, gestionnaire, numero))
    assert lignes["Validité"] == "À compter du 10/06/2026, sans limite de durée"
    assert lignes["Nom imprimé"] == "MAROSE SÉCURITÉ, nom commercial de l’organisme MAROSE FORMATION"


def test_it_names_who_succeeded_and_who_failed_why(scene: Scene, gestionnaire: Navigateur) -> None:
    absent = un_stagiaire("Çelik", "Noël", resultat=Resultat.ECHEC)
    absent.motif_echec = MotifEchec.ABSENT
    reussi = un_stagiaire("Nguyễn", "Thị Hồng", resultat=Resultat.REUSSITE)
    numero = scene.session(Etat.VALIDATION_ENTITE, stagiaires=[absent, reussi])
    carte = recap(scene, gestionnaire, numero)
    listes = [
        [arbre.texte(e) for e in (liste.find("summary"), *liste.iter("li"))]
        for liste in carte.xpath(".//details")
    ]
    assert listes == [["1 réussite", "NGUYỄN Thị Hồng"], ["1 échec", "ÇELIK Noël Absent"]]
    assert "Plus rien ne pourra être corrigé ensuite" in arbre.texte(carte)


@pytest.mark.parametrize(("combien", "depliees"), [(LUS_D_UN_COUP, 1), (LUS_D_UN_COUP + 1, 0)])
def test_many_names_are_folded(scene: Scene, gestionnaire: Navigateur, combien: int, depliees: int) -> None:
    numero = scene.session(Etat.VALIDATION_ENTITE, reussites=combien)
    carte = recap(scene, gestionnaire, numero)
    assert len(carte.xpath(".//details[@open]")) == depliees
    assert len(carte.xpath(".//details//li")) == combien


def test_what_is_printed_is_what_was_read(scene: Scene, gestionnaire: Navigateur) -> None:
    """A name that changes meanwhile leaves the version of the session as it was: it is read again first."""
    numero = scene.session(Etat.VALIDATION_ENTITE, date_fin=F)
    lu = saisis(recap(scene, gestionnaire, numero))

    def renommer() -> None:
        db.session.get_one(Entite, scene.troupe.marose.entite_id).raison_sociale = "MAROSE ET FILLES"
        db.session.commit()

    scene.dans(renommer)
    adresse = scene.adresse(f"/sessions/{numero}/actions/generer")
    refus = gestionnaire.post(adresse, data=lu)
    assert refus.status_code == 409 and RECAP_CHANGE in refus.text
    assert scene.dans(lambda: db.session.get_one(SessionCertification, numero).etat) is Etat.VALIDATION_ENTITE
    relu = recap(scene, gestionnaire, numero)
    assert fiche(relu)["Nom imprimé"] == "MAROSE ET FILLES"
    assert gestionnaire.post(adresse, data=saisis(relu)).status_code == 303
