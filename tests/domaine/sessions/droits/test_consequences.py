"""What a change of habilitation or qualification would block: exactly that, and nothing is written."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from certif.domaine.referentiel.modeles import Habilitation, Qualification
from certif.domaine.sessions.droits.consequences import (
    FormateurEcarte,
    HabilitationChangee,
    QualificationChangee,
    consequences,
)
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.socle.base.extensions import db
from tests.support.factories import une_habilitation, une_session
from tests.support.moves import Troupe

F = date(2026, 6, 10)


def qualification(troupe: Troupe) -> QualificationChangee:
    q = db.session.query(Qualification).filter_by(individu_id=troupe.formateur.individu_id).one()
    return QualificationChangee.de(q)


def numeros(sessions: list[SessionCertification]) -> list[int]:
    return [s.numero for s in sessions]


@pytest.mark.usefixtures("contexte")
def test_submitted_sessions_and_drafts_are_named_apart_from_the_first_day_that_is_lost(
    troupe: Troupe,
) -> None:
    etats = (Etat.VALIDATION_FORMATEUR, Etat.VALIDATION_ENTITE, Etat.SAISIE, Etat.GENERE)
    soumise, verifiee, brouillon, *_ = [une_session(troupe.marose, e, date_fin=F) for e in etats]
    une_session(troupe.marose, Etat.VALIDATION_FORMATEUR, formateur_id=troupe.remplacant.individu_id)
    une_session(troupe.marose, Etat.SAISIE, date_fin=None)
    trouvees = consequences([replace(qualification(troupe), fin=F - timedelta(days=1))])
    assert numeros(trouvees.bloquees) == [soumise, verifiee]
    assert numeros(trouvees.brouillons) == [brouillon]
    encore = consequences([replace(qualification(troupe), fin=F)])
    assert (encore.bloquees, encore.brouillons) == ([], [])
    assert not db.session.dirty


@pytest.mark.usefixtures("contexte")
def test_an_habilitation_blocks_its_entite_only_and_what_another_one_covers_goes_on(troupe: Troupe) -> None:
    soumise = une_session(troupe.marose, Etat.VALIDATION_FORMATEUR)
    brouillon = une_session(troupe.marose, Etat.SAISIE, formateur_id=None)
    une_session(troupe.marose, Etat.SAISIE, date_fin=date(2026, 5, 9))  # too late to submit it (R1)
    une_session(troupe.guy, Etat.VALIDATION_FORMATEUR)
    habilitation = db.session.get_one(Habilitation, troupe.marose.habilitation_id)
    retiree = replace(HabilitationChangee.de(habilitation), retrait_le=F)
    trouvees = consequences([retiree])
    assert numeros(trouvees.bloquees) == [soumise] and numeros(trouvees.brouillons) == [brouillon]
    assert consequences([replace(retiree, retrait_le=F + timedelta(days=1))]).bloquees == []
    assert numeros(consequences([replace(retiree, retrait_le=date(2026, 5, 1))]).brouillons) == [brouillon]
    une_habilitation(troupe.marose.entite_id, troupe.marose.niveau_id, debut=F)
    assert consequences([retiree]).bloquees == []


@pytest.mark.usefixtures("contexte")
def test_what_is_blocked_already_is_not_a_consequence(troupe: Troupe) -> None:
    une_session(troupe.marose, Etat.VALIDATION_FORMATEUR)
    habilitation = db.session.get_one(Habilitation, troupe.marose.habilitation_id)
    habilitation.retrait_le = F
    db.session.commit()
    assert consequences([replace(qualification(troupe), fin=date(2026, 1, 1))]).bloquees == []
    assert consequences([]).bloquees == []


@pytest.mark.usefixtures("contexte")
def test_who_is_a_formateur_no_more_blocks_the_sessions_that_name_them_and_no_other(troupe: Troupe) -> None:
    soumise = une_session(troupe.marose, Etat.VALIDATION_FORMATEUR)
    brouillon = une_session(troupe.marose, Etat.SAISIE)
    une_session(troupe.marose, Etat.GENERE)
    une_session(troupe.marose, Etat.VALIDATION_ENTITE, formateur_id=troupe.remplacant.individu_id)
    trouvees = consequences([FormateurEcarte(troupe.formateur.individu_id)])
    assert numeros(trouvees.bloquees) == [soumise] and numeros(trouvees.brouillons) == [brouillon]
