"""An operator, their key, and places where nothing stands yet."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

import pytest
from click.testing import Result
from flask import Flask
from pyrage.x25519 import Identity

from certif.config import Config
from certif.domaine.sessions.etats import Etat
from certif.sauvegarde import rangees
from certif.socle.base.extensions import db
from tests.support.apps import Applications
from tests.support.factories import Organisme, un_organisme, une_session
from tests.support.servers import ServeurPostgres

Endroit = Callable[[str], Config]


@dataclass
class Operateur:
    """Who makes backups into `dossier`, and holds the key that opens them."""

    dossier: Path
    cle: Path
    applications: Applications

    @property
    def cles(self) -> list[Identity]:
        return [Identity.from_str(self.cle.read_text().splitlines()[-1])]

    @contextmanager
    def chez(self, config: Config) -> Iterator[Flask]:
        """The application on these data, its context open."""
        app = self.applications.sur(config)
        with app.app_context():
            yield app
            db.session.remove()
            db.engine.dispose()

    def lancer(self, config: Config, *commande: str) -> Result:
        """One command, in a context of its own."""
        resultat = self.applications.sur(config).test_cli_runner().invoke(args=list(commande))
        with self.chez(config):
            return resultat

    def contenu(self, config: Config) -> dict[str, list[rangees.Ligne]]:
        """Every row of the database, by table."""
        with self.chez(config), rangees.instantane() as connexion:
            return {
                table.name: sorted(
                    (ligne for lot in rangees.lire(connexion, table) for ligne in lot), key=repr
                )
                for table in rangees.tables(connexion)
            }

    def avec_cle(self, config: Config) -> Config:
        """These settings, and the operator's public key."""
        return replace(config, cles_de_sauvegarde=(str(self.cles[0].to_public()),))

    def sauvegarder(self, config: Config) -> Path:
        """The file of a backup of what these settings lead to."""
        resultat = self.lancer(self.avec_cle(config), "sauvegarder", str(self.dossier))
        assert resultat.exit_code == 0, resultat.output
        return max(self.dossier.iterdir())

    def restaurer(self, config: Config, fichier: Path, cle: Path | None = None) -> Result:
        """What the command answers."""
        return self.lancer(config, "restaurer", str(fichier), "--cle", str(cle or self.cle))


@pytest.fixture
def operateur(tmp_path: Path, applications: Applications) -> Operateur:
    cle = Identity.generate()
    (tmp_path / "cle.txt").write_text(f"# created: 2026-11-29\n# public key: {cle.to_public()}\n{cle}\n")
    return Operateur(tmp_path / "sauvegardes", tmp_path / "cle.txt", applications)


@pytest.fixture
def organisme(app: Flask) -> Organisme:
    """With sessions in several states, one of them generated, and one whose number is the last given."""
    with app.app_context():
        organisme = un_organisme()
        for etat in (Etat.SAISIE, Etat.VALIDATION_FORMATEUR, Etat.VALIDATION_ENTITE, Etat.GENERE):
            une_session(organisme, etat)
        db.session.remove()
    return organisme


@pytest.fixture
def endroit(request: pytest.FixtureRequest, config: Config, tmp_path: Path) -> Endroit:
    """Settings that lead to a new data folder, and an empty database of this kind."""

    def preparer(base: str) -> Config:
        donnees = tmp_path / f"neuf-{uuid4().hex}"
        donnees.mkdir(mode=0o700)
        ailleurs = replace(config, donnees=donnees, stockage=donnees / "fichiers")
        if base == "sqlite":
            return replace(ailleurs, base=f"sqlite:///{donnees / 'certif.db'}")
        serveur: ServeurPostgres = request.getfixturevalue("serveur_pg")
        url = serveur.creer(f"vide_{uuid4().hex}")
        request.addfinalizer(lambda: serveur.supprimer(url))
        return replace(ailleurs, base=url.replace("postgresql://", "postgresql+psycopg://"))

    return preparer
