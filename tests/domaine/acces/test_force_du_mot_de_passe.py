"""A password one chooses: long enough, and not among those that are tried first."""

import pytest

from certif.domaine.acces.force_du_mot_de_passe import defaut, verifier_pour
from certif.domaine.acteur import TypeRole
from certif.domaine.erreurs import SaisieInvalide
from certif.domaine.libelles.acces import compte as textes
from certif.domaine.personnes.demonstration import MOT_DE_PASSE_DEMO
from certif.domaine.personnes.modeles import Individu
from certif.socle.base.extensions import db
from tests.support.factories import un_nom_commercial, un_role, une_entite, une_personne

PROPRES = ("Rivière", "Stéphanie", "s.riviere", "STE10001")


@pytest.mark.parametrize(
    "mot_de_passe",
    [
        "cheval agrafe pile",
        "xK9$mmPq2wvL",
        "stephanie aime le thé vert",
        "éàüéàü ça va bien",
        "dragon84291756035",
    ],
)
def test_any_composition_is_taken(mot_de_passe: str) -> None:
    assert defaut(mot_de_passe, PROPRES, 12) is None


@pytest.mark.parametrize(
    "mot_de_passe",
    [
        "aaaaaaaaaaaa",
        "azertyazerty",
        "azertyuiopqs",
        "210987654321",
        "1qaz2wsx3edc",
        "Password1234",
        "MotDePassé2026!",
        "Bonjour-2026-!",
    ],
)
def test_what_is_tried_first_is_refused(mot_de_passe: str) -> None:
    assert defaut(mot_de_passe, PROPRES, 12) == textes.COURANT


@pytest.mark.parametrize(
    "mot_de_passe",
    ["Stephanie2026!", "stéphanie rivière", "s.riviere 1985", "certif-2026-certif", "STE10001-2026"],
)
def test_one_s_own_name_is_no_secret(mot_de_passe: str) -> None:
    assert defaut(mot_de_passe, PROPRES, 12) == textes.PERSONNEL


@pytest.mark.parametrize("mot_de_passe", ["Ðorđević-2026", "œuvrard-œuvrard"])
def test_nor_is_it_in_letters_that_look_like_its_own(mot_de_passe: str) -> None:
    assert defaut(mot_de_passe, ("Đorđević", "Œuvrard"), 12) == textes.PERSONNEL


@pytest.mark.parametrize(
    "mot_de_passe",
    [
        MOT_DE_PASSE_DEMO,
        "certif-DEMO-2027!!",
        "C3rtif-d3m0-2026!",
        "demo certif 20262026",
        "Certif-Démonstration-1",
        "Certif-demo-2026!Certif-demo-2027!",
    ],
)
def test_the_published_password_and_its_variants_are_no_secret(mot_de_passe: str) -> None:
    assert defaut(mot_de_passe, PROPRES, 12) == textes.PERSONNEL


@pytest.mark.usefixtures("contexte")
def test_nor_are_the_names_of_one_s_own_entites_and_of_the_site() -> None:
    marose, guy = une_entite().id, une_entite("FORMATION GUY").id
    un_nom_commercial(marose)
    qui = un_role(une_personne(mot_de_passe="x").id, TypeRole.DELEGATAIRE, marose).individu_id
    un_role(qui, TypeRole.DELEGATAIRE, guy, actif=False)
    mots = ("MaroseFormation", "m4rose-2026-2027", "Marosé 19820415", "marose.securite.26", "localhost2026!")
    for refuse in mots:
        with pytest.raises(SaisieInvalide) as refus:
            verifier_pour(db.session.get_one(Individu, qui), refuse, refuse)
        assert refus.value.champs == {"nouveau": [textes.PERSONNEL]}, refuse
    for prise in ("guyguy cheval 26", "marose cheval agrafe pile"):
        verifier_pour(db.session.get_one(Individu, qui), prise, prise)


def test_the_bounds_of_the_length() -> None:
    phrase = "cheval agrafe pile correcte" * 10
    assert defaut(phrase[:11], (), 12) == textes.trop_court(12, 11)
    assert defaut(phrase[:12], (), 12) is None
    assert defaut(phrase[:15], (), 16) == textes.trop_court(16, 15)
    assert defaut(phrase[:16], (), 16) is None
    assert defaut(phrase[:200], (), 12) is None
    assert defaut(phrase[:201], (), 12) == textes.trop_long(200)
    assert defaut("", (), 12) == textes.MOT_DE_PASSE_VIDE
