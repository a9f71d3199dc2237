"""The documents of a session, read back from their bytes: everyone is there, whole, on numbered pages."""

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from openpyxl import load_workbook
from PIL import Image
from pypdf import PdfReader

from certif.documents import cle_de_sceau
from certif.documents.cartes import HAUTEUR, LARGEUR, coin, rendre_cartes
from certif.documents.certificat import rendre_certificat
from certif.documents.donnees import DonneesCertificat
from certif.documents.echeances import rendre_echeances
from certif.documents.emargement import rendre_feuille
from certif.documents.entete import EnTete
from certif.documents.erreurs import RenduImpossible
from certif.documents.feuille import DonneesFeuille, Inscrit, _de_json, _en_json
from certif.documents.proces_verbal import Acte, Participant, ProcesVerbal, rendre_proces_verbal
from certif.documents.recueil import Feuillet, rendre_recueil
from certif.documents.remise import rendre_remise
from certif.documents.sceau import Sceau
from certif.documents.scellement import sceller
from tests.documents.jugement import juger
from tests.serveurs import absent

PIRES = [
    ("W" * 80, "W" * 80),
    ("DE LA " * 13 + "X", "Jean-" * 15 + "Jean"),
    ("NGUYE\u0302\u0303N", "Thị Hồng Ưng"),
    ("O'CONNOR", "D’Almeida--Faÿ"),
    ("ΠΑΠΑΔΟΠΟΎΛΟΥ", "Ελένη ΐ"),
    ("ЖАННА", "Їжак Ґ ў"),
    ("STRAẞE", "Œuvrard Æ ʻOkina Gal·la"),
    ("MADONNA", ""),
]
LE_12 = date(2026, 6, 12)
TAILLES = (1, 10, 11, 60)


@pytest.fixture
def entete() -> EnTete:
    return EnTete(
        session_numero=125,
        entite="MAROSE FORMATION",
        dispositif_niveau="SST / 1",
        certificat_libelle="SST-1",
        certificat_titre="Sauveteur secouriste du travail",
        identification="Stage initial",
        lieu="26800 ETOILE SUR RHONE",
        date_fin=date(2026, 6, 10),
        formateur="RIVIÈRE Stéphanie (N° Forprev STE10001)",
        habilitation="H-1001, du 01/01/2025 au 31/12/2028",
    )


