"""R1, R8, R18: what is open until when.

`date_fin` is F, the session's end date; every month is counted from a civil date, every bound included.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from certif.domaine import conservation
from certif.domaine.erreurs import Refus
from certif.domaine.libelles.sessions import refus
from certif.domaine.temps import ajouter_mois, debut_du_jour

MOIS_AVANT, MOIS_APRES = 3, 1
JOURS_DE_TELECHARGEMENT = conservation.SESSIONS_GENEREES.duree.nombre
RAPPELS_DE_TELECHARGEMENT = (7, 3, 1)
MOIS_AVANT_EFFACEMENT = conservation.SESSIONS_SANS_CERTIFICAT.duree.mois
RAPPELS_D_EFFACEMENT = (30, 7)
JOURS_SUR_LE_TELEPHONE = 7
HEURES_SUR_LE_TELEPHONE = conservation.TELEPHONE.duree.nombre
_UN_JOUR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Fenetre:
    """The days on which a session can be entered, both ends included."""

    ouverture: date
    cloture: date

    def contient(self, jour: date) -> bool:
        return self.ouverture <= jour <= self.cloture


def fenetre(date_fin: date) -> Fenetre:
    """R1: from three months before F to one month after."""
    return Fenetre(ajouter_mois(date_fin, -MOIS_AVANT), ajouter_mois(date_fin, MOIS_APRES))


def dates_de_fin_possibles(jour: date) -> tuple[date, date]:
    """The first and last F whose window holds this day (they are contiguous)."""
    # Months of unequal length shift the bounds by three days at most.
    premiere = ajouter_mois(jour, -MOIS_APRES) - 3 * _UN_JOUR
    while not fenetre(premiere).contient(jour):
        premiere += _UN_JOUR
    derniere = ajouter_mois(jour, MOIS_AVANT) + 3 * _UN_JOUR
    while not fenetre(derniere).contient(jour):
        derniere -= _UN_JOUR
    return premiere, derniere


def dates_de_fin_closes_le(jour: date) -> list[date]:
    """R1: every F whose window ends on this day: none, one, or those that a short month brings together."""
    candidates = (jour - n * _UN_JOUR for n in range(31, 27, -1))
    return [fin for fin in candidates if fenetre(fin).cloture == jour]


def verifier_fenetre(date_fin: date, aujourd_hui: date, premiere_soumission: date | None = None) -> None:
    """R1, judged on the day of the first submission once there was one, else today.

    Raises:
        Refus: the day is outside the window of F.
    """
    jour = premiere_soumission or aujourd_hui
    ouverte = fenetre(date_fin)
    if ouverte.contient(jour):
        return
    if premiere_soumission is not None:
        message = refus.date_fin_apres_soumission(premiere_soumission, *dates_de_fin_possibles(jour))
    elif jour < ouverte.ouverture:
        message = refus.trop_tot(ouverte.ouverture)
    else:
        message = refus.delai_depasse(ouverte.cloture)
    raise Refus(message, "R1")


def derniere_fin_sur_le_telephone(jour: date) -> date:
    """R10: the last F of the sessions that a formateur's phone keeps to be answered without network."""
    return jour + timedelta(days=JOURS_SUR_LE_TELEPHONE)


def telechargeable_jusqu_au(genere_le: date) -> date:
    """R8: the last day of download, G + 15; `genere_le` is the Paris date of the move (`temps.date_de`)."""
    return genere_le + timedelta(days=JOURS_DE_TELECHARGEMENT)


def purge_le(genere_le: date) -> date:
    """R8: the day, from 00:00, when nothing can be downloaded any more."""
    return telechargeable_jusqu_au(genere_le) + _UN_JOUR


def fin_telechargement(genere_le: date) -> datetime:
    """R8: the first instant of refusal, in UTC."""
    return debut_du_jour(purge_le(genere_le)).astimezone(UTC)


def telechargeable(genere_le: date, maintenant: datetime) -> bool:
    """R8: whether files can be had now, purge or no purge; `maintenant` is aware."""
    return maintenant < fin_telechargement(genere_le)


def rappels_telechargement(genere_le: date) -> dict[int, date]:
    """When to warn that nothing was downloaded: days left → day of the mail."""
    return {jours: purge_le(genere_le) - timedelta(days=jours) for jours in RAPPELS_DE_TELECHARGEMENT}


def efface_le(date_fin: date | None, derniere_modification: date) -> date:
    """R18: when a session that was never generated is erased."""
    return ajouter_mois(date_fin or derniere_modification, MOIS_AVANT_EFFACEMENT)


def rappels_effacement(efface: date) -> dict[int, date]:
    """R18: the days of the two warnings before `efface_le`: days left → day of the mail."""
    return {jours: efface - timedelta(days=jours) for jours in RAPPELS_D_EFFACEMENT}


def empreinte_effacee_le(date_fin: date, valable_jusqu_au: date | None) -> date:
    """R18: when the identity hash goes: five years after the last valid day, or ten after F."""
    if valable_jusqu_au is None:
        return ajouter_mois(date_fin, conservation.EMPREINTES_SANS_FIN.duree.mois)
    return ajouter_mois(valable_jusqu_au, conservation.EMPREINTES.duree.mois)
