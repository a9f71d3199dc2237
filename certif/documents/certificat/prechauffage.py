"""What each job would have to prepare first, prepared once by the process that forks them.

The libraries read their tables, the fonts and the templates at the first certificate, the frames are drawn,
and the QR codes of the installation's addresses are learnt: without it a session of fifteen takes twice as
long.
"""

from contextlib import suppress
from datetime import date

from certif.documents.certificat import cadre
from certif.documents.certificat.certificat import COULEURS
from certif.documents.certificat.fabrique import Fabrique
from certif.documents.donnees import DonneesCertificat

_JOUR = date(2000, 1, 1)


def prechauffer(adresse: str) -> None:
    """Make a certificate of nobody, verified at this address, and forget it."""
    personne = DonneesCertificat(
        numero="ABCD-EFGH-JKLM-NPQR",
        entite="Entité",
        nom="NOM",
        prenom="Prénom",
        date_naissance=_JOUR,
        certificat_libelle="Certificat",
        certificat_titre="Certificat",
        dispositif_niveau="Niveau",
        date_fin=_JOUR,
        lieu="Lieu",
        identification="Stage initial",
        formateur="NOM Prénom",
        habilitation_numero="H",
        debut_validite=_JOUR,
        fin_validite=_JOUR,
        emis_le=_JOUR,
        adresse_verification=adresse,
    )
    # What fails here fails again in the jobs, which say so; the worker has others to do.
    with suppress(Exception):
        for couleurs in COULEURS.values():
            cadre.operateurs(*couleurs)
        Fabrique([personne], None, None).faire(personne)
