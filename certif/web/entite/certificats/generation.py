"""How far the certificates of a session are, as their tab shows it while they are being made."""

from collections.abc import Sequence
from dataclasses import dataclass

from certif.domaine.acteur import Acteur
from certif.domaine.certificats.lectures import Avancement, CertificatRate, avancement
from certif.domaine.certificats.production.signes import Silence
from certif.domaine.libelles import pannes
from certif.domaine.libelles.certificats import generation as textes
from certif.domaine.pannes.modeles import SorteDePanne
from certif.domaine.sessions.etats import Action
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.presentation import actions_possibles, en_generation


@dataclass(frozen=True, slots=True)
class Generation:
    """What `templates/entite/_generation.html` reads; `suivie` as long as it goes on by itself."""

    faits: int
    total: int
    libelle: str
    en_main: str
    attente: str
    suivie: bool
    retard: str
    rates: Sequence[CertificatRate]
    titre_rates: str
    relancable: bool
    rouvrable: bool


def generation(session_certif: SessionCertification, acteur: Acteur) -> Generation | None:
    """The generation under way; None when there is none, or when it has ended."""
    if not en_generation(session_certif):
        return None
    ou = avancement(session_certif)
    possibles = actions_possibles(session_certif, acteur)
    return Generation(
        faits=ou.produits,
        total=ou.total,
        libelle=textes.avancement(ou.produits, ou.total),
        en_main=_en_main(ou),
        attente=_attente(ou),
        suivie=ou.en_cours,
        retard=textes.generation_en_retard() if _inexplique(ou) else "",
        rates=ou.rates,
        titre_rates=textes.non_produits(len(ou.rates)),
        relancable=Action.RELANCER_GENERATION in possibles,
        rouvrable=Action.ROUVRIR in possibles,
    )


def _en_main(ou: Avancement) -> str:
    if not ou.en_cours or ou.attente is not None:
        return ""
    if ou.produits == ou.total:
        return textes.MISE_EN_ARCHIVE
    debut = f"{textes.en_ce_moment(ou.en_main)} " if ou.en_main else ""
    return debut + textes.VOUS_POUVEZ_QUITTER


def _attente(ou: Avancement) -> str:
    if ou.attente is None or _inexplique(ou):
        return ""
    if ou.attente is Silence.PAS_COMMENCE:
        return pannes.GENERATION_PAS_COMMENCEE
    return pannes.generation_en_attente(ou.attente.value)


def _inexplique(ou: Avancement) -> bool:
    """Late, and no outage that somebody knows of says why."""
    return ou.en_retard and not isinstance(ou.attente, SorteDePanne)
