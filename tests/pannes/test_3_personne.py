"""Nobody works, or one certificate spoils the work: the page says so, and the others are made."""

import os
import signal
import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from certif import rythmes, taches
from certif.documents.donnees import DonneesCertificat
from certif.documents.erreurs import RenduImpossible
from certif.domaine.acteur import TypeRole
from certif.domaine.certificats.modeles import CertificatEmis, EtatEmission
from certif.domaine.certificats.production import certificats
from certif.domaine.libelles.certificats import generation as textes
from certif.domaine.sessions.etats import Etat
from certif.socle.base.extensions import db
from tests.pannes.essai import Essai, Ou
from tests.pannes.fautes import Faute
from tests.pannes.pages import onglet_des_telechargements, sante
from tests.support.factories import Organisme, un_acteur, une_session
from tests.support.moves import courriers
from tests.support.production import baux_echus, pdf_factice, rendre_par
from tests.support.workers import un_processus

pytestmark = [pytest.mark.pannes(un_sur=2), pytest.mark.usefixtures("documents_rapides")]

CINQUANTE = 50


@pytest.mark.faute(Faute.PERSONNE)
def test_personne_pendant_une_heure(chaque_base: str, essai: Essai, organisme: Organisme) -> None:
    un_acteur(TypeRole.ADMINISTRATEUR)
    numero = une_session(organisme, Etat.GENERATION)
    rythmes.veiller()
    essai.dit(Ou.SANTE, sante(essai.app)["ouvrier_certificats"] is False)
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=1)):
        rythmes.veiller()
        dits = [courrier.sujet for courrier in courriers()]
        essai.dit(Ou.COURRIER, any("établit les certificats est arrêté" in sujet for sujet in dits))
    page = onglet_des_telechargements(essai.app, numero, 3600)
    essai.dit(Ou.PAGE, "le programme qui établit les certificats est arrêté" in page)
    essai.guerit(numero)


def le_mauvais(donnees: DonneesCertificat) -> bool:
    return donnees.titulaire == _le_premier()


def _le_premier() -> str:
    premier = db.session.scalars(select(CertificatEmis.donnees).order_by(CertificatEmis.id)).first()
    return DonneesCertificat.de_json(premier or {}).titulaire


def les_autres_sont_faits(essai: Essai, numero: int, cause: str) -> None:
    """49 certificates are made, and the page says which one is not, and why."""
    db.session.rollback()
    etats = [c.etat for c in db.session.scalars(select(CertificatEmis).order_by(CertificatEmis.id))]
    assert etats == [EtatEmission.ECHEC, *[EtatEmission.PRODUIT] * (CINQUANTE - 1)]
    essai.dit(Ou.PAGE, cause in onglet_des_telechargements(essai.app, numero))


@pytest.mark.faute(Faute.STAGIAIRE_EMPOISONNE)
def test_un_sur_cinquante_ne_s_imprime_pas(
    chaque_base: str, essai: Essai, organisme: Organisme, monkeypatch: pytest.MonkeyPatch
) -> None:
    numero = une_session(organisme, Etat.GENERATION, reussites=CINQUANTE)

    def refuser(donnees: DonneesCertificat) -> bytes:
        if le_mauvais(donnees):
            raise RenduImpossible("Ce nom ne peut pas être imprimé.")
        return pdf_factice(donnees)

    rendre_par(monkeypatch, refuser)
    taches.produire_certificats(numero)
    les_autres_sont_faits(essai, numero, "Ce nom ne peut pas être imprimé.")
    rendre_par(monkeypatch, pdf_factice)
    essai.guerit(numero)


@pytest.mark.faute(Faute.STAGIAIRE_MORTEL)
@pytest.mark.pannes(un_sur=0)
def test_un_sur_cinquante_tue_son_processus(chaque_base: str, essai: Essai, organisme: Organisme) -> None:
    """Claimed alone once it has failed: its neighbours do not fail with it."""
    numero = une_session(organisme, Etat.GENERATION, reussites=CINQUANTE)
    for _ in range(4):
        with un_processus(essai.config, "", produire_et_mourir, numero) as processus:
            processus.join(timeout=60)
        baux_echus()
    taches.produire_certificats(numero)
    les_autres_sont_faits(essai, numero, textes.CAUSE_INTERROMPU)
    essai.guerit(numero)


def produire_et_mourir(app: Flask, numero: int) -> None:
    def tuer(donnees: DonneesCertificat) -> bytes:
        if le_mauvais(donnees):
            os.kill(os.getpid(), signal.SIGKILL)
        return pdf_factice(donnees)

    with pytest.MonkeyPatch.context() as panne, app.app_context():
        rendre_par(panne, tuer)
        taches.produire_certificats(numero)


@pytest.mark.faute(Faute.TRAVAIL_FIGE)
def test_un_travail_qui_se_fige(
    chaque_base: str, essai: Essai, organisme: Organisme, monkeypatch: pytest.MonkeyPatch
) -> None:
    numero = une_session(organisme, Etat.GENERATION, reussites=2)
    with monkeypatch.context() as panne:
        panne.setattr(certificats, "RENDU_MAX_S", 0.2)
        rendre_par(panne, lambda _: (time.sleep(30), b"")[1])
        taches.produire_certificats(numero)
    essai.dit(Ou.PAGE, textes.CAUSE_DELAI in onglet_des_telechargements(essai.app, numero))
    essai.guerit(numero)
