"""Which sessions a change of habilitations, qualifications or roles would block, before it is confirmed.

    changee = replace(HabilitationChangee.de(habilitation), retrait_le=jour)
    consequences([changee]).bloquees

Judged by R2 and R3 themselves, on the rows as they would be: nothing is written.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import joinedload

from certif.domaine.erreurs import Refus
from certif.domaine.referentiel.modeles import Habilitation, Qualification
from certif.domaine.referentiel.regles import Suspension
from certif.domaine.sessions.droits.conditions import (
    JUGEES,
    SOUMISES,
    Remplacements,
    exiger_fenetre,
    refus_des_droits,
)
from certif.domaine.sessions.droits.lecture import lire_droits
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.socle.base.extensions import db


@dataclass(frozen=True, slots=True)
class HabilitationChangee:
    """An habilitation as it would be."""

    id: int
    entite_id: int
    niveau_id: int
    debut: date
    fin: date
    retrait_le: date | None
    suspensions: Sequence[Suspension]

    @classmethod
    def de(cls, h: Habilitation) -> Self:
        """As it is; `dataclasses.replace` gives what would change."""
        return cls(h.id, h.entite_id, h.niveau_id, h.debut, h.fin, h.retrait_le, tuple(h.suspensions))


@dataclass(frozen=True, slots=True)
class QualificationChangee:
    """A qualification as it would be."""

    id: int
    individu_id: int
    niveau_id: int
    debut: date
    fin: date
    retrait_le: date | None

    @classmethod
    def de(cls, q: Qualification) -> Self:
        """As it is; `dataclasses.replace` gives what would change."""
        return cls(q.id, q.individu_id, q.niveau_id, q.debut, q.fin, q.retrait_le)


@dataclass(frozen=True, slots=True)
class FormateurEcarte:
    """A person who would be a formateur no more: the role withdrawn, or the account closed."""

    individu_id: int


Changement = HabilitationChangee | QualificationChangee | FormateurEcarte


@dataclass(frozen=True, slots=True)
class Consequences:
    """What a change would do, by number: submitted sessions that it blocks, drafts that it keeps from going.

    Those that R2 or R3 refuse already, for whatever reason, are not counted.
    """

    bloquees: list[SessionCertification] = field(default_factory=list)
    brouillons: list[SessionCertification] = field(default_factory=list)


def consequences(changees: Sequence[Changement]) -> Consequences:
    """The sessions that would be refused with these rows in the place of the present ones, and are not now.

    Drafts count once their F is filled, as long as R1 lets them go; on R3, once they name the formateur. The
    sessions come with their entité, niveau and certificat, in a number of queries that does not depend on
    how many there are.
    """
    if not changees:
        return Consequences()
    s = SessionCertification
    requete = (
        select(s)
        .where(or_(*map(_concernee, changees)), s.date_fin.is_not(None))
        .where(s.etat.in_(JUGEES))
        .options(joinedload(s.entite), joinedload(s.niveau), joinedload(s.certificat))
        .order_by(s.numero)
    )
    concernees = list(db.session.scalars(requete))
    remplacements = Remplacements(
        habilitations={h.id: h for h in changees if isinstance(h, HabilitationChangee)},
        qualifications={q.id: q for q in changees if isinstance(q, QualificationChangee)},
        sans_role={f.individu_id for f in changees if isinstance(f, FormateurEcarte)},
    )
    droits = lire_droits(concernees)
    deja = refus_des_droits(concernees, droits)
    nouveaux = refus_des_droits(concernees, droits, remplacements).keys() - deja.keys()
    touchees = [session for session in concernees if session.numero in nouveaux]
    return Consequences(
        bloquees=[session for session in touchees if session.etat in SOUMISES],
        brouillons=[session for session in touchees if _soumettable(session)],
    )


def brouillons_apres(plateforme_id: int, fin: date) -> list[SessionCertification]:
    """The drafts held on this platform after `fin`, which R1 lets go and which its closing keeps from it.

    Nothing else depends on a platform: its place is judged at the submission only.
    """
    s = SessionCertification
    requete = (
        select(s)
        .where(s.plateforme_id == plateforme_id, s.date_fin > fin, s.etat == Etat.SAISIE)
        .options(joinedload(s.entite), joinedload(s.niveau), joinedload(s.certificat))
        .order_by(s.numero)
    )
    return [session for session in db.session.scalars(requete) if _soumettable(session)]


def _soumettable(session_certif: SessionCertification) -> bool:
    """Whether it is a draft whose end date can still be submitted (R1): none other is kept from going."""
    if session_certif.etat is not Etat.SAISIE:
        return False
    try:
        exiger_fenetre(session_certif)
    except Refus:
        return False
    return True


def _concernee(changee: Changement) -> ColumnElement[bool]:
    s = SessionCertification
    if isinstance(changee, FormateurEcarte):
        return s.formateur_id == changee.individu_id
    du_niveau = s.niveau_id == changee.niveau_id
    if isinstance(changee, HabilitationChangee):
        return and_(s.entite_id == changee.entite_id, du_niveau)
    return and_(s.formateur_id == changee.individu_id, du_niveau)
