"""The demonstration is there whole, or not at all; what an older version left half made is mended once."""

from collections.abc import Sequence
from unittest.mock import Mock

import pytest
from sqlalchemy import delete, func, select

from certif import demo, rythmes
from certif.demo import COMPLETEE, REFAITE, charger
from certif.demo.organisations import creer_organisations
from certif.demo.personnes import NUMEROS, creer_personnes
from certif.demo.sessions import creer_sessions
from certif.domaine.certificats import generation
from certif.domaine.certificats.modeles import LigneRegistre
from certif.domaine.courriers.modeles import Courrier
from certif.domaine.demandes import decisions, pieces
from certif.domaine.demandes.etats import EtatDemande
from certif.domaine.demandes.modeles import Demande
from certif.domaine.erreurs import Refus, ServiceIndisponible
from certif.domaine.journal import EntreeJournal
from certif.domaine.personnes.modeles import Individu
from certif.domaine.referentiel.initial import charger_referentiel
from certif.domaine.referentiel.modeles import Dispositif
from certif.domaine.sessions.modeles import SessionCertification
from certif.socle import stockage
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import aujourd_hui
from tests.support import invariants
from tests.support.factories import une_personne

pytestmark = pytest.mark.usefixtures("contexte")

TOUT = (Individu, Dispositif, SessionCertification, LigneRegistre, Demande, Courrier, EntreeJournal)


def nombres(modeles: Sequence[type] = TOUT) -> list[int]:
    db.session.rollback()
    return [db.session.scalar(select(func.count()).select_from(m)) or 0 for m in modeles]


def est_entiere() -> None:
    """Everything that a demonstration holds is there, to the last demande."""
    assert nombres()[:4] == [len(NUMEROS), 6, 7, 3]
    refusees = select(func.count()).select_from(Demande).filter_by(etat=EtatDemande.REFUSEE)
    assert db.session.scalar(refusees) == 1 and nombres([Demande])[0] >= 5


def a_moitie() -> None:
    """What the old loading left when no certificate could be asked for: everything before, committed."""
    jour = aujourd_hui()
    charger_referentiel()
    with transaction():
        creer_personnes(creer_organisations(jour), jour)
    with pytest.MonkeyPatch.context() as panne:
        panne.setattr(generation, "empechement", lambda _: "La clé ne peut pas être lue.")
        with pytest.raises(ServiceIndisponible):
            creer_sessions(jour)


def test_what_fails_midway_leaves_nothing(chaque_base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as panne:
        panne.setattr(demo, "creer_demandes", Mock(side_effect=ServiceIndisponible("non")))
        with pytest.raises(ServiceIndisponible):
            charger()
    assert nombres() == [0] * len(TOUT)
    assert charger() == ""
    est_entiere()


def test_its_files_are_swept_when_it_failed_after_them(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as panne:
        panne.setattr(demo, "consigner", Mock(side_effect=RuntimeError))
        with pytest.raises(RuntimeError):
            charger()
    monkeypatch.setattr(pieces, "REPIT", pieces.REPIT * 0)
    rythmes.entretenir()
    assert stockage.lister() == []


def test_a_second_start_changes_nothing() -> None:
    charger()
    avant = invariants.empreinte_de_la_base()
    assert charger() == ""
    assert invariants.empreinte_de_la_base() == avant


def test_half_a_demonstration_is_made_again(chaque_base: str) -> None:
    a_moitie()
    assert nombres()[:5] == [len(NUMEROS), 6, 6, 0, 0]
    assert charger() == REFAITE
    est_entiere()
    assert charger() == ""


def test_one_without_demandes_gets_them_once() -> None:
    """From before demandes were part of it, or stopped just before them."""
    charger()
    with transaction():
        for modele in (Demande, EntreeJournal):
            db.session.execute(delete(modele))
    assert charger() == COMPLETEE
    est_entiere()
    with transaction():
        db.session.execute(delete(Demande))
    assert charger() == "" and nombres([Demande]) == [0], "what somebody deleted does not come back"


def test_one_that_has_no_place_for_them_any_more_does_without(
    chaque_base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    charger()
    with transaction():
        for modele in (Demande, EntreeJournal):
            db.session.execute(delete(modele))
    monkeypatch.setattr(decisions, "refuser", Mock(side_effect=Refus("déjà demandé")))
    for _ in range(2):
        assert charger() == "" and nombres([Demande]) == [0]


@pytest.mark.parametrize("commence", [False, True])
def test_the_data_of_others_is_left_alone(commence: bool) -> None:
    if commence:
        a_moitie()
    une_personne(numero="AUT10001")
    avant = invariants.empreinte_de_la_base()
    assert charger() == ""
    assert invariants.empreinte_de_la_base() == avant
