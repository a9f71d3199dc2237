"""R12: the trainees of a session, with worked cases 17 and 18; what a draft lacks."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certif.domaine.erreurs import SaisieInvalide
from certif.domaine.sessions.regles import completude, inscription
from tests.domaine.sessions.regles.stagiaires import Personne

F = date(2026, 6, 10)


def champs_refuses(*saisie: str, **options: Any) -> set[str]:
    with pytest.raises(SaisieInvalide) as info:
        inscription.verifier_stagiaire(saisie[0], saisie[1], saisie[2], F, **options)
    return set(info.value.champs)


def test_r12_identite_lue() -> None:
    lue = inscription.verifier_stagiaire(" Dupont ", "Éloïse", "29/02/2000", F)
    assert lue == inscription.Identite("Dupont", "Éloïse", date(2000, 2, 29), "dupont", "eloise")
    assert inscription.affiche(lue) == "DUPONT Éloïse"


def test_r12_date_absente_admise_au_brouillon() -> None:
    assert inscription.verifier_stagiaire("Dupont", "Marie", "", F).date_naissance is None
    assert inscription.verifier_stagiaire("Dupont", "Marie", None, F).date_naissance is None
    assert inscription.verifier_stagiaire("Dupont", "Marie", date(1980, 1, 1)).date_naissance == date(
        1980, 1, 1
    )


def test_r12_un_seul_nom() -> None:
    assert inscription.verifier_stagiaire("Suharto", "", "", F, un_seul_nom=True).prenom == ""
    assert champs_refuses("Suharto", "", "") == {"prenom"}
    assert champs_refuses("Suharto", "Jo", "", un_seul_nom=True) == {"prenom"}


def test_r12_toutes_les_erreurs_a_la_fois() -> None:
    assert champs_refuses("", "a/b", "31/02/1990") == {"nom", "prenom", "date_naissance"}


@pytest.mark.parametrize(
    ("date_naissance", "acceptee"),
    [
        ("01/01/1900", True),
        ("31/12/1899", False),
        ("09/06/2026", True),
        ("10/06/2026", False),
        ("11/06/2026", False),
        ("31/02/1990", False),
        ("29/02/2000", True),
    ],
)
def test_r12_cas_18_bornes_de_la_naissance(date_naissance: str, acceptee: bool) -> None:
    if acceptee:
        inscription.verifier_stagiaire("Dupont", "Marie", date_naissance, F)
    else:
        assert champs_refuses("Dupont", "Marie", date_naissance) == {"date_naissance"}


def test_r12_bornes_de_la_naissance_pour_une_date() -> None:
    assert inscription.refus_naissance(date(1899, 12, 31), None)
    assert inscription.refus_naissance(date(1900, 1, 1), None) is None
    assert inscription.refus_naissance(date(2050, 1, 1), None) is None


def test_cas_17_meme_personne_deux_fois() -> None:
    premiere, seconde = Personne("DUPONT-DURAND", "Éloïse"), Personne("Dupont Durand", "ELOISE")
    with pytest.raises(SaisieInvalide) as info:
        inscription.verifier_nouveau(seconde, [premiere])
    assert info.value.champs["nom"] == [
        "DUPONT DURAND ELOISE figure déjà dans cette session, avec la même date de naissance."
    ]
    assert inscription.confondus([premiere, Personne("Martin"), seconde]) == [[premiere, seconde]]
    assert inscription.doublon_de(seconde, [premiere]) is premiere


def test_r12_homonymes_nes_un_autre_jour_ou_sans_date() -> None:
    premiere = Personne("Dupont")
    inscription.verifier_nouveau(Personne("Dupont", date_naissance=date(1980, 2, 2)), [premiere])
    inscription.verifier_nouveau(
        Personne("Dupont", date_naissance=None), [Personne("Dupont", date_naissance=None)]
    )
    # The keys stay apart: a nom is not a prénom.
    assert not inscription.meme_personne(Personne("Martin", "Paul"), Personne("Paul", "Martin"))


def test_r5_le_formateur_n_est_pas_stagiaire() -> None:
    with pytest.raises(SaisieInvalide) as info:
        inscription.verifier_nouveau(Personne("dupont", "marie"), [], formateur=Personne("DUPONT", "Marie"))
    assert "formateur" in info.value.champs["nom"][0]


def test_r12_age() -> None:
    assert inscription.age_au(date(2010, 6, 10), F) == 16
    assert inscription.age_au(date(2010, 6, 11), F) == 15
    assert inscription.age_au(date(2008, 2, 29), date(2026, 2, 28)) == 17


@given(st.text(), st.text(), st.text())
def test_r12_une_saisie_quelconque_est_lue_ou_refusee(nom: str, prenom: str, naissance: str) -> None:
    try:
        lue = inscription.verifier_stagiaire(nom, prenom, naissance, F)
    except SaisieInvalide as info:
        assert set(info.champs) <= {"nom", "prenom", "date_naissance"}
    else:
        assert lue.cle_nom and lue.cle_prenom


@dataclass
class Session:
    niveau_id: int | None = 1
    certificat_id: int | None = 1
    lieu_type: str | None = "france"
    code_postal: str | None = "26800"
    ville: str | None = "ETOILE SUR RHONE"
    pays: str | None = None
    plateforme_id: int | None = None
    identification: str | None = "initial"
    date_fin: date | None = F
    formateur_id: int | None = 1
    formateur: Personne | None = field(default_factory=lambda: Personne("Formateur"))
    verification_a_relancer: str | None = None
    stagiaires: list[Personne] = field(default_factory=lambda: [Personne("Dupont")])


def test_r5_une_session_complete_ne_manque_de_rien() -> None:
    assert completude.manques(Session()) == {}
    assert completude.manques(Session(lieu_type="etranger", code_postal=None, ville="Liège", pays="BE")) == {}
    plateforme = Session(lieu_type="plateforme", code_postal=None, ville=None, plateforme_id=3)
    assert completude.manques(plateforme) == {}


def test_r5_une_session_vide_manque_de_tout() -> None:
    vide = Session(*[None] * 10, formateur=None, stagiaires=[])  # type: ignore[arg-type, misc]
    trouves = completude.manques(vide)
    assert list(trouves) == [
        "niveau_id",
        "certificat_id",
        "lieu_type",
        "identification",
        "date_fin",
        "formateur_id",
        "stagiaires",
    ]
    assert trouves["certificat_id"] == "Le certificat doit être renseigné."
    assert trouves["lieu_type"] == "Le lieu de formation doit être renseigné."
    onglets = completude.manques_par_onglet(trouves)
    assert {onglet: len(champs) for onglet, champs in onglets.items()} == {
        "session": 5,
        "formateur": 1,
        "stagiaires": 1,
    }


@pytest.mark.parametrize(
    ("session_certif", "champ", "extrait"),
    [
        (Session(code_postal=None), "code_postal", "code postal"),
        (Session(ville=""), "ville", "ville"),
        (Session(lieu_type="etranger"), "pays", "pays"),
        (Session(lieu_type="plateforme"), "plateforme_id", "plateformes"),
        (Session(verification_a_relancer="date_fin"), "formateur_id", "la date de fin de session a changé"),
        (Session(verification_a_relancer="niveau"), "formateur_id", "le dispositif ou le niveau a changé"),
        (Session(formateur_id=None), "formateur_id", "Indiquer le N°"),
        (Session(stagiaires=[]), "stagiaires", "au moins un stagiaire"),
        (
            Session(stagiaires=[Personne("Dupont", date_naissance=None)]),
            "stagiaires",
            "naissance de DUPONT Marie",
        ),
        (Session(stagiaires=[Personne("Dupont", date_naissance=F)]), "stagiaires", "DUPONT Marie"),
        (Session(stagiaires=[Personne("Dupont"), Personne("dupont")]), "stagiaires", "Marie et DUPONT"),
        (Session(stagiaires=[Personne("formateur")]), "stagiaires", "est le formateur"),
    ],
)
def test_r5_un_manque_se_dit_a_son_champ(session_certif: Session, champ: str, extrait: str) -> None:
    trouves = completude.manques(session_certif)
    assert list(trouves) == [champ]
    assert extrait in trouves[champ]


def test_r5_tout_ce_qui_manque_aux_stagiaires_se_dit_d_un_coup() -> None:
    stagiaires = [
        Personne("Dupont", date_naissance=None),
        Personne("Leroy", date_naissance=None),
        Personne("Blanc", date_naissance=F),
        Personne("Noir", date_naissance=F),
        Personne("formateur"),
        Personne("Petit-Roux"),
        Personne("PETIT ROUX", "marie"),
    ]
    dit = completude.manques(Session(stagiaires=stagiaires))["stagiaires"]
    assert "Les dates de naissance de DUPONT Marie et LEROY Marie doivent" in dit
    assert "BLANC Marie et NOIR Marie\u00a0: La date de naissance doit précéder" in dit
    assert "FORMATEUR Marie est le formateur" in dit
    assert "PETIT-ROUX Marie et PETIT ROUX marie\u00a0: leurs noms" in dit


def test_r5_au_dela_de_vingt_les_noms_sont_comptes() -> None:
    stagiaires = [Personne(nom, date_naissance=None) for nom in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    dit = completude.manques(Session(stagiaires=stagiaires))["stagiaires"]
    assert "T Marie et 6\u00a0autres doivent" in dit and "U Marie" not in dit


def test_r12_doublons_ensemble_et_eux_seuls() -> None:
    a, b, c = Personne("Dupont"), Personne("DUPONT"), Personne("Dupont", date_naissance=None)
    assert inscription.confondus([a, Personne("Leroy"), b, c, c]) == [[a, b]]
