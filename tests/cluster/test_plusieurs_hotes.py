"""A host is cut off or dies while certificates are made: users are told, and nothing is lost."""

import os
from collections.abc import Iterator
from html import unescape
from itertools import islice

import pytest
from flask import Flask
from sqlalchemy import ColumnElement, func, select

from certif import create_app
from certif.config import Config
from certif.domaine.certificats.modeles import CertificatEmis, DossierSession, EtatEmission
from certif.domaine.libelles.pannes import generation_en_attente
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.valeurs import Resultat
from certif.socle.base.extensions import db
from tests.cluster.grappe import PATIENCE_S, Grappe, Usager, grappe, servir_les_files
from tests.support import invariants
from tests.support.factories import Organisme, identites, un_organisme, un_stagiaire, une_session, version
from tests.support.servers import attendre

pytestmark = [pytest.mark.cluster(un_sur=0), pytest.mark.lent]

REUSSITES = 25
PERSONNES = identites(2_000)


@pytest.fixture(scope="module")
def plusieurs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grappe]:
    """The hosts, each back at work whenever a test has ended."""
    dossier = tmp_path_factory.mktemp("grappe")
    with grappe(dossier) as toute, pytest.MonkeyPatch.context() as environ:
        for nom, valeur in (toute.reglages | {"CERTIF_DONNEES": str(dossier / "ici")}).items():
            environ.setenv(nom, valeur)
        yield toute


@pytest.fixture(scope="module")
def application(plusieurs: Grappe) -> Iterator[Flask]:
    app = create_app(Config.lire(os.environ))
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def organisme(application: Flask, request: pytest.FixtureRequest) -> Iterator[Organisme]:
    """Of this test alone."""
    with application.app_context():
        yield un_organisme(f"MAROSE {request.node.name}")


def a_generer(organisme: Organisme) -> int:
    """A session of people that no other one has."""
    stagiaires = [un_stagiaire(*identite) for identite in islice(PERSONNES, REUSSITES)]
    for stagiaire in stagiaires:
        stagiaire.resultat = Resultat.REUSSITE
    return une_session(organisme, stagiaires=stagiaires)


def generer(usager: Usager, organisme: Organisme, combien: int) -> list[int]:
    """Sessions for which somebody has just clicked."""
    numeros = [a_generer(organisme) for _ in range(combien)]
    for numero in numeros:
        usager.envoyer(adresse_de(organisme, numero, "actions/generer"), version=version(numero))
    return numeros


def adresse_de(organisme: Organisme, numero: int, suite: str) -> str:
    return f"/entite/{organisme.entite_id}/sessions/{numero}/{suite}"


def en_pleine_production() -> bool:
    """Whether somebody holds certificates that are being made."""
    return _combien(EtatEmission.EN_COURS) > 0


def _combien(etat: EtatEmission, *parmi: ColumnElement[bool]) -> int:
    db.session.rollback()
    requete = select(func.count()).where(CertificatEmis.etat == etat, *parmi)
    return db.session.scalar(requete) or 0


def toutes_generees(numeros: list[int]) -> bool:
    db.session.rollback()
    requete = select(SessionCertification.etat).where(SessionCertification.numero.in_(numeros))
    return set(db.session.scalars(requete)) == {Etat.GENERE}


def leurs_dossiers(numeros: list[int]) -> bool:
    """Whether what follows the certificates is made too."""
    requete = select(func.count()).where(
        DossierSession.session_numero.in_(numeros), DossierSession.sha256 != ""
    )
    return db.session.scalar(requete) == len(numeros)


def rien_de_perdu(plusieurs: Grappe, numeros: list[int]) -> None:
    attendre(lambda: toutes_generees(numeros) and leurs_dossiers(numeros), PATIENCE_S, 1)
    attendre(lambda: len(plusieurs.vivants()) == 2 and plusieurs.en_bonne_sante(), PATIENCE_S, 1)
    plusieurs.ouvriers[0].faire("purger")  # with it, what attempts that were cut off had stored
    plusieurs.ouvriers[0].faire("verifier")
    invariants.verifier(Config.lire(os.environ), dossiers=True)
    assert _combien(EtatEmission.PRODUIT, CertificatEmis.session_numero.in_(numeros)) == REUSSITES * len(
        numeros
    )
    assert plusieurs.redis.refus() == []


