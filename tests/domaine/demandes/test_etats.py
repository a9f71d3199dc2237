"""R16: the table of moves, every pair of it; the rules at their bounds; whose turn it is."""

from datetime import date

import pytest

from certif.domaine.demandes import regles
from certif.domaine.demandes.etats import (
    DECIDEES,
    MOUVEMENTS,
    OUVERTES,
    Action,
    EtatDemande,
    NatureDemande,
    actions_de,
    mouvement,
)
from certif.domaine.demandes.tour import tour
from certif.domaine.erreurs import SaisieInvalide
from certif.domaine.referentiel.regles import fin_proposee, lire_numero

B, T, C, A, R, X = EtatDemande
JOUR = date(2026, 6, 10)
PERMIS = {
    (None, Action.CREER): ("gestionnaire", B),
    (B, Action.ENREGISTRER): ("gestionnaire", B),
    (B, Action.TRANSMETTRE): ("gestionnaire", T),
    (B, Action.SUPPRIMER): ("gestionnaire", None),
    (T, Action.RETIRER): ("gestionnaire", X),
    (T, Action.ACCEPTER): ("administrateur", A),
    (T, Action.RETOURNER): ("administrateur", C),
    (T, Action.REFUSER): ("administrateur", R),
    (C, Action.ENREGISTRER): ("gestionnaire", C),
    (C, Action.TRANSMETTRE): ("gestionnaire", T),
    (C, Action.RETIRER): ("gestionnaire", X),
    (C, Action.ACCEPTER): ("administrateur", A),
    (C, Action.REFUSER): ("administrateur", R),
}


@pytest.mark.parametrize("etat", [None, *EtatDemande])
@pytest.mark.parametrize("action", Action)
def test_every_pair(etat: EtatDemande | None, action: Action) -> None:
    trouve = mouvement(etat, action)
    if (etat, action) not in PERMIS:
        assert trouve is None
    else:
        assert trouve is not None
        assert (trouve.qui, trouve.vers) == PERMIS[etat, action]


def test_what_is_decided_does_not_move_and_nobody_else_moves_anything() -> None:
    assert len({(m.de, m.action) for m in MOUVEMENTS}) == len(MOUVEMENTS)
    assert {*OUVERTES, *DECIDEES} == set(EtatDemande) and not {*OUVERTES} & {*DECIDEES}
    for etat in EtatDemande:
        assert (etat in DECIDEES) == (not any(m.de is etat for m in MOUVEMENTS))
        assert not actions_de(etat, "delegataire") and not actions_de(etat, "formateur")


def test_the_administrateur_decides_what_nobody_can_complete_any_more() -> None:
    assert not actions_de(C, "administrateur")
    assert actions_de(C, "administrateur", empechee=True) == {Action.ACCEPTER, Action.REFUSER}
    dits = {
        role: tour(C, role, "MAROSE", JOUR, JOUR, empechee=True)
        for role in ("gestionnaire", "administrateur")
    }
    assert dits["administrateur"].a_moi and not dits["gestionnaire"].a_moi
    assert "administrateur" in dits["gestionnaire"].texte


@pytest.mark.parametrize(
    ("deja", "en_a_une", "nature"),
    [
        (False, False, NatureDemande.PREMIERE),
        (False, True, NatureDemande.EXTENSION),
        (True, True, NatureDemande.RENOUVELLEMENT),
        (True, False, NatureDemande.RENOUVELLEMENT),
    ],
)
def test_nature(deja: bool, en_a_une: bool, nature: NatureDemande) -> None:
    assert regles.nature_de(deja, en_a_une) is nature


def test_the_wished_start_is_bounded_on_both_sides() -> None:
    for debut in (date(2026, 5, 10), JOUR, date(2027, 6, 10)):
        assert regles.verifier_debut(debut, JOUR) == debut
    for debut in (date(2026, 5, 9), date(2027, 6, 11)):
        with pytest.raises(SaisieInvalide, match="10/05/2026"):
            regles.verifier_debut(debut, JOUR)


def test_a_renewal_is_offered_the_day_after_the_last_one() -> None:
    assert regles.debut_propose(date(2026, 12, 31), JOUR) == date(2027, 1, 1)
    assert regles.debut_propose(date(2026, 1, 31), JOUR) == JOUR
    assert regles.debut_propose(date(2027, 6, 9), JOUR) == date(2027, 6, 10)
    assert regles.debut_propose(date(2027, 6, 10), JOUR) is None
    assert regles.debut_propose(None, JOUR) is None
    assert fin_proposee(date(2028, 2, 29)) == date(2032, 2, 28)
    assert fin_proposee(date(2026, 7, 1)) == date(2030, 6, 30)


def test_texts() -> None:
    assert regles.lire_texte("  à\r\nb ", "message") == "à\nb"
    assert regles.lire_texte("é" * 2000, "message") == "é" * 2000
    assert regles.lire_texte(" \u200b\n", "message") == ""
    for texte, manquant in (("é" * 2001, ""), ("a\x00b", ""), ("a\u202eb", ""), (" \u200b\n", "Écrivez.")):
        with pytest.raises(SaisieInvalide) as refus:
            regles.lire_texte(texte, "motif", manquant)
        assert set(refus.value.champs) == {"motif"}


def test_the_number_and_the_dates_of_an_habilitation() -> None:
    assert lire_numero(" h-2026/12_a.b ") == "H-2026/12_A.B"
    for numero in ("", "H 12", "É1", "-1", "H" * 41, "<b>", "٣", "H\n1", "../x"):
        with pytest.raises(SaisieInvalide):
            lire_numero(numero)
    assert regles.lire_periode("10/06/2026", "10/06/2026", JOUR) == (JOUR, JOUR)
    assert regles.lire_periode("01/01/2020", "31/12/2029", JOUR)[1] == date(2029, 12, 31)
    for debut, fin, champs in (
        ("10/06/2026", "09/06/2026", {"fin"}),
        ("01/01/2026", "09/06/2026", {"fin"}),
        ("10/06/2026", "10/06/2036", {"fin"}),
        ("31/02/2026", "٠١/٠١/٢٠٢٧", {"debut", "fin"}),
    ):
        with pytest.raises(SaisieInvalide) as refus:
            regles.lire_periode(debut, fin, JOUR)
        assert set(refus.value.champs) == champs


def test_it_is_always_the_turn_of_one_side_until_it_is_over() -> None:
    for etat in EtatDemande:
        a_moi = [tour(etat, role, "MAROSE", JOUR, JOUR).a_moi for role in ("gestionnaire", "administrateur")]
        assert sum(a_moi) == (etat in OUVERTES)
    dit = tour(C, "administrateur", "MAROSE", date(2026, 6, 7), JOUR).texte
    assert dit == "Au tour de MAROSE depuis 3\u00a0jours"
