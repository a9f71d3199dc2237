"""What a formateur's phone keeps to be answered without network (R10): which sessions, as they stand."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from certif.domaine.acteur import Acteur
from certif.domaine.sessions.courriers.faits import AVEC_LEURS_FAITS, faits
from certif.domaine.sessions.listes import a_traiter_de
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.portee import visible_de
from certif.domaine.sessions.regles import delais
from certif.socle.base.extensions import db

SESSIONS_MAX = 30


@dataclass(frozen=True, slots=True)
class Gardee:
    """A session to keep; `faits` says which it is without naming anybody.

    `reponses`: what is recorded, by trainee's id, as a form says it: "reussite", or "echec" and its reason.
    """

    numero: int
    version: int
    faits: str
    reponses: dict[int, str]


def a_garder(acteur: Acteur, jour: date) -> list[Gardee]:
    """The sessions that wait for this formateur and end within seven days, or ended; in that order."""
    s = SessionCertification
    requete = (
        select(s)
        .where(
            visible_de(acteur),
            a_traiter_de(acteur, jour),
            s.date_fin <= delais.derniere_fin_sur_le_telephone(jour),
        )
        .options(*AVEC_LEURS_FAITS, selectinload(s.stagiaires))
        .order_by(s.date_fin, s.numero)
        .limit(SESSIONS_MAX)
    )
    sessions = db.session.scalars(requete).all()
    dits = faits(sessions)
    return [
        Gardee(
            numero=trouvee.numero,
            version=trouvee.version,
            faits=dits[trouvee.numero].en_ligne(),
            reponses={
                stagiaire.id: f"{stagiaire.resultat}{stagiaire.motif_echec or ''}"
                for stagiaire in trouvee.stagiaires
                if stagiaire.resultat
            },
        )
        for trouvee in sessions
    ]
