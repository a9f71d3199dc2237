"""Answering to a role that was proposed: logged in, or by the mailed link (R17).

Whoever has an account answers logged in as the owner of the address; the link alone opens the account of who
has none.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from certif.domaine.acces import authentification, force_du_mot_de_passe, liens
from certif.domaine.acces.authentification import Ouverture
from certif.domaine.acces.changement_d_email import prise
from certif.domaine.acces.liens import LienPerime
from certif.domaine.acces.modeles import SorteLien
from certif.domaine.erreurs import Introuvable
from certif.domaine.journal import consigner
from certif.domaine.personnes.modeles import Individu
from certif.domaine.personnes.titulaires import en_cours, peut_entrer
from certif.domaine.roles import roles
from certif.domaine.roles.arrivees import arriver, trouver
from certif.domaine.roles.maintien import verrouiller
from certif.domaine.roles.modeles import RolePropose
from certif.domaine.roles.roles_proposes import vivant
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import PARIS, instant_reel


@dataclass(frozen=True, slots=True)
class Proposition:
    """A role that waits for its answer, as who was invited reads it; `fin_le` is the role's last day."""

    id: int
    organisation: str
    role: str
    fin_le: date | None
    expire_le: datetime


@dataclass(frozen=True, slots=True)
class Lien:
    """What the mailed link opens.

    `individu_id`: who logs in to answer; None for who has no account yet, and opens it here. `minimum`: how
    long their password must be. `prenom` is how the page calls them.
    """

    proposition: Proposition
    email: str
    prenom: str
    individu_id: int | None
    minimum: int


def attendues(individu_id: int) -> list[Proposition]:
    """What this person was proposed and can still accept, the oldest first."""
    return [_lire(propose) for propose in db.session.scalars(_a_repondre(individu_id))]


def accepter(individu_id: int, propose_id: int) -> int:
    """Take the role; the entité where it opens.

    Raises:
        Introuvable: it is nobody's any more, or was proposed to somebody else.
    """
    with transaction():
        propose = _pris(propose_id, _a_repondre(individu_id))
        individu = db.session.get_one(Individu, individu_id)
        return _prendre(propose, individu)


def refuser(individu_id: int, propose_id: int) -> None:
    """Say no: the gestionnaires of the entité are shown that.

    Raises:
        Introuvable: as `accepter`.
    """
    with transaction():
        _pris(propose_id, _a_repondre(individu_id)).refuse_le = instant_reel()


def lire_lien(secret: str) -> Lien:
    """What the page of the link shows; reading uses nothing.

    Raises:
        LienPerime: it opens nothing: unknown, used, replaced, refused, expired, or of who may not come in.
    """
    propose = db.session.scalar(_du_lien(secret))
    if propose is None:
        raise LienPerime
    connu = db.session.scalar(select(Individu).filter_by(email=propose.email))
    _exiger_ouvert(connu, propose.email)
    return Lien(
        _lire(propose),
        propose.email,
        (connu.prenom or connu.nom) if connu else (propose.prenom or propose.nom),
        connu.id if connu and connu.mot_de_passe is not None else None,
        force_du_mot_de_passe.minimum_pour(connu.id) if connu else force_du_mot_de_passe.LONGUEUR_MIN,
    )


def accepter_par_lien(secret: str, mot_de_passe: str, confirmation: str, navigateur: str) -> Ouverture | None:
    """Open the account of who has none, with the role; None if the account asks for a code first.

    Raises:
        SaisieInvalide: the password is refused; the link can still be used.
        LienPerime: as `lire_lien`; or the address has an account by now, which answers logged in.
    """
    with transaction():
        propose = _par_lien(secret)
        _exiger_ouvert(trouver(propose.email), propose.email)
        individu = arriver(propose.nom, propose.prenom, propose.email)
        if individu.mot_de_passe is not None:
            raise LienPerime
        _prendre(propose, individu)
        force_du_mot_de_passe.verifier_pour(individu, mot_de_passe, confirmation)
        force_du_mot_de_passe.poser(individu, mot_de_passe)
        authentification.fermer_toutes_les_connexions(individu)
        liens.annuler(individu.id, SorteLien.INVITATION, SorteLien.MOT_DE_PASSE)
        consigner(individu.id, "accepter_invitation", "individu", individu.id)
        return authentification.ouvrir_apres_lien(individu, navigateur)


def refuser_par_lien(secret: str) -> None:
    """Say no without an account.

    Raises:
        LienPerime: as `lire_lien`.
    """
    with transaction():
        propose = _par_lien(secret)
        _exiger_ouvert(trouver(propose.email), propose.email)
        propose.refuse_le = instant_reel()


def _a_repondre(individu_id: int) -> Select[RolePropose]:
    return (
        select(RolePropose)
        .join(Individu, Individu.email == RolePropose.email)
        .where(Individu.id == individu_id, en_cours(Individu), vivant(), RolePropose.refuse_le.is_(None))
        .options(joinedload(RolePropose.entite))
        .order_by(RolePropose.id)
    )


def _du_lien(secret: str) -> Select[RolePropose]:
    return (
        select(RolePropose)
        .where(RolePropose.condense == liens.condenser(secret), vivant(), RolePropose.refuse_le.is_(None))
        .options(joinedload(RolePropose.entite))
    )


def _par_lien(secret: str) -> RolePropose:
    """The same, under the lock of its entité: of simultaneous uses one only goes on."""
    propose = db.session.scalar(_du_lien(secret))
    if propose is None:
        raise LienPerime
    try:
        return _pris(propose.id, _du_lien(secret))
    except Introuvable:
        raise LienPerime from None


def _pris(propose_id: int, requete: Select[RolePropose]) -> RolePropose:
    """One of these that can still be answered, as it is under the lock of its entité."""
    entite_id = db.session.scalar(select(RolePropose.entite_id).filter_by(id=propose_id))
    if entite_id is None:
        raise Introuvable
    verrouiller(entite_id)
    relue = requete.where(RolePropose.id == propose_id).execution_options(populate_existing=True)
    propose = db.session.scalar(relue)
    if propose is None:
        raise Introuvable
    return propose


def _prendre(propose: RolePropose, individu: Individu) -> int:
    roles.prendre(individu, propose.type, propose.entite_id, propose.fin_le, propose.id)
    entite_id = propose.entite_id
    db.session.delete(propose)
    db.session.flush()
    return entite_id


def _exiger_ouvert(connu: Individu | None, email: str) -> None:
    """Raises LienPerime: its owner may not come in, or an account can still take this address back."""
    if prise(email) if connu is None else peut_entrer(connu.id) is None:
        raise LienPerime


def _lire(propose: RolePropose) -> Proposition:
    return Proposition(
        propose.id,
        propose.entite.raison_sociale,
        propose.type.libelle.lower(),
        propose.fin_le,
        propose.expire_le.astimezone(PARIS),
    )
