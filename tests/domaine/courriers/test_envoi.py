"""Mails reach a real SMTP server once, and wait for one that is in trouble."""

import socket
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from aiosmtpd.smtp import AuthResult, LoginPassword
from flask import Flask
from sqlalchemy import update

from certif.config import Config
from certif.domaine.acces.liens import creer
from certif.domaine.acces.modeles import SorteLien
from certif.domaine.courriers import remise
from certif.domaine.courriers.actions import ecrire
from certif.domaine.courriers.envoi import ATTENTES, Pli, composer, envoyer, reste_a_envoyer
from certif.domaine.courriers.modeles import Courrier, EtatCourrier
from certif.domaine.personnes.modeles import Individu
from certif.socle import smtp
from certif.socle.base.extensions import db
from certif.socle.horloge import instant_reel
from certif.socle.smtp import ServeurInjoignable, liaison
from tests.support.factories import une_personne
from tests.support.mailbox import Boite, Serveur, texte_de
from tests.support.moves import courriers

pytestmark = pytest.mark.usefixtures("contexte")

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


def port_libre() -> int:
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        return int(prise.getsockname()[1])


def un_courrier(evenement: str = "session-1-v1-essai", sujet: str = "Session n°1\u00a0: essai") -> int:
    personne = une_personne()
    ecrire(evenement, personne.id, sujet, "Bonjour,\n\nVoilà.", 1)
    db.session.commit()
    return personne.id


def attendre_la_suite() -> None:
    """Make time pass since the last attempts."""
    db.session.rollback()
    db.session.execute(update(Courrier).values(prise_a=instant_reel() - ATTENTES[-1] - timedelta(seconds=1)))
    db.session.commit()


def test_arrive_une_fois_et_se_lit(serveur: Serveur, boite: Boite) -> None:
    individu_id = un_courrier()
    assert envoyer(serveur.url) == 1
    assert envoyer(serveur.url) == 0
    recu = boite.recus[0]
    assert recu["Subject"] == "Session n°1\u00a0: essai"
    assert recu["To"] == db.session.get_one(Individu, individu_id).email
    assert recu["From"] == "Certif <ne-pas-repondre@localhost>"
    assert recu["Auto-Submitted"] == "auto-generated"
    assert recu.get_content_type() == "multipart/alternative"
    assert texte_de(recu).split() == ["Bonjour,", "Voilà."]
    assert courriers()[0].etat is EtatCourrier.ENVOYE and courriers()[0].envoye_le is not None
    assert len(boite.recus) == 1


def test_un_evenement_n_ecrit_qu_une_fois_a_chacun(serveur: Serveur, boite: Boite) -> None:
    personne = une_personne()
    for _ in range(2):
        ecrire("session-1-v1-essai", personne.id, "Sujet", "Corps")
    db.session.commit()
    assert envoyer(serveur.url) == 1 and len(boite.recus) == 1


def test_sans_serveur_la_demonstration_marque_seulement() -> None:
    un_courrier()
    assert envoyer(None) == 1
    assert courriers()[0].etat is EtatCourrier.ENVOYE and not reste_a_envoyer()


def test_4xx_reessaie_5xx_abandonne(serveur: Serveur, boite: Boite) -> None:
    un_courrier("a", "patient")
    un_courrier("b", "refusé")
    un_courrier("c", "normal")
    boite.reponses = ["451 plus tard", "554 jamais"]
    assert envoyer(serveur.url) == 1
    assert [c.etat for c in courriers()] == [
        EtatCourrier.A_ENVOYER,
        EtatCourrier.ABANDONNE,
        EtatCourrier.ENVOYE,
    ]
    assert envoyer(serveur.url) == 0, "the next attempt waits"
    attendre_la_suite()
    assert envoyer(serveur.url) == 1
    assert boite.sujets() == ["normal", "patient"]


def test_un_destinataire_refuse_n_arrete_pas_les_autres(serveur: Serveur, boite: Boite) -> None:
    perdu = un_courrier("a", "perdu")
    un_courrier("b", "suivant")
    adresse = db.session.get_one(Individu, perdu).email
    assert adresse is not None
    boite.refuses = {adresse: "550 inconnu"}
    assert envoyer(serveur.url) == 1
    assert courriers()[0].etat is EtatCourrier.ABANDONNE and boite.sujets() == ["suivant"]
    assert courriers()[0].refuse_le is not None and courriers()[1].refuse_le is None
    assert remise.refus_de(perdu) is not None and remise.refus_de_la_session(1).keys() == {perdu}


