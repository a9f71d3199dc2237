"""R12 through the actions: who can be in a session, as typed."""

from datetime import date

import pytest

from certif.domaine.erreurs import ActionImpossible, Introuvable, SaisieInvalide
from certif.domaine.sessions.actions.stagiaires import (
    IdentiteSaisie,
    ajouter_stagiaire,
    modifier_stagiaire,
    retirer_stagiaire,
)
from certif.domaine.sessions.etats import Action, Etat
from tests.support.factories import une_session, version
from tests.support.invariants import empreinte_de_la_base
from tests.support.moves import Troupe, agir, lignes, lire

ACCEPTES = [
    "O'Connor",
    "O’Connor",
    "D'Almeida--Faÿ",
    "Łukasz Żółć",
    "Nguyễn",
    "İnci",
    "ß",
    "Ελένη",
    "Жанна",
    "null",
    "x" * 80,
]
REFUSES = [
    "",
    "   ",
    "\u00a0",
    "\u200b",
    "李小龍",
    "علي",
    "Jean 😀",
    "Jean\u202e",
    "e" + "\u0301" * 30,
    "Jean\0",
    "Jean\r\nBcc: x@y.fr",
    "<b>Bob</b>",
    '" onfocus=alert(1) x="',
    "{{7*7}}",
    "{% include '/etc/passwd' %}",
    '<pdf:include src="/etc/passwd">',
    "&lt;i&gt;",
    '=HYPERLINK("http://x")',
    "+33",
    "-1",
    "@SUM",
    "../../x",
    "a/b",
    "x" * 81,
    "x" * 255,
    "x" * 10_000,
    "\ud800",
]
NAISSANCES = [
    "31/02/1990",
    "29/02/2027",
    "31/12/1899",
    "10/06/2026",
    "11/06/2026",
    "1/6/26",
    "00/00/0000",
    "٠١/٠١/١٩٩٠",
    "9" * 400,
]


@pytest.fixture
def numero(troupe: Troupe) -> int:
    """A draft without stagiaire, F = 10/06/2026."""
    return une_session(troupe.marose, Etat.SAISIE, stagiaires=[])


def ajouter(troupe: Troupe, numero: int, nom: str, prenom: str = "Lise", ne: str = "14/02/1991") -> None:
    ajouter_stagiaire(troupe.gestionnaire, numero, version(numero), IdentiteSaisie(nom, prenom, ne))


def inscrits(numero: int) -> list[tuple[str, str, date | None]]:
    return [(s.nom, s.prenom, s.date_naissance) for s in lire(numero).stagiaires_saisis]


@pytest.mark.parametrize("nom", ACCEPTES)
def test_un_nom_est_garde_tel_que_saisi(troupe: Troupe, numero: int, nom: str) -> None:
    ajouter(troupe, numero, f"  {nom} ")
    assert inscrits(numero) == [(nom, "Lise", date(1991, 2, 14))]


@pytest.mark.parametrize("nom", REFUSES)
def test_un_nom_refuse_ne_laisse_rien(troupe: Troupe, numero: int, nom: str) -> None:
    avant = empreinte_de_la_base()
    for champ, saisie in (("nom", IdentiteSaisie(nom, "Lise")), ("prenom", IdentiteSaisie("Bernard", nom))):
        with pytest.raises(SaisieInvalide) as refus:
            ajouter_stagiaire(troupe.gestionnaire, numero, version(numero), saisie)
        assert refus.value.champs.keys() == {champ}
        assert len(refus.value.message) < 300
    assert empreinte_de_la_base() == avant


@pytest.mark.parametrize("naissance", NAISSANCES)
def test_une_naissance_refusee(troupe: Troupe, numero: int, naissance: str) -> None:
    avant = empreinte_de_la_base()
    with pytest.raises(SaisieInvalide) as refus:
        ajouter(troupe, numero, "Bernard", ne=naissance)
    assert refus.value.champs.keys() == {"date_naissance"}
    assert empreinte_de_la_base() == avant


def test_cas_18_naissances_acceptees(troupe: Troupe, numero: int) -> None:
    for rang, naissance in enumerate(("29/02/2000", "01/01/1900", "09/06/2026", "2000-02-29", "")):
        ajouter(troupe, numero, "Bernard" + "abcdef"[rang], ne=naissance)
    assert [ne for _, _, ne in inscrits(numero)][-1] is None


def test_toutes_les_erreurs_a_la_fois(troupe: Troupe, numero: int) -> None:
    with pytest.raises(SaisieInvalide) as refus:
        ajouter(troupe, numero, "", "علي", "31/02/1990")
    assert refus.value.champs.keys() == {"nom", "prenom", "date_naissance"}


