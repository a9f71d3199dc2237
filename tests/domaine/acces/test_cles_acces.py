"""Passkeys: what is taken, what is refused, and always in the same words."""

import json
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update

from certif.domaine.acces import cles_acces
from certif.domaine.acces.authentificateurs import possibles, question_de_connexion
from certif.domaine.acces.authentification import Ouverture
from certif.domaine.acces.cles_acces import cles_de, connecter_par_cle
from certif.domaine.acces.espaces import personne_connectee
from certif.domaine.acces.modeles import Connexion, TentativeConnexion
from certif.domaine.acces.presence import Provenance
from certif.domaine.acteur import TypeRole
from certif.domaine.erreurs import ActionImpossible, Introuvable, Refus, SaisieInvalide, TropDeTentatives
from certif.domaine.libelles.acces import second_facteur as mots
from certif.domaine.personnes.modeles import Individu
from certif.socle import adresses
from certif.socle.base.extensions import db
from tests.domaine.acces.conftest import ICI, SECRET
from tests.support.authenticator import PRESENT, Authentificateur
from tests.support.factories import un_role, une_personne
from tests.support.moves import courriers


@pytest.fixture
def cle(moi: int, ouverte: Ouverture) -> Authentificateur:
    """A passkey of that person, kept."""
    authentificateur = Authentificateur(compteur=7)
    ajouter(moi, ouverte, authentificateur)
    return authentificateur


def ajouter(moi: int, ouverte: Ouverture, cle: Authentificateur, libelle: str = "Téléphone") -> int:
    defi = cles_acces.defi_d_ajout(moi, ouverte.connexion_id, libelle, "", ICI)
    return cles_acces.ajouter(moi, ouverte.connexion_id, defi.valeur, cle.creer(defi.options), libelle)


def entrer(cle: Authentificateur, depuis: Provenance = ICI) -> Ouverture:
    defi = question_de_connexion()
    return connecter_par_cle(defi.valeur, cle.repondre(defi.options), depuis)


def refuse(cle: Authentificateur, depuis: Provenance = ICI) -> None:
    with pytest.raises(Refus, match=mots.CLE_REFUSEE):
        entrer(cle, depuis)