def test_un_refus_ailleurs_qu_a_sa_propre_adresse_ne_dit_rien_de_celle_ci(
    serveur: Serveur, boite: Boite
) -> None:
    """Of a new address that waits for its confirmation, for one."""
    qui = une_personne().id
    ecrire("confirmer", qui, "Sujet", "Corps", adresse="nouvelle@ailleurs.example")
    db.session.commit()
    boite.refuses = {"nouvelle@ailleurs.example": "550 inconnu"}
    assert envoyer(serveur.url) == 0
    assert courriers()[0].etat is EtatCourrier.ABANDONNE and remise.refus_de(qui) is None


def test_ce_qu_on_renonce_a_envoyer_n_est_pas_un_refus(
    serveur: Serveur, boite: Boite, horloge_a: Regler
) -> None:
    """Four days of "later" (4xx) say nothing of an address."""
    horloge_a("2026-06-10T12:00:00+02:00")
    qui = un_courrier()
    adresse = db.session.get_one(Individu, qui).email
    assert adresse is not None
    boite.refuses = {adresse: "451 plus tard"}
    envoyer(serveur.url)
    attendre_la_suite()
    horloge_a("2026-06-14T12:00:00+02:00")
    envoyer(serveur.url)
    assert courriers()[0].etat is EtatCourrier.ABANDONNE and remise.refus_de(qui) is None


def test_un_serveur_absent_ne_coute_aucun_essai(serveur: Serveur, boite: Boite, horloge_a: Regler) -> None:
    horloge_a("2026-06-10T12:00:00+02:00")
    un_courrier()
    absent = f"smtp://127.0.0.1:{port_libre()}"
    for jour in range(10, 17):
        horloge_a(f"2026-06-{jour}T12:00:00+02:00")
        assert envoyer(absent) == 0 and not reste_a_envoyer(), "left in peace for a minute"
        assert courriers()[0].essais == 0
        attendre_la_suite()
    assert envoyer(serveur.url) == 1 and len(boite.recus) == 1


def test_l_horloge_reculee_d_une_heure_n_arrete_pas_le_courrier(serveur: Serveur, boite: Boite) -> None:
    un_courrier()
    assert envoyer(f"smtp://127.0.0.1:{port_libre()}") == 0
    assert not reste_a_envoyer()
    with time_machine.travel(datetime.now(UTC) - timedelta(hours=1)):
        assert envoyer(serveur.url) == 1


