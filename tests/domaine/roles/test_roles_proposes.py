"""Roles that a gestionnaire proposes: the same whoever has the address, nothing until accepted (R17)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from certif.domaine.acces import hachage
from certif.domaine.acces.authentification import connecter
from certif.domaine.acces.espaces import espaces
from certif.domaine.acces.liens import LienPerime
from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.courriers.envoi import envoyer
from certif.domaine.courriers.modeles import Courrier
from certif.domaine.demandes.lectures import compter_avec_invitations
from certif.domaine.erreurs import (
    ActionImpossible,
    Introuvable,
    Refus,
    SaisieInvalide,
    TropDeTentatives,
)
from certif.domaine.journal import EntreeJournal
from certif.domaine.personnes.modeles import Entite, Individu, Role
from certif.domaine.roles import reponses, roles, roles_proposes
from certif.domaine.roles.fin_de_compte import effacer
from certif.domaine.roles.modeles import RolePropose
from certif.socle.base.extensions import db
from certif.socle.base.pagination import Question
from certif.socle.base.transaction import transaction
from certif.socle.horloge import aujourd_hui, instant_reel
from tests.domaine.sessions.test_concurrence import ensemble
from tests.support.factories import un_acteur, un_role, une_entite, une_personne
from tests.support.links import secret_de
from tests.support.moves import courriers
from tests.support.statements import requetes

G, D = TypeRole.GESTIONNAIRE, TypeRole.DELEGATAIRE
PHRASE = "cheval agrafe pile correcte"
UN = timedelta(days=1)


@pytest.fixture
def gestionnaire(marose: int) -> Acteur:
    return un_role(une_personne("Paris", "Karine", mot_de_passe="x").id, G, marose)


def proposer(par: Acteur, email: str, nom: str = "Tessier", role: str = "delegataire", **plus: Any) -> str:
    """Invite an address; the secret of the mail."""
    roles_proposes.proposer(par, nom, "Camille", email, role, **plus)
    return secret_de(courriers()[-1])


def un_compte(**colonnes: Any) -> Individu:
    return une_personne(**{"mot_de_passe": "x", **colonnes})


def attendues(qui: Individu) -> list[int]:
    db.session.rollback()
    return [p.id for p in reponses.attendues(qui.id)]


def relire(propose_id: int) -> RolePropose:
    db.session.rollback()
    return db.session.get_one(RolePropose, propose_id)


class TestUneSeuleReponse:
    """Known, unknown or deactivated: nothing differs for who invites."""

    def test_the_same_work_is_done_and_the_same_is_shown(
        self, gestionnaire: Acteur, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(hachage, "hacher", lambda _: pytest.fail("a hash"))
        monkeypatch.setattr(hachage, "verifier", lambda *_: pytest.fail("a hash"))
        ailleurs = un_compte(nom="Connue")
        un_role(ailleurs.id, TypeRole.ADMINISTRATEUR)
        connus = (ailleurs, une_personne("Sans", actif=True), un_compte(nom="Partie", actif=False))
        vus, ordres = [], []
        for email in ("neuve@b.example", *(i.email or "" for i in connus)):
            with requetes() as dites:
                propose_id = roles_proposes.proposer(gestionnaire, "Bonnet", "Lise", email, "delegataire")
            lue = relire(propose_id)
            ordres.append(dites)
            vus.append((lue.nom, lue.prenom, lue.email == email, lue.refuse_le, lue.fin_le))
            assert roles_proposes.charger(gestionnaire, propose_id).email == email
        assert set(vus) == {("Bonnet", "Lise", True, None, None)}
        assert ordres[1:] == ordres[:-1]
        assert len({(c.sujet, c.corps.partition("http")[0], c.destinataire_id) for c in courriers()}) == 1
        assert db.session.scalars(select(Role).where(Role.type == D)).all() == []

    def test_a_deactivated_person_gets_no_mail_that_goes_and_no_link_that_opens(
        self, gestionnaire: Acteur
    ) -> None:
        secret = proposer(gestionnaire, un_compte(actif=False).email or "")
        for ouvrir in (
            lambda: reponses.lire_lien(secret),
            lambda: reponses.accepter_par_lien(secret, PHRASE, PHRASE, "n"),
            lambda: reponses.refuser_par_lien(secret),
        ):
            with pytest.raises(LienPerime):
                ouvrir()
        assert roles_proposes.lister(gestionnaire, Question()).lignes[0].refuse_le is None

    def test_who_holds_the_role_here_already_is_refused(self, gestionnaire: Acteur, marose: int) -> None:
        tenue = un_compte()
        un_role(tenue.id, D, marose)
        un_role(un_compte(email="d@e.example").id, D, une_entite("FORMATION GUY").id)
        with pytest.raises(SaisieInvalide, match="déjà délégataire de votre entité"):
            proposer(gestionnaire, tenue.email or "")
        proposer(gestionnaire, tenue.email or "", role="gestionnaire")
        proposer(gestionnaire, "d@e.example")


class TestRienAvantLaReponse:
    def test_it_opens_nothing_and_replaces_no_last_gestionnaire(
        self, gestionnaire: Acteur, marose: int
    ) -> None:
        releve = un_compte()
        proposer(gestionnaire, releve.email or "", role="gestionnaire")
        assert espaces(releve.id) == []
        mien = db.session.scalars(select(Role.id).filter_by(individu_id=gestionnaire.individu_id)).one()
        with pytest.raises(Refus):
            roles.retirer(gestionnaire, mien)
        reponses.accepter(releve.id, attendues(releve)[0])
        roles.retirer(gestionnaire, mien)
        assert [e.role for e in espaces(releve.id)] == [G]

    def test_it_dies_in_seven_days(self, gestionnaire: Acteur) -> None:
        with time_machine.travel("2026-06-10T10:00:00Z", tick=False) as temps:
            connue = un_compte()
            secret = proposer(gestionnaire, connue.email or "")
            (propose_id,) = attendues(connue)
            temps.shift(timedelta(days=7, seconds=-1))
            assert attendues(connue) and compter_avec_invitations(gestionnaire)[1] == 1
            temps.shift(timedelta(seconds=1))
            assert attendues(connue) == [] and compter_avec_invitations(gestionnaire)[1] == 0
            assert roles_proposes.lister(gestionnaire, Question()).total == 0
            with pytest.raises(Introuvable):
                reponses.accepter(connue.id, propose_id)
            with pytest.raises(LienPerime):
                reponses.lire_lien(secret)
            roles_proposes.purger()
            assert db.session.scalars(select(RolePropose)).all() == []

    def test_a_role_that_would_be_over_is_not_accepted(
        self, gestionnaire: Acteur, horloge_a: Callable[[str], None]
    ) -> None:
        horloge_a("2026-06-10T12:00:00+02:00")
        connue = un_compte()
        with pytest.raises(SaisieInvalide):
            proposer(gestionnaire, connue.email or "", fin_le=aujourd_hui() - UN)
        proposer(gestionnaire, connue.email or "", fin_le=aujourd_hui())
        (propose_id,) = attendues(connue)
        horloge_a("2026-06-11T00:00:05+02:00")
        with pytest.raises(Introuvable):
            reponses.accepter(connue.id, propose_id)


class TestReponse:
    def test_logged_in_the_role_is_taken_once(self, gestionnaire: Acteur, marose: int) -> None:
        connue, autre = un_compte(), un_compte()
        fin = aujourd_hui() + UN
        proposer(gestionnaire, connue.email or "", fin_le=fin)
        (propose_id,) = attendues(connue)
        for faire in (reponses.accepter, reponses.refuser):
            with pytest.raises(Introuvable):
                faire(autre.id, propose_id)
        assert reponses.accepter(connue.id, propose_id) == marose
        role = db.session.scalars(select(Role).filter_by(individu_id=connue.id)).one()
        assert (role.type, role.entite_id, role.actif, role.fin_le) == (D, marose, True, fin)
        for faire in (reponses.accepter, reponses.refuser):
            with pytest.raises(Introuvable):
                faire(connue.id, propose_id)
        lignes = db.session.scalars(select(EntreeJournal).order_by(EntreeJournal.id)).all()
        assert [(e.action, e.acteur_id) for e in lignes] == [
            ("inviter", gestionnaire.individu_id),
            ("accepter_role", connue.id),
        ]
        assert not any(str(connue.email) in str(vars(e)) or "Tessier" in str(vars(e)) for e in lignes)

    def test_a_no_is_shown_and_can_be_neither_accepted_nor_sent_again(self, gestionnaire: Acteur) -> None:
        connue = un_compte()
        secret = proposer(gestionnaire, connue.email or "")
        (propose_id,) = attendues(connue)
        reponses.refuser(connue.id, propose_id)
        for faire in (reponses.refuser, reponses.accepter):
            with pytest.raises(Introuvable):
                faire(connue.id, propose_id)
        with pytest.raises(LienPerime):
            reponses.lire_lien(secret)
        assert roles_proposes.charger(gestionnaire, propose_id).refuse_le is not None
        with pytest.raises(ActionImpossible):
            roles_proposes.renvoyer(gestionnaire, relire(propose_id))
        proposer(gestionnaire, connue.email or "")
        assert attendues(connue) == [propose_id]

    def test_an_unknown_address_opens_its_account_with_the_role(
        self, gestionnaire: Acteur, marose: int
    ) -> None:
        secret = proposer(gestionnaire, " Camille@Guy.example")
        lue = reponses.lire_lien(secret)
        assert (lue.prenom, lue.email, lue.individu_id, lue.minimum) == (
            "Camille",
            "camille@guy.example",
            None,
            12,
        )
        avant = db.session.scalars(select(Individu.id)).all()
        with pytest.raises(SaisieInvalide):
            reponses.accepter_par_lien(secret, "court", "court", "n")
        assert db.session.scalars(select(Individu.id)).all() == avant
        ouverture = reponses.accepter_par_lien(secret, PHRASE, PHRASE, "n")
        assert ouverture is not None
        assert [e.acteur for e in espaces(ouverture.individu_id)] == [
            Acteur(ouverture.individu_id, D, marose)
        ]
        assert connecter("camille@guy.example", PHRASE, adresse="192.0.2.1", navigateur="x")
        with pytest.raises(LienPerime):
            reponses.accepter_par_lien(secret, PHRASE, PHRASE, "n")

    def test_who_never_had_a_password_keeps_the_name_that_is_known(self, gestionnaire: Acteur) -> None:
        connue = une_personne("Lefèvre", "Hélène")
        secret = proposer(gestionnaire, connue.email or "", nom="Autre")
        assert reponses.lire_lien(secret).prenom == "Hélène"
        reponses.accepter_par_lien(secret, PHRASE, PHRASE, "n")
        db.session.rollback()
        assert db.session.get_one(Individu, connue.id).nom == "Lefèvre"

    def test_the_link_alone_does_not_answer_for_an_account(self, gestionnaire: Acteur) -> None:
        connue = un_compte()
        secret = proposer(gestionnaire, connue.email or "")
        assert reponses.lire_lien(secret).individu_id == connue.id
        with pytest.raises(LienPerime):
            reponses.accepter_par_lien(secret, PHRASE, PHRASE, "n")
        assert db.session.get_one(Individu, connue.id).mot_de_passe == "x"

    def test_two_entites_invite_the_same_unknown_person(self, gestionnaire: Acteur, marose: int) -> None:
        guy = une_entite("FORMATION GUY").id
        premier = proposer(gestionnaire, "c@d.example")
        second = proposer(un_acteur(G, guy), "c@d.example", role="gestionnaire")
        ouverture = reponses.accepter_par_lien(premier, PHRASE, PHRASE, "n")
        assert ouverture is not None
        qui = db.session.get_one(Individu, ouverture.individu_id)
        assert reponses.lire_lien(second).individu_id == qui.id
        (propose_id,) = attendues(qui)
        assert reponses.accepter(qui.id, propose_id) == guy
        assert {e.entite_id for e in espaces(qui.id)} == {marose, guy}

    def test_a_role_held_meanwhile_is_never_shortened(self, gestionnaire: Acteur, marose: int) -> None:
        connue, fin = un_compte(), aujourd_hui() + UN
        proposer(gestionnaire, connue.email or "", fin_le=fin)
        un_role(connue.id, D, marose)
        reponses.accepter(connue.id, attendues(connue)[0])
        assert db.session.scalars(select(Role.fin_le).filter_by(individu_id=connue.id)).one() is None

    def test_an_ended_role_is_taken_up_again(self, gestionnaire: Acteur, marose: int) -> None:
        connue = un_compte()
        un_role(connue.id, D, marose, actif=False)
        proposer(gestionnaire, connue.email or "")
        reponses.accepter(connue.id, attendues(connue)[0])
        assert [e.role for e in espaces(connue.id)] == [D]

    def test_another_owner_of_the_address_answers_and_the_former_no_more(self, gestionnaire: Acteur) -> None:
        avant, apres = un_compte(), un_compte()
        email = avant.email or ""
        proposer(gestionnaire, email)
        for qui, nouvelle in ((avant, "autre@b.example"), (apres, email)):
            db.session.get_one(Individu, qui.id).email = nouvelle
            db.session.commit()
        assert attendues(avant) == [] and attendues(apres) != []

    def test_who_is_erased_is_invited_nowhere_any_more(self, gestionnaire: Acteur) -> None:
        connue = un_compte()
        secret = proposer(gestionnaire, connue.email or "")
        with transaction():
            effacer(db.session.get_one(Individu, connue.id))
        assert db.session.scalars(select(RolePropose)).all() == []
        assert db.session.scalars(select(Courrier)).all() == []
        with pytest.raises(LienPerime):
            reponses.lire_lien(secret)

    @pytest.mark.usefixtures("chaque_base")
    def test_of_two_that_accept_at_once_one_opens(self, contexte: Flask) -> None:
        par = un_role(une_personne(mot_de_passe="x").id, G, une_entite().id)
        secret = proposer(par, "c@d.example")
        ouvrir = lambda: reponses.accepter_par_lien(secret, PHRASE, PHRASE, "n")  # noqa: E731
        rendus = ensemble(contexte, [ouvrir, ouvrir])
        assert sum(isinstance(rendu, LienPerime) for rendu in rendus) == 1, rendus
        assert len(db.session.scalars(select(Individu).filter_by(email="c@d.example")).all()) == 1


class TestCorriger:
    def test_a_mistyped_address_is_corrected_and_its_link_dies(self, gestionnaire: Acteur) -> None:
        ancien = proposer(gestionnaire, "camile@guy.example")
        propose = db.session.scalars(select(RolePropose)).one()
        roles_proposes.corriger_l_adresse(gestionnaire, propose, "camille@guy.example")
        (courrier,) = courriers()  # the first had not gone: it does not go
        assert courrier.adresse == "camille@guy.example"
        with pytest.raises(LienPerime):
            reponses.lire_lien(ancien)
        assert reponses.lire_lien(secret_de(courrier)).email == "camille@guy.example"

    def test_an_address_invited_already_or_in_the_role_is_refused(
        self, gestionnaire: Acteur, marose: int
    ) -> None:
        tenue = un_compte()
        un_role(tenue.id, D, marose)
        proposer(gestionnaire, "a@b.example")
        proposer(gestionnaire, "c@d.example")
        premier = db.session.scalars(select(RolePropose).order_by(RolePropose.id)).first()
        assert premier is not None
        for email in ("c@d.example", tenue.email or "", "x", ""):
            with pytest.raises(SaisieInvalide) as refus:
                roles_proposes.corriger_l_adresse(gestionnaire, relire(premier.id), email)
            assert list(refus.value.champs) == ["email"]
        assert relire(premier.id).email == "a@b.example"

    def test_it_is_sent_again_or_taken_back(self, gestionnaire: Acteur) -> None:
        premier = proposer(gestionnaire, "a@b.example")
        propose = db.session.scalars(select(RolePropose)).one()
        roles_proposes.renvoyer(gestionnaire, propose)
        second = secret_de(courriers()[-1])
        with pytest.raises(LienPerime):
            reponses.lire_lien(premier)
        assert reponses.lire_lien(second)
        roles_proposes.annuler(gestionnaire, relire(propose.id))
        with pytest.raises(LienPerime):
            reponses.lire_lien(second)
        assert courriers() == []

    def test_the_same_invitation_typed_again_replaces_it(self, gestionnaire: Acteur) -> None:
        proposer(gestionnaire, "a@b.example", nom="Tesier")
        proposer(gestionnaire, "a@b.example", nom="Tessier")
        assert [p.nom for p in db.session.scalars(select(RolePropose))] == ["Tessier"]


class TestHomonymes:
    def test_who_has_the_same_name_here_is_told_first(self, gestionnaire: Acteur, marose: int) -> None:
        proposer(gestionnaire, "camille@guy.example", nom="TESSIER")
        un_role(un_compte(nom="Tessier", prenom="Camille", email="ct@b.example").id, D, marose)
        un_role(un_compte(nom="Tessier", prenom="Camille").id, D, marose, actif=False)
        guy = une_entite("FORMATION GUY").id
        un_role(un_compte(nom="Tessier", prenom="Camille").id, D, guy)
        lus = roles_proposes.homonymes(gestionnaire, "Tessier", "Camille", "autre@b.example")
        assert [ligne.partition(",")[2].strip() for ligne in lus] == [
            "ct@b.example\u00a0: a un rôle",
            "camille@guy.example\u00a0: invitation en attente",
        ]
        # The same address is the same person: nothing to ask.
        assert len(roles_proposes.homonymes(gestionnaire, "Tessier", "Camille", "ct@b.example")) == 1
        assert roles_proposes.homonymes(gestionnaire, "Tessier", "Claude", "autre@b.example") == []


def test_by_the_gestionnaires_of_that_entite_alone(gestionnaire: Acteur, marose: int) -> None:
    proposer(gestionnaire, "a@b.example")
    propose = db.session.scalars(select(RolePropose)).one()
    etranger = un_acteur(G, une_entite("FORMATION GUY").id)
    for acteur in (etranger, un_acteur(D, marose), un_acteur(TypeRole.ADMINISTRATEUR)):
        for refuse in (
            lambda a=acteur: roles_proposes.charger(a, propose.id),
            lambda a=acteur: roles_proposes.renvoyer(a, propose),
            lambda a=acteur: roles_proposes.annuler(a, propose),
            lambda a=acteur: roles_proposes.corriger_l_adresse(a, propose, "c@d.example"),
        ):
            with pytest.raises(Introuvable):
                refuse()
    assert roles_proposes.lister(etranger, Question()).total == 0


def test_a_suspended_entite_invites_nobody(gestionnaire: Acteur, marose: int) -> None:
    db.session.get_one(Entite, marose).suspendue_le = aujourd_hui()
    db.session.commit()
    with pytest.raises(ActionImpossible):
        proposer(gestionnaire, "a@b.example")


def test_thirty_invitations_an_hour_by_one_gestionnaire(
    gestionnaire: Acteur, marose: int, horloge_a: Callable[[str], None]
) -> None:
    horloge_a("2026-06-10T12:00:00+02:00")
    for rang in range(29):
        proposer(gestionnaire, f"p{rang}@b.example")
    proposer(gestionnaire, "p0@b.example")  # the same again counts too: it sends a mail
    propose = db.session.scalars(select(RolePropose)).first()
    assert propose is not None
    for refuse in (
        lambda: proposer(gestionnaire, "p30@b.example"),
        lambda: roles_proposes.renvoyer(gestionnaire, propose),
        lambda: roles_proposes.corriger_l_adresse(gestionnaire, propose, "q@b.example"),
    ):
        with pytest.raises(TropDeTentatives):
            refuse()
    proposer(un_acteur(G, marose), "p30@b.example")
    horloge_a("2026-06-10T13:00:05+02:00")
    proposer(gestionnaire, "p31@b.example")


def test_the_mail_goes_to_the_address_and_forgets_it(gestionnaire: Acteur) -> None:
    proposer(gestionnaire, "a@b.example")
    assert envoyer(None) == 1
    (courrier,) = courriers()
    assert courrier.destinataire_id is None and courrier.adresse == "a@b.example"
    assert "MAROSE FORMATION vous invite comme délégataire." in courrier.corps
    assert instant_reel() - relire(1).cree_le < UN