def test_cas_17_la_meme_personne_deux_fois(troupe: Troupe, numero: int) -> None:
    ajouter(troupe, numero, "DUPONT-DURAND", "Éloïse")
    with pytest.raises(SaisieInvalide, match="figure déjà"):
        ajouter(troupe, numero, "Dupont Durand", "ELOISE")
    ajouter(troupe, numero, "Dupont Durand", "ELOISE", "15/02/1991")
    assert len(inscrits(numero)) == 2


def test_cas_17_en_corrigeant(troupe: Troupe, numero: int) -> None:
    ajouter(troupe, numero, "DUPONT-DURAND", "Éloïse")
    ajouter(troupe, numero, "Dupont", "Éloïse")
    premier, second = (s.id for s in lire(numero).stagiaires_saisis)
    meme = IdentiteSaisie("Dupont Durand", "ELOISE", "14/02/1991")
    with pytest.raises(SaisieInvalide, match="figure déjà"):
        modifier_stagiaire(troupe.gestionnaire, numero, version(numero), second, meme)
    modifier_stagiaire(troupe.gestionnaire, numero, version(numero), premier, meme)
    assert inscrits(numero)[0] == ("Dupont Durand", "ELOISE", date(1991, 2, 14))


def test_le_formateur_ne_se_certifie_pas(troupe: Troupe, numero: int) -> None:
    with pytest.raises(SaisieInvalide, match="est le formateur de cette session"):
        ajouter(troupe, numero, "RIVIERE", "Stéphanie", "01/02/1980")


def test_un_seul_nom(troupe: Troupe, numero: int) -> None:
    seul = IdentiteSaisie("Suharto", "", "14/02/1991", nom_unique=True)
    ajouter_stagiaire(troupe.gestionnaire, numero, version(numero), seul)
    assert inscrits(numero) == [("Suharto", "", date(1991, 2, 14))]


def test_retirer_puis_retablir(troupe: Troupe, numero: int) -> None:
    for saisie in (IdentiteSaisie("Suharto", nom_unique=True), IdentiteSaisie("Nguyễn", "Thị", "14/02/1991")):
        ajouter_stagiaire(troupe.gestionnaire, numero, version(numero), saisie)
        avant = inscrits(numero)
        dernier = lire(numero).stagiaires[-1].id
        retire = retirer_stagiaire(troupe.gestionnaire, numero, version(numero), dernier)
        assert retire is not None
        ajouter_stagiaire(troupe.gestionnaire, numero, version(numero), retire)
        assert inscrits(numero) == avant


def test_le_stagiaire_d_une_autre_session(troupe: Troupe, numero: int) -> None:
    autre = lire(une_session(troupe.marose, Etat.SAISIE)).stagiaires[0].id
    chez_guy = lire(une_session(troupe.guy, Etat.SAISIE)).stagiaires[0].id
    avant = empreinte_de_la_base()
    for identifiant in (autre, chez_guy, 0, -1, 2**31):
        with pytest.raises(Introuvable):
            retirer_stagiaire(troupe.gestionnaire, numero, version(numero), identifiant)
        with pytest.raises(Introuvable):
            modifier_stagiaire(
                troupe.gestionnaire, numero, version(numero), identifiant, IdentiteSaisie("Bernard", "Lise")
            )
    assert empreinte_de_la_base() == avant


def test_le_journal_ne_nomme_aucun_stagiaire(troupe: Troupe, numero: int) -> None:
    ajouter(troupe, numero, "Bernard")
    stagiaire = lire(numero).stagiaires[0].id
    corrige = IdentiteSaisie("Bernardin", "Lise", "14/02/1991")
    modifier_stagiaire(troupe.gestionnaire, numero, version(numero), stagiaire, corrige)
    retirer_stagiaire(troupe.gestionnaire, numero, version(numero), stagiaire)
    assert [ligne.detail for ligne in lignes(numero)] == [
        "un stagiaire ajouté",
        "un stagiaire corrigé",
        "un stagiaire retiré",
    ]


def test_hors_saisie_rien_ne_bouge(troupe: Troupe) -> None:
    numero = une_session(troupe.marose, Etat.VALIDATION_FORMATEUR)
    avant = empreinte_de_la_base()
    with pytest.raises(ActionImpossible):
        ajouter(troupe, numero, "Bernard")
    assert empreinte_de_la_base() == avant


def test_sans_naissance_on_ne_soumet_pas(troupe: Troupe, numero: int) -> None:
    ajouter(troupe, numero, "Bernard", ne="")
    with pytest.raises(SaisieInvalide, match="BERNARD Lise"):
        agir(Action.SOUMETTRE_AU_FORMATEUR, troupe.gestionnaire, numero)
