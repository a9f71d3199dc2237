"""A dossier as it lies in the store, and the group that it is about."""

import io
import zipfile
from datetime import date

from pypdf import PdfReader
from sqlalchemy import select

from certif.domaine.certificats.modeles import CertificatEmis, DossierSession
from certif.domaine.certificats.registre.numeros import presenter
from certif.domaine.sessions.modeles import SessionCertification, Stagiaire
from certif.domaine.sessions.valeurs import MotifEchec, Resultat
from certif.socle import stockage
from certif.socle.base.extensions import db
from tests.support.factories import un_stagiaire

G = "2026-06-12T18:00:00+02:00"
PDFS = {"certificats.pdf", "cartes.pdf", "liste-de-remise.pdf", "proces-verbal.pdf"}


def trois_stagiaires() -> list[Stagiaire]:
    absent = un_stagiaire("Roux", "Paul", date(1985, 5, 5), Resultat.ECHEC)
    absent.motif_echec = MotifEchec.ABSENT
    return [
        un_stagiaire("Nguyễn", "Thị Hồng", date(1994, 11, 27), Resultat.REUSSITE),
        absent,
        un_stagiaire("D’Almeida", "João", date(1979, 5, 8), Resultat.REUSSITE),
    ]


def ligne(numero: int) -> DossierSession | None:
    db.session.rollback()
    return db.session.get(DossierSession, numero)


def fait(numero: int) -> bool:
    lue = ligne(numero)
    return lue is not None and lue.sha256 is not None


def ouvrir(numero: int) -> dict[str, bytes]:
    """The files of the dossier, by name."""
    lue = ligne(numero)
    assert lue is not None and lue.cle is not None
    with zipfile.ZipFile(io.BytesIO(stockage.lire(lue.cle))) as zip_:
        return {nom: zip_.read(nom) for nom in zip_.namelist()}


def texte(pdf: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)


def numeros(numero: int) -> list[str]:
    requete = select(CertificatEmis.numero).filter_by(session_numero=numero).order_by(CertificatEmis.id)
    return [presenter(n) for n in db.session.scalars(requete)]


def cles(numero: int) -> list[str]:
    """What stands in the store without the dossier: the certificates and their zip."""
    emis = db.session.scalars(select(CertificatEmis.cle_objet).filter_by(session_numero=numero))
    return [*map(str, emis), str(db.session.get_one(SessionCertification, numero).zip_cle)]
