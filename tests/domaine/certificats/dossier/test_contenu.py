"""What the dossier of a session holds, sealed, named and made again from the lines of the moment."""

import io
from datetime import date
from hashlib import sha256

import pytest
from icalendar import Calendar
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy import select, update

from certif import taches
from certif.config import Config
from certif.domaine.acteur import TypeRole
from certif.domaine.certificats.modeles import CertificatEmis, EmpreinteFichier, LigneRegistre
from certif.domaine.certificats.production import dossier
from certif.domaine.certificats.production.fichiers import balayer
from certif.domaine.certificats.production.reconciliation import dossiers_a_reprendre
from certif.domaine.certificats.reprise import refaire_le_dossier
from certif.domaine.libelles.certificats import dossier as mots
from certif.domaine.sessions.etats import MOUVEMENTS, Action, Etat
from certif.domaine.sessions.modeles import Evenement
from certif.socle import stockage
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import maintenant
from tests.domaine.certificats.dossier.lecture import PDFS, ligne, numeros, ouvrir, texte
from tests.support import invariants
from tests.support.factories import Organisme, un_acteur, un_organisme, une_proposition, une_session

pytestmark = pytest.mark.usefixtures("contexte", "pages_rapides")


def test_tout_ce_qu_il_contient(organisme: Organisme, numero: int, config: Config) -> None:
    dossier.produire(numero)
    fichiers = ouvrir(numero)
    assert fichiers.keys() == PDFS | {"echeances.xlsx", "echeances.ics"}
    recueil = PdfReader(io.BytesIO(fichiers["certificats.pdf"]))
    for page, nom, certificat in zip(recueil.pages, ("D’ALMEIDA", "NGUYỄN"), numeros(numero), strict=True):
        assert nom in page.extract_text() and certificat in page.extract_text()
    for piece in ("cartes.pdf", "liste-de-remise.pdf"):
        lu = texte(fichiers[piece])
        assert all(n in lu for n in numeros(numero)) and "NGUYỄNThịHồng" in lu and "ROUX" not in lu
    lu = texte(fichiers["proces-verbal.pdf"])
    for attendu in (
        f"Sessiondecertificationn°{numero}",
        "MAROSEFORMATION",
        "ROUXPaul",
        "Échec(absent)",
        "26800ETOILESURRHONE",
        "Stageinitial",
        "Du10/06/2026au10/06/2028inclus",
        "RIVIÈREStéphanie,formateur",
        "PARISKarine,gestionnaire",
        "Envoidesrésultatsdesstagiaires",
        "12/06/2026à18h00",
        "3stagiaires\u00a0:2réussites,1échec".replace("\u00a0", ""),
        "/verifier",
    ):
        assert attendu in lu, attendu
    assert all(n in lu for n in numeros(numero)) and "2020au31/12/2040" in lu
    feuille = load_workbook(io.BytesIO(fichiers["echeances.xlsx"])).active
    assert [rangee[0] for rangee in feuille.iter_rows(min_row=2, values_only=True)] == ["D’ALMEIDA", "NGUYỄN"]
    (echeance,) = Calendar.from_ical(fichiers["echeances.ics"]).walk("VEVENT")
    assert echeance.decoded("DTSTART") == date(2028, 6, 10) and "SST-1" in str(echeance["SUMMARY"])
    assert "2\u00a0certificats" in str(echeance["DESCRIPTION"]) and b"NGUY" not in fichiers["echeances.ics"]
    invariants.verifier(config)


def test_le_registre_repond_de_chaque_fichier_scelle(numero: int) -> None:
    dossier.produire(numero)
    fichiers, lue = ouvrir(numero), ligne(numero)
    sortes = {
        "certificats.pdf": "recueil",
        "cartes.pdf": "cartes",
        "liste-de-remise.pdf": "remise",
        "proces-verbal.pdf": "proces_verbal",
    }
    attendues = {(sorte, sha256(fichiers[nom]).hexdigest()) for nom, sorte in sortes.items()}
    assert lue is not None and lue.sha256 is not None
    connues = db.session.execute(
        select(EmpreinteFichier.sorte, EmpreinteFichier.sha256).where(
            EmpreinteFichier.sorte.not_in(("certificat", "archive"))
        )
    )
    assert {tuple(c) for c in connues} == attendues | {("dossier", lue.sha256)}
    assert all(b"/ETSI.CAdES.detached" in fichiers[nom] for nom in PDFS)


