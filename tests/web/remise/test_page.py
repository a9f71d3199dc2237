"""The holder's telephone: a QR, a birth date, the file; nobody named, nothing told to others."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from certif.domaine.certificats.modeles import CertificatEmis
from certif.domaine.certificats.remise.gestion import arreter_les_codes
from certif.domaine.certificats.remise.modeles import CodeDeRemise
from certif.socle import stockage
from certif.socle.base.extensions import db
from certif.socle.horloge import instant_reel
from certif.socle.stockage import StockageIndisponible
from tests.web import arbre
from tests.web import entrees_invalides as entrees
from tests.web.distribution import Navigateur
from tests.web.lecture import Page
from tests.web.remise.remises import NAISSANCE, NOM, Remises, saisir, scanner


def fichier_de_marie(remises: Remises) -> bytes:
    def lire() -> bytes:
        requete = select(CertificatEmis).where(CertificatEmis.nom_fichier.contains(NOM.upper()))
        return stockage.lire(db.session.scalars(requete).one().cle_objet or "")

    return remises.scene.dans(lire)


def ligne(remises: Remises) -> CodeDeRemise:
    requete = select(CodeDeRemise).order_by(CodeDeRemise.id).limit(1)
    return remises.scene.dans(lambda: db.session.scalars(requete).one())


def test_scan_date_file(remises: Remises, telephone: Navigateur) -> None:
    porte = scanner(telephone, remises.marie)
    assert porte.status_code == 200 and 'inputmode="numeric"' in porte.text
    assert "MAROSE FORMATION" in Page(porte).texte
    assert "Zorglub" not in porte.text and "1991" not in porte.text
    ouverte = saisir(telephone, remises.marie)
    assert ouverte.status_code == 200 and ouverte.headers["Refresh"] == "0; url=/r/certificat"
    assert "Zorglub" not in ouverte.text
    remis = telephone.get("/r/certificat")
    assert remis.data == fichier_de_marie(remises) and remis.mimetype == "application/pdf"
    assert remis.headers["Content-Disposition"].startswith("attachment")
    assert remis.headers["Cache-Control"] == "no-store"
    assert ligne(remises).ouvertures == 1
    for reponse in (porte, ouverte):
        arbre.verifier(reponse.text, "remise")


def test_the_entite_reads_who_has_theirs(remises: Remises, telephone: Navigateur) -> None:
    scanner(telephone, remises.marie)
    saisir(telephone, remises.marie)
    telephone.get("/r/certificat")
    entite = remises.scene.navigateur(remises.scene.troupe.gestionnaire)
    lu = Page(entite.get(remises.scene.adresse(f"/sessions/{remises.numero}/telechargements"))).texte
    assert "Son titulaire, le" in lu and lu.count("Jamais téléchargé") == 1 and "M. Z. (1) · Ouvert le" in lu


def test_a_calendar_of_their_own(remises: Remises, telephone: Navigateur) -> None:
    scanner(telephone, remises.marie)
    saisir(telephone, remises.marie)
    rappel = telephone.get("/r/rappel")
    assert rappel.mimetype == "text/calendar" and b"SUMMARY:Fin de validit" in rappel.data
    assert b"Zorglub" not in rappel.data and ligne(remises).ouvertures == 0


def test_no_header_lets_the_address_out(remises: Remises, telephone: Navigateur) -> None:
    for reponse in (
        scanner(telephone, remises.marie),
        scanner(telephone, "A" * 26),
        saisir(telephone, remises.marie, "01/01/1990"),
        saisir(telephone, remises.marie),
        telephone.get("/r/certificat"),
        telephone.get("/r"),
    ):
        assert reponse.headers["Referrer-Policy"] == "no-referrer", reponse.status
        assert reponse.headers["Cache-Control"] == "no-store"
        assert "noindex" in reponse.headers["X-Robots-Tag"]


def test_a_wrong_date_is_told_beside_its_field_and_not_shown_again(
    remises: Remises, telephone: Navigateur
) -> None:
    scanner(telephone, remises.marie)
    refus = saisir(telephone, remises.marie, "01/01/1990")
    assert refus.status_code == 422 and "Il reste 9\u00a0essais." in refus.text
    assert "01/01/1990" not in refus.text
    assert 'aria-describedby="date_naissance-erreur"' in refus.text
    illisible = saisir(telephone, remises.marie, "14/02/91")
    assert illisible.status_code == 422 and ligne(remises).essais == 1
    assert saisir(telephone, remises.marie).status_code == 200


def test_what_is_no_date_is_told_so_and_is_no_try(remises: Remises, telephone: Navigateur) -> None:
    scanner(telephone, remises.marie)
    for saisi, message in entrees.DATES_REFUSEES.items():
        reponse = saisir(telephone, remises.marie, saisi)
        assert reponse.status_code == 422, saisi
        assert message.replace("'", "’") in Page(reponse).messages["date_naissance"], saisi
    assert ligne(remises).essais == 0


@pytest.mark.parametrize("code", ["x", "\0" * 26, "<script>alert(1)</script>", "9" * 10_000, "🂡" * 26])
def test_what_is_no_code_opens_nothing(remises: Remises, telephone: Navigateur, code: str) -> None:
    assert telephone.get("/r", query_string={"c": code}).status_code == 410
    scanner(telephone, remises.marie)
    assert saisir(telephone, code).status_code == 410


def test_a_neighbour_s_code_opens_nothing_with_one_s_date(remises: Remises, telephone: Navigateur) -> None:
    scanner(telephone, remises.mehdi)
    assert saisir(telephone, remises.mehdi, NAISSANCE).status_code == 422
    assert telephone.get("/r/certificat").status_code == 403


def test_every_death_has_one_page(remises: Remises, telephone: Navigateur) -> None:
    scanner(telephone, remises.mehdi)
    for _ in range(10):
        epuise = saisir(telephone, remises.mehdi, "01/01/1990")
    remises.scene.dans(lambda: arreter_les_codes(remises.scene.troupe.gestionnaire, remises.numero))
    arrete = scanner(telephone, remises.marie)
    inconnu = scanner(telephone, "A" * 26)
    assert (epuise.status_code, arrete.status_code, inconnu.status_code) == (410, 410, 410)
    assert Page(epuise).texte == Page(arrete).texte
    assert "contact@marose.example, 04\u00a075\u00a000\u00a000\u00a000" in arrete.text
    assert "MAROSE" not in inconnu.text and "contact@" not in inconnu.text
    assert "Ce code n’ouvre plus de certificat." in inconnu.text


def test_the_browser_that_opened_it_has_fifteen_minutes(remises: Remises, telephone: Navigateur) -> None:
    with time_machine.travel(instant_reel(), tick=False) as temps:
        scanner(telephone, remises.marie)
        saisir(telephone, remises.marie)
        temps.shift(timedelta(minutes=15))
        assert telephone.get("/r/certificat").status_code == 200
        temps.shift(timedelta(seconds=1))
        assert telephone.get("/r/certificat").status_code == 403
        assert telephone.get("/r/rappel").status_code == 403


def test_another_browser_gets_nothing_without_a_date(remises: Remises, telephone: Navigateur) -> None:
    scanner(telephone, remises.marie)
    saisir(telephone, remises.marie)
    autre = Navigateur(remises.scene.app.test_client())
    assert autre.get("/r/certificat").status_code == 403 and ligne(remises).ouvertures == 0


def test_a_head_is_no_opening(remises: Remises, telephone: Navigateur) -> None:
    scanner(telephone, remises.marie)
    saisir(telephone, remises.marie)
    assert telephone.client.head("/r/certificat").status_code == 200 and ligne(remises).ouvertures == 0


def test_a_store_that_is_away_says_so(
    remises: Remises, telephone: Navigateur, monkeypatch: pytest.MonkeyPatch
) -> None:
    def absent(_cle: str) -> None:
        raise StockageIndisponible

    scanner(telephone, remises.marie)
    with monkeypatch.context() as panne:
        panne.setattr(stockage, "lire_flux", absent)
        reponse = saisir(telephone, remises.marie)
    assert reponse.status_code == 503 and "aucun essai n’a été compté" in reponse.text
    assert saisir(telephone, remises.marie).status_code == 200


def test_a_whole_room_may_come_at_once_a_machine_may_not(remises: Remises, telephone: Navigateur) -> None:
    statuts = [telephone.client.get(f"/r?c={remises.marie}").status_code for _ in range(121)]
    assert statuts == [200] * 120 + [429]
    assert telephone.client.get("/verifier").status_code == 200


def test_a_form_of_another_site_opens_nothing(remises: Remises, telephone: Navigateur) -> None:
    scanner(telephone, remises.marie)
    telephone.jeton = "forge"
    assert saisir(telephone, remises.marie).status_code == 400 and ligne(remises).essais == 0


def test_a_code_may_be_typed_without_camera(remises: Remises, telephone: Navigateur) -> None:
    assert 'name="c"' in telephone.get("/r").text
    assert telephone.get("/r?c=").status_code == 422
    ecrit = " ".join(remises.marie.lower()[i : i + 4] for i in range(0, 26, 4))
    assert telephone.get("/r", query_string={"c": ecrit}).status_code == 200
