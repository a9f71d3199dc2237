"""The settings: each way of being wrong is refused, all at once, and nothing is written then."""

import errno
import stat
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import Mock

import pytest

from certif.config import Config, ConfigurationInvalide
from certif.depart import exiger
from certif.documents.sceau.cle_de_sceau import fabriquer
from certif.socle import cles
from certif.superviseur import enfants_de

SECRET = "Vt3kq9LmXw2pZr8sHd5yBn7cJf4gQa6e"
REGISTRE = "k1:8f1d0c7b52ae49e3b6d80f4c2a91e75d"


@pytest.fixture
def production(tmp_path: Path) -> dict[str, str]:
    """Everything that production needs."""
    (tmp_path / "sceau.p12").write_bytes(b"pkcs12")
    return {
        "CERTIF_MODE": "production",
        "CERTIF_URL": "https://certif.example.fr",
        "CERTIF_DONNEES": str(tmp_path / "donnees"),
        "CERTIF_CLE_SECRETE": SECRET,
        "CERTIF_CLES_REGISTRE": f"{REGISTRE},k0:{'b' * 40}",
        "CERTIF_PKCS12": str(tmp_path / "sceau.p12"),
        "CERTIF_PROXYS": "1",
        "CERTIF_ASSISTANCE": "aide@certif.example.fr, 04 75 00 00 00",
        "SMTP_URL": "smtps://nom:mot@smtp.example.fr:465",
    }


def refus(environ: dict[str, str]) -> list[str]:
    with pytest.raises(ConfigurationInvalide) as erreur:
        Config.lire(environ)
    return erreur.value.problemes


def test_demonstration_needs_nothing(tmp_path: Path) -> None:
    config = Config.lire({"CERTIF_DONNEES": str(tmp_path)})
    assert config.demonstration
    assert (config.url, config.port, config.proxys) == ("http://localhost:5000", 5000, 0)
    assert config.base == f"sqlite:///{tmp_path}/certif.db"
    assert config.stockage == tmp_path / "fichiers"
    assert (config.redis_url, config.smtp_url, config.pkcs12) == (None, None, None)
    assert config.decalage_horloge == timedelta(0)


def test_how_many_processes_serve_is_a_setting(tmp_path: Path) -> None:
    environ = {"CERTIF_DONNEES": str(tmp_path)}
    config = Config.lire(environ)
    assert (config.processus, config.fils, config.ouvriers) == (2, 128, 1)
    assert len(enfants_de(config)) == 5
    config = Config.lire({**environ, "WEB_CONCURRENCY": "4", "WEB_THREADS": "16", "CERTIF_OUVRIERS": "3"})
    assert (config.processus, config.fils) == (4, 16)
    assert Counter(enfant.nom for enfant in enfants_de(config)) == {
        "file": 1,
        "ouvrier (certificats)": 3,
        "ouvrier (suites)": 3,
        "tâches périodiques": 1,
        "site": 1,
    }


def test_demonstration_keys_are_made_once_and_private(tmp_path: Path) -> None:
    environ = {"CERTIF_DONNEES": str(tmp_path)}
    premiere, seconde = Config.lire(environ), Config.lire(environ)
    assert premiere == seconde
    assert len(premiere.cle_secrete) >= 32
    assert premiere.cles_registre[0][1] != premiere.cle_secrete.encode()
    for fichier in ("secrete", "registre"):
        assert stat.S_IMODE((tmp_path / "cles" / fichier).stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "cles").stat().st_mode) == 0o700
    assert sorted(f.name for f in (tmp_path / "cles").iterdir()) == ["registre", "secrete"]


def test_production_complete(production: dict[str, str]) -> None:
    config = Config.lire(production)
    assert not config.demonstration
    assert config.cles_registre == (("k1", REGISTRE[3:].encode()), ("k0", b"b" * 40))
    assert not (config.donnees / "cles").exists()


@pytest.mark.parametrize(
    "variable",
    [
        "CERTIF_URL",
        "CERTIF_CLE_SECRETE",
        "CERTIF_CLES_REGISTRE",
        "CERTIF_PKCS12",
        "CERTIF_PROXYS",
        "CERTIF_ASSISTANCE",
        "SMTP_URL",
    ],
)
def test_production_refuses_each_lack(production: dict[str, str], variable: str) -> None:
    assert refus({**production, variable: " "}) == [f"{variable} est obligatoire en production."]


@pytest.mark.parametrize(
    ("variable", "valeur"),
    [("CERTIF_HORLOGE", "2026-06-10T12:00:00+02:00"), ("CERTIF_RUPTURE", "apres_commit:kill")],
)
def test_production_refuses_the_tools_of_tests(
    production: dict[str, str], variable: str, valeur: str
) -> None:
    assert refus({**production, variable: valeur}) == [f"{variable} est interdite en production."]


