"""Lists as people paste them, each clumsy in its own way: every person right, or named as wrong."""

from datetime import date

import pytest

from certif.domaine.sessions.inscriptions.colonnes import reconnaitre
from certif.domaine.sessions.inscriptions.decoupe import decouper
from certif.domaine.sessions.inscriptions.examen import Cadre, Examen, Verdict, examiner
from certif.domaine.sessions.inscriptions.lecture import Liste

AUJOURD_HUI = date(2026, 11, 28)
MARIE, PAUL, ANNE = "DUPONT Marie 14/02/1990", "LEROY Paul 01/03/1985", "de LA TOUR Anne 28/11/1979"


def lue(texte: str) -> tuple[Liste, Examen]:
    table = decouper(texte)
    liste = Liste(table, reconnaitre(table.rangees, AUJOURD_HUI))
    return liste, examiner(liste, Cadre([], date(2026, 12, 15), None, None, AUJOURD_HUI))


def bonnes(examen: Examen) -> list[str]:
    return [
        f"{i.nom} {i.prenom} {i.date_naissance:%d/%m/%Y}" if i.date_naissance else f"{i.nom} {i.prenom}"
        for ligne in examen.a_ecrire
        if (i := ligne.identite)
    ]


def nommees(examen: Examen) -> dict[int, str]:
    return {ligne.numero: ligne.verdict.value for ligne in examen.lignes if ligne not in examen.a_ecrire}


CORRIGER, LAISSEE, LA = Verdict.A_CORRIGER.value, Verdict.LAISSEE.value, Verdict.DEJA_LA.value

COLLEES: dict[str, tuple[str, list[str], dict[int, str]]] = {
    "a spreadsheet with headings": (
        "Nom\tPrénom\tDate de naissance\nDUPONT\tMarie\t14/02/1990\nLEROY\tPaul\t1/3/1985\n",
        [MARIE, PAUL],
        {},
    ),
    "no headings, the given name first": (
        "Marie\tDupont\t14/02/1990\nPaul\tLeroy\t1/3/1985\n",
        ["Dupont Marie 14/02/1990", "Leroy Paul 01/03/1985"],
        {},
    ),
    "a mail, with its greeting and its signature": (
        "Bonjour Karine,\n\nVoici les stagiaires :\n\n- DUPONT Marie, née le 14/02/1990\n"
        "- M. Paul LEROY né le 1/3/1985\n- Mme de LA TOUR Anne née le 28.11.1979 à Lyon\n\nCordialement,\n"
        "Sophie\n06 12 34 56 78\n",
        [MARIE, PAUL, ANNE],
        {1: LAISSEE, 3: LAISSEE, 9: LAISSEE, 10: LAISSEE, 11: LAISSEE},
    ),
    "an answer that quotes": (
        "> DUPONT Marie 14/02/1990\n> LEROY Paul 01/03/1985\n> PETIT Luc\n",
        [MARIE, PAUL],
        {3: CORRIGER},
    ),
    "numbered, years of two digits": (
        "1. Marie DUPONT 14/02/90\n2) Paul LEROY 01/03/85\n3 - Jean-Pierre de la TOUR 28/11/79\n",
        [],
        {1: CORRIGER, 2: CORRIGER, 3: CORRIGER},
    ),
    "the text of a PDF, its headings on each page": (
        "N°   NOM          PRENOM      DATE DE NAISSANCE\n1    DUPONT       MARIE       14/02/1990\n"
        "2    LE GOFF      YANN        01/03/1985\nTotal : 2\n"
        "N°   NOM          PRENOM      DATE DE NAISSANCE\n3    NGUYEN       THI HONG    28/11/1979\n",
        ["DUPONT MARIE 14/02/1990", "LE GOFF YANN 01/03/1985", "NGUYEN THI HONG 28/11/1979"],
        {4: LAISSEE, 5: LAISSEE},
    ),
    "the text of a PDF that kept one blank": (
        "DUPONT Marie 14/02/1990\nLE GOFF Yann 01/03/1985\nVAN DER BERG Anna 28/11/1979\n",
        [MARIE, "LE GOFF Yann 01/03/1985", "VAN DER BERG Anna 28/11/1979"],
        {},
    ),
    "a table with bars, months in letters": (
        "|Civilité|Nom et prénom|Né(e) le|Entreprise|\n|M.|LEROY Paul|1er mars 1985|ACME|\n"
        "|Mme|DUPONT Marie|mercredi 14 février 1990|ACME|\n",
        [PAUL, MARIE],
        {},
    ),
    "a CSV with a blank row and a total": (
        'Prénom;Nom;Email;Date de naissance\nMarie;DUPONT;m@x.fr;1990-02-14\nPaul;"LEROY";p@x.fr;1985-03-01\n'
        ";;;\nTotal;2;;\n",
        [MARIE, PAUL],
        {5: LAISSEE},
    ),
    "commas": ("DUPONT, Marie, 14/02/1990\nLEROY, Paul, 01/03/1985\n", [MARIE, PAUL], {}),
    "serial numbers of a spreadsheet": (
        "Nom\tPrénom\tNé le\nDUPONT\tMarie\t32918\nLEROY\tPaul\t31107\n",
        [MARIE, PAUL],
        {},
    ),
    "postcodes, which are no dates": (
        "DUPONT\tMarie\t26800\nLEROY\tPaul\t26000\n",
        ["DUPONT Marie", "LEROY Paul"],
        {},
    ),
    "small letters, and the order that given names tell": (
        "dupont marie\nleroy paul\n",
        ["dupont marie", "leroy paul"],
        {},
    ),
    "the order that a heading tells, where it leaves one way to cut": (
        "Prénom Nom\tDDN\nMarie Dupont\t14/02/1990\nAnne De La Tour\t01/03/1985\nJean Paul Durand\t1/3/1985",
        ["Dupont Marie 14/02/1990", "De La Tour Anne 01/03/1985"],
        {4: CORRIGER},
    ),
    "a title above, the same person twice, a total in words": (
        "Liste des stagiaires SST\n\nNom\tPrénom\tNé(e) le\tEntreprise\nDUPONT\tMarie\t14/02/1990\tACME\n"
        "Dupont\tMARIE\t14/02/1990\tACME\nLEROY\tPaul\t\tACME\n\tNombre de stagiaires : 3\t\t\n",
        [MARIE, "LEROY Paul"],
        {1: LAISSEE, 5: LA, 7: LAISSEE},
    ),
    "an employer and the date of the training beside": (
        "".join(
            f"ACME SA\t{nom}\t{prenom}\t{ne}\t12/11/2026\n"
            for nom, prenom, ne in (
                ("DUPONT", "Marie", "14/02/1990"),
                ("LEROY", "Paul", "01/03/1985"),
                ("PETIT", "Luc", "02/04/1986"),
                ("GRAND", "Zoé", "03/05/1987"),
            )
        ),
        [MARIE, PAUL, "PETIT Luc 02/04/1986", "GRAND Zoé 03/05/1987"],
        {},
    ),
    "the name of birth before the one of use": (
        "Nom d'usage\tNom de naissance\tPrénom(s)\tDate de naissance\nMARTIN\tDUPONT\tMarie\t14/02/1990\n",
        [MARIE],
        {},
    ),
    "no-break blanks between the columns": (
        "DUPONT\u00a0\u00a0Marie\u00a0\u00a014/02/1990\nLEROY\u00a0\u202fPaul\u00a0\u00a001/03/1985\n",
        [MARIE, PAUL],
        {},
    ),
    "a script that cannot be printed": (
        "Nom\tPrénom\n李小龍\tBruce\nNguyễn\tThị Hồng\n",
        ["Nguyễn Thị Hồng"],
        {2: CORRIGER},
    ),
    "one word, a parenthesis, a date that does not exist": (
        "Stagiaire\tNé le\nCher\t20/05/1946\nDUPONT Marie (née MARTIN)\t14/02/1990\nLEROY Paul\t31/02/1985\n",
        [],
        {2: CORRIGER, 3: CORRIGER, 4: CORRIGER},
    ),
}


