"""R3 and R4: the four checks of a formateur and the search, with worked cases 7 to 9."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certif.domaine.erreurs import SaisieInvalide
from certif.domaine.libelles.sessions import droits
from certif.domaine.noms import cle
from certif.domaine.personnes.regles import lire_numero_forprev
from certif.domaine.sessions.regles import designation

F = date(2026, 6, 10)


@dataclass
class Niveau:
    id: int = 1
    libelle: str = "SST / 1"


@dataclass
class Qualification:
    debut: date = date(2024, 1, 1)
    fin: date = date(2026, 12, 31)
    niveau_id: int = 1
    retrait_le: date | None = None


def verdicts(
    *qualifications: Qualification,
    trouvee: bool = True,
    role: bool = True,
    date_fin: date = F,
    jour: date | None = None,
) -> list[designation.Verdict]:
    return designation.verifier_formateur(
        trouvee=trouvee,
        role_actif=role,
        qualifications=qualifications,
        niveau=Niveau(),
        date_fin=date_fin,
        aujourd_hui=jour,
    )


def test_r3_quatre_reussites() -> None:
    obtenus = verdicts(Qualification())
    assert [v.numero for v in obtenus] == [1, 2, 3, 4]
    assert all(v.reussi for v in obtenus) and designation.accepte(obtenus)
    assert [v.message for v in obtenus] == [
        "Personne trouvée.",
        "Rôle formateur actif.",
        "Qualification SST / 1 détenue.",
        "Qualification valable à la date de fin de session (jusqu’au 31/12/2026).",
    ]
    conclusion = designation.conclusion(obtenus, "Dupont", "Stéphanie", "STE10001")
    assert conclusion is not None
    assert "DUPONT Stéphanie (STE10001) peut être déclarée comme formateur de cette session." in conclusion


def test_r3_un_retrait_compte_des_son_jour_et_du_premier_jour_il_ne_reste_rien() -> None:
    assert designation.accepte(verdicts(Qualification(retrait_le=date(2026, 6, 11))))
    refus_du_jour = designation.premier_refus(verdicts(Qualification(retrait_le=F)))
    assert refus_du_jour is not None and "a pris fin le 09/06/2026" in refus_du_jour
    jamais = verdicts(Qualification(retrait_le=date(2024, 1, 1)))
    assert designation.premier_refus(jamais) == droits.qualification_absente("SST / 1")
    assert designation.accepte(verdicts(Qualification(retrait_le=date(2024, 1, 1)), Qualification()))


@pytest.mark.parametrize(
    ("cas", "rang", "message"),
    [
        (
            {"trouvee": False, "role": False},
            0,
            "Aucune personne ne correspond. Vérifiez le N°\u00a0Forprev, "
            "ou le nom, le prénom et la date de naissance.",
        ),
        ({"role": False}, 1, "Cette personne n’a pas de rôle formateur actif."),
        ({}, 2, "Ce formateur n’a pas la qualification requise (SST / 1)."),
    ],
)
def test_r3_s_arrete_au_premier_echec(cas: dict[str, Any], rang: int, message: str) -> None:
    obtenus = verdicts(**cas)
    assert obtenus[rang].message == message and obtenus[rang].reussi is False
    assert all(v.reussi for v in obtenus[:rang])
    assert all((v.reussi, v.message) == (None, "Non vérifié") for v in obtenus[rang + 1 :])
    assert designation.premier_refus(obtenus) == message
    assert designation.conclusion(obtenus, "Dupont", "Stéphanie", "STE10001") is None


def test_cas_7_qualification_jusqu_a_la_date_de_fin() -> None:
    jusqu_au_10 = Qualification(fin=F)
    assert designation.accepte(verdicts(jusqu_au_10))
    refuse = verdicts(jusqu_au_10, date_fin=date(2026, 6, 11))
    assert designation.premier_refus(refuse) == (
        "Sa qualification SST / 1 a pris fin le 10/06/2026\u00a0; la session se termine le 11/06/2026."
    )
    relancer = droits.verification_a_relancer("date_fin")
    assert relancer == "Vérification à relancer\u00a0: la date de fin de session a changé."


def test_r3_qualification_qui_prendra_fin() -> None:
    futurs = verdicts(Qualification(fin=F), date_fin=date(2026, 6, 11), jour=date(2026, 6, 1))
    assert "prend fin le 10/06/2026" in (designation.premier_refus(futurs) or "")


def test_r3_qualification_a_venir() -> None:
    assert designation.premier_refus(verdicts(Qualification(debut=date(2026, 6, 15)))) == (
        "Sa qualification SST / 1 ne commence que le 15/06/2026\u00a0; la session se termine le 10/06/2026."
    )


def test_r3_une_autre_qualification_ne_compte_pas() -> None:
    obtenus = verdicts(Qualification(niveau_id=2))
    assert obtenus[2].message == droits.qualification_absente("SST / 1")


def test_r3_de_plusieurs_une_qui_couvre_suffit() -> None:
    obtenus = verdicts(
        Qualification(fin=date(2025, 1, 1)), Qualification(), Qualification(fin=date(2027, 3, 1))
    )
    assert obtenus[3].message.endswith("(jusqu’au 01/03/2027).")


def test_r3_entre_deux_qualifications() -> None:
    obtenus = verdicts(Qualification(fin=date(2026, 5, 1)), Qualification(debut=date(2026, 7, 1)))
    assert "a pris fin le 01/05/2026" in obtenus[3].message


@pytest.mark.parametrize("texte", [" jka37899 ", "JKA37899", "\u00a0Jka37899\n"])
def test_cas_8_numero_lu(texte: str) -> None:
    assert lire_numero_forprev(texte) == "JKA37899"


@pytest.mark.parametrize(
    "texte",
    [
        "JK37899",
        "JKA3789٣",
        "JKA3789²",
        "JKA378999",
        "",
        "ıKA37899",
        "ſKA37899",
        "JKA 37899",
        "1e9",
        "9" * 400,
        "JKA37899\x00",
    ],
)
def test_cas_8_numero_refuse(texte: str) -> None:
    with pytest.raises(SaisieInvalide) as info:
        lire_numero_forprev(texte)
    assert "trois lettres et cinq chiffres" in info.value.champs["numero"][0]


def test_cas_8_sans_role_rien_n_est_dit_des_qualifications() -> None:
    obtenus = verdicts(Qualification(), role=False)
    assert obtenus[1].message == "Cette personne n’a pas de rôle formateur actif."
    assert [v.message for v in obtenus[2:]] == ["Non vérifié", "Non vérifié"]


@given(st.text())
def test_r4_un_numero_quelconque_est_lu_ou_refuse(texte: str) -> None:
    try:
        numero = lire_numero_forprev(texte)
    except SaisieInvalide:
        return
    assert len(numero) == 8 and numero.isascii() and numero.isupper()


def test_cas_9_recherche_par_identite() -> None:
    lue = designation.lire_recherche("", "lefevre", "helene", "01/02/1980")
    assert (lue.cle_nom, lue.cle_prenom) == (cle("LEFÈVRE"), cle("Hélène"))
    assert lue.date_naissance == date(1980, 2, 1) and lue.numero is None and lue.par_identite
    assert designation.lire_recherche("", "delatour", "Jo", "01/02/1980").cle_nom == cle("De La Tour")


def test_cas_9_homonymes_puis_numero() -> None:
    assert droits.HOMONYMES == "Plusieurs personnes correspondent. Saisissez le N°\u00a0Forprev du formateur."
    lue = designation.lire_recherche("jka37899", "", " ", "")
    assert lue.numero == "JKA37899" and not lue.par_identite
    les_deux = designation.lire_recherche("jka37899", "Martin", "Jean", "01/02/1980")
    assert les_deux.numero == "JKA37899" and les_deux.par_identite


@pytest.mark.parametrize(
    ("saisie", "champs"),
    [
        (("", "", "", ""), {"numero"}),
        (("\u00a0", " ", "", ""), {"numero"}),
        (("", "Martin", "", ""), {"prenom", "date_naissance"}),
        (("", "", "Jean", "01/02/1980"), {"nom"}),
        (("JKA37899", "Martin", "Jean", ""), {"date_naissance"}),
        (("JKA", "Martin", "李", "31/02/1980"), {"numero", "prenom", "date_naissance"}),
    ],
)
def test_r4_recherche_incomplete_ou_malformee(saisie: tuple[str, str, str, str], champs: set[str]) -> None:
    with pytest.raises(SaisieInvalide) as info:
        designation.lire_recherche(*saisie)
    assert set(info.value.champs) == champs