@pytest.mark.parametrize(
    ("saisie", "prise", "locale"),
    [
        ("", "127.0.0.1:5000", "127.0.0.1:5000"),
        ("0.0.0.0", "0.0.0.0:5000", "127.0.0.1:5000"),
        ("192.0.2.7", "192.0.2.7:5000", "192.0.2.7:5000"),
        ("::", "[::]:5000", "[::1]:5000"),
    ],
)
def test_only_the_machine_itself_is_listened_to_unless_said(
    production: dict[str, str], saisie: str, prise: str, locale: str
) -> None:
    config = Config.lire({**production, "CERTIF_ECOUTE": saisie})
    assert (config.prise, config.adresse_locale) == (prise, locale)


@pytest.mark.parametrize("saisie", ["tout", "localhost", "127.0.0.1:80", "300.1.1.1"])
def test_what_is_listened_to_is_an_address(production: dict[str, str], saisie: str) -> None:
    assert refus({**production, "CERTIF_ECOUTE": saisie}) == [
        "CERTIF_ECOUTE doit être une adresse IP de cette machine, comme 127.0.0.1 ou 0.0.0.0."
    ]


@pytest.mark.parametrize(
    ("saisie", "lue"),
    [
        ("a@b.fr", ("a@b.fr", "")),
        ("+33 4 75 00 00 00", ("", "+33 4 75 00 00 00")),
        ("04.75.00.00.00 , a@b.fr", ("a@b.fr", "04.75.00.00.00")),
    ],
)
def test_who_people_turn_to(production: dict[str, str], saisie: str, lue: tuple[str, str]) -> None:
    assert Config.lire({**production, "CERTIF_ASSISTANCE": saisie}).assistance == lue


@pytest.mark.parametrize("saisie", ["Alix", "a@b", "a@b.fr, c@d.fr", "a@b.fr,", "12345", "a@b.fr <x>"])
def test_who_people_turn_to_can_be_reached(production: dict[str, str], saisie: str) -> None:
    (message,) = refus({**production, "CERTIF_ASSISTANCE": saisie})
    assert message.startswith("CERTIF_ASSISTANCE doit être une adresse e-mail")


def test_production_ignores_a_clock_file(production: dict[str, str]) -> None:
    donnees = Path(production["CERTIF_DONNEES"])
    donnees.mkdir()
    (donnees / "horloge").write_text("86400")
    assert Config.lire(production).decalage_horloge == timedelta(0)


@pytest.mark.parametrize(
    ("variable", "valeur"),
    [
        ("CERTIF_MODE", "prod"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "80.0"),
        ("PORT", "٨٠"),
        ("PORT", "-1"),
        ("WEB_CONCURRENCY", "0"),
        ("WEB_CONCURRENCY", "65"),
        ("WEB_THREADS", "3"),
        ("CERTIF_OUVRIERS", "0"),
        ("CERTIF_OUVRIERS", "deux"),
        ("CERTIF_PROXYS", "-1"),
        ("CERTIF_PROXYS", "un"),
        ("CERTIF_URL", "certif.example.fr"),
        ("CERTIF_URL", "ftp://certif.example.fr"),
        ("CERTIF_URL", "https://certif.example.fr/chemin"),
        ("CERTIF_URL", "https://certif.example.fr?x=1"),
        ("CERTIF_URL", "https://a b"),
        ("CERTIF_URL", "https://certif.example.fr:port"),
        ("DATABASE_URL", "mysql://hote/base"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "sqlite:///:memory:"),
        ("DATABASE_URL", "sqlite:///relatif.db"),
        ("REDIS_URL", "http://hote"),
        ("REDIS_URL", "redis://"),
        ("REDIS_URL", "unix://"),
        ("REDIS_URL", "rediss://hote?ssl_ca_cert=/etc/ssl/certs/ca.crt"),
        ("REDIS_URL", "rediss://hote?ssl_ca_certs=/absent.crt"),
        ("REDIS_URL", f"rediss://hote?ssl_ca_certs={__file__}"),
        ("SMTP_URL", "smtp.example.fr"),
        ("CERTIF_STOCKAGE", "gs://seau"),
        ("CERTIF_STOCKAGE", "s3://"),
        ("CERTIF_STOCKAGE", "s3://seau?cle=secret"),
        ("CERTIF_STOCKAGE", "s3://seau?endpoint=hote"),
        ("CERTIF_CLE_SECRETE", SECRET[:31]),
        ("CERTIF_CLE_SECRETE", "s" * 32),
        ("CERTIF_CLES_REGISTRE", f"k1:{'a' * 32}"),
        ("CERTIF_CLES_REGISTRE", f"k2:{'ab' * 20},{REGISTRE}"),
        ("CERTIF_CLES_REGISTRE", "a" * 32),
        ("CERTIF_CLES_REGISTRE", "k1:court"),
        ("CERTIF_CLES_REGISTRE", f"{REGISTRE},{REGISTRE}"),
        ("CERTIF_CLES_REGISTRE", f"{REGISTRE},"),
        ("CERTIF_PKCS12", "/absent.p12"),
        ("CERTIF_HORLOGE", "demain"),
        ("CERTIF_HORLOGE", "9999-12-31T00:00:00+00:00"),
        ("CERTIF_HORLOGE", "0001-01-01T00:00:00+02:00"),
        ("DATABASE_URL", "sqlite:////dev/null"),
        ("CERTIF_PKCS12", "~inconnu/sceau.p12"),
        ("CERTIF_STOCKAGE", "~inconnu/fichiers"),
        ("CERTIF_PKCS12_MOT_DE_PASSE", "sans fichier"),
        ("CERTIF_STOCKAGE", "s3://seau?endpoint=https://s3.example.fr"),
        ("CERTIF_STOCKAGE", "/dev/null/dedans"),
        ("DATABASE_URL", "sqlite:////dossier/absent/certif.db"),
    ],
)
def test_nonsense_is_refused(tmp_path: Path, variable: str, valeur: str) -> None:
    problemes = refus({"CERTIF_DONNEES": str(tmp_path / "d"), variable: valeur})
    assert len(problemes) == 1
    assert problemes[0].startswith(variable)
    assert not (tmp_path / "d").exists()


