"""R5: "Reprendre mes réponses précédentes" gives back what still holds, and nothing else."""

from datetime import date

import pytest

from certif.domaine.referentiel.modeles import Certificat
from certif.domaine.sessions.actions import saisie
from certif.domaine.sessions.actions.resultats import (
    Reponse,
    enregistrer_resultats,
    envoyer_resultats,
    reprendre_reponses,
)
from certif.domaine.sessions.actions.stagiaires import (
    IdentiteSaisie,
    ajouter_stagiaire,
    modifier_stagiaire,
    retirer_stagiaire,
)
from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.relecture import reponses_reprenables
from certif.domaine.sessions.retour import soumission_precedente
from certif.domaine.sessions.valeurs import MotifEchec, Resultat
from tests.support.factories import un_certificat, un_stagiaire, une_session, version
from tests.support.invariants import empreinte_de_la_base
from tests.support.moves import Troupe, agir, declarer, etat, lire, reponses

REUSSITE, ECHEC = Resultat.REUSSITE, Resultat.ECHEC


@pytest.fixture
def numero(troupe: Troupe) -> int:
    """Answered by the formateur (réussite, échec absent, réussite), then opened again by the entité."""
    groupe = [un_stagiaire("Bernard"), un_stagiaire("Petit"), un_stagiaire("Roux")]
    numero = une_session(troupe.marose, Etat.VALIDATION_FORMATEUR, stagiaires=groupe)
    ids = [s.id for s in lire(numero).stagiaires]
    donnees = [Reponse(REUSSITE), Reponse(ECHEC, MotifEchec.ABSENT), Reponse(REUSSITE)]
    envoyer_resultats(troupe.formateur, numero, version(numero), dict(zip(ids, donnees, strict=True)))
    agir(Action.MODIFIER_SAISIE, troupe.gestionnaire, numero)
    return numero


def resoumettre(troupe: Troupe, numero: int) -> None:
    agir(Action.SOUMETTRE_AU_FORMATEUR, troupe.gestionnaire, numero)


def combien(numero: int) -> int:
    session_certif = lire(numero)
    return len(reponses_reprenables(session_certif, soumission_precedente(session_certif)))


def resultats(numero: int) -> list[Resultat | None]:
    return [s.resultat for s in lire(numero).stagiaires_saisis]


def test_cas_12_tout_se_reprend_quand_rien_n_a_change(troupe: Troupe, numero: int) -> None:
    resoumettre(troupe, numero)
    assert resultats(numero) == [None] * 3 and combien(numero) == 3
    reprendre_reponses(troupe.formateur, numero, version(numero))
    assert resultats(numero) == [REUSSITE, ECHEC, REUSSITE]
    assert [s.motif_echec for s in lire(numero).stagiaires] == [None, MotifEchec.ABSENT, None]
    assert etat(numero) is Etat.VALIDATION_FORMATEUR, "taken back as a draft: the formateur still sends"


def test_reprendre_deux_fois_le_meme_clic(troupe: Troupe, numero: int) -> None:
    resoumettre(troupe, numero)
    vue = version(numero)
    reprendre_reponses(troupe.formateur, numero, vue)
    avant = empreinte_de_la_base()
    reprendre_reponses(troupe.formateur, numero, vue)
    assert empreinte_de_la_base() == avant


def test_ce_qui_est_deja_repondu_n_est_pas_remplace(troupe: Troupe, numero: int) -> None:
    resoumettre(troupe, numero)
    premier = lire(numero).stagiaires[0].id
    enregistrer_resultats(troupe.formateur, numero, version(numero), {premier: Reponse(ECHEC)})
    reprendre_reponses(troupe.formateur, numero, version(numero))
    assert resultats(numero) == [ECHEC, ECHEC, REUSSITE]


@pytest.mark.parametrize(
    "corrige",
    [
        IdentiteSaisie("Bernardin", "Hélène", "14/02/1991"),
        IdentiteSaisie("Bernard", "Helene", "14/02/1991"),
        IdentiteSaisie("Bernard", "Hélène", "15/02/1991"),
    ],
)
def test_une_identite_corrigee_se_repond_de_nouveau(
    troupe: Troupe, numero: int, corrige: IdentiteSaisie
) -> None:
    premier = lire(numero).stagiaires[0].id
    modifier_stagiaire(troupe.gestionnaire, numero, version(numero), premier, corrige)
    resoumettre(troupe, numero)
    reprendre_reponses(troupe.formateur, numero, version(numero))
    assert resultats(numero) == [None, ECHEC, REUSSITE]


