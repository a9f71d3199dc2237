"""What happens elsewhere while certificates are being made: people leave, the store turns read-only (R6)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, NoReturn

import pytest
from obstore.exceptions import PermissionDeniedError
from sqlalchemy import delete, select, update

from certif import taches
from certif.config import Config
from certif.documents.cle_de_sceau import CleDeSceau, CleInutilisable
from certif.documents.donnees import DonneesCertificat
from certif.domaine.certificats import production, scelleur
from certif.domaine.certificats.achevement import produire
from certif.domaine.certificats.generation import demander_generation
from certif.domaine.certificats.lectures import avancement
from certif.domaine.certificats.modeles import CertificatEmis
from certif.domaine.certificats.telechargement import marquer_telechargement
from certif.domaine.comptes.modeles import Individu, Role
from certif.domaine.erreurs import ServiceIndisponible
from certif.domaine.libelles import certificats as textes
from certif.domaine.referentiel.modeles import Qualification
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.socle import horloge, stockage
from certif.socle.extensions import db
from certif.socle.horloge import aujourd_hui
from certif.socle.transaction import transaction
from tests import invariants
from tests.fabriques import Organisme, un_organisme, une_session, version
from tests.gestes import etat, existe
from tests.production import baux_echus, pdf_factice, rendre_par

pytestmark = pytest.mark.usefixtures("contexte", "rendu_rapide")


@pytest.fixture
def organisme(contexte: object) -> Organisme:
    return un_organisme()


def desactiver(individu_id: int) -> None:
    with transaction():
        db.session.get_one(Individu, individu_id).actif = False
        db.session.execute(update(Role).filter_by(individu_id=individu_id).values(actif=False))
        db.session.execute(delete(Qualification).filter_by(individu_id=individu_id))


@pytest.mark.parametrize("avant", ["la prise", "l'écriture", "le zip"])
def test_le_formateur_desactive_n_y_change_rien(
    organisme: Organisme, config: Config, monkeypatch: pytest.MonkeyPatch, avant: str
) -> None:
    """After the click no rule is judged again."""
    numero = une_session(organisme, Etat.GENERATION)
    formateur_id = organisme.formateur.individu_id

    def rendre(donnees: DonneesCertificat) -> bytes:
        desactiver(formateur_id)
        return pdf_factice(donnees)

    if avant == "l'écriture":
        rendre_par(monkeypatch, rendre)
    elif avant == "le zip":
        production.produire_les_certificats(numero)
    if avant != "l'écriture":
        desactiver(formateur_id)
    produire(numero)
    assert not db.session.get_one(Individu, formateur_id).actif
    assert etat(numero) is Etat.GENERE
    invariants.verifier(config)


@contextmanager
def lecture_seule() -> Iterator[None]:
    """A store that can be read, and neither written nor emptied."""

    def refuser(*_: Any, **__: Any) -> NoReturn:
        raise PermissionDeniedError("read-only")

    with pytest.MonkeyPatch.context() as panne:
        for ecriture in ("open_writer", "put", "delete"):
            panne.setattr(stockage.obstore, ecriture, refuser)
        panne.setattr(stockage.shutil, "rmtree", refuser)
        yield


class TestStockageEnLectureSeule:
    def test_le_clic_est_refuse_sans_rien_changer(self, organisme: Organisme, config: Config) -> None:
        numero = une_session(organisme)
        avant = invariants.empreinte_de_la_base()
        with lecture_seule(), pytest.raises(ServiceIndisponible):
            demander_generation(organisme.gestionnaire, numero, version(numero))
        assert invariants.empreinte_de_la_base() == avant
        demander_generation(organisme.gestionnaire, numero, version(numero))
        produire(numero)
        invariants.verifier(config)

    @pytest.mark.parametrize("faits", [False, True], ids=["rien n'est fait", "il manque le zip"])
    def test_une_generation_attend_puis_s_acheve(
        self, organisme: Organisme, config: Config, faits: bool
    ) -> None:
        numero = une_session(organisme, Etat.GENERATION)
        if faits:
            production.produire_les_certificats(numero)
        with lecture_seule():
            produire(numero)
            assert etat(numero) is Etat.GENERATION
            assert not db.session.scalars(select(CertificatEmis.id).where(CertificatEmis.echecs > 0)).all()
        baux_echus()
        produire(numero)
        assert etat(numero) is Etat.GENERE
        invariants.verifier(config)

    def test_ce_qui_y_est_se_telecharge_et_la_purge_attend(
        self, organisme: Organisme, config: Config
    ) -> None:
        numero = une_session(organisme, Etat.GENERE, date_fin=aujourd_hui() - timedelta(days=1))
        with lecture_seule():
            fichier = marquer_telechargement(organisme.gestionnaire, numero)
            assert len(stockage.lire(fichier.cle)) == fichier.taille
            horloge.regler(timedelta(days=17))
            taches.purger()
            assert existe(numero) and stockage.existe(fichier.cle)
        taches.purger()
        assert not existe(numero) and stockage.lister() == []
        invariants.verifier(config)


def test_une_cle_de_sceau_perdue_apres_le_clic_se_dit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is made without its seal; the page says why, and the key's return is enough."""
    numero = une_session(un_organisme(), Etat.GENERATION, reussites=2)

    def perdue() -> CleDeSceau:
        raise CleInutilisable("illisible")

    with monkeypatch.context() as panne:
        panne.setattr(scelleur, "cle", perdue)
        for _ in range(6):
            produire(numero)
            baux_echus()
        produire(numero)
    db.session.rollback()
    assert {r.cause for r in avancement(db.session.get_one(SessionCertification, numero)).rates} == {
        textes.CAUSE_SCEAU
    }


def test_une_ligne_que_l_on_ne_sait_plus_lire_n_arrete_qu_elle(config: Config) -> None:
    """Written by another version of the application: its neighbours are made all the same."""
    numero = une_session(un_organisme(), Etat.GENERATION, reussites=3)
    abimee = db.session.scalars(select(CertificatEmis).filter_by(session_numero=numero)).first()
    assert abimee is not None
    abimee.donnees = {**abimee.donnees, "champ_inconnu": "?"}
    db.session.commit()
    produire(numero)
    db.session.rollback()
    suivi = avancement(db.session.get_one(SessionCertification, numero))
    assert (suivi.produits, len(suivi.rates)) == (2, 1)
    invariants.verifier(config)
