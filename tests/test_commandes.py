"""The commands that an operator runs, on a real database."""

import errno
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from unittest.mock import Mock

import pytest
from click.testing import Result
from flask import Flask
from pyrage.x25519 import Identity
from sqlalchemy import String, cast, delete, func, select, text, update
from sqlalchemy.exc import OperationalError, ProgrammingError

from certif import create_app, rythmes
from certif.config import Config
from certif.domaine.acces.invitations import accepter, lire_invitation
from certif.domaine.acces.liens import LienPerime
from certif.domaine.acteur import TypeRole
from certif.domaine.certificats.remise.gestion import arreter_les_codes, creer_les_codes
from certif.domaine.certificats.remise.lectures import cartes
from certif.domaine.journal import EntreeJournal
from certif.domaine.libelles.personnes import email_sans_destination
from certif.domaine.personnes.demonstration import COMPTES_DEMO
from certif.domaine.personnes.modeles import Individu
from certif.domaine.referentiel.modeles import Certificat, Dispositif
from certif.domaine.sessions.actions.saisie import creer
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles_annexes import Bilan
from certif.socle import stockage
from certif.socle.base.extensions import db
from certif.socle.observation import derniere_verification
from tests.support import invariants
from tests.support.factories import un_certificat, un_organisme, une_personne, une_session
from tests.support.links import lien_de, secret_de
from tests.support.moves import courriers, existe


def lancer(app: Flask, *commande: str) -> Result:
    """Run one command in a context of its own."""
    resultat = app.test_cli_runner().invoke(args=list(commande))
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    return resultat


class Sauvegarde:
    """A copy of the database and of the store, as an operator makes and restores it."""

    def __init__(self, config: Config, dossier: Path) -> None:
        self.base, self.fichiers = config.donnees / "certif.db", config.donnees / "fichiers"
        self.dossier = dossier
        dossier.mkdir()
        with closing(sqlite3.connect(self.base)) as source, closing(self._copie()) as copie:
            source.backup(copie)
        shutil.copytree(self.fichiers, dossier / "fichiers")

    def restaurer(self) -> None:
        """Put the database back, and the files beside whatever stands in the store now."""
        with closing(self._copie()) as copie, closing(sqlite3.connect(self.base)) as cible:
            copie.backup(cible)
        shutil.copytree(self.dossier / "fichiers", self.fichiers, dirs_exist_ok=True)

    def _copie(self) -> sqlite3.Connection:
        return sqlite3.connect(self.dossier / "certif.db")


def en_production(config: Config) -> Flask:
    return create_app(replace(config, mode="production", url="https://certif.example.fr"))


class TestPreparer:
    @pytest.mark.parametrize("identifiant", [COMPTES_DEMO[0].identifiant, COMPTES_DEMO[-1].identifiant])
    def test_production_refuses_the_accounts_of_the_demonstration(
        self, app: Flask, config: Config, identifiant: str
    ) -> None:
        with app.app_context():
            une_personne(email=identifiant, actif=False)
        resultat = lancer(en_production(config), "preparer")
        assert resultat.exit_code != 0
        assert identifiant in resultat.output and "Traceback" not in resultat.output

    def test_a_key_that_cannot_be_used_is_refused_before_anything_is_written(
        self, config: Config, tmp_path: Path
    ) -> None:
        (tmp_path / "sceau.p12").write_bytes(b"ruine")
        neuve = replace(config, base=f"sqlite:///{tmp_path / 'neuve.db'}", pkcs12=tmp_path / "sceau.p12")
        resultat = lancer(create_app(neuve), "preparer")
        assert resultat.exit_code == 1 and "Traceback" not in resultat.output
        assert "CERTIF_PKCS12" in resultat.output
        assert not (tmp_path / "neuve.db").exists()

    def test_a_database_that_does_not_answer_is_named(self, config: Config, tmp_path: Path) -> None:
        resultat = lancer(create_app(replace(config, base=f"sqlite:///{tmp_path}")), "preparer")
        assert resultat.exit_code == 1 and "DATABASE_URL" in resultat.output
        assert "Traceback" not in resultat.output

    def test_production_prepares_a_database_of_its_own(self, app: Flask, config: Config) -> None:
        with app.app_context():
            une_personne(email="romain@marose.fr")
        assert lancer(en_production(config), "preparer").exit_code == 0

    def test_production_knows_the_dispositifs_and_leaves_what_was_edited(
        self, app: Flask, config: Config
    ) -> None:
        lancer(en_production(config), "preparer")
        with app.app_context():
            db.session.execute(update(Dispositif).where(Dispositif.code == "SST").values(groupe_max=12))
            db.session.commit()
        lancer(en_production(config), "preparer")
        with app.app_context():
            groupes = db.session.execute(select(Dispositif.code, Dispositif.groupe_max)).all()
            assert len(groupes) == 6 and ("SST", 12) in groupes


