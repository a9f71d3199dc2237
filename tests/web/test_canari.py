"""Names that appear nowhere else, followed through a whole session: none reaches what machines keep.

The scenario types them in every field, is refused in every way and breaks what can break; then the log, the
queue, every address, cookie and subject are searched. What a purge leaves is in `test_purge`.
"""

import base64
import json
import logging
import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
import structlog
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from werkzeug.test import TestResponse

from certif import rythmes, taches
from certif.domaine.certificats.modeles import CertificatEmis
from certif.domaine.certificats.remise.lectures import cartes
from certif.domaine.courriers import envoi
from certif.domaine.courriers.modeles import Courrier
from certif.domaine.dates import lire_date
from certif.domaine.journal import EntreeJournal
from certif.domaine.noms import cle
from certif.domaine.personnes.modeles import Individu
from certif.domaine.sessions.actions import saisie, soumission
from certif.domaine.sessions.etats import Etat
from certif.serveur import Journal
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import aujourd_hui
from certif.socle.observation import journalisation
from certif.socle.smtp import ServeurInjoignable
from tests.support.production import page_factice, rendre_par
from tests.support.servers import ServeurValkey
from tests.web.distribution import MOT_DE_PASSE, Navigateur
from tests.web.lecture import Page
from tests.web.scene import Scene

STAGIAIRE = {"nom": "Zorglubine", "prenom": "Quetzalie", "date_naissance": "17/03/1983"}
SECOND = {"nom": "Wyxkrantz", "prenom": "Ypsilone", "date_naissance": "23/09/1979"}
FORMATEUR = {"nom": "Brontozaure", "prenom": "Xanthippe", "date_naissance": "29/07/1961"}
COMMENTAIRE = "Mme Zorglubine s'appelle Zorglubinette, joindre le 0601020304"
REFERENCE = "Convention Kryptonax"
ADRESSE = "canari-adresse@xyzzyque.example"
PERDU = "canari-perdu@plugh.example"

_TEXTES = (*STAGIAIRE.values(), *SECOND.values(), *FORMATEUR.values(), MOT_DE_PASSE)
_BOUTS = ("1983-03-17", "1979-09-23", "1961-07-29", "0601020304", "Kryptonax", "xyzzyque", "plugh")
CANARIS = re.compile("|".join(map(re.escape, _TEXTES + _BOUTS)), re.IGNORECASE)


@dataclass
class Espion:
    """A browser that keeps the address of all that it asks for, is sent to or is offered, and its cookie."""

    navigateur: Navigateur
    adresses: list[str] = field(default_factory=list)

    def get(self, adresse: str) -> TestResponse:
        return self._noter(adresse, self.navigateur.get(adresse))

    def post(self, adresse: str, **champs: Any) -> TestResponse:
        reponse = self._noter(adresse, self.navigateur.post(adresse, champs))
        self._noter(adresse, self.navigateur.htmx(adresse, champs))
        return reponse

    def _noter(self, adresse: str, reponse: TestResponse) -> TestResponse:
        self.adresses += [adresse, reponse.location or "", reponse.headers.get("HX-Redirect", "")]
        if reponse.mimetype == "text/html":
            self.adresses += Page(reponse).adresses
        self.adresses.append(_cookie(self.navigateur))
        return reponse


@pytest.fixture
def journal(capfd: pytest.CaptureFixture[str]) -> Iterator[pytest.CaptureFixture[str]]:
    """What the processes write, as in production, down to the libraries' details."""
    journalisation.regler(json=True)
    yield capfd
    structlog.reset_defaults()
    racine = logging.getLogger()
    for sortie in [h for h in racine.handlers if isinstance(h, journalisation._Sortie)]:
        racine.removeHandler(sortie)


@pytest.fixture
def brontozaure(scene: Scene) -> None:
    """The formateur's name, birth date and address are canaries too."""

    def renommer() -> None:
        with transaction():
            formateur = db.session.get_one(Individu, scene.troupe.formateur.individu_id)
            formateur.nom, formateur.prenom, formateur.email = FORMATEUR["nom"], FORMATEUR["prenom"], ADRESSE
            formateur.cle_nom, formateur.cle_prenom = cle(formateur.nom), cle(formateur.prenom)
            formateur.date_naissance = lire_date(FORMATEUR["date_naissance"])

    scene.dans(renommer)


