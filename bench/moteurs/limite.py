"""What no engine does without: each file hashed for its seal and for the register, signed, zipped, copied.

Nothing is drawn: the file is always the same, and of the size of ours.
"""

import zipfile
from collections.abc import Iterator, Sequence
from hashlib import sha256
from tempfile import TemporaryFile

from bench.donnees import certificats
from bench.moteurs.pipeline_scelle import SCEAU
from bench.moteurs.pipeline_scelle import faire as sceller
from certif.documents.donnees import DonneesCertificat


def faire(donnees: Sequence[DonneesCertificat]) -> Iterator[bytes]:
    """One copy for each, hashed twice, signed and zipped."""
    with TemporaryFile() as sortie, zipfile.ZipFile(sortie, "w") as archive:
        for rang, _ in enumerate(donnees):
            copie = bytes(bytearray(_FICHIER))
            SCEAU.signer(sha256(copie).digest())
            sha256(copie).hexdigest()
            archive.writestr(f"{rang}.pdf", copie)
            yield copie


(_FICHIER,) = sceller(certificats(1, 0))