def groupe(donnees: DonneesCertificat, nombre: int) -> list[DonneesCertificat]:
    """So many people, the worst names first, each with a number and a birth date of their own."""
    return [
        replace(
            donnees,
            nom=PIRES[rang][0] if rang < len(PIRES) else f"NOM{rang:03}",
            prenom=PIRES[rang][1] if rang < len(PIRES) else "Éloïse",
            numero=f"ABCD-EFGH-JKLM-{rang:04}",
            date_naissance=date(1960 + rang // 2, 1 + rang % 12, 1 + rang % 28),
        )
        for rang in range(nombre)
    ]


def proces_verbal(entete: EnTete, personnes: list[DonneesCertificat]) -> ProcesVerbal:
    return ProcesVerbal(
        entete=entete,
        participants=tuple(
            Participant(
                nom=d.nom,
                prenom=d.prenom,
                date_naissance=d.date_naissance,
                resultat="Réussite",
                certificat=d.numero,
            )
            for d in personnes
        ),
        actes=(
            Acte("10/06/2026 à 18\u00a0h\u00a005", "Envoi des résultats", "RIVIÈRE Stéphanie, formateur"),
        ),
        validite="Du 10/06/2026 au 10/06/2028 inclus",
        rectifie="Session n°118",
        bilan="2 stagiaires\u00a0: 2 réussites, 0 échec.",
        mention="Pour vérifier qu’il est l’original, déposez-le sur https://certif.example/verifier",
        emis_le=LE_12,
    )


def feuille(entete: EnTete, personnes: list[DonneesCertificat], **autres: object) -> DonneesFeuille:
    valeurs: dict[str, object] = {
        "inscrits": tuple(
            Inscrit(nom=d.nom, prenom=d.prenom, date_naissance=d.date_naissance) for d in personnes
        ),
        "vides": 2,
        "demi_journees": 4,
        "mention": "Vos nom, prénom.",
        "emis_le": LE_12,
    }
    return DonneesFeuille(entete=entete, **{**valeurs, **autres})  # type: ignore[arg-type]


Rendre = Callable[[EnTete, list[DonneesCertificat]], bytes]
DOCUMENTS: dict[str, Rendre] = {
    "cartes": lambda e, g: rendre_cartes(g, e.session_numero, LE_12),
    "remise": lambda e, g: rendre_remise(e, g, LE_12),
    "proces_verbal": lambda e, g: rendre_proces_verbal(proces_verbal(e, g)),
    "feuille": lambda e, g: rendre_feuille(feuille(e, g)),
}


def pages(pdf: bytes) -> list[str]:
    """The text of each page, without blanks."""
    return ["".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def serre(valeur: str) -> str:
    return "".join(valeur.replace("NGUYE\u0302\u0303N", "NGUYỄN").split())


@pytest.mark.parametrize("nombre", TAILLES)
@pytest.mark.parametrize("document", DOCUMENTS)
def test_chacun_y_est_entier_une_fois(
    donnees: DonneesCertificat, entete: EnTete, document: str, nombre: int
) -> None:
    personnes = groupe(donnees, nombre)
    lues = pages(DOCUMENTS[document](entete, personnes))
    tout = "".join(lues)
    for rang, d in enumerate(personnes):
        assert serre(d.titulaire) in tout
        if rang >= len(PIRES):
            assert tout.count(d.nom) == 1
        if document != "feuille":
            assert tout.count(d.numero) == 1
        assert f"{d.date_naissance:%d/%m/%Y}" in tout
    if document == "cartes":
        assert len(lues) == -(-nombre // 10)
        assert tout.count("SST-1n°") == nombre
        return
    for rang, page in enumerate(lues, start=1):
        assert "Sessiondecertificationn°125" in page and f"Page{rang}sur{len(lues)}" in page
    avec_des_noms = [page for page in lues if "NOM0" in page]
    assert all("Né(e)le" in page for page in avec_des_noms), "the columns are named on every page"


@pytest.mark.parametrize("document", DOCUMENTS)
def test_rien_ne_sort_de_la_page(donnees: DonneesCertificat, entete: EnTete, document: str) -> None:
    """Nothing is drawn within 4 mm of the edges, where no printer prints, whatever the names."""
    longue = "ASSOCIATION POUR LA FORMATION DES SALARIÉS DU BÂTIMENT ET DES TRAVAUX PUBLICS DE L’EST"
    personnes = [replace(d, entite=longue) for d in groupe(donnees, 10)]
    large = replace(entete, entite=longue, certificat_titre="T" * 120, formateur="W" * 160)
    for page in images(DOCUMENTS[document](large, personnes), 50):
        boite = page.point(lambda clair: 255 if clair < 200 else 0).getbbox()
        bord = 4 / 25.4 * 50
        assert boite is not None
        assert boite[0] >= bord and boite[1] >= bord
        assert boite[2] <= page.width - bord and boite[3] <= page.height - bord


def images(pdf: bytes, points_par_pouce: int) -> list[Image.Image]:
    """Each page as poppler draws it."""
    if not shutil.which("pdftoppm"):
        absent("pdftoppm (poppler)")
    with TemporaryDirectory() as dossier:
        subprocess.run(
            ["pdftoppm", "-r", str(points_par_pouce), "-png", "-", f"{dossier}/page"], input=pdf, check=True
        )
        return [Image.open(fichier).convert("L") for fichier in sorted(Path(dossier).iterdir())]


def test_les_reperes_disent_ou_couper(donnees: DonneesCertificat) -> None:
    """Ten cards of 85.6 by 54 mm, centred: each mark stands on a cut, in the margin, off the cards."""
    dix_pixels_par_mm = 254
    (page,) = images(rendre_cartes(groupe(donnees, 3), 125, LE_12), dix_pixels_par_mm)
    sombre = page.point(lambda clair: 255 if clair < 160 else 0)

    def traits(boite: tuple[int, int, int, int], axe: int) -> list[float]:
        """Middles in millimetres of the dark runs of a strip, along an axis."""
        bande = sombre.crop(boite)
        vus = [any(bande.getpixel(p) for p in ligne) for ligne in _lignes(bande, axe)]
        milieux, debut = [], None
        for rang, vu in enumerate([*vus, False]):
            if vu and debut is None:
                debut = rang
            elif not vu and debut is not None:
                milieux.append((debut + rang - 1) / 2 / 10)
                debut = None
        return milieux

    colonnes, rangees = [19.4, 105.0, 190.6], [13.5 + 54 * n for n in range(6)]
    for haut, bas in ((70, 110), (2860, 2900)):
        assert traits((0, haut, 2100, bas), 0) == pytest.approx(colonnes, abs=0.15)
    for gauche, droite in ((130, 170), (1930, 1970)):
        assert traits((gauche, 0, droite, 2970), 1) == pytest.approx(rangees, abs=0.15)
    assert [round(c * 25.4 / 72, 2) for c in (LARGEUR, HAUTEUR)] == [85.6, 54.0]
    assert [round(c * 25.4 / 72, 1) for c in (*coin(0), *coin(9))] == [19.4, 13.5, 105.0, 229.5]
    # Between the marks and the first card nothing is drawn, and no card is outlined.
    assert sombre.crop((190, 120, 1910, 150)).getbbox() is None


def _lignes(bande: Image.Image, axe: int) -> list[list[tuple[int, int]]]:
    if axe == 0:
        return [[(x, y) for y in range(bande.height)] for x in range(bande.width)]
    return [[(x, y) for x in range(bande.width)] for y in range(bande.height)]


def test_une_carte_sans_fin_de_validite(donnees: DonneesCertificat) -> None:
    (page,) = pages(rendre_cartes([replace(donnees, fin_validite=None)], 125, LE_12))
    assert "Àcompterdu10/06/2026" in page and "None" not in page


def test_le_recueil_dans_l_ordre_avec_ses_signets(donnees: DonneesCertificat) -> None:
    personnes = groupe(donnees, 4)
    feuillets = [Feuillet(rendre_certificat(d), d.titulaire, d.numero) for d in personnes]
    pdf = rendre_recueil(feuillets, "Certificats", "MAROSE FORMATION")
    lecteur = PdfReader(BytesIO(pdf))
    assert len(lecteur.pages) == 4 and len(lecteur.outline) == 4
    for page, d in zip(pages(pdf), personnes, strict=True):
        assert d.numero in page and serre(d.titulaire) in page
        assert not any(autre.numero in page for autre in personnes if autre is not d)
    assert lecteur.trailer["/Root"]["/Lang"] == "fr"
    assert len(pdf) < 0.75 * sum(len(f.pdf) for f in feuillets), "fonts and drawings are kept once"


def test_le_recueil_laisse_les_sceaux_de_ses_pages(donnees: DonneesCertificat, sceau: Sceau) -> None:
    """They would be broken ones; the merged file has its own, over all of it."""
    scelles = [sceller(rendre_certificat(d), sceau) for d in groupe(donnees, 2)]
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


@pytest.fixture(scope="module")
def sceau() -> Sceau:
    hier = datetime.now(UTC) - timedelta(days=1)
    return Sceau(cle_de_sceau.lire(cle_de_sceau.fabriquer(hier), None))


@pytest.mark.parametrize("document", ["cartes", "remise", "proces_verbal"])
def test_scelles_ils_sont_juges_intacts(
    donnees: DonneesCertificat, entete: EnTete, sceau: Sceau, document: str, tmp_path: Path
) -> None:
    pdf = sceller(DOCUMENTS[document](entete, groupe(donnees, 11)), sceau)
    jugement = juger(pdf, sceau)
    assert jugement.bottom_line and jugement.intact and jugement.coverage.name == "ENTIRE_FILE"
    if not shutil.which("pdfsig"):
        absent("pdfsig (poppler)")
    fichier = tmp_path / "scelle.pdf"
    fichier.write_bytes(pdf)
    dit = subprocess.run(["pdfsig", "-nocert", fichier], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid." in dit and "Total document signed" in dit


def test_le_proces_verbal_dit_tout(donnees: DonneesCertificat, entete: EnTete) -> None:
    lu = "".join(pages(rendre_proces_verbal(proces_verbal(entete, groupe(donnees, 2)))))
    pv = proces_verbal(entete, [])
    for attendu in (
        entete.entite,
        entete.habilitation,
        entete.dispositif_niveau,
        entete.certificat,
        entete.identification,
        entete.lieu,
        entete.formateur,
        "10/06/2026",
        pv.validite,
        pv.rectifie,
        pv.bilan,
        pv.mention,
        "établi le 12/06/2026",
        "RIVIÈRE Stéphanie, formateur",
        "10/06/2026 à 18 h 05",
    ):
        assert serre(attendu) in lu, attendu
    assert "qualifié" not in lu.lower()


def test_une_feuille_presque_vide_se_remplit_a_la_main(entete: EnTete) -> None:
    vide = replace(entete, certificat_libelle="", certificat_titre="", lieu="", date_fin=None, formateur="")
    personne = Inscrit(nom="ROUX", prenom="", date_naissance=None)
    brouillon = feuille(vide, [], inscrits=(personne,), vides=9)
    (page,) = pages(rendre_feuille(brouillon))
    assert "ROUX" in page and "None" not in page and "…………" in page
    assert "Vosnom,prénom." in page


@pytest.mark.parametrize("nombre", range(2, 9))
def test_une_colonne_par_demi_journee(donnees: DonneesCertificat, entete: EnTete, nombre: int) -> None:
    (page,) = pages(rendre_feuille(feuille(entete, groupe(donnees, 3)[2:], demi_journees=nombre)))
    assert page.count("demi-j.") == nombre
    assert page.count("Réussite") == page.count("Échec") == 1


def test_un_groupe_d_usage_tient_sur_une_feuille(donnees: DonneesCertificat, entete: EnTete) -> None:
    personnes = [replace(d, nom=f"NOM{rang}", prenom="Éloïse") for rang, d in enumerate(groupe(donnees, 10))]
    assert len(pages(rendre_feuille(feuille(entete, personnes, vides=0)))) == 1


def test_les_donnees_d_une_feuille_passent_un_tube(donnees: DonneesCertificat, entete: EnTete) -> None:
    for une in (feuille(entete, groupe(donnees, 3)), feuille(replace(entete, date_fin=None), [])):
        assert _de_json(_en_json(une)) == une


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize("nom", ["李小龍", "Bob 🙂", "a\u202eb", "a\x00b"])
def test_ce_qui_ne_s_imprime_pas_est_refuse_sans_nommer(
    donnees: DonneesCertificat, entete: EnTete, document: str, nom: str
) -> None:
    with pytest.raises(RenduImpossible, match=r"ne peut pas être imprimé .*U\+") as refus:
        DOCUMENTS[document](entete, [replace(donnees, nom=nom)])
    assert nom not in refus.value.message


@pytest.mark.parametrize("document", DOCUMENTS)
def test_le_balisage_s_imprime(donnees: DonneesCertificat, entete: EnTete, document: str) -> None:
    hostile = '<b>Bob</b><img src="http://127.0.0.1:9/x"> {{7*7}} &lt;i&gt;'
    lu = "".join(pages(DOCUMENTS[document](entete, [replace(donnees, nom=hostile)])))
    assert serre(hostile) in lu


FORMULES = ('=HYPERLINK("http://x")', "+33", "-1", "@SUM", "'=1", "null", "1e9")


def test_une_formule_reste_un_texte(donnees: DonneesCertificat) -> None:
    hostiles = [replace(donnees, nom=nom, prenom=nom) for nom in FORMULES]
    octets = rendre_echeances([*hostiles, replace(donnees, fin_validite=None)])
    feuille_lue = load_workbook(BytesIO(octets)).active
    rangees = list(feuille_lue.iter_rows(min_row=2))
    assert [rangee[0].value for rangee in rangees] == list(FORMULES)
    assert {cellule.data_type for rangee in rangees for cellule in rangee} == {"s", "d"}
    assert all(cellule.quotePrefix for rangee in rangees for cellule in rangee if cellule.data_type == "s")


def test_les_echeances(donnees: DonneesCertificat) -> None:
    octets = rendre_echeances(groupe(donnees, 60))
    feuille_lue = load_workbook(BytesIO(octets)).active
    titres, premiere, *_ = feuille_lue.iter_rows(values_only=True)
    assert titres == (
        "Nom",
        "Prénom",
        "Date de naissance",
        "Certificat",
        "N° de certificat",
        "Date de fin de session",
        "Dernier jour de validité",
    )
    assert premiere[3:5] == ("SST-1", "ABCD-EFGH-JKLM-0000")
    assert [d.date() for d in premiere[5:]] == [date(2026, 6, 10), date(2028, 6, 10)]
    assert feuille_lue.max_row == 61
    assert feuille_lue.cell(4, 1).value == "NGUYỄN"
