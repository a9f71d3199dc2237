"""What R2 and R3 are judged on, read in two queries for as many sessions as a page shows."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from certif.domaine.acteur import TypeRole
from certif.domaine.personnes import regles
from certif.domaine.personnes.modeles import Individu, Role
from certif.domaine.referentiel.modeles import Habilitation, Qualification
from certif.domaine.sessions.modeles import SessionCertification
from certif.socle.base.extensions import db
from certif.socle.horloge import aujourd_hui

# Built once: every list and every page of a session asks, and to build them takes longer than to run them.
_HABILITATIONS = (
    select(Habilitation)
    .where(
        Habilitation.entite_id.in_(bindparam("entites", expanding=True)),
        Habilitation.niveau_id.in_(bindparam("niveaux", expanding=True)),
    )
    .options(joinedload(Habilitation.suspensions))
)
_FORMATEURS = (
    select(Individu.id, Individu.actif, Individu.fin_le, Role.actif, Role.fin_le, Qualification)
    .join(Role, Role.individu_id == Individu.id)
    .outerjoin(Qualification, Qualification.individu_id == Individu.id)
    .where(Role.type == TypeRole.FORMATEUR, Individu.id.in_(bindparam("individus", expanding=True)))
)


@dataclass(frozen=True, slots=True)
class Formateur:
    """Somebody who has, or had, a formateur role: whether it is in force today; past qualifications too."""

    role_actif: bool
    qualifications: list[Qualification] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Droits:
    """The habilitations of an entité for a niveau, by both; and the formateurs, by person (R2, R3)."""

    habilitations: Mapping[tuple[int, int], Sequence[Habilitation]]
    formateurs: Mapping[int, Formateur]

    def de(self, session_certif: SessionCertification) -> Sequence[Habilitation]:
        """The habilitations of its entité for its niveau, those that do not cover it included."""
        niveau_id = session_certif.niveau_id
        return () if niveau_id is None else self.habilitations.get((session_certif.entite_id, niveau_id), ())


def lire_droits(sessions: Collection[SessionCertification]) -> Droits:
    """Those of these sessions; what they do not name is not asked for."""
    habilitations: dict[tuple[int, int], list[Habilitation]] = defaultdict(list)
    niveaux = {s.niveau_id for s in sessions if s.niveau_id is not None}
    if niveaux:
        ids = {"entites": [*{s.entite_id for s in sessions}], "niveaux": [*niveaux]}
        for h in db.session.scalars(_HABILITATIONS, ids).unique():
            habilitations[h.entite_id, h.niveau_id].append(h)
    return Droits(habilitations, lire_formateurs({s.formateur_id for s in sessions if s.formateur_id}))


def lire_formateurs(individus: Collection[int]) -> dict[int, Formateur]:
    """Of these persons, those who have, or had, a formateur role (R4: the others do not exist here)."""
    if not individus:
        return {}
    jour = aujourd_hui()
    formateurs: dict[int, Formateur] = {}
    for qui, actif, fin, role_actif, fin_role, qualification in db.session.execute(
        _FORMATEURS, {"individus": [*individus]}
    ):
        if qui not in formateurs:
            exerce = regles.role_actif(role_actif, fin_role, jour) and regles.role_actif(actif, fin, jour)
            formateurs[qui] = Formateur(exerce)
        if qualification is not None:
            formateurs[qui].qualifications.append(qualification)
    return formateurs
