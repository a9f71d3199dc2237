"""Logos and trade names of MON ENTITÉ, from the file that is sent to the certificate that is printed."""

import re
import zipfile
from datetime import date, timedelta
from io import BytesIO

from PIL import Image
from pypdf import PdfReader
from sqlalchemy import update
from werkzeug.test import TestResponse

from certif.domaine.certificats.modeles import CertificatEmis
from certif.domaine.certificats.production import dossier
from certif.domaine.courriers.modeles import Courrier
from certif.domaine.personnes.modeles import Entite, Logo, NomCommercial
from certif.domaine.sessions.etats import Etat
from certif.socle import stockage
from certif.socle.base.extensions import db
from certif.socle.horloge import aujourd_hui
from tests.documents.test_nettoyage_du_logo import SVG, image, png_qui_pretend
from tests.support.factories import LOGO, un_nom_commercial
from tests.web.distribution import Navigateur
from tests.web.lecture import Page
from tests.web.scene import Scene
from tests.web.test_securite import PDF_MONTRE

SECURITE = "MAROSE SÉCURITÉ"
NOMS = "/informations/noms"


def envoyer(navigateur: Navigateur, adresse: str, fichier: bytes, nom: str = "logo.png") -> TestResponse:
    return navigateur.post(adresse, {"logo": (BytesIO(fichier), nom)}, content_type="multipart/form-data")


def logo_de(scene: Scene, entite_id: int | None = None) -> str | None:
    def lire() -> str | None:
        db.session.rollback()
        return db.session.get_one(Entite, entite_id or scene.troupe.marose.entite_id).logo_sha256

    return scene.dans(lire)


def nom_commercial(scene: Scene, libelle: str = SECURITE) -> int:
    return scene.dans(lambda: un_nom_commercial(scene.troupe.marose.entite_id, libelle))


def un_logo_uni(couleur: tuple[int, int, int, int]) -> bytes:
    """A square of one colour on nothing."""
    picture, sortie = Image.new("RGBA", (120, 40)), BytesIO()
    picture.paste(couleur, (40, 5, 80, 35))
    picture.save(sortie, "PNG")
    return sortie.getvalue()


def texte(pdf: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)


def test_a_logo_is_kept_clean_and_served_as_a_picture(scene: Scene, gestionnaire: Navigateur) -> None:
    adresse = scene.adresse("/informations/logo")
    hostiles = ("../../x.png", 'a"; filename="b.html', "x" * 300, "CON", "logo.html")
    fichier = image("CMYK", "JPEG")
    for nom in hostiles:
        assert envoyer(gestionnaire, adresse, fichier, nom).status_code == 303, nom[:20]
    assert scene.dans(lambda: db.session.query(Logo).count()) == 1
    page = gestionnaire.get(scene.adresse("/informations")).text
    trouve = re.search(r'src="([^"]+/logo\.png\?v=\w+)"', page)
    assert trouve
    servi = gestionnaire.get(trouve[1])
    assert servi.mimetype == "image/png" and servi.data.startswith(b"\x89PNG")
    assert servi.headers["X-Content-Type-Options"] == "nosniff"


def test_a_logo_that_paper_swallows_is_kept_and_warned_about(scene: Scene, gestionnaire: Navigateur) -> None:
    nom_id = nom_commercial(scene)
    informations, du_nom = scene.adresse("/informations"), scene.adresse(f"{NOMS}/{nom_id}")
    averti = "Ce logo se voit mal sur du papier blanc"
    blanc, bleu = (un_logo_uni(couleur) for couleur in ((255, 255, 255, 255), (30, 60, 140, 255)))
    for fichier, fois in ((blanc, 1), (bleu, 0)):
        assert envoyer(gestionnaire, scene.adresse("/informations/logo"), fichier).status_code == 303
        for page in (informations, scene.adresse("/informations/logo")):
            assert gestionnaire.get(page).text.count(averti) == fois
    assert envoyer(gestionnaire, f"{du_nom}/logo", blanc).status_code == 303
    for page in (informations, du_nom):
        assert gestionnaire.get(page).text.count(averti) == 1


