"""The search by a person's name: any word of the nom begins so, by an index erased with the session."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select, text

from certif.domaine.acteur import Acteur
from certif.domaine.caracteres import PLAGES
from certif.domaine.noms import cle, departs
from certif.domaine.personnes.modeles import MOT_MAX, Individu
from certif.domaine.sessions.actions.stagiaires import (
    IdentiteSaisie,
    ajouter_stagiaire,
    modifier_stagiaire,
    retirer_stagiaire,
)
from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.listes import Filtres, Liste, lister
from certif.domaine.sessions.modeles import Stagiaire
from certif.domaine.sessions.modeles_recherche import MotStagiaire
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import aujourd_hui
from tests.support.factories import un_acteur, un_stagiaire, une_qualification, une_session, version
from tests.support.moves import Troupe, agir, lire
from tests.support.statements import requetes_et_valeurs

pytestmark = pytest.mark.usefixtures("chaque_base")

NOMS = ("D’Almeida", "Petit-Roux", "De La Tour", "Łukasik", "St. John", "O'Neill")


def trouvees(acteur: Acteur, nom: str) -> list[int]:
    db.session.rollback()
    return [
        s.numero
        for liste in Liste
        for s in lister(acteur, Filtres(liste=liste, nom=nom), aujourd_hui()).lignes
    ]


def mots(numero: int) -> set[str]:
    db.session.rollback()
    requete = select(MotStagiaire.mot).join(Stagiaire, Stagiaire.id == MotStagiaire.stagiaire_id)
    return set(db.session.scalars(requete.where(Stagiaire.session_numero == numero)))


@pytest.mark.parametrize(
    ("cherche", "nom"),
    [
        ("Almeida", "D’Almeida"),
        ("d'alm", "D’Almeida"),
        ("dalmeida", "D’Almeida"),
        ("roux", "Petit-Roux"),
        ("petit ro", "Petit-Roux"),
        ("la tour", "De La Tour"),
        ("LATOUR", "De La Tour"),
        ("delatour", "De La Tour"),
        ("tour", "De La Tour"),
        ("lukasik", "Łukasik"),
        ("john", "St. John"),
        ("neill", "O'Neill"),
        ("lmeida", None),
        ("etit", None),
        ("our", None),
        ("roux petit", None),
    ],
)
def test_le_debut_de_n_importe_quel_mot(troupe: Troupe, cherche: str, nom: str | None) -> None:
    par_nom = {n: une_session(troupe.marose, Etat.SAISIE, stagiaires=[un_stagiaire(n)]) for n in NOMS}
    assert trouvees(troupe.gestionnaire, cherche) == ([par_nom[nom]] if nom else [])


def test_qui_ne_voit_pas_la_session_ne_la_trouve_pas(troupe: Troupe) -> None:
    une_session(troupe.marose, Etat.SAISIE, stagiaires=[un_stagiaire("Petit-Roux")])
    assert trouvees(troupe.delegataire, "roux") == []
    assert trouvees(troupe.formateur, "roux") == []
    assert trouvees(troupe.etranger, "roux") == []
    assert len(trouvees(troupe.gestionnaire, "roux")) == 1


def test_le_formateur_est_trouve_par_les_mots_de_son_nom_seul(troupe: Troupe) -> None:
    qui = un_acteur(troupe.formateur.role, nom="Dos Santos", prenom="Paulo")
    une_qualification(qui.individu_id, troupe.marose.niveau_id)
    numero = une_session(troupe.marose, Etat.SAISIE, formateur_id=qui.individu_id, stagiaires=[])
    with transaction():
        individu = db.session.get_one(Individu, qui.individu_id)
        individu.email = "plongee@exemple.fr"
    for cherche in ("santos", "dos san", "DOSSANTOS"):
        assert trouvees(troupe.gestionnaire, cherche) == [numero], cherche
    for cherche in ("plongee", "paulo", "antos", "exemple"):
        assert trouvees(troupe.gestionnaire, cherche) == [], cherche


def test_un_nom_corrige_n_est_plus_trouve_sous_l_ancien(troupe: Troupe) -> None:
    numero = une_session(troupe.marose, Etat.SAISIE, stagiaires=[un_stagiaire("Petit-Roux")])
    (qui,) = (s.id for s in lire(numero).stagiaires)
    corrige = IdentiteSaisie("Grand-Roux", "Lise", "14/02/1991")
    modifier_stagiaire(troupe.gestionnaire, numero, version(numero), qui, corrige)
    assert trouvees(troupe.gestionnaire, "petit") == []
    assert trouvees(troupe.gestionnaire, "roux") == trouvees(troupe.gestionnaire, "grand") == [numero]


def test_les_mots_s_effacent_avec_le_stagiaire_et_avec_la_session(troupe: Troupe) -> None:
    numero = une_session(troupe.marose, Etat.SAISIE, stagiaires=[un_stagiaire("Petit-Roux")])
    ajouter_stagiaire(
        troupe.gestionnaire, numero, version(numero), IdentiteSaisie("Loup", "Lise", "14/02/1991")
    )
    assert mots(numero) == {"petitroux", "roux", "loup"}
    qui = next(s.id for s in lire(numero).stagiaires if s.nom == "Loup")
    retirer_stagiaire(troupe.gestionnaire, numero, version(numero), qui)
    assert mots(numero) == {"petitroux", "roux"}
    agir(Action.SUPPRIMER, troupe.gestionnaire, numero)
    assert db.session.scalars(select(MotStagiaire)).all() == []


def test_les_mots_gardes_sont_ceux_de_la_fonction(troupe: Troupe) -> None:
    une_session(troupe.marose, Etat.GENERE, reussites=8, echecs=8)
    for nom in NOMS:
        une_session(troupe.guy, Etat.SAISIE, stagiaires=[un_stagiaire(nom)])
    db.session.rollback()
    for s in db.session.scalars(select(Stagiaire)):
        assert {m.mot for m in s.mots} == {depart[:MOT_MAX] for depart in departs(s.nom)}
        assert cle(s.nom)[:MOT_MAX] in {m.mot for m in s.mots}


def test_un_index_les_lit(troupe: Troupe, chaque_base: str) -> None:
    numero = une_session(troupe.marose, Etat.SAISIE)
    un = lire(numero).stagiaires[0].id
    with transaction():  # few rows are read in any order
        db.session.execute(
            insert(MotStagiaire), [{"stagiaire_id": un, "mot": f"mot{rang}"} for rang in range(3_000)]
        )
    if chaque_base == "postgresql":
        with transaction():  # kept: what a rollback takes away leaves the plan to chance
            db.session.execute(text("ANALYZE"))
    with requetes_et_valeurs() as envoyees:
        trouvees(troupe.gestionnaire, "roux")
    texte, valeurs = next(e for e in envoyees if "mot_stagiaire" in e[0])
    if chaque_base == "postgresql":
        db.session.execute(text("SET enable_seqscan = off"))
        plan = db.session.connection().exec_driver_sql(f"EXPLAIN {texte}", valeurs)
    else:
        plan = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {texte}", valeurs)
    assert "ix_mot_stagiaire_mot" in str(plan.all())


LETTRES = [chr(code) for debut, fin in PLAGES for code in range(debut, fin + 1)]


@given(st.text(st.sampled_from(LETTRES), min_size=1, max_size=30))
def test_les_departs_finissent_tous_la_cle_du_nom(nom: str) -> None:
    entier = cle(nom)
    assert departs(nom)[:1] == ([entier] if entier else [])
    assert all(entier.endswith(depart) and depart for depart in departs(nom))


@pytest.mark.parametrize("signe", [" ", "-", "'", "’", "ʼ", "ʻ", ".", "‘", "‐", "‑"])
def test_chaque_signe_entre_deux_mots_les_separe(signe: str) -> None:
    assert departs(f"Petit{signe}Roux") == ["petitroux", "roux"]
