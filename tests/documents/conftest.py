"""What the tests of the documents share: one plain certificate, and a seal."""

from datetime import UTC, date, datetime, timedelta

import pytest

from certif.documents.donnees import DonneesCertificat
from certif.documents.sceau import cle_de_sceau
from certif.documents.sceau.sceau import Sceau


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
        signataire="Romain MAROSE",
        signataire_qualite="Directeur",
    )


@pytest.fixture(scope="session")
def sceau() -> Sceau:
    hier = datetime.now(UTC) - timedelta(days=1)
    return Sceau(cle_de_sceau.lire(cle_de_sceau.fabriquer(hier), None))
