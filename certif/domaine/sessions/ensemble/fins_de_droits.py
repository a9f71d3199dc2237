"""Rights that end within ninety days and that nothing goes on from: the entité's, and its formateurs'.

Of a formateur the entité learns no more than *Lancer la vérification* would tell it: that the qualification
for a niveau which they certified together does not cover an F that may be declared already, and the day.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import CompoundSelect, and_, exists, or_, select, union
from sqlalchemy.orm import aliased, contains_eager

from certif.domaine.acteur import TypeRole
from certif.domaine.personnes.modeles import Individu, Role
from certif.domaine.personnes.titulaires import titulaires
from certif.domaine.referentiel.lectures_habilitations import de_l_entite
from certif.domaine.referentiel.modeles import Certificat, Habilitation, Qualification
from certif.domaine.sessions.droits.qualifications import periode_d_habilitation, periode_de_qualification
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.modeles_annexes import Bilan
from certif.domaine.sessions.regles import preavis
from certif.domaine.sessions.regles.preavis import Periode
from certif.domaine.temps import ajouter_mois
from certif.socle.base.extensions import db

MOIS_RECENTS = 12
"""How long a formateur who was declared stays one of the entité's."""


@dataclass(frozen=True, slots=True)
class FinDeDroit:
    """`qui` is None for the entité itself; `fin`, the last day."""

    qui: Individu | None
    niveau: str
    fin: date


def fins_de_droits(entite_id: int, jour: date) -> list[FinDeDroit]:
    """The nearest first, in two queries."""
    fins = [
        *(FinDeDroit(None, h.niveau.libelle, fin) for h, fin in _des_habilitations(entite_id, jour)),
        *(FinDeDroit(q.individu, q.niveau.libelle, fin) for q, fin in _des_qualifications(entite_id, jour)),
    ]
    return sorted(fins, key=lambda f: (f.fin, f.qui is not None, f.qui.cle_nom if f.qui else "", f.niveau))


def _des_habilitations(entite_id: int, jour: date) -> list[tuple[Habilitation, date]]:
    toutes = de_l_entite(entite_id)
    par_niveau: dict[int, list[Periode]] = defaultdict(list)
    for h in toutes:
        par_niveau[h.niveau_id].append(periode_d_habilitation(h))
    periodes = ((h, periode_d_habilitation(h)) for h in toutes)
    return [(h, p.fin) for h, p in periodes if _finit(p, par_niveau[h.niveau_id], jour)]


def _des_qualifications(entite_id: int, jour: date) -> list[tuple[Qualification, date]]:
    q, finissante = Qualification, aliased(Qualification)
    limite = jour + timedelta(days=max(preavis.SEUILS))
    # All those of a niveau of which one ends soon: few among all that these persons ever had.
    finit_bientot = exists().where(
        finissante.individu_id == q.individu_id,
        finissante.niveau_id == q.niveau_id,
        finissante.fin >= jour,
        or_(finissante.fin <= limite, finissante.retrait_le <= limite + timedelta(days=1)),
    )
    ensemble = _certifies_ensemble(entite_id, jour).subquery()
    requete = (
        select(q)
        .join(ensemble, and_(ensemble.c[0] == q.individu_id, ensemble.c[1] == q.niveau_id))
        .join(q.individu)
        .where(
            finit_bientot,
            titulaires(TypeRole.FORMATEUR).where(Role.individu_id == q.individu_id).exists(),
            Individu.efface_le.is_(None),
        )
        .options(contains_eager(q.individu))
    )
    par_droit: dict[tuple[int, int], list[Qualification]] = defaultdict(list)
    for qualification in db.session.scalars(requete):
        par_droit[qualification.individu_id, qualification.niveau_id].append(qualification)
    return [
        (qualification, qualification.dernier_jour)
        for toutes in par_droit.values()
        for qualification in toutes
        if _finit(periode_de_qualification(qualification), [*map(periode_de_qualification, toutes)], jour)
    ]


def _certifies_ensemble(entite_id: int, jour: date) -> CompoundSelect[int, int]:
    """Who certified which niveau for this entité: in a session that is there, or in one of the last year."""
    s, b = SessionCertification, Bilan
    vivantes = select(s.formateur_id, s.niveau_id).where(
        s.entite_id == entite_id, s.formateur_id.is_not(None), s.niveau_id.is_not(None)
    )
    passees = (
        select(b.formateur_id, Certificat.niveau_id)
        .join(Certificat, Certificat.id == b.certificat_id)
        .where(b.entite_id == entite_id, b.date_fin >= ajouter_mois(jour, -MOIS_RECENTS))
    )
    return union(vivantes, passees)


def _finit(periode: Periode, du_meme_niveau: list[Periode], jour: date) -> bool:
    if periode.debut > jour or preavis.seuil(periode.fin, jour) is None:
        return False
    return preavis.relais(periode, du_meme_niveau) is None
