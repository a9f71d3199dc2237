"""The certificates bound in one file."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from certif.documents.certificat.certificat import rendre_certificat
from certif.documents.de_session.cartes import rendre_cartes
from certif.documents.de_session.recueil import Feuillet, rendre_recueil
from certif.documents.donnees import DonneesCertificat
from certif.documents.erreurs import RenduImpossible
from certif.documents.sceau.sceau import Sceau
from certif.documents.sceau.scellement import sceller
from tests.documents.de_session.documents import LE_12, groupe, pages, serre
from tests.documents.jugement import juger


def test_le_recueil_dans_l_ordre_avec_ses_signets(donnees: DonneesCertificat) -> None:
    personnes = groupe(donnees, 4)
    feuillets = [Feuillet(rendre_certificat(d), d.titulaire, d.numero) for d in personnes]
    pdf = rendre_recueil(feuillets, "Certificats", "MAROSE FORMATION")
    lecteur = PdfReader(BytesIO(pdf))
    assert len(lecteur.pages) == 4 and len(lecteur.outline) == 4
    for page, d in zip(pages(pdf), personnes, strict=True):
        assert d.numero in page and serre(d.titulaire) in page
        assert not any(autre.numero in page for autre in personnes if autre is not d)
    assert str(lecteur.root_object["/Lang"]) == "fr"
    assert len(pdf) < 0.75 * sum(len(f.pdf) for f in feuillets), "fonts and drawings are kept once"


def test_le_recueil_laisse_les_sceaux_de_ses_pages(donnees: DonneesCertificat, sceau: Sceau) -> None:
    """They would be broken ones; the merged file has its own, over all of it."""
    scelles = [rendre_certificat(d, sceau=sceau) for d in groupe(donnees, 2)]
    feuillets = [
        Feuillet(pdf, d.titulaire, d.numero) for pdf, d in zip(scelles, groupe(donnees, 2), strict=True)
    ]
    assert juger(sceller(rendre_recueil(feuillets, "Certificats", "X"), sceau), sceau).bottom_line


def test_un_recueil_qui_ne_se_relit_pas_n_existe_pas(donnees: DonneesCertificat) -> None:
    pdf = rendre_certificat(donnees)
    for feuillet in (
        Feuillet(pdf, donnees.titulaire, "WXYZ-0000"),
        Feuillet(pdf, "QUELQU’UN D’AUTRE", donnees.numero),
        Feuillet(b"%PDF-1.7 rien", donnees.titulaire, donnees.numero),
        Feuillet(rendre_cartes(groupe(donnees, 11), 1, LE_12), donnees.titulaire, donnees.numero),
    ):
        with pytest.raises(RenduImpossible):
            rendre_recueil([feuillet], "Certificats", "X")
