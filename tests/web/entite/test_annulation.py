"""*Annuler et refaire* on the screen (R14): chosen, named, confirmed, then shown where it belongs."""

import io
import re
import zipfile
from datetime import date

import pytest
from sqlalchemy import select

from certif.domaine.certificats.annulation import Annulation, annuler_et_refaire
from certif.domaine.certificats.modeles import CertificatEmis, LigneRegistre, StatutRegistre
from certif.domaine.certificats.production import dossier
from certif.domaine.certificats.production.archive import reconstituer
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.socle.base.extensions import db
from tests.support.moves import porter_a
from tests.web.distribution import Navigateur
from tests.web.scene import Scene

PARTIEL = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def numero(scene: Scene) -> int:
    return scene.session(Etat.GENERE, reussites=3, echecs=1, declarant=scene.troupe.delegataire)


@pytest.fixture
def delegataire(scene: Scene) -> Navigateur:
    return scene.navigateur(scene.troupe.delegataire)


def onglet(scene: Scene, numero: int) -> str:
    return scene.adresse(f"/sessions/{numero}/telechargements")


def annulation(scene: Scene, numero: int) -> str:
    return scene.adresse(f"/sessions/{numero}/annulation")


def ids(scene: Scene, numero: int) -> list[int]:
    requete = select(CertificatEmis.id).filter_by(session_numero=numero).order_by(CertificatEmis.id)
    return scene.dans(lambda: list(db.session.scalars(requete)))


def annules(scene: Scene) -> int:
    requete = select(LigneRegistre.numero).filter_by(statut=StatutRegistre.ANNULE)
    return scene.dans(lambda: len(db.session.scalars(requete).all()))


def annuler(scene: Scene, numero: int, combien: int = 1, **options: object) -> int:
    """By the action; the rectificative session's number, 0 without one."""
    asked = Annulation(tuple(ids(scene, numero)[:combien]), **{"motif": "identite", **options})  # type: ignore[arg-type]
    version = scene.version(numero)
    gestionnaire = scene.troupe.gestionnaire
    return scene.dans(lambda: annuler_et_refaire(gestionnaire, numero, version, asked)) or 0


def formulaire(scene: Scene, numero: int, *certificats: int, **champs: str) -> dict[str, object]:
    return {
        "version": str(scene.version(numero)),
        "certificat": list(map(str, certificats)),
        "motif": "identite",
        "refaire": "1",
        **champs,
    }


class TestChoix:
    def test_the_tab_offers_it_apart_to_a_gestionnaire_only(
        self, scene: Scene, numero: int, gestionnaire: Navigateur, delegataire: Navigateur
    ) -> None:
        page = gestionnaire.get(onglet(scene, numero)).text
        assert "Annuler et refaire" in page and page.count('name="certificat"') == 3
        assert "Annuler les 3\u00a0certificats" in page
        assert "Annuler et refaire" not in delegataire.get(onglet(scene, numero)).text
        assert delegataire.get(annulation(scene, numero)).status_code == 404

    def test_not_before_the_generation(self, scene: Scene, gestionnaire: Navigateur) -> None:
        for etat in (Etat.SAISIE, Etat.VALIDATION_ENTITE, Etat.GENERATION):
            autre = scene.session(etat)
            assert "Annuler et refaire" not in gestionnaire.get(onglet(scene, autre)).text
            assert gestionnaire.post(annulation(scene, autre), {"version": "1"}).status_code == 409

    def test_choosing_nothing_is_said_beside_the_choice(
        self, scene: Scene, numero: int, gestionnaire: Navigateur
    ) -> None:
        for entetes in ({}, PARTIEL):
            reponse = gestionnaire.get(annulation(scene, numero), headers=entetes)
            assert reponse.status_code == 422
            assert "Choisissez au moins un certificat à annuler." in reponse.text
            assert re.search(r"<details[^>]* open>", reponse.text)

    def test_the_recap_names_whom_and_what_will_happen(
        self, scene: Scene, numero: int, gestionnaire: Navigateur
    ) -> None:
        premier, second, _ = ids(scene, numero)
        requete = f"{annulation(scene, numero)}?certificat={premier}&certificat={second}"
        for entetes in ({}, PARTIEL):
            recap = gestionnaire.get(requete, headers=entetes).text
            assert "Annuler 2\u00a0certificats\u00a0?" in recap
            assert "LEFÈVRE Hélène" in recap and "D’ALMEIDA João" in recap and "NGUYỄN" not in recap
            assert "c’est irréversible" in recap and "refait avec l’autre certificat" in recap
            assert re.search(r'name="refaire"[^>]*\schecked', recap)

    def test_all_of_them(self, scene: Scene, numero: int, gestionnaire: Navigateur) -> None:
        recap = gestionnaire.get(f"{annulation(scene, numero)}?tous=1").text
        assert recap.count('name="certificat"') == 3
        assert "n’aura plus aucun certificat à télécharger" in recap

    @pytest.mark.parametrize("certificat", ["x", "-1", "٣", "1e9", "9" * 400, "²", ""])
    def test_what_is_no_certificate(
        self, scene: Scene, numero: int, gestionnaire: Navigateur, certificat: str
    ) -> None:
        assert (
            gestionnaire.get(annulation(scene, numero), query_string={"certificat": certificat}).status_code
            == 404
        )
        champs = {**formulaire(scene, numero), "certificat": certificat}
        assert gestionnaire.post(annulation(scene, numero), champs).status_code == 404
        assert annules(scene) == 0


