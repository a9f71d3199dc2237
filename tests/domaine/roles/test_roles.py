"""Roles given, prolonged, withdrawn: by whom, until when, and who must remain (R17)."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from certif.domaine.acces.espaces import espaces
from certif.domaine.acces.modeles import LienCompte
from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.erreurs import ActionImpossible, Introuvable, Refus, SaisieInvalide
from certif.domaine.journal import EntreeJournal
from certif.domaine.personnes.modeles import Entite, Individu, Role
from certif.domaine.roles import roles
from certif.domaine.roles.compte_d_un_individu import changer_la_fin, desactiver
from certif.domaine.roles.regles import JAMAIS, SANS_FIN, dernier_jour, maintien_assure
from certif.socle.base.extensions import db
from tests.domaine.sessions.test_concurrence import ensemble
from tests.support.factories import un_acteur, un_role, une_entite, une_personne
from tests.support.links import lien_de
from tests.support.moves import courriers

G, D, F, A = TypeRole
JOUR = date(2026, 6, 10)
UN = timedelta(days=1)


@pytest.fixture(autouse=True)
def _le_10_juin(contexte: Flask, horloge_a: Callable[[str], None]) -> None:
    horloge_a("2026-06-10T12:00:00+02:00")


@pytest.fixture
def gestionnaire(marose: int) -> Acteur:
    return installe(G, marose)


@pytest.fixture
def admin(contexte: Flask) -> Acteur:
    return installe(A)


def installe(type_: TypeRole, entite_id: int | None = None) -> Acteur:
    """Somebody in this role who has an account."""
    return un_role(une_personne(mot_de_passe="x").id, type_, entite_id)


def role_de(qui: Acteur) -> int:
    requete = select(Role.id).filter_by(individu_id=qui.individu_id, type=qui.role, entite_id=qui.entite_id)
    return db.session.scalars(requete).one()


def finir(qui: Acteur, fin_le: date | None) -> Acteur:
    """Put an end to a role behind the application's back."""
    db.session.get_one(Role, role_de(qui)).fin_le = fin_le
    db.session.commit()
    return qui


def peut(qui: Acteur) -> bool:
    """Whether this person still stands in that role."""
    db.session.rollback()
    return qui in [e.acteur for e in espaces(qui.individu_id)]


def test_a_role_is_given_prolonged_withdrawn_and_given_again(
    marose: int, gestionnaire: Acteur, admin: Acteur
) -> None:
    camille = un_acteur(D, marose, "Tessier", "Camille")
    comme_gestionnaire = Acteur(camille.individu_id, G, marose)
    identifiant = roles.donner(admin, camille.individu_id, G, marose, JOUR)
    assert peut(comme_gestionnaire)
    # Of two roles in one entité, the strongest is the one that shows.
    assert [e.role for e in espaces(camille.individu_id)] == [G]
    roles.changer_la_fin(gestionnaire, identifiant, JOUR + UN)
    roles.retirer(gestionnaire, identifiant)
    assert not peut(comme_gestionnaire) and peut(camille)
    assert db.session.get_one(Role, identifiant).actif is False
    with pytest.raises(ActionImpossible):
        roles.retirer(gestionnaire, identifiant)
    assert roles.donner(admin, camille.individu_id, G, marose) == identifiant
    actions = db.session.scalars(select(EntreeJournal.action).order_by(EntreeJournal.id)).all()
    assert actions == ["donner_role", "changer_fin_role", "retirer_role", "donner_role"]


def test_the_person_is_told_or_invited(marose: int, gestionnaire: Acteur, admin: Acteur) -> None:
    inscrite = un_role(une_personne(mot_de_passe="x").id, D, marose)
    nouvelle = un_role(une_personne().id, D, marose)
    for qui in (inscrite, nouvelle):
        roles.donner(admin, qui.individu_id, G, marose, date(2026, 8, 31))
    roles.retirer(gestionnaire, role_de(inscrite))
    donne, invitation, retire = courriers()
    assert donne.sujet == "MAROSE FORMATION\u00a0: vous êtes gestionnaire"
    assert "Vous êtes gestionnaire de l’entité MAROSE FORMATION jusqu’au 31/08/2026 inclus." in donne.corps
    assert invitation.sujet == "MAROSE FORMATION vous invite sur Certif" and lien_de(invitation)
    assert retire.sujet == "MAROSE FORMATION\u00a0: vous n’êtes plus délégataire"


