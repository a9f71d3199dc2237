"""The data of a certificate survive their JSON column unchanged."""

import json
from dataclasses import replace
from typing import Any

import pytest

from certif.documents.donnees import DonneesCertificat


@pytest.mark.parametrize(
    "ecarts",
    [
        {},
        {"fin_validite": None, "adresse_verification": "https://certif.exemple.fr/v/ABCD"},
        {"nom": "2026-06-10", "prenom": "", "lieu": "null"},
    ],
)
def test_round_trip(donnees: DonneesCertificat, ecarts: dict[str, Any]) -> None:
    ecrites = replace(donnees, **ecarts)
    assert DonneesCertificat.de_json(json.loads(json.dumps(ecrites.en_json()))) == ecrites


@pytest.mark.parametrize(
    "ecarts",
    [
        {"nom": None},
        {"nom": 3},
        {"date_fin": "10/06/2026"},
        {"date_fin": None},
        {"qr": "x"},
        {"fin_validite": 2},
    ],
)
def test_malformed_data_are_refused(donnees: DonneesCertificat, ecarts: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        DonneesCertificat.de_json({**donnees.en_json(), **ecarts})


def test_missing_data_are_refused(donnees: DonneesCertificat) -> None:
    with pytest.raises(ValueError, match="nom"):
        DonneesCertificat.de_json({cle: v for cle, v in donnees.en_json().items() if cle != "nom"})


def test_a_person_with_one_name(donnees: DonneesCertificat) -> None:
    assert donnees.titulaire == "DUPONT-DURAND Éloïse"
    assert replace(donnees, prenom="").titulaire == "DUPONT-DURAND"