def test_serveur_muet(monkeypatch: pytest.MonkeyPatch) -> None:
    un_courrier()
    monkeypatch.setattr(smtp, "DELAI_S", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as muet:
        assert envoyer(f"smtp://127.0.0.1:{muet.getsockname()[1]}") == 0
    assert courriers()[0].etat is EtatCourrier.A_ENVOYER


def test_refuse_trois_jours_on_renonce(serveur: Serveur, boite: Boite, horloge_a: Regler) -> None:
    horloge_a("2026-06-10T12:00:00+02:00")
    adresse = db.session.get_one(Individu, un_courrier()).email
    assert adresse is not None
    boite.refuses = {adresse: "451 plus tard"}
    for instant in ("2026-06-10T13:00:00+02:00", "2026-06-13T11:59:00+02:00"):
        horloge_a(instant)
        envoyer(serveur.url)
        attendre_la_suite()
        assert courriers()[0].etat is EtatCourrier.A_ENVOYER
    horloge_a("2026-06-13T12:01:00+02:00")
    envoyer(serveur.url)
    assert courriers()[0].etat is EtatCourrier.ABANDONNE and not reste_a_envoyer()


def test_coupe_apres_data_doublons_bornes_et_reconnaissables(serveur: Serveur, boite: Boite) -> None:
    un_courrier()
    boite.couper_apres_data = True
    envoyer(serveur.url)
    boite.couper_apres_data = False
    assert courriers()[0].etat is EtatCourrier.A_ENVOYER
    attendre_la_suite()
    envoyer(serveur.url)
    assert courriers()[0].etat is EtatCourrier.ENVOYE and courriers()[0].essais == len(boite.recus) == 2
    assert len({m["Message-ID"] for m in boite.recus}) == 1


def test_aucun_en_tete_ne_s_injecte(serveur: Serveur, boite: Boite) -> None:
    un_courrier("a", "Sujet\r\nBcc: victime@ailleurs.example")
    mauvais = une_personne(email="a@b.example\r\nRCPT TO:<victime@ailleurs.example>").id
    ecrire("b", mauvais, "Sujet", "Corps")
    db.session.commit()
    un_courrier("c", "normal")
    assert envoyer(serveur.url) == 1
    assert boite.sujets() == ["normal"]
    assert [c.etat for c in courriers()] == [
        EtatCourrier.ABANDONNE,
        EtatCourrier.ABANDONNE,
        EtatCourrier.ENVOYE,
    ]


def test_un_compte_desactive_ne_recoit_plus_rien(serveur: Serveur, boite: Boite) -> None:
    individu = db.session.get_one(Individu, un_courrier())
    individu.actif = False
    db.session.commit()
    assert envoyer(serveur.url) == 0
    assert boite.recus == [] and courriers()[0].etat is EtatCourrier.ABANDONNE


def test_quatre_envois_a_la_fois_n_envoient_qu_une_fois(
    chaque_base: str, app: Flask, serveur: Serveur, boite: Boite
) -> None:
    for rang in range(12):
        un_courrier(f"e{rang}", f"sujet {rang}")
    depart = threading.Barrier(4)

    def travailler() -> None:
        with app.app_context():
            depart.wait()
            envoyer(serveur.url)

    fils = [threading.Thread(target=travailler) for _ in range(4)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    assert sorted(boite.sujets()) == sorted(f"sujet {rang}" for rang in range(12))


def test_un_courrier_ne_part_pas_en_clair_vers_une_autre_machine(
    monkeypatch: pytest.MonkeyPatch, serveur: Serveur
) -> None:
    with liaison(serveur.url):
        pass
    monkeypatch.setattr(smtp, "_BOUCLE", ())
    with pytest.raises(ServeurInjoignable, match="no encryption"), liaison(serveur.url):
        pass


def test_un_mot_de_passe_ne_part_pas_en_clair(monkeypatch: pytest.MonkeyPatch, boite: Boite) -> None:
    vus: list[bytes] = []

    def authentifier(
        _serveur: Any, _session: Any, _enveloppe: Any, _mecanisme: str, donnees: Any
    ) -> AuthResult:
        assert isinstance(donnees, LoginPassword)
        vus.append(donnees.password)
        return AuthResult(success=True)

    controleur = Serveur(
        boite, hostname="127.0.0.1", port=port_libre(), authenticator=authentifier, auth_require_tls=False
    )
    controleur.start()
    try:
        url = f"smtp://compte:s%40cret@127.0.0.1:{controleur.port}"
        with liaison(url):
            assert vus == [b"s@cret"], "to this machine only"
        monkeypatch.setattr(smtp, "_BOUCLE", ())
        with pytest.raises(ServeurInjoignable), liaison(url):
            pass
        assert len(vus) == 1
    finally:
        controleur.stop()


def test_l_expediteur_et_l_identifiant_du_message() -> None:
    message = composer(Pli(7, 1, "a@b.example", "Sujet", "Corps"), "certif@org.example")
    assert (message["From"], message["Message-ID"]) == (
        "Certif <certif@org.example>",
        "<courrier-7@org.example>",
    )


def test_le_secret_d_un_lien_part_avec_son_courrier(
    serveur: Serveur, boite: Boite, horloge_a: Regler
) -> None:
    secret = "s" * 43
    for n in range(2):
        personne = une_personne()
        ecrire(f"lien-{n}", personne.id, "Sujet", f"http://x/lien/invitation?cle={secret}", adresse="n@x.fr")
        db.session.commit()
        if n == 0:
            envoyer(serveur.url)
    assert boite.recus[0]["To"] == "n@x.fr" and secret in texte_de(boite.recus[0])
    assert [(secret in c.corps, c.adresse) for c in courriers()] == [(False, None), (True, "n@x.fr")]
    horloge_a("2040-01-01T00:00:00+01:00")
    envoyer(serveur.url)
    assert courriers()[1].etat is EtatCourrier.ABANDONNE
    assert secret not in courriers()[1].corps and courriers()[1].adresse is None


def test_la_demonstration_montre_encore_ses_liens() -> None:
    ecrire("lien", une_personne().id, "Sujet", f"http://x/lien/invitation?cle={'s' * 43}")
    db.session.commit()
    assert envoyer(None) == 1
    assert "s" * 43 in courriers()[0].corps


@pytest.mark.usefixtures("chaque_base")
def test_le_secret_d_un_lien_quitte_les_fichiers_avec_son_courrier(serveur: Serveur, config: Config) -> None:
    """The row is masked; neither the log nor a freed page keeps what it said."""
    secret = creer(une_personne().id, SorteLien.MOT_DE_PASSE).partition("?cle=")[2]
    ecrire("oubli", une_personne().id, "Sujet", f"Ouvrez http://localhost/lien?cle={secret}")
    db.session.commit()
    sqlite = db.engine.dialect.name == "sqlite"

    def lisible() -> bool:
        return any(secret.encode() in f.read_bytes() for f in config.donnees.iterdir() if f.is_file())

    assert lisible() or not sqlite, "or this test proves nothing"
    assert envoyer(serveur.url) == 1
    assert not lisible()
    assert secret not in courriers()[0].corps
