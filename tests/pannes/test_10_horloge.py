"""The clock goes back, or passes a night that is not like others: what it dates is right."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from certif import rythmes, taches
from certif.domaine.certificats.modeles import LigneRegistre
from certif.domaine.certificats.telechargement import marquer_telechargement
from certif.domaine.erreurs import ErreurMetier
from certif.domaine.sessions.etats import Etat
from tests.pannes.essai import Essai, Ou
from tests.pannes.fautes import Faute
from tests.pannes.moments import CERTIFICATS, CLIC, DOSSIER, Moment
from tests.support.factories import Organisme, une_session
from tests.support.moves import existe
from tests.support.production import prendre_le_dossier, prendre_un_lot

pytestmark = [pytest.mark.pannes, pytest.mark.usefixtures("documents_rapides")]

Regler = Callable[[str], None]


@dataclass(frozen=True)
class Nuit:
    """A click just before, work just after; the instants around the end of the last day of downloads."""

    fin: date
    clic: str
    travail: str
    valable: date
    dernier_instant: str
    purge: str


NUITS = [
    pytest.param(
        Nuit(
            date(2026, 3, 28),
            "2026-03-29T01:59:58+01:00",
            "2026-03-29T03:00:01+02:00",
            date(2028, 3, 28),
            "2026-04-13T23:59:58+02:00",
            "2026-04-14T00:00:01+02:00",
        ),
        id="printemps",
        marks=pytest.mark.faute(Faute.NUITS_DU_CHANGEMENT),
    ),
    pytest.param(
        Nuit(
            date(2026, 10, 24),
            "2026-10-25T02:59:58+02:00",
            "2026-10-25T02:00:01+01:00",
            date(2028, 10, 24),
            "2026-11-09T23:59:58+01:00",
            "2026-11-10T00:00:01+01:00",
        ),
        id="automne",
        marks=pytest.mark.faute(Faute.NUITS_DU_CHANGEMENT),
    ),
    pytest.param(
        Nuit(
            date(2026, 6, 10),
            "2026-06-10T23:59:58+02:00",
            "2026-06-11T00:00:01+02:00",
            date(2028, 6, 10),
            "2026-06-26T23:59:58+02:00",
            "2026-06-27T00:00:01+02:00",
        ),
        id="minuit",
        marks=pytest.mark.faute(Faute.MINUIT),
    ),
    pytest.param(
        Nuit(
            date(2028, 2, 29),
            "2028-02-29T23:59:58+01:00",
            "2028-03-01T00:00:01+01:00",
            date(2030, 2, 28),
            "2028-03-16T23:59:58+01:00",
            "2028-03-17T00:00:01+01:00",
        ),
        id="29 février",
        marks=pytest.mark.faute(Faute.VINGT_NEUF_FEVRIER),
    ),
    pytest.param(
        Nuit(
            date(2026, 12, 31),
            "2026-12-31T23:59:58+01:00",
            "2027-01-01T00:00:01+01:00",
            date(2028, 12, 31),
            "2027-01-16T23:59:58+01:00",
            "2027-01-17T00:00:01+01:00",
        ),
        id="fin d'année",
        marks=pytest.mark.faute(Faute.FIN_D_ANNEE),
    ),
]


@pytest.mark.pannes(un_sur=6)
@pytest.mark.parametrize("nuit", NUITS)
def test_une_nuit(
    chaque_base: str, essai: Essai, organisme: Organisme, horloge_a: Regler, nuit: Nuit
) -> None:
    """From the click to the purge: validity from F, fifteen whole days of downloads (R7, R8)."""
    horloge_a(nuit.clic)
    numero = une_session(organisme, Etat.GENERATION, date_fin=nuit.fin)
    horloge_a(nuit.travail)
    essai.guerit(numero)
    horloge_a(nuit.dernier_instant)
    rythmes.purger()
    marquer_telechargement(organisme.gestionnaire, numero)
    essai.acheve(numero)
    horloge_a(nuit.purge)
    with pytest.raises(ErreurMetier):
        marquer_telechargement(organisme.gestionnaire, numero)
    rythmes.purger()
    essai.dit(Ou.RIEN, not existe(numero))
    essai.compte(select(LigneRegistre).filter_by(session_numero=numero, fin_validite=nuit.valable), 2)
    essai.verifie()


@pytest.mark.faute(Faute.UNE_HEURE_EN_ARRIERE)
@pytest.mark.parametrize("moment", [CLIC, CERTIFICATS, DOSSIER], ids=lambda moment: moment.nom)
@pytest.mark.pannes(un_sur=6)
def test_une_heure_en_arriere_pendant_le_travail(
    chaque_base: str, essai: Essai, organisme: Organisme, moment: Moment
) -> None:
    """What was claimed an hour ahead is taken over, not waited for."""
    avance = time_machine.travel(datetime.now(UTC) + timedelta(hours=1))
    with avance:
        numero = moment.preparer(organisme)
        if moment is CLIC:
            moment.faire(numero)
        prendre_un_lot(numero)
        if moment is DOSSIER:
            prendre_le_dossier(numero)
    essai.regarde(numero)
    rythmes.reconcilier()
    taches.produire_certificats(numero)
    taches.produire_dossier(numero)
    essai.acheve(numero)
    essai.verifie(dossiers=True)