class TestAjouter:
    def test_kept_named_told_and_shown_by_this_login(
        self, moi: int, ouverte: Ouverture, cle: Authentificateur
    ) -> None:
        assert [(c.libelle, c.compteur, c.utilisee_le) for c in cles_de(moi)] == [("Téléphone", 7, None)]
        assert [c.sujet for c in courriers()] == [mots.SUJET_CLE]
        personne = personne_connectee(ouverte.connexion_id, ouverte.timbre)
        assert personne and personne.second_facteur

    def test_what_is_asked_names_nobody_and_verifies_its_user(self, moi: int, ouverte: Ouverture) -> None:
        options = cles_acces.defi_d_ajout(moi, ouverte.connexion_id, "x", "", ICI).options
        assert options["rp"] == {"id": "localhost", "name": "Certif"}
        assert options["authenticatorSelection"]["userVerification"] == "required"
        assert options["authenticatorSelection"]["residentKey"] == "required"
        assert question_de_connexion().options["userVerification"] == "required"
        assert not question_de_connexion().options.get("allowCredentials")

    @pytest.mark.parametrize(
        "faute",
        [
            {"site": "evil.example"},
            {"origine": "http://evil.example"},
            {"drapeaux": PRESENT},
            {"drapeaux": 4},
        ],
        ids=str,
    )
    def test_another_site_or_a_user_not_verified_is_refused(
        self, moi: int, ouverte: Ouverture, faute: dict[str, object]
    ) -> None:
        with pytest.raises(Refus):
            ajouter(moi, ouverte, Authentificateur(**faute))  # type: ignore[arg-type]
        assert not cles_de(moi)

    @pytest.mark.parametrize("libelle", ["", " ", "\u00a0", "x" * 81, "a\0b", "\u202ex"])
    def test_a_name_that_cannot_be_shown(self, moi: int, ouverte: Ouverture, libelle: str) -> None:
        with pytest.raises(SaisieInvalide) as refus:
            ajouter(moi, ouverte, Authentificateur(), libelle)
        assert list(refus.value.champs) == ["libelle"]

    def test_the_same_passkey_and_the_same_question_serve_once(
        self, moi: int, ouverte: Ouverture, cle: Authentificateur
    ) -> None:
        with pytest.raises(Refus, match="déjà"):
            ajouter(moi, ouverte, cle)
        defi = cles_acces.defi_d_ajout(moi, ouverte.connexion_id, "x", "", ICI)
        autres = [Authentificateur(identifiant=nom).creer(defi.options) for nom in (b"a", b"b")]
        assert cles_acces.ajouter(moi, ouverte.connexion_id, defi.valeur, autres[0], "a")
        with pytest.raises(Refus):
            cles_acces.ajouter(moi, ouverte.connexion_id, defi.valeur, autres[1], "b")
        assert len(cles_de(moi)) == 2

    def test_after_ten_minutes_the_password_first(
        self, moi: int, ouverte: Ouverture, heure: time_machine.Traveller
    ) -> None:
        heure.shift(timedelta(minutes=10))
        with pytest.raises(SaisieInvalide):
            ajouter(moi, ouverte, Authentificateur())
        assert cles_acces.defi_d_ajout(moi, ouverte.connexion_id, "x", SECRET, ICI)

    def test_an_administrateur_s_password_alone_does_not_add_another(
        self, moi: int, ouverte: Ouverture, cle: Authentificateur
    ) -> None:
        un_role(moi, TypeRole.ADMINISTRATEUR)
        db.session.execute(update(Connexion).values(second_facteur=False))
        db.session.commit()
        with pytest.raises(ActionImpossible):
            ajouter(moi, ouverte, Authentificateur(identifiant=b"a"))


class TestConnecter:
    def test_it_opens_a_login_that_showed_both_factors(self, moi: int, cle: Authentificateur) -> None:
        cle.compteur = 8
        ouverture = entrer(cle)
        personne = personne_connectee(ouverture.connexion_id, ouverture.timbre)
        assert personne and (personne.individu_id, personne.second_facteur) == (moi, True)
        assert cles_de(moi)[0].compteur == 8
        assert cles_de(moi)[0].utilisee_le

    @pytest.mark.parametrize(
        "faute",
        [
            {"site": "evil.example"},
            {"origine": "http://evil.example"},
            {"origine": "https://localhost:5000"},
            {"drapeaux": PRESENT},
            {"compteur": 7},
            {"compteur": 0},
            {"identifiant": b"inconnue"},
            {"poignee": "AAAA"},
            {"cle": Authentificateur().cle},
        ],
        ids=lambda faute: f"{next(iter(faute))}-{str(next(iter(faute.values())))[:20]}",
    )
    def test_whatever_is_wrong_gets_the_same_words(
        self, cle: Authentificateur, faute: dict[str, object]
    ) -> None:
        cle.compteur = 8
        for nom, valeur in faute.items():
            setattr(cle, nom, valeur)
        refuse(cle)

    def test_a_passkey_that_counts_nothing_is_taken_each_time(self, moi: int, ouverte: Ouverture) -> None:
        cle = Authentificateur()
        ajouter(moi, ouverte, cle)
        assert entrer(cle).individu_id == entrer(cle).individu_id == moi

    def test_an_answer_serves_once_and_to_its_own_question(self, moi: int, ouverte: Ouverture) -> None:
        cle = Authentificateur()
        ajouter(moi, ouverte, cle)
        defi = question_de_connexion()
        reponse = cle.repondre(defi.options)
        assert connecter_par_cle(defi.valeur, reponse, ICI)
        for question in (defi.valeur, question_de_connexion().valeur, ""):
            with pytest.raises(Refus, match=mots.CLE_REFUSEE):
                connecter_par_cle(question, reponse, ICI)
        vide = cle.repondre({"challenge": ""})
        with pytest.raises(Refus, match=mots.CLE_REFUSEE):
            connecter_par_cle("", vide, ICI)

    def test_a_person_deactivated_does_not_come_in(self, moi: int, cle: Authentificateur) -> None:
        db.session.execute(update(Individu).where(Individu.id == moi).values(actif=False))
        db.session.commit()
        cle.compteur = 8
        refuse(cle)

    @pytest.mark.parametrize(
        "reponse",
        [
            *(
                "",
                "null",
                "[]",
                "{}",
                '{"rawId": 1}',
                '{"rawId": "é"}',
                '{"id":"a","rawId":"YQ","response":[]}',
            ),
            *("{" * 5_000, "[" * 20_001, '"\\ud800"', json.dumps({"rawId": "A" * 9_000}), "\0"),
        ],
        ids=lambda reponse: reponse[:12] or "vide",
    )
    def test_hostile_answers(self, contexte: Flask, moi: int, reponse: str) -> None:
        with pytest.raises(Refus, match=mots.CLE_REFUSEE):
            connecter_par_cle(question_de_connexion().valeur, reponse, ICI)
        assert db.session.scalars(select(TentativeConnexion).filter_by(reussie=False)).all()

    def test_failures_close_their_address_not_the_account(self, cle: Authentificateur) -> None:
        ailleurs = Provenance("192.0.2.9", "un autre")
        for n in range(50):
            refuse(Authentificateur(identifiant=bytes([n])), ailleurs)
        with pytest.raises(TropDeTentatives):
            refuse(Authentificateur(identifiant=b"encore"), ailleurs)
        cle.compteur = 8
        assert entrer(cle)


