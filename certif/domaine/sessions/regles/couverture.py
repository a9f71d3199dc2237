"""R2: which habilitation covers a session. Judged at F, never today."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Protocol, TypeVar

from certif.domaine.erreurs import Refus
from certif.domaine.libelles.sessions import droits
from certif.domaine.referentiel.regles import Droit, Suspension
from certif.domaine.sessions.regles import delais
from certif.domaine.temps import dernier_jour


class Habilitation(Droit, Protocol):
    @property
    def suspensions(self) -> Sequence[Suspension]: ...


H = TypeVar("H", bound=Habilitation)


def fin_effective(droit: Droit) -> date:
    """Its last day: `fin`, or the eve of its withdrawal when that comes first."""
    return dernier_jour(droit.fin, droit.retrait_le)


def suspension_au(habilitation: Habilitation, jour: date) -> Suspension | None:
    """The suspension that holds this day, if any; one without end is open."""
    for suspension in habilitation.suspensions:
        if suspension.debut <= jour and (suspension.fin is None or jour <= suspension.fin):
            return suspension
    return None


def couvre(habilitation: Habilitation, jour: date) -> bool:
    """Whether it counts on this day."""
    return (
        habilitation.debut <= jour <= fin_effective(habilitation)
        and suspension_au(habilitation, jour) is None
    )


def habilitation_couvrante(
    habilitations: Iterable[H], date_fin: date, libelle_niveau: str, aujourd_hui: date | None = None
) -> H:
    """The habilitation to freeze on the certificates: of those that cover F, the one that ends last.

    `habilitations` are the entité's, for the session's niveau only. `aujourd_hui` only chooses between
    "a pris fin" and "prend fin" in the refusal.

    Raises:
        Refus: none covers F; the message says why and what to ask for.
    """
    toutes = list(habilitations)
    couvrantes = [h for h in toutes if couvre(h, date_fin)]
    if not couvrantes:
        raise Refus(_raison(toutes, date_fin, libelle_niveau, aujourd_hui or date_fin), "R2")
    return max(couvrantes, key=fin_effective)


def proposable(habilitation: Habilitation, aujourd_hui: date) -> bool:
    """Whether it could cover some F that can be entered today."""
    premiere, derniere = delais.dates_de_fin_possibles(aujourd_hui)
    jours = (premiere + timedelta(days=n) for n in range((derniere - premiere).days + 1))
    return any(couvre(habilitation, jour) for jour in jours)


def _raison(habilitations: Sequence[Habilitation], date_fin: date, niveau: str, aujourd_hui: date) -> str:
    prevues = [h for h in habilitations if h.debut <= date_fin <= h.fin]
    if prevues:
        derniere = max(prevues, key=fin_effective)
        suspension = suspension_au(derniere, date_fin)
        if derniere.retrait_le is not None and derniere.retrait_le <= date_fin:
            return droits.habilitation_retiree(niveau, date_fin, derniere.retrait_le)
        if suspension is not None:
            return droits.habilitation_suspendue(niveau, date_fin, suspension.debut, suspension.fin)
    passees = [h for h in habilitations if h.fin < date_fin]
    if passees:
        derniere = max(passees, key=fin_effective)
        if derniere.retrait_le is not None and derniere.retrait_le <= derniere.fin:
            return droits.habilitation_retiree(niveau, date_fin, derniere.retrait_le)
        return droits.habilitation_terminee(niveau, date_fin, derniere.fin, passee=derniere.fin < aujourd_hui)
    if habilitations:
        return droits.habilitation_a_venir(niveau, date_fin, min(h.debut for h in habilitations))
    return droits.habilitation_inexistante(niveau, date_fin)
