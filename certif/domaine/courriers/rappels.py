"""Reminders: a line each in somebody's digest; what was said to whom, and which kinds they want."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, insert, select, tuple_

from certif.domaine import conservation
from certif.domaine.courriers.modeles import RappelDit, RappelRefuse, SorteDeRappel
from certif.socle.base.extensions import db
from certif.socle.base.lots import LOT, effacer_par_lots, par_lots
from certif.socle.base.transaction import transaction
from certif.socle.horloge import aujourd_hui


@dataclass(frozen=True, slots=True)
class Rappel:
    """A line of somebody's digest.

    `evenement` makes it one: the same is said to the same person once, so it holds what makes it another
    (the threshold, the date). `organisation` is the heading that it stands under, "" for what concerns the
    person alone. `texte` says what, in few words and without a trainee's name; `chemin`, on this site, opens
    what it speaks of in the role of its reader; `precisions` stand under it. Of several, the first `echeance`
    comes first.
    """

    evenement: str
    destinataire_id: int
    sorte: SorteDeRappel
    organisation: str
    texte: str
    chemin: str
    echeance: date
    session_numero: int | None = None
    precisions: str = ""

    @property
    def cle(self) -> tuple[str, int]:
        """What is said once."""
        return (self.evenement, self.destinataire_id)


Source = Callable[[date], Iterable[Rappel]]
"""What is due on this day, to whoever should be told: in as many queries whatever its number."""


def jamais_dits(rappels: Collection[Rappel]) -> list[Rappel]:
    """Those of these that were not said to that person yet."""
    evenements = sorted({rappel.evenement for rappel in rappels})
    dits: set[tuple[str, int]] = set()
    for lot in par_lots(evenements, 5 * LOT):
        requete = select(RappelDit.evenement, RappelDit.individu_id).where(RappelDit.evenement.in_(lot))
        dits |= {(evenement, individu_id) for evenement, individu_id in db.session.execute(requete)}
    return [rappel for rappel in rappels if rappel.cle not in dits]


def noter_dits(rappels: Iterable[Rappel], jour: date) -> None:
    """Never say these again, in the caller's transaction."""
    for lot in par_lots(rappels):
        lignes = [
            {
                "evenement": r.evenement,
                "individu_id": r.destinataire_id,
                "session_numero": r.session_numero,
                "dit_le": jour,
            }
            for r in lot
        ]
        db.session.execute(insert(RappelDit), lignes)


def taire(dits: Collection[tuple[int, date]]) -> None:
    """What these persons were told on these days was not said after all, in the caller's transaction."""
    if dits:
        cles = tuple_(RappelDit.individu_id, RappelDit.dit_le).in_(dits)
        db.session.execute(delete(RappelDit).where(cles).execution_options(synchronize_session=False))


def refuses(individus: Collection[int]) -> set[tuple[int, SorteDeRappel]]:
    """Which kinds these persons do not want."""
    requete = select(RappelRefuse.individu_id, RappelRefuse.sorte).where(
        RappelRefuse.individu_id.in_(individus)
    )
    return {(individu_id, sorte) for individu_id, sorte in db.session.execute(requete)}


def voulus(individu_id: int) -> set[SorteDeRappel]:
    """The kinds that this person wants: all of them until they say otherwise."""
    return set(SorteDeRappel) - {sorte for _, sorte in refuses([individu_id])}


def choisir(individu_id: int, sortes: Collection[SorteDeRappel]) -> None:
    """Want these kinds and no other."""
    non_voulues = [sorte for sorte in SorteDeRappel if sorte not in sortes]
    with transaction():
        db.session.execute(delete(RappelRefuse).where(RappelRefuse.individu_id == individu_id))
        for sorte in non_voulues:
            db.session.add(RappelRefuse(individu_id=individu_id, sorte=sorte))


def oublier() -> None:
    """What was said so long ago that no reminder of it is due any more."""
    effacer_par_lots(RappelDit, RappelDit.dit_le < aujourd_hui() - conservation.RAPPELS.duree.delta)


def oublier_la_session(numero: int) -> None:
    """What was said of a session that is erased, in the caller's transaction."""
    db.session.execute(delete(RappelDit).where(RappelDit.session_numero == numero))


def oublier_la_personne(individu_id: int) -> None:
    """What was said to somebody who is erased, and what they wanted, in the caller's transaction."""
    db.session.execute(delete(RappelDit).where(RappelDit.individu_id == individu_id))
    db.session.execute(delete(RappelRefuse).where(RappelRefuse.individu_id == individu_id))


def reunir(absorbe_id: int, survivant_id: int) -> None:
    """Before the rows of one become another's: what was said to both stays once, and the other's wishes."""
    dits = select(RappelDit.evenement).where(RappelDit.individu_id == survivant_id)
    doubles = delete(RappelDit).where(RappelDit.individu_id == absorbe_id, RappelDit.evenement.in_(dits))
    db.session.execute(doubles.execution_options(synchronize_session=False))
    db.session.execute(delete(RappelRefuse).where(RappelRefuse.individu_id == absorbe_id))
