"""What the certificates of a session print, all alike but for their holder: as frozen, not as it is now."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from certif.domaine.certificats.modeles import AVEC_L_EMISSION, CertificatEmis, LigneRegistre
from certif.domaine.certificats.registre.emission import Emission
from certif.domaine.sessions.etats import generation_deja_demandee
from certif.domaine.sessions.modeles import SessionCertification
from certif.socle.base.extensions import db

_CHAMPS = ("dispositif_niveau", "lieu", "identification", "formateur")
"""Read by their names: certificates that a newer version froze are shown all the same."""


@dataclass(frozen=True, slots=True)
class Impression:
    """Of one session, in the words of its certificates; nothing of their holders."""

    emission: Emission
    dispositif_niveau: str
    lieu: str
    identification: str
    formateur: str


def impression_de(session_certif: SessionCertification) -> Impression | None:
    """None as long as its certificates were not asked for: until then, today's values are the right ones."""
    return impressions([session_certif]).get(session_certif.numero)


def impressions(sessions: Collection[SessionCertification]) -> dict[int, Impression]:
    """The same for each of these sessions that has certificates, by number; one query, or none."""
    numeros = [s.numero for s in sessions if generation_deja_demandee(s.etat)]
    if not numeros:
        return {}
    return {
        numero: Impression(ligne.emission, **{champ: donnees[champ] for champ in _CHAMPS})
        for numero, donnees, ligne in db.session.execute(_des_premiers(), {"numeros": numeros})
    }


@lru_cache(maxsize=1)
def _des_premiers() -> Select[int, dict[str, Any], LigneRegistre]:
    """Every list asks: to build it takes longer than to run it."""
    emis = CertificatEmis
    demandes = emis.session_numero.in_(bindparam("numeros", expanding=True))
    premiers = select(func.min(emis.id)).where(demandes).group_by(emis.session_numero)
    return (
        select(emis.session_numero, emis.donnees, LigneRegistre)
        .join(LigneRegistre, LigneRegistre.numero == emis.numero)
        .where(emis.id.in_(premiers))
        .options(*AVEC_L_EMISSION)
    )
