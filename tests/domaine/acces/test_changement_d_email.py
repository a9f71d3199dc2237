"""Changing an address: confirmed by the new one, open to objection by the old one, silent about others'."""

from datetime import timedelta
from functools import partial

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from certif.domaine.acces import changement_d_email as changement
from certif.domaine.acces import changement_de_mot_de_passe, hachage
from certif.domaine.acces.authentification import Ouverture, connecter
from certif.domaine.acces.espaces import personne_connectee
from certif.domaine.acces.frein import empreinte_navigateur
from certif.domaine.acces.invitations import inviter, lire_invitation
from certif.domaine.acces.liens import LienPerime
from certif.domaine.acces.modeles import Connexion
from certif.domaine.acces.presence import Provenance
from certif.domaine.acteur import TypeRole
from certif.domaine.courriers.modeles import Courrier
from certif.domaine.erreurs import ActionImpossible, Introuvable, Refus, SaisieInvalide
from certif.domaine.personnes.modeles import Individu
from certif.socle.base.extensions import db
from tests.domaine.sessions.test_concurrence import ensemble
from tests.support.factories import un_acteur, une_personne
from tests.support.links import lien_de, secret_de
from tests.support.moves import courriers

pytestmark = pytest.mark.usefixtures("contexte")
MOT, NOUVEAU = "un mot de passe d'essai", "cheval agrafe pile correcte"
ICI = Provenance("192.0.2.1", "ce navigateur")
ANCIENNE, NOUVELLE = "stephanie@ancien.example", "stephanie@nouveau.example"


@pytest.fixture
def personne(contexte: object) -> int:
    return une_personne(email=ANCIENNE, mot_de_passe=hachage.hacher(MOT)).id


def ouvrir(email: str = ANCIENNE) -> Ouverture:
    ouverture = connecter(email, MOT, adresse=ICI.adresse, navigateur=ICI.navigateur)
    assert isinstance(ouverture, Ouverture)
    return ouverture


def email_de(individu_id: int) -> str | None:
    db.session.rollback()
    return db.session.get_one(Individu, individu_id).email


def demander(individu_id: int, email: str, mot: str = MOT) -> list[Courrier]:
    """The mails that it writes."""
    ici = ouvrir(email_de(individu_id) or "")
    avant = len(courriers())
    changement.demander(individu_id, ici.connexion_id, email, mot, ICI)
    return courriers()[avant:]


def test_nothing_changes_until_the_new_address_confirms(personne: int) -> None:
    a_la_nouvelle, a_l_ancienne = demander(personne, f" {NOUVELLE.upper()} ")
    assert (a_la_nouvelle.adresse, a_l_ancienne.adresse) == (NOUVELLE, None)
    assert lien_de(a_l_ancienne) == ""
    assert email_de(personne) == ANCIENNE
    assert (changement.adresse_en_attente(personne) or ("",))[0] == NOUVELLE
    assert changement.lire_confirmation(secret_de(a_la_nouvelle)) == NOUVELLE
    changement.confirmer(secret_de(a_la_nouvelle), "navigateur")
    assert email_de(personne) == NOUVELLE
    assert changement.adresse_en_attente(personne) is None
    connu = select(Connexion).filter_by(navigateur=empreinte_navigateur("navigateur"))
    assert db.session.scalars(connu).one().fermee_le is not None  # a known browser, and no login
    assert ouvrir(NOUVELLE)
    assert courriers()[-1].adresse == ANCIENNE
    with pytest.raises(LienPerime):
        changement.confirmer(secret_de(a_la_nouvelle), "navigateur")


def test_a_second_demand_replaces_the_first(personne: int) -> None:
    premiere = secret_de(demander(personne, "autre@nouveau.example")[0])
    seconde = secret_de(demander(personne, NOUVELLE)[0])
    with pytest.raises(LienPerime):
        changement.confirmer(premiere, "navigateur")
    changement.confirmer(seconde, "navigateur")
    assert email_de(personne) == NOUVELLE


def test_the_password_and_another_address_are_needed(personne: int) -> None:
    for email, mot, champ in (
        (NOUVELLE, "faux", "mot_de_passe"),
        (ANCIENNE.upper(), MOT, "email"),
        (f"{NOUVELLE}\r\nBcc: x@y.example", MOT, "email"),
        (f"Elle <{NOUVELLE}>", MOT, "email"),
    ):
        with pytest.raises(SaisieInvalide) as refus:
            demander(personne, email, mot)
        assert list(refus.value.champs) == [champ]
    assert courriers() == []


def test_another_account_s_address_is_told_by_mail_alone(personne: int) -> None:
    autre = une_personne(email=NOUVELLE)
    a_la_nouvelle, a_l_ancienne = demander(personne, NOUVELLE)
    assert a_la_nouvelle.sujet == "Votre adresse e-mail a déjà un compte"
    assert (a_la_nouvelle.adresse, lien_de(a_la_nouvelle)) == (NOUVELLE, "")
    assert a_l_ancienne.sujet == "Une nouvelle adresse e-mail est demandée pour votre compte"
    # The page shows what it would have shown.
    assert (changement.adresse_en_attente(personne) or ("",))[0] == NOUVELLE
    assert (email_de(personne), email_de(autre.id)) == (ANCIENNE, NOUVELLE)


