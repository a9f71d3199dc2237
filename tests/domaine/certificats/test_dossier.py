"""The dossier of a session: everything in one zip, made once, whoever dies on the way."""

import io
import threading
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from hashlib import sha256

import pytest
from flask import Flask
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy import select, update

from certif import taches
from certif.config import Config
from certif.documents.archive import nom_du_dossier
from certif.documents.erreurs import RenduImpossible
from certif.domaine.certificats import contenu_du_dossier, dossier
from certif.domaine.certificats.fichiers import balayer
from certif.domaine.certificats.lectures import telechargements
from certif.domaine.certificats.modeles import CertificatEmis, DossierSession, EmpreinteFichier, LigneRegistre
from certif.domaine.certificats.numeros import presenter
from certif.domaine.certificats.purge import purger_les_generees
from certif.domaine.certificats.reconciliation import dossiers_a_reprendre
from certif.domaine.certificats.relance import refaire_le_dossier, relancer_le_dossier
from certif.domaine.certificats.telechargement import marquer_telechargement
from certif.domaine.comptes.modeles import TypeRole
from certif.domaine.erreurs import ActionImpossible, Introuvable, Refus, ServiceIndisponible
from certif.domaine.journal import EntreeJournal
from certif.domaine.libelles import dossier as mots
from certif.domaine.sessions.etats import MOUVEMENTS, Action, Etat
from certif.domaine.sessions.modeles import MotifEchec, Resultat, SessionCertification, Telechargement
from certif.socle import stockage
from certif.socle.extensions import db
from certif.socle.rupture import Rupture
from certif.socle.stockage import StockageIndisponible
from certif.socle.transaction import transaction
from tests import invariants
from tests.fabriques import Organisme, un_acteur, un_organisme, un_stagiaire, une_session
from tests.production import ETAPES_DU_DOSSIER, baux_echus

pytestmark = pytest.mark.usefixtures("contexte", "pages_rapides")

G = "2026-06-12T18:00:00+02:00"
PDFS = {"certificats.pdf", "cartes.pdf", "liste-de-remise.pdf", "proces-verbal.pdf"}


@pytest.fixture
def organisme(contexte: object) -> Organisme:
    return un_organisme()


def trois_stagiaires() -> list:
    absent = un_stagiaire("Roux", "Paul", date(1985, 5, 5), Resultat.ECHEC)
    absent.motif_echec = MotifEchec.ABSENT
    return [
        un_stagiaire("Nguyễn", "Thị Hồng", date(1994, 11, 27), Resultat.REUSSITE),
        absent,
        un_stagiaire("D’Almeida", "João", date(1979, 5, 8), Resultat.REUSSITE),
    ]


@pytest.fixture
def numero(organisme: Organisme, horloge_a: Callable[[str], None]) -> int:
    """Two réussites and an échec, generated, whose dossier nobody has begun."""
    horloge_a(G)
    return une_session(organisme, Etat.GENERE, stagiaires=trois_stagiaires(), date_fin=date(2026, 6, 10))


def ligne(numero: int) -> DossierSession | None:
    db.session.rollback()
    return db.session.get(DossierSession, numero)


def fait(numero: int) -> bool:
    lue = ligne(numero)
    return lue is not None and lue.sha256 is not None


def ouvrir(numero: int) -> dict[str, bytes]:
    """The files of the dossier, by name."""
    lue = ligne(numero)
    assert lue is not None and lue.cle is not None
    with zipfile.ZipFile(io.BytesIO(stockage.lire(lue.cle))) as zip_:
        return {nom: zip_.read(nom) for nom in zip_.namelist()}


def texte(pdf: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)


def numeros(numero: int) -> list[str]:
    requete = select(CertificatEmis.numero).filter_by(session_numero=numero).order_by(CertificatEmis.id)
    return [presenter(n) for n in db.session.scalars(requete)]


