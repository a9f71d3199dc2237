"""What a phone that has just read a QR code downloads: everything, as served."""

import re

import pytest

from tests.web import arbre
from tests.web.distribution import Navigateur
from tests.web.verification.conftest import IDENTITE, Delivre

MAXIMUM = 10_000
APPAREIL = {"Accept-Encoding": "gzip, deflate, br", "Sec-Fetch-Site": "none"}


@pytest.mark.parametrize("page", ["/verifier", "certificat", "inconnu"])
def test_a_first_visit_weighs_less_than_ten_kilobytes(
    delivre: Delivre, capsys: pytest.CaptureFixture[str], page: str
) -> None:
    adresse = {"certificat": delivre.adresse, "inconnu": "/v/2222222222222222"}.get(page, page)
    navigateur = Navigateur(delivre.scene.app.test_client())
    tailles = {"page": len(navigateur.client.get(adresse, headers=APPAREIL).data)}
    lue = arbre.lire(navigateur.client.get(adresse).text)
    assert lue.xpath("//script | //img | //*[local-name()='use']") == []
    for href in lue.xpath("//link/@href"):
        with (
            navigateur.client.get(href, headers=APPAREIL) as comprimee,
            navigateur.client.get(href) as claire,
        ):
            tailles[href.rpartition("/")[2]] = len(comprimee.data)
            assert not re.search(r"url\(|@import", claire.get_data(as_text=True))
    with capsys.disabled():
        print(f"\n  {sum(tailles.values()):6} bytes for {page}, of which {tailles['page']} for the page")
    assert sum(tailles.values()) < MAXIMUM, tailles


def test_an_answer_weighs_little_more_even_uncompressed(delivre: Delivre, anonyme: Navigateur) -> None:
    reponse = anonyme.client.post(delivre.adresse, data={**IDENTITE, "csrf_token": anonyme.jeton})
    assert reponse.content_encoding is None and len(reponse.data) < MAXIMUM