def test_an_address_taken_before_its_confirmation_is_refused(personne: int) -> None:
    secret = secret_de(demander(personne, NOUVELLE)[0])
    une_personne(email=NOUVELLE)
    with pytest.raises(ActionImpossible):
        changement.confirmer(secret, "navigateur")
    assert email_de(personne) == ANCIENNE


class TestOpposition:
    def test_everything_is_taken_back_from_who_knew_the_password(self, personne: int) -> None:
        changement.confirmer(secret_de(demander(personne, NOUVELLE)[0]), "navigateur")
        objection = secret_de(courriers()[-1])
        voleur = ouvrir(NOUVELLE)
        changement_de_mot_de_passe.demander(NOUVELLE, ICI.adresse)
        du_voleur = secret_de(courriers()[-1])
        encore = secret_de(demander(personne, "encore@voleur.example")[0])
        assert changement.lire_opposition(objection) == ANCIENNE
        suite = changement.s_opposer(objection)
        assert email_de(personne) == ANCIENNE
        assert personne_connectee(voleur.connexion_id, voleur.timbre) is None
        with pytest.raises(Refus):
            ouvrir(ANCIENNE)
        for mort in (du_voleur, encore, objection):
            for essai in (
                changement_de_mot_de_passe.lire_demande,
                lambda secret: changement.confirmer(secret, "navigateur"),
                changement.s_opposer,
            ):
                with pytest.raises(LienPerime):
                    essai(mort)
        changement_de_mot_de_passe.choisir(suite.partition("?cle=")[2], NOUVEAU, NOUVEAU, "navigateur")
        assert connecter(ANCIENNE, NOUVEAU, adresse=ICI.adresse, navigateur="x")

    def test_the_first_owner_wins_however_many_changes_followed(self, personne: int) -> None:
        changement.confirmer(secret_de(demander(personne, NOUVELLE)[0]), "navigateur")
        premiere = secret_de(courriers()[-1])
        changement.confirmer(secret_de(demander(personne, "troisieme@voleur.example")[0]), "navigateur")
        seconde = secret_de(courriers()[-1])
        changement.s_opposer(premiere)
        assert email_de(personne) == ANCIENNE
        with pytest.raises(LienPerime):
            changement.s_opposer(seconde)

    def test_the_old_address_is_kept_for_72_hours(self, personne: int) -> None:
        with time_machine.travel("2026-06-10T10:00:00Z", tick=False) as temps:
            autre = une_personne(email="autre@a.example", mot_de_passe=hachage.hacher(MOT))
            changement.confirmer(secret_de(demander(personne, NOUVELLE)[0]), "navigateur")
            assert lien_de(demander(autre.id, ANCIENNE)[0]) == ""
            temps.shift(timedelta(hours=72))
            with pytest.raises(LienPerime):
                changement.s_opposer(secret_de(courriers()[-3]))
            assert lien_de(demander(autre.id, ANCIENNE)[0])


class TestParAdministrateur:
    def test_it_counts_at_once_and_both_addresses_are_told(self, personne: int) -> None:
        avant = ouvrir()
        changement.changer_email_par_administrateur(un_acteur(TypeRole.ADMINISTRATEUR), personne, NOUVELLE)
        assert email_de(personne) == NOUVELLE
        assert {courrier.adresse for courrier in courriers()} == {ANCIENNE, NOUVELLE}
        assert personne_connectee(avant.connexion_id, avant.timbre) is None

    def test_an_address_of_another_account_is_refused_beside_the_field(self, personne: int) -> None:
        une_personne(email=NOUVELLE)
        with pytest.raises(SaisieInvalide) as refus:
            changement.changer_email_par_administrateur(
                un_acteur(TypeRole.ADMINISTRATEUR), personne, NOUVELLE
            )
        assert list(refus.value.champs) == ["email"]

    @pytest.mark.parametrize("_base", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
    def test_of_two_persons_who_are_given_one_address_at_once_one_has_it(
        self, contexte: Flask, _base: str
    ) -> None:
        par, qui = un_acteur(TypeRole.ADMINISTRATEUR), [une_personne().id for _ in range(4)]
        donner = [partial(changement.changer_email_par_administrateur, par, un, NOUVELLE) for un in qui]
        faits = ensemble(contexte, donner)
        assert sorted(type(fait).__name__ for fait in faits) == ["NoneType", *["SaisieInvalide"] * 3]

    def test_nobody_else_may(self, personne: int) -> None:
        with pytest.raises(Introuvable):
            changement.changer_email_par_administrateur(un_acteur(TypeRole.FORMATEUR), personne, NOUVELLE)

    def test_a_pending_invitation_follows(self) -> None:
        admin, invitee = un_acteur(TypeRole.ADMINISTRATEUR), une_personne()
        inviter(admin, invitee.id)
        ancienne = secret_de(courriers()[-1])
        changement.changer_email_par_administrateur(admin, invitee.id, NOUVELLE)
        with pytest.raises(LienPerime):
            lire_invitation(ancienne)
        assert lire_invitation(secret_de(courriers()[-1])).identifiant == NOUVELLE

    def test_who_has_a_role_and_no_account_is_invited_and_told_of_no_account(self) -> None:
        admin, formateur = un_acteur(TypeRole.ADMINISTRATEUR), un_acteur(TypeRole.FORMATEUR)
        changement.changer_email_par_administrateur(admin, formateur.individu_id, NOUVELLE)
        (courrier,) = courriers()
        assert lire_invitation(secret_de(courrier)).identifiant == NOUVELLE
