"""What the tests of the documents share: one plain certificate."""

from datetime import date

import pytest

from certif.documents.donnees import DonneesCertificat


@pytest.fixture
def donnees() -> DonneesCertificat:
    return DonneesCertificat(
        numero="ABCD-EFGH-JKLM-NPQH",
        entite="MAROSE FORMATION",
        nom="DUPONT-DURAND",
        prenom="Éloïse",
        date_naissance=date(1980, 2, 1),
        certificat_libelle="SST-1",
        certificat_titre="Sauveteur secouriste du travail",
        dispositif_niveau="SST / 1",
        date_fin=date(2026, 6, 10),
        lieu="26800 ETOILE SUR RHONE",
        identification="Stage initial",
        formateur="DUPONT Stéphanie",
        habilitation_numero="H-2026-0042",
        debut_validite=date(2026, 6, 10),
        fin_validite=date(2028, 6, 10),
        emis_le=date(2026, 6, 12),
    )
