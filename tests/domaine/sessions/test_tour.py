"""Whose turn it is, for each viewer, and what is "à traiter"."""

from datetime import date

import pytest

from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.regles import delais
from certif.domaine.sessions.tour import Situation, tour

S, VF, VE, G, CG = Etat
FENETRE = delais.fenetre(date(2026, 6, 10))
F = date(2026, 6, 10)


def situation(etat: Etat, role: str = "gestionnaire", **autres: object) -> Situation:
    donnees: dict[str, object] = {
        "aujourd_hui": F,
        "date_fin": F,
        "entite": "FORMATION GUY",
        "declarant": "Karine PARIS",
        "formateur": "R. Stéphanie",
        **autres,
    }
    return Situation(etat=etat, role=role, **donnees)  # type: ignore[arg-type]


REFUS = (
    "Aucune habilitation SST / 1 ne couvre le 10/06/2026 (la dernière a pris fin le 31/05/2026). Demandez…"
)


@pytest.mark.parametrize(
    ("vue", "texte", "a_moi"),
    [
        (situation(S, declaree_par_moi=True), "À vous : compléter et soumettre", True),
        (situation(S, declaree_par_moi=True, vide=True), "Rien n’y est encore saisi", False),
        (situation(S, retournee=True), "À vous : corriger (retour du formateur)", True),
        (situation(S), "Au tour de Karine PARIS", False),
        (
            situation(S, declarant_parti=True),
            "À vous : compléter et soumettre, ou confier à quelqu’un",
            True,
        ),
        (situation(S, "formateur"), "Au tour de FORMATION GUY", False),
        (
            situation(VF, formateur_empeche=True, bloquee="Non."),
            "Bloquée : non. À vous : reprendre la saisie",
            True,
        ),
        (situation(VF, formateur_empeche=True), "À vous : reprendre la saisie", True),
        (situation(VF, "formateur", formateur_empeche=True, bloquee="Non."), "Bloquée : non", False),
        (situation(VF, soumise_le=date(2026, 6, 7)), "Au tour de R. Stéphanie depuis 3 jours", False),
        (situation(VF, soumise_le=F), "Au tour de R. Stéphanie", False),
        (situation(VF, "formateur"), "À vous : renseigner les résultats", True),
        (situation(VE), "À vous : vérifier et générer", True),
        (situation(VE, aujourd_hui=date(2026, 6, 9)), "À générer à partir du 10/06/2026", False),
        (situation(VE, "formateur"), "Au tour de FORMATION GUY", False),
        (situation(G, faits=8, total=12), "8 certificats sur 12, rien à faire", False),
        (situation(G, faits=1, total=12), "1 certificat sur 12, rien à faire", False),
        (situation(G, faits=11, total=12, echecs=1), "À vous : 1 certificat à relancer", True),
        (situation(G, faits=10, total=12, echecs=2), "À vous : 2 certificats à relancer", True),
        (situation(G, "formateur", faits=8, total=12), "Rien à faire", False),
        (situation(CG, "formateur"), "Terminée", False),
    ],
)
def test_a_qui_le_tour(vue: Situation, texte: str, a_moi: bool) -> None:
    obtenu = tour(vue)
    assert (obtenu.texte.replace("\u00a0", " "), obtenu.a_moi) == (texte, a_moi)


def test_cas_6_bloquee_apres_un_retrait_retroactif() -> None:
    attendu = (
        "Bloquée\u00a0: aucune habilitation SST / 1 ne couvre le 10/06/2026 "
        "(la dernière a pris fin le 31/05/2026)"
    )
    assert tour(situation(VE, bloquee=REFUS)).texte == attendu
    assert tour(situation(VE, bloquee=REFUS)).a_moi
    assert tour(situation(VF, bloquee=REFUS)).texte == attendu
    assert tour(situation(VF, "formateur", bloquee=REFUS)).texte == attendu


