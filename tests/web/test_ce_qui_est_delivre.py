"""R15: whatever is renamed after certificates were issued, what is said of them is what they print."""

import io
import re
import zipfile
from datetime import date

import pytest
from sqlalchemy import select

from certif.domaine.certificats.annonces import annoncer_generation
from certif.domaine.certificats.modeles import CertificatEmis, DossierSession, LigneRegistre, StatutRegistre
from certif.domaine.certificats.production import dossier
from certif.domaine.personnes.modeles import Entite, Individu
from certif.domaine.referentiel.modeles import Certificat, Dispositif, Habilitation
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.valeurs import Resultat
from certif.socle import stockage
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from tests.support.factories import un_nom_commercial, un_stagiaire
from tests.support.moves import courriers
from tests.support.production import dossier_par, pdf_factice, rendre_par
from tests.web import arbre
from tests.web.distribution import Navigateur
from tests.web.scene import Scene

IMPRIME = "MAROSE FORMATION"
NOUVEAU = "INRS – INSTITUT NATIONAL"
NOUVEAUX = (NOUVEAU, "H-NOUVELLE", "ZZ-9", "Titre tout neuf", "CODENEUF", "TRADE NEUF", "MÉTAMORPHOSE")
"""What nothing printed says, but in « (aujourd'hui …) »."""


