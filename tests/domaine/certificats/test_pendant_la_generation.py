"""What happens elsewhere while certificates are being made: the store turns read-only (R6)."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, NoReturn

import obstore
import pytest
from obstore.exceptions import PermissionDeniedError
from sqlalchemy import select

from certif import rythmes
from certif.config import Config
from certif.domaine.certificats.generation import demander_generation
from certif.domaine.certificats.modeles import CertificatEmis
from certif.domaine.certificats.production import certificats
from certif.domaine.certificats.production.certificats import produire
from certif.domaine.certificats.telechargement import marquer_telechargement
from certif.domaine.erreurs import ServiceIndisponible
from certif.domaine.sessions.etats import Etat
from certif.socle import horloge, stockage
from certif.socle.base.extensions import db
from certif.socle.horloge import aujourd_hui
from tests.support import invariants
from tests.support.factories import Organisme, une_session, version
from tests.support.moves import etat, existe

pytestmark = pytest.mark.usefixtures("contexte", "rendu_rapide")


@contextmanager
def lecture_seule() -> Iterator[None]:
    """A store that can be read, and neither written nor emptied."""

    def refuser(*_: Any, **__: Any) -> NoReturn:
        raise PermissionDeniedError("read-only")

    with pytest.MonkeyPatch.context() as panne:
        for ecriture in ("open_writer", "put", "delete"):
            panne.setattr(obstore, ecriture, refuser)
        panne.setattr(shutil, "rmtree", refuser)
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
            certificats.produire_les_certificats(numero)
        with lecture_seule():
            produire(numero)
            assert etat(numero) is Etat.GENERATION
            assert not db.session.scalars(select(CertificatEmis.id).where(CertificatEmis.echecs > 0)).all()
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
            rythmes.purger()
            assert existe(numero) and stockage.existe(fichier.cle)
        rythmes.purger()
        assert not existe(numero) and stockage.lister() == []
        invariants.verifier(config)
