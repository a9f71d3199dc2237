"""The users of an entité: found, sorted and filtered alike on both databases, by its gestionnaires alone."""

from datetime import timedelta

import pytest
from flask import Flask

from certif.domaine.acteur import TypeRole
from certif.domaine.erreurs import Introuvable
from certif.domaine.roles import roles_proposes, utilisateurs
from certif.socle.base.pagination import Question
from certif.socle.horloge import aujourd_hui, maintenant
from tests.support.factories import un_acteur, un_alias, un_role, une_entite, une_personne

G, D = TypeRole.GESTIONNAIRE, TypeRole.DELEGATAIRE


@pytest.mark.usefixtures("chaque_base")
def test_who_is_found_and_in_which_order(contexte: Flask) -> None:
    marose, guy = une_entite().id, une_entite("FORMATION GUY").id
    moi = un_role(une_personne("Paris", "Karine").id, G, marose, derniere_venue=maintenant())
    ailleurs = une_personne("De La Tour", "Élodie", derniere_connexion=maintenant() + timedelta(days=1))
    un_role(ailleurs.id, D, marose)
    un_role(ailleurs.id, D, guy, derniere_venue=maintenant())
    un_role(moi.individu_id, D, marose)
    un_role(une_personne("Avril").id, D, marose, fin_le=aujourd_hui() - timedelta(days=1))
    un_role(une_personne("Brun", actif=False).id, D, marose)
    un_role(une_personne("Carré", efface_le=maintenant()).id, D, marose)
    un_acteur(D, guy, "Denis")

    def noms(recherche: str = "", etat: str = "", **ordre: object) -> list[str]:
        question = Question(recherche, {"etat": etat}, **ordre)  # type: ignore[arg-type]
        page = utilisateurs.lister(moi, question)
        assert page.total == len(page.lignes)
        return [u.individu.nom for u in page.lignes]

    assert noms() == ["De La Tour", "Paris"]
    assert noms(decroissant=True) == noms(tri="connexion", decroissant=True) == ["Paris", "De La Tour"]
    assert noms(tri="connexion") == ["De La Tour", "Paris"]
    assert noms(etat="termines") == ["Avril", "Brun"]
    assert noms(etat="tous") == ["Avril", "Brun", "De La Tour", "Paris"]
    for recherche in ("elod", "delatour", "la TOUR de", "personne"):
        assert "De La Tour" in noms(recherche), recherche
    assert noms("denis") == noms("our") == []
    (elodie,) = utilisateurs.lister(moi, Question("elodie")).lignes
    assert elodie.derniere_connexion is None  # what she does elsewhere is nobody's business here
    (karine,) = utilisateurs.lister(moi, Question("karine")).lignes
    assert [role.type for role in karine.en_vigueur] == [G, D]


@pytest.mark.usefixtures("chaque_base")
def test_whoever_left_is_not_found_by_their_address(contexte: Flask) -> None:
    marose = une_entite().id
    moi = un_role(une_personne("Paris", "Karine").id, G, marose)
    restee = une_personne("Brun", "Luc", email="l.brun@ailleurs.example")
    partie = une_personne("De La Tour", "Élodie", email="tour.operateur@ailleurs.example")
    un_role(restee.id, D, marose)
    un_role(partie.id, D, marose, fin_le=aujourd_hui() - timedelta(days=1))

    def noms(recherche: str) -> list[str]:
        lignes = utilisateurs.lister(moi, Question(recherche, {"etat": "tous"})).lignes
        return [u.individu.nom for u in lignes]

    assert noms("ailleurs") == noms("ailleurs example") == noms("l.brun@ailleurs.example") == ["Brun"]
    assert noms("tour.operateur@ailleurs.example") == noms("operateur") == noms("élodie ailleurs") == []
    ancien = un_alias(partie.id).numero
    for recherche in ("tour", "delatour", "elo la", partie.numero, ancien):
        assert noms(recherche) == ["De La Tour"], recherche


def test_by_a_gestionnaire_alone(contexte: Flask) -> None:
    marose = une_entite().id
    delegataire = un_acteur(D, marose)
    for acteur in (delegataire, un_acteur(TypeRole.FORMATEUR), un_acteur(TypeRole.ADMINISTRATEUR)):
        for refuse in (
            lambda a=acteur: utilisateurs.lister(a, Question()),
            lambda a=acteur: utilisateurs.charger(a, delegataire.individu_id),
            lambda a=acteur: roles_proposes.proposer(a, "A", "B", "a@b.example", "delegataire"),
        ):
            with pytest.raises(Introuvable):
                refuse()
