"""R10 and the formateur's moves: drafts, results, comments."""

from datetime import date
from typing import Any

import pytest

from certif.domaine.erreurs import Introuvable, Refus, SaisieInvalide
from certif.domaine.sessions.actions.resultats import (
    Reponse,
    enregistrer_resultats,
    envoyer_resultats,
    refuser_la_session,
    renvoyer_avec_commentaire,
)
from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.modeles_annexes import Bilan
from certif.domaine.sessions.valeurs import MotifEchec, Resultat
from certif.socle.base.extensions import db
from tests.support.factories import un_stagiaire, une_session, version
from tests.support.invariants import empreinte_de_la_base
from tests.support.moves import Troupe, agir, etat, lire, reponses

REUSSITE, ECHEC = Resultat.REUSSITE, Resultat.ECHEC


@pytest.fixture
def numero(troupe: Troupe) -> int:
    """Three stagiaires whose results the formateur is asked for."""
    groupe = [un_stagiaire("Bernard"), un_stagiaire("Petit"), un_stagiaire("Roux")]
    return une_session(troupe.marose, Etat.VALIDATION_FORMATEUR, stagiaires=groupe)


def resultats(numero: int) -> list[Resultat | None]:
    return [s.resultat for s in lire(numero).stagiaires]


def test_rien_n_est_choisi_d_avance(numero: int) -> None:
    assert resultats(numero) == [None, None, None]


def test_un_brouillon_garde_ce_qui_est_repondu(troupe: Troupe, numero: int) -> None:
    premier, second, _ = (s.id for s in lire(numero).stagiaires)
    enregistrer_resultats(troupe.formateur, numero, version(numero), {premier: Reponse(REUSSITE)})
    enregistrer_resultats(troupe.formateur, numero, version(numero), {second: Reponse(ECHEC)})
    assert resultats(numero) == [REUSSITE, ECHEC, None]
    enregistrer_resultats(troupe.formateur, numero, version(numero), {second: Reponse(None)})
    assert resultats(numero) == [REUSSITE, None, None]
    assert etat(numero) is Etat.VALIDATION_FORMATEUR


def test_cas_11_il_manque_un_resultat(troupe: Troupe, numero: int) -> None:
    dernier = lire(numero).stagiaires[2].id
    avant = empreinte_de_la_base()
    with pytest.raises(SaisieInvalide) as refus:
        envoyer_resultats(
            troupe.formateur, numero, version(numero), reponses(numero, [REUSSITE, ECHEC, None])
        )
    assert refus.value.champs.keys() == {f"resultat-{dernier}"}
    assert empreinte_de_la_base() == avant


def test_le_brouillon_complete_ce_qui_est_envoye(troupe: Troupe, numero: int) -> None:
    toutes = reponses(numero, [REUSSITE, ECHEC, ECHEC])
    brouillon, reste = dict(list(toutes.items())[:2]), dict(list(toutes.items())[2:])
    enregistrer_resultats(troupe.formateur, numero, version(numero), brouillon)
    envoyer_resultats(troupe.formateur, numero, version(numero), reste)
    assert resultats(numero) == [REUSSITE, ECHEC, ECHEC]
    assert lire(numero).resultats_le is not None


def test_les_stagiaires_d_une_autre_session(troupe: Troupe, numero: int) -> None:
    ailleurs = lire(une_session(troupe.marose, Etat.VALIDATION_FORMATEUR)).stagiaires[0].id
    avant = empreinte_de_la_base()
    for forge in (ailleurs, 0, -1, 2**31):
        for envoyer in (envoyer_resultats, enregistrer_resultats):
            with pytest.raises(Introuvable):
                envoyer(
                    troupe.formateur,
                    numero,
                    version(numero),
                    {**reponses(numero), forge: Reponse(REUSSITE)},
                )
    assert empreinte_de_la_base() == avant


def test_un_motif_n_accompagne_qu_un_echec(troupe: Troupe, numero: int) -> None:
    premier, second, troisieme = (s.id for s in lire(numero).stagiaires)
    envoyer_resultats(
        troupe.formateur,
        numero,
        version(numero),
        {
            premier: Reponse(REUSSITE, MotifEchec.ABSENT),
            second: Reponse(ECHEC, MotifEchec.ABSENT),
            troisieme: Reponse(ECHEC),
        },
    )
    assert [s.motif_echec for s in lire(numero).stagiaires] == [None, MotifEchec.ABSENT, None]


def test_changer_d_avis_efface_le_motif(troupe: Troupe, numero: int) -> None:
    premier = lire(numero).stagiaires[0].id
    for reponse in (Reponse(ECHEC, MotifEchec.PARTI), Reponse(REUSSITE)):
        enregistrer_resultats(troupe.formateur, numero, version(numero), {premier: reponse})
    assert lire(numero).stagiaires[0].motif_echec is None