def test_a_restored_backup_loses_what_is_due_and_issues_no_number_again(
    app: Flask, config: Config, tmp_path: Path, horloge_a: Callable[[str], None]
) -> None:
    with app.app_context():
        horloge_a("2026-06-12T18:00:00+02:00")
        organisme = un_organisme()
        due = une_session(organisme, Etat.GENERE)
        horloge_a("2026-06-13T18:00:00+02:00")
        vivante = une_session(organisme, Etat.GENERE)
        creer_les_codes(organisme.gestionnaire, vivante)
        sauvegarde = Sauvegarde(config, tmp_path / "sauvegarde")
        horloge_a("2026-06-20T12:00:00+02:00")
        perdue = une_session(organisme, Etat.GENERE)
        arreter_les_codes(organisme.gestionnaire, vivante)
        assert existe(perdue) and stockage.lister(f"{perdue}/")
        db.session.remove()
        db.engine.dispose()
    sauvegarde.restaurer()
    horloge_a("2026-06-28T00:00:00+02:00")
    resultat = lancer(app, "restaurer")
    assert resultat.exit_code == 0
    with app.app_context():
        assert not existe(due) and not existe(perdue) and existe(vivante)
        assert cartes(organisme.gestionnaire, vivante) == [], "stopped after the copy, they would live again"
        assert db.session.get(Bilan, due) is not None
        assert {cle.partition("/")[0] for cle in stockage.lister()} == {str(vivante)}
        invariants.verifier(config)
        suivante = creer(organisme.gestionnaire, "jeton")
        assert suivante > perdue + 9_000
        assert f"supérieur à {suivante - 1}." in resultat.output


