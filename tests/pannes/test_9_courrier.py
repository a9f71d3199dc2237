"""The mail server in trouble: a mail goes once, or as often as is counted, or somebody sees why not."""

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update
from structlog.testing import capture_logs

from certif.domaine.courriers import remise
from certif.domaine.courriers.actions import ecrire
from certif.domaine.courriers.envoi import ATTENTES, envoyer
from certif.domaine.courriers.modeles import Courrier, EtatCourrier
from certif.domaine.exploitation.mesures import mesurer
from certif.socle import smtp
from certif.socle.base.extensions import db
from certif.socle.horloge import instant_reel
from certif.socle.rupture import VARIABLE, Rupture
from tests.pannes.essai import Double, Essai, Ou, Perdu
from tests.pannes.fautes import Faute
from tests.pannes.moments import Effet
from tests.support.factories import une_personne
from tests.support.mailbox import Boite, Serveur
from tests.support.moves import courriers
from tests.support.servers import attendre
from tests.support.stack import port_libre
from tests.support.workers import rompu, un_processus

pytestmark = pytest.mark.pannes(un_sur=2)

Regler = Callable[[str], None]


@pytest.fixture
def boite() -> Boite:
    return Boite()


@pytest.fixture
def serveur(boite: Boite) -> Iterator[Serveur]:
    controleur = Serveur(boite, hostname="127.0.0.1", port=port_libre())
    controleur.start()
    yield controleur
    controleur.stop()


@pytest.fixture
def courrier(contexte: Flask) -> str:
    """The address to which a mail waits to go."""
    personne = une_personne()
    ecrire("session-1-v1-essai", personne.id, "Sujet", "Bonjour.", 1)
    db.session.commit()
    return personne.email or ""


def plus_tard() -> None:
    """Make time pass since the last attempts."""
    db.session.rollback()
    db.session.execute(update(Courrier).values(prise_a=instant_reel() - ATTENTES[-1] - timedelta(seconds=1)))
    db.session.commit()


def arrive(essai: Essai, serveur: Serveur, boite: Boite, *, fois: int = 1) -> None:
    """Healed, it arrives; so often, under one name, and no more often than attempts were counted."""
    plus_tard()
    envoyer(serveur.url)
    plus_tard()
    envoyer(serveur.url)
    (ecrit,) = courriers()
    if ecrit.etat is not EtatCourrier.ENVOYE or len(boite.recus) < 1:
        raise Perdu(f"{ecrit.etat}, received {len(boite.recus)} times")
    if len(boite.recus) > min(fois, ecrit.essais) or len({m["Message-ID"] for m in boite.recus}) > 1:
        raise Double(f"received {len(boite.recus)} times in {ecrit.essais} attempts")
    essai.verifie()


def attend(essai: Essai) -> None:
    """Until then the administrateur's page counts it among those that wait."""
    db.session.rollback()
    essai.dit(Ou.PAGE, mesurer().courriers_a_envoyer.nombre == 1)


@contextmanager
def journal_dit(essai: Essai, evenement: str) -> Iterator[None]:
    with capture_logs() as vus:
        yield
    essai.dit(Ou.JOURNAL, evenement in [ligne["event"] for ligne in vus])


@pytest.mark.faute(Faute.SMTP_REFUSE)
def test_refuse(chaque_base: str, essai: Essai, serveur: Serveur, boite: Boite, courrier: str) -> None:
    with journal_dit(essai, "courrier.serveur"):
        envoyer(f"smtp://127.0.0.1:{port_libre()}")
    attend(essai)
    arrive(essai, serveur, boite)


