"""R12: what is warned of and never blocked, and what an answer to it holds for."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certif.domaine.sessions.regles import doutes
from certif.domaine.sessions.regles.doutes import Avertissement, Sorte
from tests.domaine.sessions.regles.stagiaires import Personne

F = date(2026, 6, 10)


@dataclass(frozen=True)
class Dispositif:
    groupe_min: int | None = 4
    groupe_max: int | None = 10
    risque_mineur: bool = False
    code: str = "SST"


AMIANTE = Dispositif(risque_mineur=True, code="AMIANTE")


def avertis(
    *stagiaires: Personne, date_fin: date | None = F, dispositif: Dispositif | None = None
) -> list[list[Avertissement]]:
    return doutes.avertissements_des_stagiaires(stagiaires, date_fin, dispositif or Dispositif())


def sortes(nom: str, prenom: str = "Marie") -> set[Sorte]:
    return {a.sorte for a in avertis(Personne(nom, prenom))[0]}


@pytest.mark.parametrize(
    ("naissance", "averti"),
    [
        (date(2010, 6, 10), False),  # 16 on the very day
        (date(2010, 6, 11), True),
        (date(1950, 6, 11), False),  # 75 until the day after
        (date(1950, 6, 10), True),  # 76 on the very day
        (date(1949, 6, 10), True),
        (None, False),
        (F + timedelta(days=1), False),  # refused elsewhere: it is no age
    ],
)
def test_r12_age_inhabituel_sous_16_ou_au_dela_de_75(naissance: date | None, averti: bool) -> None:
    assert bool(avertis(Personne("Dupont", date_naissance=naissance))[0]) == averti


@pytest.mark.parametrize(
    ("naissance", "mineur"),
    [
        (date(2008, 6, 10), False),  # 18 on the very day
        (date(2008, 6, 11), True),  # 18 the day after
        (date(2009, 6, 10), True),
        (date(2007, 6, 11), False),  # 18 still
    ],
)
def test_r12_mineur_sur_amiante(naissance: date, mineur: bool) -> None:
    personne = Personne("Dupont", date_naissance=naissance)
    assert [a.sorte for a in avertis(personne, dispositif=AMIANTE)[0]] == [Sorte.MINEUR] * mineur
    assert avertis(personne) == [[]]


def test_r12_sans_date_de_fin_les_noms_seuls_sont_juges() -> None:
    enfant = Personne("Dupont", "M. Paul", date(2020, 1, 1))
    assert [a.sorte for a in avertis(enfant, date_fin=None)[0]] == [Sorte.CIVILITE]


@pytest.mark.parametrize(
    ("nombre", "averti"), [(0, False), (1, True), (3, True), (4, False), (10, False), (11, True)]
)
def test_r12_taille_du_groupe(nombre: int, averti: bool) -> None:
    assert (doutes.avertissement_groupe(nombre, Dispositif()) is not None) == averti
    assert doutes.avertissement_groupe(nombre, Dispositif(None, None)) is None


def test_r12_nom_et_prenom_inverses() -> None:
    dupont, inverse, autre = Personne("DUPONT", "Marie"), Personne("Marie", "Dupont"), Personne("Durand")
    de_l_un, de_l_autre, de_personne = avertis(dupont, inverse, autre)
    assert [a.sorte for a in de_l_un] == [a.sorte for a in de_l_autre] == [Sorte.INVERSION]
    assert "MARIE Dupont" in de_l_un[0].message and "DUPONT Marie" in de_l_autre[0].message
    assert de_personne == []
    # One answer is the answer for both, in whatever order they stand.
    assert de_l_un[0].marque == de_l_autre[0].marque == avertis(inverse, dupont)[0][0].marque


def test_r12_l_inversion_compare_les_cles() -> None:
    assert avertis(Personne("Lefèvre", "Jean-Luc"), Personne("JEAN LUC", "lefevre"))[0]


def test_r12_un_nom_egal_au_prenom_n_est_inverse_de_personne() -> None:
    assert [a.sorte for a in avertis(Personne("Martin", "Martin"))[0]] == [Sorte.MOT_REPETE]


@pytest.mark.parametrize(
    ("nom", "prenom", "averti"),
    [
        ("BERNARD Luc", "BERNARD Luc", True),
        ("BERNARD Luc", "Luc", True),
        ("Martin", "MARTÍN", True),
        ("De La Tour", "Marie de la Paix", False),  # little words are in many names
        ("Lucas", "Luc", False),
        ("Suharto", "", False),
    ],
)
def test_r12_le_meme_mot_dans_les_deux(nom: str, prenom: str, averti: bool) -> None:
    assert sortes(nom, prenom) == ({Sorte.MOT_REPETE} if averti else set())


@pytest.mark.parametrize(
    ("nom", "prenom", "averti"),
    [
        ("M. Dupont", "Marie", True),
        ("M.Dupont", "Marie", True),
        ("M Dupont", "Marie", True),
        ("Mme DUPONT", "Marie", True),
        ("DUPONT Mlle", "Marie", True),
        ("Dupont", "Monsieur Paul", True),
        ("Dr. Dupont", "Marie", True),
        ("Dupont", "Paul M.", False),  # an initial
        ("Monsieurat", "Marie", False),
        ("Madani", "Drissa", False),
    ],
)
def test_r12_une_civilite(nom: str, prenom: str, averti: bool) -> None:
    assert sortes(nom, prenom) == ({Sorte.CIVILITE} if averti else set())


@pytest.mark.parametrize(
    ("nom", "averti"),
    [
        ("DUPONT née MARTIN", True),
        ("DUPONT NEE MARTIN", True),
        ("Dupont né Martin", True),
        ("MARTIN épouse DUPONT", True),
        ("Le Né", False),
        ("Né", False),
        ("Dunée", False),
    ],
)
def test_r12_nee(nom: str, averti: bool) -> None:
    assert sortes(nom) == ({Sorte.NEE} if averti else set())


def test_r12_un_nom_change_est_redemande() -> None:
    avant, apres = avertis(Personne("M. Dupont"))[0][0], avertis(Personne("M. Dupond"))[0][0]
    assert avant.marque == avertis(Personne("M. Dupont"))[0][0].marque != apres.marque


def test_r12_une_autre_date_de_fin_redemande_l_age() -> None:
    enfant = Personne("Dupont", date_naissance=date(2014, 1, 1))
    marques = {avertis(enfant, date_fin=jour)[0][0].marque for jour in (F, F + timedelta(days=1))}
    assert len(marques) == 2


@given(
    st.lists(
        st.builds(Personne, st.sampled_from(["Dupont", "Marie", "M. Luc", "née"]), st.text(max_size=8)),
        max_size=6,
    )
)
def test_r12_un_avertissement_ne_depend_que_de_ce_qu_il_juge(stagiaires: list[Personne]) -> None:
    ensemble = avertis(*stagiaires)
    assert len(ensemble) == len(stagiaires)
    for rang, stagiaire in enumerate(stagiaires):
        seul = {a.marque for a in avertis(stagiaire)[0]}
        assert seul <= {a.marque for a in ensemble[rang]}
