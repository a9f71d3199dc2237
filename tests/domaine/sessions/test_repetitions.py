"""R5: the same click twice succeeds and does nothing; anything else on a stale version is refused."""

import pytest

from certif.domaine.erreurs import ActionImpossible, Introuvable, VersionPerimee
from certif.domaine.sessions.actions import resultats, saisie, stagiaires
from certif.domaine.sessions.actions.stagiaires import IdentiteSaisie
from certif.domaine.sessions.etats import Action, Etat, mouvement
from certif.domaine.sessions.valeurs import Resultat
from tests.support.factories import une_proposition, une_session, version
from tests.support.invariants import empreinte_de_la_base
from tests.support.moves import GESTES, Troupe, agir, courriers, lignes, lire, reponses

LISE = IdentiteSaisie("Bernard", "Lise", "14/02/1991")


def depart(action: Action) -> Etat:
    return next(e for e in Etat if mouvement(e, action))


@pytest.mark.parametrize("action", GESTES, ids=str)
def test_le_meme_clic_deux_fois(troupe: Troupe, action: Action) -> None:
    reussites = 0 if action is Action.CLORE_SANS_CERTIFICAT else 2
    numero = une_session(troupe.marose, depart(action), reussites=reussites, echecs=2 - reussites)
    if action is Action.ACCEPTER_CORRECTIONS:
        une_proposition(numero)
    pas = mouvement(depart(action), action)
    assert pas is not None
    acteur = troupe.formateur if troupe.formateur.role.value in pas.qui else troupe.gestionnaire
    vue = version(numero)
    GESTES[action](acteur, numero, vue)
    apres = empreinte_de_la_base()
    GESTES[action](acteur, numero, vue)
    assert empreinte_de_la_base() == apres


def test_un_autre_contenu_depuis_une_ancienne_version(troupe: Troupe) -> None:
    """Case 16."""
    numero = une_session(troupe.marose, Etat.VALIDATION_FORMATEUR, reussites=2)
    vue = version(numero)
    resultats.enregistrer_resultats(troupe.formateur, numero, vue, reponses(numero))
    with pytest.raises(VersionPerimee) as refus:
        resultats.enregistrer_resultats(troupe.formateur, numero, vue, reponses(numero, [Resultat.ECHEC]))
    (changement,) = refus.value.changements
    assert changement.startswith("RIVIÈRE Stéphanie a enregistré des résultats à 12\u00a0h\u00a000")
    assert [s.resultat for s in lire(numero).stagiaires] == [Resultat.REUSSITE, Resultat.REUSSITE]


def test_ce_qui_a_change_est_dit_champ_par_champ(troupe: Troupe) -> None:
    numero = une_session(troupe.marose, Etat.SAISIE)
    vue = version(numero)
    saisie.enregistrer(troupe.gestionnaire, numero, vue, {"date_fin": "09/06/2026", "identification": "maj"})
    stagiaires.ajouter_stagiaire(troupe.gestionnaire, numero, vue + 1, LISE)
    with pytest.raises(VersionPerimee) as refus:
        saisie.enregistrer(troupe.gestionnaire, numero, vue, {"date_fin": "08/06/2026"})
    assert len(refus.value.changements) == 2
    assert "date de fin de session" in refus.value.changements[0]
    assert "identification" in refus.value.changements[0]
    assert "un stagiaire ajouté" in refus.value.changements[1]
    assert not any("Bernard" in c or "BERNARD" in c for c in refus.value.changements)


def test_une_version_a_venir_est_refusee(troupe: Troupe) -> None:
    numero = une_session(troupe.marose, Etat.SAISIE)
    avant = empreinte_de_la_base()
    for vue in (version(numero) + 1, 999_999_999, 0, -1):
        with pytest.raises(VersionPerimee):
            saisie.enregistrer(troupe.gestionnaire, numero, vue, {"identification": "maj"})
    assert empreinte_de_la_base() == avant


def test_la_version_perimee_passe_avant_l_etat(troupe: Troupe) -> None:
    """Someone who clicks on what they saw learns what happened, not that it is impossible."""
    numero = une_session(troupe.marose, Etat.VALIDATION_FORMATEUR)
    vue = version(numero)
    agir(Action.RETOUR_COMMENTE, troupe.formateur, numero)
    with pytest.raises(VersionPerimee) as refus:
        GESTES[Action.REPRENDRE_SAISIE](troupe.gestionnaire, numero, vue)
    assert "a renvoyé la session" in refus.value.changements[0]