def test_a_pale_logo_kept_before_logos_were_judged_is_warned_about_once_sent_again(
    scene: Scene, gestionnaire: Navigateur
) -> None:
    adresse, blanc = scene.adresse("/informations/logo"), un_logo_uni((255, 255, 255, 255))
    envoyer(gestionnaire, adresse, blanc)

    def oublier() -> None:
        db.session.execute(update(Logo).values(pale=False))
        db.session.commit()

    scene.dans(oublier)
    assert "se voit mal" not in gestionnaire.get(adresse).text
    envoyer(gestionnaire, adresse, blanc)
    assert "se voit mal" in gestionnaire.get(adresse).text


def test_what_is_no_picture_is_refused_beside_its_field(scene: Scene, gestionnaire: Navigateur) -> None:
    adresse = scene.adresse("/informations/logo")
    deux_mo = 2 * 1024 * 1024
    refuses = {
        b"": "Choisissez un fichier",
        SVG: "lisible",
        b"<html><script>alert(1)</script>": "lisible",
        image("RGB", "JPEG")[:-2000]: "lisible",
        png_qui_pretend(50_000, 50_000): "trop grande",
        image("RGB", "PNG").ljust(deux_mo + 1, b"\0"): "plus de 2",
    }
    for fichier, dit in refuses.items():
        reponse = envoyer(gestionnaire, adresse, fichier)
        assert reponse.status_code == 422, dit
        assert dit in Page(reponse).messages["logo"]
    assert gestionnaire.post(adresse, {"logo": "un texte"}).status_code == 422
    assert logo_de(scene) is None
    assert envoyer(gestionnaire, adresse, image("RGB", "PNG").ljust(deux_mo, b"\0")).status_code == 303
    assert logo_de(scene) is not None


def test_a_logo_is_said_to_show_the_name_with_or_after_it(scene: Scene, gestionnaire: Navigateur) -> None:
    """Once for all that is generated then; a box that changes nothing is no new logo."""
    adresse = scene.adresse("/informations/logo")
    avec = {"logo": (BytesIO(image("RGB", "PNG")), "logo.png"), "porte_le_nom": "1"}
    assert gestionnaire.post(adresse, avec, content_type="multipart/form-data").status_code == 303
    assert "checked" in gestionnaire.get(adresse).text
    assert scene.dans(lambda: _porte_le_nom(scene)) is True
    assert gestionnaire.post(adresse, {"porte_le_nom": "1"}).status_code == 422
    assert gestionnaire.post(adresse, {}).status_code == 303
    assert scene.dans(lambda: _porte_le_nom(scene)) is False
    assert logo_de(scene) is not None


def test_a_logo_is_taken_away(scene: Scene, gestionnaire: Navigateur) -> None:
    nom_commercial(scene)
    assert gestionnaire.post(scene.adresse("/informations/logo"), {"retirer": "1"}).status_code == 303
    assert logo_de(scene) is None
    assert gestionnaire.get(scene.adresse("/informations/logo.png")).status_code == 404


def test_others_change_no_logo(scene: Scene) -> None:
    nom_id = nom_commercial(scene)
    avant = logo_de(scene)
    for acteur in (scene.troupe.delegataire, scene.troupe.etranger, scene.troupe.formateur):
        navigateur = scene.navigateur(acteur)
        for suite in ("/informations/logo", f"{NOMS}/{nom_id}/logo"):
            assert envoyer(navigateur, scene.adresse(suite), image("RGB", "PNG")).status_code == 404
    voisin = f"/entite/{scene.troupe.guy.entite_id}{NOMS}/{nom_id}/logo"
    intrus = scene.navigateur(scene.troupe.etranger)
    assert envoyer(intrus, voisin, image("RGB", "PNG")).status_code == 404
    assert intrus.get(f"{voisin}.png").status_code == 404
    assert logo_de(scene) == avant


