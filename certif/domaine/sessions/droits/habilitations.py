"""The entité's habilitations of today, and what can be declared with each (R1, R2)."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from certif.domaine.erreurs import Refus
from certif.domaine.referentiel.lectures import habilitations_acteur, plateformes_de_l_entite
from certif.domaine.referentiel.modeles import Habilitation, Plateforme
from certif.domaine.referentiel.regles import Suspension
from certif.domaine.sessions.droits.conditions import SOUMISES
from certif.domaine.sessions.droits.qualifications import periode_d_habilitation
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.regles import couverture, delais, preavis
from certif.socle.base.extensions import db
from certif.socle.horloge import aujourd_hui


@dataclass(frozen=True)
class SituationHabilitation:
    """One habilitation on a given day.

    `fin` is its last day, withdrawal counted. `fins_declarables` are the first and last end dates that can be
    entered today and that it covers, None when there is none, or the dispositif is archived.
    `jours_restants` are counted after today, negative once it is over. `relais_jusqu_au` is the end of the
    one that goes on after it, if any.
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
    fin = couverture.fin_effective(habilitation)
    premiere, derniere = delais.dates_de_fin_possibles(jour)
    jours = (premiere + timedelta(days=n) for n in range((derniere - premiere).days + 1))
    dispositif = habilitation.niveau.dispositif
    offert = dispositif.archive_le is None
    couverts = [d for d in jours if offert and couverture.couvre(habilitation, d)]
    du_niveau = [periode_d_habilitation(h) for h in toutes if h.niveau_id == habilitation.niveau_id]
    relais = preavis.relais(periode_d_habilitation(habilitation), du_niveau)
    return SituationHabilitation(
        habilitation=habilitation,
        fin=fin,
        en_vigueur=couverture.couvre(habilitation, jour),
        suspension=couverture.suspension_au(habilitation, jour),
        jours_restants=preavis.jours_restants(fin, jour),
        fins_declarables=(couverts[0], couverts[-1]) if couverts else None,
        plateformes=[
            p for p in plateformes if p.dispositif_id == dispositif.id and (p.fin is None or p.fin >= jour)
        ]
        if dispositif.plateforme_requise
        else [],
        relais_jusqu_au=relais.fin if relais else None,
    )


def sessions_bloquees(habilitation: Habilitation) -> list[tuple[SessionCertification, str]]:
    """Submitted sessions that end on one of its days and that R2 refuses now, with what it says, by number.

    In as many queries whatever their number.
    """
    h, s = Habilitation, SessionCertification
    memes = select(h).filter_by(entite_id=habilitation.entite_id, niveau_id=habilitation.niveau_id)
    tenues = list(db.session.scalars(memes))
    requete = (
        select(s)
        .filter_by(entite_id=habilitation.entite_id, niveau_id=habilitation.niveau_id)
        .where(s.etat.in_(SOUMISES), s.date_fin.between(habilitation.debut, habilitation.fin))
        .options(joinedload(s.entite), joinedload(s.niveau), joinedload(s.certificat))
        .order_by(s.numero)
    )
    bloquees = []
    for session_certif in db.session.scalars(requete):
        if session_certif.niveau is None or session_certif.date_fin is None:
            continue
        try:
            couverture.habilitation_couvrante(
                tenues, session_certif.date_fin, session_certif.niveau.libelle, aujourd_hui()
            )
        except Refus as refus:
            bloquees.append((session_certif, refus.message))
    return bloquees
