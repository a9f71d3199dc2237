"""Enrolling a telephone, logging in with it, losing it. Real time is what counts here."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

import pyotp
import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select, update

from certif.domaine.acces import double_authentification as double
from certif.domaine.acces.authentification import Attente, Ouverture, connecter
from certif.domaine.acces.espaces import personne_connectee
from certif.domaine.acces.modeles import CodeSecours, Connexion, TentativeConnexion
from certif.domaine.acces.presence import Provenance, est_fraiche
from certif.domaine.acces.second_facteur import facteurs_de, terminer
from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.erreurs import ActionImpossible, Introuvable, SaisieInvalide, TropDeTentatives
from certif.domaine.journal import EntreeJournal
from certif.domaine.libelles.acces import second_facteur as mots
from certif.domaine.personnes.modeles import Individu
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import instant_reel
from tests.domaine.acces.conftest import EMAIL, ICI, SECRET
from tests.support.factories import un_acteur, un_role
from tests.support.moves import courriers

AILLEURS = Provenance("192.0.2.9", "un autre")


@dataclass
class Telephone:
    """Who holds it, what it was told, and the recovery codes."""

    individu_id: int
    connexion_id: str
    secret: str
    secours: list[str]

    def code(self, ecart: int = 0) -> str:
        return pyotp.TOTP(self.secret).at(instant_reel() + timedelta(seconds=30 * ecart))


@pytest.fixture
def telephone(moi: int, ouverte: Ouverture, heure: time_machine.Traveller) -> Telephone:
    """In force since two minutes ago."""
    donne = inscrire(moi, ouverte.connexion_id)
    heure.shift(timedelta(minutes=2))
    return donne


def inscrire(individu_id: int, connexion_id: str, mot_de_passe: str = "", code: str = "") -> Telephone:
    reference = double.commencer(individu_id, connexion_id, mot_de_passe, code, ICI)
    inscription = double.inscription_en_cours(individu_id, reference)
    assert inscription
    premier = pyotp.TOTP(inscription.secret).at(instant_reel())
    codes = double.confirmer(individu_id, connexion_id, reference, premier)
    return Telephone(individu_id, connexion_id, inscription.secret, codes)


def mot_de_passe_juste(depuis: Provenance = ICI) -> Attente:
    attente = connecter(EMAIL, SECRET, adresse=depuis.adresse, navigateur=depuis.navigateur)
    assert isinstance(attente, Attente)
    return attente


def entrer(code: str, *, secours: bool = False, depuis: Provenance = ICI) -> Ouverture:
    return terminer(mot_de_passe_juste(depuis), code, secours=secours, depuis=depuis)


def refuse(code: str, **options: object) -> None:
    with pytest.raises(SaisieInvalide):
        entrer(code, **options)  # type: ignore[arg-type]


class TestInscription:
    def test_nothing_counts_before_the_first_code(self, moi: int, ouverte: Ouverture) -> None:
        reference = double.commencer(moi, ouverte.connexion_id, "", "", ICI)
        assert not facteurs_de(moi).totp
        assert isinstance(connecter(EMAIL, SECRET, adresse="", navigateur=""), Ouverture)
        with pytest.raises(SaisieInvalide):
            double.confirmer(moi, ouverte.connexion_id, reference, "000000")
        assert not facteurs_de(moi).totp

    def test_the_first_code_puts_it_in_force_with_ten_recovery_codes_and_a_mail(
        self, telephone: Telephone
    ) -> None:
        facteurs = facteurs_de(telephone.individu_id)
        assert (facteurs.totp, facteurs.restants, len(telephone.secours)) == (True, 10, 10)
        assert [c.sujet for c in courriers()] == [mots.SUJET_ACTIVEE]
        actions = db.session.scalars(select(EntreeJournal.action)).all()
        assert actions == ["double_auth_activee"]
        personne = personne_connectee(telephone.connexion_id, _timbre(telephone.individu_id))
        assert personne and personne.second_facteur

    def test_only_the_browser_that_started_it_sees_the_secret(self, moi: int, ouverte: Ouverture) -> None:
        premiere = double.commencer(moi, ouverte.connexion_id, "", "", ICI)
        seconde = double.commencer(moi, ouverte.connexion_id, "", "", ICI)
        assert double.inscription_en_cours(moi, premiere) is None
        assert double.inscription_en_cours(moi, "") is None
        assert double.inscription_en_cours(moi, seconde)
        with pytest.raises(ActionImpossible):
            double.confirmer(moi, ouverte.connexion_id, premiere, "123456")

    def test_ten_minutes_after_the_login_the_password_is_asked_again(
        self, moi: int, ouverte: Ouverture, heure: time_machine.Traveller
    ) -> None:
        heure.shift(timedelta(minutes=10) - timedelta(seconds=1))
        assert est_fraiche(ouverte.connexion_id)
        heure.shift(timedelta(seconds=1))
        with pytest.raises(SaisieInvalide) as refus:
            double.commencer(moi, ouverte.connexion_id, "faux", "", ICI)
        assert list(refus.value.champs) == ["mot_de_passe"]
        assert double.commencer(moi, ouverte.connexion_id, SECRET, "", ICI)

    def test_no_row_holds_a_secret_or_a_code_in_clear(self, telephone: Telephone) -> None:
        clairs = [telephone.secret, *telephone.secours, *(c.replace("-", "") for c in telephone.secours)]
        for table in db.metadata.sorted_tables:
            for ligne in db.session.execute(select(table)):
                assert not [clair for clair in clairs if clair in str(ligne)], table.name


class TestDeuxiemeEtape:
    def test_the_right_password_opens_nothing_by_itself(self, telephone: Telephone) -> None:
        avant = db.session.scalar(select(func.count()).select_from(Connexion))
        mot_de_passe_juste()
        assert db.session.scalar(select(func.count()).select_from(Connexion)) == avant
        ouverture = entrer(telephone.code())
        personne = personne_connectee(ouverture.connexion_id, ouverture.timbre)
        assert personne and personne.second_facteur

    @pytest.mark.parametrize(("ecart", "pris"), [(-2, False), (-1, True), (1, True), (2, False)])
    def test_one_step_early_or_late(self, telephone: Telephone, ecart: int, pris: bool) -> None:
        if pris:
            assert entrer(telephone.code(ecart))
        else:
            refuse(telephone.code(ecart))

    def test_a_code_serves_once_and_none_before_it_serves_after(self, telephone: Telephone) -> None:
        assert entrer(telephone.code())
        refuse(telephone.code())
        refuse(telephone.code(-1))
        assert entrer(telephone.code(1))

    def test_the_code_that_confirmed_is_spent(self, moi: int, ouverte: Ouverture) -> None:
        refuse(inscrire(moi, ouverte.connexion_id).code())

    def test_a_recovery_code_serves_once_and_its_owner_is_told(self, telephone: Telephone) -> None:
        assert entrer(telephone.secours[3].lower().replace("-", " "), secours=True)
        refuse(telephone.secours[3], secours=True)
        assert facteurs_de(telephone.individu_id).restants == 9
        assert mots.SUJET_CODE_UTILISE in [c.sujet for c in courriers()]

    def test_each_kind_of_code_has_its_field(self, telephone: Telephone) -> None:
        refuse(telephone.secours[0])
        refuse(telephone.code(), secours=True)

    @pytest.mark.parametrize(
        "valeurs", [{"timbre": "f" * 32}, {"mot_de_passe": "autre"}, {"actif": False}], ids=str
    )
    def test_what_changes_after_the_password_closes_the_step(
        self, telephone: Telephone, valeurs: dict[str, object]
    ) -> None:
        attente = mot_de_passe_juste()
        with transaction():
            db.session.execute(update(Individu).where(Individu.email == EMAIL).values(**valeurs))
        with pytest.raises(ActionImpossible):
            terminer(attente, telephone.code(), secours=False, depuis=ICI)

    def test_a_forged_reference_opens_nothing(self, telephone: Telephone) -> None:
        with pytest.raises(ActionImpossible):
            terminer(Attente(telephone.individu_id, "é"), telephone.code(), secours=False, depuis=ICI)


class TestFrein:
    def test_ten_wrong_codes_close_the_door_and_their_owner_is_told_once(self, telephone: Telephone) -> None:
        attente = mot_de_passe_juste(AILLEURS)
        for _ in range(10):
            with pytest.raises(SaisieInvalide):
                terminer(attente, "000000", secours=False, depuis=AILLEURS)
        for _ in range(2):
            with pytest.raises(TropDeTentatives):
                terminer(attente, telephone.code(), secours=False, depuis=AILLEURS)
        assert [c.sujet for c in courriers()].count(mots.SUJET_CODES_REFUSES) == 1

    def test_the_right_password_in_between_forgives_nothing(self, telephone: Telephone) -> None:
        for _ in range(10):
            refuse("000000", depuis=AILLEURS)
        with pytest.raises(TropDeTentatives):
            mot_de_passe_juste(AILLEURS)

    def test_wrong_codes_and_wrong_passwords_count_together(self, telephone: Telephone) -> None:
        attente = mot_de_passe_juste(AILLEURS)
        for _ in range(9):
            with pytest.raises(SaisieInvalide):
                terminer(attente, "000000", secours=False, depuis=AILLEURS)
        with pytest.raises(Exception, match="incorrect"):
            connecter(EMAIL, "faux", adresse=AILLEURS.adresse, navigateur=AILLEURS.navigateur)
        with pytest.raises(TropDeTentatives):
            terminer(attente, telephone.code(), secours=False, depuis=AILLEURS)

    def test_nobody_is_locked_out_of_a_browser_that_they_know(self, telephone: Telephone) -> None:
        for _ in range(10):
            refuse("000000", depuis=AILLEURS)
        assert entrer(telephone.code())

    def test_a_right_password_alone_is_no_failure(self, telephone: Telephone) -> None:
        for _ in range(11):
            mot_de_passe_juste(AILLEURS)
        assert not db.session.scalars(select(TentativeConnexion.id).filter_by(reussie=False)).all()


class TestEnsemble:
    @pytest.mark.parametrize("secours", [False, True], ids=["code", "code de secours"])
    def test_of_two_uses_at_once_one_opens(
        self, chaque_base: str, contexte: Flask, telephone: Telephone, secours: bool
    ) -> None:
        attente = mot_de_passe_juste()
        code = telephone.secours[0] if secours else telephone.code()

        def essayer(_: int) -> bool:
            with contexte.app_context():
                try:
                    terminer(attente, code, secours=secours, depuis=ICI)
                except SaisieInvalide:
                    return False
                finally:
                    db.session.remove()
                return True

        with ThreadPoolExecutor(4) as ensemble:
            assert sorted(ensemble.map(essayer, range(4))) == [False, False, False, True]


class TestChanger:
    def test_password_and_code_both_or_nothing_changes(self, telephone: Telephone) -> None:
        for mot_de_passe, code, champ in (
            ("faux", telephone.code(), "mot_de_passe"),
            (SECRET, "000000", "code"),
            ("", "", "mot_de_passe"),
        ):
            for geste in (_desactiver, _recommencer):
                with pytest.raises(SaisieInvalide) as refus:
                    geste(telephone, mot_de_passe, code)
                assert list(refus.value.champs) == [champ]
        assert facteurs_de(telephone.individu_id).totp
        # A wrong password spent no code.
        _desactiver(telephone, SECRET, telephone.code())
        assert not facteurs_de(telephone.individu_id).totp
        assert not db.session.scalars(select(CodeSecours)).all()
        assert isinstance(connecter(EMAIL, SECRET, adresse="", navigateur=""), Ouverture)

    def test_the_former_telephone_serves_until_the_new_one_is_confirmed(
        self, telephone: Telephone, heure: time_machine.Traveller
    ) -> None:
        _recommencer(telephone, SECRET, telephone.secours[0])
        assert entrer(telephone.code())
        nouveau = inscrire(telephone.individu_id, telephone.connexion_id, SECRET, telephone.secours[1])
        heure.shift(timedelta(minutes=1))
        refuse(telephone.code())
        refuse(telephone.secours[2], secours=True)
        assert entrer(nouveau.code())

    def test_an_administrateur_keeps_it_but_may_change_telephone(self, telephone: Telephone) -> None:
        un_role(telephone.individu_id, TypeRole.ADMINISTRATEUR)
        with pytest.raises(ActionImpossible, match="garde la double authentification"):
            _desactiver(telephone, SECRET, telephone.code())
        assert inscrire(telephone.individu_id, telephone.connexion_id, SECRET, telephone.code())

    def test_new_recovery_codes_end_the_former_ones(self, telephone: Telephone) -> None:
        nouveaux = double.renouveler_les_codes(telephone.individu_id, telephone.connexion_id, SECRET, ICI)
        refuse(telephone.secours[0], secours=True)
        assert entrer(nouveaux[0], secours=True)

    def test_a_login_that_did_not_show_it_changes_nothing(self, telephone: Telephone) -> None:
        db.session.execute(update(Connexion).values(second_facteur=False))
        db.session.commit()
        with pytest.raises(ActionImpossible, match="seul mot de passe"):
            double.renouveler_les_codes(telephone.individu_id, telephone.connexion_id, SECRET, ICI)
        with pytest.raises(ActionImpossible, match="seul mot de passe"):
            _recommencer(telephone, SECRET, telephone.code())


class TestRetirer:
    def test_the_administrateur_helps_somebody_who_lost_everything(self, telephone: Telephone) -> None:
        admin = un_acteur(TypeRole.ADMINISTRATEUR)
        timbre = _timbre(telephone.individu_id)
        for _ in range(2):
            double.retirer_la_double_authentification(admin, telephone.individu_id)
        assert not facteurs_de(telephone.individu_id).totp
        assert personne_connectee(telephone.connexion_id, timbre) is None
        assert isinstance(connecter(EMAIL, SECRET, adresse="", navigateur=""), Ouverture)
        assert [c.sujet for c in courriers()].count(mots.SUJET_RETIREE) == 1
        ligne = db.session.scalars(select(EntreeJournal).filter_by(action="double_auth_retiree")).one()
        assert (ligne.acteur_id, ligne.objet_id) == (admin.individu_id, telephone.individu_id)

    @pytest.mark.parametrize("role", [TypeRole.FORMATEUR, TypeRole.GESTIONNAIRE, TypeRole.DELEGATAIRE])
    def test_nobody_else_may(self, telephone: Telephone, role: TypeRole) -> None:
        with pytest.raises(Introuvable):
            double.retirer_la_double_authentification(Acteur(1, role), telephone.individu_id)
        assert facteurs_de(telephone.individu_id).totp

    def test_never_on_oneself_nor_on_nobody(self, telephone: Telephone) -> None:
        admin = un_role(telephone.individu_id, TypeRole.ADMINISTRATEUR)
        with pytest.raises(ActionImpossible):
            double.retirer_la_double_authentification(admin, telephone.individu_id)
        with pytest.raises(Introuvable):
            double.retirer_la_double_authentification(admin, 999_999)
        assert facteurs_de(telephone.individu_id).totp


def test_the_server_s_keeper_helps_the_only_administrateur(telephone: Telephone, contexte: Flask) -> None:
    un_role(telephone.individu_id, TypeRole.ADMINISTRATEUR)
    commande = ["retirer-la-double-authentification", "nulle@part.example"]
    assert contexte.test_cli_runner().invoke(args=commande).exit_code == 1
    assert facteurs_de(telephone.individu_id).totp
    assert contexte.test_cli_runner().invoke(args=[commande[0], EMAIL.upper()]).exit_code == 0
    assert not facteurs_de(telephone.individu_id).totp


def test_the_demonstration_s_clock_changes_nothing(
    telephone: Telephone, horloge_a: Callable[[str], None]
) -> None:
    horloge_a("2027-01-01T12:00:00+01:00")
    assert entrer(telephone.code())


def _desactiver(telephone: Telephone, mot_de_passe: str, code: str) -> None:
    double.desactiver(telephone.individu_id, telephone.connexion_id, mot_de_passe, code, ICI)


def _recommencer(telephone: Telephone, mot_de_passe: str, code: str) -> None:
    double.commencer(telephone.individu_id, telephone.connexion_id, mot_de_passe, code, ICI)


def _timbre(individu_id: int) -> str:
    return db.session.scalars(select(Individu.timbre).filter_by(id=individu_id)).one()
