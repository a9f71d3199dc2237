"""What the tests of production share."""

import json
from collections.abc import Callable, Collection, Iterator
from datetime import timedelta
from hashlib import sha256
from io import BytesIO

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import update

from certif.documents.certificat.fabrique import Fabrique
from certif.documents.certificat.fichier import Fichier
from certif.documents.donnees import DonneesCertificat
from certif.documents.rendu.caracteres import POLICES
from certif.documents.sceau.sceau import Sceau
from certif.domaine.certificats import apercu
from certif.domaine.certificats.modeles import CertificatEmis, DossierSession, SorteFichier
from certif.domaine.certificats.production import dossier
from certif.domaine.certificats.production.certificats import Atelier, Prise
from certif.domaine.certificats.production.contenu_du_dossier import Contenu, Document
from certif.domaine.certificats.production.recette import BAIL, marquer, prendre
from certif.socle.base.extensions import db
from certif.socle.horloge import instant_reel

_POLICE = "Factice"
pdfmetrics.registerFont(TTFont(_POLICE, str(POLICES / "NotoSans-Regular.ttf")))


def pdf_factice(donnees: DonneesCertificat) -> bytes:
    """A stand-in that depends on every field, as the real one does."""
    return b"%PDF-1.7\n" + json.dumps(donnees.en_json(), sort_keys=True, ensure_ascii=False).encode()


def rendre_par(monkeypatch: pytest.MonkeyPatch, rendre: Callable[[DonneesCertificat], bytes]) -> None:
    """Have production write what `rendre` gives, without the layout engine."""

    def faire(_: Fabrique, donnees: DonneesCertificat) -> Fichier:
        octets = rendre(donnees)
        return Fichier(octets, sha256(octets).hexdigest())

    monkeypatch.setattr(Fabrique, "faire", faire)


def documents_factices(contenu: Contenu, sceau: Sceau, deja: Collection[str] = ()) -> Iterator[Document]:
    """Two stand-ins for what a dossier holds, sealed as the real ones are, without the layout engine."""
    for sorte in (SorteFichier.RECUEIL, SorteFichier.PROCES_VERBAL):
        if f"{sorte}.pdf" in deja:
            continue
        octets = sceau.signer(repr((sorte, contenu)).encode()[:32])
        yield Document(f"{sorte}.pdf", sorte, octets)


def dossier_par(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a dossier hold stand-ins."""
    monkeypatch.setattr(dossier, "fabriquer", documents_factices)


def specimens_par(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have specimens be stand-ins."""
    monkeypatch.setattr(apercu, "rendre_specimen", lambda donnees, _: pdf_factice(donnees))
    monkeypatch.setattr(apercu, "demander_specimens", lambda tous, *_: b"".join(map(pdf_factice, tous)))


def page_factice(donnees: DonneesCertificat) -> bytes:
    """A stand-in that is a PDF of one page, for what reads certificates again: who, and which number."""
    sortie = BytesIO()
    page = Canvas(sortie, pagesize=(841.89, 595.28), invariant=1)
    page.setFont(_POLICE, 12)
    page.drawString(90, 300, donnees.titulaire)
    page.drawString(90, 200, donnees.numero)
    page.save()
    return sortie.getvalue()


def prendre_un_lot(numero: int) -> list[Prise]:
    """What the next job claims of a session's certificates, and holds."""
    return prendre(Atelier(numero).recette, numero) or []


def finir(numero: int, lot: list[Prise]) -> None:
    """What whoever claimed this lot does next."""
    atelier = Atelier(numero)
    marquer(atelier.recette, numero, lot, atelier.faire(lot))


def prendre_le_dossier(numero: int) -> dossier.Prise | None:
    """What the next job claims of a dossier, and holds."""
    return prendre(dossier.DOSSIER, numero)


def baux_echus() -> None:
    """Make time pass for whoever holds a certificate or a dossier: every claim has lapsed."""
    db.session.rollback()
    passe = instant_reel() - BAIL - timedelta(seconds=1)
    db.session.execute(
        update(CertificatEmis).where(CertificatEmis.prise_a.is_not(None)).values(prise_a=passe)
    )
    db.session.execute(
        update(DossierSession).where(DossierSession.prise_a.is_not(None)).values(prise_a=passe)
    )
    db.session.commit()


def documents_legers() -> None:
    """For the rest of this process, certificates and dossiers are stand-ins."""
    remplacement = pytest.MonkeyPatch()
    rendre_par(remplacement, pdf_factice)
    dossier_par(remplacement)
