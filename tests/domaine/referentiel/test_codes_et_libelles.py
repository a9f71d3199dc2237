"""No two codes, no two labels, that people or an import would read as one."""

import pytest
from flask import Flask

from certif.domaine.acteur import TypeRole
from certif.domaine.erreurs import SaisieInvalide
from certif.domaine.libelles.referentiel import dispositifs as textes
from certif.domaine.noms import cle
from certif.domaine.referentiel import certificats, dispositifs
from certif.domaine.referentiel.initial import DISPOSITIFS
from tests.support.factories import un_acteur, un_certificat

AUTRES_CHAMPS = {
    "libelle": "Un autre",
    "plateforme_requise": False,
    "groupe_min": None,
    "groupe_max": None,
    "risque_mineur": False,
}


def test_those_that_are_there_from_the_start_read_differently() -> None:
    assert len({cle(initial.code) for initial in DISPOSITIFS}) == len(DISPOSITIFS)
    libelles = [libelle for initial in DISPOSITIFS for libelle in initial.certificats]
    assert len({cle(libelle) for libelle in libelles}) == len(libelles)


@pytest.mark.parametrize("code", ["APS ASD", "aps-asd", "A.P.S-ÀSD", "АРЅ-ASD"])
def test_a_code_that_reads_like_another_s_is_refused(contexte: Flask, code: str) -> None:
    un_certificat(dispositif="APS-ASD")
    administrateur = un_acteur(TypeRole.ADMINISTRATEUR)
    with pytest.raises(SaisieInvalide) as refus:
        dispositifs.creer(administrateur, code=code, **AUTRES_CHAMPS)
    assert refus.value.champs == {"code": [textes.code_pris("APS-ASD")]}


def test_its_own_code_is_corrected_freely(contexte: Flask) -> None:
    administrateur = un_acteur(TypeRole.ADMINISTRATEUR)
    nouveau = dispositifs.creer(administrateur, code="APS ASD", **AUTRES_CHAMPS)
    dispositif = dispositifs.verrouiller(nouveau)
    dispositifs.modifier(administrateur, dispositif, code="APS-ASD", **AUTRES_CHAMPS)
    assert dispositifs.verrouiller(nouveau).code == "APS-ASD"


@pytest.mark.parametrize("libelle", ["SST 1", "sst-1", "ЅЅТ-1"])
def test_a_label_that_reads_like_another_s_is_refused(contexte: Flask, libelle: str) -> None:
    niveau = un_certificat("SST-1").niveau
    administrateur, autres = un_acteur(TypeRole.ADMINISTRATEUR), {"titre": "Un autre", "gabarit": "commun"}
    with pytest.raises(SaisieInvalide) as refus:
        certificats.ajouter(
            administrateur, niveau.dispositif, str(niveau.id), libelle=libelle, mois_validite=None, **autres
        )
    assert refus.value.champs == {"libelle": [textes.libelle_pris("SST-1")]}
