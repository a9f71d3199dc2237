"""The proof: the documents of a session, drawn, are to the pixel those that the layout engine makes."""

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from certif.documents.certificat.certificat import rendre_certificat
from certif.documents.certificat.encres import COULEURS
from certif.documents.certificat.fabrique import Fabrique
from certif.documents.de_session.entete import EnTete
from certif.documents.de_session.recueil import Feuillet, arbitrer_le_recueil, rendre_recueil
from certif.documents.de_session.reliure import relier
from certif.documents.donnees import DonneesCertificat
from certif.documents.erreurs import RenduImpossible
from certif.documents.rendu.voies import au_plus_vite
from certif.documents.sceau.sceau import Sceau
from tests.documents.cas import LOGO, certificats
from tests.documents.de_session.documents import MAQUETTES, MESURES, PIRES, groupe, images
from tests.support.sampling import ampleur

FAMILLES = sorted(COULEURS)
POINTS_PAR_POUCE = 100
A_PEINE = "W" * 80
"""A name that no row holds at the size that was measured: the engine makes it smaller."""
LONGUE = "ASSOCIATION POUR LA FORMATION DES SALARIÉS DU BÂTIMENT ET DES TRAVAUX PUBLICS DE L’EST"


def de_toutes_sortes(modele: DonneesCertificat, nombre: int) -> list[DonneesCertificat]:
    """Names of all that entry accepts, up to three lines long; every family, with or without a trade name."""
    tous = [
        replace(d, nom=d.nom[:40].strip(), prenom=d.prenom[:40].strip())
        for d in certificats(modele, nombre, nombre)
    ]
    tous[1 : len(PIRES)] = groupe(modele, len(PIRES))[1 : min(nombre, len(PIRES))]
    return [
        replace(
            d,
            gabarit=FAMILLES[rang % len(FAMILLES)],
            nom_commercial="MAROSE SÉCURITÉ" if rang % 3 else "",
            fin_validite=d.fin_validite if rang % 2 else None,
            adresse_verification=f"https://certif.example/v/ABCDEFGHJKLM{rang:04}" if nombre % 5 else None,
        )
        for rang, d in enumerate(tous)
    ]


def s_accordent(document: str, entete: EnTete, personnes: list[DonneesCertificat]) -> bool:
    mesure = MESURES[document](entete, personnes)
    trace, arbitre = (images(pdf, POINTS_PAR_POUCE) for pdf in (mesure.tracer(), mesure.arbitrer()))
    return trace == arbitre


@pytest.mark.taille(un_sur=4)
@pytest.mark.parametrize("nombre", [1, 2, 10, 12, 15, 40])
@pytest.mark.parametrize("document", MESURES)
def test_les_deux_voies_s_accordent(
    donnees: DonneesCertificat, entete: EnTete, document: str, nombre: int
) -> None:
    """Pages that are not full, full, and more than full: they hold ten cards, and from 11 to 21 rows."""
    if nombre % 2:
        entete = replace(entete, entite=LONGUE, nom_commercial="MAROSE SÉCURITÉ", certificat_titre="T" * 120)
    assert s_accordent(document, entete, de_toutes_sortes(donnees, nombre))


@pytest.mark.parametrize("document", MAQUETTES)
def test_meme_sans_personne(entete: EnTete, document: str) -> None:
    assert s_accordent(document, entete, [])


@pytest.mark.taille(un_sur=len(MESURES))
@pytest.mark.parametrize("document", MESURES)
def test_et_les_plus_grands(donnees: DonneesCertificat, entete: EnTete, document: str) -> None:
    """Ranks of three figures among them; cards have none, and are the longest to compare."""
    peu = 24 if document == "cartes" else 104
    assert s_accordent(document, entete, de_toutes_sortes(donnees, ampleur(peu, 200)))


@pytest.mark.parametrize("document", MESURES)
def test_ce_qui_est_trace_est_rendu(donnees: DonneesCertificat, entete: EnTete, document: str) -> None:
    """And twice the same bytes."""
    mesure = MESURES[document](entete, de_toutes_sortes(donnees, 12))
    assert mesure.rendre() == mesure.tracer()
    assert mesure.rendre() != mesure.arbitrer()


