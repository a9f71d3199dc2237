"""Whatever is typed in a session's forms: no breakdown; refused beside its field, kept as typed, not written.

Tables are in `entrees_invalides`. A test goes through a whole table and tells everything that is wrong in it.
The formateur's page, lists, moves and the login are in `test_entrees_invalides_ailleurs`; addresses, methods
and bodies in `test_acces` and `test_erreurs`.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from certif.domaine.certificats.generation import demander_generation
from certif.domaine.certificats.modeles import CertificatEmis
from certif.domaine.noms import nom_affiche
from certif.domaine.sessions.actions.resultats import envoyer_resultats
from certif.domaine.sessions.actions.soumission import soumettre_au_formateur
from certif.domaine.sessions.etats import Etat
from certif.socle.base.extensions import db
from tests.support.factories import version
from tests.support.invariants import empreinte_de_la_base
from tests.support.moves import reponses
from tests.web import entrees_invalides as entrees
from tests.web.distribution import Navigateur
from tests.web.formulaire import LEFEVRE, Formulaire, formulaire_session, formulaire_stagiaire
from tests.web.lecture import Page
from tests.web.scene import Scene

JOUR = "2026-06-10T12:00:00+02:00"


@pytest.fixture(autouse=True)
def _le_10_juin(app: Flask, horloge_a: Callable[[str], None]) -> None:
    horloge_a(JOUR)  # once the application has set its own clock


@pytest.fixture
def brouillon(scene: Scene) -> int:
    """A draft without stagiaire, F = 10/06/2026."""
    return scene.session(Etat.SAISIE, stagiaires=[])


class TestStagiaire:
    def test_a_name_is_refused_beside_its_field(
        self, scene: Scene, gestionnaire: Navigateur, brouillon: int
    ) -> None:
        formulaire = formulaire_stagiaire(scene, gestionnaire, brouillon)
        for saisi, message in entrees.NOMS_REFUSES.items():
            formulaire.refuser("nom", saisi, message, cle="s-nom")
        for saisi, message in entrees.QUELQUES_NOMS_REFUSES.items():
            formulaire.refuser("prenom", saisi, message, cle="s-prenom")
        assert formulaire.ecarts == []

    def test_a_correction_is_refused_alike(self, scene: Scene, gestionnaire: Navigateur) -> None:
        numero = scene.session(Etat.SAISIE, reussites=1)
        qui = scene.voir(numero, lambda s: s.stagiaires[0].id)
        formulaire = formulaire_stagiaire(scene, gestionnaire, numero)
        formulaire.adresse += f"/{qui}"
        for saisi, message in entrees.QUELQUES_NOMS_REFUSES.items():
            formulaire.refuser("nom", saisi, message, cle="s-nom")
        assert formulaire.ecarts == []

    def test_a_birth_date_is_refused_beside_its_field(
        self, scene: Scene, gestionnaire: Navigateur, brouillon: int
    ) -> None:
        formulaire = formulaire_stagiaire(scene, gestionnaire, brouillon)
        for saisi, message in entrees.NAISSANCES_REFUSEES.items():
            formulaire.refuser("date_naissance", saisi, message, cle="s-date_naissance")
        assert formulaire.ecarts == []

    def test_all_that_is_wrong_is_said_at_once_with_links(
        self, scene: Scene, gestionnaire: Navigateur, brouillon: int
    ) -> None:
        saisie = {"nom": "<b>", "prenom": "", "date_naissance": "31/02/1990"}
        page = Page(formulaire_stagiaire(scene, gestionnaire, brouillon).poster(**saisie))
        assert page.messages.keys() == {"s-nom", "s-prenom", "s-date_naissance"}
        assert {"#s-nom", "#s-prenom", "#s-date_naissance"} <= set(page.adresses)

    def test_what_is_accepted_is_the_same_text_on_page_and_certificate(
        self, scene: Scene, gestionnaire: Navigateur, brouillon: int
    ) -> None:
        formulaire = formulaire_stagiaire(scene, gestionnaire, brouillon)
        for jour, saisi in enumerate(entrees.NOMS_ACCEPTES, start=10):
            formulaire.accepter("nom", saisi, prenom=saisi, date_naissance=f"{jour}/02/1991")
        assert formulaire.ecarts == []
        attendus = [(nom, nom) for nom in entrees.NOMS_ACCEPTES.values()]
        ranges = scene.voir(brouillon, lambda s: [(x.nom, x.prenom) for x in s.stagiaires])
        assert sorted(ranges) == sorted(attendus)
        imprimes = scene.dans(lambda: _figer(scene, brouillon))
        assert imprimes == [nom_affiche(*identite) for identite in ranges]
        page = Page(gestionnaire.get(formulaire.adresse))
        for titulaire in imprimes:
            assert titulaire in page.texte

    def test_two_homonyms_of_the_same_day_are_refused(
        self, scene: Scene, gestionnaire: Navigateur, brouillon: int
    ) -> None:
        formulaire = formulaire_stagiaire(scene, gestionnaire, brouillon)
        formulaire.accepter("nom", "Dupont-Durand")
        formulaire.refuser("nom", "DUPONT DURAND", "figure déjà", cle="s-nom")
        formulaire.refuser("nom", "Dúpont’durand", "figure déjà", cle="s-nom")
        assert formulaire.ecarts == []

    def test_missing_doubled_and_extra_fields(
        self, scene: Scene, gestionnaire: Navigateur, brouillon: int
    ) -> None:
        formulaire = formulaire_stagiaire(scene, gestionnaire, brouillon)
        avant = scene.dans(empreinte_de_la_base)
        manquants = gestionnaire.post(formulaire.adresse, {"version": scene.version(brouillon)})
        assert manquants.status_code == 422
        assert Page(manquants).messages.keys() == {"s-nom", "s-prenom"}
        assert scene.dans(empreinte_de_la_base) == avant
        formulaire.accepter("nom", ["Martin", "Autre"], **entrees.CHAMPS_EN_TROP)  # type: ignore[arg-type]
        assert scene.noms(brouillon) == ["Martin"]
        lu = scene.voir(
            brouillon, lambda s: (s.etat, s.entite_id, s.genere_le, s.zip_cle, s.stagiaires[0].resultat)
        )
        assert lu == (Etat.SAISIE, scene.troupe.marose.entite_id, None, None, None)


class TestSession:
    def refuser(
        self,
        scene: Scene,
        navigateur: Navigateur,
        numero: int,
        champ: str,
        table: Mapping[str, str],
        **reste: Any,
    ) -> None:
        formulaire = formulaire_session(scene, navigateur, numero)
        for saisi, message in table.items():
            formulaire.refuser(champ, saisi, message, **reste)
        assert formulaire.ecarts == []

    def test_an_end_date(self, scene: Scene, gestionnaire: Navigateur, brouillon: int) -> None:
        self.refuser(scene, gestionnaire, brouillon, "date_fin", entrees.FINS_REFUSEES)

    def test_a_postcode(self, scene: Scene, gestionnaire: Navigateur, brouillon: int) -> None:
        table = dict.fromkeys(entrees.CODES_POSTAUX_REFUSES, "cinq chiffres")
        self.refuser(scene, gestionnaire, brouillon, "code_postal", table, lieu_type="france", ville="")

    def test_postcodes_that_exist(self, scene: Scene, gestionnaire: Navigateur, brouillon: int) -> None:
        formulaire = formulaire_session(scene, gestionnaire, brouillon)
        for code in entrees.CODES_POSTAUX_ACCEPTES:
            formulaire.accepter("code_postal", code, lieu_type="france", ville="")
            assert scene.voir(brouillon, lambda s: s.code_postal) == code
        assert formulaire.ecarts == []

    def test_a_town_that_is_not_of_the_postcode(
        self, scene: Scene, gestionnaire: Navigateur, brouillon: int
    ) -> None:
        saisies = ["PARIS", "<b>ETOILE SUR RHONE", "x" * 10_000, "ETOILE\0SUR\0RHONE\0X", "1 OR 1=1"]
        formulaire = formulaire_session(scene, gestionnaire, brouillon)
        formulaire.accepter("ville", "", lieu_type="france", code_postal="26800")
        for saisi in saisies[:1] + saisies[2:]:
            formulaire.refuser("ville", saisi, gardee=False, lieu_type="france", code_postal="26800")
        assert formulaire.ecarts == []

    def test_a_cedex_is_kept_in_postal_style_only(
        self, scene: Scene, gestionnaire: Navigateur, brouillon: int
    ) -> None:
        formulaire = formulaire_session(scene, gestionnaire, brouillon)
        for saisi in ("<script>alert(1)</script> CEDEX", "paris\0cedex", "Paris\r\nCEDEX 01"):
            reponse = formulaire.poster(ville=saisi, lieu_type="france", code_postal="75901")
            assert reponse.status_code in (303, 422)
            assert re.fullmatch(r"[A-Z0-9 ]*", scene.voir(brouillon, lambda s: s.ville or ""))

    def test_a_place_abroad(self, scene: Scene, gestionnaire: Navigateur, brouillon: int) -> None:
        formulaire = formulaire_session(scene, gestionnaire, brouillon)
        formulaire.accepter("ville_etranger", "", lieu_type="etranger", pays="BE")
        for saisi in entrees.NOMS_REFUSES:
            if saisi.strip("\u00a0\u200b ") and saisi not in ("-1", "x²"):
                formulaire.refuser("ville_etranger", saisi, lieu_type="etranger", pays="BE")
        formulaire.accepter("pays", "", lieu_type="etranger", ville_etranger="Liège")
        for saisi in ("France", "fr", "X" * 10_000, "<b>", "\0\0", "ᏏᎬ"):
            formulaire.refuser("pays", saisi, gardee=False, lieu_type="etranger", ville_etranger="Liège")
        assert formulaire.ecarts == []

    @pytest.mark.parametrize("champ", ["niveau_id", "certificat_id"])
    def test_a_choice_that_was_not_offered(
        self, scene: Scene, gestionnaire: Navigateur, brouillon: int, champ: str
    ) -> None:
        table = dict.fromkeys(entrees.NOMBRES_REFUSES, "")
        self.refuser(scene, gestionnaire, brouillon, champ, table, gardee=False)

    def test_a_platform_or_a_kind_of_place_that_was_not_offered(
        self, scene: Scene, gestionnaire: Navigateur, brouillon: int
    ) -> None:
        table = dict.fromkeys(["plateforme", "ailleurs", "FRANCE", "\0", "<b>", "1 OR 1=1"], "")
        self.refuser(scene, gestionnaire, brouillon, "lieu_type", table, gardee=False)
        table = dict.fromkeys(["INITIAL", "initial ", "1", "\0", "<b>"], "")
        self.refuser(scene, gestionnaire, brouillon, "identification", table, gardee=False)

    def test_an_internal_reference(self, scene: Scene, gestionnaire: Navigateur, brouillon: int) -> None:
        self.refuser(scene, gestionnaire, brouillon, "reference_interne", entrees.REFERENCES_REFUSEES)
        formulaire = formulaire_session(scene, gestionnaire, brouillon)
        for saisi in entrees.REFERENCES_ACCEPTEES:
            page = Page(gestionnaire.get(formulaire.accepter("reference_interne", saisi).location))
            assert (page.valeurs["reference_interne"], page.dangers) == (saisi, [])
        assert formulaire.ecarts == []

    def test_the_rest_of_a_refused_form_is_saved(
        self, scene: Scene, gestionnaire: Navigateur, brouillon: int
    ) -> None:
        saisie = {"date_fin": "31/02/2026", "reference_interne": "Convention 12"}
        page = Page(formulaire_session(scene, gestionnaire, brouillon).poster(**saisie))
        assert page.messages.keys() == {"date_fin"}
        assert page.valeurs["date_fin"] == "31/02/2026"
        assert scene.voir(brouillon, lambda s: (s.reference_interne, str(s.date_fin))) == (
            "Convention 12",
            "2026-06-10",
        )

    def test_fields_that_no_form_has(self, scene: Scene, gestionnaire: Navigateur, brouillon: int) -> None:
        avant = scene.dans(empreinte_de_la_base)
        reponse = formulaire_session(scene, gestionnaire, brouillon).poster(**entrees.CHAMPS_EN_TROP)
        assert reponse.status_code == 303
        assert scene.dans(empreinte_de_la_base) == avant

    def test_a_version_that_no_page_holds(
        self, scene: Scene, gestionnaire: Navigateur, brouillon: int
    ) -> None:
        avant = scene.dans(empreinte_de_la_base)
        formulaire = formulaire_session(scene, gestionnaire, brouillon)
        for saisi in ("", "-1", "1e9", "9" * 400, "²", "٣", "1_0", "null", "1 OR 1=1"):
            assert formulaire.poster(version=saisi, reference_interne="x").status_code == 422, saisi
        assert scene.dans(empreinte_de_la_base) == avant

    @pytest.mark.parametrize(
        ("instant", "date_fin"),
        [
            ("2026-10-25T02:30:00+02:00", "25/10/2026"),
            ("2026-10-25T02:30:00+01:00", "25/10/2026"),
            ("2027-03-28T01:59:59+01:00", "28/03/2027"),
            ("2027-03-28T03:00:00+02:00", "28/03/2027"),
        ],
    )
    def test_the_two_nights_when_the_clock_changes(
        self, scene: Scene, horloge_a: Callable[[str], None], instant: str, date_fin: str
    ) -> None:
        horloge_a(instant)
        numero = scene.session(Etat.SAISIE, stagiaires=[])
        gestionnaire = scene.navigateur(scene.troupe.gestionnaire)
        formulaire = formulaire_session(scene, gestionnaire, numero)
        page = Page(gestionnaire.get(formulaire.accepter("date_fin", date_fin).location))
        assert (formulaire.ecarts, page.valeurs["date_fin"]) == ([], date_fin)


class TestFormateur:
    def formulaire(self, scene: Scene, navigateur: Navigateur, numero: int) -> Formulaire:
        return Formulaire(scene, navigateur, numero, scene.adresse(f"/sessions/{numero}/formateur"))

    def test_a_number_is_refused_beside_its_field(
        self, scene: Scene, gestionnaire: Navigateur, brouillon: int
    ) -> None:
        formulaire = self.formulaire(scene, gestionnaire, brouillon)
        formes = [
            "JK37899",
            "JKA3789٣",
            "JKA378999",
            "ſST10001",
            "JKA37899'--",
            "<b>JKA37899</b>",
            "%",
            "JKA_____",
        ]
        for saisi in [*formes, "JKA37899\0", "x" * 10_000, "9" * 400]:
            formulaire.refuser("numero", saisi, "trois lettres et cinq chiffres")
        assert formulaire.ecarts == []

    def test_an_identity_is_refused_beside_its_fields(
        self, scene: Scene, gestionnaire: Navigateur, brouillon: int
    ) -> None:
        formulaire = self.formulaire(scene, gestionnaire, brouillon)
        for champ in ("nom", "prenom"):
            for saisi, message in entrees.QUELQUES_NOMS_REFUSES.items():
                formulaire.refuser(champ, saisi, message, **LEFEVRE)
        for saisi, message in entrees.DATES_REFUSEES.items():
            formulaire.refuser("date_naissance", saisi, message, **LEFEVRE)
        assert formulaire.ecarts == []


def _figer(scene: Scene, numero: int) -> list[str]:
    """What the certificates will print of each person, once everyone succeeded."""
    troupe = scene.troupe
    soumettre_au_formateur(troupe.gestionnaire, numero, version(numero))
    envoyer_resultats(troupe.formateur, numero, version(numero), reponses(numero))
    demander_generation(troupe.gestionnaire, numero, version(numero))
    requete = select(CertificatEmis).filter_by(session_numero=numero).order_by(CertificatEmis.id)
    return [f"{c.donnees['nom']} {c.donnees['prenom']}" for c in db.session.scalars(requete)]