@pytest.mark.parametrize("quoi", COLLEES)
def test_every_person_is_right_or_named_as_wrong(quoi: str) -> None:
    texte, attendues, autres = COLLEES[quoi]
    liste, examen = lue(texte)
    assert not liste.colonnes.a_choisir
    assert bonnes(examen) == attendues
    assert nommees(examen) == autres


@pytest.mark.parametrize("quoi", COLLEES)
def test_no_row_is_dropped_in_silence(quoi: str) -> None:
    texte, *_ = COLLEES[quoi]
    liste, examen = lue(texte)
    entete = liste.colonnes.entete
    rangees = [r.numero for place, r in enumerate(liste.table.rangees) if place != entete]
    assert [ligne.numero for ligne in examen.lignes] == rangees
    assert all(ligne.erreurs or ligne.dit for ligne in examen.lignes if ligne not in examen.a_ecrire)


@pytest.mark.parametrize(
    "texte",
    [
        "Zorba\tKazan\t14/02/1990\nTolga\tBerk\t01/03/1985\n",
        "Zorba Kazan\nTolga Berk\n",
        "Nom et prénom\nMarie Dupont\nPaul Leroy\n",
        "Nom\tPrénom\nMarie\tDupont\nPaul\tLeroy\nAnne\tLegrand\n",
    ],
)
def test_what_nothing_tells_or_what_contradicts_itself_is_asked(texte: str) -> None:
    assert lue(texte)[0].colonnes.a_choisir


@pytest.mark.parametrize(("premier_est_le_nom", "attendu"), [(True, "Zorba Kazan"), (False, "Kazan Zorba")])
@pytest.mark.parametrize("texte", ["Zorba\tKazan\nTolga\tBerk\n", "Zorba Kazan\nTolga Berk\n"])
def test_an_answer_settles_it_for_the_whole_list(texte: str, premier_est_le_nom: bool, attendu: str) -> None:
    liste, _ = lue(texte)
    choisie = Liste(liste.table, liste.colonnes.retournees(premier_est_le_nom))
    assert bonnes(examiner(choisie, Cadre([], None, None, None, AUJOURD_HUI)))[0] == attendu


def test_a_guessed_century_is_confirmed_for_all_the_lines() -> None:
    liste, examen = lue("DUPONT\tMarie\t14/02/90\nLEROY\tPaul\t01/03/05\nPETIT\tLuc\t01.03.26\n")
    assert bonnes(examen) == []
    assert [ligne.annee_devinee for ligne in examen.lignes] == [
        date(1990, 2, 14),
        date(2005, 3, 1),
        date(1926, 3, 1),
    ]
    confirmee = Liste(liste.table, liste.colonnes, annees=True)
    assert bonnes(examiner(confirmee, Cadre([], None, None, None, AUJOURD_HUI))) == [
        MARIE,
        "LEROY Paul 01/03/2005",
        "PETIT Luc 01/03/1926",
    ]
