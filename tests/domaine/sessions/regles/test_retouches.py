"""R5, R12: what counts as a correction, what refuses it, and when what is asked for stands."""

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certif.domaine.erreurs import Refus, SaisieInvalide
from certif.domaine.noms import cle
from certif.domaine.sessions.regles import retouches
from certif.domaine.sessions.regles.inscription import Identite
from certif.domaine.sessions.valeurs import GenreProposition

F = date(2026, 6, 10)
NEE = date(1991, 2, 14)


@dataclass
class Inscrit:
    id: int
    nom: str
    prenom: str = "Marie"
    date_naissance: date | None = NEE

    @property
    def cle_nom(self) -> str:
        return cle(self.nom)

    @property
    def cle_prenom(self) -> str:
        return cle(self.prenom)


@dataclass
class Proposee:
    champ: str = "nom"
    valeur: str = "Dupond"
    stagiaire_id: int | None = 1
    nom: str = "Dupont"
    prenom: str = "Marie"
    date_naissance: date | None = NEE
    genre: GenreProposition = GenreProposition.CORRIGER


MARIE, PAUL = Inscrit(1, "Dupont"), Inscrit(2, "Leroy", "Paul")


def lire(*saisie: str, autres: tuple[Inscrit, ...] = (PAUL,), **options: bool) -> dict[str, str]:
    nom, prenom, naissance = saisie
    return retouches.verifier_correction(MARIE, (nom, prenom, naissance), autres, None, F, **options)


def refusees(*saisie: str, autres: tuple[Inscrit, ...] = (PAUL,)) -> set[str]:
    with pytest.raises(SaisieInvalide) as refus:
        lire(*saisie, autres=autres)
    return set(refus.value.champs)


def test_seul_ce_qui_differe_est_propose() -> None:
    assert lire("Dupond", "Marie", "14/02/1991") == {"nom": "Dupond"}
    assert lire("Dupont", "Maria", "15.02.1991") == {"prenom": "Maria", "date_naissance": "1991-02-15"}


@pytest.mark.parametrize("nom", ["Dupont", " DUPONT ", "dupont", "Dupont\u00a0"])
def test_ce_qui_s_imprime_pareil_n_est_pas_une_correction(nom: str) -> None:
    assert lire(nom, " Marie ", "1991-02-14") == {}


def test_un_prenom_s_imprime_comme_il_est_saisi() -> None:
    assert lire("Dupont", "marie", "14/02/1991") == {"prenom": "marie"}


def test_tout_ce_qui_est_faux_est_dit_a_la_fois() -> None:
    assert refusees("a/b", "", "31/02/1990") == {"nom", "prenom", "date_naissance"}
    assert refusees("Dupont", "Marie", "") == {"date_naissance"}
    assert refusees("Dupont", "Marie", "10/06/2026") == {"date_naissance"}
    assert refusees("Dupont", "Marie", "14/02/91") == {"date_naissance"}
    assert refusees("李", "Marie", "14/02/1991") == {"nom"}


def test_une_seule_personne_ne_tient_pas_deux_lignes() -> None:
    jumelle = Inscrit(3, "Dupond")
    assert refusees("DUPOND", "Marie", "14/02/1991", autres=(jumelle,)) == {"nom"}
    # Judged on what the other is to be, not on what it is.
    autre = retouches.corrigee(jumelle, [Proposee(stagiaire_id=3, valeur="Dupuis", nom="Dupond")])
    assert retouches.verifier_correction(MARIE, ("Dupond", "Marie", "14/02/1991"), [autre], None, F) == {
        "nom": "Dupond"
    }


def test_le_formateur_n_est_pas_un_stagiaire() -> None:
    with pytest.raises(SaisieInvalide):
        retouches.verifier_correction(MARIE, ("Riviere", "Marie", "14/02/1991"), [], Inscrit(9, "Rivière"), F)


def test_un_nom_que_la_saisie_refuserait_aujourd_hui_se_laisse_en_place() -> None:
    ancien = Inscrit(1, "Ǆonić")
    saisie = ("Ǆonić", "Maria", "14/02/1991")
    assert retouches.verifier_correction(ancien, saisie, [], None, F) == {"prenom": "Maria"}


