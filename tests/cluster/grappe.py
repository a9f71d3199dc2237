"""The application on several hosts, as `docs/exploitation/plusieurs-hotes.md` says."""

import json
import re
import secrets
import ssl
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import unescape
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from argon2 import PasswordHasher
from rq.utils import as_text, utcparse
from sqlalchemy import update

from certif.documents.sceau.cle_de_sceau import fabriquer
from certif.domaine.acteur import Acteur
from certif.domaine.personnes.modeles import Individu
from certif.socle.base.extensions import db
from certif.socle.file import SILENCE_MAX, Voie
from certif.socle.horloge import instant_reel
from tests.cluster.autorite import Autorite
from tests.cluster.hotes import BASE, USAGERS, Hote, reseau_a_part
from tests.cluster.redis_chiffre import RedisChiffre, redis_chiffre
from tests.cluster.serveurs import postgresql, s3
from tests.support.mailbox import Boite, Serveur
from tests.support.servers import attendre

PATIENCE_S = 600
"""For everything to work again, on a machine that has other things to do."""
NOM = "certif.example.fr"
MOT_DE_PASSE = "un mot de passe d'essai"


@dataclass(frozen=True)
class Grappe:
    """One host serves pages, two make certificates; the test itself stands where the data is."""

    reglages: dict[str, str]
    site: Hote
    ouvriers: tuple[Hote, Hote]
    redis: RedisChiffre
    boite: Boite

    def sante(self) -> dict[str, bool]:
        """What /sante tells the users."""
        return dict(json.loads(Usager().lire("/sante", attendu=(200, 503))))

    def travaille(self, hote: Hote) -> bool:
        """Whether a worker of this host has a job in hand."""
        return any(o["hostname"] == hote.nom and o.get("state") == "busy" for o in self._ouvriers())

    def vivants(self) -> set[str]:
        """Hosts that have a worker of each queue which gave a sign of life lately."""
        depuis = instant_reel() - SILENCE_MAX
        combien = Counter(
            o["hostname"]
            for o in self._ouvriers()
            if "death" not in o and "last_heartbeat" in o and utcparse(o["last_heartbeat"]) > depuis
        )
        return {hote for hote, nombre in combien.items() if nombre >= len(Voie)}

    def _ouvriers(self) -> list[dict[str, str]]:
        """What is known of each; of one that was out of reach for long, its name is, and nothing else."""
        cles = [as_text(cle) for cle in self.redis.maitre.smembers("rq:workers")]
        dits = [
            {as_text(nom): as_text(valeur) for nom, valeur in self.redis.maitre.hgetall(cle).items()}
            for cle in cles
        ]
        return [dit for dit in dits if "hostname" in dit]

    def en_bonne_sante(self) -> bool:
        """Whether everything answers."""
        try:
            return all(self.sante().values())
        except OSError:
            return False


