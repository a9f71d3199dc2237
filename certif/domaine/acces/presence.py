"""Whether the person is there: just logged in, or password typed again; and still so once something changes.

A password is compared outside of any transaction: meanwhile its owner may choose another and end every login.
Whoever changes an account holds it by `Presence.tenue`, which finds that out.
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from certif.domaine.acces import authentification, frein, hachage
from certif.domaine.acces.modeles import Connexion
from certif.domaine.acces.surveillance import Preuve, eprouver
from certif.domaine.erreurs import ActionImpossible, SaisieInvalide
from certif.domaine.libelles.acces import second_facteur as mots
from certif.domaine.personnes.modeles import Individu
from certif.socle.base.extensions import db
from certif.socle.base.verrou import tenue
from certif.socle.horloge import instant_reel

FRAICHEUR = timedelta(minutes=10)
"""A login opened less than this ago needs no password again."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where an attempt comes from, for the throttle: the network address, and the browser's own token."""

    adresse: str
    navigateur: str


@dataclass(frozen=True, slots=True)
class Presence:
    """A person as they were when they proved to be there: by which login, under which stamp."""

    individu_id: int
    connexion_id: str
    timbre: str

    def tenue(self) -> Individu:
        """The person, held in the caller's transaction.

        Raises:
            ActionImpossible: that login was ended since, or another password was chosen.
        """
        individu = tenir_sa_connexion(self.individu_id, self.connexion_id)
        if individu.timbre != self.timbre:
            raise ActionImpossible(mots.PRESENCE_PERIMEE)
        return individu


def tenir_sa_connexion(individu_id: int, connexion_id: str) -> Individu:
    """The person, held in the caller's transaction, if this login of theirs is still open.

    Raises:
        ActionImpossible: it was ended since the request came in.
    """
    individu = tenue(Individu, individu_id)
    siennes = select(Connexion.id).filter_by(id=connexion_id, individu_id=individu_id, fermee_le=None)
    if individu is None or db.session.scalar(siennes) is None:
        raise ActionImpossible(mots.PRESENCE_PERIMEE)
    return individu


def est_fraiche(connexion_id: str) -> bool:
    """Whether this login was opened less than ten minutes ago."""
    ouverte = db.session.scalar(select(Connexion.cree_le).where(Connexion.id == connexion_id))
    return ouverte is not None and ouverte > instant_reel() - FRAICHEUR


def verifier_presence(
    individu_id: int, connexion_id: str, mot_de_passe: str, depuis: Provenance, *, toujours: bool = False
) -> Presence:
    """Be sure that the person is there before their account changes: just logged in, or password typed again.

    `toujours`: the password, even just after logging in. What follows begins by `tenue`.

    Raises:
        SaisieInvalide: the password is wrong.
        TropDeTentatives: too many wrong ones, counted with those of the login page.
    """
    individu = db.session.get_one(Individu, individu_id, populate_existing=True)
    presence, hache = Presence(individu_id, connexion_id, individu.timbre), individu.mot_de_passe
    if not toujours and est_fraiche(connexion_id):
        return presence
    with eprouver(Preuve.MOT_DE_PASSE, individu_id, depuis.adresse):
        essai = frein.compter_essai(individu_id, depuis.adresse, depuis.navigateur)
        if not hachage.verifier(hache, mot_de_passe):
            raise SaisieInvalide({"mot_de_passe": [mots.MOT_DE_PASSE_REFUSE]})
    authentification.oublier_essai(essai)
    return presence