def test_a_worker_s_host_is_cut_off(plusieurs: Grappe, organisme: Organisme) -> None:
    """The other one does all the work, before the first is back and after."""
    usager, (coupe, autre) = Usager().entrer(organisme.gestionnaire), plusieurs.ouvriers
    numeros = generer(usager, organisme, 3)
    attendre(lambda: plusieurs.travaille(coupe) and en_pleine_production(), PATIENCE_S)
    coupe.couper()
    attendre(lambda: toutes_generees(numeros), PATIENCE_S, 1)
    attendre(lambda: plusieurs.vivants() == {autre.nom}, PATIENCE_S, 1)
    assert plusieurs.en_bonne_sante(), "one worker of each queue is enough"
    coupe.retablir()
    rien_de_perdu(plusieurs, numeros)


def test_a_worker_s_host_dies(plusieurs: Grappe, organisme: Organisme) -> None:
    usager, (mort, _) = Usager().entrer(organisme.gestionnaire), plusieurs.ouvriers
    numeros = generer(usager, organisme, 3)
    attendre(lambda: plusieurs.travaille(mort) and en_pleine_production(), PATIENCE_S)
    mort.tuer()
    attendre(lambda: toutes_generees(numeros), PATIENCE_S, 1)
    mort.demarrer()
    servir_les_files(mort)
    rien_de_perdu(plusieurs, numeros)


def test_no_worker_is_left(plusieurs: Grappe, organisme: Organisme) -> None:
    """One host is cut off, the other one dies: pages say what is missing until one is back."""
    usager, (coupe, mort) = Usager().entrer(organisme.gestionnaire), plusieurs.ouvriers
    numeros = generer(usager, organisme, 3)
    attendre(en_pleine_production, PATIENCE_S)
    coupe.couper()
    mort.tuer()
    attendre(lambda: not plusieurs.sante()["ouvrier_certificats"], PATIENCE_S, 1)
    assert plusieurs.sante()["base"] and plusieurs.sante()["file"]
    reste = next(numero for numero in numeros if not toutes_generees([numero]))
    page = adresse_de(organisme, reste, "telechargements")
    attendre(lambda: generation_en_attente("ouvrier") in unescape(usager.lire(page)), PATIENCE_S, 1)
    coupe.retablir()
    attendre(lambda: toutes_generees(numeros), PATIENCE_S, 1)
    mort.demarrer()
    servir_les_files(mort)
    rien_de_perdu(plusieurs, numeros)


def test_the_site_is_cut_from_the_data(plusieurs: Grappe, organisme: Organisme) -> None:
    """Pages say that it comes back; what was asked for before is made meanwhile, what is asked for is not."""
    usager = Usager().entrer(organisme.gestionnaire)
    numeros = generer(usager, organisme, 2)
    trop_tard = a_generer(organisme)
    attendre(en_pleine_production, PATIENCE_S)
    plusieurs.site.couper()
    adresse = adresse_de(organisme, trop_tard, "actions/generer")
    refus = usager.envoyer(adresse, attendu=(503,), version=version(trop_tard))
    assert "vérifiez" in refus
    assert "momentanément indisponible" in usager.lire(f"/entite/{organisme.entite_id}/", attendu=(503,))
    sante = plusieurs.sante()
    assert not (sante["base"] or sante["file"] or sante["stockage"])
    attendre(lambda: toutes_generees(numeros), PATIENCE_S, 1)
    plusieurs.site.retablir()
    attendre(plusieurs.en_bonne_sante, PATIENCE_S, 1)
    assert not toutes_generees([trop_tard])
    usager.envoyer(adresse, version=version(trop_tard))
    rien_de_perdu(plusieurs, [*numeros, trop_tard])


def test_what_a_host_held_when_it_was_cut_off_is_free_at_once(
    plusieurs: Grappe, organisme: Organisme
) -> None:
    """The database lets go before whoever waits gives up."""
    usager, (coupe, _) = Usager().entrer(organisme.gestionnaire), plusieurs.ouvriers
    numero = a_generer(organisme)
    coupe.servir("tient", "tests.cluster.tenir", str(numero))
    attendre(lambda: "tenue" in coupe.journal, PATIENCE_S)
    coupe.couper()
    usager.envoyer(adresse_de(organisme, numero, "actions/generer"), version=version(numero))
    coupe.retablir()
    rien_de_perdu(plusieurs, [numero])