@pytest.mark.parametrize("document", MAQUETTES)
def test_il_dit_de_lui_ce_que_l_autre_en_dit(
    donnees: DonneesCertificat, entete: EnTete, document: str
) -> None:
    """Its dates, its language, its bookmarks."""
    mesure = MAQUETTES[document](entete, de_toutes_sortes(donnees, 40))
    trace, arbitre = (PdfReader(BytesIO(pdf)) for pdf in (mesure.tracer(), mesure.arbitrer()))
    assert trace.metadata and arbitre.metadata
    assert trace.metadata.items() <= arbitre.metadata.items()
    assert arbitre.metadata.keys() - trace.metadata.keys() == {"/Creator", "/Keywords", "/Trapped"}
    assert trace.root_object["/Lang"] == arbitre.root_object["/Lang"]
    assert _signets(trace) == _signets(arbitre)
    assert bool(_signets(trace)) == (document == "proces_verbal")


def _signets(lecteur: PdfReader) -> list[tuple[str, int | None]]:
    plats = (s for s in lecteur.outline if not isinstance(s, list))
    return [(str(s.title), lecteur.get_destination_page_number(s)) for s in plats]


@pytest.mark.parametrize(
    ("nom", "prenom"), [(A_PEINE, A_PEINE), ("DEUX  BLANCS", "Ève"), ("UNE\u2003CADRATINE", "Ève")]
)
@pytest.mark.parametrize("document", ["remise", "proces_verbal"])
def test_ce_qui_ne_se_trace_pas_va_a_l_arbitre(
    donnees: DonneesCertificat, entete: EnTete, document: str, nom: str, prenom: str
) -> None:
    personnes = [*groupe(donnees, 12)[9:], replace(donnees, nom=nom, prenom=prenom)]
    mesure = MESURES[document](entete, personnes)
    with pytest.raises(RenduImpossible):
        mesure.tracer()
    assert mesure.rendre() == mesure.arbitrer()


def test_ce_qui_ne_se_relit_pas_non_plus(donnees: DonneesCertificat, entete: EnTete) -> None:
    """Nor what meets anything unforeseen."""
    trace = MESURES["remise"](entete, groupe(donnees, 12)[8:]).tracer()

    def refuser(_: object) -> None:
        raise RenduImpossible("")

    for faire, verifier in ((lambda: trace, refuser), (lambda: b"%PDF-1.7 rien", print), (dict, print)):
        assert au_plus_vite(faire, verifier, lambda: b"l'arbitre") == b"l'arbitre"  # type: ignore[arg-type]
    assert au_plus_vite(lambda: trace, lambda _: None, lambda: b"l'arbitre") == trace


@pytest.mark.parametrize("logo", [None, LOGO])
def test_un_recueil_montre_les_certificats_tels_qu_ils_sont(
    donnees: DonneesCertificat, sceau: Sceau, logo: bytes | None
) -> None:
    """Of two makings of one session, and one that the referee printed: their fonts differ."""
    modele = replace(donnees, logo="marose" if logo else None)
    tous = list(certificats(modele, 7, 3))
    fabriques = (Fabrique(tous[:3], logo, sceau), Fabrique(tous[3:6], logo, sceau))
    pdfs = [fabriques[rang // 3].faire(d).octets for rang, d in enumerate(tous[:6])]
    pdfs.append(rendre_certificat(tous[6], logo=logo, sceau=sceau))
    noms = [d.titulaire for d in tous]
    feuillets = [Feuillet(pdf, d.titulaire, d.numero) for pdf, d in zip(pdfs, tous, strict=True)]
    recueil = rendre_recueil(feuillets, "Certificats", "X")
    assert recueil == relier(pdfs, "Certificats", "X", noms)
    pages = images(recueil, POINTS_PAR_POUCE)
    assert pages == images(arbitrer_le_recueil(feuillets, "Certificats", "X"), POINTS_PAR_POUCE)
    for pdf, page in zip(pdfs, pages, strict=True):
        (seule,) = images(pdf, POINTS_PAR_POUCE)
        assert page == seule


def test_un_certificat_ecrit_autrement_est_reuni_par_l_arbitre(donnees: DonneesCertificat) -> None:
    """One of before, or written again by another program."""
    pdf = rendre_certificat(donnees)
    autrement = pdf.replace(b"startxref\n", b"startxref \n")
    with pytest.raises(RenduImpossible):
        relier([autrement], "Certificats", "X", [donnees.titulaire])
    feuillet = Feuillet(autrement, donnees.titulaire, donnees.numero)
    assert images(rendre_recueil([feuillet], "Certificats", "X"), 50) == images(pdf, 50)
