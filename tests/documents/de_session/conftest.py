"""The heading of a session's documents, and a seal."""

from datetime import UTC, date, datetime, timedelta

import pytest

from certif.documents import cle_de_sceau
from certif.documents.entete import EnTete
from certif.documents.sceau import Sceau


@pytest.fixture
def entete() -> EnTete:
    return EnTete(
        session_numero=125,
        entite="MAROSE FORMATION",
        dispositif_niveau="SST / 1",
        certificat_libelle="SST-1",
        certificat_titre="Sauveteur secouriste du travail",
        identification="Stage initial",
        lieu="26800 ETOILE SUR RHONE",
        date_fin=date(2026, 6, 10),
        formateur="RIVIÈRE Stéphanie (N° Forprev STE10001)",
        habilitation="H-1001, du 01/01/2025 au 31/12/2028",
    )


@pytest.fixture(scope="module")
def sceau() -> Sceau:
    hier = datetime.now(UTC) - timedelta(days=1)
    return Sceau(cle_de_sceau.lire(cle_de_sceau.fabriquer(hier), None))
