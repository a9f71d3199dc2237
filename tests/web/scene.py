"""Sessions of a whole cast, and browsers logged in as any of its people."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask
from sqlalchemy import update

from certif.domaine.acteur import Acteur
from certif.domaine.personnes.modeles import Individu
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.socle.base.extensions import db
from tests.support import factories
from tests.support.moves import Troupe, lire
from tests.web.distribution import Navigateur

T = TypeVar("T")


@dataclass
class Scene:
    """The application with its cast; each helper opens a context of its own, as a request does."""

    app: Flask
    troupe: Troupe
    hache: str

    def dans(self, fonction: Callable[[], T]) -> T:
        """The result of a call made within the application's context."""
        with self.app.app_context():
            return fonction()

    def session(self, etat: Etat = Etat.SAISIE, **options: Any) -> int:
        """A session of MAROSE in this state (`fabriques.une_session`)."""
        return self.dans(lambda: factories.une_session(self.troupe.marose, etat, **options))

    def voir(self, numero: int, lecture: Callable[[SessionCertification], T]) -> T:
        """What `lecture` reads of the session, as it stands in the database."""
        return self.dans(lambda: lecture(lire(numero)))

    def version(self, numero: int) -> int:
        return self.voir(numero, lambda s: s.version)

    def etat(self, numero: int) -> Etat:
        return self.voir(numero, lambda s: s.etat)

    def noms(self, numero: int) -> list[str]:
        """The family names in the session, as typed, in its order."""
        return self.voir(numero, lambda s: [stagiaire.nom for stagiaire in s.stagiaires_saisis])

    def navigateur(self, acteur: Acteur) -> Navigateur:
        """A browser where this person is logged in."""

        def donner_un_mot_de_passe() -> str:
            elle = update(Individu).where(Individu.id == acteur.individu_id)
            email = db.session.scalar(elle.values(mot_de_passe=self.hache).returning(Individu.email))
            db.session.commit()
            return email or ""

        navigateur = Navigateur(self.app.test_client())
        navigateur.entrer(self.dans(donner_un_mot_de_passe))
        return navigateur

    def adresse(self, suite: str = "") -> str:
        """An address in MAROSE's space."""
        return f"/entite/{self.troupe.marose.entite_id}{suite}"
