"""What becomes of the sessions of an habilitation that changes."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from certif.domaine.erreurs import ActionImpossible, Refus
from certif.domaine.referentiel import habilitations
from certif.domaine.referentiel.modeles import Certificat
from certif.domaine.sessions.declaration.choix import choix_pour, niveaux_proposes
from certif.domaine.sessions.droits.conditions import blocages
from certif.domaine.sessions.droits.consequences import HabilitationChangee, consequences
from certif.domaine.sessions.droits.habilitations import sessions_bloquees
from certif.domaine.sessions.etats import Action, Etat
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from tests.domaine.sessions.droits.habilitation import F, combien_de_requetes, de_marose
from tests.support.factories import un_certificat, une_session
from tests.support.moves import Troupe, agir, etat, lire


def test_case_6_a_withdrawal_in_the_past_blocks_from_its_day_on(troupe: Troupe, horloge_a: Any) -> None:
    le_10, le_31_mai = (une_session(troupe.marose, date_fin=jour) for jour in (F, date(2026, 5, 31)))
    horloge_a("2026-06-12T12:00:00+02:00")
    habilitations.retirer(troupe.administrateur, de_marose(troupe), date(2026, 6, 1))
    assert [s.numero for s, _ in sessions_bloquees(de_marose(troupe))] == [le_10]
    assert set(blocages([lire(le_10), lire(le_31_mai)])) == {le_10}
    with pytest.raises(Refus, match="01/06/2026"):
        agir(Action.GENERER, troupe.gestionnaire, le_10)
    assert etat(le_10) is Etat.VALIDATION_ENTITE
    habilitations.annuler_le_retrait(troupe.administrateur, de_marose(troupe))
    assert sessions_bloquees(de_marose(troupe)) == []


def test_what_a_withdrawal_blocks_is_found_in_as_many_queries_whatever_it_blocks(troupe: Troupe) -> None:
    def avant() -> None:
        changee = replace(HabilitationChangee.de(de_marose(troupe)), retrait_le=F)
        for s in consequences([changee]).bloquees:
            assert s.niveau is not None and s.certificat is not None and s.entite.raison_sociale

    def apres() -> int:
        return len(sessions_bloquees(de_marose(troupe)))

    une_session(troupe.marose)
    peu_avant = combien_de_requetes(avant)
    habilitations.retirer(troupe.administrateur, de_marose(troupe), F)
    peu_apres = combien_de_requetes(apres)
    for rang in range(2, 6):
        une_session(troupe.marose, certificat_id=un_certificat(f"SST-{rang}", "SST").id)
    assert apres() == 5 and combien_de_requetes(apres) == peu_apres
    habilitations.annuler_le_retrait(troupe.administrateur, de_marose(troupe))
    assert combien_de_requetes(avant) == peu_avant


def test_what_is_archived_is_not_offered_and_what_exists_goes_on(troupe: Troupe) -> None:
    numero = une_session(troupe.marose, Etat.SAISIE)
    with transaction():
        certificat = db.session.get_one(Certificat, troupe.marose.certificat_id)
        certificat.archive_le = certificat.niveau.dispositif.archive_le = F
    assert niveaux_proposes(troupe.marose.entite_id) == []
    choix = choix_pour(lire(numero))
    assert [n.id for n in choix.niveaux] == [troupe.marose.niveau_id]
    assert [c.id for c in choix.certificats] == [troupe.marose.certificat_id]
    agir(Action.SOUMETTRE_AU_FORMATEUR, troupe.gestionnaire, numero)
    assert blocages([lire(numero)]) == {}
    with pytest.raises(ActionImpossible, match="plus proposé"):
        habilitations.prolonger(troupe.administrateur, de_marose(troupe), date(2041, 1, 1))