def test_tout_ce_qu_il_contient(organisme: Organisme, numero: int, config: Config) -> None:
    dossier.produire(numero)
    fichiers = ouvrir(numero)
    assert fichiers.keys() == PDFS | {"echeances.xlsx"}
    recueil = PdfReader(io.BytesIO(fichiers["certificats.pdf"]))
    for page, nom, certificat in zip(recueil.pages, ("NGUYỄN", "D’ALMEIDA"), numeros(numero), strict=True):
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
    assert [rangee[0] for rangee in feuille.iter_rows(min_row=2, values_only=True)] == ["NGUYỄN", "D’ALMEIDA"]
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


@pytest.mark.usefixtures("documents_rapides")
def test_il_n_est_fait_qu_une_fois(numero: int) -> None:
    dossier.produire(numero)
    avant = stockage.lire(ligne(numero).cle)  # type: ignore[union-attr,arg-type]
    etat = invariants.empreinte_de_la_base()
    dossier.produire(numero)
    assert invariants.empreinte_de_la_base() == etat
    assert stockage.lire(ligne(numero).cle) == avant  # type: ignore[union-attr,arg-type]
    assert dossiers_a_reprendre() == []


@pytest.mark.parametrize("etat", [Etat.SAISIE, Etat.VALIDATION_ENTITE, Etat.GENERATION])
def test_rien_avant_les_certificats(organisme: Organisme, etat: Etat) -> None:
    numero = une_session(organisme, etat)
    dossier.produire(numero)
    assert ligne(numero) is None and dossiers_a_reprendre() == []
    with pytest.raises(ActionImpossible, match="pas encore générés"):
        marquer_telechargement(organisme.gestionnaire, numero, dossier=True)


@pytest.mark.usefixtures("documents_rapides")
def test_les_certificats_n_attendent_pas_le_dossier(organisme: Organisme, numero: int) -> None:
    assert ligne(numero) is None and dossiers_a_reprendre() == [numero]
    with pytest.raises(ActionImpossible, match="en préparation"):
        marquer_telechargement(organisme.gestionnaire, numero, dossier=True)
    marquer_telechargement(organisme.gestionnaire, numero)
    dossier.produire(numero)
    marquer_telechargement(organisme.gestionnaire, numero, dossier=True)


@pytest.mark.usefixtures("documents_rapides")
def test_le_telecharger_compte_et_se_note(organisme: Organisme, numero: int) -> None:
    dossier.produire(numero)
    fichiers = [marquer_telechargement(organisme.gestionnaire, numero, dossier=True) for _ in range(2)]
    assert fichiers[0] == fichiers[1]
    assert fichiers[0].nom == f"2026-06-10_SST-1_dossier_session-{numero}.zip"
    assert fichiers[0].type_mime == "application/zip"
    octets = stockage.lire(fichiers[0].cle)
    assert (sha256(octets).hexdigest(), len(octets)) == (fichiers[0].sha256, fichiers[0].taille)
    faits = db.session.scalars(select(Telechargement)).all()
    assert [(t.sorte, t.certificat_emis_id) for t in faits] == [("dossier", None)] * 2
    assert db.session.get_one(SessionCertification, numero).telecharge_le is not None


@pytest.mark.usefixtures("documents_rapides")
def test_jamais_pour_un_autre(organisme: Organisme, numero: int) -> None:
    dossier.produire(numero)
    autre = un_organisme("FORMATION GUY")
    collegue = un_acteur(TypeRole.DELEGATAIRE, organisme.entite_id)
    for intrus in (autre.gestionnaire, organisme.formateur, collegue, un_acteur(TypeRole.ADMINISTRATEUR)):
        with pytest.raises(Introuvable):
            marquer_telechargement(intrus, numero, dossier=True)
        with pytest.raises(Introuvable):
            relancer_le_dossier(intrus, numero)


@pytest.mark.usefixtures("documents_rapides")
def test_quinze_jours_puis_plus_rien(
    organisme: Organisme, numero: int, horloge_a: Callable[[str], None], config: Config
) -> None:
    dossier.produire(numero)
    horloge_a("2026-06-27T23:59:00+02:00")
    marquer_telechargement(organisme.gestionnaire, numero, dossier=True)
    horloge_a("2026-06-28T00:00:00+02:00")
    with pytest.raises(Refus, match="Aucun duplicata"):
        marquer_telechargement(organisme.gestionnaire, numero, dossier=True)
    assert purger_les_generees() == 1
    assert ligne(numero) is None and stockage.lister(f"{numero}/") == []
    assert {e.sorte for e in db.session.scalars(select(EmpreinteFichier))} >= {"dossier", "proces_verbal"}
    invariants.verifier(config)