def test_a_trade_name_is_given_a_logo_and_removed(scene: Scene, gestionnaire: Navigateur) -> None:
    nom_id = nom_commercial(scene)
    sienne = scene.adresse(f"{NOMS}/{nom_id}")
    assert envoyer(gestionnaire, f"{sienne}/logo", image("RGBA", "WEBP")).status_code == 303
    assert gestionnaire.get(f"{sienne}/logo.png").mimetype == "image/png"
    numero = scene.session(Etat.SAISIE, nom_commercial_id=nom_id)
    recap = gestionnaire.get(f"{sienne}/retirer").text
    assert "1\u00a0session en cours est à ce nom" in recap
    marque = re.search(r'name="marque" value="(\w+)"', recap)
    assert marque
    assert gestionnaire.post(f"{sienne}/retirer").status_code == 409
    for _ in range(2):
        assert gestionnaire.post(f"{sienne}/retirer", {"marque": marque[1]}).status_code == 303
    assert scene.dans(lambda: db.session.query(NomCommercial).count()) == 0
    assert scene.voir(numero, lambda s: s.nom_commercial_id) is None


def test_the_administrateur_is_told_of_a_new_logo_and_sees_it(scene: Scene, gestionnaire: Navigateur) -> None:
    nom_id = nom_commercial(scene)
    admin = scene.navigateur(scene.troupe.administrateur)
    fichier = image("RGB", "PNG")
    for suite in ("/informations/logo", f"{NOMS}/{nom_id}/logo"):
        for _ in range(2):  # the same one
            envoyer(gestionnaire, scene.adresse(suite), fichier)
    gestionnaire.post(scene.adresse("/informations/logo"), {"retirer": "1"})

    def ecrits() -> list[tuple[int | None, str, str]]:
        return [(c.destinataire_id, c.sujet, c.corps) for c in db.session.query(Courrier)]

    un, deux = scene.dans(ecrits)
    qui = scene.troupe.administrateur.individu_id
    assert un[:2] == deux[:2] == (qui, "Nouveau logo d’une entité")
    assert "MAROSE FORMATION a un nouveau logo" in un[2] and SECURITE in deux[2]
    fiche = admin.get(f"/administration/entites/{scene.troupe.marose.entite_id}").text
    (image_du_nom,) = re.findall(r'href="([^"]+/logo\.png\?nom_id=\d+)"', fiche)
    assert admin.get(image_du_nom).data.startswith(b"\x89PNG")
    assert "logo.png?nom_id" in fiche and 'logo.png"' not in fiche, "the entité has none any more"
    autre = f"/administration/entites/{scene.troupe.guy.entite_id}/logo.png?nom_id={nom_id}"
    assert admin.get(autre).status_code == 404


def test_a_refused_name_is_kept_as_typed(scene: Scene, gestionnaire: Navigateur) -> None:
    nom_id = nom_commercial(scene)
    adresse = scene.adresse(f"{NOMS}/{nom_id}")
    marque = re.search(r'name="marque" value="(\w+)"', gestionnaire.get(adresse).text)
    assert marque
    for hostile in ("", "李小龍", "x" * 81, "a\r\nb", "INRS", "<script>alert(1)</script>"):
        reponse = gestionnaire.post(adresse, {"marque": marque[1], "libelle": hostile})
        page = Page(reponse)
        assert (reponse.status_code, "libelle" in page.messages) == (422, True), hostile
        assert "<script>" not in page.dangers
        assert ("Demander une correction" in reponse.text) is (
            hostile in ("INRS", "<script>alert(1)</script>")
        )
    reponse = gestionnaire.post(adresse, {"marque": "x", "libelle": "Marose Sécurité"})
    assert reponse.status_code == 409 and Page(reponse).valeurs["libelle"] == SECURITE
    assert gestionnaire.post(adresse, {"marque": marque[1], "libelle": "Marose Sécurité"}).status_code == 303


def test_the_preview_is_a_specimen_that_proves_nothing(scene: Scene) -> None:
    nom_id = nom_commercial(scene)
    lecteur = scene.navigateur(scene.troupe.delegataire)
    for suite, attendus in (
        ("/informations/apercu", ("MAROSEFORMATION",)),
        (f"{NOMS}/{nom_id}/apercu", ("MAROSESÉCURITÉ", "nomcommercialdel’organismeMAROSEFORMATION")),
    ):
        reponse = lecteur.get(scene.adresse(suite))
        assert (reponse.status_code, reponse.mimetype) == (200, "application/pdf")
        assert reponse.headers["Content-Disposition"].startswith("inline; ")
        assert {nom: reponse.headers[nom] for nom in PDF_MONTRE} == PDF_MONTRE
        lu = texte(reponse.data)
        assert "Certificatn°SPÉCIMEN" in lu and "EXEMPLECamille" in lu
        assert "Àvérifiersur" not in lu and b"/Type /Sig" not in reponse.data
        for attendu in attendus:
            assert attendu in lu


