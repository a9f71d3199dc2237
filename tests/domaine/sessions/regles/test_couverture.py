"""R2: the habilitation that covers a session, with worked cases 4 to 6."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certif.domaine.erreurs import Refus
from certif.domaine.sessions.regles import couverture, delais

F = date(2026, 6, 10)


@dataclass
class Suspension:
    debut: date
    fin: date | None = None


@dataclass
class Habilitation:
    debut: date = date(2024, 1, 1)
    fin: date = date(2026, 12, 31)
    retrait_le: date | None = None
    suspensions: list[Suspension] = field(default_factory=list)


def refus(habilitations: list[Habilitation], date_fin: date = F, aujourd_hui: date | None = None) -> str:
    with pytest.raises(Refus) as info:
        couverture.habilitation_couvrante(habilitations, date_fin, "SST / 1", aujourd_hui)
    assert info.value.regle == "R2"
    return info.value.message


def test_cas_4_bornes() -> None:
    jusqu_au_10 = Habilitation(fin=F)
    assert couverture.habilitation_couvrante([jusqu_au_10], F, "SST / 1") is jusqu_au_10
    refus([jusqu_au_10], date(2026, 6, 11))
    assert couverture.couvre(Habilitation(debut=F), F)
    assert not couverture.couvre(Habilitation(debut=date(2026, 6, 11)), F)


def test_cas_4_jugee_a_la_date_de_fin_et_non_aujourd_hui() -> None:
    terminee = Habilitation(fin=date(2026, 6, 15))
    assert (
        couverture.habilitation_couvrante([terminee], F, "SST / 1", aujourd_hui=date(2026, 7, 5)) is terminee
    )


def test_cas_5_retrait() -> None:
    retiree = Habilitation(retrait_le=F)
    assert "retirée avec effet au 10/06/2026" in refus([retiree])
    assert couverture.couvre(retiree, date(2026, 6, 9))


def test_cas_5_suspension() -> None:
    suspendue = Habilitation(suspensions=[Suspension(date(2026, 6, 5), date(2026, 6, 20))])
    assert "suspendue du 05/06/2026 au 20/06/2026" in refus([suspendue], date(2026, 6, 20))
    assert couverture.couvre(suspendue, date(2026, 6, 21))
    assert not couverture.couvre(suspendue, date(2026, 6, 5))
    assert couverture.couvre(suspendue, date(2026, 6, 4))


def test_r2_suspension_ouverte() -> None:
    ouverte = Habilitation(suspensions=[Suspension(date(2026, 6, 5))])
    assert "suspendue depuis le 05/06/2026" in refus([ouverte], date(2026, 12, 31))


def test_cas_6_un_retrait_retroactif_compte() -> None:
    assert "retirée avec effet au 01/06/2026" in refus([Habilitation(retrait_le=date(2026, 6, 1))])


def test_r2_message_de_la_derniere_terminee() -> None:
    passees = [Habilitation(fin=date(2025, 5, 31)), Habilitation(fin=date(2026, 5, 31))]
    assert refus(passees) == (
        "Aucune habilitation SST / 1 ne couvre le 10/06/2026 (la dernière a pris fin le 31/05/2026). "
        "Demandez un renouvellement avec effet au 01/06/2026."
    )
    assert "prend fin le 31/05/2026" in refus(passees, aujourd_hui=date(2026, 5, 31))
    assert "a pris fin le 31/05/2026" in refus(passees, aujourd_hui=date(2026, 6, 1))


def test_r2_message_sans_habilitation_ou_a_venir() -> None:
    assert refus([]) == (
        "Aucune habilitation SST / 1 ne couvre le 10/06/2026. "
        "Demandez une habilitation avec effet au plus tard au 10/06/2026."
    )
    assert "ne commence que le 15/06/2026" in refus([Habilitation(debut=date(2026, 6, 15))])


def test_r2_retrait_d_une_habilitation_terminee_depuis() -> None:
    message = refus([Habilitation(fin=date(2026, 5, 31), retrait_le=date(2026, 4, 1))])
    assert "retirée avec effet au 01/04/2026" in message


def test_r2_de_plusieurs_celle_qui_finit_le_plus_tard() -> None:
    courte, longue = Habilitation(fin=date(2026, 7, 1)), Habilitation(fin=date(2027, 7, 1))
    retiree = Habilitation(fin=date(2030, 1, 1), retrait_le=date(2026, 6, 15))
    assert couverture.habilitation_couvrante([courte, longue, retiree], F, "SST / 1") is longue


def test_r2_une_ligne_qui_couvre_suffit() -> None:
    suspendue = Habilitation(fin=date(2030, 1, 1), suspensions=[Suspension(date(2026, 1, 1))])
    bonne = Habilitation()
    assert couverture.habilitation_couvrante([suspendue, bonne], F, "SST / 1") is bonne


def test_r2_proposable_pour_une_date_de_fin_de_la_fenetre() -> None:
    # On 10/06/2026, F may lie from 10/05/2026 to 10/09/2026.
    assert couverture.proposable(Habilitation(fin=date(2026, 5, 10)), F)
    assert not couverture.proposable(Habilitation(fin=date(2026, 5, 9)), F)
    assert couverture.proposable(Habilitation(debut=date(2026, 9, 10)), F)
    assert not couverture.proposable(Habilitation(debut=date(2026, 9, 11)), F)
    assert not couverture.proposable(Habilitation(suspensions=[Suspension(date(2026, 1, 1))]), F)
    assert not couverture.proposable(Habilitation(retrait_le=date(2026, 5, 10)), F)


JOURS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@st.composite
def habilitations(draw: st.DrawFn) -> Habilitation:
    debut, fin = sorted((draw(JOURS), draw(JOURS)))
    suspensions = []
    for _ in range(draw(st.integers(0, 2))):
        s, e = sorted((draw(JOURS), draw(JOURS)))
        suspensions.append(Suspension(s, draw(st.sampled_from([e, None]))))
    return Habilitation(debut, fin, draw(st.none() | JOURS), suspensions)


@given(st.lists(habilitations(), max_size=4), JOURS)
def test_r2_couvre_ou_refuse_toujours_avec_un_message(toutes: list[Habilitation], date_fin: date) -> None:
    try:
        choisie = couverture.habilitation_couvrante(toutes, date_fin, "SST / 1")
    except Refus as erreur:
        assert erreur.message.startswith("Aucune habilitation SST / 1 ne couvre le ")
        assert not any(couverture.couvre(h, date_fin) for h in toutes)
    else:
        assert couverture.couvre(choisie, date_fin)
        assert choisie.debut <= date_fin <= choisie.fin
        assert choisie.retrait_le is None or date_fin < choisie.retrait_le


@given(habilitations(), JOURS)
def test_r2_proposable_est_l_existence_d_une_date_couverte(h: Habilitation, jour: date) -> None:
    premiere, derniere = delais.dates_de_fin_possibles(jour)
    jours = [premiere + timedelta(days=n) for n in range((derniere - premiere).days + 1)]
    assert couverture.proposable(h, jour) == any(couverture.couvre(h, j) for j in jours)
