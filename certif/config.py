"""The environment, read once, typed and frozen. Nonsense is refused, all of it at once, in French."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Self

from certif import exigences
from certif.exigences import ClesRegistre, Mode
from certif.socle import cles, decalage
from certif.socle.environnement import Environnement

RACINE = Path(__file__).resolve().parent.parent


class ConfigurationInvalide(Exception):
    """The settings cannot be used; `problemes` says everything that is wrong with them."""

    def __init__(self, problemes: list[str]) -> None:
        super().__init__("Configuration refusée :\n" + "\n".join(f"  - {p}" for p in problemes))
        self.problemes = problemes


def refus_d_ecrire(erreur: OSError) -> str:
    """What keeps the data folder from being written, said by the name of its setting."""
    ou = f" ({erreur.filename})" if erreur.filename else ""
    return f"CERTIF_DONNEES doit être un dossier où écrire est permis et où il reste de la place{ou}."


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
    processus: int
    """Of the site; each has `fils` threads, most of which wait for slow clients."""
    fils: int
    ouvriers: int
    """Processes of each queue that the supervisor starts."""
    jeton_des_mesures: str = field(repr=False)
    """What opens /metrics; "" when nobody watches, and nothing is counted."""
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
        mode = exigences.mode(env)
        production = mode == "production"
        port = env.entier("PORT", defaut=5000, minimum=1, maximum=65535)
        donnees = env.dossier("CERTIF_DONNEES", RACINE / "instance")
        stockage, options = exigences.stockage(env, donnees)
        config = cls(
            mode=mode,
            url=exigences.url(env, production, port),
            port=port,
            ecoute=exigences.ecoute(env),
            donnees=donnees,
            base=exigences.base(env, donnees),
            redis_url=exigences.file(env),
            cle_secrete=exigences.cle_secrete(env, production),
            cles_registre=exigences.cles_registre(env, production),
            smtp_url=env.adresse("SMTP_URL", ("smtp", "smtps"), obligatoire=production),
            stockage=stockage,
            stockage_options=options,
            pkcs12=env.fichier("CERTIF_PKCS12", obligatoire=production),
            pkcs12_mot_de_passe=exigences.mot_de_passe_du_sceau(env, environ),
            processus=env.entier("WEB_CONCURRENCY", defaut=2, minimum=1, maximum=64),
            fils=env.entier("WEB_THREADS", defaut=128, minimum=4, maximum=1024),
            ouvriers=env.entier("CERTIF_OUVRIERS", defaut=1, minimum=1, maximum=64),
            jeton_des_mesures=exigences.jeton_des_mesures(env),
            cles_de_sauvegarde=exigences.cles_de_sauvegarde(env),
            proxys=env.entier("CERTIF_PROXYS", defaut=0, minimum=0, maximum=9, obligatoire=production),
            assistance=env.coordonnees("CERTIF_ASSISTANCE", obligatoire=production)
            or ("assistance@certif.example", ""),
            decalage_horloge=timedelta(0) if production else exigences.decalage_horloge(env, donnees, depart),
        )
        if production:
            env.interdire("CERTIF_HORLOGE", "CERTIF_RUPTURE")
        if env.problemes:
            raise ConfigurationInvalide(env.problemes)
        if essai:
            return config
        try:
            if depart:
                decalage.ecrire(donnees, config.decalage_horloge)
            return config._avec_cles()
        except OSError as erreur:
            raise ConfigurationInvalide([refus_d_ecrire(erreur)]) from erreur

    def _avec_cles(self) -> Self:
        """The same settings, with the demonstration's own keys where none was given."""
        dossier = self.donnees / "cles"
        return replace(
            self,
            cle_secrete=self.cle_secrete or cles.conserver(dossier / "secrete").decode("ascii"),
            cles_registre=self.cles_registre or (("demo", cles.conserver(dossier / "registre")),),
        )
