"""No page of a session's documents holds its end alone, nor a line or two of a table (1 to 40 stagiaires)."""

from collections.abc import Sequence
from io import BytesIO
from itertools import pairwise

import pytest
from pypdf import PdfReader

from certif.documents.de_session.entete import EnTete
from certif.documents.donnees import DonneesCertificat
from certif.documents.rendu.coupes import ENSEMBLE, Page
from tests.documents.de_session.documents import PIRES, coupes, groupe, pages, rendu

A_LA_FIN = {
    "feuille": ("Formateur", "Observations", "quicertifielesrésultats(signature)"),
    "proces_verbal": ("Pourvérifier", "Leformateur", "MAROSERomain,Directeur", "Signature"),
    "remise": ("Remispar(nom,qualité)",),
}
"""What closes each document, beside the last rows."""
D_UNE_PAGE = {"feuille": 11, "proces_verbal": 15, "remise": 21}
"""The largest group that each holds on one page; the sheet has two empty rows besides."""
CRITIQUES = [(document, nombre + n) for document, nombre in D_UNE_PAGE.items() for n in (0, 1)]


def ordinaires(donnees: DonneesCertificat, nombre: int) -> list[DonneesCertificat]:
    return groupe(donnees, len(PIRES) + nombre)[len(PIRES) :]


def isolees(les_pages: Sequence[Page]) -> list[int]:
    """How many rows stand at each edge of a page where a table is cut, and over what closes the last one."""
    bords = [len(page[0].hauteurs) for page in les_pages if page[0].debut > 0]
    bords += [len(avant[-1].hauteurs) for avant, apres in pairwise(les_pages) if apres[0].debut > 0]
    return [*bords, sum(len(m.hauteurs) for m in les_pages[-1])]


@pytest.mark.parametrize("document", D_UNE_PAGE)
def test_aucune_page_n_a_que_la_fin(donnees: DonneesCertificat, entete: EnTete, document: str) -> None:
    for nombre in range(1, 41):
        les_pages = coupes(document, entete, ordinaires(donnees, nombre))
        assert min(isolees(les_pages)) >= min(ENSEMBLE, nombre), nombre
        assert (len(les_pages) == 1) == (nombre <= D_UNE_PAGE[document]), nombre


@pytest.mark.parametrize("document", D_UNE_PAGE)
def test_ni_avec_des_noms_de_plusieurs_lignes(
    donnees: DonneesCertificat, entete: EnTete, document: str
) -> None:
    for nombre in range(1, 13):
        pires = [d for d in groupe(donnees, nombre) for _ in range(2)]
        assert min(isolees(coupes(document, entete, pires))) >= min(ENSEMBLE, nombre), nombre


@pytest.mark.parametrize(("document", "nombre"), CRITIQUES)
def test_le_moteur_coupe_ou_il_est_dit(
    donnees: DonneesCertificat, entete: EnTete, document: str, nombre: int
) -> None:
    """And it makes no text smaller, to have it enter its row: sizes are those that were asked for."""
    personnes = ordinaires(donnees, nombre)
    prevues = coupes(document, entete, personnes)
    pdf = rendu(document, entete, tuple(personnes))
    lues = pages(pdf)
    assert len(lues) == len(prevues)
    for page, lue in zip(prevues, lues, strict=True):
        ici = [m for m in page if m.liste == 0]
        noms = [
            personnes[m.debut + i].nom for m in ici for i in range(len(m.hauteurs)) if m.debut + i < nombre
        ]
        assert [d.nom for d in personnes if d.nom in lue] == noms
        assert ("Déroulement" in lue) == any(m.liste == 1 for m in page)
    assert all(fin in lues[-1] and fin not in "".join(lues[:-1]) for fin in A_LA_FIN[document])
    assert corps(pdf) <= {7.5, 8, 9, 9.5, 10.5, 12.5, 21}


def corps(pdf: bytes) -> set[float]:
    """Sizes in which texts are drawn, in points."""
    vus: set[float] = set()

    def voir(texte: str, _: object, matrice: list[float], __: object, taille: float) -> None:
        if texte.strip():
            vus.add(round(taille * matrice[3], 2))

    for page in PdfReader(BytesIO(pdf)).pages:
        page.extract_text(visitor_text=voir)
    return vus
