"""PLATEFORME: what waits, what failed and what grows, in words; calm when nothing does."""

from datetime import timedelta

import pytest

from certif.domaine.certificats.modeles import ECHECS_MAX, CertificatEmis, DossierSession, EtatEmission
from certif.domaine.courriers.modeles import Courrier, EtatCourrier
from certif.domaine.pannes.modeles import Panne, SorteDePanne
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.socle import stockage
from certif.socle.base.extensions import db
from certif.socle.file import Voie, enfiler
from certif.socle.horloge import instant_reel, maintenant
from tests.support.production import pdf_factice, rendre_par
from tests.support.servers import ServeurValkey
from tests.web import arbre
from tests.web.distribution import Navigateur
from tests.web.scene import Scene

PAGE = "/administration/plateforme"


def chiffres(admin: Navigateur) -> dict[str, tuple[str, str, str]]:
    """By what is counted: the hue of its badge, what the badge says, what stands beside."""
    lignes = {}
    for tr in arbre.lire(admin.get(PAGE).text).xpath("//tbody/tr"):
        [etat] = tr.xpath(".//span[contains(@class, 'etat--')]/@class")
        quoi, badge, conseil = (arbre.texte(cellule) for cellule in tr)
        lignes[quoi] = (str(etat).rpartition("--")[2], badge, conseil)
    return lignes


@pytest.fixture
def ouvriers(monkeypatch: pytest.MonkeyPatch, valkey: ServeurValkey) -> None:
    """A worker on each queue."""
    monkeypatch.setattr("certif.socle.file.vivants", lambda _voie: iter([True]))


@pytest.mark.usefixtures("ouvriers")
def test_a_platform_where_nothing_waits_is_calm(admin: Navigateur) -> None:
    page = admin.get(PAGE)
    assert "Rien à signaler" in page.text
    assert len(page.get_data()) < 25_000
    assert chiffres(admin) == {}
    attente, problemes = (arbre.texte(p) for p in arbre.lire(page.text).xpath("//section/p"))
    for dit, premier in ((attente, "certificats à établir,"), (problemes, "pannes en cours,")):
        assert dit.startswith(f"Rien en ce moment. Ce qui est suivi ici : {premier}")
    assert "file des certificats (1 programme y travaille)" in attente


def test_without_a_queue_nothing_is_known_of_it(admin: Navigateur) -> None:
    assert "2\u00a0points à regarder" in admin.get(PAGE).text
    genre, badge, conseil = chiffres(admin)["File des certificats"]
    assert (genre, badge) == ("danger", "Inconnu") and "ne répond pas" in conseil


def test_a_queue_without_worker_is_to_be_looked_at_even_empty(
    admin: Navigateur, valkey: ServeurValkey
) -> None:
    enfiler("produire_dossier", 1)
    lues = chiffres(admin)
    assert valkey.client.ping() and len(list(Voie)) == 2
    assert lues["File des certificats"][:2] == ("danger", "Aucun programme")
    assert lues["File des autres travaux"][:2] == (
        "danger",
        "Aucun programme 1 travail y attend",
    )


@pytest.mark.usefixtures("ouvriers")
def test_what_waits_fails_and_is_late_is_told_with_what_to_do(
    scene: Scene, admin: Navigateur, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendre_par(monkeypatch, pdf_factice)
    numero = scene.session(Etat.GENERATION, reussites=3)
    monkeypatch.setattr(stockage, "espace_libre", lambda: 1_240_000_000)

    def abimer() -> None:
        session_certif = db.session.get_one(SessionCertification, numero)
        session_certif.generation_demandee_le = maintenant() - timedelta(minutes=42)
        un, *_ = db.session.scalars(db.select(CertificatEmis))
        un.etat, un.echecs = EtatEmission.ECHEC, ECHECS_MAX
        db.session.add(DossierSession(session_numero=numero, echecs=ECHECS_MAX))
        db.session.add(Panne(sorte=SorteDePanne.SCEAU, debut=instant_reel() - timedelta(hours=5)))
        il_y_a = maintenant() - timedelta(hours=3)
        for rang, etat in enumerate((EtatCourrier.A_ENVOYER, EtatCourrier.ABANDONNE)):
            db.session.add(Courrier(evenement=str(rang), sujet="x", corps="x", etat=etat, cree_le=il_y_a))
        db.session.commit()

    scene.dans(abimer)
    lues = chiffres(admin)
    assert lues["Certificats à établir"][:2] == ("attente", "2 depuis 42 minutes au plus")
    assert lues["Générations en cours depuis plus de 5 minutes"][0] == "danger"
    assert lues["Courriels à envoyer"][0] == "danger"
    assert "3 heures" in lues["Courriels à envoyer"][1]
    assert lues["La clé qui scelle les documents ne peut pas être utilisée"][:2] == (
        "danger",
        "En panne depuis 5 heures",
    )
    for quoi in ("Certificats qui n’ont pas pu être établis", "Dossiers qui n’ont pas pu être faits"):
        genre, badge, conseil = lues[quoi]
        assert (genre, badge) == ("danger", "1") and f"n°{numero}" in conseil
    assert lues["Courriels refusés ou abandonnés depuis 7 jours"][:2] == ("attente", "1")
    assert lues["Place libre pour les fichiers"][:2] == ("danger", "1,2 Go")
    assert "6\u00a0points à regarder" in admin.get(PAGE).text


@pytest.mark.usefixtures("ouvriers")
def test_what_should_have_been_erased_is_named_after_two_hours(scene: Scene, admin: Navigateur) -> None:
    numero = scene.session(Etat.SAISIE)

    def vieillir() -> None:
        session_certif = db.session.get_one(SessionCertification, numero)
        assert session_certif.date_fin is not None
        session_certif.date_fin -= timedelta(days=200)
        db.session.commit()

    scene.dans(vieillir)
    genre, badge, conseil = chiffres(admin)["Effacements en retard"]
    assert genre == "danger" and "Session dont les certificats n’ont pas été générés" in badge and conseil
