"""Outages are entered, told to the administrateurs when they last, and closed: two mails for each."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from unittest.mock import Mock

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from certif.domaine import conservation
from certif.domaine.acteur import TypeRole
from certif.domaine.courriers.modeles import Courrier
from certif.domaine.pannes import veille
from certif.domaine.pannes.attente import attendre, reprendre
from certif.domaine.pannes.modeles import Panne, SorteDePanne
from certif.domaine.pannes.veille import ANNONCE, veiller
from certif.domaine.sessions.etats import Etat
from certif.socle import file, stockage
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.file import Voie
from certif.socle.observation import sante
from certif.socle.observation.sante import Epreuve
from certif.socle.stockage import StockageIndisponible, StockagePlein
from tests.support.factories import un_organisme, un_role, une_personne, une_session

DEBUT = datetime(2026, 6, 12, 8, 0, tzinfo=UTC)
VERROU = OperationalError("BEGIN", {}, Exception("database is locked"))


class Monde:
    """The services outside, and the time."""

    def __init__(self, panne: pytest.MonkeyPatch, temps: time_machine.Traveller) -> None:
        self.stockage = Mock()
        self.file, self.ouvrier = Mock(return_value=True), Mock(return_value=True)
        panne.setattr(stockage, "eprouver", self.stockage)
        panne.setattr(file, "joignable", self.file)
        panne.setattr(file, "ouvrier_vivant", lambda voie: self.ouvrier() or voie is Voie.SUITES)
        self._temps = temps

    def plus_tard(self, duree: timedelta) -> None:
        self._temps.shift(duree)
        veiller()


@pytest.fixture
def monde(contexte: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Monde]:
    un_role(une_personne("Certif", "Alix", email="alix@certif.fr").id, TypeRole.ADMINISTRATEUR)
    with time_machine.travel(DEBUT, tick=False) as temps:
        monkeypatch.setattr(veille, "_base_muette_depuis", None)
        yield Monde(monkeypatch, temps)


def pannes() -> list[tuple[str, bool]]:
    db.session.rollback()
    return [(p.sorte.value, p.fin is None) for p in db.session.scalars(select(Panne).order_by(Panne.id))]


def sujets() -> list[str]:
    return list(db.session.scalars(select(Courrier.sujet).order_by(Courrier.id)))


def test_tout_va_bien_et_rien_n_est_ecrit(monde: Monde) -> None:
    veiller()
    assert pannes() == [] and sujets() == []


@pytest.mark.parametrize(
    ("refus", "sorte"), [(StockageIndisponible, "stockage"), (StockagePlein, "plein")], ids=str
)
def test_le_stockage_se_voit_tout_de_suite_et_se_clot(
    monde: Monde, refus: type[Exception], sorte: str
) -> None:
    monde.stockage.side_effect = refus
    veiller()
    veiller()
    assert pannes() == [(sorte, True)]
    monde.stockage.side_effect = None
    monde.plus_tard(ANNONCE)
    assert pannes() == [(sorte, False)] and sujets() == [], "too short to trouble anybody"


def test_sans_file_on_ne_sait_rien_des_ouvriers(monde: Monde) -> None:
    monde.file.return_value = monde.ouvrier.return_value = False
    veiller()
    assert pannes() == [("file", True)]
    monde.file.return_value = True
    veiller()
    assert pannes() == [("file", False), ("ouvrier", True)]


def test_un_courrier_au_bout_de_trente_minutes_un_autre_a_la_fin(monde: Monde) -> None:
    monde.stockage.side_effect = StockageIndisponible
    veiller()
    monde.plus_tard(ANNONCE - timedelta(seconds=1))
    assert sujets() == []
    for _ in range(3):
        monde.plus_tard(timedelta(hours=1))
    assert sujets() == ["Panne\u00a0: l’espace de stockage ne répond pas"]
    monde.stockage.side_effect = None
    for _ in range(2):
        monde.plus_tard(timedelta(hours=1))
    assert sujets()[1:] == ["Fin de la panne\u00a0: l’espace de stockage ne répond pas"]
    premier, dernier = db.session.scalars(select(Courrier).order_by(Courrier.id))
    assert "Depuis le 12/06/2026 à 10\u00a0h\u00a000" in premier.corps and "Rien n’est perdu" in premier.corps
    assert (
        "commencé le 12/06/2026 à 10\u00a0h\u00a000" in dernier.corps
        and "le 12/06/2026 à 14\u00a0h\u00a029" in dernier.corps
    )
    assert premier.destinataire is not None and premier.destinataire.email == "alix@certif.fr"
    assert dernier.destinataire is premier.destinataire


def test_une_seconde_panne_a_son_propre_courrier(monde: Monde) -> None:
    for _ in range(2):
        monde.ouvrier.return_value = False
        veiller()
        monde.plus_tard(ANNONCE)
        monde.ouvrier.return_value = True
        monde.plus_tard(timedelta(seconds=10))
    assert len(sujets()) == 4


def test_ce_que_rencontre_qui_travaille_est_une_panne_aussi(monde: Monde) -> None:
    """The store takes the file of the watch, and refuses the certificates of one session."""
    numero = une_session(un_organisme(), Etat.GENERATION)
    with transaction():
        attendre(numero, SorteDePanne.SCEAU)
    veiller()
    assert pannes() == [("sceau", True)]
    with transaction():
        reprendre(numero)
    veiller()
    assert pannes() == [("sceau", False)]


@pytest.mark.parametrize(("duree", "courriers"), [(timedelta(minutes=29), 0), (ANNONCE, 1)])
def test_la_base_absente_est_dite_a_son_retour(
    monde: Monde, monkeypatch: pytest.MonkeyPatch, duree: timedelta, courriers: int
) -> None:
    with monkeypatch.context() as panne:
        panne.setattr(veille, "transaction", Mock(side_effect=VERROU))
        veiller()
        monde.plus_tard(duree)
    monde.plus_tard(timedelta(0))
    monde.plus_tard(timedelta(hours=1))
    assert pannes() == [("base", False)]
    lue = db.session.scalars(select(Panne)).one()
    assert lue.fin is not None and lue.fin - lue.debut == duree
    assert sujets() == ["Fin de la panne\u00a0: la base de données ne répond pas"] * courriers


def test_une_panne_close_s_oublie(monde: Monde) -> None:
    monde.ouvrier.return_value = False
    veiller()
    monde.ouvrier.return_value = True
    veiller()
    monde.plus_tard(conservation.PANNES.duree.delta - timedelta(seconds=1))
    veille.oublier()
    assert pannes() == [("ouvrier", False)]
    monde.plus_tard(timedelta(seconds=2))
    veille.oublier()
    assert pannes() == []


def test_un_stockage_qui_se_fige_ne_fige_pas_la_veille(monkeypatch: pytest.MonkeyPatch) -> None:
    fini = threading.Event()
    essais = Mock(side_effect=lambda: fini.wait(20))
    monkeypatch.setattr(stockage, "eprouver", essais)
    monkeypatch.setattr(sante, "PATIENCE_S", 0.05)
    une = Epreuve()
    assert isinstance(une.passer(), StockageIndisponible) and isinstance(une.passer(), StockageIndisponible)
    assert essais.call_count == 1, "nobody piles up behind it"
    fini.set()
    monkeypatch.setattr(sante, "PATIENCE_S", 5.0)
    assert une.passer() is None