@pytest.fixture
def numero(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> int:
    """A generated session, its dossier made, under a trade name; then all that can change has changed."""
    rendre_par(monkeypatch, pdf_factice)
    dossier_par(monkeypatch)
    marose = scene.troupe.marose
    nom_id = scene.dans(lambda: un_nom_commercial(marose.entite_id))
    marie = un_stagiaire("Zorglubine", "Marie", date(1991, 2, 14), Resultat.REUSSITE)
    numero = scene.session(Etat.GENERE, stagiaires=[marie], nom_commercial_id=nom_id)

    def tout_renommer() -> None:
        dossier.produire(numero)
        with transaction():
            session_certif = db.session.get_one(SessionCertification, numero)
            db.session.get_one(Entite, marose.entite_id).raison_sociale = NOUVEAU
            db.session.get_one(Habilitation, marose.habilitation_id).numero = "H-NOUVELLE"
            certificat = db.session.get_one(Certificat, marose.certificat_id)
            certificat.libelle, certificat.titre = "ZZ-9", "Titre tout neuf"
            certificat.mois_validite = None
            db.session.get_one(Dispositif, certificat.niveau.dispositif_id).code = "CODENEUF"
            db.session.get_one(Individu, marose.formateur.individu_id).nom = "Métamorphose"
            assert session_certif.nom_commercial is not None
            session_certif.nom_commercial.libelle = "TRADE NEUF"

    scene.dans(tout_renommer)
    return numero


def fichiers(numero: int) -> dict[str, bytes]:
    """Every file that was issued, by name."""
    emis = db.session.scalars(select(CertificatEmis).filter_by(session_numero=numero)).one()
    zip_cle = db.session.get_one(SessionCertification, numero).zip_cle
    cle = db.session.get_one(DossierSession, numero).cle
    trouves = {"certificat": emis.cle_objet, "zip": zip_cle, "dossier": cle}
    lus = {nom: stockage.lire(cle or "") for nom, cle in trouves.items()}
    with zipfile.ZipFile(io.BytesIO(lus["dossier"])) as zip_:
        return lus | {nom: zip_.read(nom) for nom in zip_.namelist()}


def numero_de_certificat(scene: Scene, session_numero: int) -> str:
    requete = select(LigneRegistre.numero).filter_by(session_numero=session_numero)
    return scene.dans(lambda: db.session.scalars(requete).one())


def contenu(html: str) -> str:
    """The page without its menu, which names the spaces of today, and its timeline, which names people."""
    textes = arbre.lire(html).xpath("//main//text()[not(ancestor::*[@id='chronologie'])]")
    return " ".join(" ".join(textes).split())


def exiger(texte: str, *attendus: str, ou: str) -> None:
    for attendu in attendus:
        assert attendu in texte, (ou, attendu)
    sans_mentions = re.sub(r"\(aujourd’hui [^)]*\)", "", texte)
    dits = [nouveau for nouveau in NOUVEAUX if nouveau in sans_mentions]
    assert not dits, (ou, dits)


def test_the_public_pages(scene: Scene, numero: int) -> None:
    anonyme = Navigateur(scene.app.test_client())
    anonyme.rafraichir()
    certificat = numero_de_certificat(scene, numero)
    qui = f"Délivré par {IMPRIME} (sous le nom commercial MAROSE SÉCURITÉ) (aujourd’hui {NOUVEAU})"
    quoi = "Certificat SST-1 (aujourd’hui Titre tout neuf)"
    for reponse in (
        anonyme.get(f"/v/{certificat}"),
        anonyme.get("/verifier", query_string={"numero": certificat}),
        anonyme.post(f"/v/{certificat}", {"nom": "Roux", "prenom": "Paul", "date_naissance": "01/01/1990"}),
    ):
        exiger(contenu(reponse.text), qui, quoi, "(aujourd’hui H-NOUVELLE)", ou=f"/v {reponse.request.path}")
    for nom, octets in scene.dans(lambda: fichiers(numero)).items():
        champs = {"csrf_token": anonyme.jeton, "fichier": (io.BytesIO(octets), "fichier.pdf")}
        reponse = anonyme.client.post("/verifier", data=champs)
        exiger(contenu(reponse.text), qui, quoi, ou=nom)


def test_the_public_page_of_a_cancelled_certificate(scene: Scene, numero: int) -> None:
    certificat = numero_de_certificat(scene, numero)

    def annuler() -> None:
        ligne = db.session.get_one(LigneRegistre, certificat)
        with transaction():
            ligne.statut, ligne.annule_le = StatutRegistre.ANNULE, date(2026, 6, 12)

    scene.dans(annuler)
    page = contenu(scene.app.test_client().get(f"/v/{certificat}").text)
    exiger(page, f"Contactez {IMPRIME} (aujourd’hui {NOUVEAU}).", ou="annulé")


def test_the_pages_of_the_session(scene: Scene, numero: int) -> None:
    t, entite = scene.troupe, scene.adresse(f"/sessions/{numero}")
    qui = f"{IMPRIME} (aujourd’hui {NOUVEAU})"
    fiche = ("SST / 1", "SST-1 (aujourd’hui ZZ-9)", "RIVIÈRE Stéphanie")
    attendus = {
        (t.gestionnaire, f"{entite}/session"): (qui, *fiche, "MAROSE SÉCURITÉ"),
        (t.gestionnaire, f"{entite}/stagiaires"): (qui, "SST / 1"),
        (t.gestionnaire, f"{entite}/telechargements"): (qui, "SST / 1", "le tableau des échéances"),
        (t.gestionnaire, f"{entite}/annulation?tous"): (),
        (t.gestionnaire, scene.adresse("/sessions/a-traiter")): ("SST / 1", "SST-1 (aujourd’hui ZZ-9)"),
        (t.formateur, f"/formateur/sessions/{numero}"): (qui, *fiche),
        (t.formateur, f"/formateur/sessions/{numero}/stagiaires"): (qui, "SST / 1"),
        (t.formateur, "/formateur/sessions/en-cours"): (qui, "SST / 1", "SST-1 (aujourd’hui ZZ-9)"),
    }
    navigateurs = {acteur: scene.navigateur(acteur) for acteur in (t.gestionnaire, t.formateur)}
    for (acteur, adresse), textes in attendus.items():
        reponse = navigateurs[acteur].get(adresse)
        assert reponse.status_code == 200, adresse
        exiger(contenu(reponse.text), *textes, ou=adresse)


def test_the_register_of_the_administrateur(scene: Scene, numero: int) -> None:
    admin = scene.navigateur(scene.troupe.administrateur)
    certificat = numero_de_certificat(scene, numero)
    qui = f"{IMPRIME} (aujourd’hui {NOUVEAU})"
    fiche = contenu(admin.get(f"/administration/registre/{certificat}").text)
    exiger(fiche, qui, "MAROSE SÉCURITÉ", "(aujourd’hui H-NOUVELLE)", "SST-1 (aujourd’hui ZZ-9)", ou="fiche")
    assert "reconstituée" not in fiche
    for entite in ("maro", "inrs", "form mar", "instit"):
        liste = admin.get("/administration/registre", query_string={"entite": entite})
        exiger(contenu(liste.text), qui, "SST-1 (aujourd’hui ZZ-9)", ou=entite)
    for entite in ("arose", "marose inrs"):
        liste = admin.get("/administration/registre", query_string={"entite": entite})
        assert qui not in liste.text, entite


def test_what_is_downloaded_and_what_is_mailed(scene: Scene, numero: int) -> None:
    gestionnaire = scene.navigateur(scene.troupe.gestionnaire)
    reponse = gestionnaire.get(scene.adresse(f"/sessions/{numero}/telechargements/dossier"))
    assert "SST-1" in reponse.headers["Content-Disposition"]
    exiger(reponse.headers["Content-Disposition"], ou="nom du dossier")

    def ecrire() -> list[str]:
        with transaction():
            annoncer_generation(db.session.get_one(SessionCertification, numero))
        return [f"{c.sujet}\n{c.corps}" for c in courriers()]

    for courrier in scene.dans(ecrire):
        exiger(courrier, ou="courrier")


def test_the_administrateur_is_shown_who_was_renamed_after_it_issued(scene: Scene, numero: int) -> None:
    admin = scene.navigateur(scene.troupe.administrateur)
    liste = contenu(admin.get("/administration/entites", query_string={"etat": "renommees"}).text)
    assert NOUVEAU in liste and "FORMATION GUY" not in liste and "Renommées après délivrance" in liste
    fiche = contenu(admin.get(f"/administration/entites/{scene.troupe.marose.entite_id}").text)
    assert "Certificats délivrés sous une autre raison sociale" in fiche and IMPRIME in fiche
    autre = contenu(admin.get(f"/administration/entites/{scene.troupe.guy.entite_id}").text)
    assert "sous une autre raison sociale" not in autre


def test_the_administrateur_is_told_what_is_reconstituted_and_nobody_else(scene: Scene, numero: int) -> None:
    certificat = numero_de_certificat(scene, numero)

    def marquer() -> None:
        with transaction():
            ligne = db.session.get_one(LigneRegistre, certificat)
            ligne.raison_sociale_reconstituee = ligne.habilitation_reconstituee = True

    scene.dans(marquer)
    admin = scene.navigateur(scene.troupe.administrateur)
    fiche = contenu(admin.get(f"/administration/registre/{certificat}").text).replace("\u00a0", " ")
    dit = "– valeur reconstituée : rien ne dit plus ce qui a été imprimé"
    assert f"{IMPRIME} (aujourd’hui {NOUVEAU}) {dit}" in fiche and fiche.count(dit) == 2
    assert "reconstitu" not in scene.app.test_client().get(f"/v/{certificat}").text
