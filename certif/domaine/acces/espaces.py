"""Who is logged in, where they may stand, judged again at each request (R17), and when they last came."""

import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, select, update

from certif.domaine import conservation
from certif.domaine.acces.modeles import Connexion
from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.personnes.demonstration import COMPTES_DEMO
from certif.domaine.personnes.modeles import Entite, Individu, Role
from certif.domaine.personnes.titulaires import en_cours
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import aujourd_hui, instant_reel

DUREE_CONNEXION = conservation.CONNEXIONS_OUVERTES.duree.delta
"""A login ends after this, however used it is."""


# Order in which the spaces are offered; in one entité the first role found wins.
_RANG = list(TypeRole)


@dataclass(frozen=True, slots=True)
class Espace:
    """A place where a person may stand: one active role, in its entité if it has one."""

    individu_id: int
    role: TypeRole
    entite_id: int | None = None
    entite: str = ""
    suspendue_le: date | None = None
    derniere_venue: datetime | None = None
    """When its entité's space was last opened in this role by a login, in real time."""

    @property
    def libelle(self) -> str:
        """The role in words, such as "Gestionnaire"."""
        return self.role.libelle

    @property
    def suspendue(self) -> bool:
        """Whether its entité may only read and download today (R17)."""
        return self.suspendue_le is not None and self.suspendue_le <= aujourd_hui()

    @property
    def acteur(self) -> Acteur:
        """The same, as actions and readings take it."""
        return Acteur(self.individu_id, self.role, self.entite_id)


@dataclass(frozen=True, slots=True)
class Personne:
    """The person behind an open login."""

    individu_id: int
    connexion_id: str
    timbre: str
    nom: str
    prenom: str
    second_facteur: bool = False
    """Whether this login showed more than the password."""
    mot_de_passe_long: bool = False
    """Whether the password is as long as an administrateur's must be."""
    ouverte_le: datetime = field(default_factory=instant_reel)
    """When this login was opened, in real time."""
    espaces: Sequence[Espace] = ()
    """Where they may stand."""

    @property
    def nom_affiche(self) -> str:
        """How the header calls them: the first name, or the only name."""
        return self.prenom or self.nom


def personne_connectee(connexion_id: str, timbre: str) -> Personne | None:
    """The active person of a login still open, at most seven days old, under the account's present stamp."""
    depuis = instant_reel() - DUREE_CONNEXION
    lue = db.session.execute(_ouverte(aujourd_hui()), {"connexion_id": connexion_id, "depuis": depuis})
    lignes = lue.all()
    if not lignes or not hmac.compare_digest(lignes[0].timbre.encode(), timbre.encode()):
        return None
    elle = lignes[0]
    return Personne(
        elle.id,
        connexion_id,
        timbre,
        elle.nom,
        elle.prenom,
        second_facteur=elle.second_facteur,
        mot_de_passe_long=elle.mot_de_passe_long,
        ouverte_le=elle.cree_le,
        espaces=_espaces(elle.id, (ligne for ligne in lignes if ligne.type is not None)),
    )


_ROLE = (Role.type, Role.entite_id, Role.derniere_venue, Entite)
"""What is read of a role: the whole entité, which pages of its space read again."""


@lru_cache(maxsize=2)
def _ouverte(jour: date) -> Select[*tuple[Any, ...]]:
    """Every request asks: to build it takes longer than to run it. It is another one each day."""
    i, c = Individu, Connexion
    return (
        select(i.id, i.timbre, i.nom, i.prenom, i.mot_de_passe_long, c.second_facteur, c.cree_le, *_ROLE)
        .join(Connexion, Connexion.individu_id == Individu.id)
        .outerjoin(Role, and_(Role.individu_id == Individu.id, en_cours(Role, jour)))
        .outerjoin(Entite, Role.entite_id == Entite.id)
        .where(
            Connexion.id == bindparam("connexion_id"),
            Connexion.fermee_le.is_(None),
            Connexion.cree_le > bindparam("depuis"),
            en_cours(Individu, jour),
        )
    )


def espaces(individu_id: int) -> list[Espace]:
    """Every space open to this person today, one per entité, gestionnaire before délégataire."""
    lues = db.session.execute(_roles_en_cours(aujourd_hui()), {"individu_id": individu_id})
    return _espaces(individu_id, lues)


def _espaces(individu_id: int, lues: Iterable[Row[*tuple[Any, ...]]]) -> list[Espace]:
    """Of a person's roles: the best of each entité, and those without."""
    trouves: dict[tuple[bool, int | None, TypeRole | None], Espace] = {}
    for role in lues:
        entite: Entite | None = role.Entite
        espace = Espace(
            individu_id,
            role.type,
            role.entite_id,
            entite.raison_sociale if entite else "",
            entite.suspendue_le if entite else None,
            role.derniere_venue,
        )
        cle = (entite is not None, role.entite_id, None if entite else role.type)
        present = trouves.get(cle)
        if present is None or _rang(espace) < _rang(present):
            trouves[cle] = espace
    return sorted(trouves.values(), key=_rang)


def comptes_de_demonstration() -> list[str]:
    """The logins of the demonstration that this database knows: everybody has read their password."""
    connus = Individu.email.in_([compte.identifiant for compte in COMPTES_DEMO])
    return [email for email in db.session.scalars(select(Individu.email).where(connus)) if email]


@lru_cache(maxsize=2)
def _roles_en_cours(jour: date) -> Select[*tuple[Any, ...]]:
    """As `_ouverte`."""
    return (
        select(*_ROLE)
        .outerjoin(Entite, Role.entite_id == Entite.id)
        .join(Individu, Role.individu_id == Individu.id)
        .where(Role.individu_id == bindparam("individu_id"), en_cours(Role, jour), en_cours(Individu, jour))
    )


def _rang(espace: Espace) -> tuple[int, str, int]:
    return (_RANG.index(espace.role), espace.entite, espace.entite_id or 0)


def noter_la_venue(present: Personne, espace: Espace) -> None:
    """Remember that this login came into an entité's space: written once for each login, in real time."""
    venue = espace.derniere_venue
    if espace.entite_id is None or (venue is not None and venue >= present.ouverte_le):
        return
    role = {"individu_id": espace.individu_id, "type": espace.role, "entite_id": espace.entite_id}
    with transaction():
        db.session.execute(update(Role).filter_by(**role).values(derniere_venue=instant_reel()))