class TestVerifier:
    def test_all_that_holds_is_said_and_told_again(self, app: Flask) -> None:
        with app.app_context():
            une_session(un_organisme(), Etat.GENERE)
            db.session.remove()
        resultat = lancer(app, "verifier", "--reparer")
        assert (resultat.exit_code, resultat.stdout) == (0, "Tout tient.\n")
        dit = app.test_client().get("/sante").json or {}
        assert dit["verification"]["ecarts"] == 0 and dit["verification"]["faite_le"].startswith("20")

    def test_what_does_not_is_a_line_each_and_nothing_is_deleted(self, app: Flask) -> None:
        with app.app_context():
            numero = une_session(un_organisme(), Etat.GENERE)
            stockage.ecrire(f"{numero}/intrus.pdf", b"%PDF")
            db.session.remove()
        resultat = lancer(app, "verifier", "--reparer")
        assert resultat.exit_code == 1
        assert resultat.stdout.splitlines() == [
            f"I6, session n°\u00a0{numero}\u00a0: le fichier {numero}/intrus.pdf n’appartient à rien"
        ]
        assert (app.test_client().get("/sante").json or {})["verification"]["ecarts"] == 1
        with app.app_context():
            assert stockage.existe(f"{numero}/intrus.pdf")

    def test_where_nothing_can_be_told_it_says_so(self, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
        def en_panne(*_: object, **__: object) -> list[str]:
            raise stockage.StockageIndisponible

        monkeypatch.setattr(stockage, "lister", en_panne)
        resultat = lancer(app, "verifier")
        assert resultat.exit_code == 2 and "rien n’a pu être vérifié" in resultat.output
        assert "verification" not in (app.test_client().get("/sante").json or {})

    def test_what_cannot_be_kept_is_said_after_what_was_found(
        self, app: Flask, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with app.app_context():
            stockage.ecrire(f"{une_session(un_organisme(), Etat.GENERE)}/intrus.pdf", b"%PDF")
            db.session.remove()
        plein = Mock(side_effect=OSError(errno.ENOSPC, "No space left on device"))
        monkeypatch.setattr(derniere_verification, "noter", plein)
        resultat = lancer(app, "verifier")
        assert resultat.exit_code == 1 and "intrus.pdf n’appartient à rien" in resultat.stdout
        assert "n’a pas pu être gardé" in resultat.stderr and "plus de place" in resultat.stderr


class TestCeQueLaBaseRefuse:
    """Each command says it in a sentence, by the name of its setting."""

    COMMANDES = (
        ("reconcilier",),
        ("purger",),
        ("retirer-la-double-authentification", "STE10001"),
        ("sauvegarder", "nulle-part"),
        ("restaurer",),
        ("referentiel", "charger"),
    )

    @pytest.fixture
    def config(self, config: Config) -> Config:
        return replace(config, cles_de_sauvegarde=(str(Identity.generate().to_public()),))

    @pytest.mark.parametrize("commande", COMMANDES, ids=" ".join)
    def test_one_that_does_not_answer(self, config: Config, commande: tuple[str, ...]) -> None:
        ailleurs = replace(config, base="postgresql+psycopg://u@127.0.0.1:9/base")
        resultat = lancer(create_app(ailleurs), *commande)
        assert resultat.exit_code == 1 and "DATABASE_URL" in resultat.output
        assert "connection" not in resultat.output

    @pytest.mark.parametrize("commande", COMMANDES[:4], ids=" ".join)
    def test_one_that_was_never_prepared(
        self, config: Config, tmp_path: Path, commande: tuple[str, ...]
    ) -> None:
        neuve = replace(config, base=f"sqlite:///{tmp_path / 'neuve.db'}")
        resultat = lancer(create_app(neuve), *commande)
        assert resultat.exit_code == 1 and "lancez d’abord « preparer »" in resultat.output

    def test_one_that_fails_on_the_way(self, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
        refus = OperationalError("SELECT 1", {}, Exception("database is locked"))
        for nom in ("purger", "reconcilier"):
            monkeypatch.setattr(rythmes, nom, Mock(side_effect=refus))
            resultat = lancer(app, nom)
            assert resultat.exit_code == 1 and "DATABASE_URL" in resultat.output
            assert "locked" not in resultat.output

    def test_one_of_another_version(self, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
        with app.app_context():
            db.session.execute(text("UPDATE alembic_version SET version_num = '0025'"))
            db.session.commit()
        absente = ProgrammingError("SELECT 1", {}, Exception("no such column"))
        monkeypatch.setattr(rythmes, "reconcilier", Mock(side_effect=absente))
        resultat = lancer(app, "reconcilier")
        assert resultat.exit_code == 1 and "lancez « preparer »" in resultat.output


class TestAdministrateur:
    COMMANDE = ("administrateur", "creer", "--nom", "Lô", "--prenom", "Alix", "--email", "Alix@Certif.fr")

    def test_the_first_one_is_invited_by_a_link_of_the_configured_site(
        self, app: Flask, config: Config
    ) -> None:
        resultat = lancer(en_production(config), *self.COMMANDE)
        assert resultat.exit_code == 0, resultat.output
        lien = resultat.output.splitlines()[-1]
        assert lien.startswith("https://certif.example.fr/lien/invitation?cle=")
        with app.app_context():
            (courrier,) = courriers()
            assert lien_de(courrier) == lien
            alix = courrier.destinataire
            assert alix is not None
            assert (alix.email, alix.mot_de_passe) == ("alix@certif.fr", None)
            assert re.fullmatch(r"LOX[0-9]{5}", alix.numero)
            assert [(role.type, role.actif) for role in alix.roles] == [(TypeRole.ADMINISTRATEUR, True)]
            assert lire_invitation(secret_de(courrier)).minimum == 16

    def test_again_it_gives_a_new_link_until_the_first_is_accepted(self, app: Flask) -> None:
        assert lancer(app, *self.COMMANDE).exit_code == lancer(app, *self.COMMANDE).exit_code == 0
        with app.app_context():
            ancien, nouveau = (secret_de(courrier) for courrier in courriers())
            with pytest.raises(LienPerime):
                lire_invitation(ancien)
            phrase = "cheval agrafe pile correcte"
            assert accepter(nouveau, phrase, phrase, "navigateur")
            assert db.session.scalar(select(func.count()).select_from(Individu)) == 1
        resultat = lancer(app, *self.COMMANDE)
        assert resultat.exit_code == 1
        assert "déjà un compte" in resultat.output and "Traceback" not in resultat.output

    @pytest.mark.parametrize("email", ["", "alix", "a@b.fr, c@d.fr", "Alix <alix@certif.fr>"])
    def test_an_address_that_cannot_be_used_is_refused(self, app: Flask, email: str) -> None:
        resultat = lancer(app, *self.COMMANDE[:-1], email)
        assert resultat.exit_code == 1 and "Traceback" not in resultat.output
        with app.app_context():
            assert db.session.scalar(select(func.count()).select_from(Individu)) == 0

    def test_an_address_where_nothing_arrives_is_refused_by_its_cause(self, app: Flask) -> None:
        resultat = lancer(app, *self.COMMANDE[:-1], "admin@organisme.test")
        assert resultat.exit_code == 1
        assert email_sans_destination("organisme.test") in resultat.output


class TestReferentiel:
    def test_it_says_what_it_adds_and_adds_it_once(self, app: Flask) -> None:
        assert "Ajouté : SST, PRAP IBC, " in lancer(app, "referentiel", "charger").output
        with app.app_context():
            assert db.session.scalar(select(func.count()).select_from(Certificat)) == 10
        assert "Rien à ajouter" in lancer(app, "referentiel", "charger").output

    @pytest.mark.parametrize("avec_journal", [True, False])
    def test_what_was_archived_or_renamed_is_not_made_again(self, app: Flask, avec_journal: bool) -> None:
        lancer(app, "referentiel", "charger")
        with app.app_context():
            sst, prap, autre = db.session.scalars(select(Dispositif).order_by(Dispositif.id).limit(3))
            sst.code, prap.archive_le, autre.libelle = "SST 2027", date(2026, 1, 1), "Autre"
            autre.code = "PRAP SANTÉ"
            if avec_journal:
                db.session.execute(update(Certificat).values(libelle="C" + cast(Certificat.id, String)))
                sst.libelle = "Un tout autre nom"
            else:
                db.session.execute(delete(EntreeJournal))
            db.session.commit()
        assert "Rien à ajouter" in lancer(app, "referentiel", "charger").output
        with app.app_context():
            assert db.session.scalar(select(func.count()).select_from(Dispositif)) == 6
            assert db.session.scalar(select(Dispositif.code).order_by(Dispositif.id)) == "SST 2027"

    def test_only_what_was_never_there_is_added(self, app: Flask) -> None:
        with app.app_context():
            un_certificat("SST-1", "SST")
        resultat = lancer(app, "referentiel", "charger")
        assert "PRAP IBC" in resultat.output and "SST," not in resultat.output
