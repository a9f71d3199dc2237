"""Whether work on the files of a session goes on, and what it waits for when it does not."""

from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum

from sqlalchemy import select

from certif.domaine.certificats.modeles import CertificatEmis, EtatEmission
from certif.domaine.certificats.production.recette import echu
from certif.domaine.pannes.attente import attente_de, panne_generale
from certif.domaine.pannes.modeles import SorteDePanne
from certif.domaine.sessions.modeles import SessionCertification
from certif.socle.base.extensions import db
from certif.socle.horloge import instant_reel, maintenant

SILENCE = timedelta(seconds=10)
"""Nothing for as long, and the page says that it waits."""
_TENU = timedelta(seconds=15)
"""Whoever works renews its claim every ten seconds, between two certificates."""


class Silence(StrEnum):
    """Nobody knows why: nothing began, or what began gives no sign of life."""

    PAS_COMMENCE = "pas_commence"
    SANS_SIGNE = "sans_signe"


def generation_attend(
    session_certif: SessionCertification, emis: Sequence[CertificatEmis]
) -> SorteDePanne | Silence | None:
    """What a generation under way waits for; None while it goes on."""
    if (sorte := attente_de(session_certif.numero)) is not None:
        return sorte
    signes = [c.prise_a for c in emis if c.prise_a is not None]
    if signes and instant_reel() - max(signes) < _TENU:
        return None
    if maintenant() - session_certif.modifiee_le < SILENCE:
        return None
    commencee = any(c.essai for c in emis)
    return panne_generale(SorteDePanne.SUITES) or (Silence.SANS_SIGNE if commencee else Silence.PAS_COMMENCE)


def archive_attend(session_certif: SessionCertification) -> SorteDePanne | None:
    """What the zip of a generated session, being packed again, waits for."""
    if (sorte := attente_de(session_certif.numero)) is not None:
        return sorte
    tenus = select(CertificatEmis.id).where(
        CertificatEmis.session_numero == session_certif.numero,
        CertificatEmis.cle_objet.is_not(None),
        CertificatEmis.prise_a.is_not(None),
        ~echu(),
    )
    tenue = session_certif.zip_cle is not None and db.session.scalar(tenus.limit(1)) is not None
    return None if tenue else panne_generale(SorteDePanne.SUITES)


def dossier_attend(session_numero: int, *, tenu: bool) -> SorteDePanne | None:
    """What the dossier waits for, `tenu` if somebody makes it."""
    return attente_de(session_numero) or (None if tenu else panne_generale(SorteDePanne.OUVRIER))


def en_main(emis: Sequence[CertificatEmis]) -> CertificatEmis | None:
    """The certificate that is being made, as far as its claim tells."""
    return next((c for c in emis if c.etat is EtatEmission.EN_COURS), None)