def test_un_dossier_jamais_fait_n_est_plus_demande_apres_le_delai(
    numero: int, horloge_a: Callable[[str], None]
) -> None:
    horloge_a("2026-06-27T23:59:00+02:00")
    assert dossiers_a_reprendre() == [numero]
    horloge_a("2026-06-28T00:00:00+02:00")
    assert dossiers_a_reprendre() == []


@pytest.mark.usefixtures("documents_rapides")
@pytest.mark.parametrize("mal", ["altere", "absent"])
def test_un_dossier_abime_n_est_pas_remis(organisme: Organisme, numero: int, mal: str) -> None:
    dossier.produire(numero)
    cle = marquer_telechargement(organisme.gestionnaire, numero, dossier=True).cle
    if mal == "altere":
        stockage.ecrire(cle, stockage.lire(cle)[:-1] + b"?")
    else:
        stockage.supprimer(cle)
    with pytest.raises(ServiceIndisponible):
        marquer_telechargement(organisme.gestionnaire, numero, dossier=True)


@pytest.mark.usefixtures("documents_rapides")
@pytest.mark.parametrize("effet", ["raise", "plein"])
@pytest.mark.parametrize("point", ETAPES_DU_DOSSIER)
def test_une_panne_a_chaque_pas(
    numero: int, config: Config, monkeypatch: pytest.MonkeyPatch, point: str, effet: str
) -> None:
    monkeypatch.setenv("CERTIF_RUPTURE", f"{point}:{effet}")
    with suppress(Rupture, OSError):
        dossier.produire(numero)
    monkeypatch.delenv("CERTIF_RUPTURE")
    baux_echus()
    for repris in dossiers_a_reprendre():
        dossier.produire(repris)
    assert fait(numero)
    balayer()
    invariants.verifier(config)


def rater(*_: object) -> bytes:
    raise RenduImpossible("Un texte est trop long pour être imprimé (lieu).")


def test_trois_echecs_se_voient_puis_se_relancent(
    organisme: Organisme, numero: int, monkeypatch: pytest.MonkeyPatch, config: Config
) -> None:
    monkeypatch.setattr(contenu_du_dossier, "rendre_proces_verbal", rater)
    essais = 0
    while dossiers_a_reprendre():
        dossier.produire(numero)
        essais += 1
    assert essais == 3 and stockage.lister(f"{numero}/") == sorted(cles(numero))
    suivi = telechargements(db.session.get_one(SessionCertification, numero))
    assert suivi is not None and suivi.dossier.rate and not suivi.dossier.fait
    assert suivi.dossier.cause == "Un texte est trop long pour être imprimé (lieu)."
    with pytest.raises(ActionImpossible, match="relancez sa préparation"):
        marquer_telechargement(organisme.gestionnaire, numero, dossier=True)
    marquer_telechargement(organisme.gestionnaire, numero)
    dossier.produire(numero)
    assert not fait(numero), "nobody asked again"
    invariants.verifier(config)
    monkeypatch.undo()
    relancer_le_dossier(organisme.gestionnaire, numero)
    relancer_le_dossier(organisme.gestionnaire, numero)
    assert [e.action for e in db.session.scalars(select(EntreeJournal))].count("relancer_dossier") == 1
    assert dossiers_a_reprendre() == [numero]


def cles(numero: int) -> list[str]:
    """What stands in the store without the dossier: the certificates and their zip."""
    emis = db.session.scalars(select(CertificatEmis.cle_objet).filter_by(session_numero=numero))
    return [*map(str, emis), str(db.session.get_one(SessionCertification, numero).zip_cle)]


