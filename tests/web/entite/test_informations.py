"""What the entité reads of itself: who it is, who speaks for it, what it may declare today."""

import io
import zipfile
from datetime import date, timedelta
from functools import partial

import pytest

from certif.domaine.personnes.modeles import Entite
from certif.domaine.referentiel.modeles import Habilitation, Plateforme, Suspension
from certif.domaine.sessions.etats import Etat
from certif.socle.base.extensions import db
from certif.socle.horloge import aujourd_hui
from tests.support.factories import un_certificat, une_habilitation
from tests.support.statements import requetes
from tests.web.distribution import Navigateur
from tests.web.scene import Scene


def changer(scene: Scene, **valeurs: object) -> None:
    """Change MAROSE's habilitation."""

    def ecrire() -> None:
        habilitation = db.session.get_one(Habilitation, scene.troupe.marose.habilitation_id)
        for nom, valeur in valeurs.items():
            setattr(habilitation, nom, valeur)
        db.session.commit()

    scene.dans(ecrire)


def test_the_entite_reads_its_address_and_its_people(scene: Scene, gestionnaire: Navigateur) -> None:
    def loger() -> None:
        entite = db.session.get_one(Entite, scene.troupe.marose.entite_id)
        entite.adresse, entite.code_postal, entite.ville = "12 rue <b>du</b> Moulin", "26800", "ETOILE"
        db.session.commit()

    scene.dans(loger)
    page = gestionnaire.get(scene.adresse("/informations")).text
    assert "12 rue &lt;b&gt;du&lt;/b&gt; Moulin, 26800 ETOILE" in page
    assert "PARIS Karine" in page
    assert "TESSIER Camille" in page
    assert "FORMATION GUY" not in page


def test_a_delegataire_reads_the_gestionnaires_only(scene: Scene) -> None:
    page = scene.navigateur(scene.troupe.delegataire).get(scene.adresse("/informations")).text
    assert "PARIS Karine" in page
    assert "VASSEUR Hugo" not in page


def test_an_habilitation_says_how_long_it_lasts_and_what_it_allows(
    scene: Scene, gestionnaire: Navigateur
) -> None:
    jour = aujourd_hui()
    changer(scene, debut=jour, fin=jour + timedelta(days=9))
    page = gestionnaire.get(scene.adresse("/habilitations")).text
    assert "SST / 1" in page
    assert "En vigueur, encore 9\u00a0jours" in page
    fin = jour + timedelta(days=9)
    assert f"une session qui se termine entre le {jour:%d/%m/%Y} et le {fin:%d/%m/%Y}." in page


@pytest.mark.parametrize(
    ("jours", "genre", "dit", "tait"),
    [
        (91, "succes", "En vigueur jusqu’en ", "renouvellement."),
        (90, "attente", "Pensez à demander son renouvellement.", "encore 90"),
        (89, "attente", "En vigueur, encore 89\u00a0jours", "Demandez"),
        (60, "attente", "Demandez son renouvellement.", "Sans renouvellement"),
        (30, "danger", "Sans renouvellement, vous ne pourrez plus", "Demandez"),
        (0, "danger", "dernier jour aujourd’hui", "A pris fin"),
    ],
)
def test_an_end_that_comes_is_warned_of_in_words_and_colour(
    scene: Scene, gestionnaire: Navigateur, jours: int, genre: str, dit: str, tait: str
) -> None:
    changer(scene, fin=aujourd_hui() + timedelta(days=jours))
    page = gestionnaire.get(scene.adresse("/habilitations")).text
    assert f"etat--{genre}" in page
    assert dit in page
    assert tait not in page


def test_a_gestionnaire_asks_for_the_renewal_until_it_is_granted(scene: Scene) -> None:
    fin = aujourd_hui() + timedelta(days=90)
    changer(scene, fin=fin)
    suite = f"demandes/nouvelle?niveau={scene.troupe.marose.niveau_id}"
    gestionnaire = scene.navigateur(scene.troupe.gestionnaire)
    assert suite in gestionnaire.get(scene.adresse("/habilitations")).text
    delegataire = scene.navigateur(scene.troupe.delegataire)
    assert suite not in delegataire.get(scene.adresse("/habilitations")).text
    changer(scene, fin=fin + timedelta(days=1))
    assert suite not in gestionnaire.get(scene.adresse("/habilitations")).text
    changer(scene, fin=fin)
    scene.dans(
        lambda: une_habilitation(
            scene.troupe.marose.entite_id, scene.troupe.marose.niveau_id, fin + timedelta(days=1)
        )
    )
    page = gestionnaire.get(scene.adresse("/habilitations")).text
    assert suite not in page
    assert "Renouvelée jusqu’au 31/12/2040." in page


def test_an_open_suspension_allows_nothing_from_its_first_day(scene: Scene, gestionnaire: Navigateur) -> None:
    def suspendre() -> None:
        db.session.add(
            Suspension(habilitation_id=scene.troupe.marose.habilitation_id, debut=date(2020, 1, 1))
        )
        db.session.commit()

    scene.dans(suspendre)
    page = gestionnaire.get(scene.adresse("/habilitations")).text
    assert "Suspendue, sans date de fin" in page
    assert "vous ne pouvez déclarer aucune session" in page


def test_a_withdrawal_counts_from_its_day(scene: Scene, gestionnaire: Navigateur) -> None:
    changer(scene, retrait_le=aujourd_hui())
    page = gestionnaire.get(scene.adresse("/habilitations")).text
    assert f"Retirée avec effet au {aujourd_hui():%d/%m/%Y}" in page


