"""Pages are compressed for their readers, never for another site."""

import gzip

import brotli
import pytest
from flask.testing import FlaskClient

PAGE = "/connexion"


@pytest.mark.parametrize(
    ("accepte", "encodage", "lire"),
    [
        ("gzip, deflate, br, zstd", "br", brotli.decompress),
        ("gzip, deflate", "gzip", gzip.decompress),
        ("br;q=0, gzip", "gzip", gzip.decompress),
    ],
)
@pytest.mark.parametrize("origine", ["same-origin", "none"])
def test_a_page_is_compressed_for_its_reader(
    client: FlaskClient, accepte: str, encodage: str, lire: object, origine: str
) -> None:
    reponse = client.get(PAGE, headers={"Accept-Encoding": accepte, "Sec-Fetch-Site": origine})
    assert reponse.content_encoding == encodage
    assert int(reponse.headers["Content-Length"]) == len(reponse.data) < 4_000
    assert b"</html>" in lire(reponse.data)  # type: ignore[operator]
    assert {"Accept-Encoding", "Sec-Fetch-Site"} <= set(reponse.vary)


@pytest.mark.parametrize(
    "entetes",
    [
        {"Accept-Encoding": "br", "Sec-Fetch-Site": "cross-site"},
        {"Accept-Encoding": "br", "Sec-Fetch-Site": "same-site"},
        {"Accept-Encoding": "br"},
        {"Accept-Encoding": "identity", "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "same-origin"},
    ],
    ids=str,
)
def test_what_another_site_opens_keeps_its_length(client: FlaskClient, entetes: dict[str, str]) -> None:
    reponse = client.get(PAGE, headers=entetes)
    assert reponse.content_encoding is None
    assert "</html>" in reponse.text


def test_a_head_has_no_body(client: FlaskClient) -> None:
    reponse = client.head(PAGE, headers={"Accept-Encoding": "br", "Sec-Fetch-Site": "none"})
    assert reponse.data == b""
    assert reponse.content_encoding is None
