"""What production does where nothing was prepared: the frame is drawn, the codes of the site are learnt."""

from collections.abc import Iterator, Sequence

from bench.moteurs import pipeline_scelle
from certif.documents.certificat import certificat
from certif.documents.donnees import DonneesCertificat
from certif.documents.rendu import qr


def faire(donnees: Sequence[DonneesCertificat]) -> Iterator[bytes]:
    """One sealed file for each."""
    certificat.cadre.cache_clear()
    qr.famille.cache_clear()
    yield from pipeline_scelle.faire(donnees)
