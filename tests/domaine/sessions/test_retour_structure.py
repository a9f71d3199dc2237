"""R5: a retour names what is to be corrected, beside its comment or instead; done line by line."""

from dataclasses import replace
from datetime import date

import pytest

from certif.domaine.erreurs import Introuvable, SaisieInvalide
from certif.domaine.sessions.actions import saisie
from certif.domaine.sessions.actions.corrections import Applique, appliquer
from certif.domaine.sessions.actions.demandes_du_retour import Demandes
from certif.domaine.sessions.actions.resultats import renvoyer_avec_commentaire
from certif.domaine.sessions.actions.stagiaires import IdentiteSaisie, identite_saisie, modifier_stagiaire
from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.propositions import est_faite
from certif.domaine.sessions.valeurs import GenreProposition as Genre
from tests.support.factories import un_stagiaire, une_session, version
from tests.support.invariants import empreinte_de_la_base
from tests.support.moves import Troupe, agir, etat, lignes, lire

LOU = IdentiteSaisie("Garnier", "Lou", "28/02/1999")


@pytest.fixture
def numero(troupe: Troupe) -> int:
    groupe = [un_stagiaire("Bernard"), un_stagiaire("Petit"), un_stagiaire("Roux")]
    return une_session(troupe.marose, Etat.VALIDATION_FORMATEUR, stagiaires=groupe)


def renvoyer(troupe: Troupe, numero: int, commentaire: str = "", demandes: Demandes | None = None) -> None:
    renvoyer_avec_commentaire(troupe.formateur, numero, version(numero), commentaire, demandes)


def tout(numero: int) -> Demandes:
    """One of each kind: Lou to add, Petit to take out, the session a day earlier."""
    retraits = frozenset({lire(numero).stagiaires[1].id})
    return Demandes([LOU], retraits, {"date_fin": "09/06/2026", "lieu": "69003 Lyon"})


def etats(numero: int) -> dict[tuple[str, str], bool]:
    """By kind and field, whether it stands."""
    s = lire(numero)
    return {(p.genre.value, p.champ): est_faite(s, p) for p in s.propositions}


def test_ni_commentaire_ni_demande_n_est_pas_un_retour(troupe: Troupe, numero: int) -> None:
    avant = empreinte_de_la_base()
    pour_rien = Demandes(
        [IdentiteSaisie()], session={"date_fin": "10/06/2026", "lieu": " ", "certificat": "sst-1"}
    )
    for commentaire in ("", " \n\u200b"):
        with pytest.raises(SaisieInvalide) as refus:
            renvoyer(troupe, numero, commentaire, pour_rien)
        assert refus.value.champs.keys() == {"commentaire"}
    assert empreinte_de_la_base() == avant


def test_une_demande_suffit(troupe: Troupe, numero: int) -> None:
    renvoyer(troupe, numero, demandes=Demandes([LOU]))
    assert etat(numero) is Etat.SAISIE and lire(numero).retour_commentaire == ""
    assert lignes(numero)[-1].detail == "1\u00a0correction demandée"
    assert "Lou" not in lignes(numero)[-1].detail


def test_une_correction_a_cote_d_un_stagiaire_suffit_aussi(troupe: Troupe, numero: int) -> None:
    qui = lire(numero).stagiaires[0]
    corrections = {qui.id: replace(identite_saisie(qui), nom="Bernarde")}
    renvoyer_avec_commentaire(troupe.formateur, numero, version(numero), "", None, corrections)
    assert etats(numero) == {("corriger", "nom"): False}


def test_tout_ce_qui_est_faux_est_dit_a_la_fois_et_rien_ne_part(troupe: Troupe, numero: int) -> None:
    avant = empreinte_de_la_base()
    fausses = Demandes(
        [
            LOU,
            IdentiteSaisie("", "Ali", "31/02/1990"),
            replace(LOU, nom="GARNIER"),
            identite_saisie(lire(numero).stagiaires[0]),
        ],
        session={"date_fin": "09/06/26", "lieu": "x" * 201},
    )
    with pytest.raises(SaisieInvalide) as refus:
        renvoyer(troupe, numero, "", fausses)
    assert refus.value.champs.keys() == {
        "ajout-nom-2",
        "ajout-date_naissance-2",
        "ajout-nom-3",
        "ajout-nom-4",
        "session-date_fin",
        "session-lieu",
    }
    assert empreinte_de_la_base() == avant