@pytest.mark.parametrize("dossier", ["~inconnu/x", "/proc/x", "/dev/null/x"])
def test_a_data_folder_that_cannot_be_made_is_named(dossier: str) -> None:
    (probleme,) = {refuse.split()[0] for refuse in refus({"CERTIF_DONNEES": dossier})} - {"CERTIF_STOCKAGE"}
    assert probleme == "CERTIF_DONNEES"


def test_a_full_disk_is_no_trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plein = OSError(errno.ENOSPC, "No space left on device")
    monkeypatch.setattr(cles, "conserver", Mock(side_effect=plein))
    (probleme,) = refus({"CERTIF_DONNEES": str(tmp_path)})
    assert probleme.startswith("CERTIF_DONNEES") and "place" in probleme


def test_everything_wrong_is_listed_and_no_secret_repeated() -> None:
    problemes = refus({"CERTIF_MODE": "production", "PORT": "abc", "CERTIF_CLE_SECRETE": "mon-secret"})
    assert [p.split()[0] for p in problemes] == [
        "PORT",
        "CERTIF_URL",
        "CERTIF_CLE_SECRETE",
        "CERTIF_CLES_REGISTRE",
        "SMTP_URL",
        "CERTIF_PKCS12",
        "CERTIF_PROXYS",
        "CERTIF_ASSISTANCE",
    ]
    assert "mon-secret" not in str(ConfigurationInvalide(problemes))


def test_register_key_differs_from_the_secret_key(production: dict[str, str]) -> None:
    problemes = refus({**production, "CERTIF_CLES_REGISTRE": f"k1:{SECRET}"})
    assert problemes == ["CERTIF_CLES_REGISTRE ne doit pas reprendre CERTIF_CLE_SECRETE."]


def test_postgresql_means_psycopg_3(tmp_path: Path) -> None:
    for schema in ("postgres", "postgresql", "postgresql+psycopg"):
        environ = {"CERTIF_DONNEES": str(tmp_path), "DATABASE_URL": f"{schema}://u:p@hote/base"}
        assert Config.lire(environ).base == "postgresql+psycopg://u:p@hote/base"


def test_s3_with_options(tmp_path: Path) -> None:
    adresse = "s3://seau-certif/prefixe/?endpoint=http://localhost:9000&region=fr-par"
    cle = {"AWS_ACCESS_KEY_ID": "essai", "AWS_SECRET_ACCESS_KEY": "essai"}
    config = Config.lire({"CERTIF_DONNEES": str(tmp_path), "CERTIF_STOCKAGE": adresse, **cle})
    assert config.stockage == "s3://seau-certif/prefixe"
    assert config.stockage_options == {"endpoint": "http://localhost:9000", "region": "fr-par"}


def test_no_secret_in_repr(production: dict[str, str]) -> None:
    texte = repr(Config.lire({**production, "DATABASE_URL": "postgresql://u:motsecret@hote/base"}))
    assert not any(secret in texte for secret in (SECRET, "a" * 32, "nom:mot", "motsecret"))


