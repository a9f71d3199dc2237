"""What each setting has to be: read from the environment, refused in French by its name."""

import re
import ssl
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

from redis import Redis

from certif.socle import decalage
from certif.socle.cles import LONGUEUR_MIN, faiblesse
from certif.socle.environnement import Environnement, decouper

Mode = Literal["demonstration", "production"]
ClesRegistre = tuple[tuple[str, bytes], ...]

ANNEES = range(2000, 2101)
"""In which the clock of the rules may start: they count years back and ahead."""

_IDENTIFIANT_CLE = re.compile(r"[A-Za-z0-9_-]{1,16}")
_CLE_AGE = re.compile(r"age1[02-9ac-hj-np-z]{58}")
_SEAU = re.compile(r"[a-z0-9.-]{3,63}")


def mode(env: Environnement) -> Mode:
    """ "demonstration", unless it says otherwise."""
    valeur = env.texte("CERTIF_MODE") or "demonstration"
    if valeur == "production":
        return "production"
    if valeur != "demonstration":
        env.refuser("CERTIF_MODE", "doit valoir « demonstration » ou « production »")
    return "demonstration"


def url(env: Environnement, production: bool, port: int) -> str:
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


def ecoute(env: Environnement) -> str:
    """An IP address of this machine, its own by default."""
    valeur = env.texte("CERTIF_ECOUTE") or "127.0.0.1"
    try:
        return str(ip_address(valeur))
    except ValueError:
        env.refuser("CERTIF_ECOUTE", "doit être une adresse IP de cette machine, comme 127.0.0.1 ou 0.0.0.0")
        return valeur


def base(env: Environnement, donnees: Path) -> str:
    """PostgreSQL through psycopg 3, or a SQLite file; a database in memory cannot be shared by processes."""
    valeur = env.texte("DATABASE_URL") or f"sqlite:///{donnees / 'certif.db'}"
    schema, _, reste = valeur.partition("://")
    if schema in ("postgres", "postgresql", "postgresql+psycopg") and decouper(f"postgresql://{reste}"):
        return f"postgresql+psycopg://{reste}"
    if schema == "sqlite" and reste.startswith("/") and Path(reste[1:]).is_absolute():
        if env.texte("DATABASE_URL") and not Path(reste[1:]).parent.is_dir():
            env.refuser("DATABASE_URL", "doit être dans un dossier qui existe")
        elif Path(reste[1:]).exists() and not Path(reste[1:]).is_file():
            env.refuser("DATABASE_URL", "nomme autre chose qu’un fichier")
        return valeur
    env.refuser("DATABASE_URL", "doit être de la forme postgresql://… ou sqlite:////chemin/absolu")
    return valeur


def file(env: Environnement) -> str | None:
    """A Redis or Valkey server; what follows its address has to be known, and an authority to be one."""
    schemas = ("redis", "rediss", "unix")
    valeur = env.adresse("REDIS_URL", schemas)
    if valeur is None or valeur.partition("://")[0] not in schemas:
        return valeur
    try:
        autorite = getattr(Redis.from_url(valeur).connection_pool.make_connection(), "ca_certs", None)
        if autorite:
            ssl.create_default_context(cafile=autorite)
    except OSError:
        env.refuser("REDIS_URL", "nomme par ssl_ca_certs un fichier qui n’est pas celui d’une autorité")
    except (TypeError, ValueError):
        env.refuser("REDIS_URL", "donne une option inconnue ou illisible")
    return valeur


def cle_secrete(env: Environnement, production: bool) -> str:
    """Long, and no word."""
    valeur = env.texte("CERTIF_CLE_SECRETE", obligatoire=production)
    if valeur and (faible := faiblesse(valeur)):
        env.refuser("CERTIF_CLE_SECRETE", f"doit {faible}")
    return valeur


def cles_registre(env: Environnement, production: bool) -> ClesRegistre:
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


def stockage(env: Environnement, donnees: Path) -> tuple[Path | str, dict[str, str]]:
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


def mot_de_passe_du_sceau(env: Environnement, environ: Mapping[str, str]) -> str | None:
    """As it is, blanks included; it opens a file, which must be named."""
    valeur = environ.get("CERTIF_PKCS12_MOT_DE_PASSE") or None
    if valeur is not None and not env.texte("CERTIF_PKCS12"):
        env.refuser("CERTIF_PKCS12_MOT_DE_PASSE", "est donné sans CERTIF_PKCS12, le fichier qu’il ouvre")
    return valeur


def jeton_des_mesures(env: Environnement) -> str:
    """Long, and no word; may be left out."""
    valeur = env.texte("CERTIF_JETON_MESURES")
    if valeur and (faible := faiblesse(valeur)):
        env.refuser("CERTIF_JETON_MESURES", f"doit {faible}")
    return valeur


def cles_de_sauvegarde(env: Environnement) -> tuple[str, ...]:
    """Public keys of age; whether they are whole is tried by a start."""
    cles = tuple(cle.strip() for cle in env.texte("CERTIF_CLES_SAUVEGARDE").split(",") if cle.strip())
    if not all(_CLE_AGE.fullmatch(cle) for cle in cles):
        env.refuser(
            "CERTIF_CLES_SAUVEGARDE",
            "doit donner des clés publiques d’age (age1…), séparées par des virgules",
        )
    return cles


def decalage_horloge(env: Environnement, donnees: Path, depart: bool) -> timedelta:
    """Offset of the business clock: the file's, or the one that makes it CERTIF_HORLOGE now."""
    if not depart:
        try:
            if (laisse := decalage.lire(donnees)) is not None:
                _dater(datetime.now(UTC) + laisse)
                return laisse
        except (ValueError, OverflowError):
            env.problemes.append(f"Le fichier {decalage.fichier_de(donnees)} est illisible : supprimez-le.")
    valeur = env.texte("CERTIF_HORLOGE")
    if not valeur:
        return timedelta(0)
    try:
        instant = _dater(datetime.fromisoformat(valeur))
    except ValueError:
        env.refuser(
            "CERTIF_HORLOGE",
            "doit être une date et une heure, comme 2026-06-10T12:00:00+02:00, "
            f"de {ANNEES[0]} à {ANNEES[-1]}",
        )
        return timedelta(0)
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=ZoneInfo("Europe/Paris"))
    return instant - datetime.now(UTC)


def _dater(instant: datetime) -> datetime:
    if instant.year not in ANNEES:
        raise ValueError("a year for which the rules were not made")
    return instant
