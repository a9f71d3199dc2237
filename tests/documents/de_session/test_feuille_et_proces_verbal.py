"""What is signed before and after, and the table of what will expire."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from certif.documents.de_session.echeances import rendre_echeances
from certif.documents.de_session.emargement import rendre_feuille
from certif.documents.de_session.entete import EnTete, Inscrit
from certif.documents.de_session.feuille import _de_json, _en_json
from certif.documents.de_session.proces_verbal import rendre_proces_verbal
from certif.documents.donnees import DonneesCertificat
from tests.documents.de_session.documents import feuille, groupe, pages, proces_verbal, serre


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
        pv.signataire,
        "Le formateur",
        "Pour l’organisme",
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
    assert page.count("demi-journée" if nombre < 5 else "demi-j.") == nombre
    assert page.count("Réussite") == page.count("Échec") == 1


def test_un_groupe_d_usage_tient_sur_une_feuille(donnees: DonneesCertificat, entete: EnTete) -> None:
    personnes = [replace(d, nom=f"NOM{rang}", prenom="Éloïse") for rang, d in enumerate(groupe(donnees, 10))]
    assert len(pages(rendre_feuille(feuille(entete, personnes, vides=0)))) == 1


def test_les_donnees_d_une_feuille_passent_un_tube(donnees: DonneesCertificat, entete: EnTete) -> None:
    for une in (feuille(entete, groupe(donnees, 3)), feuille(replace(entete, date_fin=None), [])):
        assert _de_json(_en_json(une)) == une


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
