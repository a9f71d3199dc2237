"""The environment, read once, typed and frozen. Nonsense is refused, all of it at once, in French."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Literal, Self
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

from certif.socle import cles, decalage
from certif.socle.cles import LONGUEUR_MIN, faiblesse
from certif.socle.environnement import Environnement, decouper

Mode = Literal["demonstration", "production"]
ClesRegistre = tuple[tuple[str, bytes], ...]

RACINE = Path(__file__).resolve().parent.parent

_IDENTIFIANT_CLE = re.compile(r"[A-Za-z0-9_-]{1,16}")
_CLE_AGE = re.compile(r"age1[02-9ac-hj-np-z]{58}")
_SEAU = re.compile(r"[a-z0-9.-]{3,63}")


class ConfigurationInvalide(Exception):
    """The settings cannot be used; `problemes` says everything that is wrong with them."""

    def __init__(self, problemes: list[str]) -> None:
        super().__init__("Configuration refusée :\n" + "\n".join(f"  - {p}" for p in problemes))
        self.problemes = problemes


@dataclass(frozen=True, kw_only=True)
class Config:
    """Every setting of the application. Secrets stay out of its `repr`."""

    mode: Mode
    url: str
    """What links in mails and on certificates start with, without a final slash."""
    port: int
    ecoute: str
    """Address of this machine that is listened on: only a proxy on the machine itself reaches the default."""
    donnees: Path
    """Folder of everything that the application keeps on this machine."""
    base: str = field(repr=False)
    """SQLAlchemy address of the database."""
    redis_url: str | None = field(repr=False)
    """The queue's server; None means the embedded one, under `donnees`."""
    cle_secrete: str = field(repr=False)
    cles_registre: ClesRegistre = field(repr=False)
    """Keys of the register's hashes (R18): the first one writes, all verify."""
    smtp_url: str | None = field(repr=False)
    stockage: Path | str
    """A local folder, or "s3://bucket/prefix"."""
    stockage_options: Mapping[str, str]
    """For S3 only: `endpoint` and `region`; credentials come from the usual AWS_… variables."""
    pkcs12: Path | None
    """File of the sealing key; None means the demonstration's own, under `donnees`."""
    pkcs12_mot_de_passe: str | None = field(repr=False)
    cles_de_sauvegarde: tuple[str, ...]
    """Public keys, of age, of those who may open a backup; without any, none is made."""
    proxys: int
    """How many reverse proxies stand in front; their headers are believed to that depth only. Production has
    to say: unsaid, all its clients would count as one, and one of them could lock the others out."""
    assistance: tuple[str, str]
    """Of who runs the platform: e-mail address and telephone, either may be ""."""
    decalage_horloge: timedelta
    """Business time minus real time; zero in production."""

    @property
    def demonstration(self) -> bool:
        return self.mode == "demonstration"

    @property
    def prise(self) -> str:
        """Where the site listens: address and port."""
        return f"[{self.ecoute}]:{self.port}" if ":" in self.ecoute else f"{self.ecoute}:{self.port}"

    @property
    def adresse_locale(self) -> str:
        """Where this machine itself reaches the site: an address that stands for all is none of its own."""
        proches = {"0.0.0.0": f"127.0.0.1:{self.port}", "::": f"[::1]:{self.port}"}  # noqa: S104
        return proches.get(self.ecoute, self.prise)

    @property
    def sceau_de_demonstration(self) -> Path:
        """Where the demonstration keeps the sealing key that it makes for itself."""
        return self.donnees / "cles" / "sceau.p12"

    @classmethod
    def lire(cls, environ: Mapping[str, str], *, depart: bool = False, essai: bool = False) -> Self:
        """Read the settings from `environ`; a variable that is blank counts as absent.

        In demonstration, missing keys are made once and kept in `CERTIF_DONNEES/cles`. With `depart` (the
        supervisor only), the clock file is written anew from CERTIF_HORLOGE; otherwise it wins over it. With
        `essai`, nothing is written, and missing keys stay empty.

        Raises:
            ConfigurationInvalide: with the list of all problems; nothing was written.
        """
        env = Environnement(environ)
        mode = _mode(env)
        production = mode == "production"
        port = env.entier("PORT", defaut=5000, minimum=1, maximum=65535)
        donnees = env.dossier("CERTIF_DONNEES", RACINE / "instance")
        stockage, options = _stockage(env, donnees)
        config = cls(
            mode=mode,
            url=_url(env, production, port),
            port=port,
            ecoute=_ecoute(env),
            donnees=donnees,
            base=_base(env, donnees),
            redis_url=env.adresse("REDIS_URL", ("redis", "rediss", "unix")),
            cle_secrete=_cle_secrete(env, production),
            cles_registre=_cles_registre(env, production),
            smtp_url=env.adresse("SMTP_URL", ("smtp", "smtps"), obligatoire=production),
            stockage=stockage,
            stockage_options=options,
            pkcs12=env.fichier("CERTIF_PKCS12", obligatoire=production),
            pkcs12_mot_de_passe=_mot_de_passe_du_sceau(env, environ),
            cles_de_sauvegarde=_cles_de_sauvegarde(env),
            proxys=env.entier("CERTIF_PROXYS", defaut=0, minimum=0, maximum=9, obligatoire=production),
            assistance=env.coordonnees("CERTIF_ASSISTANCE", obligatoire=production)
            or ("assistance@certif.example", ""),
            decalage_horloge=timedelta(0) if production else _decalage(env, donnees, depart),
        )
        if production:
            env.interdire("CERTIF_HORLOGE", "CERTIF_RUPTURE")
        if env.problemes:
            raise ConfigurationInvalide(env.problemes)
        if essai:
            return config
        if depart:
            decalage.ecrire(donnees, config.decalage_horloge)
        return config._avec_cles()

    def _avec_cles(self) -> Self:
        """The same settings, with the demonstration's own keys where none was given."""
        dossier = self.donnees / "cles"
        return replace(
            self,
            cle_secrete=self.cle_secrete or cles.conserver(dossier / "secrete").decode("ascii"),
            cles_registre=self.cles_registre or (("demo", cles.conserver(dossier / "registre")),),
        )


