"""RÉFÉRENTIEL through its lists, records and forms; what was issued never changes."""

import pytest
from sqlalchemy import select

from certif.documents.certificat.encres import COULEURS
from certif.domaine.certificats.modeles import LigneRegistre
from certif.domaine.certificats.registre.numeros import presenter
from certif.domaine.journal import EntreeJournal
from certif.domaine.libelles.referentiel.dispositifs import FAMILLES, groupe
from certif.domaine.referentiel.initial import charger_referentiel
from certif.domaine.referentiel.modeles import Certificat, Dispositif, Niveau, TypeNiveau
from certif.domaine.sessions.etats import Etat
from certif.socle.base.extensions import db
from tests.support.factories import un_certificat
from tests.support.statements import requetes
from tests.web.administration.test_fiches_des_entites import caches, envoyer
from tests.web.distribution import Navigateur
from tests.web.lecture import Page
from tests.web.scene import Scene

LISTE, CERTIFICATS = "/administration/referentiel", "/administration/certificats"
NOUVEAU = {"code": "Échafaudage", "libelle": "Montage d’échafaudages", "groupe_min": "2", "groupe_max": "8"}
CERTIFICAT = {
    "niveau_id": "",
    "libelle": "ECH-1",
    "titre": "Monteur",
    "mois_validite": "",
    "gabarit": "commun",
}
HOSTILES = ("", "   ", "x" * 161, "A\u202eB", "李小龍", "A\0B", "a\r\nb", "x" * 10_000)


@pytest.fixture
def sst(scene: Scene) -> str:
    """The record of SST's certificat."""
    return f"{CERTIFICATS}/{scene.troupe.marose.certificat_id}"


def etat_de_la_base(scene: Scene) -> list[str]:
    def lire() -> list[str]:
        tables = (Dispositif.__table__, Niveau.__table__, Certificat.__table__, EntreeJournal.__table__)
        return [str(ligne) for table in tables for ligne in db.session.execute(select(table))]

    return scene.dans(lire)


def test_a_dispositif_is_created_once_with_its_niveaux_and_certificats(
    scene: Scene, admin: Navigateur
) -> None:
    postes = {**caches(admin.get(f"{LISTE}/nouveau")), **NOUVEAU, "plateforme_requise": "1", "id": "99"}
    premiere, seconde = (admin.post(f"{LISTE}/nouveau", {**postes, "archive_le": "x"}) for _ in range(2))
    assert premiere.status_code == 303 and premiere.location == seconde.location
    fiche = premiere.location
    assert envoyer(admin, f"{fiche}/ajouter-un-niveau", numero="1", type="acteur").status_code == 422
    assert envoyer(admin, f"{fiche}/ajouter-un-niveau", numero="2", type="formateur").status_code == 303
    niveaux = scene.dans(
        lambda: db.session.scalars(select(Dispositif).filter_by(code="Échafaudage")).one().niveaux
    )
    assert [(n.numero, n.type) for n in niveaux] == [(1, TypeNiveau.ACTEUR), (2, TypeNiveau.FORMATEUR)]
    champs = {**CERTIFICAT, "niveau_id": str(niveaux[0].id)}
    assert envoyer(admin, f"{fiche}/ajouter-un-certificat", **champs).status_code == 303
    page = admin.get(fiche).text
    for dit in ("ECH-1", "Sans fin", "De 2 à 8 stagiaires", "Requise", "1 (acteur)", "2 (formateur)"):
        assert dit in page, dit
    assert "ECH-1" in admin.get(LISTE).text and "ECH-1" in admin.get(CERTIFICATS).text
    autre = scene.dans(lambda: db.session.get_one(Certificat, scene.troupe.marose.certificat_id).niveau_id)
    champs = {**CERTIFICAT, "libelle": "ECH-2", "niveau_id": str(autre)}
    assert envoyer(admin, f"{fiche}/ajouter-un-certificat", **champs).status_code == 422


def test_what_is_refused_stands_beside_its_field_keeps_the_rest_and_changes_nothing(
    scene: Scene, admin: Navigateur, sst: str
) -> None:
    scene.dans(lambda: un_certificat("CATEC-1", "CATEC"))
    nombres = ("0", "-1", "1e9", "²", "٣", "1,5", "9" * 400)
    certificat = {
        "libelle": (*HOSTILES, "catec-1"),
        "titre": HOSTILES,
        "mois_validite": (*nombres, "241"),
        "gabarit": ("", "../../etc/passwd", "inconnu"),
    }
    niveau = {"niveau_id": str(scene.troupe.marose.niveau_id)}
    formulaires: dict[str, tuple[dict[str, str], dict[str, tuple[str, ...]]]] = {
        f"{LISTE}/nouveau": (
            NOUVEAU,
            {
                "code": (*HOSTILES, "sst"),
                "libelle": HOSTILES,
                "groupe_min": (*nombres, "100"),
                "groupe_max": ("1",),
            },
        ),
        f"{LISTE}/1/modifier": (NOUVEAU, {"code": ("catec", "x" * 41)}),
        f"{LISTE}/1/ajouter-un-niveau": ({"type": "acteur"}, {"numero": nombres}),
        f"{LISTE}/1/ajouter-un-certificat": (
            {**CERTIFICAT, **niveau},
            {**certificat, "niveau_id": ("", "9")},
        ),
        f"{sst}/corriger": (CERTIFICAT, certificat),
    }
    avant = etat_de_la_base(scene)
    for adresse, (justes, faux) in formulaires.items():
        for champ, textes in faux.items():
            for texte in textes:
                reponse = envoyer(admin, adresse, **{**justes, champ: texte})
                page = Page(reponse)
                assert reponse.status_code == 422, (adresse, champ, texte[:20])
                assert champ in page.messages, (adresse, champ, texte[:20])
                assert page.dangers == []
    assert etat_de_la_base(scene) == avant