def test_clock_offset_is_written_at_the_start_and_read_afterwards(tmp_path: Path) -> None:
    environ = {"CERTIF_DONNEES": str(tmp_path), "CERTIF_HORLOGE": "2026-06-10T12:00:00+02:00"}
    depart = Config.lire(environ, depart=True).decalage_horloge
    vise = datetime(2026, 6, 10, 10, 0, tzinfo=UTC)
    assert abs(datetime.now(UTC) + depart - vise) < timedelta(seconds=5)
    # A child that starts later, even with another variable, keeps the same offset.
    assert Config.lire({**environ, "CERTIF_HORLOGE": "2020-01-01T00:00"}).decalage_horloge == depart
    # A new start without the variable goes back to real time.
    del environ["CERTIF_HORLOGE"]
    assert Config.lire(environ, depart=True).decalage_horloge == timedelta(0)
    assert not (tmp_path / "horloge").exists()


def test_naive_clock_is_paris_time(tmp_path: Path) -> None:
    environ = {"CERTIF_DONNEES": str(tmp_path), "CERTIF_HORLOGE": "2026-06-10T12:00:00"}
    ecart = datetime.now(UTC) + Config.lire(environ).decalage_horloge - datetime(2026, 6, 10, 10, tzinfo=UTC)
    assert abs(ecart) < timedelta(seconds=5)


@pytest.mark.parametrize("contenu", ["", "abc", "nan", "inf", "1e300", "2e11", "-6e10"])
def test_unreadable_clock_file_is_named(tmp_path: Path, contenu: str) -> None:
    (tmp_path / "horloge").write_text(contenu)
    assert "horloge est illisible" in refus({"CERTIF_DONNEES": str(tmp_path)})[0]


@pytest.mark.parametrize(
    ("donnee", "manquante"),
    [("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"), ("AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID")],
)
def test_half_a_key_of_s3_is_refused(tmp_path: Path, donnee: str, manquante: str) -> None:
    """Amazon's own machines may have none, and find theirs: half of one helps nobody."""
    environ = {"CERTIF_DONNEES": str(tmp_path), "CERTIF_STOCKAGE": "s3://seau-certif"}
    assert Config.lire(environ).stockage == "s3://seau-certif"
    (probleme,) = refus({**environ, donnee: "essai"})
    assert probleme.startswith(manquante)


class TestCleDuSceau:
    """Tried before anything is written, and refused by the names of its settings."""

    @pytest.fixture
    def environ(self, production: dict[str, str]) -> dict[str, str]:
        cle = fabriquer(datetime.now(UTC) - timedelta(days=1), "secret")
        Path(production["CERTIF_PKCS12"]).write_bytes(cle)
        return {**production, "CERTIF_PKCS12_MOT_DE_PASSE": "secret"}

    def test_the_right_one_starts_and_nothing_is_written_yet(self, environ: dict[str, str]) -> None:
        config = exiger(environ)
        assert config.pkcs12_mot_de_passe == "secret" and not config.donnees.exists()

    @pytest.mark.parametrize("mot_de_passe", ["autre", "secret ", ""])
    def test_a_password_that_does_not_open_it(self, environ: dict[str, str], mot_de_passe: str) -> None:
        (probleme,) = self.refus({**environ, "CERTIF_PKCS12_MOT_DE_PASSE": mot_de_passe})
        assert "CERTIF_PKCS12" in probleme and "mot de passe" in probleme
        assert ("CERTIF_PKCS12_MOT_DE_PASSE" in probleme) is bool(mot_de_passe)
        assert "autre" not in probleme

    def test_a_file_that_is_no_key(self, environ: dict[str, str]) -> None:
        Path(environ["CERTIF_PKCS12"]).write_bytes(b"")
        assert self.refus(environ)[0].startswith("CERTIF_PKCS12")

    def test_a_file_that_cannot_be_read(
        self, environ: dict[str, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(Path, "read_bytes", Mock(side_effect=PermissionError))
        assert "ne peut pas être lu" in self.refus(environ)[0]

    def test_the_one_that_the_demonstration_keeps(self, tmp_path: Path) -> None:
        environ = {"CERTIF_DONNEES": str(tmp_path)}
        assert exiger(environ).pkcs12 is None
        Config.lire(environ).sceau_de_demonstration.write_bytes(b"ruine")
        assert "sceau.p12" in self.refus(environ)[0]

    def refus(self, environ: dict[str, str]) -> list[str]:
        with pytest.raises(ConfigurationInvalide) as erreur:
            exiger(environ)
        return erreur.value.problemes
