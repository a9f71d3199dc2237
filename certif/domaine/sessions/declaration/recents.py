"""What the entité declared lately, offered again in one tap: its formateurs and its places.

Read from the sessions that are there and from the bilans of those that were erased (R8): one line a session,
the latest first. Who works with an entité, and where, is no secret inside it: a délégataire is offered what
colleagues declared too, never by which session (R9).
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, Subquery, and_, func, or_, select, union_all

from certif.domaine.personnes.modeles import Individu
from certif.domaine.sessions.droits.conditions import verdicts_des
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.modeles_annexes import Bilan
from certif.domaine.sessions.regles import designation, lieux
from certif.domaine.sessions.valeurs import TypeLieu
from certif.socle.base.extensions import db

RECENTS = 6
"""How many are offered: what a thumb finds without reading."""
SESSIONS_LUES = 100
"""How far back "lately" goes: the last sessions of the entité, and as many bilans."""


_LIEU = ("lieu_type", "code_postal", "ville", "pays")


@dataclass(frozen=True, slots=True)
class Lieu:
    """A place as a session has it, in France or abroad (R13)."""

    lieu_type: TypeLieu
    code_postal: str | None
    ville: str
    pays: str | None

    @property
    def libelle(self) -> str:
        return lieux.libelle_du_lieu(self.lieu_type, self.code_postal, self.ville, self.pays)


@dataclass(frozen=True, slots=True)
class FormateurRecent:
    """Somebody whom the entité declared, and why R3 refuses them for this session; "" when it does not."""

    individu: Individu
    refus: str


def formateurs_recents(session_certif: SessionCertification) -> list[FormateurRecent]:
    """The last formateurs that the session's entité declared, the latest first, but the one it names.

    Judged as *Lancer la vérification* would (R3), in three queries whatever their number; nobody as long as
    the session lacks a niveau or F. Who was erased is nobody any more.
    """
    s = session_certif
    if s.niveau is None or s.date_fin is None:
        return []
    ids = _identifiants_recents(s.entite_id)
    individus = {i.id: i for i in db.session.scalars(select(Individu).where(Individu.id.in_(ids)))}
    montres = [individus[i] for i in ids if i != s.formateur_id and not individus[i].efface_le]
    verdicts = verdicts_des(s, [individu.id for individu in montres])
    return [FormateurRecent(i, designation.premier_refus(verdicts[i.id]) or "") for i in montres]


def declare_recemment(entite_id: int, individu_id: int) -> bool:
    """Whether this person is among the last formateurs that the entité declared."""
    return individu_id in _identifiants_recents(entite_id)


def derniers_lieux(session_certif: SessionCertification) -> list[Lieu]:
    """The last places of the entité's other sessions, the latest first; none where a platform is required.

    Only whole places: what a draft still lacks is offered to nobody. R13 judges them again once chosen.
    """
    s = session_certif
    if s.niveau is not None and s.niveau.dispositif.plateforme_requise:
        return []
    lignes = _dernieres(s.entite_id, s.numero, *_LIEU)
    colonnes = [lignes.c[nom] for nom in _LIEU]
    entiers = or_(
        and_(lignes.c.lieu_type == TypeLieu.FRANCE, lignes.c.code_postal.is_not(None)),
        and_(lignes.c.lieu_type == TypeLieu.ETRANGER, lignes.c.pays.is_not(None)),
    )
    requete = (
        select(*colonnes)
        .where(entiers, lignes.c.ville.is_not(None))
        .group_by(*colonnes)
        .order_by(func.max(lignes.c.numero).desc())
        .limit(RECENTS)
    )
    return [Lieu(*ligne) for ligne in db.session.execute(requete)]


def _identifiants_recents(entite_id: int) -> list[int]:
    lignes = _dernieres(entite_id, 0, "formateur_id")
    requete = (
        select(lignes.c.formateur_id)
        .where(lignes.c.formateur_id.is_not(None))
        .group_by(lignes.c.formateur_id)
        .order_by(func.max(lignes.c.numero).desc())
        .limit(RECENTS)
    )
    return list(db.session.scalars(requete))


def _dernieres(entite_id: int, sauf: int, *colonnes: str) -> Subquery:
    """The number and these columns of the entité's last sessions and bilans, but of the session `sauf`."""

    def de(modele: type[SessionCertification] | type[Bilan]) -> Select[Any]:
        # Their numbers first: an index holds them, however many there are.
        derniers = select(modele.numero).where(modele.entite_id == entite_id, modele.numero != sauf)
        derniers = derniers.order_by(modele.numero.desc()).limit(SESSIONS_LUES)
        lues = (getattr(modele, nom) for nom in colonnes)
        return select(modele.numero, *lues).where(modele.numero.in_(derniers))

    return union_all(de(SessionCertification), de(Bilan)).subquery()