def test_correcting_a_certificat_changes_nothing_of_what_was_issued(
    scene: Scene, admin: Navigateur, sst: str
) -> None:
    numero = scene.session(Etat.GENERE, reussites=1)

    def ligne() -> LigneRegistre:
        return db.session.scalars(select(LigneRegistre).filter_by(session_numero=numero)).one()

    def imprime() -> tuple[object, ...]:
        e = ligne().emission
        return ligne().numero, ligne().fin_validite, e.libelle.texte, e.titre.texte

    avant = scene.dans(imprime)
    corrige = {"libelle": "SST-2027", "titre": "Secouriste", "mois_validite": "12", "gabarit": "amiante"}
    assert envoyer(admin, f"{sst}/corriger", **corrige).status_code == 303
    assert "SST-2027" in admin.get(CERTIFICATS).text
    assert scene.dans(imprime) == avant
    verifiee = admin.get(f"/v/{avant[0]}").text
    assert "SST-1<small>(aujourd’hui Secouriste)</small>" in verifiee and "SST-2027" not in verifiee
    assert "SST-1" in admin.get(f"/administration/registre/{avant[0]}").text
    assert presenter(str(avant[0])) in admin.get("/administration/registre").text
    avant_de_recommencer = caches(admin.get(f"{sst}/corriger"))
    scene.dans(lambda: modifier_le_titre(scene.troupe.marose.certificat_id))
    assert admin.post(f"{sst}/corriger", {**avant_de_recommencer, **corrige}).status_code == 409


def modifier_le_titre(certificat_id: int) -> None:
    db.session.get_one(Certificat, certificat_id).titre = "Entre-temps"
    db.session.commit()


def test_archived_it_is_offered_nowhere_found_apart_and_offered_again(
    scene: Scene, admin: Navigateur, sst: str
) -> None:
    catec = scene.dans(lambda: un_certificat("CATEC-1", "CATEC").niveau.dispositif_id)
    fiche = f"{LISTE}/{catec}"
    accord = f"/administration/entites/{scene.troupe.guy.entite_id}/accorder-une-habilitation"
    gestionnaire = scene.navigateur(scene.troupe.gestionnaire)
    demande = scene.adresse("/demandes/nouvelle")
    assert all("CATEC / 1" in n.get(a).text for n, a in ((admin, accord), (gestionnaire, demande)))
    assert envoyer(admin, f"{fiche}/archiver").status_code == 303
    assert envoyer(admin, f"{fiche}/archiver").status_code == 409
    assert not any("CATEC / 1" in n.get(a).text for n, a in ((admin, accord), (gestionnaire, demande)))
    assert "CATEC" not in admin.get(LISTE).text
    assert all("CATEC" in admin.get(LISTE, query_string={"etat": e}).text for e in ("archives", "tous"))
    assert envoyer(admin, f"{fiche}/desarchiver").status_code == 303
    assert envoyer(admin, f"{fiche}/desarchiver").status_code == 409
    assert "CATEC" in admin.get(LISTE).text
    assert envoyer(admin, f"{sst}/archiver").status_code == 303
    assert "SST-1" not in admin.get(CERTIFICATS).text and "Archivé le" in admin.get(sst).text
    assert envoyer(admin, f"{sst}/desarchiver").status_code == 303
    actions = scene.dans(
        lambda: list(db.session.scalars(select(EntreeJournal.action).where(EntreeJournal.action != "creer")))
    )
    assert actions == ["archiver", "desarchiver"] * 2


def test_loading_the_referentiel_again_leaves_what_was_edited(scene: Scene, admin: Navigateur) -> None:
    scene.dans(charger_referentiel)
    prap = scene.dans(lambda: db.session.scalar(select(Dispositif.id).filter_by(code="PRAP 2S")))
    fiche = f"{LISTE}/{prap}"
    assert envoyer(admin, f"{fiche}/modifier", code="PRAP SANTÉ", libelle="Santé").status_code == 303
    assert envoyer(admin, f"{fiche}/archiver").status_code == 303
    avant = etat_de_la_base(scene)
    assert scene.dans(charger_referentiel) == []
    assert etat_de_la_base(scene) == avant


def test_the_lists_need_as_many_queries_whatever_they_hold(scene: Scene, admin: Navigateur) -> None:
    def combien(adresse: str) -> int:
        with requetes() as vues:
            assert admin.get(adresse).status_code == 200
        return len(vues)

    adresses = (
        LISTE,
        CERTIFICATS,
        f"{LISTE}/1",
        "/administration/habilitations",
        "/administration/entites/1",
    )
    peu = [combien(a) for a in adresses]
    scene.dans(lambda: [un_certificat(f"SST-{n}", "SST") for n in range(2, 9)])
    scene.dans(lambda: [un_certificat(f"D-{n}", f"D {n}") for n in range(9)])
    assert [combien(a) for a in adresses] == peu


def test_each_family_is_one_that_prints_and_a_group_reads_well() -> None:
    assert set(FAMILLES) == set(COULEURS)
    lus = [groupe(*bornes) for bornes in ((4, 10), (4, None), (None, 10), (None, None))]
    assert lus == ["De 4 à 10 stagiaires", "4 stagiaires au moins", "10 stagiaires au plus", ""]