class TestAnnulation:
    def test_it_leads_to_the_rectificative_session(
        self, scene: Scene, numero: int, gestionnaire: Navigateur
    ) -> None:
        premier = ids(scene, numero)[0]
        reponse = gestionnaire.post(annulation(scene, numero), formulaire(scene, numero, premier))
        assert reponse.status_code == 303
        nouvelle = numero + 1
        assert reponse.location.endswith(f"/sessions/{nouvelle}/stagiaires")
        page = gestionnaire.get(reponse.location).text
        assert f"Session de certification n°{nouvelle}" in page
        assert f"Rectificative de la n°{numero}" in page
        assert f"1\u00a0certificat de la session n°{numero} est annulé" in page
        assert "D’ALMEIDA" in page and "Hélène" not in page
        assert (
            f"rectificative de la n°{numero}" in gestionnaire.get(scene.adresse("/sessions/a-traiter")).text
        )

    def test_a_date_to_mend_leads_to_the_tab_that_holds_it(
        self, scene: Scene, numero: int, gestionnaire: Navigateur
    ) -> None:
        champs = formulaire(scene, numero, ids(scene, numero)[0], motif="date")
        assert gestionnaire.post(annulation(scene, numero), champs).location.endswith("/session")

    def test_by_htmx(self, scene: Scene, numero: int, gestionnaire: Navigateur) -> None:
        champs = formulaire(scene, numero, ids(scene, numero)[0])
        reponse = gestionnaire.htmx(annulation(scene, numero), champs)
        assert reponse.headers["HX-Redirect"].endswith(f"/sessions/{numero + 1}/stagiaires")

    def test_without_making_it_again(self, scene: Scene, numero: int, gestionnaire: Navigateur) -> None:
        champs = formulaire(scene, numero, ids(scene, numero)[0], motif="tort")
        del champs["refaire"]
        reponse = gestionnaire.post(annulation(scene, numero), champs)
        assert reponse.location.endswith(onglet(scene, numero))
        requete = select(SessionCertification.numero)
        assert scene.dans(lambda: db.session.scalars(requete).all()) == [numero]

    def test_what_was_typed_is_kept_when_it_is_refused(
        self, scene: Scene, numero: int, gestionnaire: Navigateur
    ) -> None:
        texte = "<b>Bob</b> " + "x" * 500
        champs = formulaire(scene, numero, ids(scene, numero)[0], motif="", precisions=texte)
        del champs["refaire"]
        for envoyer in (gestionnaire.post, gestionnaire.htmx):
            reponse = envoyer(annulation(scene, numero), champs)
            assert reponse.status_code == 422
            assert "Choisissez un motif dans la liste." in reponse.text
            assert "500 caractères au plus" in reponse.text
            assert "&lt;b&gt;Bob&lt;/b&gt; xxx" in reponse.text and "<b>Bob" not in reponse.text
            assert not re.search(r'name="refaire"[^>]*\schecked', reponse.text)
        assert annules(scene) == 0

    def test_a_stale_page_shows_what_changed_and_changes_nothing(
        self, scene: Scene, numero: int, gestionnaire: Navigateur
    ) -> None:
        premier, second, _ = ids(scene, numero)
        vue = formulaire(scene, numero, premier, second)
        annuler(scene, numero)
        reponse = gestionnaire.htmx(annulation(scene, numero), vue)
        assert reponse.status_code == 409
        assert "a annulé 1\u00a0certificat à" in reponse.text
        # What is still in force can be confirmed from there.
        assert "LEFÈVRE Hélène" in reponse.text and "D’ALMEIDA" not in reponse.text
        assert f'name="version" value="{scene.version(numero)}"' in reponse.text
        assert annules(scene) == 1

    def test_twice_the_same_click(self, scene: Scene, numero: int, gestionnaire: Navigateur) -> None:
        champs = formulaire(scene, numero, ids(scene, numero)[0])
        lieux = {gestionnaire.post(annulation(scene, numero), champs).location for _ in range(2)}
        assert len(lieux) == 1 and annules(scene) == 1

    def test_another_session_s_certificate(self, scene: Scene, numero: int, gestionnaire: Navigateur) -> None:
        autre = scene.session(Etat.GENERE, date_fin=date(2026, 1, 5))
        champs = formulaire(scene, numero, ids(scene, autre)[0])
        assert gestionnaire.post(annulation(scene, numero), champs).status_code == 404
        assert annules(scene) == 0

    def test_a_delegataire_does_not_even_see_it(
        self, scene: Scene, numero: int, delegataire: Navigateur
    ) -> None:
        champs = formulaire(scene, numero, ids(scene, numero)[0])
        assert delegataire.post(annulation(scene, numero), champs).status_code == 404
        assert annules(scene) == 0


