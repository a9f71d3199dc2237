"""Every document of a session: everyone is there once, whole, in its pages, as typed."""

import shutil
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pypdf import PdfReader

from certif.documents.de_session.entete import EnTete
from certif.documents.donnees import DonneesCertificat
from certif.documents.erreurs import RenduImpossible
from certif.documents.sceau.sceau import Sceau
from certif.documents.sceau.scellement import sceller
from tests.documents.de_session.documents import (
    DOCUMENTS,
    PIRES,
    TAILLES,
    groupe,
    images,
    pages,
    rendu,
    serre,
)
from tests.documents.jugement import juger
from tests.support.servers import absent


@pytest.mark.parametrize("nombre", TAILLES)
@pytest.mark.parametrize("document", DOCUMENTS)
def test_chacun_y_est_entier_une_fois(
    donnees: DonneesCertificat, entete: EnTete, document: str, nombre: int
) -> None:
    personnes = groupe(donnees, nombre)
    lues = pages(rendu(document, entete, tuple(personnes)))
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
def test_le_fichier_dit_ce_qu_il_est_et_porte_ses_polices(
    donnees: DonneesCertificat, entete: EnTete, document: str
) -> None:
    """Its title is shown by whoever opens it, and no printer has to own a face."""
    lecteur = PdfReader(BytesIO(rendu(document, entete, tuple(groupe(donnees, 11)))))
    racine, dit = lecteur.root_object, lecteur.metadata
    assert dit is not None and "session n°125" in str(dit.title) and dit.author == entete.entite
    assert str(racine["/Lang"]) == "fr" and str(racine["/ViewerPreferences"]) == "{'/DisplayDocTitle': True}"
    for page in lecteur.pages:
        polices = page["/Resources"]["/Font"].values()  # type: ignore[index]
        assert polices and all("/FontFile2" in police.get_object()["/FontDescriptor"] for police in polices)


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


@pytest.mark.parametrize("document", DOCUMENTS)
def test_ce_qui_ressemble_a_un_operateur_est_imprime(
    donnees: DonneesCertificat, entete: EnTete, document: str
) -> None:
    texte = "BT /F1 12 Tf 12 TL ET"
    large = replace(entete, entite=texte)
    assert serre(texte) in pages(DOCUMENTS[document](large, [replace(donnees, entite=texte)]))[0]


@pytest.mark.parametrize("libelle", ["W" * 120, "Sauveteur secouriste du travail, " * 4])
@pytest.mark.parametrize("document", ["remise", "proces_verbal", "feuille"])
def test_la_tete_contient_le_plus_long_certificat(
    donnees: DonneesCertificat, entete: EnTete, document: str, libelle: str
) -> None:
    longue = replace(
        entete, certificat_libelle=libelle[:120].strip(), entite="M" * 160, nom_commercial="M" * 160
    )
    assert serre(longue.certificat_libelle) in pages(DOCUMENTS[document](longue, groupe(donnees, 1)))[0]


@pytest.mark.parametrize("document", ["cartes", "remise", "proces_verbal"])
def test_scelles_ils_sont_juges_intacts(
    donnees: DonneesCertificat, entete: EnTete, sceau: Sceau, document: str, tmp_path: Path
) -> None:
    pdf = sceller(DOCUMENTS[document](entete, groupe(donnees, 11)), sceau)
    jugement = juger(pdf, sceau)
    assert jugement.bottom_line and jugement.intact
    assert jugement.coverage is SignatureCoverageLevel.ENTIRE_FILE
    if not shutil.which("pdfsig"):
        absent("pdfsig (poppler)")
    fichier = tmp_path / "scelle.pdf"
    fichier.write_bytes(pdf)
    dit = subprocess.run(["pdfsig", "-nocert", fichier], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid." in dit and "Total document signed" in dit


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