class Usager:
    """Somebody's browser, on the side of the site that faces the users."""

    def __init__(self) -> None:
        self._cookies: dict[str, str] = {}
        self._jeton = ""

    def entrer(self, acteur: Acteur) -> "Usager":
        """Log in as this person, in the application's context."""
        hache = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(MOT_DE_PASSE)
        elle = update(Individu).where(Individu.id == acteur.individu_id).values(mot_de_passe=hache)
        email = db.session.scalar(elle.returning(Individu.email)) or ""
        db.session.commit()
        self.lire("/connexion")
        self.envoyer("/connexion", identifiant=email, mot_de_passe=MOT_DE_PASSE)
        self.lire("/compte/courriels")
        return self

    def lire(self, adresse: str, attendu: tuple[int, ...] = (200,)) -> str:
        """A page, and the token of its forms."""
        page = self._demander("GET", adresse, None, attendu)
        if jeton := re.search(r'(?:data-jeton=|"X-CSRFToken": )"([^"]+)"', page):
            self._jeton = unescape(jeton[1])
        return page

    def envoyer(self, adresse: str, attendu: tuple[int, ...] = (303,), **champs: object) -> str:
        """Post a form."""
        corps = urlencode({"csrf_token": self._jeton, **champs})
        return self._demander("POST", adresse, corps, attendu)

    def _demander(self, verbe: str, adresse: str, corps: str | None, attendu: tuple[int, ...]) -> str:
        entetes = {"Host": NOM, "Cookie": "; ".join(f"{n}={v}" for n, v in self._cookies.items())}
        if corps is not None:
            entetes["Content-Type"] = "application/x-www-form-urlencoded"
        # As the proxy in front says it.
        entetes |= {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1"}
        liaison = HTTPConnection(USAGERS, 5000, timeout=60)
        try:
            liaison.request(verbe, adresse, corps, entetes)
            reponse = liaison.getresponse()
            page = reponse.read().decode()
        finally:
            liaison.close()
        assert reponse.status in attendu, (verbe, adresse, reponse.status, page[-2000:])
        for cookie in reponse.headers.get_all("Set-Cookie") or ():
            nom, _, valeur = cookie.partition(";")[0].partition("=")
            self._cookies[nom] = valeur
        return page


@contextmanager
def grappe(dossier: Path) -> Iterator[Grappe]:
    """All of it at work; whatever is left of it is gone at the end."""
    with ExitStack() as pile:
        pile.enter_context(reseau_a_part())
        autorite = Autorite(dossier)
        redis = pile.enter_context(redis_chiffre(dossier, autorite, BASE, 6379))
        boite = pile.enter_context(_messagerie(autorite))
        reglages = {
            **pile.enter_context(s3(dossier, autorite, BASE, 9000)),
            **_reglages(dossier),
            "DATABASE_URL": pile.enter_context(postgresql(BASE, 5432)),
            "REDIS_URL": redis.url,
            "SMTP_URL": f"smtps://{BASE}:465",
        }
        noms = ("site", "ouvriers-1", "ouvriers-2")
        site, premier, second = (Hote(nom, rang, dossier, reglages) for rang, nom in enumerate(noms))
        for hote in (site, premier, second):
            pile.callback(hote.tuer)
            hote.demarrer()
        site.ouvrir_aux_usagers()
        site.faire("preparer")
        servir_le_site(site)
        for hote in (premier, second):
            servir_les_files(hote)
        toute = Grappe(reglages, site, (premier, second), redis, boite)
        attendre(toute.en_bonne_sante, PATIENCE_S, 1)
        yield toute


def servir_le_site(hote: Hote) -> None:
    hote.servir("site", "gunicorn", "-c", "python:certif.serveur", "app:app")
    hote.servir("periodique", "certif.periodique")


def servir_les_files(hote: Hote) -> None:
    for voie in ("certificats", "suites"):
        hote.servir(voie, "certif.ouvrier", voie)


@contextmanager
def _messagerie(autorite: Autorite) -> Iterator[Boite]:
    contexte = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    contexte.load_cert_chain(*autorite.signer(BASE))
    boite = Boite()
    serveur = Serveur(boite, hostname=BASE, port=465, ssl_context=contexte)
    serveur.start()
    try:
        yield boite
    finally:
        serveur.stop()


def _reglages(dossier: Path) -> dict[str, str]:
    """What is the same everywhere."""
    sceau = dossier / "sceau.p12"
    sceau.write_bytes(fabriquer(datetime.now(UTC) - timedelta(days=1)))
    return {
        "CERTIF_MODE": "production",
        "CERTIF_URL": f"https://{NOM}",
        "CERTIF_PROXYS": "1",
        "CERTIF_ECOUTE": "0.0.0.0",
        "CERTIF_ASSISTANCE": "aide@certif.example.fr",
        "CERTIF_CLE_SECRETE": secrets.token_hex(32),
        "CERTIF_CLES_REGISTRE": f"2026:{secrets.token_hex(32)}",
        "CERTIF_PKCS12": str(sceau),
    }