class TestRetirer:
    def test_it_opens_nothing_any_more(self, moi: int, ouverte: Ouverture, cle: Authentificateur) -> None:
        cles_acces.retirer(moi, ouverte.connexion_id, cles_de(moi)[0].id, "", ICI)
        cle.compteur = 8
        refuse(cle)

    def test_another_person_s_does_not_exist(
        self, moi: int, ouverte: Ouverture, cle: Authentificateur
    ) -> None:
        with pytest.raises(Introuvable):
            cles_acces.retirer(une_personne().id, ouverte.connexion_id, cles_de(moi)[0].id, SECRET, ICI)
        assert cles_de(moi)

    def test_the_password_unless_just_logged_in(
        self, moi: int, ouverte: Ouverture, cle: Authentificateur, heure: time_machine.Traveller
    ) -> None:
        heure.shift(timedelta(minutes=10))
        cle_id = cles_de(moi)[0].id
        with pytest.raises(SaisieInvalide):
            cles_acces.retirer(moi, ouverte.connexion_id, cle_id, "faux", ICI)
        cles_acces.retirer(moi, ouverte.connexion_id, cle_id, SECRET, ICI)
        assert not cles_de(moi)

    def test_an_administrateur_keeps_the_last_one(
        self, moi: int, ouverte: Ouverture, cle: Authentificateur
    ) -> None:
        un_role(moi, TypeRole.ADMINISTRATEUR)
        with pytest.raises(ActionImpossible, match="seul second facteur"):
            cles_acces.retirer(moi, ouverte.connexion_id, cles_de(moi)[0].id, "", ICI)


@pytest.mark.parametrize(
    ("site", "permis"),
    [("https://certif.example", True), ("http://127.0.0.1:5000", False), ("http://[::1]:5000", False)],
)
def test_an_address_without_a_name_has_no_passkeys(contexte: Flask, site: str, permis: bool) -> None:
    avant = adresses.adresse("")
    adresses.regler(site)
    try:
        assert possibles() is permis
    finally:
        adresses.regler(avant)