def _mode(env: Environnement) -> Mode:
    valeur = env.texte("CERTIF_MODE") or "demonstration"
    if valeur == "production":
        return "production"
    if valeur != "demonstration":
        env.refuser("CERTIF_MODE", "doit valoir « demonstration » ou « production »")
    return "demonstration"


def _url(env: Environnement, production: bool, port: int) -> str:
    """Scheme and host, perhaps a port; https only in production."""
    valeur = env.texte("CERTIF_URL", obligatoire=production)
    if not valeur:
        return f"http://localhost:{port}"
    schemas = ("https",) if production else ("https", "http")
    parties = decouper(valeur)
    if parties is None or parties.scheme not in schemas or not parties.hostname:
        env.refuser("CERTIF_URL", f"doit être une adresse en {' ou '.join(f'{s}://' for s in schemas)}")
    elif parties.path.strip("/") or parties.query or parties.fragment or parties.username is not None:
        env.refuser("CERTIF_URL", "ne doit comporter qu’un nom de domaine et, au besoin, un port")
    return valeur.rstrip("/")


def _ecoute(env: Environnement) -> str:
    valeur = env.texte("CERTIF_ECOUTE") or "127.0.0.1"
    try:
        return str(ip_address(valeur))
    except ValueError:
        env.refuser("CERTIF_ECOUTE", "doit être une adresse IP de cette machine, comme 127.0.0.1 ou 0.0.0.0")
        return valeur


def _base(env: Environnement, donnees: Path) -> str:
    """PostgreSQL through psycopg 3, or a SQLite file; a database in memory cannot be shared by processes."""
    valeur = env.texte("DATABASE_URL") or f"sqlite:///{donnees / 'certif.db'}"
    schema, _, reste = valeur.partition("://")
    if schema in ("postgres", "postgresql", "postgresql+psycopg") and decouper(f"postgresql://{reste}"):
        return f"postgresql+psycopg://{reste}"
    if schema == "sqlite" and reste.startswith("/") and Path(reste[1:]).is_absolute():
        if env.texte("DATABASE_URL") and not Path(reste[1:]).parent.is_dir():
            env.refuser("DATABASE_URL", "doit être dans un dossier qui existe")
        return valeur
    env.refuser("DATABASE_URL", "doit être de la forme postgresql://… ou sqlite:////chemin/absolu")
    return valeur


def _cle_secrete(env: Environnement, production: bool) -> str:
    valeur = env.texte("CERTIF_CLE_SECRETE", obligatoire=production)
    if valeur and (faible := faiblesse(valeur)):
        env.refuser("CERTIF_CLE_SECRETE", f"doit {faible}")
    return valeur


