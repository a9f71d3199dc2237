"""Certificates to verify, and what is asked about them."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import select

from certif.domaine.certificats.modeles import (
    LigneRegistre,
)
from certif.domaine.certificats.registre.verification import (
    ReponseIdentite,
    verifier_identite,
)
from certif.domaine.sessions.actions.stagiaires import IdentiteSaisie
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.valeurs import Resultat
from certif.socle.base.extensions import db
from tests.support.factories import Organisme, un_stagiaire, une_session

F = date(2026, 6, 10)
MARIE = IdentiteSaisie("Dupont", "Marie", "14/02/1991")
PAULE = IdentiteSaisie("Dupont", "Paule", "14/02/1991")
INCONNU = "ABCDEFGHJKLMNPQR"


Regler = Callable[[str], None]


def session_de(organisme: Organisme, etat: Etat = Etat.GENERE, nombre: int = 1) -> int:
    stagiaires = [un_stagiaire("Dupont", "Marie", date(1991, 2, 14), Resultat.REUSSITE)]
    stagiaires += [
        un_stagiaire("Dupont", "N" + "a" * rang, date(1980, 1, rang), Resultat.REUSSITE)
        for rang in range(1, nombre)
    ]
    return une_session(organisme, etat, stagiaires=stagiaires, date_fin=F)


def registre(session_numero: int) -> list[LigneRegistre]:
    db.session.rollback()
    return list(db.session.scalars(select(LigneRegistre).filter_by(session_numero=session_numero)))


def changer(numero: str, **valeurs: object) -> None:
    """Put values in a line of the register."""
    ligne = db.session.get_one(LigneRegistre, numero)
    for nom, valeur in valeurs.items():
        setattr(ligne, nom, valeur)
    db.session.commit()


def repondre(numero: str, saisie: IdentiteSaisie = MARIE) -> ReponseIdentite | None:
    return verifier_identite(numero, saisie)[1]