def test_un_stagiaire_ajoute_se_repond(troupe: Troupe, numero: int) -> None:
    nouveau = IdentiteSaisie("Morel", "Anaïs", "30/06/2001")
    ajouter_stagiaire(troupe.gestionnaire, numero, version(numero), nouveau)
    resoumettre(troupe, numero)
    reprendre_reponses(troupe.formateur, numero, version(numero))
    assert resultats(numero) == [REUSSITE, ECHEC, REUSSITE, None]


def test_un_stagiaire_retire_puis_retabli_garde_sa_reponse(troupe: Troupe, numero: int) -> None:
    premier = lire(numero).stagiaires[0].id
    retire = retirer_stagiaire(troupe.gestionnaire, numero, version(numero), premier)
    assert retire is not None
    ajouter_stagiaire(troupe.gestionnaire, numero, version(numero), retire)
    resoumettre(troupe, numero)
    assert combien(numero) == 3


def test_une_autre_date_de_fin(troupe: Troupe, numero: int) -> None:
    saisie.enregistrer(troupe.gestionnaire, numero, version(numero), {"date_fin": "09/06/2026"})
    declarer(troupe.gestionnaire, numero, troupe.formateur.individu_id)
    resoumettre(troupe, numero)
    assert lire(numero).date_fin == date(2026, 6, 9) and combien(numero) == 0
    reprendre_reponses(troupe.formateur, numero, version(numero))
    assert resultats(numero) == [None] * 3


def test_un_autre_certificat(troupe: Troupe, numero: int) -> None:
    autre: Certificat = un_certificat("SST-2")
    saisie.enregistrer(troupe.gestionnaire, numero, version(numero), {"certificat_id": str(autre.id)})
    resoumettre(troupe, numero)
    assert combien(numero) == 0


def test_le_lieu_ne_change_rien_aux_reponses(troupe: Troupe, numero: int) -> None:
    lyon = {"code_postal": "69007", "ville": "LYON", "identification": "maj"}
    saisie.enregistrer(troupe.gestionnaire, numero, version(numero), lyon)
    resoumettre(troupe, numero)
    assert combien(numero) == 3


def test_un_autre_formateur_ne_reprend_rien(troupe: Troupe, numero: int) -> None:
    declarer(troupe.gestionnaire, numero, troupe.remplacant.individu_id)
    resoumettre(troupe, numero)
    assert combien(numero) == 0
    reprendre_reponses(troupe.remplacant, numero, version(numero))
    assert resultats(numero) == [None] * 3


def test_une_correction_en_deux_temps_ne_perd_rien(troupe: Troupe, numero: int) -> None:
    """Submitted, taken back before any answer, submitted again."""
    resoumettre(troupe, numero)
    agir(Action.REPRENDRE_SAISIE, troupe.gestionnaire, numero)
    resoumettre(troupe, numero)
    assert combien(numero) == 3


def test_une_reponse_donnee_entre_temps_ne_perd_pas_les_autres(troupe: Troupe, numero: int) -> None:
    """Submitted, one answer changed, taken back: the two others were not withdrawn."""
    resoumettre(troupe, numero)
    premier = lire(numero).stagiaires[0].id
    enregistrer_resultats(troupe.formateur, numero, version(numero), {premier: Reponse(ECHEC)})
    agir(Action.REPRENDRE_SAISIE, troupe.gestionnaire, numero)
    resoumettre(troupe, numero)
    reprendre_reponses(troupe.formateur, numero, version(numero))
    assert resultats(numero) == [ECHEC, ECHEC, REUSSITE]


def test_la_premiere_fois_il_n_y_a_rien_a_reprendre(troupe: Troupe) -> None:
    numero = une_session(troupe.marose, Etat.VALIDATION_FORMATEUR)
    assert combien(numero) == 0
    reprendre_reponses(troupe.formateur, numero, version(numero), reponses(numero, [ECHEC, None]))
    assert resultats(numero) == [ECHEC, None]
