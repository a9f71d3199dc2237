"""The entité's habilitations of today, and what can be declared with each (R1, R2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from certif.domaine.referentiel.lectures import habilitations_acteur, plateformes_de_l_entite
from certif.domaine.referentiel.modeles import Habilitation, Plateforme
from certif.domaine.sessions import regles
from certif.domaine.sessions.periodes import periode_d_habilitation
from certif.domaine.sessions.regles.habilitation import Suspension, suspension_au


@dataclass(frozen=True)
class SituationHabilitation:
    """One habilitation on a given day.

    `fin` is its last day, withdrawal counted. `fins_declarables` are the first and last end dates that can be
    entered today and that it covers, None when there is none. `jours_restants` are counted after today,
    negative once it is over. `relais_jusqu_au` is the end of the one that goes on after it, if any.
    """

    habilitation: Habilitation
    fin: date
    en_vigueur: bool
    suspension: Suspension | None
    jours_restants: int
    fins_declarables: tuple[date, date] | None
    plateformes: list[Plateforme]
    relais_jusqu_au: date | None

    @property
    def active(self) -> bool:
        """Whether it counts now, will, or still serves for a session that has just ended."""
        return self.jours_restants >= 0 or self.fins_declarables is not None


def situations(entite_id: int, jour: date) -> list[SituationHabilitation]:
    """Every habilitation of the entité, those that end last first; two queries whatever their number."""
    plateformes = plateformes_de_l_entite(entite_id)
    toutes = habilitations_acteur(entite_id)
    return [_situation(h, toutes, plateformes, jour) for h in toutes]


def _situation(
    habilitation: Habilitation, toutes: list[Habilitation], plateformes: list[Plateforme], jour: date
) -> SituationHabilitation:
    fin = regles.fin_effective(habilitation)
    premiere, derniere = regles.dates_de_fin_possibles(jour)
    jours = (premiere + timedelta(days=n) for n in range((derniere - premiere).days + 1))
    couverts = [d for d in jours if regles.couvre(habilitation, d)]
    dispositif = habilitation.niveau.dispositif
    du_niveau = [periode_d_habilitation(h) for h in toutes if h.niveau_id == habilitation.niveau_id]
    relais = regles.relais(periode_d_habilitation(habilitation), du_niveau)
    return SituationHabilitation(
        habilitation=habilitation,
        fin=fin,
        en_vigueur=regles.couvre(habilitation, jour),
        suspension=suspension_au(habilitation, jour),
        jours_restants=regles.jours_restants(fin, jour),
        fins_declarables=(couverts[0], couverts[-1]) if couverts else None,
        plateformes=[
            p for p in plateformes if p.dispositif_id == dispositif.id and (p.fin is None or p.fin >= jour)
        ]
        if dispositif.plateforme_requise
        else [],
        relais_jusqu_au=relais.fin if relais else None,
    )
