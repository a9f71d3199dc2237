"""The specimens of a session in one file: each as it looks by itself, in time for the largest session."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from time import process_time

import pytest
from pypdf import PdfReader, PdfWriter

from certif.documents.certificat.apercu import rendre_specimen
from certif.documents.certificat.fabrique import Fabrique
from certif.documents.de_session import specimens
from certif.documents.de_session.apercus import demander_specimens
from certif.documents.de_session.specimens import rendre_specimens
from certif.documents.donnees import DonneesCertificat
from certif.documents.erreurs import RenduImpossible
from certif.socle.a_part import DELAI_S
from tests.documents.cas import LOGO
from tests.documents.de_session.documents import groupe, pages, serre
from tests.documents.images import pixels

TITRE = "Aperçus de la session n°125"


def la_session(donnees: DonneesCertificat, nombre: int) -> list[DonneesCertificat]:
    """As frozen: with an address, which a specimen never prints."""
    modele = replace(
        donnees, logo="marose", gabarit="prap", adresse_verification="https://certif.example/v/X"
    )
    return groupe(modele, nombre)


def test_chacun_y_est_tel_que_seul(donnees: DonneesCertificat, tmp_path: Path) -> None:
    tous = la_session(donnees, 5)
    pdf = demander_specimens(tous, LOGO, TITRE)
    lecteur = PdfReader(BytesIO(pdf))
    assert len(lecteur.pages) == len(lecteur.outline) == 5
    assert lecteur.metadata is not None and lecteur.metadata.title == TITRE
    for lue, d in zip(pages(pdf), tous, strict=True):
        assert serre(d.titulaire) in lue and "SPÉCIMEN" in lue
        assert d.numero not in lue and "certif.example" not in lue
    assert b"/Sig" not in pdf
    seule = PdfWriter()
    seule.add_page(lecteur.pages[3])
    sortie = BytesIO()
    seule.write(sortie)
    reunie, attendue = (
        pixels(octets, tmp_path) for octets in (sortie.getvalue(), rendre_specimen(tous[3], LOGO))
    )
    # Where the word crosses the lines of the frame, the other one is on top.
    assert sum(a != b for a, b in zip(reunie, attendue, strict=True)) < len(attendue) / 1000


def test_la_plus_grande_session_tient_dans_le_temps_d_un_document(donnees: DonneesCertificat) -> None:
    """A third of it, in a quarter of the time."""
    depart = process_time()
    pdf = rendre_specimens(la_session(donnees, 100), LOGO, TITRE)
    assert process_time() - depart < DELAI_S / 4
    assert len(PdfReader(BytesIO(pdf)).pages) == 100


def test_ceux_qui_seraient_trop_longs_le_disent(
    donnees: DonneesCertificat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a gabarit each needs the layout engine."""
    monkeypatch.setattr(Fabrique, "_preparer", lambda *_: None)
    monkeypatch.setattr(specimens, "A_PART_MAX", 1)
    with pytest.raises(RenduImpossible, match="ouvrez-les un par un"):
        rendre_specimens(la_session(donnees, 3), LOGO, TITRE)