def test_the_tab_session_offers_the_names_of_the_entite(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session(Etat.SAISIE)
    onglet = scene.adresse(f"/sessions/{numero}/session")
    assert "Nom imprimé sur les certificats" not in gestionnaire.get(onglet).text
    nom_id = nom_commercial(scene)
    guy = scene.dans(lambda: un_nom_commercial(scene.troupe.guy.entite_id, "GUY SÉCURITÉ"))
    page = gestionnaire.get(onglet).text
    assert "Nom imprimé sur les certificats" in page
    assert '<option value="">MAROSE FORMATION</option>' in page
    assert "GUY SÉCURITÉ" not in page
    champs = {"version": scene.version(numero), "suite": "enregistrer", "nom_commercial_id": str(guy)}
    refuse = gestionnaire.post(onglet, champs)
    assert refuse.status_code == 422 and "nom_commercial_id" in Page(refuse).messages
    assert gestionnaire.post(onglet, {**champs, "nom_commercial_id": str(nom_id)}).status_code == 303
    assert scene.voir(numero, lambda s: s.nom_commercial_id) == nom_id


def test_a_certificate_is_frozen_under_the_name_it_was_given(scene: Scene, gestionnaire: Navigateur) -> None:
    nom_id = nom_commercial(scene)
    sans_logo = scene.dans(lambda: un_nom_commercial(scene.troupe.marose.entite_id, "SANS LOGO"))
    scene.dans(lambda: _retirer_le_logo(sans_logo))
    numero = scene.session(Etat.GENERE, nom_commercial_id=nom_id, reussites=1)
    autre = scene.session(Etat.GENERE, nom_commercial_id=sans_logo, reussites=1, date_fin=_hier())
    page = gestionnaire.get(scene.adresse(f"{NOMS}/{nom_id}/retirer")).text
    marque = re.search(r'name="marque" value="(\w+)"', page)
    assert marque
    gestionnaire.post(scene.adresse(f"{NOMS}/{nom_id}/retirer"), {"marque": marque[1]})

    def emis(session_numero: int) -> tuple[dict[str, str | None], bytes]:
        (ligne,) = db.session.query(CertificatEmis).filter_by(session_numero=session_numero).all()
        return ligne.donnees, stockage.lire(ligne.cle_objet or "")

    donnees, pdf = scene.dans(lambda: emis(numero))
    assert "MAROSESÉCURITÉ" in texte(pdf) and "MAROSEFORMATION" in texte(pdf)
    assert (donnees["nom_commercial"], donnees["entite"]) == (SECURITE, "MAROSE FORMATION")
    gele, _ = scene.dans(lambda: emis(autre))
    assert gele["logo"] == logo_de(scene), "the entité's, where the name has none"
    (image_imprimee,) = PdfReader(BytesIO(pdf)).pages[0].images
    assert image_imprimee.image is not None
    assert image_imprimee.image.size == _taille(LOGO)
    scene.dans(lambda: dossier.produire(numero))
    zip_du_dossier = gestionnaire.get(scene.adresse(f"/sessions/{numero}/telechargements/dossier")).data
    with zipfile.ZipFile(BytesIO(zip_du_dossier)) as archive:
        for nom in archive.namelist():
            if nom.endswith(".pdf"):
                assert "MAROSESÉCURITÉ" in texte(archive.read(nom)), nom


def _porte_le_nom(scene: Scene) -> bool:
    return db.session.get_one(Entite, scene.troupe.marose.entite_id).logo_porte_le_nom


def _retirer_le_logo(nom_id: int) -> None:
    db.session.get_one(NomCommercial, nom_id).logo_sha256 = None
    db.session.commit()


def _hier() -> date:
    return aujourd_hui() - timedelta(days=1)


def _taille(png: bytes) -> tuple[int, int]:
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])
