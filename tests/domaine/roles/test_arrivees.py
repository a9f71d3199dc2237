"""Who comes into a role at once, by an address, as the administrateur gives it: known, new or gone."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.erreurs import ActionImpossible, Introuvable, SaisieInvalide
from certif.domaine.personnes.modeles import Individu
from certif.domaine.roles.arrivees import accueillir
from certif.socle.base.extensions import db
from certif.socle.horloge import aujourd_hui
from tests.support.factories import un_acteur, une_personne
from tests.support.moves import courriers

G, D = TypeRole.GESTIONNAIRE, TypeRole.DELEGATAIRE


@pytest.fixture
def admin(contexte: Flask) -> Acteur:
    return un_acteur(TypeRole.ADMINISTRATEUR)


def accueil(par: Acteur, entite_id: int, email: str, nom: str = "Tessier") -> Individu:
    qui = accueillir(par, nom, "Camille", email, G, entite_id)
    db.session.rollback()
    return db.session.get_one(Individu, qui)


def test_a_new_person_is_made_once_and_invited_each_time(admin: Acteur, marose: int) -> None:
    une, deux = (accueil(admin, marose, email) for email in (" Camille@Guy.example", "camille@guy.example"))
    assert une.id == deux.id and une.nom == "Tessier"
    assert [c.sujet for c in courriers()] == ["MAROSE FORMATION vous invite sur Certif"] * 2


def test_a_known_person_keeps_the_name_they_have(admin: Acteur, marose: int) -> None:
    connue = une_personne("Lefèvre", "Hélène", mot_de_passe="x")
    assert accueil(admin, marose, connue.email or "", nom="Autre").nom == "Lefèvre"
    assert [c.sujet for c in courriers()] == ["MAROSE FORMATION\u00a0: vous êtes gestionnaire"]


def test_a_deactivated_person_gets_nothing_and_the_administrateur_is_told(admin: Acteur, marose: int) -> None:
    partie = une_personne(actif=False)
    with pytest.raises(ActionImpossible):
        accueil(admin, marose, partie.email or "")
    assert courriers() == []


def test_every_field_that_is_wrong_is_named(admin: Acteur, marose: int) -> None:
    hier = aujourd_hui().replace(year=2020)
    with pytest.raises(SaisieInvalide) as refus:
        accueillir(admin, "", "李", "a@b, c@d", D, marose, hier)
    assert set(refus.value.champs) == {"nom", "prenom", "email", "fin_le"}


def test_by_an_administrateur_alone(marose: int) -> None:
    gestionnaire = un_acteur(G, marose)
    avant = db.session.scalar(select(func.count()).select_from(Individu))
    for type_, entite_id in ((D, marose), (TypeRole.FORMATEUR, None), (TypeRole.ADMINISTRATEUR, None)):
        with pytest.raises(Introuvable):
            accueillir(gestionnaire, "A", "B", "a@b.example", type_, entite_id)
    assert db.session.scalar(select(func.count()).select_from(Individu)) == avant
