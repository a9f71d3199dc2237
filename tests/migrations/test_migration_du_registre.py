"""The register's existing lines say what was printed, from whatever still tells it: on a filled database."""

import importlib.util
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import Any

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from flask_migrate import downgrade, upgrade
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, select, text

from certif.config import RACINE
from certif.domaine.certificats.modeles import CertificatEmis, LigneRegistre
from certif.domaine.certificats.purge import purger_les_generees
from certif.domaine.journal import EntreeJournal, consigner
from certif.domaine.personnes.modeles import Entite, NomCommercial
from certif.domaine.referentiel.modeles import Habilitation
from certif.domaine.sessions.etats import Etat
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from tests.support.factories import Organisme, un_nom_commercial, un_organisme, une_session
from tests.support.production import pdf_factice, rendre_par

Regler = Callable[[str], None]


def _migration() -> ModuleType:
    fichier = RACINE / "migrations" / "versions" / "20261128_registre.py"
    spec = importlib.util.spec_from_file_location("migration_du_registre", fichier)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


MIGRATION = _migration()


def renommer(entite_id: int, vers: str) -> None:
    """As a gestionnaire did, with its line of journal."""
    with transaction():
        entite = db.session.get_one(Entite, entite_id)
        avant, entite.raison_sociale = entite.raison_sociale, vers
        consigner(
            "",
            "modifier",
            "entite",
            entite_id,
            avant={"raison_sociale": avant},
            apres={"raison_sociale": vers, "champs": ["raison_sociale", "email"]},
        )
        consigner("", "suspendre", "entite", entite_id, apres={"suspendue_le": "2026-05-01"})
        consigner("", "modifier", "entite", entite_id, avant={}, apres={"champs": ["email"]})


def renumeroter(habilitation_id: int, vers: str) -> None:
    with transaction():
        habilitation = db.session.get_one(Habilitation, habilitation_id)
        avant, habilitation.numero = habilitation.numero, vers
        consigner(
            "", "corriger", "habilitation", habilitation_id, avant={"numero": avant}, apres={"numero": vers}
        )


def delivrer(organisme: Organisme, **options: Any) -> str:
    """One certificate that ended today; its number."""
    numero = une_session(organisme, Etat.GENERE, reussites=1, **options)
    return db.session.scalars(select(LigneRegistre.numero).filter_by(session_numero=numero)).one()


def remigrer() -> None:
    """As the database was before these columns, then as the migration leaves it."""
    db.session.remove()
    downgrade(revision="0007")
    with db.engine.connect() as connexion:
        colonnes = connexion.execute(text("SELECT * FROM registre")).keys()
    assert "certificat_libelle" in colonnes and "raison_sociale" not in colonnes
    upgrade()


def dites(numero: str) -> tuple[str, bool, str, str, bool]:
    ligne = db.session.get_one(LigneRegistre, numero)
    return (
        ligne.raison_sociale,
        ligne.raison_sociale_reconstituee,
        ligne.nom_commercial,
        ligne.habilitation_numero,
        ligne.habilitation_reconstituee,
    )