@pytest.mark.faute(Faute.SMTP_FIGE)
def test_se_fige(
    chaque_base: str,
    essai: Essai,
    serveur: Serveur,
    boite: Boite,
    courrier: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(smtp, "DELAI_S", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as muet, journal_dit(essai, "courrier.serveur"):
        envoyer(f"smtp://127.0.0.1:{muet.getsockname()[1]}")
    monkeypatch.undo()
    attend(essai)
    arrive(essai, serveur, boite)


@pytest.mark.faute(Faute.SMTP_4XX)
def test_repond_plus_tard(
    chaque_base: str, essai: Essai, serveur: Serveur, boite: Boite, courrier: str
) -> None:
    boite.reponses = ["451 plus tard"]
    with journal_dit(essai, "courrier.differe"):
        envoyer(serveur.url)
    attend(essai)
    arrive(essai, serveur, boite)


@pytest.mark.faute(Faute.SMTP_5XX)
def test_repond_jamais(chaque_base: str, essai: Essai, serveur: Serveur, boite: Boite, courrier: str) -> None:
    """Never sent again: whoever looks at the session sees that this address takes no mail."""
    boite.refuses = {courrier: "550 inconnu"}
    with journal_dit(essai, "courrier.refuse"):
        envoyer(serveur.url)
    plus_tard()
    envoyer(serveur.url)
    assert courriers()[0].etat is EtatCourrier.ABANDONNE and not boite.recus
    essai.dit(Ou.PAGE, remise.refus_de_la_session(1))
    essai.verifie()


@pytest.mark.faute(Faute.SMTP_COUPE)
def test_coupe_apres_data(
    chaque_base: str, essai: Essai, serveur: Serveur, boite: Boite, courrier: str
) -> None:
    """It was taken, and nobody can know: it goes once more, under the same name, and that is counted."""
    boite.couper_apres_data = True
    with journal_dit(essai, "courrier.serveur"):
        envoyer(serveur.url)
    boite.couper_apres_data = False
    attend(essai)
    arrive(essai, serveur, boite, fois=2)


@pytest.mark.faute(Faute.SMTP_TROIS_JOURS)
def test_absent_trois_jours(
    chaque_base: str, essai: Essai, serveur: Serveur, boite: Boite, courrier: str, horloge_a: Regler
) -> None:
    horloge_a("2026-06-10T12:00:00+02:00")
    db.session.execute(update(Courrier).values(cree_le=instant_reel()))
    db.session.commit()
    for jour in (10, 11, 12, 13):
        horloge_a(f"2026-06-{jour}T12:00:01+02:00")
        with journal_dit(essai, "courrier.serveur"):
            envoyer(f"smtp://127.0.0.1:{port_libre()}")
        attend(essai)
        plus_tard()
    arrive(essai, serveur, boite)


POINTS = ("courrier_avant_envoi", "courrier_apres_envoi")


@pytest.mark.faute(Faute.COURRIER_TUE)
@pytest.mark.parametrize("effet", [Effet.ECHOUE, Effet.PLEIN])
@pytest.mark.pannes(un_sur=4)
@pytest.mark.parametrize("point", POINTS)
def test_l_envoi_echoue(
    chaque_base: str,
    essai: Essai,
    serveur: Serveur,
    boite: Boite,
    courrier: str,
    monkeypatch: pytest.MonkeyPatch,
    point: str,
    effet: str,
) -> None:
    monkeypatch.setenv(VARIABLE, f"{point}:{effet}")
    with suppress(Rupture, OSError):
        envoyer(serveur.url)
    monkeypatch.delenv(VARIABLE)
    attend(essai)
    arrive(essai, serveur, boite, fois=1 + (point == POINTS[1]))


@pytest.mark.faute(Faute.COURRIER_TUE)
@pytest.mark.parametrize("effet", [Effet.TUE, Effet.LENT])
@pytest.mark.parametrize("point", POINTS)
@pytest.mark.pannes(un_sur=8)
def test_qui_envoie_est_tue_ou_s_attarde(
    chaque_base: str, essai: Essai, serveur: Serveur, boite: Boite, courrier: str, point: str, effet: str
) -> None:
    """Slow, it holds its mail: another process sends none."""
    with un_processus(essai.config, f"{point}:{effet}", envoyer_ailleurs, serveur.url) as autre:
        if effet == Effet.LENT:
            attendre(rompu(essai.config).exists, 60)
            envoyer(serveur.url)
        autre.join(timeout=60)
        assert autre.exitcode == (-signal.SIGKILL if effet == Effet.TUE else 0)
    if effet == Effet.TUE:
        attend(essai)
    else:
        essai.dit(Ou.RIEN, len(boite.recus) == 1)
    arrive(essai, serveur, boite, fois=1 + (point == POINTS[1] and effet == Effet.TUE))


def envoyer_ailleurs(app: Flask, url: str) -> None:
    with app.app_context():
        envoyer(url)
