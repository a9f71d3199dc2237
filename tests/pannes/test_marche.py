"""Users, moves, faults and clocks in any order: whatever happened, once healed everything holds.

Walks are drawn in the same way at each run, so that a run can be repeated.
"""

from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import timedelta
from functools import partial
from itertools import count

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from sqlalchemy import select

from certif import rythmes, taches
from certif.domaine.acteur import Acteur
from certif.domaine.certificats.production.reconciliation import (
    archives_a_reconstituer,
    dossiers_a_reprendre,
    sessions_a_reprendre,
)
from certif.domaine.certificats.telechargement import marquer_telechargement
from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.socle import horloge, stockage
from certif.socle.base.extensions import db
from certif.socle.rupture import VARIABLE
from tests.pannes.essai import Essai, Ou, Perdu
from tests.pannes.fautes import Faute
from tests.pannes.moments import PLACES, Effet, annuler
from tests.pannes.test_8_stockage import lecture_seule, plein
from tests.support.factories import Organisme, un_organisme, une_session
from tests.support.moves import GESTES, agir, existe
from tests.support.production import baux_echus
from tests.support.sampling import ampleur
from tests.support.servers import ServeurValkey

QUI = st.sampled_from(("gestionnaire", "gestionnaire", "delegataire", "formateur"))
LAQUELLE = st.integers(0, 3)
DE_COTE = st.sampled_from([timedelta(hours=h) for h in (-1, 1, 24, 24 * 8, 24 * 17)])
TROIS_ANS = timedelta(days=3 * 366)
_organismes = count(1)


class Marche(RuleBasedStateMachine):
    """An organisation, some sessions, and whatever may happen to them."""

    essai: Essai
    valkey: ServeurValkey

    def __init__(self) -> None:
        super().__init__()
        self.decalage = timedelta(0)
        self.panne = ExitStack()
        self.point = pytest.MonkeyPatch()
        self.sessions: list[int] = []

    @initialize()
    def commencer(self) -> None:
        self.organisme: Organisme = un_organisme(f"ORGANISME {next(_organismes)}")

    def tenter(self, geste: Callable[[], object]) -> None:
        """Whoever does it is refused, or sees it fail; both are told to them."""
        with suppress(Exception):
            geste()
        db.session.rollback()

    def une(self, laquelle: int) -> int | None:
        presentes = [numero for numero in self.sessions if existe(numero)]
        return presentes[laquelle % len(presentes)] if presentes else None

    @rule(etat=st.sampled_from((Etat.SAISIE, Etat.VALIDATION_FORMATEUR, Etat.VALIDATION_ENTITE)))
    def declarer(self, etat: Etat) -> None:
        if len(self.sessions) < 3:
            self.sessions.append(une_session(self.organisme, etat))

    @rule(laquelle=LAQUELLE)
    def generer(self, laquelle: int) -> None:
        """Whatever it takes: a session with its results."""
        if len(self.sessions) < 4:
            self.sessions.append(une_session(self.organisme, Etat.VALIDATION_ENTITE, reussites=2, echecs=1))
            numero = self.sessions[-1]
            self.tenter(lambda: agir(Action.GENERER, self.organisme.gestionnaire, numero))

    @rule(action=st.sampled_from(sorted(GESTES)), qui=QUI, laquelle=LAQUELLE)
    def cliquer(self, action: Action, qui: str, laquelle: int) -> None:
        acteur: Acteur = getattr(self.organisme, qui)
        if (numero := self.une(laquelle)) is not None:
            self.tenter(lambda: agir(action, acteur, numero))

    @rule(laquelle=LAQUELLE)
    def annuler(self, laquelle: int) -> None:
        if (numero := self.une(laquelle)) is not None:
            self.tenter(lambda: annuler(numero))

    @rule(laquelle=LAQUELLE, dossier=st.booleans())
    def telecharger(self, laquelle: int, dossier: bool) -> None:
        if (numero := self.une(laquelle)) is not None:
            gestionnaire = self.organisme.gestionnaire
            self.tenter(lambda: marquer_telechargement(gestionnaire, numero, dossier=dossier))

    @rule()
    def travailler(self) -> None:
        """What workers do of all that waits."""
        for tache, dues in (
            (taches.produire_certificats, sessions_a_reprendre),
            (taches.reconstituer_archive, archives_a_reconstituer),
            (taches.produire_dossier, dossiers_a_reprendre),
        ):
            for numero in dues():
                self.tenter(partial(tache, numero))

    @rule(
        quoi=st.sampled_from(
            ("veiller", "reconcilier", "envoyer_courriers", "purger", "entretenir", "annoncer")
        )
    )
    def laisser_faire(self, quoi: str) -> None:
        self.tenter(getattr(rythmes, quoi))

    @rule(point=st.sampled_from(sorted(PLACES)), effet=st.sampled_from((Effet.ECHOUE, Effet.PLEIN)))
    def rompre(self, point: str, effet: str) -> None:
        self.point.setenv(VARIABLE, f"{point}:{effet}")

    @rule(panne=st.sampled_from((plein, lecture_seule)))
    def perdre_le_stockage(self, panne: Callable[[], ExitStack]) -> None:
        self.panne.enter_context(panne())

    @rule(memoire=st.booleans())
    def perdre_la_file(self, memoire: bool) -> None:
        if memoire:
            self.valkey.client.config_set("maxmemory", 1)
        else:
            self.valkey.client.flushall()

    @rule()
    def laisser_mourir(self) -> None:
        """Whoever held something is dead for a minute."""
        baux_echus()

    @rule(duree=DE_COTE)
    def deplacer_l_horloge(self, duree: timedelta) -> None:
        self.decalage += duree
        horloge.regler(self.decalage)

    @rule()
    def reparer(self) -> None:
        self.point.undo()
        self.panne.close()
        self.valkey.client.config_set("maxmemory", 0)

    def teardown(self) -> None:
        """Healed, everything holds; three years later nothing is left of it."""
        try:
            self.reparer()
            db.session.rollback()
            requete = select(SessionCertification.numero).filter_by(etat=Etat.GENERATION)
            self.essai.guerit(*db.session.scalars(requete))
            horloge.regler(self.decalage + TROIS_ANS)
            rythmes.purger()
            db.session.rollback()
            if db.session.scalars(select(SessionCertification.numero)).all() or stockage.lister():
                raise Perdu("what was due was not erased")
            self.essai.verifie()
        finally:
            horloge.regler(timedelta(0))


@pytest.mark.pannes(un_sur=2)
@pytest.mark.faute(Faute.MARCHE)
@pytest.mark.usefixtures("documents_rapides")
def test_n_importe_quoi_arrive_a_n_importe_qui(chaque_base: str, essai: Essai, valkey: ServeurValkey) -> None:
    class Ici(Marche):
        pass

    Ici.essai, Ici.valkey = essai, valkey
    reglages = settings(
        max_examples=ampleur(2, 60), stateful_step_count=25, derandomize=True, deadline=None, database=None
    )
    run_state_machine_as_test(Ici, settings=reglages)
    essai.dit(Ou.RIEN, True)
