"""Packing the zip of a generated session again, without the certificates that were cancelled (R14).

Nothing of the session changes meanwhile, and each certificate in force stays downloadable by itself. What
remains to be packed is a row: any job may die anywhere, run twice at once or come late.
"""

from functools import partial

import structlog
from sqlalchemy import select

from certif.domaine.certificats.modeles import EmpreinteFichier, SorteFichier
from certif.domaine.certificats.production import point
from certif.domaine.certificats.production.achevement import (
    Archive,
    Piece,
    PieceAlteree,
    archiver,
    piece_de,
    rendre_l_archive,
)
from certif.domaine.certificats.production.arret import EnPanne, constater
from certif.domaine.certificats.production.fichiers import balayer, nouvelle_cle_archive
from certif.domaine.certificats.production.point import verrouiller
from certif.domaine.certificats.retrait import en_vigueur
from certif.domaine.pannes.attente import reprendre
from certif.domaine.sessions.etats import Etat
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import instant_reel
from certif.socle.rupture import point_de_rupture
from certif.socle.stockage import StockageIndisponible

_journal = structlog.get_logger(__name__)


def reconstituer(session_numero: int) -> None:
    """Pack the zip of what is still in force, if it is missing; at any time, any number of times.

    A certificate that does not read back cannot be made again: the zip then waits for it to be restored, and
    the others go on being downloaded one by one.
    """
    try:
        tenu = _commencer(session_numero)
        if tenu is not None:
            _reconstituer(session_numero, *tenu)
        balayer(session_numero)
    except EnPanne:
        pass
    except StockageIndisponible:
        # What is left over is found again every hour.
        _journal.warning("reconstitution.balayage", session=session_numero)


def _reconstituer(session_numero: int, cle: str, pieces: list[Piece]) -> None:
    try:
        archive = archiver(cle, pieces)
        point_de_rupture("reconstitution_apres_ecriture")
        _conclure(session_numero, archive)
    except PieceAlteree as alteree:
        _journal.error("reconstitution.piece", certificat=alteree.piece.certificat_id)
    except Exception as erreur:  # noqa: BLE001 - `constater` tells an outage from a failure
        constater(erreur, session_numero, partial(rendre_l_archive, session_numero, cle, Etat.GENERE))


def _commencer(session_numero: int) -> tuple[str, list[Piece]] | None:
    """Claim the packing; None when there is nothing to pack, or when somebody does it.

    As for the first zip, the claim is the new key in the session's row, and holds as long as the
    certificates' `prise_a` is recent.
    """
    with transaction():
        session_certif = verrouiller(session_numero, Etat.GENERE)
        if session_certif is None or session_certif.zip_sha256 is not None:
            return None
        restants = en_vigueur(session_numero)
        tenu = any(point.tient(c.prise_a) for c in restants)
        if not restants or (session_certif.zip_cle and tenu):
            return None
        cle = session_certif.zip_cle = nouvelle_cle_archive(session_numero)
        for certificat in restants:
            certificat.prise_a = instant_reel()
        pieces = [piece_de(c) for c in restants]
        point_de_rupture("reconstitution_avant_commit_prise")
    return cle, pieces


def _conclure(session_numero: int, archive: Archive) -> None:
    """Hand the new zip over to the downloads, unless it is no longer the one that is awaited."""
    with transaction():
        session_certif = verrouiller(session_numero, Etat.GENERE)
        if session_certif is None or session_certif.zip_cle != archive.cle:
            return
        session_certif.zip_sha256 = archive.sha256
        session_certif.zip_taille = archive.taille
        reprendre(session_numero)
        connue = select(EmpreinteFichier.id).filter_by(session_numero=session_numero, sha256=archive.sha256)
        if db.session.scalar(connue) is None:
            db.session.add(
                EmpreinteFichier(
                    session_numero=session_numero,
                    numero=None,
                    sorte=SorteFichier.ARCHIVE,
                    sha256=archive.sha256,
                    regroupe=archive.nombre,
                )
            )
        point_de_rupture("reconstitution_avant_commit")
    point_de_rupture("reconstitution_apres_commit")
