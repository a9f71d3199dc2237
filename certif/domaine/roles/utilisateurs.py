"""UTILISATEURS: who has, or had, a role in an entité, as its gestionnaires see them; nobody else."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from certif.domaine.acces import invitations, liens
from certif.domaine.acces.modeles import LienCompte
from certif.domaine.acteur import Acteur, TypeRole, exiger_gestionnaire
from certif.domaine.erreurs import ActionImpossible, Introuvable
from certif.domaine.libelles.roles import roles as textes
from certif.domaine.personnes.modeles import Individu, Role
from certif.domaine.personnes.recherche import trouve, trouve_sans_adresse
from certif.domaine.personnes.titulaires import en_cours
from certif.domaine.roles import roles, roles_proposes
from certif.domaine.roles.maintien import en_vigueur
from certif.domaine.roles.regles import dernier_jour
from certif.socle.base.extensions import db
from certif.socle.base.pagination import PageDe, Question, paginer
from certif.socle.base.transaction import transaction
from certif.socle.horloge import aujourd_hui


@dataclass(frozen=True, slots=True)
class Utilisateur:
    """A person with their roles in one entité, ended ones included, and the invitation it sent them last.

    `invitation`: when it was sent and when it expires; None when none can be used.
    """

    individu: Individu
    roles: tuple[Role, ...]
    invitation: tuple[datetime, datetime] | None = None

    @property
    def id(self) -> int:
        return self.individu.id

    @property
    def en_vigueur(self) -> list[Role]:
        """The roles that have not ended."""
        return [role for role in self.roles if en_vigueur(role)]

    @property
    def email(self) -> str:
        """Their address; "" once no role is left here: it is none of this entité's business any more."""
        return (self.individu.email or "") if self.en_vigueur else ""

    @property
    def derniere_connexion(self) -> datetime | None:
        """When they last came into this entité's space, and no other, as long as a role is left here."""
        venues = [role.derniere_venue for role in self.roles if role.derniere_venue]
        return max(venues, default=None) if self.en_vigueur else None

    @property
    def compte_actif(self) -> bool:
        """Whether the account itself is neither deactivated nor past its last day."""
        return self.individu.actif and dernier_jour(self.individu.fin_le) >= aujourd_hui()

    @property
    def a_inviter(self) -> bool:
        """Whether an invitation would bring this person the account that they lack, and a role to use."""
        return bool(self.compte_actif and self.en_vigueur and invitations.a_inviter(self.individu))

    def role(self, type_: TypeRole) -> Role | None:
        """The role of this kind, if it has not ended."""
        return next((role for role in self.en_vigueur if role.type is type_), None)


def lister(acteur: Acteur, question: Question) -> PageDe[Utilisateur]:
    """The persons of the actor's entité whose names, N° or address hold every word that begins so; by name.

    Whoever has left is not found by their address, which is none of this entité's business any more.

    Criterion `etat`: "" for those who may act today, "termines" for the others, "tous".

    Raises:
        Introuvable: not a gestionnaire.
    """
    entite_id = exiger_gestionnaire(acteur)
    la = Individu.id.in_(_titulaires(entite_id, en_cours(Role)))
    trouves = and_(trouve(question.recherche), or_(la, trouve_sans_adresse(question.recherche)))
    requete = _de_l_entite(entite_id).where(trouves)
    agissent = en_cours(Individu) & la
    match question.criteres.get("etat", ""):
        case "":
            requete = requete.where(agissent)
        case "termines":
            requete = requete.where(~agissent)
    ordres: list[Any] = [Individu.cle_nom, Individu.cle_prenom]
    if question.tri == "connexion" and not question.criteres.get("etat"):
        # Of who has left, not even the order of logins is told. Whoever never came is the oldest.
        siens = (Role.individu_id == Individu.id, Role.entite_id == entite_id)
        venue = select(func.max(Role.derniere_venue)).where(*siens).scalar_subquery()
        ordres = [venue.is_not(None), venue]
    ordres = [ordre.desc() if question.decroissant else ordre for ordre in ordres]
    page = paginer(requete.order_by(*ordres, Individu.id), question.place)
    return page.de(_completer(entite_id, page.lignes))