def test_sans_fin_de_validite_pas_d_echeances() -> None:
    organisme = un_organisme(certificat="Sans fin", dispositif="X", mois=None)
    numero = une_session(organisme, Etat.GENERE, reussites=1)
    dossier.produire(numero)
    assert ouvrir(numero).keys() == PDFS
    assert "sanslimitededurée" in texte(ouvrir(numero)["proces-verbal.pdf"])


def test_il_se_refait_d_apres_les_lignes_du_moment(organisme: Organisme, numero: int, config: Config) -> None:
    """A certificate is cancelled: its file is withdrawn, its number stays in the procès-verbal, struck."""
    dossier.produire(numero)
    ancienne = ligne(numero).cle  # type: ignore[union-attr]
    premier, second = numeros(numero)
    with transaction():
        annule = db.session.scalars(select(CertificatEmis).order_by(CertificatEmis.id)).first()
        assert annule is not None
        db.session.execute(
            update(LigneRegistre)
            .where(LigneRegistre.numero == annule.numero)
            .values(statut="annule", annule_le=date(2026, 6, 13))
        )
        annule.cle_objet = None
        refaire_le_dossier(numero)
    assert dossiers_a_reprendre() == [numero]
    taches.produire_dossier(numero)
    assert ligne(numero).cle != ancienne  # type: ignore[union-attr]
    balayer(numero)
    assert ancienne not in stockage.lister(f"{numero}/")
    fichiers = ouvrir(numero)
    assert premier not in texte(fichiers["certificats.pdf"]) and second in texte(fichiers["certificats.pdf"])
    assert f"{premier}(annuléle13/06/2026)" in texte(fichiers["proces-verbal.pdf"])


def test_sans_plus_aucun_certificat_il_reste_le_proces_verbal(numero: int) -> None:
    with transaction():
        db.session.execute(update(CertificatEmis).values(cle_objet=None))
    dossier.produire(numero)
    assert ouvrir(numero).keys() == {"proces-verbal.pdf"}


def test_chaque_mouvement_a_ses_mots_au_proces_verbal() -> None:
    """All that leaves a session there; savings, and what erases the session, are left out."""
    silencieuses = {
        Action.ENREGISTRER,
        Action.ENREGISTRER_RESULTATS,
        Action.CLORE_SANS_CERTIFICAT,
        Action.SUPPRIMER,
        Action.EFFACER,
        Action.PURGER,
    }
    assert set(mots.ACTES) == {m.action.value for m in MOUVEMENTS} - silencieuses


def test_le_proces_verbal_dit_qui_a_ete_corrige_et_jamais_de_quoi(organisme: Organisme, numero: int) -> None:
    une_proposition(numero, valeur="D’ALMEIDA")
    une_proposition(numero, valeur="Nguyen", rang=1)
    dossier.produire(numero)
    lu = texte(ouvrir(numero)["proces-verbal.pdf"])
    assert lu.count("Réussite;identitécorrigéesurpropositionduformateur") == 1
    assert "NGUYEN" not in lu


def test_le_proces_verbal_dit_qui_l_a_propose_quand_le_formateur_a_ete_remplace(
    organisme: Organisme, numero: int
) -> None:
    une_proposition(numero, valeur="D’ALMEIDA")
    ancien = un_acteur(TypeRole.FORMATEUR, nom="Garnier", prenom="Paul")
    with transaction():
        db.session.add(
            Evenement(
                session_numero=numero,
                quand=maintenant(),
                acteur_id=ancien.individu_id,
                role=ancien.role.value,
                action=Action.ENVOYER_RESULTATS.value,
                vers=Etat.VALIDATION_ENTITE,
                version_avant=1,
                empreinte="x",
            )
        )
    dossier.produire(numero)
    lu = texte(ouvrir(numero)["proces-verbal.pdf"])
    assert "identitécorrigéesurpropositiondeRIVIÈREStéphanieoudeGARNIERPaul" in lu
