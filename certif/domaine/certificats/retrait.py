"""Taking certificates back (R14): the register says so, their files go, the zip is packed again without them.

The rows say it all: a certificate without a key is withdrawn, a session without a hash of its zip has one to
be packed. The queue is only told to make haste.
"""

from collections.abc import Sequence

from sqlalchemy import update

from certif.domaine.certificats.modeles import CertificatEmis, LigneRegistre, StatutRegistre
from certif.domaine.certificats.production.fichiers import balayer
from certif.domaine.certificats.remis import tout_remis_le
from certif.domaine.certificats.reprise import refaire_le_dossier
from certif.domaine.sessions.modeles import SessionCertification
from certif.socle.base.extensions import db
from certif.socle.base.transaction import apres_commit
from certif.socle.file import enfiler
from certif.socle.horloge import aujourd_hui


def annuler_au_registre(numeros: Sequence[str], motif: str, precisions: str) -> list[str]:
    """Cancel these numbers from today, those in force only; returns which they were."""
    ligne = LigneRegistre
    annules = db.session.scalars(
        update(ligne)
        .where(ligne.numero.in_(numeros), ligne.statut == StatutRegistre.DELIVRE)
        .values(
            statut=StatutRegistre.ANNULE,
            annule_le=aujourd_hui(),
            motif_annulation=motif,
            note_annulation=precisions or None,
        )
        .returning(ligne.numero)
    )
    return sorted(annules)


def retirer_les_fichiers(session_certif: SessionCertification, retires: Sequence[CertificatEmis]) -> None:
    """Withdraw these files, and the zip that holds them, in the caller's transaction.

    From its commit on nothing gives them out any more; they leave the store just after. The hashes of
    withdrawn files stay: they were issued here (R15).
    """
    for certificat in retires:
        certificat.cle_objet = None
    # Whoever was packing a zip of before finds that it is no longer the one that is awaited.
    session_certif.zip_cle = session_certif.zip_sha256 = session_certif.zip_taille = None
    session_certif.certificats_total -= len(retires)
    session_certif.certificats_produits -= len(retires)
    db.session.flush()
    if session_certif.telecharge_le is None:
        session_certif.telecharge_le = tout_remis_le(session_certif.numero)
    apres_commit(balayer, session_certif.numero)
    apres_commit(enfiler, "reconstituer_archive", session_certif.numero)
    refaire_le_dossier(session_certif.numero)