@pytest.mark.usefixtures("chaque_base", "contexte")
def test_each_line_says_what_its_paper_says(horloge_a: Regler, monkeypatch: pytest.MonkeyPatch) -> None:
    rendre_par(monkeypatch, pdf_factice)
    horloge_a("2026-05-01T09:00:00+02:00")
    alpha, corto, sage = un_organisme("ALPHA"), un_organisme("CORTO"), un_organisme("SAGE")
    nom_id = un_nom_commercial(alpha.entite_id, "GAMMA SÉCURITÉ")
    with transaction():
        db.session.get_one(Habilitation, alpha.habilitation_id).numero = "H-PREMIER"
        db.session.get_one(Habilitation, corto.habilitation_id).numero = "H-CORTO"
        consigner("", "creer", "entite", sage.entite_id, apres={"raison_sociale": "SAGE", "siret": ""})
        consigner("", "creer", "habilitation", sage.habilitation_id, apres={"entite_id": sage.entite_id})
    premier, muet, jamais_renommee = delivrer(alpha), delivrer(corto), delivrer(sage)
    horloge_a("2026-05-10T09:00:00+02:00")
    renommer(alpha.entite_id, "BETA")
    renumeroter(alpha.habilitation_id, "H-SECOND")
    deuxieme = delivrer(alpha)
    horloge_a("2026-05-20T09:00:00+02:00")
    renommer(alpha.entite_id, "GAMMA")
    troisieme = delivrer(alpha, nom_commercial_id=nom_id)
    horloge_a("2026-06-20T09:00:00+02:00")
    assert purger_les_generees() == 5
    debout = delivrer(alpha, nom_commercial_id=nom_id)
    sans_nom = delivrer(sage)
    horloge_a("2026-06-22T09:00:00+02:00")
    renommer(alpha.entite_id, "DELTA")
    renommer(sage.entite_id, "SAGE ET FILS")
    renumeroter(alpha.habilitation_id, "H-TROISIÈME")
    with transaction():
        db.session.get_one(NomCommercial, nom_id).libelle = "DELTA SÉCURITÉ"
        # Behind the journal's back: nothing tells it.
        db.session.get_one(Entite, corto.entite_id).raison_sociale = "CORTO BIS"
        db.session.execute(delete(EntreeJournal).filter_by(objet="entite", objet_id=corto.entite_id))
        # As certificates were before trade names.
        emis = db.session.scalars(select(CertificatEmis).filter_by(numero=sans_nom)).one()
        emis.donnees = {cle: valeur for cle, valeur in emis.donnees.items() if cle != "nom_commercial"}
    numero_de_sage = db.session.get_one(Habilitation, sage.habilitation_id).numero

    remigrer()

    assert dites(premier) == ("ALPHA", False, "", "H-PREMIER", False)
    assert dites(deuxieme) == ("BETA", False, "", "H-SECOND", False)
    assert dites(troisieme) == ("GAMMA", False, "", "H-SECOND", False), "no trade name: nothing tells it"
    assert dites(debout) == ("GAMMA", False, "GAMMA SÉCURITÉ", "H-SECOND", False)
    assert dites(sans_nom) == ("SAGE", False, "", numero_de_sage, False)
    assert dites(jamais_renommee) == ("SAGE", False, "", numero_de_sage, False)
    assert dites(muet) == ("CORTO BIS", True, "", "H-CORTO", True)


@pytest.mark.usefixtures("contexte")
def test_lot_after_lot_each_line_gets_its_own_certificates_data(monkeypatch: pytest.MonkeyPatch) -> None:
    rendre_par(monkeypatch, pdf_factice)
    numero = une_session(un_organisme(), Etat.GENERE, reussites=5)
    with transaction():
        for rang, emis in enumerate(db.session.scalars(select(CertificatEmis).order_by(CertificatEmis.id))):
            emis.donnees = {**emis.donnees, "nom_commercial": f"NOM {rang}"}
    monkeypatch.setattr(MIGRATION, "LOT", 2)
    with db.engine.begin() as connexion, Operations.context(MigrationContext.configure(connexion)):
        MIGRATION._des_certificats()
    requete = (
        select(LigneRegistre.nom_commercial)
        .join(CertificatEmis, CertificatEmis.numero == LigneRegistre.numero)
        .where(LigneRegistre.session_numero == numero)
    )
    assert list(db.session.scalars(requete.order_by(CertificatEmis.id))) == [f"NOM {n}" for n in range(5)]


DEBUT = datetime(2026, 1, 1, tzinfo=UTC)


@given(st.lists(st.tuples(st.integers(1, 50), st.sampled_from("ABC")), max_size=6), st.integers(0, 400))
def test_walking_the_journal_back_finds_the_name_of_any_day(pas: list[tuple[int, str]], jour: int) -> None:
    """Whatever the changes, each instant is in one period at most, and its name is the one of then."""
    noms, changements, quand = ["Z"], [], DEBUT
    for ecart, vers in pas:
        quand += timedelta(days=ecart)
        changements.append((quand, noms[-1], vers))
        noms.append(vers)
    instant = DEBUT + timedelta(days=jour, hours=1)
    attendu = noms[sum(q <= instant for q, _, _ in changements)]
    trouves = [
        nom
        for apres, jusqu_a, nom in MIGRATION.periodes(changements)
        if (apres is None or instant > apres) and (jusqu_a is None or instant <= jusqu_a)
    ]
    assert trouves == ([attendu] if changements else [])
