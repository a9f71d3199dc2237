"""A password forgotten, chosen again, changed: nothing tells who has an account."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from certif.domaine.acces import changement_d_email, changement_de_mot_de_passe, hachage
from certif.domaine.acces.authentification import Ouverture, connecter
from certif.domaine.acces.connexions import connexions_ouvertes, fermer_toutes_les_autres
from certif.domaine.acces.espaces import personne_connectee
from certif.domaine.acces.invitations import lire_invitation
from certif.domaine.acces.liens import LienPerime
from certif.domaine.acces.modeles import LienCompte
from certif.domaine.acces.presence import Provenance
from certif.domaine.erreurs import ActionImpossible, Refus, SaisieInvalide, TropDeTentatives
from certif.domaine.personnes.modeles import Individu
from certif.socle.base.extensions import db
from tests.support.factories import une_personne
from tests.support.links import secret_de
from tests.support.moves import courriers
from tests.support.statements import requetes

pytestmark = pytest.mark.usefixtures("contexte")
ANCIEN, NOUVEAU, VOLE = "un mot de passe d'essai", "cheval agrafe pile correcte", "autre agrafe pile correcte"
ICI = Provenance("192.0.2.1", "ce navigateur")


@pytest.fixture
def personne(contexte: object) -> Individu:
    return une_personne(email="stephanie@certif.example", mot_de_passe=hachage.hacher(ANCIEN))


def ouvrir(mot: str = ANCIEN) -> Ouverture:
    ouverture = connecter("stephanie@certif.example", mot, adresse=ICI.adresse, navigateur=ICI.navigateur)
    assert isinstance(ouverture, Ouverture)
    return ouverture


def ouverte(ouverture: Ouverture, timbre: str = "") -> bool:
    db.session.rollback()
    return personne_connectee(ouverture.connexion_id, timbre or ouverture.timbre) is not None


class TestOubli:
    def test_the_link_sets_a_password_once_and_ends_every_login(self, personne: Individu) -> None:
        avant = ouvrir()
        changement_de_mot_de_passe.demander(" Stephanie@Certif.example ", ICI.adresse)
        secret = secret_de(courriers()[-1])
        assert changement_de_mot_de_passe.lire_demande(secret) == 12
        changement_de_mot_de_passe.choisir(secret, NOUVEAU, NOUVEAU, "navigateur")
        assert not ouverte(avant)
        assert ouverte(ouvrir(NOUVEAU))
        with pytest.raises(Refus):
            ouvrir(ANCIEN)
        with pytest.raises(LienPerime):
            changement_de_mot_de_passe.choisir(secret, NOUVEAU, NOUVEAU, "navigateur")
        assert courriers()[-1].sujet == "Votre mot de passe a été changé"

    def test_by_number_too_and_the_last_link_alone_is_good(self, personne: Individu) -> None:
        changement_de_mot_de_passe.demander(personne.numero, ICI.adresse)
        changement_de_mot_de_passe.demander(personne.numero.lower(), ICI.adresse)
        premier, second = (secret_de(courrier) for courrier in courriers())
        with pytest.raises(LienPerime):
            changement_de_mot_de_passe.lire_demande(premier)
        assert changement_de_mot_de_passe.lire_demande(second)

    def test_who_never_had_a_password_gets_the_invitation_again(self, personne: Individu) -> None:
        invitee = une_personne()
        changement_de_mot_de_passe.demander(invitee.email or "", ICI.adresse)
        (courrier,) = courriers()
        assert lire_invitation(secret_de(courrier)).identifiant == invitee.email

    def test_nobody_gets_the_same_work_and_no_mail(self, personne: Individu) -> None:
        with requetes() as connue:
            changement_de_mot_de_passe.demander("stephanie@certif.example", ICI.adresse)
        ecrits = len(courriers())
        une_personne(email="partie@certif.example", actif=False, mot_de_passe="x")
        for inconnu in ("personne@nulle.part", "ZZZ99999", "partie@certif.example", "\x00", "x" * 300):
            with requetes() as vues:
                changement_de_mot_de_passe.demander(inconnu, ICI.adresse)
            travail = [texte for texte in vues if "SAVEPOINT" not in texte]
            assert travail == [texte for texte in connue if "SAVEPOINT" not in texte], inconnu
        assert len(courriers()) == ecrits
        assert len(db.session.scalars(select(LienCompte)).all()) == 1

    def test_in_an_empty_database_too(self) -> None:
        changement_de_mot_de_passe.demander("personne@nulle.part", ICI.adresse)
        assert courriers() == []

    @pytest.mark.parametrize("identifiant", ["stephanie@certif.example", "personne@nulle.part"])
    def test_three_demands_an_hour_whoever_it_names(self, personne: Individu, identifiant: str) -> None:
        with time_machine.travel("2026-06-10T10:00:00Z", tick=False) as temps:
            for _ in range(3):
                changement_de_mot_de_passe.demander(identifiant, ICI.adresse)
            temps.shift(timedelta(minutes=59))
            with pytest.raises(TropDeTentatives, match="dans 1\u00a0minute"):
                changement_de_mot_de_passe.demander(identifiant, "203.0.113.9")
            temps.shift(timedelta(minutes=1))
            changement_de_mot_de_passe.demander(identifiant, ICI.adresse)
            # Nobody is locked out of their login by that.
            assert ouvrir()


class TestChangement:
    def test_the_others_end_and_this_one_goes_on(self, personne: Individu) -> None:
        autre, ici = ouvrir(), ouvrir()
        timbre = changement_de_mot_de_passe.changer(
            personne.id, ici.connexion_id, ANCIEN, NOUVEAU, NOUVEAU, ICI
        )
        assert not ouverte(autre) and not ouverte(autre, timbre)
        assert ouverte(ici, timbre) and not ouverte(ici)
        assert ouvrir(NOUVEAU)
        assert courriers()[-1].sujet == "Votre mot de passe a été changé"

    def test_wrong_passwords_count_with_those_of_the_login_page(self, personne: Individu) -> None:
        ici = ouvrir()
        for _ in range(10):
            with pytest.raises(SaisieInvalide) as refus:
                changement_de_mot_de_passe.changer(
                    personne.id, ici.connexion_id, "faux", NOUVEAU, NOUVEAU, ICI
                )
            assert list(refus.value.champs) == ["mot_de_passe"]
        with pytest.raises(TropDeTentatives):
            changement_de_mot_de_passe.changer(personne.id, ici.connexion_id, ANCIEN, NOUVEAU, NOUVEAU, ICI)
        assert ouverte(ici)

    def test_the_same_again_or_a_weak_one_changes_nothing(self, personne: Individu) -> None:
        ici = ouvrir()
        for nouveau in (ANCIEN, "court", "stephanie2026"):
            with pytest.raises(SaisieInvalide) as refus:
                changement_de_mot_de_passe.changer(
                    personne.id, ici.connexion_id, ANCIEN, nouveau, nouveau, ICI
                )
            assert list(refus.value.champs) == ["nouveau"]
        assert ouverte(ici) and courriers() == []


class TestAuMemeInstant:
    """A password is compared outside of any transaction: what happened meanwhile is found out."""

    def test_one_chosen_by_the_link_meanwhile_stays(
        self, personne: Individu, pendant: Callable[[Callable[[], object]], None]
    ) -> None:
        ici = ouvrir()
        changement_de_mot_de_passe.demander(personne.numero, ICI.adresse)
        secret = secret_de(courriers()[-1])
        pendant(lambda: changement_de_mot_de_passe.choisir(secret, NOUVEAU, NOUVEAU, "le sien"))
        with pytest.raises(ActionImpossible, match="viennent de changer"):
            changement_de_mot_de_passe.changer(personne.id, ici.connexion_id, ANCIEN, VOLE, VOLE, ICI)
        assert ouvrir(NOUVEAU)

    def test_the_former_one_opens_nothing_once_it_was_replaced(
        self, personne: Individu, pendant: Callable[[Callable[[], object]], None]
    ) -> None:
        changement_de_mot_de_passe.demander(personne.numero, ICI.adresse)
        secret = secret_de(courriers()[-1])
        pendant(lambda: changement_de_mot_de_passe.choisir(secret, NOUVEAU, NOUVEAU, "le sien"))
        with pytest.raises(Refus):
            ouvrir(ANCIEN)
        assert connexions_ouvertes(personne.id, "") == []

    def test_of_two_changes_at_once_one_is_refused(
        self, personne: Individu, pendant: Callable[[Callable[[], object]], None]
    ) -> None:
        autre, ici = ouvrir(), ouvrir()
        pendant(
            lambda: changement_de_mot_de_passe.changer(
                personne.id, autre.connexion_id, ANCIEN, NOUVEAU, NOUVEAU, ICI
            )
        )
        with pytest.raises(ActionImpossible):
            changement_de_mot_de_passe.changer(personne.id, ici.connexion_id, ANCIEN, VOLE, VOLE, ICI)
        assert ouvrir(NOUVEAU)

    def test_no_address_is_asked_for_by_a_login_that_has_ended(
        self, personne: Individu, pendant: Callable[[Callable[[], object]], None]
    ) -> None:
        autre, ici = ouvrir(), ouvrir()
        pendant(lambda: fermer_toutes_les_autres(personne.id, autre.connexion_id))
        with pytest.raises(ActionImpossible):
            changement_d_email.demander(personne.id, ici.connexion_id, "vole@ex.example", ANCIEN, ICI)
        assert changement_d_email.adresse_en_attente(personne.id) is None


class TestUneAdresseEnAttente:
    """Whoever knew the former password may have asked for another address."""

    @pytest.fixture
    def ici(self, personne: Individu) -> Ouverture:
        ici = ouvrir()
        changement_d_email.demander(personne.id, ici.connexion_id, "vole@ex.example", ANCIEN, ICI)
        assert changement_d_email.adresse_en_attente(personne.id)
        return ici

    def test_dies_with_a_password_chosen_by_the_link(self, personne: Individu, ici: Ouverture) -> None:
        changement_de_mot_de_passe.demander(personne.numero, ICI.adresse)
        changement_de_mot_de_passe.choisir(secret_de(courriers()[-1]), NOUVEAU, NOUVEAU, "le sien")
        assert changement_d_email.adresse_en_attente(personne.id) is None

    def test_dies_with_a_password_that_is_changed(self, personne: Individu, ici: Ouverture) -> None:
        changement_de_mot_de_passe.changer(personne.id, ici.connexion_id, ANCIEN, NOUVEAU, NOUVEAU, ICI)
        assert changement_d_email.adresse_en_attente(personne.id) is None

    def test_dies_with_the_other_logins(self, personne: Individu, ici: Ouverture) -> None:
        fermer_toutes_les_autres(personne.id, ouvrir().connexion_id)
        assert changement_d_email.adresse_en_attente(personne.id) is None


@pytest.fixture
def pendant(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Have something done while the next password is being compared."""
    verifier = hachage.verifier

    def faire(quoi: Callable[[], object]) -> None:
        def une_fois(hache: str | None, saisi: str) -> bool:
            monkeypatch.setattr(hachage, "verifier", verifier)
            quoi()
            return verifier(hache, saisi)

        monkeypatch.setattr(hachage, "verifier", une_fois)

    return faire


def test_who_was_locked_out_comes_in_from_the_browser_that_used_the_link(personne: Individu) -> None:
    """Guesses made elsewhere closed the door to every browser that the account does not know."""
    email = personne.email or ""
    for _ in range(10):
        with pytest.raises(Refus):
            connecter(email, "faux", adresse="198.51.100.7", navigateur="le voleur")
    with pytest.raises(TropDeTentatives):
        connecter(email, ANCIEN, adresse=ICI.adresse, navigateur="neuf")
    changement_de_mot_de_passe.demander(email, ICI.adresse)
    changement_de_mot_de_passe.choisir(secret_de(courriers()[-1]), NOUVEAU, NOUVEAU, "neuf")
    assert connexions_ouvertes(personne.id, "") == []  # it opens nothing by itself
    assert connecter(email, NOUVEAU, adresse=ICI.adresse, navigateur="neuf")
    with pytest.raises(TropDeTentatives):
        connecter(email, NOUVEAU, adresse="198.51.100.7", navigateur="le voleur")
