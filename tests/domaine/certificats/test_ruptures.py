"""A failure or a full disk at each step, once or for good: the invariants hold, and nothing is silent."""

from contextlib import suppress

import pytest
from sqlalchemy import select

from certif.config import Config
from certif.domaine.certificats.annulation import Annulation, annuler_et_refaire
from certif.domaine.certificats.modeles import CertificatEmis
from certif.domaine.certificats.production.archive import reconstituer
from certif.domaine.certificats.production.certificats import produire
from certif.domaine.certificats.production.fichiers import balayer
from certif.domaine.certificats.production.reconciliation import archives_a_reconstituer, sessions_a_reprendre
from certif.domaine.certificats.reprise import relancer_echecs
from certif.domaine.certificats.telechargement import marquer_telechargement
from certif.domaine.erreurs import ServiceIndisponible
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.socle import stockage
from certif.socle.base.extensions import db
from certif.socle.rupture import Rupture
from tests.support import invariants
from tests.support.factories import Organisme, une_session, version
from tests.support.moves import etat
from tests.support.production import ETAPES, RECONSTITUTION, baux_echus

pytestmark = [pytest.mark.pannes, pytest.mark.usefixtures("contexte", "rendu_rapide")]

EFFETS = ("raise", "plein")


def une_fois() -> None:
    """What one job does, then time for its claims to lapse; the queue would log the failure and go on."""
    for numero in sessions_a_reprendre():
        with suppress(Rupture, OSError):
            produire(numero)
    for numero in archives_a_reconstituer():
        with suppress(Rupture, OSError):
            reconstituer(numero)
    baux_echus()


@pytest.mark.pannes(un_sur=5)
@pytest.mark.parametrize("effet", EFFETS)
@pytest.mark.parametrize("point", ETAPES)
def test_une_panne_passagere(
    organisme: Organisme, config: Config, monkeypatch: pytest.MonkeyPatch, point: str, effet: str
) -> None:
    numero = une_session(organisme, Etat.GENERATION, reussites=3)
    monkeypatch.setenv("CERTIF_RUPTURE", f"{point}:{effet}")
    une_fois()
    monkeypatch.delenv("CERTIF_RUPTURE")
    une_fois()
    if etat(numero) is Etat.GENERATION:
        # Each rendering failed three times at once: shown, and the entité has them made again.
        invariants.verifier(config)
        relancer_echecs(organisme.gestionnaire, numero, version(numero))
        une_fois()
    assert etat(numero) is Etat.GENERE
    invariants.verifier(config)


@pytest.mark.pannes(un_sur=5)
@pytest.mark.parametrize("effet", EFFETS)
@pytest.mark.parametrize("point", ETAPES)
def test_une_panne_qui_dure(
    organisme: Organisme, config: Config, monkeypatch: pytest.MonkeyPatch, point: str, effet: str
) -> None:
    """Six attempts, a minute apart: whatever was begun is either told as failed, or goes on once healed."""
    numero = une_session(organisme, Etat.GENERATION, reussites=3)
    monkeypatch.setenv("CERTIF_RUPTURE", f"{point}:{effet}")
    for _ in range(6):
        une_fois()
    monkeypatch.delenv("CERTIF_RUPTURE")
    for _ in range(2):
        une_fois()
    if etat(numero) is Etat.GENERATION:
        invariants.verifier(config)
        relancer_echecs(organisme.gestionnaire, numero, version(numero))
        une_fois()
    assert etat(numero) is Etat.GENERE
    invariants.verifier(config)


@pytest.mark.parametrize("effet", EFFETS)
@pytest.mark.parametrize("point", ["generation_avant_commit", "generation_apres_commit"])
def test_une_panne_au_clic(
    organisme: Organisme, config: Config, monkeypatch: pytest.MonkeyPatch, point: str, effet: str
) -> None:
    monkeypatch.setenv("CERTIF_RUPTURE", f"{point}:{effet}")
    with pytest.raises((Rupture, OSError)):
        une_session(organisme, Etat.GENERATION)
    monkeypatch.delenv("CERTIF_RUPTURE")
    une_fois()
    assert etat(1) is (Etat.GENERE if point == "generation_apres_commit" else Etat.VALIDATION_ENTITE)
    invariants.verifier(config)


