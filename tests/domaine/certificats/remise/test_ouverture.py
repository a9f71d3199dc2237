"""R9: a code and the holder's birth date open the very file; ten wrong dates in all, and it rests."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256

import pytest
from flask import Flask

from certif.domaine.certificats.annulation import Annulation, annuler_et_refaire
from certif.domaine.certificats.purge import purger_les_generees
from certif.domaine.certificats.remise import ouverture
from certif.domaine.certificats.remise.gestion import (
    arreter_les_codes,
    arreter_tous_les_codes,
    renouveler_le_code,
)
from certif.domaine.certificats.remise.ouverture import CodeMort
from certif.domaine.certificats.telechargement import marquer_telechargement
from certif.domaine.erreurs import SaisieInvalide, ServiceIndisponible
from certif.domaine.personnes.modeles import Entite
from certif.domaine.temps import date_de, debut_du_jour
from certif.socle import stockage
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.stockage import StockageIndisponible
from tests.domaine.certificats.remise.remises import (
    NAISSANCES,
    codes_de,
    emis,
    lignes,
    repond,
    session_avec_codes,
)
from tests.support.factories import Organisme, version
from tests.support.moves import lire

pytestmark = pytest.mark.usefixtures("contexte", "rendu_rapide")

FAUSSE = "01/01/1990"


def test_the_very_same_bytes_as_the_entite_s(organisme: Organisme, numero: int) -> None:
    code = codes_de(organisme, numero)[0]
    remis = ouverture.remettre(ouverture.ouvrir(code, "14.02.1991").code_id)
    assert remis == marquer_telechargement(organisme.gestionnaire, numero, emis(numero)[0].id)
    assert sha256(stockage.lire(remis.cle)).hexdigest() == remis.sha256


def test_each_code_opens_its_own_certificate_with_its_own_date(organisme: Organisme, numero: int) -> None:
    marie, mehdi = codes_de(organisme, numero)
    assert [repond(marie), repond(mehdi, NAISSANCES["Durand"])] == ["ouvert", "ouvert"]
    assert [repond(mehdi), repond(marie, NAISSANCES["Durand"])] == ["faux", "faux"]


@pytest.mark.parametrize("typee", ["14021991", "14/02/1991", "14-2-1991", "1991-02-14", " 14 02 1991 "])
def test_r19_the_date_is_read_as_everywhere(organisme: Organisme, numero: int, typee: str) -> None:
    assert repond(codes_de(organisme, numero)[0], typee) == "ouvert"


def test_ten_wrong_dates_in_all_then_nothing_opens_it_until_it_is_renewed(
    organisme: Organisme, numero: int
) -> None:
    code = codes_de(organisme, numero)[0]
    assert [repond(code, FAUSSE) for _ in range(12)] == ["faux"] * 9 + ["mort"] * 3
    assert repond(code) == "mort", "the right date after ten wrong ones"
    assert lignes()[0].essais == 10 and len(codes_de(organisme, numero)) == 1
    renouveler_le_code(organisme.delegataire, numero, emis(numero)[0].id)
    nouveau = codes_de(organisme, numero)[0]
    assert nouveau != code and repond(nouveau) == "ouvert" and repond(code) == "mort"


def test_a_right_date_uses_no_try_and_forgives_none(organisme: Organisme, numero: int) -> None:
    code = codes_de(organisme, numero)[0]
    suite = [repond(code, FAUSSE) for _ in range(9)] + [repond(code) for _ in range(3)]
    assert suite == ["faux"] * 9 + ["ouvert"] * 3
    assert [repond(code, FAUSSE), repond(code)] == ["mort", "mort"]


@pytest.mark.parametrize("illisible", ["", "14/02/91", "31/02/1991", "hier", "1" * 5000, "14/02/1991\x00"])
def test_what_is_no_date_is_no_try(organisme: Organisme, numero: int, illisible: str) -> None:
    with pytest.raises(SaisieInvalide):
        ouverture.ouvrir(codes_de(organisme, numero)[0], illisible)
    assert lignes()[0].essais == 0


def test_a_hundred_at_once_are_ten(chaque_base: str, contexte: Flask, organisme: Organisme) -> None:
    code = codes_de(organisme, session_avec_codes(organisme))[0]
    db.session.rollback()

    def essayer(_: int) -> str:
        with contexte.app_context():
            return repond(code, FAUSSE)

    with ThreadPoolExecutor(10) as fils:
        reponses = list(fils.map(essayer, range(100)))
    assert (reponses.count("faux"), reponses.count("mort")) == (9, 91)
    assert lignes()[0].essais == 10


@pytest.mark.parametrize("date_naissance", [NAISSANCES["Dupont"], FAUSSE])
def test_a_store_that_is_away_costs_no_try_and_tells_nothing(
    organisme: Organisme, numero: int, monkeypatch: pytest.MonkeyPatch, date_naissance: str
) -> None:
    code = codes_de(organisme, numero)[0]

    def absent(_cle: str) -> None:
        raise StockageIndisponible

    with monkeypatch.context() as panne:
        panne.setattr(stockage, "lire_flux", absent)
        with pytest.raises(ServiceIndisponible):
            ouverture.ouvrir(code, date_naissance)
    assert lignes()[0].essais == 0 and repond(code) == "ouvert"


def test_an_altered_file_is_not_handed_over(organisme: Organisme, numero: int) -> None:
    code = codes_de(organisme, numero)[0]
    code_id = ouverture.ouvrir(code, NAISSANCES["Dupont"]).code_id
    cle = emis(numero)[0].cle_objet or ""
    stockage.ecrire(cle, stockage.lire(cle)[:-1] + b"?")
    with pytest.raises(ServiceIndisponible):
        ouverture.remettre(code_id)
    assert lignes()[0].ouvertures == 0


def test_openings_are_recorded_first_last_and_how_many(organisme: Organisme, numero: int) -> None:
    code_id = ouverture.ouvrir(codes_de(organisme, numero)[0], NAISSANCES["Dupont"]).code_id
    assert lignes()[0].ouvertures == 0, "a right date is not yet a certificate in somebody's hands"
    for _ in range(3):
        ouverture.remettre(code_id)
    ligne = lignes()[0]
    assert ligne.ouvertures == 3 and ligne.premiere_ouverture and ligne.derniere_ouverture
    assert ligne.premiere_ouverture <= ligne.derniere_ouverture


def test_what_every_holder_has_waits_for_nobody(organisme: Organisme, numero: int) -> None:
    marie, mehdi = codes_de(organisme, numero)
    ouverture.remettre(ouverture.ouvrir(marie, NAISSANCES["Dupont"]).code_id)
    assert lire(numero).telecharge_le is None
    ouverture.remettre(ouverture.ouvrir(mehdi, NAISSANCES["Durand"]).code_id)
    assert lire(numero).telecharge_le is not None


def test_some_downloaded_and_the_others_opened_is_everything(organisme: Organisme, numero: int) -> None:
    marie, _ = codes_de(organisme, numero)
    ouverture.remettre(ouverture.ouvrir(marie, NAISSANCES["Dupont"]).code_id)
    marquer_telechargement(organisme.gestionnaire, numero, emis(numero)[1].id)
    assert lire(numero).telecharge_le is not None


class TestMort:
    def mourir(self, code: str, code_id: int) -> None:
        """Neither the door, nor a browser that went through it before, gets anything."""
        assert repond(code) == "mort"
        for suite in (ouverture.frapper, lambda _: ouverture.remettre(code_id)):
            with pytest.raises(CodeMort) as refus:
                suite(code)
            assert refus.value.etat is None or refus.value.etat.emission.emetteur == "MAROSE FORMATION"

    @pytest.fixture
    def ouvert(self, organisme: Organisme, numero: int) -> tuple[str, int]:
        code = codes_de(organisme, numero)[0]
        return code, ouverture.ouvrir(code, NAISSANCES["Dupont"]).code_id

    def test_from_g_plus_16_even_if_nothing_was_purged(
        self, ouvert: tuple[str, int], numero: int, horloge_a: Callable[[str], None]
    ) -> None:
        genere_le = lire(numero).genere_le
        assert genere_le
        horloge_a(debut_du_jour(date_de(genere_le) + timedelta(days=16)).isoformat())
        self.mourir(*ouvert)

    def test_once_its_certificate_is_cancelled(
        self, organisme: Organisme, numero: int, ouvert: tuple[str, int]
    ) -> None:
        demande = Annulation((emis(numero)[0].id,), motif="identite")
        annuler_et_refaire(organisme.gestionnaire, numero, version(numero), demande)
        self.mourir(*ouvert)
        assert repond(codes_de(organisme, numero)[0], NAISSANCES["Durand"]) == "ouvert", "the other one lives"

    def test_at_will_one_or_all(self, organisme: Organisme, numero: int, ouvert: tuple[str, int]) -> None:
        arreter_les_codes(organisme.delegataire, numero, emis(numero)[0].id)
        self.mourir(*ouvert)
        mehdi = codes_de(organisme, numero)[0]
        arreter_les_codes(organisme.gestionnaire, numero)
        assert codes_de(organisme, numero) == [] and repond(mehdi, NAISSANCES["Durand"]) == "mort"

    def test_after_a_restored_backup(self, ouvert: tuple[str, int], numero: int) -> None:
        arreter_tous_les_codes()
        self.mourir(*ouvert)

    def test_and_forgotten_with_the_purge(
        self, ouvert: tuple[str, int], numero: int, horloge_a: Callable[[str], None]
    ) -> None:
        horloge_a("2040-01-01T12:00:00+01:00")
        assert purger_les_generees() == 1 and lignes() == []
        with pytest.raises(CodeMort) as refus:
            ouverture.frapper(ouvert[0])
        assert refus.value.etat is None, "nobody knows any more who issued it"


def test_a_dead_code_says_whom_to_ask_an_unknown_one_names_nobody(organisme: Organisme, numero: int) -> None:
    with transaction():
        db.session.get_one(Entite, organisme.entite_id).email = "contact@marose.example"
    code = codes_de(organisme, numero)[0]
    arreter_les_codes(organisme.gestionnaire, numero)
    with pytest.raises(CodeMort) as mort:
        ouverture.frapper(code)
    assert mort.value.etat and mort.value.etat.contact == ("contact@marose.example",)
    for inconnu in ("A" * 26, "", "x"):
        with pytest.raises(CodeMort) as refus:
            ouverture.frapper(inconnu)
        assert refus.value.etat is None and refus.value.message == mort.value.message
