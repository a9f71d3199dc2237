"""What proves who logs in besides the password: what a person has, and the second step of a login.

Wrong codes and passwords typed here count with those of the login page: same rows, same bounds. Real time.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select, update

from certif.domaine.acces import authentification, frein
from certif.domaine.acces.authentification import Attente, Ouverture
from certif.domaine.acces.codes import lire_code_de_secours, pas_du_code
from certif.domaine.acces.modeles import CleAcces, CodeSecours, Connexion
from certif.domaine.acces.presence import Provenance
from certif.domaine.acces.surveillance import Preuve, eprouver
from certif.domaine.acteur import TypeRole
from certif.domaine.courriers.actions import ecrire
from certif.domaine.erreurs import ActionImpossible, SaisieInvalide, TropDeTentatives
from certif.domaine.libelles.acces import second_facteur as mots
from certif.domaine.libelles.cadre_des_courriers import corps
from certif.domaine.personnes import titulaires
from certif.domaine.personnes.modeles import Individu, Role
from certif.domaine.personnes.titulaires import en_cours
from certif.socle.adresses import adresse as adresse_absolue
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.chiffrement import dechiffrer, empreinte_secrete
from certif.socle.horloge import instant_reel

PAGE = "/compte/double-authentification"
USAGE = "totp"
"""What the secrets of telephones are encrypted for."""


@dataclass(frozen=True, slots=True)
class Facteurs:
    """What a person can prove who they are with; `restants`: recovery codes that have not served."""

    depuis: datetime | None
    restants: int
    cles: int
    administrateur: bool

    @property
    def totp(self) -> bool:
        """Whether a code is asked after the password."""
        return self.depuis is not None

    @property
    def proteges(self) -> bool:
        """Whether only a login with a second factor may change them: else the password would replace it."""
        return self.totp or (self.administrateur and self.cles > 0)


def facteurs_de(individu_id: int) -> Facteurs:
    """The second factors of a person, in one query."""
    restants = select(func.count()).where(
        CodeSecours.individu_id == individu_id, CodeSecours.utilise_le.is_(None)
    )
    cles = select(func.count()).where(CleAcces.individu_id == individu_id)
    administrateur = select(func.count()).where(
        Role.individu_id == individu_id, Role.type == TypeRole.ADMINISTRATEUR, en_cours(Role)
    )
    requete = select(
        Individu.totp_depuis,
        restants.scalar_subquery(),
        cles.scalar_subquery(),
        administrateur.scalar_subquery(),
    ).where(Individu.id == individu_id)
    depuis, nombre, de_cles, roles = db.session.execute(requete).one()
    return Facteurs(depuis, nombre, de_cles, roles > 0)


def attente_de(individu_id: int) -> Attente | None:
    """The second step, for a login that was opened without it; None when this person has no code to give."""
    individu = db.session.get_one(Individu, individu_id)
    return authentification.attente(individu) if individu.totp_depuis else None


def terminer(attente: Attente, code: str, *, secours: bool, depuis: Provenance) -> Ouverture:
    """Open the login whose password was right; `secours`: `code` is one of the recovery codes.

    Raises:
        SaisieInvalide: the code is wrong, or has served.
        ActionImpossible: password, stamp or factors changed since the first step, or R17 closed the account.
        TropDeTentatives: as `authentification.connecter`; wrong codes count with wrong passwords.
    """
    with eprouver(Preuve.SECOND_FACTEUR, attente.individu_id, depuis.adresse):
        try:
            essai = frein.compter_essai(attente.individu_id, depuis.adresse, depuis.navigateur)
        except TropDeTentatives:
            _avertir(attente.individu_id)
            raise
        return _entrer(attente, code, essai, depuis, secours=secours)


def consommer(individu: Individu, code: str, *, secours: bool = False) -> bool:
    """Whether this code is good, in the caller's transaction; of simultaneous uses, one only gets True."""
    return _consommer_secours(individu, code) if secours else _consommer_totp(individu, code)


def exiger_second_facteur(facteurs: Facteurs, connexion_id: str) -> None:
    """Refuse that a login opened by the password alone changes what protects against the password alone.

    Raises:
        ActionImpossible: the account has a second factor which this login did not show.
    """
    montre = select(Connexion.second_facteur).where(Connexion.id == connexion_id)
    if facteurs.proteges and not db.session.scalar(montre):
        raise ActionImpossible(mots.SECOND_FACTEUR_D_ABORD)


def montrer(connexion_id: str) -> None:
    """This login has just shown a second factor by getting one, in the caller's transaction."""
    db.session.execute(update(Connexion).where(Connexion.id == connexion_id).values(second_facteur=True))


def prevenir(individu_id: int, sujet: str, message: str) -> None:
    """Tell the person what changed, in the caller's transaction."""
    evenement = f"second-facteur:{instant_reel().isoformat()}"
    ecrire(evenement, individu_id, sujet, corps(message, adresse_absolue(PAGE)))


def empreinte_du_code(individu_id: int, code: str) -> str:
    """What is kept of a recovery code."""
    return empreinte_secrete("code de secours", str(individu_id), code)


def _entrer(attente: Attente, code: str, essai: int, depuis: Provenance, *, secours: bool) -> Ouverture:
    with transaction():
        individu = titulaires.peut_entrer(attente.individu_id)
        if individu is None or not authentification.tient_encore(individu, attente):
            raise ActionImpossible(mots.ETAPE_PERIMEE)
        if not consommer(individu, code, secours=secours):
            raise SaisieInvalide({"code": [mots.CODE_DE_SECOURS_REFUSE if secours else mots.CODE_REFUSE]})
        return authentification.ouvrir(individu, essai, depuis.navigateur, second_facteur=True)


def _avertir(individu_id: int) -> None:
    """Ten wrong codes after a right password: its owner must know, once a day."""
    evenement = f"codes-refuses:{individu_id}:{instant_reel():%Y-%m-%d}"
    with transaction():
        ecrire(
            evenement,
            individu_id,
            mots.SUJET_CODES_REFUSES,
            corps(mots.CODES_REFUSES, adresse_absolue(PAGE)),
        )


def _consommer_totp(individu: Individu, code: str) -> bool:
    clair = dechiffrer(USAGE, individu.totp_secret) if individu.totp_secret else None
    pas = pas_du_code(clair.decode(), code, instant_reel()) if clair else None
    if pas is None:
        return False
    resultat = db.session.execute(
        update(Individu)
        .where(Individu.id == individu.id, or_(Individu.totp_pas.is_(None), Individu.totp_pas < pas))
        .values(totp_pas=pas)
        .returning(Individu.id)
    )
    return resultat.scalar_one_or_none() is not None


def _consommer_secours(individu: Individu, saisi: str) -> bool:
    code = lire_code_de_secours(saisi)
    if code is None:
        return False
    resultat = db.session.execute(
        update(CodeSecours)
        .where(
            CodeSecours.individu_id == individu.id,
            CodeSecours.condense == empreinte_du_code(individu.id, code),
            CodeSecours.utilise_le.is_(None),
        )
        .values(utilise_le=instant_reel())
        .returning(CodeSecours.id)
    )
    if resultat.scalar_one_or_none() is None:
        return False
    prevenir(individu.id, mots.SUJET_CODE_UTILISE, mots.code_utilise(facteurs_de(individu.id).restants))
    return True
