"""Inviting who has no account; and a formateur told of a session by the same mail."""

import pytest
from sqlalchemy import select

from certif.domaine.acces import hachage
from certif.domaine.acces.authentification import connecter
from certif.domaine.acces.invitations import accepter, inviter, lire_invitation
from certif.domaine.acces.liens import LienPerime
from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.erreurs import ActionImpossible, SaisieInvalide
from certif.domaine.journal import EntreeJournal
from certif.domaine.personnes.modeles import Individu
from certif.domaine.sessions.actions.soumission import relancer_le_formateur, soumettre_au_formateur
from certif.domaine.sessions.annonces import formateur_injoint
from certif.domaine.sessions.etats import Etat
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import instant_reel
from tests.support.factories import (
    un_acteur,
    un_organisme,
    un_role,
    une_entite,
    une_personne,
    une_session,
    version,
)
from tests.support.links import lien_de, secret_de
from tests.support.moves import courriers, lire

pytestmark = pytest.mark.usefixtures("contexte")
PHRASE = "cheval agrafe pile correcte"


@pytest.fixture
def gestionnaire(contexte: object) -> Acteur:
    return un_acteur(TypeRole.GESTIONNAIRE, une_entite("MAROSE FORMATION").id)


def test_the_invited_person_chooses_a_password_and_is_in(gestionnaire: Acteur) -> None:
    invitee = une_personne(prenom="Stéphanie")
    inviter(gestionnaire, invitee.id)
    courrier = courriers()[-1]
    assert courrier.destinataire_id == invitee.id
    assert courrier.sujet == "MAROSE FORMATION vous invite sur Certif"
    lue = lire_invitation(secret_de(courrier))
    assert (lue.prenom, lue.organisation, lue.minimum) == ("Stéphanie", "MAROSE FORMATION", 12)
    ouverture = accepter(secret_de(courrier), PHRASE, PHRASE, "navigateur")
    assert ouverture is not None and ouverture.individu_id == invitee.id
    assert connecter(invitee.email or "", PHRASE, adresse="192.0.2.1", navigateur="x")
    with pytest.raises(LienPerime):
        accepter(secret_de(courrier), PHRASE, PHRASE, "navigateur")
    lignes = db.session.scalars(select(EntreeJournal).filter_by(objet_id=invitee.id)).all()
    assert [ligne.action for ligne in lignes] == ["inviter", "accepter_invitation"]


def test_a_new_invitation_replaces_the_pending_one(gestionnaire: Acteur) -> None:
    invitee = une_personne()
    inviter(gestionnaire, invitee.id)
    inviter(gestionnaire, invitee.id)
    ancienne, nouvelle = (secret_de(courrier) for courrier in courriers())
    with pytest.raises(LienPerime):
        lire_invitation(ancienne)
    assert lire_invitation(nouvelle).identifiant == invitee.email


def test_the_invitation_of_another_entite_opens_the_account_as_well(gestionnaire: Acteur) -> None:
    invitee = une_personne()
    inviter(gestionnaire, invitee.id)
    inviter(un_acteur(TypeRole.GESTIONNAIRE, une_entite("FORMATION GUY").id), invitee.id)
    premiere, seconde = (secret_de(courrier) for courrier in courriers())
    assert lire_invitation(seconde).organisation == "FORMATION GUY"
    assert accepter(premiere, PHRASE, PHRASE, "navigateur") is not None
    with pytest.raises(LienPerime):
        lire_invitation(seconde)


def test_who_cannot_be_invited(gestionnaire: Acteur) -> None:
    for colonnes in ({"mot_de_passe": "x"}, {"email": None}, {"actif": False}):
        with pytest.raises(ActionImpossible):
            inviter(gestionnaire, une_personne(**colonnes).id)
    assert courriers() == []


def test_a_refused_password_leaves_the_invitation_as_it_was(gestionnaire: Acteur) -> None:
    invitee = une_personne()
    inviter(gestionnaire, invitee.id)
    secret = secret_de(courriers()[-1])
    for nouveau, confirmation, champ in (
        ("court", "court", "nouveau"),
        (PHRASE, f"{PHRASE} ", "confirmation"),
    ):
        with pytest.raises(SaisieInvalide) as refus:
            accepter(secret, nouveau, confirmation, "navigateur")
        assert list(refus.value.champs) == [champ]
    assert db.session.get_one(Individu, invitee.id).mot_de_passe is None
    assert accepter(secret, PHRASE, PHRASE, "navigateur")


def test_an_administrateur_needs_sixteen_characters() -> None:
    invitee = une_personne()
    par = un_role(invitee.id, TypeRole.ADMINISTRATEUR)
    inviter(par, invitee.id)
    courrier = courriers()[-1]
    assert courrier.sujet == "Vous êtes invité sur Certif"
    assert lire_invitation(secret_de(courrier)).minimum == 16
    with pytest.raises(SaisieInvalide):
        accepter(secret_de(courrier), PHRASE[:15], PHRASE[:15], "navigateur")
    assert accepter(secret_de(courrier), PHRASE[:16], PHRASE[:16], "navigateur")


def test_an_account_that_asks_for_a_code_is_not_opened_by_a_link(gestionnaire: Acteur) -> None:
    invitee = une_personne(totp_depuis=instant_reel())
    inviter(gestionnaire, invitee.id)
    assert accepter(secret_de(courriers()[-1]), PHRASE, PHRASE, "navigateur") is None


class TestFormateur:
    def test_without_account_is_told_and_invited_by_one_mail(self) -> None:
        organisme = un_organisme()
        numero = une_session(organisme, Etat.SAISIE)
        soumettre_au_formateur(organisme.gestionnaire, numero, version(numero))
        (courrier,) = courriers()
        assert courrier.sujet.endswith(": résultats à renseigner")
        assert lien_de(courrier).endswith(f"&suivant=/formateur/sessions/{numero}/stagiaires")
        assert lire_invitation(secret_de(courrier)).organisation == "MAROSE FORMATION"
        assert "Stéphanie n’a pas encore de compte" in formateur_injoint(lire(numero))
        relancer_le_formateur(organisme.gestionnaire, numero)
        with pytest.raises(LienPerime):
            lire_invitation(secret_de(courrier))
        assert lire_invitation(secret_de(courriers()[-1]))

    def test_with_an_account_is_led_to_the_session(self) -> None:
        organisme = un_organisme()
        _modifier(organisme.formateur.individu_id, mot_de_passe=hachage.hacher(PHRASE))
        numero = une_session(organisme, Etat.SAISIE)
        soumettre_au_formateur(organisme.gestionnaire, numero, version(numero))
        (courrier,) = courriers()
        assert lien_de(courrier) == "" and f"/formateur/sessions/{numero}/stagiaires\n" in courrier.corps
        assert formateur_injoint(lire(numero)) == ""

    def test_without_address_cannot_be_told_and_the_entite_knows(self) -> None:
        organisme = un_organisme()
        _modifier(organisme.formateur.individu_id, email=None)
        numero = une_session(organisme, Etat.SAISIE)
        soumettre_au_formateur(organisme.gestionnaire, numero, version(numero))
        assert courriers() == []
        assert "personne n’a pu être prévenu" in formateur_injoint(lire(numero))


def _modifier(individu_id: int, **valeurs: object) -> None:
    with transaction():
        for nom, valeur in valeurs.items():
            setattr(db.session.get_one(Individu, individu_id), nom, valeur)