def test_what_is_over_stands_apart(scene: Scene, gestionnaire: Navigateur) -> None:
    changer(scene, debut=date(2020, 1, 1), fin=date(2020, 12, 31))
    page = gestionnaire.get(scene.adresse("/habilitations")).text
    assert "Aucune habilitation active" in page
    assert page.index("Habilitations passées") < page.index("A pris fin le 31/12/2020")


def test_the_platforms_stand_with_the_dispositif_that_needs_them(
    scene: Scene, gestionnaire: Navigateur
) -> None:
    def declarer() -> None:
        niveau = un_certificat("Amiante-1", "Amiante", plateforme_requise=True).niveau
        une_habilitation(scene.troupe.marose.entite_id, niveau.id)
        for entite_id, ville in (
            (scene.troupe.marose.entite_id, "ETOILE"),
            (scene.troupe.guy.entite_id, "LYON"),
        ):
            db.session.add(
                Plateforme(
                    entite_id=entite_id,
                    dispositif_id=niveau.dispositif_id,
                    code_postal="26800",
                    ville=ville,
                    debut=date(2020, 1, 1),
                )
            )
        db.session.commit()

    scene.dans(declarer)
    page = gestionnaire.get(scene.adresse("/habilitations")).text
    assert "26800 ETOILE" in page
    assert "LYON" not in page


def test_the_queries_do_not_grow_with_the_habilitations(scene: Scene, gestionnaire: Navigateur) -> None:
    def compter() -> int:
        with requetes() as vues:
            assert gestionnaire.get(scene.adresse("/habilitations")).status_code == 200
        return len(vues)

    def habiliter(rang: int) -> None:
        une_habilitation(scene.troupe.marose.entite_id, un_certificat(f"C-{rang}", f"D{rang}").niveau_id)

    compter()  # the first visit of the day leaves its mark
    avant = compter()
    for rang in range(8):
        scene.dans(partial(habiliter, rang))
    assert compter() == avant


def test_nobody_else_reads_them(scene: Scene) -> None:
    for acteur in (scene.troupe.etranger, scene.troupe.formateur, scene.troupe.administrateur):
        intrus = scene.navigateur(acteur)
        for suite in ("/informations", "/habilitations"):
            assert intrus.get(scene.adresse(suite)).status_code == 404


def test_a_gestionnaire_takes_the_data_away_even_suspended(scene: Scene, gestionnaire: Navigateur) -> None:
    adresse = scene.adresse("/informations/donnees.zip")

    def suspendre() -> None:
        db.session.get_one(Entite, scene.troupe.marose.entite_id).suspendue_le = aujourd_hui()
        db.session.commit()

    scene.dans(suspendre)
    assert f'href="{adresse}"' in gestionnaire.get(scene.adresse("/informations")).text
    reponse = gestionnaire.get(adresse)
    assert reponse.is_streamed and "attachment" in reponse.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(reponse.get_data())) as archive:
        assert "stagiaires.csv" in archive.namelist()
    delegataire = scene.navigateur(scene.troupe.delegataire)
    assert "donnees.zip" not in delegataire.get(scene.adresse("/informations")).text
    ailleurs = adresse.replace(str(scene.troupe.marose.entite_id), str(scene.troupe.guy.entite_id))
    for navigateur, ou in ((delegataire, adresse), (gestionnaire, ailleurs)):
        assert navigateur.get(ou).status_code == 404


def test_the_administrateur_hands_them_over_without_a_trainee(scene: Scene) -> None:
    admin = scene.navigateur(scene.troupe.administrateur)
    fiche = f"/administration/entites/{scene.troupe.marose.entite_id}"
    assert f'href="{fiche}/donnees.zip"' in admin.get(fiche).text
    with zipfile.ZipFile(io.BytesIO(admin.get(f"{fiche}/donnees.zip").get_data())) as archive:
        assert "stagiaires.csv" not in archive.namelist() and "sessions.csv" in archive.namelist()
    assert admin.get("/administration/entites/999/donnees.zip").status_code == 404


def test_a_trainee_is_answered_by_a_search_that_stands_in_no_address(
    scene: Scene, gestionnaire: Navigateur
) -> None:
    numero = scene.session(Etat.SAISIE)
    qui = scene.voir(numero, lambda s: s.stagiaires[0])
    adresse = scene.adresse("/informations/stagiaire")
    assert f'href="{adresse}"' in gestionnaire.get(scene.adresse("/informations")).text
    assert "Chercher" in gestionnaire.get(adresse).text
    champs = {"nom": qui.nom, "prenom": qui.prenom, "date_naissance": f"{qui.date_naissance:%d/%m/%Y}"}
    trouve = gestionnaire.post(adresse, champs)
    assert trouve.status_code == 200 and f'class="principale">{numero}<' in trouve.text
    assert "Aucun sous cette identité" in trouve.text
    refuse = gestionnaire.post(adresse, {**champs, "date_naissance": "31/02/1990"})
    assert refuse.status_code == 422 and f'value="{qui.nom}"' in refuse.text and "31/02/1990" in refuse.text
    admin = scene.navigateur(scene.troupe.administrateur)
    assert 'href="/administration/registre/stagiaire"' in admin.get("/administration/registre").text
    assert "MAROSE FORMATION" in admin.post("/administration/registre/stagiaire", champs).text