def test_an_invitation_dies_with_the_last_role_that_it_would_open(
    marose: int, gestionnaire: Acteur, admin: Acteur
) -> None:
    invitee = un_role(une_personne().id, D, marose)
    roles.donner(admin, invitee.individu_id, G, marose)
    liens = select(LienCompte).filter_by(individu_id=invitee.individu_id)
    roles.retirer(gestionnaire, role_de(invitee))
    assert db.session.scalars(liens).all()
    roles.retirer(gestionnaire, role_de(Acteur(invitee.individu_id, G, marose)))
    assert db.session.scalars(liens).all() == []


def test_a_role_may_end_today_never_yesterday(marose: int, gestionnaire: Acteur, admin: Acteur) -> None:
    camille = un_acteur(D, marose)
    roles.changer_la_fin(gestionnaire, role_de(camille), JOUR)
    assert peut(camille)
    for faire in (
        lambda: roles.changer_la_fin(gestionnaire, role_de(camille), JOUR - UN),
        lambda: roles.donner(admin, camille.individu_id, G, marose, JOUR - UN),
    ):
        with pytest.raises(SaisieInvalide) as refus:
            faire()
        assert list(refus.value.champs) == ["fin_le"]


def test_who_may_change_which_role(marose: int, gestionnaire: Acteur, admin: Acteur) -> None:
    camille = un_acteur(D, marose)
    etrangere = un_acteur(G, une_entite("FORMATION GUY").id)
    inconnue = une_personne().id
    refusent: list[Callable[[], object]] = [
        lambda: roles.donner(gestionnaire, inconnue, D, marose),
        lambda: roles.donner(gestionnaire, camille.individu_id, G, marose),
        lambda: roles.donner(gestionnaire, etrangere.individu_id, D, marose),
        lambda: roles.donner(gestionnaire, 0, D, marose),
        lambda: roles.donner(gestionnaire, camille.individu_id, F),
        lambda: roles.donner(gestionnaire, gestionnaire.individu_id, A),
        lambda: roles.donner(gestionnaire, gestionnaire.individu_id, G, etrangere.entite_id),
        lambda: roles.donner(admin, inconnue, G, 0),
        lambda: roles.donner(camille, camille.individu_id, G, marose),
        lambda: roles.retirer(camille, role_de(gestionnaire)),
        lambda: roles.retirer(etrangere, role_de(camille)),
        lambda: roles.retirer(gestionnaire, role_de(admin)),
        lambda: roles.changer_la_fin(etrangere, role_de(camille), None),
        lambda: roles.changer_la_fin(gestionnaire, 0, None),
    ]
    for refuse in refusent:
        with pytest.raises(Introuvable):
            refuse()
    roles.donner(admin, inconnue, F)
    roles.donner(admin, inconnue, A)
    roles.donner(admin, inconnue, G, marose)
    assert [e.role for e in espaces(inconnue)] == [G, F, A]
    for type_, entite_id in ((G, None), (F, marose)):
        with pytest.raises(ValueError):
            roles.donner(admin, inconnue, type_, entite_id)


def test_a_suspended_entite_changes_nothing_but_the_administrateur_does(
    marose: int, gestionnaire: Acteur, admin: Acteur
) -> None:
    camille = un_acteur(D, marose)
    db.session.get_one(Entite, marose).suspendue_le = JOUR
    db.session.commit()
    with pytest.raises(ActionImpossible):
        roles.retirer(gestionnaire, role_de(camille))
    roles.retirer(admin, role_de(camille))


def test_a_deactivated_person_gets_no_role_and_may_lose_one(
    marose: int, gestionnaire: Acteur, admin: Acteur
) -> None:
    partie = un_role(une_personne(actif=False).id, D, marose)
    with pytest.raises(ActionImpossible):
        roles.donner(admin, partie.individu_id, G, marose)
    roles.retirer(gestionnaire, role_de(partie))
    assert courriers() == []


@pytest.mark.parametrize(
    ("avant", "apres", "autres", "assuree"),
    [
        (SANS_FIN, JAMAIS, [], False),
        (SANS_FIN, JOUR, [], False),
        (SANS_FIN, JAMAIS, [JOUR], False),
        (SANS_FIN, JAMAIS, [JOUR, SANS_FIN], True),
        (JOUR, JAMAIS, [JOUR - UN], False),
        (JOUR, JAMAIS, [JOUR], True),
        (JOUR, JOUR - UN, [], False),
        (JOUR, JOUR, [], True),
        (JOUR, SANS_FIN, [], True),
    ],
)
def test_the_last_day_covered_is_never_brought_forward(
    avant: date, apres: date, autres: list[date], assuree: bool
) -> None:
    assert maintien_assure(avant, apres, autres) is assuree


