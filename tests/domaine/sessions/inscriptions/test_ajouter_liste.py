"""The lines of a list in a session: once each, in their order, or not at all (R12)."""

from datetime import date

import pytest

from certif.domaine.erreurs import ActionImpossible, Introuvable, VersionPerimee
from certif.domaine.sessions.actions.liste import ajouter_liste, examiner_pour
from certif.domaine.sessions.actions.stagiaires import IdentiteSaisie, ajouter_stagiaire
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.inscriptions.colonnes import reconnaitre
from certif.domaine.sessions.inscriptions.decoupe import decouper
from certif.domaine.sessions.inscriptions.examen import Verdict
from certif.domaine.sessions.inscriptions.lecture import Ecrite, Liste
from certif.socle.base.extensions import db
from certif.socle.horloge import aujourd_hui
from tests.support.factories import une_session, version
from tests.support.invariants import empreinte_de_la_base
from tests.support.moves import Troupe, lignes, lire
from tests.support.statements import requetes

DEUX = "Nom\tPrénom\tNé le\nLEROY\tPaul\t01/03/1985\nDUPONT\tMarie\t14/02/1990\n"


def une_liste(texte: str) -> Liste:
    table = decouper(texte)
    return Liste(table, reconnaitre(table.rangees, aujourd_hui()))


@pytest.fixture
def numero(troupe: Troupe) -> int:
    """A draft without stagiaire, F = 10/06/2026."""
    return une_session(troupe.marose, Etat.SAISIE, stagiaires=[])


def ajouter(troupe: Troupe, numero: int, liste: Liste) -> int:
    """How many lines went in."""
    examen = ajouter_liste(troupe.gestionnaire, numero, version(numero), liste)
    return len(examen.a_ecrire) if examen else 0


def inscrits(numero: int) -> list[tuple[str, str, date | None]]:
    db.session.rollback()
    return [(s.nom, s.prenom, s.date_naissance) for s in lire(numero).stagiaires_saisis]


def verdicts(troupe: Troupe, numero: int, texte: str) -> list[str]:
    return [ligne.verdict.value for ligne in examiner_pour(lire(numero), une_liste(texte)).lignes]


def test_they_go_in_in_the_order_of_the_list(troupe: Troupe, numero: int) -> None:
    assert ajouter(troupe, numero, une_liste(DEUX)) == 2
    assert inscrits(numero) == [("LEROY", "Paul", date(1985, 3, 1)), ("DUPONT", "Marie", date(1990, 2, 14))]
    assert lignes(numero)[-1].detail == "2\u00a0stagiaires ajoutés d’une liste"


def test_a_double_click_adds_once(troupe: Troupe, numero: int) -> None:
    avant, liste = version(numero), une_liste(DEUX)
    assert ajouter_liste(troupe.gestionnaire, numero, avant, liste) is not None
    assert ajouter_liste(troupe.gestionnaire, numero, avant, liste) is None
    assert len(inscrits(numero)) == 2


def test_a_second_paste_adds_nobody_again(troupe: Troupe, numero: int) -> None:
    ajouter(troupe, numero, une_liste(DEUX))
    assert verdicts(troupe, numero, "Dupont\tMARIE\t14/02/1990\nLeroy\tPaul\t\n") == ["deja_la", "deja_la"]
    with pytest.raises(ActionImpossible, match="Aucune ligne"):
        ajouter(troupe, numero, une_liste(DEUX))
    assert len(inscrits(numero)) == 2


def test_a_second_paste_without_dates_adds_nobody_again(troupe: Troupe, numero: int) -> None:
    noms = "Nom\tPrénom\nDUPONT\tMarie\nLEROY\tPaul\n"
    assert ajouter(troupe, numero, une_liste(noms)) == 2
    assert verdicts(troupe, numero, noms) == ["deja_la", "deja_la"]


def test_a_line_brings_the_date_of_somebody_who_has_none(troupe: Troupe, numero: int) -> None:
    ajouter_stagiaire(troupe.gestionnaire, numero, version(numero), IdentiteSaisie("Dupont", "Marie"))
    assert verdicts(troupe, numero, DEUX) == ["a_ajouter", "complete"]
    assert ajouter(troupe, numero, une_liste(DEUX)) == 2
    assert inscrits(numero) == [("Dupont", "Marie", date(1990, 2, 14)), ("LEROY", "Paul", date(1985, 3, 1))]


