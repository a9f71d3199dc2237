"""What production does: prepared once, filled and sealed for each."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from bench.moteurs import pipeline
from certif.documents.donnees import DonneesCertificat
from certif.documents.sceau import cle_de_sceau
from certif.documents.sceau.sceau import Sceau

SCEAU = Sceau(cle_de_sceau.lire(cle_de_sceau.fabriquer(datetime.now(UTC) - timedelta(days=1)), None))


def faire(donnees: Sequence[DonneesCertificat]) -> Iterator[bytes]:
    """One sealed file for each."""
    return pipeline.faire(donnees, SCEAU)