def charger(acteur: Acteur, individu_id: int) -> Utilisateur:
    """One person who has, or had, a role in the actor's entité.

    Raises:
        Introuvable: nobody like that there, or not a gestionnaire.
    """
    entite_id = exiger_gestionnaire(acteur)
    individu = db.session.scalar(_de_l_entite(entite_id).where(Individu.id == individu_id))
    if individu is None:
        raise Introuvable
    return _completer(entite_id, [individu])[0]


def donner_un_role(acteur: Acteur, utilisateur: Utilisateur, role: str, fin_le: date | None = None) -> int:
    """Propose another role to this person: see `roles_proposes.proposer`.

    Raises:
        ActionImpossible: also when no role is left here: their address is none of this entité's business.
    """
    if not utilisateur.en_vigueur:
        raise ActionImpossible(textes.PLUS_EN_COURS)
    return roles_proposes.proposer_a_un_utilisateur(acteur, utilisateur.individu, role, fin_le)


def changer_la_fin(
    acteur: Acteur, utilisateur: Utilisateur, type_: TypeRole, fin_le: date | None = None
) -> None:
    """Let one of this person's roles end on another day: see `roles.changer_la_fin`."""
    roles.changer_la_fin(acteur, _exiger_le_role(utilisateur, type_).id, fin_le)


def retirer(acteur: Acteur, utilisateur: Utilisateur, type_: TypeRole) -> None:
    """Withdraw one of this person's roles: see `roles.retirer`."""
    roles.retirer(acteur, _exiger_le_role(utilisateur, type_).id)


def inviter_de_nouveau(acteur: Acteur, utilisateur: Utilisateur) -> None:
    """Send another invitation; the one that was pending dies.

    Raises:
        Introuvable: as `charger`.
        ActionImpossible: the entité is suspended, no role is left to come into, or as `invitations.inviter`.
        TropDeTentatives: see `roles.freiner`.
    """
    with transaction():
        roles.ouvrir(acteur, TypeRole.GESTIONNAIRE, acteur.entite_id)
        roles.freiner(acteur)
        if not charger(acteur, utilisateur.id).en_vigueur:
            raise ActionImpossible(textes.PLUS_EN_COURS)
        invitations.inviter(acteur, utilisateur.id)


def _exiger_le_role(utilisateur: Utilisateur, type_: TypeRole) -> Role:
    role = utilisateur.role(type_)
    if role is None:
        raise ActionImpossible(textes.PLUS_EN_COURS)
    return role


def _titulaires(entite_id: int, *conditions: ColumnElement[bool]) -> Select[int]:
    return select(Role.individu_id).where(Role.entite_id == entite_id, *conditions)


def _de_l_entite(entite_id: int) -> Select[Individu]:
    """Whoever has, or had, a role there; who was erased, or merged into another, is nobody any more."""
    return select(Individu).where(
        Individu.id.in_(_titulaires(entite_id)),
        Individu.efface_le.is_(None),
        Individu.fusionne_dans_id.is_(None),
    )


def _completer(entite_id: int, individus: list[Individu]) -> list[Utilisateur]:
    """These persons with their roles and pending invitations, in two queries."""
    ids = [individu.id for individu in individus]
    siens: dict[int, list[Role]] = {}
    tous = select(Role).where(Role.entite_id == entite_id, Role.individu_id.in_(ids))
    for role in db.session.scalars(tous.order_by(Role.type.desc())):  # gestionnaire, then délégataire
        siens.setdefault(role.individu_id, []).append(role)
    envoyees = {lien.individu_id: lien for lien in liens.invitations_en_attente(entite_id, ids)}
    return [Utilisateur(i, tuple(siens[i.id]), _dates(envoyees.get(i.id))) for i in individus]


def _dates(lien: LienCompte | None) -> tuple[datetime, datetime] | None:
    return (lien.cree_le, lien.expire_le) if lien else None