def test_un_seul_nom() -> None:
    assert lire("Dupont", "", "14/02/1991", un_seul_nom=True) == {"prenom": ""}
    assert refusees("Dupont", "", "14/02/1991") == {"prenom"}
    seule = Inscrit(1, "Suharto", "")
    assert retouches.verifier_correction(seule, ("Suharto", "", "15/02/1991"), [], None, F) == {
        "date_naissance": "1991-02-15"
    }


def test_ce_qui_est_demande_tient_ou_ne_tient_pas() -> None:
    assert not retouches.faite(Proposee(), [MARIE, PAUL], {})
    assert retouches.faite(Proposee(), [Inscrit(1, "DUPOND"), PAUL], {})
    assert retouches.faite(Proposee(), [PAUL], {}), "whom it was about is gone"
    retrait = Proposee("", "", genre=GenreProposition.RETIRER)
    assert not retouches.faite(retrait, [MARIE], {}) and retouches.faite(retrait, [PAUL], {})
    ajout = Proposee("", "", None, "Leroy", "Paul", genre=GenreProposition.AJOUTER)
    assert retouches.faite(ajout, [PAUL], {}) and not retouches.faite(ajout, [MARIE], {})
    lieu = Proposee("lieu", "69003 Lyon", None, "", "", None, GenreProposition.SESSION)
    assert retouches.faite(lieu, [], {"lieu": "69003 LYON"}) and not retouches.faite(
        lieu, [], {"lieu": "69007 LYON"}
    )


def test_retire_puis_retabli_c_est_la_meme_personne() -> None:
    revenue = Inscrit(7, "Dupont")
    assert retouches.visee(Proposee(stagiaire_id=None), [PAUL, revenue]) is revenue
    assert not retouches.faite(Proposee(stagiaire_id=None), [PAUL, revenue], {})
    # Another one took the id of who was removed: the database forgot it.
    assert retouches.visee(Proposee(stagiaire_id=None), [PAUL]) is None


def test_l_acceptation_juge_l_ensemble() -> None:
    retouches.verifier_acceptation([MARIE, PAUL], None)
    with pytest.raises(Refus, match="DUPONT Marie"):
        retouches.verifier_acceptation([MARIE, Inscrit(3, "DUPONT")], None)
    with pytest.raises(Refus, match="formateur"):
        retouches.verifier_acceptation([MARIE], Inscrit(9, "Dupont"))


NOMS = st.text(alphabet="abcéÉœß -'AZ", min_size=1, max_size=8).filter(lambda t: any(c.isalpha() for c in t))
JOURS = st.dates(date(1950, 1, 1), date(2010, 1, 1))


@given(nom=NOMS, prenom=NOMS, ne_le=JOURS)
def test_une_correction_appliquee_tient(nom: str, prenom: str, ne_le: date) -> None:
    try:
        changes = retouches.verifier_correction(MARIE, (nom, prenom, ne_le.isoformat()), [], None, F)
    except SaisieInvalide:
        return
    proposees = [Proposee(champ, valeur) for champ, valeur in changes.items()]
    voulue = retouches.corrigee(MARIE, proposees)
    assert all(retouches.faite(p, [voulue], {}) for p in proposees)
    assert not any(retouches.faite(p, [MARIE], {}) for p in proposees)
    inchanges = set(retouches.IDENTITE) - changes.keys()
    assert all(
        retouches.meme_valeur(champ, retouches.texte(voulue, champ), retouches.texte(MARIE, champ))
        for champ in inchanges
    )


def test_un_formulaire_laisse_comme_il_etait() -> None:
    assert retouches.telle_quelle(MARIE, "Dupont", "Marie", "14/02/1991")
    assert not retouches.telle_quelle(MARIE, "Dupond", "Marie", "14/02/1991")
    sans_date = Identite("Dupont", "Marie", None, "dupont", "marie")
    assert retouches.telle_quelle(sans_date, "Dupont", "Marie", "")
