"""A click never waits for another's work: a long session gives way between its lots, and loses nothing."""

import pytest
from sqlalchemy import func, select

from certif.domaine.certificats.modeles import CertificatEmis, EtatEmission
from certif.domaine.certificats.production import certificats
from certif.domaine.certificats.production.certificats import produire
from certif.domaine.certificats.production.reconciliation import reconcilier
from certif.domaine.sessions.etats import Etat
from certif.socle import file
from certif.socle.base.extensions import db
from certif.socle.file import Voie
from tests.support.factories import un_organisme, une_session
from tests.support.moves import etat
from tests.support.servers import ServeurValkey

pytestmark = pytest.mark.usefixtures("contexte", "rendu_rapide")


@pytest.fixture(autouse=True)
def petits_lots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(certificats, "LOT", 2)


def en_file(voie: Voie = Voie.CERTIFICATS) -> list[str]:
    return [i.rpartition("-")[0] for i in file.queue(voie).get_job_ids()]


def faits(numero: int) -> int:
    db.session.rollback()
    requete = select(func.count()).select_from(CertificatEmis)
    return db.session.scalar(requete.filter_by(session_numero=numero, etat=EtatEmission.PRODUIT)) or 0


def depiler() -> int:
    """What a worker does: takes the first of the queue and runs it; the session that it was."""
    tete = file.queue(Voie.CERTIFICATS).pop_job_id()
    assert tete is not None
    numero = int(tete.split("-")[1])
    produire(numero)
    return numero


def test_une_grande_session_laisse_passer_une_petite(valkey: ServeurValkey) -> None:
    grande = une_session(un_organisme(), Etat.GENERATION, reussites=7)
    petite = une_session(un_organisme(), Etat.GENERATION, reussites=2)
    assert depiler() == grande
    assert faits(grande) == 2 and en_file() == [f"produire_certificats-{n}" for n in (petite, grande)]
    assert depiler() == petite and etat(petite) is Etat.GENERE
    assert depiler() == grande and etat(grande) is Etat.GENERE
    assert {c.essai for c in db.session.scalars(select(CertificatEmis))} == {1}
    assert valkey.client.ping() and en_file() == []


def test_deux_grandes_avancent_tour_a_tour(valkey: ServeurValkey) -> None:
    premiere, seconde = (une_session(un_organisme(), Etat.GENERATION, reussites=5) for _ in range(2))
    ordre = [depiler() for _ in range(5)]
    assert ordre == [premiere, seconde, premiere, seconde, premiere] and etat(premiere) is Etat.GENERE
    assert depiler() == seconde and etat(seconde) is Etat.GENERE
    assert valkey.client.ping()


def test_seule_elle_n_attend_personne(valkey: ServeurValkey) -> None:
    numero = une_session(un_organisme(), Etat.GENERATION, reussites=7)
    assert depiler() == numero and etat(numero) is Etat.GENERE
    assert en_file() == [] and valkey.client.ping()


def test_son_dossier_et_ceux_des_autres_suivent_une_autre_voie(valkey: ServeurValkey) -> None:
    numero = une_session(un_organisme(), Etat.GENERATION, reussites=1)
    depiler()
    assert en_file() == [] and en_file(Voie.SUITES) == [f"produire_dossier-{numero}"]
    assert valkey.client.ping()


def test_qui_a_cede_et_dont_la_file_est_perdue_est_repris(valkey: ServeurValkey) -> None:
    grande = une_session(un_organisme(), Etat.GENERATION, reussites=3)
    petite = une_session(un_organisme(), Etat.GENERATION, reussites=1)
    depiler()
    valkey.client.flushall()
    reconcilier()
    assert sorted(en_file()) == sorted(f"produire_certificats-{n}" for n in (grande, petite))
