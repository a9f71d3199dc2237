"""What htmx puts in a page is what a refresh shows: each answer is applied and compared with a new GET."""

from collections.abc import Mapping

import pytest
from sqlalchemy import select

from certif.domaine.acteur import Acteur
from certif.domaine.certificats.annulation import Annulation, annuler_et_refaire
from certif.domaine.certificats.generation import demander_generation
from certif.domaine.certificats.modeles import CertificatEmis
from certif.domaine.certificats.production import dossier
from certif.domaine.certificats.production.archive import reconstituer
from certif.domaine.certificats.production.certificats import produire
from certif.domaine.personnes.modeles import Individu
from certif.domaine.sessions.etats import Action, Etat
from certif.socle.base.extensions import db
from tests.support.factories import un_stagiaire, une_proposition
from tests.support.moves import lire
from tests.web import arbre
from tests.web.distribution import Navigateur
from tests.web.scene import Scene

PARTIEL = {"HX-Request": "true", "HX-Request-Type": "partial"}


def comparer(
    navigateur: Navigateur,
    page: str,
    requete: str,
    champs: Mapping[str, str] | None = None,
    fraiche: str = "",
) -> None:
    """From `page`, htmx asks `requete`, by POST with `champs`; then comes `page`, or `fraiche`, anew."""
    ancienne = arbre.verifier(navigateur.get(page).text, page)
    if champs is None:
        reponse = navigateur.get(requete, headers=PARTIEL)
    else:
        reponse = navigateur.htmx(requete, dict(champs))
        arbre.cocher(ancienne, champs)
    assert reponse.status_code == 200, reponse.text
    obtenue = arbre.appliquer(ancienne, reponse.text)
    attendue = arbre.verifier(navigateur.get(fraiche or page).text, page)
    assert arbre.principal(obtenue) == arbre.principal(attendue)


@pytest.fixture
def numero(scene: Scene) -> int:
    """A draft with everything, about to be submitted."""
    stagiaires = [un_stagiaire(), un_stagiaire("Çelik", "Emre")]
    return scene.session(Etat.SAISIE, stagiaires=stagiaires, reference_interne="Convention 12")


class TestListes:
    @pytest.mark.parametrize(
        "requete",
        [
            "tri=date-fin",
            "tri=numero&sens=desc",
            "etat=saisie",
            "par=moi",
            "recherche=convention",
            "recherche=zzz",
        ],
    )
    def test_filters(self, scene: Scene, numero: int, gestionnaire: Navigateur, requete: str) -> None:
        scene.session(Etat.VALIDATION_ENTITE)
        page = scene.adresse("/sessions/a-traiter")
        comparer(gestionnaire, page, f"{page}?{requete}", fraiche=f"{page}?{requete}")

    def test_pages(self, scene: Scene, gestionnaire: Navigateur) -> None:
        for _ in range(27):
            scene.session(Etat.SAISIE, stagiaires=[])
        page = scene.adresse("/sessions/a-traiter")
        comparer(gestionnaire, page, f"{page}?page=2", fraiche=f"{page}?page=2")

    @pytest.mark.parametrize("qui", ["gestionnaire", "formateur"])
    def test_by_name(self, scene: Scene, qui: str) -> None:
        scene.session(Etat.VALIDATION_FORMATEUR)
        navigateur = scene.navigateur(getattr(scene.troupe, qui))
        liste = (
            scene.adresse("/sessions/en-cours") if qui == "gestionnaire" else "/formateur/sessions/a-traiter"
        )
        for nom in ("lefe", "zzz"):
            ancienne = arbre.lire(navigateur.get(liste).text)
            fragments = navigateur.htmx(f"{liste}/nom", {"nom": nom})
            obtenue = arbre.appliquer(ancienne, fragments.text)
            attendue = arbre.lire(navigateur.post(f"{liste}/nom", {"nom": nom}).text)
            assert arbre.principal(obtenue) == arbre.principal(attendue)

    def test_of_the_formateur(self, scene: Scene) -> None:
        scene.session(Etat.VALIDATION_FORMATEUR)
        page = "/formateur/sessions/a-traiter"
        navigateur = scene.navigateur(scene.troupe.formateur)
        comparer(
            navigateur,
            page,
            f"{page}?tri=raison-sociale&sens=desc",
            fraiche=f"{page}?tri=raison-sociale&sens=desc",
        )