def test_un_certificat_altere_n_entre_dans_aucun_dossier(numero: int) -> None:
    stockage.ecrire(cles(numero)[0], b"%PDF-1.7 autre chose")
    for _ in range(3):
        dossier.produire(numero)
    lue = ligne(numero)
    assert lue is not None and lue.rate and lue.cause == mots.CAUSE_CERTIFICAT


def test_un_stockage_en_panne_attend_puis_se_voit(numero: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuser(*_: object) -> None:
        raise StockageIndisponible

    with monkeypatch.context() as m:
        m.setattr(stockage, "ecrire", refuser)
        dossier.produire(numero)
        assert dossiers_a_reprendre() == [], "the tries are spaced by the lease"
        for _ in range(3):
            baux_echus()
            dossier.produire(numero)
    lue = ligne(numero)
    assert lue is not None and lue.rate and lue.cause == mots.CAUSE_STOCKAGE


def test_une_cle_de_sceau_perdue_se_voit(numero: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dossier.scelleur, "empechement", lambda: "non")
    for _ in range(3):
        dossier.produire(numero)
    lue = ligne(numero)
    assert lue is not None and lue.rate and lue.cause == mots.CAUSE_SCEAU


def test_celui_qui_meurt_rend_sa_place_avec_le_temps(numero: int) -> None:
    for _ in range(3):
        assert dossier._prendre(numero) is not None
        assert dossier._prendre(numero) is None and dossiers_a_reprendre() == []
        baux_echus()
    assert dossier._prendre(numero) is None
    lue = ligne(numero)
    assert lue is not None and lue.rate and lue.cause == mots.CAUSE_INTERROMPU


@pytest.mark.usefixtures("documents_rapides")
def test_celui_qui_arrive_tard_ne_marque_rien(numero: int, config: Config) -> None:
    lent = dossier._prendre(numero)
    assert lent is not None
    tardif = dossier._fabriquer(lent)
    assert not isinstance(tardif, str)
    baux_echus()
    dossier.produire(numero)
    assert fait(numero) and not dossier._conclure(lent, tardif)
    balayer(numero)
    invariants.verifier(config)


@pytest.mark.usefixtures("documents_rapides")
def test_la_purge_passe_pendant_la_fabrication(
    numero: int, horloge_a: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    fabriquer = dossier._fabriquer

    def purger_puis_rendre(prise: dossier._Prise) -> object:
        rendu = fabriquer(prise)
        horloge_a("2026-06-28T00:00:00+02:00")
        assert purger_les_generees() == 1
        stockage.ecrire(prise.cle, b"trop tard")
        return rendu

    monkeypatch.setattr(dossier, "_fabriquer", purger_puis_rendre)
    dossier.produire(numero)
    assert stockage.lister(f"{numero}/") == []


@pytest.mark.usefixtures("documents_rapides")
def test_quatre_ouvriers_a_la_fois(chaque_base: str, app: Flask, config: Config) -> None:
    numero = une_session(un_organisme(), Etat.GENERE, reussites=2)
    depart = threading.Barrier(4)

    def travailler() -> None:
        with app.app_context():
            depart.wait()
            dossier.produire(numero)

    fils = [threading.Thread(target=travailler) for _ in range(4)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    assert fait(numero)
    assert len(list(db.session.scalars(select(EmpreinteFichier).filter_by(sorte="dossier")))) == 1
    invariants.verifier(config)


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


def test_le_nom_du_dossier_ne_nomme_personne() -> None:
    assert nom_du_dossier(date(2026, 6, 10), "SST-1", 125) == "2026-06-10_SST-1_dossier_session-125.zip"
    assert (
        nom_du_dossier(date(2026, 6, 10), "Amiante s/s4-1 Opérateur de chantier", 7)
        == "2026-06-10_Amiante-s-s4-1-Operateur-de-chantier_dossier_session-7.zip"
    )


def test_un_retard_se_voit(numero: int, horloge_a: Callable[[str], None]) -> None:
    horloge_a("2026-06-12T18:06:00+02:00")
    suivi = telechargements(db.session.get_one(SessionCertification, numero))
    assert suivi is not None and suivi.dossier.en_retard