def _cles_registre(env: Environnement, production: bool) -> ClesRegistre:
    """`id:key,…`: distinct ids, long keys, none of them the secret key.

    The first one, which writes, is judged by more than its length. The others only verify: a weak one is left
    by putting a better one before it.
    """
    nom = "CERTIF_CLES_REGISTRE"
    valeur = env.texte(nom, obligatoire=production)
    morceaux = valeur.split(",") if valeur else []
    paires = [(ident.strip(), cle.strip()) for ident, _, cle in (m.partition(":") for m in morceaux)]
    if any(not _IDENTIFIANT_CLE.fullmatch(ident) or len(cle) < LONGUEUR_MIN for ident, cle in paires):
        env.refuser(
            nom,
            "doit être de la forme « id:clé,id:clé » : identifiants de 1 à 16 lettres ou chiffres, "
            f"clés d’au moins {LONGUEUR_MIN} caractères",
        )
    elif paires and (faible := faiblesse(paires[0][1])):
        env.refuser(nom, f"doit commencer par une clé solide : elle doit {faible}")
    if len({ident for ident, _ in paires}) < len(paires):
        env.refuser(nom, "donne deux fois le même identifiant")
    if any(cle == env.texte("CERTIF_CLE_SECRETE") for _, cle in paires if cle):
        env.refuser(nom, "ne doit pas reprendre CERTIF_CLE_SECRETE")
    return tuple((ident, cle.encode()) for ident, cle in paires)


def _stockage(env: Environnement, donnees: Path) -> tuple[Path | str, dict[str, str]]:
    """A folder, or `s3://bucket/prefix?endpoint=https://…&region=…`."""
    valeur = env.texte("CERTIF_STOCKAGE")
    if "://" not in valeur:
        return env.dossier("CERTIF_STOCKAGE", donnees / "fichiers"), {}
    adresse, _, requete = valeur.partition("?")
    options = dict(parse_qsl(requete, keep_blank_values=True))
    parties = decouper(adresse)
    lisible = parties is not None and parties.scheme == "s3" and _SEAU.fullmatch(parties.netloc)
    fin = decouper(options.get("endpoint", "https://s3"))
    if not lisible or set(options) - {"endpoint", "region"} or not (fin and fin.scheme in ("http", "https")):
        env.refuser(
            "CERTIF_STOCKAGE", "doit être un dossier, ou s3://seau/préfixe?endpoint=https://…&region=…"
        )
    else:
        _identifiants_s3(env, ailleurs="endpoint" in options)
    return adresse.rstrip("/"), options


def _identifiants_s3(env: Environnement, *, ailleurs: bool) -> None:
    """Both halves or none; a server that is not Amazon's gives none by itself."""
    cle, secret = env.texte("AWS_ACCESS_KEY_ID"), env.texte("AWS_SECRET_ACCESS_KEY")
    if bool(cle) is not bool(secret):
        manquante = "AWS_SECRET_ACCESS_KEY" if cle else "AWS_ACCESS_KEY_ID"
        env.refuser(manquante, "manque : CERTIF_STOCKAGE a besoin des deux moitiés de la clé")
    elif ailleurs and not cle:
        env.refuser("CERTIF_STOCKAGE", "demande AWS_ACCESS_KEY_ID et AWS_SECRET_ACCESS_KEY")


def _mot_de_passe_du_sceau(env: Environnement, environ: Mapping[str, str]) -> str | None:
    """As it is, blanks included; it opens a file, which must be named."""
    valeur = environ.get("CERTIF_PKCS12_MOT_DE_PASSE") or None
    if valeur is not None and not env.texte("CERTIF_PKCS12"):
        env.refuser("CERTIF_PKCS12_MOT_DE_PASSE", "est donné sans CERTIF_PKCS12, le fichier qu’il ouvre")
    return valeur


def _cles_de_sauvegarde(env: Environnement) -> tuple[str, ...]:
    cles = tuple(cle.strip() for cle in env.texte("CERTIF_CLES_SAUVEGARDE").split(",") if cle.strip())
    if not all(_CLE_AGE.fullmatch(cle) for cle in cles):
        env.refuser(
            "CERTIF_CLES_SAUVEGARDE",
            "doit donner des clés publiques d’age (age1…), séparées par des virgules",
        )
    return cles


def _decalage(env: Environnement, donnees: Path, depart: bool) -> timedelta:
    """Offset of the business clock: the file's, or the one that makes it CERTIF_HORLOGE now."""
    if not depart:
        try:
            if (laisse := decalage.lire(donnees)) is not None:
                return laisse
        except (ValueError, OverflowError):
            env.problemes.append(f"Le fichier {decalage.fichier_de(donnees)} est illisible : supprimez-le.")
    valeur = env.texte("CERTIF_HORLOGE")
    if not valeur:
        return timedelta(0)
    try:
        instant = datetime.fromisoformat(valeur)
    except ValueError:
        env.refuser("CERTIF_HORLOGE", "doit être une date et une heure, comme 2026-06-10T12:00:00+02:00")
        return timedelta(0)
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=ZoneInfo("Europe/Paris"))
    return instant - datetime.now(UTC)
