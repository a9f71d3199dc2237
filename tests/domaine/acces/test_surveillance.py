"""Each proof that a person gives leaves its line, right or wrong; those of the doors are in `tests/web`."""

from collections.abc import Callable
from datetime import timedelta

import pyotp
import pytest
import time_machine

from certif.domaine.acces import cles_acces
from certif.domaine.acces import double_authentification as double
from certif.domaine.acces.authentificateurs import question_de_connexion
from certif.domaine.acces.authentification import Attente, Ouverture, connecter
from certif.domaine.acces.presence import verifier_presence
from certif.domaine.acces.second_facteur import terminer
from certif.domaine.erreurs import Refus, SaisieInvalide, TropDeTentatives
from certif.socle.horloge import instant_reel
from tests.domaine.acces.conftest import EMAIL, ICI, SECRET
from tests.support.authenticator import Authentificateur

Evenements = Callable[[], list[tuple[str, object, object]]]


@pytest.fixture
def evenements(caplog: pytest.LogCaptureFixture) -> Evenements:
    """What was told since it was last asked: event, person, proof."""
    caplog.set_level("INFO", "certif.securite")

    def lire() -> list[tuple[str, object, object]]:
        dits = [ligne.msg for ligne in caplog.records if ligne.name == "certif.securite"]
        caplog.clear()
        return [(dit["event"], dit["individu"], dit["preuve"]) for dit in dits if isinstance(dit, dict)]

    return lire


@pytest.fixture
def secret(moi: int, ouverte: Ouverture, heure: time_machine.Traveller) -> str:
    """Of the telephone that gives their codes, in force since two minutes ago."""
    reference = double.commencer(moi, ouverte.connexion_id, "", "", ICI)
    inscription = double.inscription_en_cours(moi, reference)
    assert inscription
    double.confirmer(moi, ouverte.connexion_id, reference, pyotp.TOTP(inscription.secret).at(instant_reel()))
    heure.shift(timedelta(minutes=2))
    return inscription.secret


def test_a_second_factor_accepted_or_refused(moi: int, secret: str, evenements: Evenements) -> None:
    def donner(code: str) -> None:
        attente = connecter(EMAIL, SECRET, adresse=ICI.adresse, navigateur=ICI.navigateur)
        assert isinstance(attente, Attente)
        evenements()
        terminer(attente, code, secours=False, depuis=ICI)

    donner(pyotp.TOTP(secret).at(instant_reel()))
    assert evenements() == [("preuve.acceptee", moi, "second facteur")]
    with pytest.raises(SaisieInvalide):
        donner("000000")
    assert evenements() == [("preuve.refusee", moi, "second facteur")]


def test_a_passkey_accepted_or_refused(moi: int, ouverte: Ouverture, evenements: Evenements) -> None:
    def montrer(cle: Authentificateur) -> None:
        defi = question_de_connexion()
        cles_acces.connecter_par_cle(defi.valeur, cle.repondre(defi.options), ICI)

    cle = Authentificateur()
    defi = cles_acces.defi_d_ajout(moi, ouverte.connexion_id, "Téléphone", "", ICI)
    cles_acces.ajouter(moi, ouverte.connexion_id, defi.valeur, cle.creer(defi.options), "Téléphone")
    evenements()
    montrer(cle)
    assert evenements() == [("preuve.acceptee", moi, "clé d’accès")]
    cle.origine = "http://evil.example"
    with pytest.raises(Refus):
        montrer(cle)
    assert evenements() == [("preuve.refusee", moi, "clé d’accès")]
    with pytest.raises(Refus):
        montrer(Authentificateur(identifiant=b"une autre"))
    assert evenements() == [("preuve.refusee", None, "clé d’accès")]


def test_a_password_typed_again_accepted_refused_or_throttled(
    moi: int, ouverte: Ouverture, evenements: Evenements
) -> None:
    def prouver(mot_de_passe: str) -> None:
        verifier_presence(moi, ouverte.connexion_id, mot_de_passe, ICI, toujours=True)

    evenements()
    prouver(SECRET)
    assert evenements() == [("preuve.acceptee", moi, "mot de passe")]
    for _ in range(10):
        with pytest.raises(SaisieInvalide):
            prouver("faux")
    assert evenements() == [("preuve.refusee", moi, "mot de passe")] * 10
    with pytest.raises(TropDeTentatives):
        prouver(SECRET)
    assert evenements() == [("preuve.freinee", moi, "mot de passe")]


def test_who_has_just_logged_in_proves_nothing_again(
    moi: int, ouverte: Ouverture, evenements: Evenements
) -> None:
    evenements()
    verifier_presence(moi, ouverte.connexion_id, "", ICI)
    assert evenements() == []