class TestApres:
    def test_the_tab_says_what_was_cancelled_and_where_it_is_made_again(
        self, scene: Scene, numero: int, gestionnaire: Navigateur, delegataire: Navigateur
    ) -> None:
        nouvelle = annuler(scene, numero, precisions="Nom d'usage saisi")
        scene.dans(lambda: reconstituer(numero))
        page = gestionnaire.get(onglet(scene, numero)).text
        assert "3\u00a0candidats ont validé la certification" in page
        assert "1\u00a0certificat annulé" in page and "erreur d’identité" in page
        assert f"Session n°{nouvelle}, rectificative de la n°{numero}" in page
        assert "Nom d&#39;usage saisi" in page
        assert "a annulé 1\u00a0certificat" in page
        # The private text and the other's session are not the délégataire's.
        autre = delegataire.get(onglet(scene, numero)).text
        assert "1\u00a0certificat annulé" in autre
        assert "usage saisi" not in autre and f"Session n°{nouvelle}" not in autre

    def test_the_formateur_never_reads_why(self, scene: Scene, numero: int) -> None:
        annuler(scene, numero, motif="fraude", precisions="Pièce falsifiée")
        page = scene.navigateur(scene.troupe.formateur).get(f"/formateur/sessions/{numero}/stagiaires").text
        assert "a annulé 1\u00a0certificat" in page
        assert "raude" not in page and "falsifiée" not in page

    def test_while_the_zip_is_packed_again_each_pdf_stays_downloadable(
        self, scene: Scene, numero: int, gestionnaire: Navigateur
    ) -> None:
        annuler(scene, numero)
        page = gestionnaire.get(onglet(scene, numero)).text
        assert "Le fichier zip se prépare de nouveau" in page and 'hx-trigger="load delay:300ms' in page
        assert "Télécharger les certificats" not in page
        retire, valable, _ = ids(scene, numero)
        fichiers = f"{onglet(scene, numero)}/certificats"
        assert gestionnaire.get(fichiers).status_code == 503
        assert gestionnaire.get(f"{fichiers}/{retire}").status_code == 404
        assert gestionnaire.get(f"{fichiers}/{valable}").status_code == 200
        scene.dans(lambda: (reconstituer(numero), dossier.produire(numero)))
        page = gestionnaire.get(onglet(scene, numero)).text
        assert "se prépare de nouveau" not in page and 'hx-trigger="load' not in page
        deux_fois = {gestionnaire.get(fichiers).data for _ in range(2)}
        assert len(deux_fois) == 1
        with zipfile.ZipFile(io.BytesIO(deux_fois.pop())) as archive:
            assert len(archive.namelist()) == 2

    def test_a_zip_that_does_not_come_back_is_said(
        self, scene: Scene, numero: int, gestionnaire: Navigateur
    ) -> None:
        annuler(scene, numero)
        il_y_a_longtemps = scene.voir(numero, lambda s: s.creee_le).replace(year=2020)
        scene.dans(lambda: porter_a(numero, modifiee_le=il_y_a_longtemps))
        assert "prend plus de temps que prévu" in gestionnaire.get(onglet(scene, numero)).text

    def test_when_all_are_cancelled_the_page_says_so(
        self, scene: Scene, numero: int, gestionnaire: Navigateur
    ) -> None:
        annuler(scene, numero, 3)
        page = gestionnaire.get(onglet(scene, numero)).text
        assert "Tous les certificats de cette session sont annulés" in page
        assert "Télécharger les certificats" not in page and "Annuler et refaire" not in page
        assert "Certificats annulés\u00a0; suppression le" in page
        assert gestionnaire.get(f"{onglet(scene, numero)}/certificats").status_code == 404
        assert gestionnaire.get(annulation(scene, numero)).status_code == 200
