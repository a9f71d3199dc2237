"""A dossier lets others pass between its documents, and goes on from there: nothing twice, nothing lost."""

import io
import zipfile

import pytest
from sqlalchemy import select

from certif.config import Config
from certif.domaine.certificats.modeles import EmpreinteFichier
from certif.domaine.certificats.production import dossier
from certif.domaine.certificats.production.fichiers import balayer, cle_de_piece
from certif.domaine.certificats.production.reconciliation import dossiers_a_reprendre
from certif.socle import file, stockage
from certif.socle.base.extensions import db
from certif.socle.file import Voie, enfiler
from tests.domaine.certificats.dossier.lecture import cles, fait, ligne
from tests.support import invariants
from tests.support.production import baux_echus, prendre_le_dossier
from tests.support.servers import ServeurValkey

pytestmark = pytest.mark.usefixtures("contexte", "pages_rapides", "documents_rapides")

AUTRE = 99


def en_file() -> list[str]:
    return [i.rpartition("-")[0] for i in file.queue(Voie.SUITES).get_job_ids()]


@pytest.fixture(autouse=True)
def un_autre_attend(numero: int, valkey: ServeurValkey) -> None:
    file.queue(Voie.SUITES).empty()
    enfiler("produire_dossier", AUTRE)
    assert valkey.client.ping()


def pieces(numero: int) -> list[str]:
    lue = ligne(numero)
    return [piece["nom"] for piece in lue.pieces] if lue is not None else []


def test_il_cede_apres_chaque_document_puis_reprend(numero: int, config: Config) -> None:
    dossier.produire(numero)
    assert en_file() == [f"produire_dossier-{AUTRE}", f"produire_dossier-{numero}"]
    assert pieces(numero) == ["recueil.pdf"] and not fait(numero)
    balayer()
    lue = ligne(numero)
    assert lue is not None and lue.cle is not None and lue.prise_a is None
    assert stockage.lister(f"{numero}/") == sorted([*cles(numero), cle_de_piece(lue.cle, "recueil.pdf")])
    file.queue(Voie.SUITES).empty()
    dossier.produire(numero)
    assert fait(numero) and pieces(numero) == []
    sortes = set(db.session.scalars(select(EmpreinteFichier.sorte).filter_by(session_numero=numero)))
    assert sortes == {"certificat", "archive", "dossier", "recueil", "proces_verbal"}
    lue = ligne(numero)
    assert lue is not None and lue.cle is not None and lue.echecs == 0
    with zipfile.ZipFile(io.BytesIO(stockage.lire(lue.cle))) as zip_:
        assert zip_.namelist() == ["recueil.pdf", "proces_verbal.pdf"]
    assert en_file() == []
    invariants.verifier(config)


def test_qui_cede_n_a_pas_echoue_et_se_retrouve_si_la_file_est_perdue(
    numero: int, valkey: ServeurValkey
) -> None:
    dossier.produire(numero)
    valkey.client.flushall()
    assert dossiers_a_reprendre() == [numero]
    dossier.produire(numero)
    lue = ligne(numero)
    assert fait(numero) and lue is not None and lue.echecs == 0


def test_appele_deux_fois_apres_avoir_cede_un_seul_reprend(numero: int) -> None:
    dossier.produire(numero)
    assert prendre_le_dossier(numero) is not None
    assert prendre_le_dossier(numero) is None


def test_qui_meurt_apres_avoir_repris_recommence_et_compte(numero: int, config: Config) -> None:
    dossier.produire(numero)
    assert prendre_le_dossier(numero) is not None
    baux_echus()
    file.queue(Voie.SUITES).empty()
    dossier.produire(numero)
    lue = ligne(numero)
    assert fait(numero) and lue is not None and lue.echecs == 1
    balayer()
    invariants.verifier(config)


def test_une_piece_que_le_stockage_ne_rend_pas_est_refaite(numero: int, config: Config) -> None:
    dossier.produire(numero)
    lue = ligne(numero)
    assert lue is not None and lue.cle is not None
    stockage.ecrire(cle_de_piece(lue.cle, "recueil.pdf"), b"autre chose")
    file.queue(Voie.SUITES).empty()
    for _ in range(2):
        dossier.produire(numero)
    assert fait(numero)
    invariants.verifier(config)