@pytest.mark.parametrize(
    ("aujourd_hui", "telecharge_le", "texte", "a_moi"),
    [
        (date(2026, 4, 11), None, "À vous : télécharger jusqu’au 26/04/2026 inclus", True),
        (date(2026, 4, 26), None, "À vous : télécharger jusqu’au 26/04/2026 inclus", True),
        (date(2026, 4, 27), None, "Téléchargement terminé ; suppression le 27/04", False),
        (date(2026, 4, 12), date(2026, 4, 12), "Téléchargés le 12/04 ; suppression le 27/04", False),
    ],
)
def test_certificats_generes(aujourd_hui: date, telecharge_le: date | None, texte: str, a_moi: bool) -> None:
    vue = situation(CG, aujourd_hui=aujourd_hui, genere_le=date(2026, 4, 11), telecharge_le=telecharge_le)
    obtenu = tour(vue)
    assert (obtenu.texte.replace("\u00a0", " "), obtenu.a_moi) == (texte, a_moi)


def test_r14_certificats_tous_annules() -> None:
    for telecharge_le in (None, date(2026, 4, 12)):
        vue = situation(CG, genere_le=date(2026, 4, 11), telecharge_le=telecharge_le, annulee=True)
        obtenu = tour(vue)
        attendu = ("Certificats annulés ; suppression le 27/04", False)
        assert (obtenu.texte.replace("\u00a0", " "), obtenu.a_moi) == attendu


@pytest.mark.parametrize("etat", list(Etat))
def test_une_session_est_au_plus_au_tour_d_un_seul_cote(etat: Etat) -> None:
    vues = [tour(situation(etat, role, declaree_par_moi=True)) for role in ("gestionnaire", "formateur")]
    assert sum(v.a_moi for v in vues) <= 1


@pytest.mark.parametrize(
    ("jour", "texte"),
    [
        (date(2026, 3, 9), "À vous : compléter, et soumettre à partir du 10/03/2026"),
        (date(2026, 3, 10), "À vous : compléter et soumettre"),
        (date(2026, 7, 10), "À vous : compléter et soumettre"),
        (date(2026, 7, 11), "À vous : supprimer, ou changer la date de fin (délai du 10/07/2026 dépassé)"),
    ],
)
def test_r1_un_brouillon_hors_delai_ne_promet_pas_d_etre_soumis(jour: date, texte: str) -> None:
    a_moi = tour(situation(S, aujourd_hui=jour, declaree_par_moi=True, fenetre=FENETRE))
    assert (a_moi.texte.replace("\u00a0", " "), a_moi.a_moi) == (texte, True)
    assert tour(situation(S, aujourd_hui=jour, fenetre=FENETRE)).texte == "Au tour de Karine PARIS"


def test_r1_une_session_revenue_se_juge_au_jour_de_sa_soumission() -> None:
    vue = situation(S, aujourd_hui=date(2026, 9, 1), declaree_par_moi=True, fenetre=None)
    assert tour(vue).texte.replace("\u00a0", " ") == "À vous : compléter et soumettre"


@pytest.mark.parametrize("role", ["gestionnaire", "formateur"])
@pytest.mark.parametrize(
    ("etat", "dit"), [(S, True), (VF, True), (VE, True), (G, False), (CG, False)], ids=str
)
def test_r17_rien_n_est_a_personne_dans_une_entite_suspendue(role: str, etat: Etat, dit: bool) -> None:
    obtenu = tour(situation(etat, role, suspendue=True, declaree_par_moi=True, retournee=True, bloquee=REFUS))
    assert (obtenu.texte == "FORMATION GUY est suspendue\u00a0: rien ne peut être modifié") is dit
    assert not (dit and obtenu.a_moi)


def test_r17_ses_certificats_en_echec_ne_se_relancent_pas_mais_se_telechargent() -> None:
    assert not tour(situation(G, suspendue=True, echecs=1, total=2, faits=1)).a_moi
    assert tour(situation(CG, suspendue=True, genere_le=F)).a_moi


def test_r5_sans_reussite_on_clot() -> None:
    assert tour(situation(VE, sans_reussite=True)).texte == "À vous\u00a0: clore sans certificat"
    veille = tour(situation(VE, sans_reussite=True, aujourd_hui=date(2026, 6, 9)))
    assert (veille.texte, veille.a_moi) == ("À clore sans certificat", False)
