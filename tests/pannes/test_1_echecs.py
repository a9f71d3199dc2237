"""Every step fails, or finds no room; once, or however often it is tried."""

import pytest

from certif.socle import rupture
from tests.pannes.essai import Essai
from tests.pannes.fautes import Faute
from tests.pannes.moments import ANNULATION, CLIC, Effet, Moment, cas
from tests.support.factories import Organisme
from tests.support.production import baux_echus

pytestmark = [pytest.mark.pannes, pytest.mark.usefixtures("documents_rapides")]

TOUJOURS = 6
"""More often than a certificate is tried."""


@pytest.mark.pannes(un_sur=24)
@pytest.mark.parametrize(("point", "moment", "effet"), cas(Effet.ECHOUE, Effet.PLEIN))
def test_echoue(
    chaque_base: str, essai: Essai, organisme: Organisme, point: str, moment: Moment, effet: str
) -> None:
    numero = moment.preparer(organisme)
    essai.conclut(moment, numero, averti=echouer(f"{point}:{effet}", moment, numero))


@pytest.mark.pannes(un_sur=24)
@pytest.mark.parametrize(
    ("point", "moment", "effet"),
    cas(Effet.ECHOUE, Effet.PLEIN, faute=Faute.ECHOUE_TOUJOURS, sauf=(CLIC, ANNULATION)),
)
def test_echoue_toujours(
    chaque_base: str, essai: Essai, organisme: Organisme, point: str, moment: Moment, effet: str
) -> None:
    """Again and again: whatever was begun is told as failed, or goes on once healed."""
    numero = moment.preparer(organisme)
    averti = False
    for fois in range(TOUJOURS):
        if moment.fini(numero):
            break
        averti |= echouer(f"{point}:{effet}", moment, numero, arrive=fois == 0)
        baux_echus()
    essai.conclut(moment, numero, averti=averti)


def echouer(ou: str, moment: Moment, numero: int, *, arrive: bool = True) -> bool:
    """Do it here, breaking there; whether whoever asked for it is told, by an error.

    `arrive`: it does come there; what has failed too often is tried no more.
    """
    vus: list[str] = []
    with pytest.MonkeyPatch.context() as panne:
        rompre = rupture._rompre
        panne.setattr(rupture, "_rompre", lambda *quoi: (vus.append(quoi[0]), rompre(*quoi)))
        panne.setenv(rupture.VARIABLE, ou)
        try:
            moment.faire(numero)
        except Exception:
            return bool(vus)
    assert vus or not arrive, "it never came there"
    return False