def annuler_un_certificat(organisme: Organisme, numero: int) -> None:
    premier = select(CertificatEmis.id).filter_by(session_numero=numero).order_by(CertificatEmis.id)
    choisi = db.session.scalars(premier).all()[0]
    asked = Annulation((choisi,), "identite")
    annuler_et_refaire(organisme.gestionnaire, numero, version(numero), asked)


@pytest.mark.pannes(un_sur=5)
@pytest.mark.parametrize("effet", EFFETS)
@pytest.mark.parametrize("fois", [1, 6])
@pytest.mark.parametrize("point", RECONSTITUTION)
def test_une_panne_pendant_que_le_zip_se_refait(
    organisme: Organisme,
    config: Config,
    monkeypatch: pytest.MonkeyPatch,
    point: str,
    effet: str,
    fois: int,
) -> None:
    """Once or for good: nothing of before is handed over meanwhile, and it ends by itself."""
    numero = une_session(organisme, Etat.GENERE, reussites=3)
    annuler_un_certificat(organisme, numero)
    monkeypatch.setenv("CERTIF_RUPTURE", f"{point}:{effet}")
    for _ in range(fois):
        une_fois()
    if point != "reconstitution_apres_commit":
        with pytest.raises(ServiceIndisponible):
            marquer_telechargement(organisme.gestionnaire, numero)
    monkeypatch.delenv("CERTIF_RUPTURE")
    une_fois()
    # What the last attempt left is swept by the next visit, or within the hour.
    balayer()
    marquer_telechargement(organisme.gestionnaire, numero)
    invariants.verifier(config)


@pytest.mark.parametrize("effet", EFFETS)
@pytest.mark.parametrize("point", ["annulation_avant_commit", "annulation_apres_commit"])
def test_une_panne_a_l_annulation(
    organisme: Organisme, config: Config, monkeypatch: pytest.MonkeyPatch, point: str, effet: str
) -> None:
    """All of it, or nothing: register, file, session and rectificative go together."""
    numero = une_session(organisme, Etat.GENERE, reussites=3)
    monkeypatch.setenv("CERTIF_RUPTURE", f"{point}:{effet}")
    with pytest.raises((Rupture, OSError)):
        annuler_un_certificat(organisme, numero)
    monkeypatch.delenv("CERTIF_RUPTURE")
    une_fois()
    faite = point == "annulation_apres_commit"
    assert len(db.session.scalars(select(SessionCertification)).all()) == (2 if faite else 1)
    invariants.verifier(config)


def test_un_certificat_qui_ne_se_relit_plus_n_entre_pas_dans_le_zip(
    organisme: Organisme, config: Config
) -> None:
    """It cannot be made again: the zip waits for it to be restored, the others are downloaded one by one."""
    numero = une_session(organisme, Etat.GENERE, reussites=3)
    annuler_un_certificat(organisme, numero)
    requete = select(CertificatEmis).where(CertificatEmis.cle_objet.is_not(None)).order_by(CertificatEmis.id)
    abime, intact = db.session.scalars(requete)
    cle, octets, autre = abime.cle_objet or "", stockage.lire(abime.cle_objet or ""), intact.id
    stockage.ecrire(cle, b"autre chose")
    for _ in range(3):
        une_fois()
    with pytest.raises(ServiceIndisponible):
        marquer_telechargement(organisme.gestionnaire, numero)
    marquer_telechargement(organisme.gestionnaire, numero, autre)
    stockage.ecrire(cle, octets)
    une_fois()
    marquer_telechargement(organisme.gestionnaire, numero)
    invariants.verifier(config)
