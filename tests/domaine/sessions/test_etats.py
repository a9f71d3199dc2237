"""R5: the table of moves, and what no path through it can do."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certif.domaine.sessions import etats
from certif.domaine.sessions.etats import MOUVEMENTS, Action, Etat, Mouvement, actions_de, mouvement

S, VF, VE, G, CG = Etat
ROLES = ("gestionnaire", "delegataire", "formateur", "administrateur", "systeme")


@st.composite
def chemins(draw: st.DrawFn) -> list[Mouvement]:
    """A life of a session: allowed moves, one after the other, from its creation."""
    pas, etat = [MOUVEMENTS[0]], MOUVEMENTS[0].vers
    for _ in range(draw(st.integers(0, 40))):
        suite = [m for m in MOUVEMENTS if m.de is etat]
        if etat is None or not suite:
            break
        pas.append(draw(st.sampled_from(suite)))
        etat = pas[-1].vers
    return pas


def test_une_ligne_par_etat_et_action() -> None:
    assert len({(m.de, m.action) for m in MOUVEMENTS}) == len(MOUVEMENTS)
    assert {m.action for m in MOUVEMENTS} == set(Action)
    assert {m.de for m in MOUVEMENTS} == {None, *Etat}


@pytest.mark.parametrize(
    ("etat", "action", "vers"),
    [
        (None, Action.CREER, S),
        (S, Action.SOUMETTRE_AU_FORMATEUR, VF),
        (VF, Action.ENVOYER_RESULTATS, VE),
        (VF, Action.RETOUR_COMMENTE, S),
        (VF, Action.PAS_MA_SESSION, S),
        (VF, Action.REPRENDRE_SAISIE, S),
        (VE, Action.MODIFIER_SAISIE, S),
        (VE, Action.GENERER, G),
        (VE, Action.CLORE_SANS_CERTIFICAT, None),
        (G, Action.TERMINER_GENERATION, CG),
        (G, Action.ROUVRIR, S),
        (CG, Action.PURGER, None),
        *((etat, Action.EFFACER, None) for etat in (S, VF, VE, G)),
    ],
)
def test_mouvements_de_r5(etat: Etat | None, action: Action, vers: Etat | None) -> None:
    trouve = mouvement(etat, action)
    assert trouve is not None and trouve.vers is vers


@pytest.mark.parametrize(
    ("etat", "action"),
    [
        (S, Action.ENVOYER_RESULTATS),
        (S, Action.GENERER),
        (VF, Action.GENERER),
        (VF, Action.ENREGISTRER),
        (VE, Action.ENREGISTRER),
        (VE, Action.SOUMETTRE_AU_FORMATEUR),
        (VE, Action.RETOUR_COMMENTE),
        (G, Action.SUPPRIMER),
        (G, Action.MODIFIER_SAISIE),
        (CG, Action.SUPPRIMER),
        (CG, Action.ENREGISTRER),
        (CG, Action.ROUVRIR),
        (CG, Action.GENERER),
        (None, Action.GENERER),
    ],
)
def test_un_etat_ne_se_saute_pas(etat: Etat | None, action: Action) -> None:
    assert mouvement(etat, action) is None


def test_qui_peut_quoi() -> None:
    assert actions_de(VF, "formateur") == [
        Action.ENREGISTRER_RESULTATS,
        Action.ENVOYER_RESULTATS,
        Action.RETOUR_COMMENTE,
        Action.PAS_MA_SESSION,
    ]
    assert actions_de(VF, "gestionnaire") == [Action.REPRENDRE_SAISIE, Action.CONFIER, Action.SUPPRIMER]
    assert actions_de(VE, "delegataire") == [
        Action.ACCEPTER_CORRECTIONS,
        Action.GENERER,
        Action.MODIFIER_SAISIE,
        Action.CLORE_SANS_CERTIFICAT,
        Action.SUPPRIMER,
    ]
    assert actions_de(CG, "gestionnaire") == [Action.ANNULER_ET_REFAIRE, Action.CONFIER]
    assert actions_de(CG, "delegataire") == []
    assert actions_de(CG, "systeme") == [Action.PURGER]


@pytest.mark.parametrize("etat", [None, *Etat])
def test_l_administrateur_ne_touche_a_aucune_session(etat: Etat | None) -> None:
    assert actions_de(etat, "administrateur") == []


@pytest.mark.parametrize("etat", [S, VE, G, CG])
def test_le_formateur_n_agit_que_pendant_sa_validation(etat: Etat) -> None:
    assert actions_de(etat, "formateur") == []


@given(chemins())
def test_aucun_chemin_n_evite_le_formateur(chemin: list[Mouvement]) -> None:
    valide = False
    for pas in chemin:
        if pas.action is Action.ENVOYER_RESULTATS:
            valide = True
        elif pas.vers is S:
            valide = False
        if pas.vers in (VE, G, CG):
            assert valide


@given(chemins())
def test_tout_chemin_se_suit_et_ne_quitte_certificats_generes_que_par_la_purge(
    chemin: list[Mouvement],
) -> None:
    for un, suivant in pairwise(chemin):
        assert un.vers is suivant.de
        if un.vers is CG:
            assert suivant.vers is CG or suivant.action is Action.PURGER


@given(st.sampled_from(MOUVEMENTS))
def test_tout_mouvement_en_arriere_mene_a_la_saisie(pas: Mouvement) -> None:
    ordre = list(Etat)
    if pas.de is not None and pas.vers is not None and ordre.index(pas.vers) < ordre.index(pas.de):
        assert pas.vers is S


@given(st.sampled_from(MOUVEMENTS), st.sampled_from(ROLES))
def test_actions_et_mouvements_disent_la_meme_chose(pas: Mouvement, role: str) -> None:
    assert (pas.action in actions_de(pas.de, role)) == (role in pas.qui)


def test_cas_16_generer_de_nouveau_reussit() -> None:
    assert [e for e in Etat if etats.generation_deja_demandee(e)] == [G, CG]
