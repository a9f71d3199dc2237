"""When every certificate of a session has been handed over: downloaded by the entité, or by its holder."""

from datetime import datetime

from sqlalchemy import func, select

from certif.domaine.certificats.modeles import CertificatEmis
from certif.domaine.certificats.remise.modeles import CodeDeRemise
from certif.domaine.sessions.modeles_annexes import Telechargement
from certif.socle.base.extensions import db


def tout_remis_le(numero: int) -> datetime | None:
    """The last of the first times that each certificate in force was had, one by one; None if one never was.

    What holds them all (zip, dossier) is none of this: whoever downloads it has everything at once.
    """
    t, c, code = Telechargement, CertificatEmis, CodeDeRemise
    telecharges = (
        select(t.certificat_emis_id, func.min(t.quand))
        .where(t.session_numero == numero, t.certificat_emis_id.is_not(None))
        .group_by(t.certificat_emis_id)
    )
    ouverts = (
        select(code.certificat_emis_id, func.min(code.premiere_ouverture))
        .join(c, c.id == code.certificat_emis_id)
        .where(c.session_numero == numero, code.premiere_ouverture.is_not(None))
        .group_by(code.certificat_emis_id)
    )
    premiers: dict[int, datetime] = {}
    for requete in (telecharges, ouverts):
        for emis_id, quand in db.session.execute(requete):
            premiers[emis_id] = min(quand, premiers.get(emis_id, quand))
    en_vigueur = select(c.id).where(c.session_numero == numero, c.cle_objet.is_not(None))
    restants = set(db.session.scalars(en_vigueur))
    if not restants or not restants <= premiers.keys():
        return None
    return max(premiers[emis_id] for emis_id in restants)
