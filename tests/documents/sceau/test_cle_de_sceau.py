"""The key of the seal: what is accepted, and until when it serves."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12

from certif.documents.sceau import cle_de_sceau
from certif.documents.sceau.cle_de_sceau import CleDeSceau, CleInutilisable

DEBUT = datetime(2026, 6, 10, 10, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def cle() -> CleDeSceau:
    return cle_de_sceau.lire(cle_de_sceau.fabriquer(DEBUT), None)


def test_serves_from_its_first_to_its_last_second(cle: CleDeSceau) -> None:
    une_seconde = timedelta(seconds=1)
    assert not cle.utilisable(DEBUT - une_seconde)
    assert cle.utilisable(DEBUT)
    assert cle.utilisable(cle.fin)
    assert not cle.utilisable(cle.fin + une_seconde)


def test_is_announced_to_end_sixty_days_before(cle: CleDeSceau) -> None:
    soixante_jours = cle.fin - timedelta(days=60)
    assert not cle.finit_bientot(soixante_jours)
    assert cle.finit_bientot(soixante_jours + timedelta(seconds=1))
    assert cle.finit_bientot(cle.fin + timedelta(days=1))


def test_never_shows_itself(cle: CleDeSceau) -> None:
    assert "EllipticCurve" not in repr(cle)


def test_a_password_opens_its_file_and_no_other_does() -> None:
    octets = cle_de_sceau.fabriquer(DEBUT, "secret")
    assert cle_de_sceau.lire(octets, "secret").nom == "Certif – démonstration, sans valeur"
    for autre in ("autre", None):
        with pytest.raises(CleInutilisable, match="illisible"):
            cle_de_sceau.lire(octets, autre)


def test_what_is_no_pkcs12_is_refused() -> None:
    with pytest.raises(CleInutilisable, match="illisible"):
        cle_de_sceau.lire(b"-----BEGIN CERTIFICATE-----", None)


@pytest.mark.parametrize(
    "faire", [lambda: ec.generate_private_key(ec.SECP384R1()), lambda: rsa.generate_private_key(65537, 2048)]
)
def test_another_kind_of_key_is_refused(cle: CleDeSceau, faire: object) -> None:
    assert callable(faire)
    autre = faire()
    octets = pkcs12.serialize_key_and_certificates(b"x", autre, None, None, NoEncryption())
    with pytest.raises(CleInutilisable, match="une clé et son certificat"):
        cle_de_sceau.lire(octets, None)


def test_a_certificate_without_its_key_is_refused(cle: CleDeSceau) -> None:
    octets = pkcs12.serialize_key_and_certificates(b"x", None, cle.certificat, None, NoEncryption())
    with pytest.raises(CleInutilisable, match="une clé et son certificat"):
        cle_de_sceau.lire(octets, None)
