"""What the fast way writes is what the layout engine draws: every place, size and number of lines."""

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import pytest
from PIL import Image
from pypdf import PdfReader
from reportlab.lib.rl_accel import fp_str

from certif.documents.certificat.certificat import imprimer, rendre_certificat
from certif.documents.certificat.composition import Composition
from certif.documents.certificat.ecriture import Ecriture, dessiner_le_code
from certif.documents.certificat.fabrique import Fabrique
from certif.documents.certificat.places import PLACES, place_de
from certif.documents.donnees import DonneesCertificat
from certif.documents.rendu import qr
from certif.documents.rendu.mise_en_page import Bloc, Cadre
from certif.documents.rendu.moteur import FACES
from certif.documents.rendu.pages_lues import operateurs_de
from certif.documents.rendu.polices_reduites import Polices
from tests.documents.images import pixels
from tests.documents.lecture import Lecteur, Ligne

MOTS = ("Éloïse", "(Ab)", "Ω", "Łódź \\ 1")
POLICES = Polices(dict.fromkeys(FACES, "".join(MOTS) + "x"))
Nomme = tuple[str, Bloc]


class _Suite(dict[str, Bloc]):
    """Texts of which several have one name, as a template goes through them."""

    def __init__(self, nommes: list[Nomme]) -> None:
        self._nommes = nommes

    def items(self) -> list[Nomme]:  # type: ignore[override]
        return self._nommes


def toutes_les_formes(*, avec_logo: bool, logo_porte_le_nom: bool) -> Iterator[Nomme]:
    """A text of each size and number of lines that a place can hold, the title under every size of name."""
    for nom in PLACES:
        cadre = place_de(nom, avec_logo=avec_logo, logo_porte_le_nom=logo_porte_le_nom, corps_du_nom=100)
        for corps, nombre in dict.fromkeys(_formes(cadre)):
            lignes = tuple(MOTS[rang % len(MOTS)] for rang in range(nombre))
            yield nom, Bloc(cadre, " ".join(lignes), lignes, corps)


def _formes(cadre: Cadre) -> Iterator[tuple[float, int]]:
    for demis in range(int(2 * cadre.minimum), int(2 * cadre.corps) + 1):
        corps = demis / 2
        if corps >= cadre.plancher:
            yield corps, 1
        pas = round(corps * cadre.interligne, 2)
        for nombre in range(2 if corps >= cadre.serre else 3, int(cadre.hauteur / pas) + 1):
            if nombre == 2 or corps <= cadre.serre:
                yield corps, nombre


def dessine(donnees: DonneesCertificat, nommes: list[Nomme], logo: bytes | None = None) -> bytes:
    """What the engine draws for these texts."""
    composition = Composition(donnees, cast(dict[str, Bloc], _Suite(nommes)))
    (page,) = PdfReader(BytesIO(imprimer(composition, logo))).pages
    # Nobody writes on the frame.
    return re.sub(rb"(?m)^n .*$", b"", operateurs_de(page))


def comme_au_pixel(ligne: Ligne) -> tuple[object, ...]:
    """Where a line begins and how it looks, as far as files say it."""
    place = fp_str(*ligne.origine), fp_str(ligne.x), round(ligne.y, 4)
    return *place, ligne.corps, ligne.couleur


# The engine lets go of a temporary file without closing it when it draws that much.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(("avec_logo", "logo_porte_le_nom"), [(True, False), (True, True), (False, False)])
def test_every_text_stands_where_the_engine_sets_it(
    donnees: DonneesCertificat, avec_logo: bool, logo_porte_le_nom: bool
) -> None:
    nommes = list(toutes_les_formes(avec_logo=avec_logo, logo_porte_le_nom=logo_porte_le_nom))
    attendues = Lecteur(dessine(donnees, nommes)).lignes[1:]
    ecriture = Ecriture(donnees, POLICES)
    ecrites = Lecteur(b"".join(ecriture.texte(0, *nomme) for nomme in nommes)).lignes
    assert len(nommes) > len(PLACES)
    for ecrite, attendue in zip(ecrites, attendues, strict=True):
        assert comme_au_pixel(ecrite) == comme_au_pixel(attendue)


def test_a_code_is_drawn_as_the_engine_draws_it(donnees: DonneesCertificat) -> None:
    adresse = "https://certif.example/v/ABCDEFGHJKLMNPQH"
    composition = Composition(donnees, {})
    (page,) = PdfReader(BytesIO(imprimer(composition, None, qr=qr.image(adresse)))).pages
    attendu = Lecteur(operateurs_de(page)).dessins[-1]
    (ecrit,) = Lecteur(dessiner_le_code(qr.matrice(adresse))).dessins
    assert ecrit.places == pytest.approx(attendu.places, abs=1e-4)


def _image(page: Any) -> list[tuple[object, ...]]:
    """The picture of a page, and its transparency: their sizes and their samples."""
    (reference,) = page["/Resources"]["/XObject"].values()
    image = reference.get_object()
    couches = [image, *filter(None, [image.get("/SMask")])]
    return [
        (c["/Width"], c["/Height"], c["/ColorSpace"], c.get_object().get_data())
        for c in (couche.get_object() for couche in couches)
    ]


def _logo(mode: str) -> bytes:
    """A picture of these samples: half of it can be seen through where they say so."""
    image = Image.new("RGBA", (60, 20), (200, 40, 40, 255))
    image.paste((20, 60, 160, 90), (10, 5, 30, 15))
    sortie = BytesIO()
    image.convert(mode).save(sortie, "PNG")
    return sortie.getvalue()


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_a_logo_is_printed_as_the_engine_prints_it(
    donnees: DonneesCertificat, mode: str, tmp_path: Path
) -> None:
    """The same samples, transparency included, on the same pixels."""
    png, avec_logo = _logo(mode), replace(donnees, logo="x")
    (page,) = PdfReader(BytesIO(imprimer(Composition(avec_logo, {}), png))).pages
    fabrique = Fabrique([avec_logo], png, None)
    rapide = fabrique.faire(avec_logo).octets
    assert fabrique.rapides == 1
    assert _image(PdfReader(BytesIO(rapide)).pages[0]) == _image(page)
    assert pixels(rapide, tmp_path) == pixels(rendre_certificat(avec_logo, logo=png), tmp_path)