def test_the_last_day_of_a_role_is_that_of_its_account_when_it_comes_first() -> None:
    assert dernier_jour(None, None) == SANS_FIN
    assert dernier_jour(JOUR, None) == dernier_jour(JOUR + UN, JOUR) == JOUR


def test_the_last_gestionnaire_stays(marose: int, gestionnaire: Acteur, admin: Acteur) -> None:
    """Whoever asks, whether at once or on some day; those who have left, or will first, do not count."""
    installe(G, une_entite("FORMATION GUY").id)
    installe(D, marose)
    un_role(une_personne(mot_de_passe="x", actif=False).id, G, marose)
    un_role(une_personne(mot_de_passe="x", fin_le=JOUR - UN).id, G, marose)
    un_role(une_personne(mot_de_passe="x").id, G, marose, actif=False)
    finir(installe(G, marose), JOUR - UN)
    for acteur in (gestionnaire, admin):
        with pytest.raises(Refus) as refus:
            roles.retirer(acteur, role_de(gestionnaire))
        assert refus.value.regle == "R17"
        assert refus.value.message.startswith("MAROSE FORMATION n’aurait plus de gestionnaire. Donnez")
        with pytest.raises(SaisieInvalide) as saisie:
            roles.changer_la_fin(acteur, role_de(gestionnaire), date(2026, 12, 31))
        assert "après le 31/12/2026" in saisie.value.champs["fin_le"][0]
    assert peut(gestionnaire)


def test_another_who_stays_as_long_lets_a_gestionnaire_leave(marose: int, gestionnaire: Acteur) -> None:
    releve = finir(installe(G, marose), JOUR + UN)
    with pytest.raises(Refus, match="après le 11/06/2026"):
        roles.retirer(gestionnaire, role_de(gestionnaire))
    roles.changer_la_fin(gestionnaire, role_de(releve), None)
    roles.retirer(gestionnaire, role_de(gestionnaire))
    assert not peut(gestionnaire) and peut(releve)


def test_who_was_invited_and_never_came_replaces_nobody_and_may_leave(
    marose: int, gestionnaire: Acteur, admin: Acteur
) -> None:
    invitee = un_acteur(G, marose)
    with pytest.raises(Refus, match="n’aurait plus de gestionnaire"):
        roles.retirer(gestionnaire, role_de(gestionnaire))
    roles.retirer(gestionnaire, role_de(invitee))
    assert not peut(invitee) and peut(gestionnaire)


def test_the_last_administrateur_stays_and_a_formateur_may_leave(admin: Acteur) -> None:
    formateur = un_acteur(F)
    roles.retirer(admin, role_de(formateur))
    with pytest.raises(Refus, match="Certif n’aurait plus d’administrateur"):
        roles.retirer(admin, role_de(admin))
    installe(A)
    roles.retirer(admin, role_de(admin))
    assert not peut(admin)


@pytest.mark.usefixtures("chaque_base")
@pytest.mark.parametrize("type_", [G, A])
def test_two_who_withdraw_each_other_leave_one(contexte: Flask, type_: TypeRole) -> None:
    entite_id = une_entite().id if type_ is G else None
    deux = [installe(type_, entite_id) for _ in range(2)]
    un, autre = (role_de(qui) for qui in deux)
    ensemble(contexte, [lambda: roles.retirer(deux[0], autre), lambda: roles.retirer(deux[1], un)])
    assert [peut(qui) for qui in deux].count(True) == 1


def test_the_journal_names_nobody(marose: int, gestionnaire: Acteur) -> None:
    camille = un_acteur(D, marose, "Tessier", "Camille")
    roles.changer_la_fin(gestionnaire, role_de(camille), JOUR)
    ligne = db.session.scalars(select(EntreeJournal)).one()
    assert (ligne.objet, ligne.objet_id) == ("individu", camille.individu_id)
    assert ligne.apres == {"role": "delegataire", "entite": marose, "actif": True, "fin_le": "2026-06-10"}
    individu = db.session.get_one(Individu, camille.individu_id)
    assert individu.nom not in str(vars(ligne)) and str(individu.email) not in str(vars(ligne))


def test_the_last_of_two_entites_is_told_both(marose: int, admin: Acteur) -> None:
    seul = installe(G, marose)
    un_role(seul.individu_id, G, une_entite("FORMATION GUY").id)
    for geste in (
        lambda: desactiver(admin, db.session.get_one(Individu, seul.individu_id)),
        lambda: changer_la_fin(admin, db.session.get_one(Individu, seul.individu_id), JOUR),
    ):
        with pytest.raises((Refus, SaisieInvalide)) as refus:
            geste()
        assert "MAROSE FORMATION" in refus.value.message and "FORMATION GUY" in refus.value.message
