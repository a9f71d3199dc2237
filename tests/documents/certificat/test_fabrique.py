"""The fast way prints what the referee prints, to the pixel; what it cannot do, the referee does."""

import re
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from certif.documents.certificat.certificat import rendre_certificat
from certif.documents.certificat.composition import Compositeur
from certif.documents.certificat.fabrique import Fabrique
from certif.documents.certificat.fichier import Fichier
from certif.documents.donnees import DonneesCertificat
from certif.documents.erreurs import RenduImpossible
from certif.documents.rendu.caracteres import plages_des_noms
from certif.documents.rendu.pages_lues import operateurs_de
from certif.documents.rendu.polices_reduites import Polices
from certif.documents.sceau.sceau import Sceau
from tests.documents.cas import LOGO, certificats
from tests.documents.images import pixels
from tests.documents.jugement import juger

ANNEE = 2026


@pytest.fixture
def session(donnees: DonneesCertificat) -> list[DonneesCertificat]:
    avec_logo = replace(donnees, logo="marose", gabarit="secourisme")
    return list(certificats(avec_logo, 15, graine=12))


def fabriquer(
    tous: Sequence[DonneesCertificat], logo: bytes | None, sceau: Sceau | None = None
) -> tuple[Fabrique, list[Fichier]]:
    fabrique = Fabrique(tous, logo, sceau)
    return fabrique, [fabrique.faire(d) for d in tous]


def lu(pdf: bytes) -> str:
    (page,) = PdfReader(BytesIO(pdf)).pages
    return "".join(page.extract_text().split())


def test_every_file_is_sealed_as_a_whole(session: list[DonneesCertificat], sceau: Sceau) -> None:
    _, fichiers = fabriquer(session[:5], LOGO, sceau)
    for fichier in fichiers:
        assert juger(fichier.octets, sceau).bottom_line
        assert fichier.sha256 == sha256(fichier.octets).hexdigest()


def test_one_altered_byte_breaks_the_seal(session: list[DonneesCertificat], sceau: Sceau) -> None:
    _, (fichier,) = fabriquer(session[:1], LOGO, sceau)
    for position in range(20, len(fichier.octets), 7919):
        altere = bytearray(fichier.octets)
        altere[position] ^= 1
        assert not _intact(bytes(altere), sceau), position


def _intact(pdf: bytes, sceau: Sceau) -> bool:
    try:
        return bool(juger(pdf, sceau).bottom_line)
    except Exception:  # altered enough to be no PDF any more
        return False


def test_without_a_seal_the_same_data_give_the_same_bytes(
    session: list[DonneesCertificat],
) -> None:
    une_fois, une_autre = (fabriquer(session[:5], LOGO)[1] for _ in range(2))
    assert une_fois == une_autre


def test_a_file_says_what_it_is(donnees: DonneesCertificat) -> None:
    _, (fichier,) = fabriquer([replace(donnees, nom="ΠΑΠΑΔΟΠΟΎΛΟΥ", prenom="Ελένη")], None)
    lecteur = PdfReader(BytesIO(fichier.octets))
    assert lecteur.metadata is not None
    assert lecteur.metadata.title == "SST-1 – ΠΑΠΑΔΟΠΟΎΛΟΥ Ελένη"
    assert lecteur.metadata.author == "MAROSE FORMATION"
    assert lecteur.metadata.creation_date is not None and lecteur.metadata.creation_date.year == ANNEE
    assert str(lecteur.root_object["/Lang"]) == "fr"


def test_a_face_may_take_several_fonts(donnees: DonneesCertificat, tmp_path: Path) -> None:
    """More characters than a font has bytes, on one line and across two fonts."""
    lettres = [chr(code) for debut, fin in plages_des_noms() for code in range(debut, fin + 1)]
    noms = ["".join(filter(str.isalpha, lettres[debut : debut + 40])) for debut in range(0, 640, 40)]
    melange = replace(donnees, nom="ΩÀÉ", prenom=noms[0][:6] + noms[-1][:6])
    tous = [melange, *(replace(donnees, nom=nom[:20], prenom=nom[20:]) for nom in noms)]
    fabrique, fichiers = fabriquer(tous, None)
    assert fabrique.rapides == len(tous)
    for d, fichier in list(zip(tous, fichiers, strict=True))[::5]:
        assert "".join(d.titulaire.split()) in lu(fichier.octets)
        assert pixels(fichier.octets, tmp_path) == pixels(rendre_certificat(d), tmp_path)
    assert b"+1 " in b"".join(operateurs_de(PdfReader(BytesIO(f.octets)).pages[0]) for f in fichiers)


def test_several_spaces_are_one(donnees: DonneesCertificat, tmp_path: Path) -> None:
    """As on a page of the engine."""
    d = replace(donnees, lieu="26800   ETOILE  SUR RHONE")
    _, (fichier,) = fabriquer([d], None)
    assert pixels(fichier.octets, tmp_path) == pixels(rendre_certificat(d), tmp_path)


def test_a_file_holds_the_characters_of_its_session_alone(session: list[DonneesCertificat]) -> None:
    _, (fichier, *_) = fabriquer(session, LOGO)
    dits = {
        lettre for d in session for bloc in Compositeur().composer(d).blocs.values() for lettre in bloc.texte
    }
    polices: Any = PdfReader(BytesIO(fichier.octets)).pages[0]["/Resources"]
    for police in polices["/Font"].values():
        table = police.get_object()["/ToUnicode"].get_object().get_data()
        tenus = {chr(int(code, 16)) for code in re.findall(rb"<..> <(....)>", table)}
        assert tenus - {"\0", " "} <= dits


def test_weighs_at_most_sixty_six_kibibytes(session: list[DonneesCertificat], sceau: Sceau) -> None:
    ordinaires = [replace(d, nom="DUPONT-DURAND", prenom="Éloïse") for d in session]
    _, fichiers = fabriquer(ordinaires, LOGO, sceau)
    assert max(len(fichier.octets) for fichier in fichiers) <= 66 * 1024


def test_who_was_not_prepared_goes_to_the_referee(donnees: DonneesCertificat, sceau: Sceau) -> None:
    fabrique = Fabrique([donnees], None, sceau)
    fichier = fabrique.faire(replace(donnees, nom="ŻÓŁĆ"))
    assert (fabrique.rapides, fabrique.arbitres) == (0, 1)
    assert "ŻÓŁĆ" in lu(fichier.octets)
    assert juger(fichier.octets, sceau).bottom_line


def test_one_that_cannot_be_printed_stops_only_itself(donnees: DonneesCertificat) -> None:
    impossible = replace(donnees, prenom="李小龍")
    fabrique = Fabrique([donnees, impossible], None, None)
    assert fabrique.faire(donnees).octets
    with pytest.raises(RenduImpossible, match="titulaire"):
        fabrique.faire(impossible)


def test_a_gabarit_that_does_not_read_back_is_given_up(
    donnees: DonneesCertificat, monkeypatch: pytest.MonkeyPatch
) -> None:
    autre = replace(donnees, nom="MARTIN")
    monkeypatch.setattr(Polices, "montrer", lambda *_: "/F0+0 9 Tf <01> Tj")
    fabrique = Fabrique([donnees, autre], None, None)
    assert "DUPONT-DURAND" in lu(fabrique.faire(donnees).octets)
    assert "MARTIN" in lu(fabrique.faire(autre).octets)
    assert (fabrique.rapides, fabrique.arbitres) == (0, 2)