class TestSaisie:
    @pytest.mark.parametrize(
        "champs",
        [
            {"reference_interne": "Client B"},
            {"date_fin": ""},
            {"code_postal": "69007", "ville": "LYON"},
            {"lieu_type": "etranger", "pays": "BE", "ville_etranger": "Namur"},
            {"identification": "maj"},
        ],
        ids=lambda champs: " ".join(champs.values()) or "sans date",
    )
    def test_the_session_saves_itself(
        self, scene: Scene, numero: int, gestionnaire: Navigateur, champs: dict[str, str]
    ) -> None:
        page = scene.adresse(f"/sessions/{numero}/session")
        comparer(gestionnaire, page, page, {"version": str(scene.version(numero)), **champs})

    def test_a_formateur_is_declared(self, scene: Scene, numero: int, gestionnaire: Navigateur) -> None:
        page = scene.adresse(f"/sessions/{numero}/formateur")
        comparer(
            gestionnaire,
            page,
            page,
            {"version": str(scene.version(numero)), "numero": n_forprev(scene, scene.troupe.remplacant)},
        )

    def test_stagiaires_come_change_go_and_come_back(
        self, scene: Scene, numero: int, gestionnaire: Navigateur
    ) -> None:
        page = scene.adresse(f"/sessions/{numero}/stagiaires")
        identite = {"nom": "Roux", "prenom": "Élodie", "date_naissance": "30/06/2001"}
        premier = scene.voir(numero, lambda s: s.stagiaires[0].id)
        for adresse, champs in (
            (page, identite),
            (f"{page}/{premier}", {**identite, "prenom": "Éloïse"}),
            (f"{page}/retirer", {"stagiaire": str(premier)}),
            (f"{page}/retablir", {**identite, "prenom": "Éloïse"}),
            (f"{page}/propositions/{scene.dans(lambda: une_proposition(numero))}", {}),
        ):
            comparer(gestionnaire, page, adresse, {"version": str(scene.version(numero)), **champs})

    def test_towns_find_their_place(self, scene: Scene, numero: int, gestionnaire: Navigateur) -> None:
        page = scene.adresse(f"/sessions/{numero}/session")
        fragments = gestionnaire.get(scene.adresse("/villes?code_postal=69007"), headers=PARTIEL)
        obtenue = arbre.appliquer(arbre.lire(gestionnaire.get(page).text), fragments.text)
        assert obtenue.xpath("//*[@id='champ-ville']//option/@value") == ["", "LYON"]


class TestSuivi:
    def test_the_formateur_is_reminded(self, scene: Scene, gestionnaire: Navigateur) -> None:
        numero = scene.session(Etat.VALIDATION_FORMATEUR)
        page = scene.adresse(f"/sessions/{numero}/stagiaires")
        comparer(
            gestionnaire,
            page,
            scene.adresse(f"/sessions/{numero}/relance"),
            {"version": str(scene.version(numero))},
        )

    def test_the_generation_is_followed_to_its_end(self, scene: Scene, gestionnaire: Navigateur) -> None:
        numero = scene.session(Etat.VALIDATION_ENTITE)
        page = scene.adresse(f"/sessions/{numero}/telechargements")
        scene.dans(lambda: demander_generation(scene.troupe.gestionnaire, numero, lire(numero).version))
        comparer(gestionnaire, page, page)
        pendant = arbre.lire(gestionnaire.get(page).text)
        scene.dans(lambda: (produire(numero), dossier.produire(numero)))
        fini = arbre.appliquer(pendant, gestionnaire.get(page, headers=PARTIEL).text)
        frais = arbre.lire(gestionnaire.get(page).text)
        assert arbre.principal(fini) == arbre.principal(frais)
        assert not fini.xpath("//*[@id='suivi']/@hx-trigger")

    def test_the_zip_that_is_packed_again_is_followed_to_its_end(
        self, scene: Scene, gestionnaire: Navigateur
    ) -> None:
        numero = scene.session(Etat.GENERE, reussites=2)
        page = scene.adresse(f"/sessions/{numero}/telechargements")
        premier = select(CertificatEmis.id).filter_by(session_numero=numero).order_by(CertificatEmis.id)
        version = scene.version(numero)

        def annuler() -> None:
            choisi = db.session.scalars(premier).all()[0]
            annuler_et_refaire(scene.troupe.gestionnaire, numero, version, Annulation((choisi,), "autre"))

        scene.dans(annuler)
        comparer(gestionnaire, page, page)
        pendant = arbre.lire(gestionnaire.get(page).text)
        scene.dans(lambda: (reconstituer(numero), dossier.produire(numero)))
        fini = arbre.appliquer(pendant, gestionnaire.get(page, headers=PARTIEL).text)
        assert arbre.principal(fini) == arbre.principal(arbre.lire(gestionnaire.get(page).text))
        assert not fini.xpath("//*[@id='suivi']/@hx-trigger")

    def test_a_cancellation_is_chosen_then_confirmed_over_the_page(
        self, scene: Scene, gestionnaire: Navigateur
    ) -> None:
        numero = scene.session(Etat.GENERE, reussites=2)
        page = scene.adresse(f"/sessions/{numero}/telechargements")
        annulation = scene.adresse(f"/sessions/{numero}/annulation")
        refuse = gestionnaire.get(annulation, headers=PARTIEL)
        ancienne = arbre.lire(gestionnaire.get(page).text)
        assert arbre.appliquer(ancienne, refuse.text).xpath(
            "//*[@id='annulation']//*[@id='certificat-erreur']"
        )
        fragments = gestionnaire.get(f"{annulation}?tous=1", headers=PARTIEL)
        ouverte = arbre.appliquer(arbre.lire(gestionnaire.get(page).text), fragments.text)
        assert ouverte.xpath("//div[@id='dialogue']/dialog[@data-ouvrir]//form/@action") == [annulation]
        arbre.verifier_arbre(ouverte, page)

    def test_a_download_changes_the_counts(self, scene: Scene, gestionnaire: Navigateur) -> None:
        numero = scene.session(Etat.GENERE)
        page = scene.adresse(f"/sessions/{numero}/telechargements")
        avant = arbre.lire(gestionnaire.get(page).text)
        gestionnaire.get(f"{page}/certificats")
        apres = arbre.appliquer(avant, gestionnaire.get(page, headers=PARTIEL).text)
        assert (comptes(avant)[:2], comptes(apres)[:2]) == (["0", "1"], ["1", "0"])

    @pytest.mark.parametrize(
        ("etat", "action"),
        [
            (Etat.VALIDATION_ENTITE, Action.GENERER),
            (Etat.VALIDATION_ENTITE, Action.MODIFIER_SAISIE),
            (Etat.VALIDATION_FORMATEUR, Action.REPRENDRE_SAISIE),
        ],
    )
    def test_a_recap_opens_over_the_page(
        self, scene: Scene, gestionnaire: Navigateur, etat: Etat, action: Action
    ) -> None:
        numero = scene.session(etat)
        page = scene.adresse(f"/sessions/{numero}/stagiaires")
        fragments = gestionnaire.get(
            scene.adresse(f"/sessions/{numero}/actions?action={action.value}"), headers=PARTIEL
        )
        ouverte = arbre.appliquer(arbre.lire(gestionnaire.get(page).text), fragments.text)
        assert ouverte.xpath("//div[@id='dialogue']/dialog[@data-ouvrir]//form/@action")
        arbre.verifier_arbre(ouverte, page)


