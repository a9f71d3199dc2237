"""What is missing of something that one may see is told as a part of it; to anybody else nothing is told."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from certif.domaine.certificats.annulation import Annulation, annuler_et_refaire
from certif.domaine.certificats.modeles import CertificatEmis
from certif.domaine.demandes.etats import EtatDemande
from certif.domaine.sessions.actions.stagiaires import retirer_stagiaire
from certif.domaine.sessions.etats import Etat
from certif.socle.base.extensions import db
from tests.support.demandes import une_demande
from tests.web.distribution import Navigateur
from tests.web.lecture import texte
from tests.web.scene import Scene

AUCUN = 999_999


def dit_la_partie(reponse: TestResponse, message: str, retour: str) -> None:
    """A 404 about the part, with a way back, and no other account to try."""
    assert reponse.status_code == 404
    assert message in texte(reponse.text), texte(reponse.text)[100:700]
    assert "Cette session n’existe pas" not in texte(reponse.text)
    assert "Changer de compte" not in reponse.text
    assert f'href="{retour}"' in reponse.text


def sans_un_certificat(scene: Scene, combien: int = 1) -> tuple[int, list[int]]:
    """A generated session whose first certificates were cancelled, and all their ids."""
    numero = scene.session(Etat.GENERE, reussites=3)
    requete = select(CertificatEmis.id).filter_by(session_numero=numero).order_by(CertificatEmis.id)
    ids = scene.dans(lambda: list(db.session.scalars(requete)))
    choix = Annulation(tuple(ids[:combien]), motif="identite", refaire=False)
    version = scene.version(numero)
    scene.dans(lambda: annuler_et_refaire(scene.troupe.gestionnaire, numero, version, choix))
    return numero, ids


def test_a_cancelled_certificate_is_said_cancelled(scene: Scene, gestionnaire: Navigateur) -> None:
    numero, ids = sans_un_certificat(scene)
    session, retour = scene.adresse(f"/sessions/{numero}"), scene.adresse(f"/sessions/{numero}/session")
    champs = {"version": scene.version(numero), "motif": "identite"}
    demandes: list[Callable[[Any], TestResponse]] = [
        lambda cle: gestionnaire.get(f"{session}/telechargements/certificats/{cle}"),
        lambda cle: gestionnaire.post(f"{session}/telechargements/certificats/{cle}/code", {}),
        lambda cle: gestionnaire.post(f"{session}/annulation", {**champs, "certificat": str(cle)}),
    ]
    for demander in demandes:
        dit_la_partie(demander(ids[0]), "Ce certificat a été annulé", retour)
        dit_la_partie(demander(AUCUN), "Ce certificat n’est pas dans cette session", retour)
    plusieurs = {**champs, "certificat": [str(ids[0]), str(ids[1])]}
    dit_la_partie(
        gestionnaire.post(f"{session}/annulation", plusieurs), "L’un de ces certificats a été annulé", retour
    )


def test_all_of_them_cancelled(scene: Scene, gestionnaire: Navigateur) -> None:
    numero, _ = sans_un_certificat(scene, combien=3)
    reponse = gestionnaire.get(scene.adresse(f"/sessions/{numero}/telechargements/certificats"))
    dit_la_partie(
        reponse,
        "Tous les certificats de cette session sont annulés",
        scene.adresse(f"/sessions/{numero}/session"),
    )


@pytest.mark.parametrize("existait", [True, False])
def test_a_removed_stagiaire(scene: Scene, gestionnaire: Navigateur, existait: bool) -> None:
    numero = scene.session(Etat.SAISIE, reussites=2)
    qui, version = scene.voir(numero, lambda s: s.stagiaires[0].id), scene.version(numero)
    scene.dans(lambda: retirer_stagiaire(scene.troupe.gestionnaire, numero, version, qui))
    cle = qui if existait else AUCUN
    adresse, retour = scene.adresse(f"/sessions/{numero}/stagiaires"), f"/sessions/{numero}/session"
    message, retour = "Ce stagiaire n’est plus dans la session", scene.adresse(retour)
    dit_la_partie(gestionnaire.get(f"{adresse}/{cle}"), message, retour)
    champs = {"version": scene.version(numero), "stagiaire": cle}
    dit_la_partie(gestionnaire.post(f"{adresse}/retirer", champs), message, retour)
    reponse = gestionnaire.htmx(f"{adresse}/retirer", champs)
    assert reponse.status_code == 404 and message in texte(reponse.text)


def test_a_correction_that_nobody_asks_for(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session(Etat.SAISIE, reussites=1)
    adresse = scene.adresse(f"/sessions/{numero}/stagiaires/propositions/{AUCUN}")
    reponse = gestionnaire.post(adresse, {"version": scene.version(numero)})
    dit_la_partie(
        reponse, "n’est plus demandée par le formateur", scene.adresse(f"/sessions/{numero}/session")
    )


def test_what_no_message_is_written_for(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session(Etat.SAISIE, reussites=1)
    reponse = gestionnaire.get(scene.adresse(f"/sessions/{numero}/apercus"))
    dit_la_partie(reponse, "n’est plus dans cette session", scene.adresse(f"/sessions/{numero}/session"))


def test_the_formateur_is_told_of_stagiaires_too(scene: Scene, formateur: Navigateur) -> None:
    numero = scene.session(Etat.VALIDATION_FORMATEUR, reussites=2)
    adresse = f"/formateur/sessions/{numero}"
    dit_la_partie(formateur.get(f"{adresse}/relire/9"), "Ce stagiaire n’est plus dans la session", adresse)
    champs = {"version": scene.version(numero), f"resultat-{AUCUN}": "reussite"}
    reponse = formateur.post(f"{adresse}/resultats", champs)
    dit_la_partie(reponse, "Ce stagiaire n’est plus dans la session", adresse)


def test_a_file_of_a_demande_and_a_trade_name(scene: Scene, gestionnaire: Navigateur) -> None:
    marose, admin = scene.troupe.marose, scene.troupe.administrateur
    demande = scene.dans(
        lambda: une_demande(scene.troupe.gestionnaire, marose.niveau_id, EtatDemande.BROUILLON, admin)
    )
    adresse = scene.adresse(f"/demandes/{demande}")
    dit_la_partie(gestionnaire.get(f"{adresse}/pieces/{AUCUN}"), "Cette pièce jointe n’est plus", adresse)
    informations = scene.adresse("/informations")
    reponse = gestionnaire.get(f"{informations}/noms/{AUCUN}")
    dit_la_partie(reponse, "Ce nom commercial n’est plus", informations)


def test_who_may_not_see_the_session_learns_nothing(scene: Scene) -> None:
    numero, ids = sans_un_certificat(scene)
    qui = scene.voir(numero, lambda s: s.stagiaires[0].id)
    intrus = scene.navigateur(scene.troupe.etranger)
    collegue = scene.navigateur(scene.troupe.collegue)
    entite = lire_entite(scene)
    for suite in (f"telechargements/certificats/{ids[0]}", f"stagiaires/{qui}", f"stagiaires/{AUCUN}"):
        siennes = f"/entite/{entite}/sessions"
        ici, ailleurs = (intrus.get(f"{siennes}/{n}/{suite}") for n in (numero, AUCUN))
        assert ici.status_code == ailleurs.status_code == 404
        assert texte(ici.text).replace(str(numero), "") == texte(ailleurs.text).replace(str(AUCUN), "")
        for navigateur in (intrus, collegue):
            page = navigateur.get(scene.adresse(f"/sessions/{numero}/{suite}"))
            assert page.status_code == 404
            assert "Ce certificat" not in page.text and "Ce stagiaire" not in page.text


def lire_entite(scene: Scene) -> int:
    """The entité of somebody from elsewhere."""
    return scene.troupe.etranger.entite_id or 0