def test_retirer_quelqu_un_d_ailleurs(troupe: Troupe, numero: int) -> None:
    with pytest.raises(Introuvable):
        renvoyer(troupe, numero, "", Demandes(retraits=frozenset({987654})))


def test_le_meme_retour_deux_fois(troupe: Troupe, numero: int) -> None:
    vue, demandes = version(numero), tout(numero)
    renvoyer_avec_commentaire(troupe.formateur, numero, vue, "", demandes)
    apres = empreinte_de_la_base()
    with pytest.raises(Introuvable):  # back in saisie, it is no more theirs to open: nothing is done again
        renvoyer_avec_commentaire(troupe.formateur, numero, vue + 1, "", demandes)
    renvoyer_avec_commentaire(troupe.formateur, numero, vue, "", demandes)
    assert empreinte_de_la_base() == apres


def test_chaque_ligne_se_fait_en_un_geste_et_la_verite_la_coche(troupe: Troupe, numero: int) -> None:
    renvoyer(troupe, numero, demandes=tout(numero))
    assert set(etats(numero).values()) == {False}
    par_genre = {p.genre: p.id for p in lire(numero).propositions if p.genre is not Genre.SESSION}
    for genre, identifiant in par_genre.items():
        vue = version(numero)
        fait = appliquer(troupe.gestionnaire, numero, vue, identifiant)
        assert isinstance(fait, Applique) is (genre is Genre.RETIRER)
        appliquer(troupe.gestionnaire, numero, vue, identifiant)
        assert version(numero) == vue + 1, "the same tap twice does it once"
    saisie.enregistrer(troupe.gestionnaire, numero, version(numero), {"date_fin": "09/06/2026"})
    assert etats(numero) == {
        ("ajouter", ""): True,
        ("retirer", ""): True,
        ("session", "date_fin"): True,
        ("session", "lieu"): False,
    }
    assert [(s.nom, s.date_naissance) for s in lire(numero).stagiaires][1] == ("Garnier", date(1999, 2, 28))


def test_un_champ_de_la_session_ne_s_applique_pas_d_un_geste(troupe: Troupe, numero: int) -> None:
    renvoyer(troupe, numero, demandes=Demandes(session={"identification": "maj"}))
    (demandee,) = lire(numero).propositions
    assert demandee.valeur == "Stage de mise à jour des compétences"
    with pytest.raises(Introuvable):
        appliquer(troupe.gestionnaire, numero, version(numero), demandee.id)
    saisie.enregistrer(troupe.gestionnaire, numero, version(numero), {"identification": "maj"})
    assert etats(numero) == {("session", "identification"): True}


def test_un_ajout_sans_date_reste_fait_une_fois_la_date_saisie(troupe: Troupe, numero: int) -> None:
    renvoyer(troupe, numero, demandes=Demandes([replace(LOU, date_naissance="")]))
    appliquer(troupe.gestionnaire, numero, version(numero), lire(numero).propositions[0].id)
    ajoute = lire(numero).stagiaires_saisis[-1]
    assert ajoute.date_naissance is None and etats(numero) == {("ajouter", ""): True}
    modifier_stagiaire(troupe.gestionnaire, numero, version(numero), ajoute.id, LOU)
    assert etats(numero) == {("ajouter", ""): True}


def test_la_soumission_suivante_n_en_garde_rien(troupe: Troupe, numero: int) -> None:
    renvoyer(troupe, numero, demandes=tout(numero))
    agir(Action.SOUMETTRE_AU_FORMATEUR, troupe.gestionnaire, numero)
    assert lire(numero).propositions == []