class TestFormateur:
    @pytest.fixture
    def soumise(self, scene: Scene) -> int:
        return scene.session(Etat.VALIDATION_FORMATEUR, reussites=3)

    def test_answers(self, scene: Scene, soumise: int) -> None:
        navigateur = scene.navigateur(scene.troupe.formateur)
        page = f"/formateur/sessions/{soumise}/stagiaires"
        resultats = f"/formateur/sessions/{soumise}/resultats"
        ids = scene.voir(soumise, lambda s: [stagiaire.id for stagiaire in s.stagiaires])
        tous = {f"resultat-{cle}": "reussite" for cle in ids}
        annulables = ".".join(map(str, ids[1:]))
        premier = {f"resultat-{ids[0]}": "reussite"}
        for adresse, champs, fraiche in (
            (f"{resultats}/reussites", premier, f"{page}?annulables={annulables}"),
            (f"{resultats}/annulation", {**tous, "annulables": annulables}, page),
            (resultats, tous, page),
        ):
            version = str(scene.version(soumise))
            comparer(navigateur, page, adresse, {"version": version, **champs}, fraiche)

    def test_sending_changes_the_counts(self, scene: Scene, soumise: int) -> None:
        navigateur = scene.navigateur(scene.troupe.formateur)
        page = f"/formateur/sessions/{soumise}/stagiaires"
        ids = scene.voir(soumise, lambda s: [stagiaire.id for stagiaire in s.stagiaires])
        champs = {f"resultat-{cle}": "reussite" for cle in ids}
        champs |= {"version": str(scene.version(soumise)), "action": "envoyer_resultats"}
        avant = arbre.lire(navigateur.get(page).text)
        comparer(navigateur, page, page, champs)
        assert (comptes(avant), comptes(arbre.lire(navigateur.get(page).text))) == (["0", "1"], ["1", "0"])


def comptes(page: arbre.Element) -> list[str]:
    """What the menu says of each list: en cours, à traiter."""
    return [
        str(compte)
        for compte in page.xpath("//*[@id='menu']//nav//*[starts-with(@class, 'pastille')]/text()")
    ]


def n_forprev(scene: Scene, acteur: Acteur) -> str:
    return scene.dans(lambda: db.session.get_one(Individu, acteur.individu_id).numero)
