"""Who comes into a role by an address: known, new, gone, or invited twice at once."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from certif.domaine.comptes.acteur import Acteur
from certif.domaine.comptes.arrivees import accueillir
from certif.domaine.comptes.modeles import Individu, Role, TypeRole
from certif.domaine.erreurs import ActionImpossible, Introuvable, SaisieInvalide, TropDeTentatives
from certif.socle.extensions import db
from certif.socle.horloge import aujourd_hui
from tests.domaine.sessions.test_concurrence import ensemble
from tests.fabriques import un_acteur, une_entite, une_personne
from tests.liens import courriers

G, D = TypeRole.GESTIONNAIRE, TypeRole.DELEGATAIRE


@pytest.fixture
def gestionnaire(contexte: Flask) -> Acteur:
    return un_acteur(G, une_entite().id)


def inviter(par: Acteur, email: str, nom: str = "Tessier", type_: TypeRole = D) -> Individu:
    qui = accueillir(par, nom, "Camille", email, type_, par.entite_id)
    db.session.rollback()
    return db.session.get_one(Individu, qui)


def combien(modele: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(modele)) or 0


def test_a_new_person_is_made_once_and_invited_each_time(gestionnaire: Acteur) -> None:
    une, deux = (inviter(gestionnaire, email) for email in (" Camille@Guy.example", "camille@guy.example"))
    assert une.id == deux.id and une.nom == "Tessier"
    assert [c.sujet for c in courriers()] == ["MAROSE FORMATION vous invite sur Certif"] * 2


def test_a_known_person_keeps_the_name_they_have(gestionnaire: Acteur) -> None:
    connue = une_personne("Lefèvre", "Hélène", mot_de_passe="x")
    assert inviter(gestionnaire, connue.email or "", nom="Autre").nom == "Lefèvre"
    assert [c.sujet for c in courriers()] == ["MAROSE FORMATION\u00a0: vous êtes délégataire"]


def test_a_deactivated_person_gives_a_gestionnaire_the_same_answer(gestionnaire: Acteur) -> None:
    partie = une_personne(actif=False)
    assert inviter(gestionnaire, partie.email or "").id == partie.id
    assert courriers() == []
    admin = un_acteur(TypeRole.ADMINISTRATEUR)
    with pytest.raises(ActionImpossible):
        accueillir(admin, "A", "B", partie.email or "", D, gestionnaire.entite_id)


def test_every_field_that_is_wrong_is_named(gestionnaire: Acteur) -> None:
    hier = aujourd_hui().replace(year=2020)
    with pytest.raises(SaisieInvalide) as refus:
        accueillir(gestionnaire, "", "李", "a@b, c@d", D, gestionnaire.entite_id, hier)
    assert set(refus.value.champs) == {"nom", "prenom", "email", "fin_le"}


def test_only_into_ones_own_entite(gestionnaire: Acteur) -> None:
    guy = une_entite("FORMATION GUY").id
    avant = combien(Individu)
    for type_, entite_id in ((D, guy), (TypeRole.FORMATEUR, None), (TypeRole.ADMINISTRATEUR, None)):
        with pytest.raises(Introuvable):
            accueillir(gestionnaire, "A", "B", "a@b.example", type_, entite_id)
    assert combien(Individu) == avant


def test_thirty_invitations_an_hour_by_one_gestionnaire(
    gestionnaire: Acteur, horloge_a: Callable[[str], None]
) -> None:
    horloge_a("2026-06-10T12:00:00+02:00")
    for rang in range(29):
        inviter(gestionnaire, f"p{rang}@b.example")
    inviter(gestionnaire, "p0@b.example")  # the same again counts too: it sends a mail
    with pytest.raises(TropDeTentatives):
        inviter(gestionnaire, "p30@b.example")
    inviter(un_acteur(G, gestionnaire.entite_id), "p30@b.example")
    horloge_a("2026-06-10T13:00:05+02:00")
    inviter(gestionnaire, "p31@b.example")


@pytest.mark.usefixtures("chaque_base")
def test_two_entites_that_invite_the_same_person_at_once_make_one(contexte: Flask) -> None:
    deux = [un_acteur(G, une_entite(nom).id) for nom in ("MAROSE", "GUY")]
    rendus = ensemble(contexte, [lambda par=par: inviter(par, "c@d.example").id for par in deux])
    assert len(set(rendus)) == 1 and isinstance(rendus[0], int), rendus
    assert combien(Role) == 4
