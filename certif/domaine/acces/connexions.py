"""One's own open logins: the devices in the words of their owner, told apart, and closed. Real time."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from certif.domaine.acces import liens
from certif.domaine.acces.espaces import DUREE_CONNEXION
from certif.domaine.acces.modeles import Connexion, SorteLien
from certif.domaine.acces.presence import tenir_sa_connexion
from certif.domaine.erreurs import Introuvable
from certif.domaine.personnes.modeles import Individu
from certif.domaine.personnes.personnes import nouveau_timbre
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import PARIS, instant_reel

NOMBRE_MAX = 50
"""Logins shown at most, the latest ones."""
INCONNU = "Navigateur inconnu"
# In this order: most browsers also claim to be another one.
_NAVIGATEURS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMES = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class ConnexionOuverte:
    """One line of « Mes connexions »; `ici`: the login that is looking."""

    id: str
    appareil: str
    depuis: datetime
    ici: bool


def noter_appareil(connexion_id: str, appareil: str) -> None:
    """Remember from what device a login was opened."""
    with transaction():
        db.session.execute(update(Connexion).where(Connexion.id == connexion_id).values(appareil=appareil))


def connexions_ouvertes(individu_id: int, connexion_id: str) -> list[ConnexionOuverte]:
    """The person's logins still good, this one first, then the latest."""
    requete = (
        select(Connexion)
        .where(
            Connexion.individu_id == individu_id,
            Connexion.fermee_le.is_(None),
            Connexion.cree_le > instant_reel() - DUREE_CONNEXION,
        )
        .order_by((Connexion.id != connexion_id), Connexion.cree_le.desc())
        .limit(NOMBRE_MAX)
    )
    return [
        ConnexionOuverte(c.id, c.appareil or INCONNU, c.cree_le.astimezone(PARIS), c.id == connexion_id)
        for c in db.session.scalars(requete)
    ]


def fermer_une(individu_id: int, connexion_id: str) -> None:
    """Close one of the person's own logins; closing it twice changes nothing.

    Raises:
        Introuvable: it is somebody else's, or nobody's.
    """
    with transaction():
        fermee = (
            update(Connexion)
            .where(Connexion.id == connexion_id, Connexion.individu_id == individu_id)
            .values(fermee_le=instant_reel())
            .returning(Connexion.id)
            .execution_options(synchronize_session=False)
        )
        if db.session.scalar(fermee) is None:
            raise Introuvable


def fermer_toutes_les_autres(individu_id: int, connexion_id: str) -> str:
    """Close every login but this one, which goes on under the stamp returned.

    An address that waits to be confirmed may have been asked for by one of them: its link dies.

    Raises:
        ActionImpossible: this login was ended meanwhile.
    """
    with transaction():
        individu = tenir_sa_connexion(individu_id, connexion_id)
        liens.annuler(individu_id, SorteLien.NOUVEL_EMAIL)
        return fermer_les_autres(individu, connexion_id)


def fermer_les_autres(individu: Individu, connexion_id: str) -> str:
    """The same in the caller's transaction: cookies of before are worth nothing without the new stamp."""
    individu.timbre = nouveau_timbre()
    db.session.execute(
        update(Connexion)
        .where(
            Connexion.individu_id == individu.id,
            Connexion.id != connexion_id,
            Connexion.fermee_le.is_(None),
        )
        .values(fermee_le=instant_reel())
    )
    return individu.timbre


def appareil(user_agent: str) -> str:
    """The family of the browser and of its system, from what it says of itself."""
    navigateur = next((nom for signe, nom in _NAVIGATEURS if signe in user_agent), "")
    systeme = next((nom for signe, nom in _SYSTEMES if signe in user_agent), "")
    if not navigateur:
        return f"{INCONNU} sur {systeme}" if systeme else INCONNU
    return f"{navigateur} sur {systeme}" if systeme else navigateur
