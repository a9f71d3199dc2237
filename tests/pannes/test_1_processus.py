"""The working process is killed at every step, or so slow there that another takes over."""

import signal

import pytest

from tests.pannes.essai import Essai, soigner_ici
from tests.pannes.moments import Effet, Moment, cas, executer
from tests.support.factories import Organisme
from tests.support.servers import attendre
from tests.support.workers import rompu, un_processus

pytestmark = [pytest.mark.pannes, pytest.mark.usefixtures("documents_rapides")]


@pytest.mark.pannes(un_sur=24)
@pytest.mark.parametrize(("point", "moment", "effet"), cas(Effet.TUE))
def test_tue(
    chaque_base: str, essai: Essai, organisme: Organisme, point: str, moment: Moment, effet: str
) -> None:
    numero = moment.preparer(organisme)
    with un_processus(essai.config, f"{point}:{effet}", executer, moment.nom, numero) as autre:
        autre.join(timeout=60)
        assert autre.exitcode == -signal.SIGKILL
    essai.conclut(moment, numero, averti=True)


@pytest.mark.pannes(un_sur=36)
@pytest.mark.parametrize(("point", "moment", "effet"), cas(Effet.LENT))
def test_depasse(
    chaque_base: str, essai: Essai, organisme: Organisme, point: str, moment: Moment, effet: str
) -> None:
    """While it sleeps others take over what it held; then it goes on as if nothing had happened."""
    numero = moment.preparer(organisme)
    with un_processus(essai.config, f"{point}:{effet}", executer, moment.nom, numero) as autre:
        attendre(rompu(essai.config).exists, 60)
        soigner_ici()
        autre.join(timeout=60)
        assert autre.exitcode == 0
    essai.conclut(moment, numero, averti=False)