def test_un_etat_saute(troupe: Troupe) -> None:
    numero = une_session(troupe.marose, Etat.SAISIE)
    with pytest.raises(ActionImpossible):
        agir(Action.MODIFIER_SAISIE, troupe.gestionnaire, numero)
    assert not lignes(numero)


def test_repeter_apres_avoir_perdu_la_vue(troupe: Troupe) -> None:
    """The formateur who gave the session back does not see it any more, and clicked twice."""
    for action in (Action.PAS_MA_SESSION, Action.RETOUR_COMMENTE):
        numero = une_session(troupe.marose, Etat.VALIDATION_FORMATEUR)
        vue = version(numero)
        GESTES[action](troupe.formateur, numero, vue)
        ecrits = len(courriers())
        GESTES[action](troupe.formateur, numero, vue)
        assert len(lignes(numero, action)) == 1
        assert len(courriers()) == ecrits
        with pytest.raises(Introuvable):
            GESTES[action](troupe.remplacant, numero, vue)


def test_un_autre_commentaire_n_est_pas_une_repetition(troupe: Troupe) -> None:
    numero = une_session(troupe.marose, Etat.VALIDATION_FORMATEUR)
    vue = version(numero)
    resultats.renvoyer_avec_commentaire(troupe.formateur, numero, vue, "Un commentaire.")
    with pytest.raises(Introuvable):
        resultats.renvoyer_avec_commentaire(troupe.formateur, numero, vue, "Un autre.")
    assert lire(numero).retour_commentaire == "Un commentaire."


@pytest.mark.parametrize("action", [Action.SUPPRIMER, Action.CLORE_SANS_CERTIFICAT], ids=str)
def test_repeter_ce_qui_a_tout_efface(troupe: Troupe, action: Action) -> None:
    numero = une_session(troupe.marose, Etat.VALIDATION_ENTITE, reussites=0, echecs=2)
    vue = version(numero)
    GESTES[action](troupe.gestionnaire, numero, vue)
    GESTES[action](troupe.gestionnaire, numero, vue)
    for autre in (troupe.delegataire, troupe.etranger, troupe.formateur):
        with pytest.raises(Introuvable):
            GESTES[action](autre, numero, vue)


def test_repeter_un_ajout_n_ajoute_qu_un_stagiaire(troupe: Troupe) -> None:
    numero = une_session(troupe.marose, Etat.SAISIE, stagiaires=[])
    for _ in range(2):
        stagiaires.ajouter_stagiaire(troupe.gestionnaire, numero, 1, LISE)
    assert [s.nom for s in lire(numero).stagiaires] == ["Bernard"]
    assert stagiaires.retirer_stagiaire(troupe.gestionnaire, numero, 2, lire(numero).stagiaires[0].id)
    assert lire(numero).stagiaires == []


def test_repeter_un_retrait_ne_rend_rien(troupe: Troupe) -> None:
    numero = une_session(troupe.marose, Etat.SAISIE, reussites=2)
    premier = lire(numero).stagiaires[0].id
    assert stagiaires.retirer_stagiaire(troupe.gestionnaire, numero, 1, premier) is not None
    assert stagiaires.retirer_stagiaire(troupe.gestionnaire, numero, 1, premier) is None
    assert len(lire(numero).stagiaires) == 1


def test_repeter_un_enregistrement_redit_ce_qui_est_refuse(troupe: Troupe) -> None:
    """The answer to the second click is the one that the user reads."""
    numero = une_session(troupe.marose, Etat.SAISIE)
    champs = {"identification": "maj", "date_fin": "31/02/2026"}
    premiere = saisie.enregistrer(troupe.gestionnaire, numero, 1, champs)
    seconde = saisie.enregistrer(troupe.gestionnaire, numero, 1, champs)
    assert premiere.erreurs.keys() == {"date_fin"}
    assert seconde == premiere
    assert version(numero) == 2


def test_enregistrer_la_meme_chose_ne_change_rien(troupe: Troupe) -> None:
    numero = une_session(troupe.marose, Etat.SAISIE)
    avant = empreinte_de_la_base()
    saisie.enregistrer(
        troupe.gestionnaire, numero, 1, {"identification": "initial", "date_fin": "10/06/2026"}
    )
    assert empreinte_de_la_base() == avant
