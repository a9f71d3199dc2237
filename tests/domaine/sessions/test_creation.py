"""R5, first row: a session is opened once by its one-time token, for an habilitation that could cover it."""

from datetime import date

import pytest
from sqlalchemy import func, select

from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.erreurs import ActionImpossible, Introuvable
from certif.domaine.referentiel.modeles import Habilitation, Niveau, TypeNiveau
from certif.domaine.sessions.actions import saisie
from certif.domaine.sessions.chronologie import chronologie
from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from tests.support.factories import un_certificat, une_habilitation
from tests.support.moves import Troupe, agir, lignes, lire

JETON = "k" * 43


def combien() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(SessionCertification)) or 0


@pytest.fixture
def habilitation(troupe: Troupe) -> Habilitation:
    return db.session.get_one(Habilitation, troupe.marose.habilitation_id)


def modifier(habilitation: Habilitation, **colonnes: object) -> None:
    identifiant = habilitation.id
    with transaction():
        lue = db.session.get_one(Habilitation, identifiant)
        for nom, valeur in colonnes.items():
            setattr(lue, nom, valeur)


def test_une_session_vide_a_son_numero_aussitot(troupe: Troupe) -> None:
    numero = saisie.creer(troupe.delegataire, JETON)
    ouverte = lire(numero)
    assert ouverte.etat is Etat.SAISIE and ouverte.version == 1
    assert (ouverte.entite_id, ouverte.declarant_id) == (
        troupe.marose.entite_id,
        troupe.delegataire.individu_id,
    )
    assert ouverte.formateur_id is None and not ouverte.stagiaires


def test_le_seul_niveau_possible_est_deja_choisi(troupe: Troupe) -> None:
    assert lire(saisie.creer(troupe.gestionnaire, JETON)).niveau_id == troupe.marose.niveau_id
    prap = un_certificat("PRAP-1", "PRAP")
    une_habilitation(troupe.marose.entite_id, prap.niveau_id)
    assert lire(saisie.creer(troupe.gestionnaire, "m" * 43)).niveau_id is None


def test_l_ouverture_laisse_sa_ligne(troupe: Troupe) -> None:
    numero = saisie.creer(troupe.gestionnaire, JETON)
    (ligne,) = lignes(numero)
    assert (ligne.action, ligne.de, ligne.vers) == (Action.CREER.value, None, Etat.SAISIE)
    assert (ligne.acteur_id, ligne.role) == (troupe.gestionnaire.individu_id, "gestionnaire")
    assert [ligne.texte for ligne in chronologie(numero)] == ["PARIS Karine a ouvert la session"]


def test_le_meme_jeton_rend_la_meme_session(troupe: Troupe) -> None:
    numero = saisie.creer(troupe.gestionnaire, JETON)
    assert saisie.creer(troupe.gestionnaire, JETON) == numero
    assert combien() == 1 and len(lignes(numero)) == 1


def test_un_autre_jeton_en_ouvre_une_autre(troupe: Troupe) -> None:
    assert saisie.creer(troupe.gestionnaire, JETON) != saisie.creer(troupe.gestionnaire, "m" * 43)


def test_le_jeton_d_un_autre_ne_dit_rien(troupe: Troupe) -> None:
    saisie.creer(troupe.delegataire, JETON)
    for autre in (troupe.collegue, troupe.gestionnaire, troupe.etranger):
        with pytest.raises(Introuvable):
            saisie.creer(autre, JETON)
    assert combien() == 1


def test_son_propre_jeton_dans_une_autre_entite(troupe: Troupe) -> None:
    saisie.creer(troupe.gestionnaire, JETON)
    chez_guy = Acteur(troupe.gestionnaire.individu_id, TypeRole.GESTIONNAIRE, troupe.guy.entite_id)
    with pytest.raises(Introuvable):
        saisie.creer(chez_guy, JETON)


def test_ni_formateur_ni_administrateur(troupe: Troupe) -> None:
    for acteur in (troupe.formateur, troupe.administrateur):
        with pytest.raises(Introuvable):
            saisie.creer(acteur, JETON)
    assert combien() == 0


def test_un_numero_ne_revient_pas(troupe: Troupe) -> None:
    """R11: what was deleted keeps its number."""
    numero = saisie.creer(troupe.gestionnaire, JETON)
    agir(Action.SUPPRIMER, troupe.gestionnaire, numero)
    assert saisie.creer(troupe.gestionnaire, "m" * 43) > numero


def test_une_entite_suspendue_n_ouvre_rien(troupe: Troupe) -> None:
    with transaction():
        habilitation = db.session.get_one(Habilitation, troupe.marose.habilitation_id)
        habilitation.entite.suspendue_le = date(2026, 6, 1)
    with pytest.raises(ActionImpossible, match="MAROSE FORMATION est suspendue"):
        saisie.creer(troupe.gestionnaire, JETON)
    saisie.creer(troupe.etranger, JETON)


@pytest.mark.parametrize(
    ("colonnes", "possible"),
    [
        # On 10/06/2026, F can be from 10/05 to 10/09.
        ({"fin": date(2026, 5, 9)}, False),
        ({"fin": date(2026, 5, 10)}, True),
        ({"debut": date(2026, 9, 10)}, True),
        ({"debut": date(2026, 9, 11)}, False),
        ({"retrait_le": date(2026, 5, 10)}, False),
        ({"retrait_le": date(2026, 5, 11)}, True),
    ],
)
def test_une_habilitation_pour_une_date_de_fin_possible(
    troupe: Troupe, habilitation: Habilitation, colonnes: dict[str, date], possible: bool
) -> None:
    """R2, through the list that the form offers."""
    modifier(habilitation, **colonnes)
    if possible:
        saisie.creer(troupe.gestionnaire, JETON)
    else:
        with pytest.raises(ActionImpossible, match="aucune habilitation"):
            saisie.creer(troupe.gestionnaire, JETON)


def test_un_niveau_formateur_ne_donne_pas_de_session(troupe: Troupe) -> None:
    with transaction():
        db.session.get_one(Niveau, troupe.marose.niveau_id).type = TypeNiveau.FORMATEUR
    with pytest.raises(ActionImpossible):
        saisie.creer(troupe.gestionnaire, JETON)
