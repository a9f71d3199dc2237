"""R12: a session that looks like another is worth a second look, of those that the actor sees (R9)."""

from datetime import date
from typing import Any

import pytest

from certif.domaine.acteur import Acteur
from certif.domaine.libelles.sessions.avertissements import SESSION_SEMBLABLE
from certif.domaine.sessions.declaration.avertissements import avertissement_semblable, avertissements
from certif.domaine.sessions.etats import Etat
from tests.support.factories import un_certificat, une_session
from tests.support.moves import Troupe, lire


def averti(acteur: Acteur, numero: int) -> bool:
    session_certif = lire(numero)
    dit = avertissement_semblable(session_certif, acteur) is not None
    assert dit == (SESSION_SEMBLABLE in [a.message for a in avertissements(session_certif, acteur)])
    return dit


@pytest.mark.parametrize("etat", Etat)
def test_une_session_semblable_dans_chaque_etat(troupe: Troupe, etat: Etat) -> None:
    numero = une_session(troupe.marose, Etat.SAISIE)
    assert not averti(troupe.gestionnaire, numero)
    une_session(troupe.marose, etat)
    assert averti(troupe.gestionnaire, numero)


def test_celle_d_un_collegue_n_existe_pas(troupe: Troupe) -> None:
    sienne = une_session(troupe.marose, Etat.SAISIE, declarant=troupe.delegataire)
    une_session(troupe.marose, Etat.VALIDATION_FORMATEUR, declarant=troupe.collegue)
    assert not averti(troupe.delegataire, sienne)
    assert averti(troupe.gestionnaire, sienne)
    une_session(troupe.marose, Etat.SAISIE, declarant=troupe.delegataire)
    assert averti(troupe.delegataire, sienne)


def test_celle_d_une_autre_entite_non_plus(troupe: Troupe) -> None:
    numero = une_session(troupe.marose, Etat.SAISIE)
    une_session(troupe.guy, Etat.SAISIE, formateur_id=troupe.formateur.individu_id)
    assert not averti(troupe.gestionnaire, numero)


def test_un_seul_ecart_et_elle_n_est_plus_semblable(troupe: Troupe) -> None:
    numero = une_session(troupe.marose, Etat.SAISIE)
    ecarts: list[dict[str, Any]] = [
        {"date_fin": date(2026, 6, 11)},
        {"formateur_id": troupe.remplacant.individu_id},
        {"certificat_id": un_certificat("SST-2").id},
        {"rectifie_numero": numero},
    ]
    for ecart in ecarts:
        autre = une_session(troupe.marose, Etat.SAISIE, **ecart)
        assert not averti(troupe.gestionnaire, autre)