def test_envoyer_avant_la_fin_est_permis_generer_non(troupe: Troupe, horloge_a: Any) -> None:
    """R10 and case 10."""
    numero = une_session(troupe.marose, Etat.VALIDATION_FORMATEUR, date_fin=date(2026, 6, 10))
    horloge_a("2026-06-09T23:59:58+02:00")
    agir(Action.ENVOYER_RESULTATS, troupe.formateur, numero)
    with pytest.raises(Refus, match="à partir du 10/06/2026"):
        agir(Action.GENERER, troupe.gestionnaire, numero)
    horloge_a("2026-06-09T22:00:00+00:00")
    agir(Action.GENERER, troupe.gestionnaire, numero)


class TestRetour:
    @pytest.mark.parametrize(
        "texte", ["", "   ", "\n\t\r\n", "\u00a0\u200b", "x" * 2_001, "a\0b", "a\u202eb"]
    )
    def test_cas_12_un_commentaire_refuse(self, troupe: Troupe, numero: int, texte: str) -> None:
        agir(Action.ENREGISTRER_RESULTATS, troupe.formateur, numero)
        avant = empreinte_de_la_base()
        with pytest.raises(SaisieInvalide) as refus:
            renvoyer_avec_commentaire(troupe.formateur, numero, version(numero), texte)
        assert refus.value.champs.keys() == {"commentaire"}
        assert empreinte_de_la_base() == avant

    @pytest.mark.parametrize(
        "texte", ["x", "é" * 2_000, "Deux lignes\r\nl'une sur l'autre", "<b>{{7*7}}</b>"]
    )
    def test_un_commentaire_est_garde_tel_quel(self, troupe: Troupe, numero: int, texte: str) -> None:
        renvoyer_avec_commentaire(troupe.formateur, numero, version(numero), f"  {texte}\n")
        renvoyee = lire(numero)
        assert renvoyee.retour_commentaire == texte.replace("\r\n", "\n")
        assert renvoyee.retour_par_id == troupe.formateur.individu_id and renvoyee.retour_le is not None
        assert renvoyee.formateur_id == troupe.formateur.individu_id

    def test_la_banniere_tient_jusqu_a_la_soumission(self, troupe: Troupe, numero: int) -> None:
        agir(Action.RETOUR_COMMENTE, troupe.formateur, numero)
        agir(Action.ENREGISTRER, troupe.gestionnaire, numero)
        assert lire(numero).retour_commentaire is not None
        agir(Action.SOUMETTRE_AU_FORMATEUR, troupe.gestionnaire, numero)
        soumise = lire(numero)
        assert (soumise.retour_commentaire, soumise.retour_par_id, soumise.retour_le) == (None, None, None)

    def test_ce_n_est_pas_ma_session(self, troupe: Troupe, numero: int) -> None:
        refuser_la_session(troupe.formateur, numero, version(numero))
        rendue = lire(numero)
        assert (rendue.formateur_id, rendue.retour_commentaire) == (None, None)
        assert rendue.retour_par_id == troupe.formateur.individu_id
        with pytest.raises(SaisieInvalide) as refus:
            agir(Action.SOUMETTRE_AU_FORMATEUR, troupe.gestionnaire, numero)
        assert refus.value.champs.keys() == {"formateur_id"}


@pytest.mark.parametrize(
    ("depuis", "action", "qui"),
    [
        (Etat.VALIDATION_FORMATEUR, Action.RETOUR_COMMENTE, "formateur"),
        (Etat.VALIDATION_FORMATEUR, Action.PAS_MA_SESSION, "formateur"),
        (Etat.VALIDATION_FORMATEUR, Action.REPRENDRE_SAISIE, "gestionnaire"),
        (Etat.VALIDATION_ENTITE, Action.MODIFIER_SAISIE, "delegataire"),
    ],
)
def test_tout_retour_en_saisie_efface_les_resultats(
    troupe: Troupe, depuis: Etat, action: Action, qui: str
) -> None:
    numero = une_session(troupe.marose, depuis, reussites=1, echecs=1, declarant=troupe.delegataire)
    if depuis is Etat.VALIDATION_FORMATEUR:
        agir(Action.ENREGISTRER_RESULTATS, troupe.formateur, numero)
    agir(action, getattr(troupe, qui), numero)
    assert set(resultats(numero)) == {None}
    assert {s.motif_echec for s in lire(numero).stagiaires} == {None}
    assert lire(numero).resultats_le is None


def test_clore_laisse_un_bilan_anonyme(troupe: Troupe) -> None:
    numero = une_session(troupe.marose, Etat.VALIDATION_FORMATEUR, reussites=2, echecs=1)
    ids = [s.id for s in lire(numero).stagiaires]
    motifs = (MotifEchec.ABSENT, MotifEchec.ABSENT, None)
    envois = {id_: Reponse(ECHEC, motif) for id_, motif in zip(ids, motifs, strict=True)}
    envoyer_resultats(troupe.formateur, numero, version(numero), envois)
    agir(Action.CLORE_SANS_CERTIFICAT, troupe.gestionnaire, numero)
    db.session.rollback()
    bilan = db.session.get_one(Bilan, numero)
    assert (bilan.stagiaires, bilan.reussites, bilan.echecs) == (3, 0, 3)
    assert bilan.motifs_echec == {"absent": 2}
    assert [m["action"] for m in bilan.mouvements] == ["soumettre_au_formateur", "envoyer_resultats"]
    assert {m["le"] for m in bilan.mouvements} == {"2026-06-10"}
