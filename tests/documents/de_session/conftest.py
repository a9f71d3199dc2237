"""The heading of a session's documents."""

from datetime import date

import pytest

from certif.documents.de_session.entete import EnTete


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
