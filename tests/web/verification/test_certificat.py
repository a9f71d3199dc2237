"""The public page of a certificate: its state to anyone, its holder to nobody."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import select

from certif.domaine.certificats.modeles import LigneRegistre
from certif.domaine.certificats.registre.numeros import presenter
from certif.domaine.personnes.modeles import Entite
from certif.domaine.sessions.etats import Etat
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from tests.support.invariants import empreinte_de_la_base
from tests.web import arbre
from tests.web import entrees_invalides as entrees
from tests.web.distribution import Navigateur
from tests.web.lecture import Page
from tests.web.scene import Scene
from tests.web.verification.conftest import IDENTITE, NOM, Delivre

Regler = Callable[[str], None]
PAUSE = "la vérification d’identité reprendra demain"


def lire(navigateur: Navigateur, adresse: str, statut: int = 200) -> str:
    """The text of a page in order."""
    reponse = navigateur.get(adresse)
    assert reponse.status_code == statut
    arbre.verifier(reponse.text, adresse)
    assert NOM.lower() not in reponse.text.lower() and "1991" not in reponse.text
    return Page(reponse).texte.replace("\u00a0", " ")


class TestNumero:
    def test_anyone_reads_the_state_the_certificat_the_entite_and_the_dates(
        self, delivre: Delivre, anonyme: Navigateur
    ) -> None:
        page = lire(anonyme, delivre.adresse)
        assert "Valide Certificat authentique, en cours de validité jusqu’au 10/06/2028." in page
        for attendu in (presenter(delivre.numero), "SST-1", "MAROSE FORMATION", "10/06/2026", "10/06/2028"):
            assert attendu in page

    def test_the_last_valid_day_and_the_day_after(
        self, delivre: Delivre, anonyme: Navigateur, horloge_a: Regler
    ) -> None:
        horloge_a("2028-06-10T23:58:00+02:00")
        assert "en cours de validité" in lire(anonyme, delivre.adresse)
        horloge_a("2028-06-11T00:00:00+02:00")
        assert "Expiré Certificat authentique, mais expiré : il était valable jusqu’au 10/06/2028." in lire(
            anonyme, delivre.adresse
        )

    def test_a_cancelled_one_says_since_when_and_never_why(
        self, delivre: Delivre, anonyme: Navigateur, horloge_a: Regler
    ) -> None:
        delivre.annuler()
        horloge_a("2030-01-01T12:00:00+01:00")
        page = lire(anonyme, delivre.adresse)
        assert "Certificat annulé le 12/06/2026 : il n’est plus valable. Contactez MAROSE FORMATION." in page
        assert "fraude" not in page.lower() and "Note privée" not in page

    def test_it_is_found_however_it_is_typed(self, delivre: Delivre, anonyme: Navigateur) -> None:
        groupes = presenter(delivre.numero)
        for saisi in (groupes, groupes.lower(), groupes.replace("-", " "), f" {groupes}\u00a0"):
            assert "Valide" in lire(anonyme, f"/v/{saisi}")
            page = anonyme.get("/verifier", query_string={"numero": saisi})
            assert "en cours de validité" in page.text

    def test_an_unknown_number(self, scene: Scene, anonyme: Navigateur) -> None:
        assert "Inconnu Aucun certificat ne porte ce numéro." in lire(anonyme, "/v/2222222222222222")

    def test_nothing_is_known_before_certificats_generes(self, scene: Scene, anonyme: Navigateur) -> None:
        numero = scene.session(Etat.GENERATION, reussites=1)
        requete = select(LigneRegistre.numero).filter_by(session_numero=numero)
        reserve = scene.dans(lambda: db.session.scalars(requete).one())
        assert "Aucun certificat ne porte ce numéro." in lire(anonyme, f"/v/{reserve}")

    @pytest.mark.parametrize(
        "saisi",
        [
            "",
            "A",
            "0" * 16,
            "x" * 5_000,
            "<script>alert(1)</script>",
            '" onfocus=alert(1) x="',
            "{{7*7}}",
            "٣" * 16,
            "'; DROP TABLE registre; --",
            "\u202e",
            "ſ" * 16,
            "1 OR 1=1",
            "-" * 400,
        ],
    )
    def test_a_malformed_number_is_said_beside_its_field(
        self, scene: Scene, anonyme: Navigateur, saisi: str
    ) -> None:
        reponse = anonyme.get("/verifier", query_string={"numero": saisi})
        page = Page(reponse)
        assert (reponse.status_code, page.dangers) == (422, [])
        assert page.messages["numero"].startswith("Recopiez les 16 caractères imprimés sur le certificat.")
        assert page.valeurs["numero"] == saisi and "#numero" in page.adresses

    @pytest.mark.parametrize(
        "saisi", ["x", "%00", "%ff%fe", "%0d%0aX:y", "..%2f..%2fetc", "ABCD-EFGH-JKLM-NPQ2"]
    )
    def test_an_address_that_no_certificate_carries(self, anonyme: Navigateur, saisi: str) -> None:
        reponse = anonyme.get(f"/v/{saisi}")
        assert reponse.status_code in (404, 422)
        assert Page(reponse).dangers == []
        assert anonyme.post(f"/v/{saisi}", IDENTITE).status_code in (404, 422)

    def test_one_wrong_character_is_no_other_certificate(self, delivre: Delivre, anonyme: Navigateur) -> None:
        autre = ("3" if delivre.numero[0] == "2" else "2") + delivre.numero[1:]
        lire(anonyme, f"/v/{autre}", 422)

    def test_logged_in_as_anyone_it_is_the_same(self, delivre: Delivre, anonyme: Navigateur) -> None:
        t = delivre.scene.troupe
        vue = lire(anonyme, delivre.adresse)
        for acteur in (t.gestionnaire, t.etranger, t.formateur, t.administrateur):
            assert lire(delivre.scene.navigateur(acteur), delivre.adresse) == vue

    def test_head_and_other_methods(self, delivre: Delivre, anonyme: Navigateur) -> None:
        for adresse in ("/verifier", delivre.adresse):
            assert anonyme.client.head(adresse).status_code == 200
            for methode in ("PUT", "DELETE", "PATCH", "TRACE", "OPTIONS"):
                assert anonyme.client.open(adresse, method=methode).status_code == 405

    def test_reading_writes_nothing_and_search_engines_stay_away(
        self, delivre: Delivre, anonyme: Navigateur
    ) -> None:
        avant = delivre.scene.dans(empreinte_de_la_base)
        page = anonyme.get(delivre.adresse)
        assert '<meta name="robots" content="noindex">' in page.text
        assert page.headers["Referrer-Policy"] == "same-origin"
        assert "noindex" not in anonyme.get("/verifier").text
        assert delivre.scene.dans(empreinte_de_la_base) == avant


class TestIdentite:
    def essayer(self, navigateur: Navigateur, adresse: str, **champs: str) -> str:
        reponse = navigateur.post(adresse, {**IDENTITE, **champs})
        assert reponse.status_code == 200
        return Page(reponse).texte

    def test_it_corresponds_or_not(self, delivre: Delivre, anonyme: Navigateur) -> None:
        assert "L’identité saisie correspond au titulaire." in self.essayer(anonyme, delivre.adresse)
        differe = self.essayer(anonyme, delivre.adresse, prenom="Paule")
        assert (
            "L’identité saisie ne correspond pas au titulaire. Saisissez-la comme sur le certificat."
            in differe
        )

    def test_after_twenty_wrong_ones_the_state_goes_on_alone(
        self, delivre: Delivre, anonyme: Navigateur
    ) -> None:
        for _ in range(20):
            assert "ne correspond pas" in self.essayer(anonyme, delivre.adresse, prenom="Paule")
        for prenom in ("Paule", "Marie"):
            page = self.essayer(anonyme, delivre.adresse, prenom=prenom)
            assert PAUSE in page and "correspond" not in page
            assert "en cours de validité" in page

    def test_an_unknown_number_has_no_holder(self, delivre: Delivre, anonyme: Navigateur) -> None:
        page = self.essayer(anonyme, "/v/2222222222222222")
        assert "Aucun certificat ne porte ce numéro." in page and "titulaire" not in page

    def test_somebody_with_one_name(self, delivre: Delivre, anonyme: Navigateur) -> None:
        sans = Page(anonyme.post(delivre.adresse, {**IDENTITE, "prenom": ""}))
        assert "Cette personne n’a qu’un seul nom" in sans.messages["prenom"]
        assert "ne correspond pas" in self.essayer(anonyme, delivre.adresse, prenom="", nom_unique="1")

    @pytest.mark.parametrize("champ", ["nom", "prenom", "date_naissance"])
    def test_what_cannot_be_read_is_said_beside_its_field_and_kept(
        self, delivre: Delivre, anonyme: Navigateur, champ: str
    ) -> None:
        avant = delivre.scene.dans(empreinte_de_la_base)
        refuses = entrees.DATES_REFUSEES if champ == "date_naissance" else entrees.QUELQUES_NOMS_REFUSES
        # Fewer than the throttle lets through.
        for saisi, message in list(refuses.items())[:20]:
            reponse = anonyme.post(delivre.adresse, {**IDENTITE, champ: saisi})
            page = Page(reponse)
            assert (reponse.status_code, page.dangers) == (422, []), saisi[:40]
            assert message in page.messages[champ].replace("’", "'").replace("\u00a0", " ")
            assert page.valeurs[champ] == saisi
            assert "en cours de validité" in page.texte
            assert f"#{champ}" in page.adresses, "the summary leads there"
        assert delivre.scene.dans(empreinte_de_la_base) == avant

    def test_nothing_that_is_tried_is_written(self, delivre: Delivre, anonyme: Navigateur) -> None:
        essai = {"nom": "Wyxkrantz", "prenom": "Ypsilone", "date_naissance": "23/09/1979"}
        reponse = anonyme.post(delivre.adresse, essai)
        assert reponse.status_code == 200 and "Set-Cookie" not in reponse.headers
        config = delivre.scene.app.config["CERTIF"]
        octets = b"".join(f.read_bytes() for f in config.donnees.rglob("*") if f.is_file())
        assert not re.search(rb"(?i)wyxkrantz|ypsilone|23/09/1979|1979-09-23", octets)

    def test_a_page_left_open_comes_back_with_what_was_typed(
        self, delivre: Delivre, anonyme: Navigateur
    ) -> None:
        for navigateur in (anonyme, delivre.scene.navigateur(delivre.scene.troupe.gestionnaire)):
            reponse = navigateur.post(delivre.adresse, {**IDENTITE, "csrf_token": "x"})
            page = Page(reponse)
            assert reponse.status_code == 400
            assert "Cette page était ouverte depuis trop longtemps" in page.texte
            assert page.valeurs["nom"] == NOM and "titulaire." not in page.texte
            assert "correspond au titulaire" in self.essayer(navigateur, delivre.adresse)


@pytest.mark.parametrize("adresse", ["/connexion", "/verifier", "/page-qui-n-existe-pas"])
def test_every_footer_leads_here(anonyme: Navigateur, adresse: str) -> None:
    assert arbre.lire(anonyme.get(adresse).text).xpath("//footer//a[@href='/verifier']")


def test_the_login_page_says_it_too(anonyme: Navigateur) -> None:
    assert arbre.lire(anonyme.get("/connexion").text).xpath("//main//a[@href='/verifier']")


def test_the_entite_can_be_asked(delivre: Delivre, anonyme: Navigateur) -> None:
    """By what it gave of itself, and nothing where it gave nothing."""
    assert "Contact de l’organisme" not in anonyme.get(f"/v/{delivre.numero}").text

    def donner() -> None:
        with transaction():
            entite = db.session.get_one(Entite, delivre.scene.troupe.marose.entite_id)
            entite.email, entite.telephone = "contact@marose.example", "04 75 00 00 01"

    delivre.scene.dans(donner)
    texte = Page(anonyme.get(f"/v/{delivre.numero}")).texte
    assert "Contact de l’organisme contact@marose.example, 04 75 00 00 01" in texte