def test_nothing_personal_is_written_for_machines(
    valkey: ServeurValkey,
    scene: Scene,
    brontozaure: None,
    journal: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rendre_par(monkeypatch, page_factice)
    scene.app.testing = False
    gestionnaire = Espion(scene.navigateur(scene.troupe.gestionnaire))
    formateur = Espion(scene.navigateur(scene.troupe.formateur))
    numero = _saisir(scene, gestionnaire)
    _repondre(scene, numero, gestionnaire, formateur)
    _generer(scene, numero, gestionnaire)
    codes = _remettre(scene, numero, gestionnaire, formateur)
    _annuler(scene, numero, gestionnaire)
    _emporter(scene, gestionnaire, formateur)
    _casser(scene, numero, gestionnaire, monkeypatch)

    ecrit = "".join(journal.readouterr())
    assert "erreur imprévue" in ecrit and "acces" in ecrit and "tache en échec" not in ecrit
    assert _canaris(ecrit) == set()
    assert codes and not [code for code in codes if code in ecrit + _file(valkey)]
    assert _canaris(_file(valkey)) == set()
    assert "produire_certificats" in _file(valkey)
    assert _canaris(*gestionnaire.adresses, *formateur.adresses) == set()
    sujets, journal_durable = scene.dans(
        lambda: (
            list(db.session.scalars(select(Courrier.sujet))),
            [str(vars(ligne)) for ligne in db.session.scalars(select(EntreeJournal))],
        )
    )
    assert len(sujets) >= 4
    assert _canaris(*sujets, *journal_durable) == set()


def _saisir(scene: Scene, e: Espion) -> int:
    """A session filled in through its forms, each name typed well and badly."""
    liste = scene.adresse("/sessions/a-traiter")
    numero = scene.session(Etat.SAISIE, stagiaires=[], formateur_id=None)
    base = scene.adresse(f"/sessions/{numero}")

    def version() -> int:
        return scene.version(numero)

    e.post(f"{base}/session", version=version(), suite="enregistrer", reference_interne=REFERENCE)
    e.post(f"{base}/session", version=version(), suite="enregistrer", date_fin=STAGIAIRE["date_naissance"])
    for saisi in ("", "<b>", "9"):
        mauvais = {**FORMATEUR, "nom": FORMATEUR["nom"] + saisi}
        e.post(f"{base}/formateur", version=version(), **mauvais)
    e.post(f"{base}/formateur", version=version(), **{**FORMATEUR, "prenom": STAGIAIRE["prenom"]})
    e.post(f"{base}/formateur", version=version(), numero=FORMATEUR["nom"])
    for qui in (STAGIAIRE, SECOND):
        e.post(f"{base}/stagiaires", version=version(), **{**qui, "nom": qui["nom"] + "😀"})
        e.post(f"{base}/stagiaires", version=version(), **qui)
        e.post(f"{base}/stagiaires", version=version(), **qui)
    e.post(f"{base}/stagiaires", version=1, **SECOND)
    e.post(f"{base}/stagiaires", csrf_token="x", version=version(), **SECOND)
    e.post(f"{liste}/nom", nom=STAGIAIRE["nom"])
    e.post(f"{liste}/nom", nom=f"<{STAGIAIRE['nom']}>")
    for suite in ("", "/session", "/formateur", "/stagiaires", "/stagiaires/nouveau", "/supprimer"):
        e.get(f"{base}{suite}")
    assert scene.noms(numero) == [STAGIAIRE["nom"], SECOND["nom"]]
    assert scene.voir(numero, lambda s: s.formateur_id) == scene.troupe.formateur.individu_id
    return numero


def _repondre(scene: Scene, numero: int, e: Espion, f: Espion) -> None:
    """Returned with a comment, taken back, reminded, answered."""
    soumettre = scene.adresse(f"/sessions/{numero}/actions/soumettre_au_formateur")
    base = f"/formateur/sessions/{numero}"
    e.post(soumettre, version=scene.version(numero))
    for commentaire in (COMMENTAIRE + "\0", COMMENTAIRE):
        f.post(
            f"{base}/stagiaires",
            version=scene.version(numero),
            action="retour_commente",
            commentaire=commentaire,
        )
    e.get(scene.adresse(f"/sessions/{numero}/stagiaires"))
    assert e.get(scene.adresse(f"/sessions/{numero}/feuille?demi_journees=2")).status_code == 200
    f.get(base)
    e.post(soumettre, version=scene.version(numero))
    e.post(scene.adresse(f"/sessions/{numero}/relance"))
    f.get("/formateur/sessions/a-traiter")
    f.post("/formateur/sessions/a-traiter/nom", nom=STAGIAIRE["nom"])
    reponses = scene.voir(numero, lambda s: {f"resultat-{x.id}": "reussite" for x in s.stagiaires})
    f.post(f"{base}/resultats", version=scene.version(numero), **reponses)
    f.post(f"{base}/stagiaires", version=1, action="envoyer_resultats", **reponses)
    f.post(f"{base}/stagiaires", version=scene.version(numero), action="envoyer_resultats", **reponses)
    assert scene.etat(numero) is Etat.VALIDATION_ENTITE


def _generer(scene: Scene, numero: int, e: Espion) -> None:
    """Generated by the functions that the worker calls, downloaded, looked for."""
    base = scene.adresse(f"/sessions/{numero}")
    assert scene.voir(numero, lambda s: s.date_fin) == aujourd_hui()
    e.post(f"{base}/actions/generer", version=scene.version(numero))
    e.get(f"{base}/telechargements")
    scene.dans(lambda: taches.produire_certificats(numero))
    scene.dans(lambda: taches.produire_dossier(numero))
    scene.dans(rythmes.envoyer_courriers)
    scene.dans(rythmes.reconcilier)
    page = Page(e.get(f"{base}/telechargements"))
    fichiers = [adresse for adresse in page.adresses if "/certificats" in adresse]
    assert len(fichiers) >= 3
    for adresse in fichiers:
        assert e.get(adresse).status_code == 200
    assert e.get(f"{base}/telechargements/dossier").status_code == 200
    requete = select(CertificatEmis.numero).filter_by(session_numero=numero)
    certificat = scene.dans(lambda: db.session.scalars(requete).first())
    for qui in (STAGIAIRE, SECOND, {**SECOND, "nom": SECOND["nom"] + "😀"}):
        e.post(f"/v/{certificat}", **qui)
        e.post(f"/v/{certificat}", csrf_token="x", **qui)


def _remettre(scene: Scene, numero: int, e: Espion, f: Espion) -> list[str]:
    """Handed over by codes: shown, tried badly, opened; returns the codes, which no log may hold."""
    base = scene.adresse(f"/sessions/{numero}")
    e.post(f"{base}/remise")
    f.get(f"/formateur/sessions/{numero}/remise")
    codes = [carte.code for carte in scene.dans(lambda: cartes(scene.troupe.gestionnaire, numero))]
    for code, qui in zip(codes, (SECOND, STAGIAIRE), strict=True):
        e.get(f"/r?c={code}")
        for saisi in (COMMENTAIRE, FORMATEUR["date_naissance"], qui["date_naissance"]):
            e.post("/r", c=code, date_naissance=saisi)
        assert e.get("/r/certificat").status_code == 200
        e.post("/r", c=code, csrf_token="x", date_naissance=qui["date_naissance"])
    e.get(f"{base}/telechargements")
    journal = object.__new__(Journal)
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/r", "QUERY_STRING": f"c={codes[0]}"}
    reponse = type("Reponse", (), {"status": "200 OK", "sent": 1})()
    journal.access(reponse, None, environ, timedelta(milliseconds=3))
    structlog.get_logger("certif.essai").error("adresse demandée", chemin=f"/r?c={codes[0]}")
    return codes


def _emporter(scene: Scene, e: Espion, f: Espion) -> None:
    """What is kept of somebody, searched and refused; data taken away by each."""
    ou = scene.adresse("/informations/stagiaire")
    assert e.post(ou, **STAGIAIRE).status_code == 200
    e.post(ou, **STAGIAIRE | {"date_naissance": "31/02/1983"})
    e.get(scene.adresse("/informations/donnees.zip"))
    f.get("/compte/donnees.zip")


def _annuler(scene: Scene, numero: int, e: Espion) -> None:
    """Cancelled for a reason that names people, refused then done; packed again, made again."""
    base = scene.adresse(f"/sessions/{numero}")
    requete = select(CertificatEmis.id).filter_by(session_numero=numero).order_by(CertificatEmis.id)
    premier = scene.dans(lambda: db.session.scalars(requete).all()[0])
    e.get(f"{base}/annulation?certificat={premier}")
    for motif in ("", "identite"):
        e.post(
            f"{base}/annulation",
            version=scene.version(numero),
            certificat=premier,
            motif=motif,
            precisions=COMMENTAIRE,
            refaire="1",
        )
    scene.dans(lambda: taches.reconstituer_archive(numero))
    scene.dans(rythmes.reconcilier)
    e.get(f"{base}/telechargements")
    e.get(scene.adresse(f"/sessions/{numero + 1}/stagiaires"))
    assert scene.noms(numero + 1) == [SECOND["nom"]]


def _casser(scene: Scene, numero: int, e: Espion, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unforeseen error that quotes what was typed, a mail server in trouble, a lost login."""
    base = scene.adresse(f"/sessions/{numero}")

    def echouer(*_arguments: object) -> None:
        try:
            raise OSError(f"no such file for {PERDU}")
        except OSError as erreur:
            raise ValueError(f"unexpected {STAGIAIRE} {COMMENTAIRE}") from erreur

    monkeypatch.setattr(saisie, "enregistrer", echouer)
    assert e.post(f"{base}/session", version=1, reference_interne=REFERENCE).status_code == 500
    scene.dans(_doublon_en_base)

    def injoignable(*_arguments: object, **_options: object) -> None:
        raise ServeurInjoignable(f"550 {ADRESSE} unknown")

    monkeypatch.setattr(envoi, "liaison", injoignable)
    autre = scene.session(Etat.VALIDATION_FORMATEUR)
    scene.dans(lambda: soumission.relancer_le_formateur(scene.troupe.gestionnaire, autre))
    scene.dans(lambda: envoi.envoyer("smtp://127.0.0.1:9"))
    e.navigateur.client.delete_cookie("certif")
    e.post(f"{base}/stagiaires", version=1, **STAGIAIRE)
    e.post("/connexion", identifiant=PERDU, mot_de_passe=MOT_DE_PASSE)
    e.navigateur.get(f"/nulle-part?nom={STAGIAIRE['nom']}")
    journal = object.__new__(Journal)
    reponse = type("Reponse", (), {"status": "200 OK", "sent": 1})()
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": f"{base}/stagiaires",
        "QUERY_STRING": f"nom={STAGIAIRE['nom']}",
        "REMOTE_ADDR": "192.0.2.1",
    }
    journal.access(reponse, None, environ, timedelta(milliseconds=3))


def _doublon_en_base() -> None:
    """A database error whose statement holds personal values."""
    individu = db.session.scalars(select(Individu).filter_by(email=ADRESSE)).one()
    copie = {c.name: getattr(individu, c.name) for c in Individu.__table__.columns if c.name != "id"}
    try:
        with transaction():
            db.session.add(Individu(**copie))
    except IntegrityError:
        structlog.get_logger("certif.essai").exception("doublon", session=1)
    else:
        raise AssertionError("the address is unique")


def _cookie(navigateur: Navigateur) -> str:
    """What the session's cookie holds, which is signed and not hidden."""
    brut = navigateur.cookie().removeprefix(".").partition(".")[0]
    return _ouvrir(base64.urlsafe_b64decode(brut + "=" * (-len(brut) % 4)))


def _canaris(*textes: str) -> set[str]:
    return {trouve.casefold() for texte in textes for trouve in CANARIS.findall(texte)}


def _file(valkey: ServeurValkey) -> str:
    """Every key and value of the queue's server, opened as far as they can be."""
    client: Any = valkey.client
    lus: list[bytes] = []
    for nom in client.keys("*"):
        genre = client.type(nom)
        valeur: Any = {
            b"string": client.get,
            b"hash": client.hgetall,
            b"list": lambda c: client.lrange(c, 0, -1),
            b"set": client.smembers,
            b"zset": lambda c: client.zrange(c, 0, -1),
        }.get(genre, client.xrange)(nom)
        lus += [nom, *_octets(valeur)]
    return "\n".join(_ouvrir(octets) for octets in lus)


def _octets(valeur: Any) -> list[bytes]:
    if isinstance(valeur, bytes):
        return [valeur]
    if isinstance(valeur, dict):
        return [octets for paire in valeur.items() for octets in paire]
    return [octets for partie in valeur for octets in _octets(partie)]


def _ouvrir(octets: bytes) -> str:
    with suppress(zlib.error):
        octets = zlib.decompress(octets)
    return json.dumps(octets.decode(errors="replace"), ensure_ascii=False)
