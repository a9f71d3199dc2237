"""Certificates that anyone may verify, and what their files were."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy import select

from certif.domaine.certificats.modeles import CertificatEmis, LigneRegistre, StatutRegistre
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.valeurs import Resultat
from certif.socle import stockage
from certif.socle.base.extensions import db
from tests.support.factories import un_stagiaire
from tests.support.production import pdf_factice, rendre_par
from tests.web.distribution import Navigateur
from tests.web.scene import Scene

NOM = "Zorglubine"
IDENTITE = {"nom": NOM, "prenom": "Marie", "date_naissance": "14/02/1991"}


@dataclass
class Delivre:
    """One certificate, before anything happens to it."""

    scene: Scene
    session_numero: int
    numero: str
    pdf: bytes
    archive: bytes

    @property
    def adresse(self) -> str:
        return f"/v/{self.numero}"

    def annuler(self) -> None:
        """As an administrateur does, for a reason that nobody reads."""

        def ecrire() -> None:
            ligne = db.session.get_one(LigneRegistre, self.numero)
            ligne.statut, ligne.annule_le = StatutRegistre.ANNULE, date(2026, 6, 12)
            ligne.motif_annulation, ligne.note_annulation = "fraude", "Note privée"
            db.session.commit()

        self.scene.dans(ecrire)


@pytest.fixture
def delivre(scene: Scene, horloge_a: Callable[[str], None], monkeypatch: pytest.MonkeyPatch) -> Delivre:
    """Marie's certificate, of a session that ended on 10/06/2026; today is the day after."""
    rendre_par(monkeypatch, pdf_factice)
    horloge_a("2026-06-11T09:00:00+02:00")
    marie = un_stagiaire(NOM, "Marie", date(1991, 2, 14), Resultat.REUSSITE)
    numero = scene.session(Etat.GENERE, stagiaires=[marie], date_fin=date(2026, 6, 10))

    def lire() -> Delivre:
        emis = db.session.scalars(select(CertificatEmis).filter_by(session_numero=numero)).one()
        zip_cle = db.session.get_one(SessionCertification, numero).zip_cle
        fichiers = stockage.lire(emis.cle_objet or ""), stockage.lire(zip_cle or "")
        return Delivre(scene, numero, emis.numero, *fichiers)

    return scene.dans(lire)


@pytest.fixture
def anonyme(scene: Scene) -> Navigateur:
    """A browser that never came here."""
    navigateur = Navigateur(scene.app.test_client())
    navigateur.rafraichir()
    return navigateur
