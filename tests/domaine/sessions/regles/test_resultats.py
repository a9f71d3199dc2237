"""R5, R6, R10, R14: results, comments, generation, with worked cases 10 to 12."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certif.domaine import temps
from certif.domaine.erreurs import Refus, SaisieInvalide
from certif.domaine.libelles.sessions import refus
from certif.domaine.sessions.regles import resultats

F = date(2026, 6, 10)


@dataclass
class Stagiaire:
    resultat: str | None
    nom: str = "Dupont"
    prenom: str = "Marie"


def groupe(*donnes: str | None) -> list[Stagiaire]:
    return [Stagiaire(r) for r in donnes]


def generer(stagiaires: list[Stagiaire], jour: date = F) -> None:
    resultats.verifier_generation(jour, F, stagiaires)


def test_cas_10_generer_des_le_premier_instant_de_la_date_de_fin() -> None:
    avant = temps.date_de(datetime(2026, 6, 9, 21, 59, 59, tzinfo=UTC))
    apres = temps.date_de(datetime(2026, 6, 9, 22, 0, 0, tzinfo=UTC))
    with pytest.raises(Refus) as info:
        generer(groupe("reussite"), avant)
    assert info.value.message == "Les certificats pourront être générés à partir du 10/06/2026."
    generer(groupe("reussite"), apres)


def test_cas_11_un_resultat_pour_chacun() -> None:
    with pytest.raises(Refus) as info:
        resultats.verifier_resultats_complets(groupe("reussite", "echec", None))
    assert info.value.message == "1\u00a0stagiaire sans résultat."
    with pytest.raises(Refus) as info:
        resultats.verifier_resultats_complets(groupe(None, None, None))
    assert info.value.message == "3\u00a0stagiaires sans résultat."
    with pytest.raises(Refus):
        generer(groupe("reussite", None))


def test_cas_11_un_certificat_par_reussite() -> None:
    trois = groupe("reussite", "reussite", "echec")
    generer(trois)
    assert resultats.compter(trois) == resultats.Comptes(stagiaires=3, reussites=2, echecs=1)


def test_cas_11_sans_reussite_clore_et_non_generer() -> None:
    with pytest.raises(Refus) as info:
        generer(groupe("echec", "echec"))
    assert "clore la session sans certificat" in info.value.message
    assert resultats.cloture_possible(groupe("echec", "echec"))
    assert not resultats.cloture_possible(groupe("echec", "reussite"))
    assert not resultats.cloture_possible(groupe("echec", None))


def test_r6_noms_non_imprimables_nommes() -> None:
    stagiaires = [
        Stagiaire("reussite"),
        Stagiaire("reussite", nom="李"),
        Stagiaire("echec", nom="李"),
        Stagiaire("reussite", prenom=""),
        Stagiaire("reussite", prenom="😀"),
    ]
    messages = refus.des_stagiaires(resultats.noms_refuses(stagiaires))
    assert len(messages) == 2
    assert messages[0].startswith("李 Marie\u00a0: Cette écriture ne peut pas être imprimée")


@pytest.mark.parametrize(
    ("saisi", "attendu"),
    [
        (("", ""), (None, None)),
        (("reussite", ""), ("reussite", None)),
        (("reussite", "absent"), ("reussite", None)),
        (("echec", ""), ("echec", None)),
        (("echec", "absent"), ("echec", "absent")),
    ],
)
def test_r10_resultat_lu(saisi: tuple[str, str], attendu: tuple[str | None, str | None]) -> None:
    assert resultats.lire_resultat(*saisi) == attendu


@pytest.mark.parametrize(
    ("resultat", "motif"), [("oui", ""), ("REUSSITE", ""), ("null", ""), ("echec", "autre")]
)
def test_r10_resultat_forge(resultat: str, motif: str) -> None:
    with pytest.raises(SaisieInvalide):
        resultats.lire_resultat(resultat, motif)


def test_r10_envoyer_avant_la_fin_avertit() -> None:
    assert "10/06/2026" in (resultats.avertissement_envoi(date(2026, 6, 9), F) or "")
    assert resultats.avertissement_envoi(F, F) is None


@pytest.mark.parametrize("texte", ["", "   ", "\u00a0", "\r\n\t", "\u200b", "\u200b \u200b"])
def test_cas_12_commentaire_de_blancs_refuse(texte: str) -> None:
    with pytest.raises(SaisieInvalide) as info:
        resultats.verifier_commentaire(texte)
    assert info.value.champs["commentaire"]


def test_r5_longueur_du_commentaire() -> None:
    assert resultats.verifier_commentaire(" x ") == "x"
    assert resultats.verifier_commentaire("é" * 2000) == "é" * 2000
    assert resultats.verifier_commentaire("e\u0301" * 2000) == "é" * 2000
    assert len(resultats.verifier_commentaire("a\r\n" * 999 + "ab")) == 2000
    with pytest.raises(SaisieInvalide) as info:
        resultats.verifier_commentaire("x" * 2001)
    assert "2\u00a0000 caractères au plus" in info.value.champs["commentaire"][0]


@pytest.mark.parametrize("texte", ["a\x00b", "a\x1bb", "a\u202eb", "a\ud800b"])
def test_r5_commentaire_hostile(texte: str) -> None:
    with pytest.raises(SaisieInvalide):
        resultats.verifier_commentaire(texte)


def test_r5_commentaire_garde_ses_lignes_et_ses_signes() -> None:
    texte = 'Ligne 1\n<b>Bob</b> & "{{7*7}}"\n\u00a0😀 fin'
    assert resultats.verifier_commentaire(texte) == texte


@given(st.text())
def test_r5_un_commentaire_quelconque_est_accepte_ou_refuse(texte: str) -> None:
    try:
        garde = resultats.verifier_commentaire(texte)
    except SaisieInvalide:
        return
    assert 1 <= len(garde) <= 2000 and "\r" not in garde


def test_r14_motif_d_annulation() -> None:
    assert resultats.verifier_motif_annulation("identite") == ("identite", "")
    assert resultats.verifier_motif_annulation("autre", " vu ") == ("autre", "vu")
    with pytest.raises(SaisieInvalide) as info:
        resultats.verifier_motif_annulation("")
    assert "motif" in info.value.champs
    with pytest.raises(SaisieInvalide) as info:
        resultats.verifier_motif_annulation("fraude", "x" * 501)
    assert info.value.champs.keys() == {"precisions"}
    assert resultats.verifier_motif_annulation("tort", "x" * 500) == ("tort", "x" * 500)
    with pytest.raises(SaisieInvalide) as info:
        resultats.verifier_motif_annulation("IDENTITE", "\u202e")
    assert info.value.champs.keys() == {"motif", "precisions"}
