"""What a request carries: how much of it is read, when, and what whoever sends too much is told."""

import io
from typing import Any

import pytest
from sqlalchemy import QueuePool

from certif.application import TAILLE_MAX_CHAMPS
from certif.socle.base.extensions import db
from certif.web.corps import INCONNU_MAX
from tests.web.scene import Scene

URLENCODE = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=limite"


@pytest.mark.parametrize("mimetype", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_stranger_sends_little(scene: Scene, mimetype: str) -> None:
    """Not even to be told that it is too much: the rest of it is not read."""
    champs = {"identifiant": "a@b.example", "mot_de_passe": "x" * (INCONNU_MAX + 1)}
    inconnu = scene.app.test_client()
    connu = scene.navigateur(scene.troupe.gestionnaire).client
    assert inconnu.post("/connexion", data=champs, content_type=mimetype).status_code == 413
    assert connu.post("/connexion", data=champs, content_type=mimetype).status_code == 400  # no token


@pytest.mark.parametrize("genre", [URLENCODE, MULTIPART, "text/plain"])
@pytest.mark.parametrize(("annonce", "lus"), [(1_000_000, 0), (None, INCONNU_MAX)])
def test_a_stranger_who_has_to_log_in_is_read_no_further(
    scene: Scene, genre: str, annonce: int | None, lus: int
) -> None:
    """Asked to log in, as with a short form: at once, or as soon as what comes unannounced is too much."""
    partie = b'--limite\r\nContent-Disposition: form-data; name="x"\r\n\r\n'
    corps = io.BytesIO(partie.ljust(1_000_000, b"x"))
    reponse = scene.app.test_client().post(
        scene.adresse("/sessions"),
        input_stream=corps,
        content_type=genre,
        content_length=annonce,
        environ_overrides={} if annonce else {"wsgi.input_terminated": True},
    )
    assert (reponse.status_code, reponse.location) == (303, "/connexion?suivant=/")
    assert corps.tell() <= lus


@pytest.mark.parametrize("trop", [0, 1, 100_000])
def test_what_comes_unannounced_is_not_cut_and_carried_out(scene: Scene, trop: int) -> None:
    """The fields that stand before the limit are those of no form that somebody filled in."""
    connu = scene.navigateur(scene.troupe.gestionnaire)
    adresse = scene.adresse(f"/sessions/{scene.session()}/session")
    corps = b"reference_interne=".ljust(TAILLE_MAX_CHAMPS + trop, b"x")
    for annonce in (len(corps) + 1, None):
        reponse = connu.client.post(
            adresse,
            input_stream=io.BytesIO(corps + b"y"),
            content_type=URLENCODE,
            content_length=annonce,
            environ_overrides={} if annonce else {"wsgi.input_terminated": True},
        )
        assert reponse.status_code == 413, annonce


@pytest.mark.parametrize("adresse", ["/connexion", "/page-qui-n-existe-pas"])
def test_a_stranger_is_not_asked_to_log_in_where_nobody_has_to(scene: Scene, adresse: str) -> None:
    reponse = scene.app.test_client().post(adresse, data={"x": "x" * (INCONNU_MAX + 1)})
    assert reponse.status_code == 413


def test_a_body_is_read_before_the_database_is_asked_anything(scene: Scene) -> None:
    """A client that sends slowly holds no connection that others wait for."""
    bassin: Any = scene.dans(lambda: db.engine.pool)
    assert isinstance(bassin, QueuePool)
    tenues: list[int] = []

    class Corps(io.BytesIO):
        def readinto(self, tampon: Any) -> int:
            tenues.append(bassin.checkedout())
            return super().readinto(tampon)

        def read(self, taille: int | None = -1) -> bytes:
            tenues.append(bassin.checkedout())
            return super().read(taille)

    gestionnaire = scene.navigateur(scene.troupe.gestionnaire).client
    for genre in (MULTIPART, URLENCODE):
        corps = Corps(b"--limite\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--limite--\r\n")
        gestionnaire.post("/connexion", input_stream=corps, content_type=genre, content_length=75)
        assert tenues and not any(tenues), genre
        tenues.clear()