def test_two_people_of_one_name_are_two(troupe: Troupe, numero: int) -> None:
    assert ajouter(troupe, numero, une_liste("MARTIN\tJean\t01/02/1980\nMARTIN\tJean\t02/02/1980\n")) == 2


def test_the_formateur_is_no_trainee(troupe: Troupe, numero: int) -> None:
    formateur = lire(numero).formateur
    assert formateur and formateur.date_naissance
    texte = f"Nom\tPrénom\tNé le\n{formateur.nom}\t{formateur.prenom}\t{formateur.date_naissance:%d/%m/%Y}\n"
    assert verdicts(troupe, numero, texte) == ["a_corriger"]


def test_a_birth_date_is_before_the_end_of_the_session(troupe: Troupe, numero: int) -> None:
    jours = ("09/06/2026", "10/06/2026", "01/01/1900", "31/12/1899")
    texte = "Nom\tPrénom\tNé le\n" + "".join(f"NOM\tAnne\t{jour}\n" for jour in jours)
    assert verdicts(troupe, numero, texte) == ["avertie", "a_corriger", "avertie", "a_corriger"]


def test_what_was_typed_instead_is_judged_instead(troupe: Troupe, numero: int) -> None:
    liste = une_liste("Nom\tPrénom\tNé le\nDUPONT\tMarie\t31/02/1990\n")
    with pytest.raises(ActionImpossible):
        ajouter(troupe, numero, liste)
    corrigee = Liste(liste.table, liste.colonnes, {2: Ecrite("DUPONT", "Marie", "28021990")})
    assert ajouter(troupe, numero, corrigee) == 1
    assert inscrits(numero) == [("DUPONT", "Marie", date(1990, 2, 28))]


def test_a_line_that_is_left_stays_out_and_one_that_is_kept_is_judged(troupe: Troupe, numero: int) -> None:
    liste = une_liste("Nom\tPrénom\tNé le\nDUPONT\tMarie\t14/02/1990\nTOTAL\t1\t\n")
    decidee = Liste(liste.table, liste.colonnes, laissees=frozenset({2}), gardees=frozenset({3}))
    examen = examiner_pour(lire(numero), decidee)
    assert [ligne.verdict for ligne in examen.lignes] == [Verdict.LAISSEE, Verdict.A_CORRIGER]


def test_nothing_goes_in_before_the_column_of_the_nom_is_chosen(troupe: Troupe, numero: int) -> None:
    liste = une_liste("Zorba\tKazan\t14/02/1990\nTolga\tBerk\t01/03/1985\n")
    with pytest.raises(ActionImpossible, match="colonne du nom"):
        ajouter(troupe, numero, liste)
    assert inscrits(numero) == []


def test_another_list_from_an_old_page_is_told_what_changed(troupe: Troupe, numero: int) -> None:
    avant = version(numero)
    ajouter(troupe, numero, une_liste(DEUX))
    with pytest.raises(VersionPerimee) as refus:
        ajouter_liste(troupe.gestionnaire, numero, avant, une_liste("PETIT\tLuc\t01/01/1990\n"))
    assert refus.value.changements


@pytest.mark.parametrize("etat", [Etat.VALIDATION_FORMATEUR, Etat.VALIDATION_ENTITE, Etat.GENERE])
def test_only_a_draft_takes_a_list(troupe: Troupe, etat: Etat) -> None:
    numero = une_session(troupe.marose, etat)
    avant = empreinte_de_la_base()
    with pytest.raises(ActionImpossible):
        ajouter(troupe, numero, une_liste(DEUX))
    assert empreinte_de_la_base() == avant


def test_to_another_entite_the_session_does_not_exist(troupe: Troupe, numero: int) -> None:
    with pytest.raises(Introuvable):
        ajouter_liste(troupe.etranger, numero, version(numero), une_liste(DEUX))


def test_a_thousand_lines_take_as_many_statements_as_one(troupe: Troupe, numero: int) -> None:
    def combien(lignes_: int, depart: int) -> int:
        noms = map(_lettres, range(depart, depart + lignes_))
        texte = "Nom\tPrénom\tNé le\n" + "".join(f"NOM{nom}\tAnne\t01/01/1980\n" for nom in noms)
        with requetes() as envoyees:
            assert ajouter(troupe, numero, une_liste(texte)) == lignes_
        return len(envoyees)

    un = combien(1, 0)
    assert combien(999, 1) <= un
    assert len(inscrits(numero)) == 1_000


def _lettres(nombre: int) -> str:
    """A word of its own for each number."""
    return "".join(chr(ord("A") + int(chiffre)) for chiffre in f"{nombre:04d}")
