"""What every change of qualifications rests on: who may hold one, who holds what, the writing."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import select

from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.journal import consigner
from certif.domaine.personnes.modeles import Individu, Role
from certif.domaine.personnes.titulaires import titulaires
from certif.domaine.referentiel.modeles import Qualification
from certif.socle.base.extensions import db
from certif.socle.base.verrou import attendre


def formateurs_actifs(individus: Collection[int]) -> set[int]:
    """Those of these persons who have an active formateur role today (R3, second check)."""
    requete = titulaires(TypeRole.FORMATEUR).where(Role.individu_id.in_(individus))
    return set(db.session.scalars(requete))


def tenues(individus: Collection[int]) -> dict[tuple[int, int], list[Qualification]]:
    """By person and niveau, the qualifications that count or counted, and those withdrawn before they did."""
    par_niveau: dict[tuple[int, int], list[Qualification]] = defaultdict(list)
    requete = select(Qualification).where(Qualification.individu_id.in_(individus)).order_by(Qualification.id)
    for q in db.session.scalars(requete):
        par_niveau[q.individu_id, q.niveau_id].append(q)
    return par_niveau


def chevauchees(tenues: Sequence[Qualification], debut: date, fin: date) -> list[Qualification]:
    """Those of these that share a day with the period, in the order of time; none that never counted."""
    partagees = (q for q in tenues if max(q.debut, debut) <= min(q.dernier_jour, fin))
    return sorted(partagees, key=lambda q: (q.debut, q.id))


def departager(acteur: Acteur, individu_id: int) -> None:
    """Let no day count twice once two persons are one, and every day that counted count; no row goes.

    Of two qualifications that share days, the one that ends first is withdrawn from the day on which the
    other begins: from its own first day, when the other holds all of it. In the caller's transaction.
    """
    for lignes in tenues([individu_id]).values():
        comptent = [q for q in lignes if q.debut <= q.dernier_jour]
        derniere: Qualification | None = None
        for q in sorted(comptent, key=lambda q: (q.debut, -q.dernier_jour.toordinal(), q.id)):
            if derniere is not None and q.debut <= derniere.dernier_jour:
                if q.dernier_jour <= derniere.dernier_jour:
                    changer(acteur, "fusionner", q, retrait_le=q.debut)
                    continue
                changer(acteur, "fusionner", derniere, retrait_le=q.debut)
            derniere = q


def verrouiller(individus: Collection[int]) -> None:
    """Make whoever changes the qualifications of these persons wait, and forget what was read before.

    In the caller's transaction; on SQLite there is one writer anyway.
    """
    attendre(select(Individu.id).where(Individu.id.in_(individus)).order_by(Individu.id))
    db.session.expire_all()


def ecrire(acteur: Acteur, nouvelles: Sequence[Qualification]) -> None:
    """New qualifications, each with its line of journal, in the caller's transaction."""
    db.session.add_all(nouvelles)
    db.session.flush()
    for q in nouvelles:
        ids = {"individu": q.individu_id, "niveau": q.niveau_id}
        consigner(
            acteur,
            "accorder",
            "qualification",
            q.id,
            apres={**ids, **_ecrites(debut=q.debut, fin=q.fin)},
        )


def changer(acteur: Acteur, action: str, q: Qualification, **dates: date | None) -> None:
    """Write the dates that change, with a line of journal, in the caller's transaction."""
    changees = {champ: jour for champ, jour in dates.items() if jour != getattr(q, champ)}
    if not changees:
        return
    avant = _ecrites(**{champ: getattr(q, champ) for champ in changees})
    for champ, jour in changees.items():
        setattr(q, champ, jour)
    consigner(acteur, action, "qualification", q.id, avant=avant, apres=_ecrites(**changees))


def _ecrites(**dates: date | None) -> dict[str, int | str | None]:
    return {champ: jour.isoformat() if jour else None for champ, jour in dates.items()}
