"""The six dispositifs that the application knows from the start; loading again never overwrites an edit."""

from dataclasses import dataclass

from sqlalchemy import select

from certif.domaine.referentiel.modeles import Certificat, Dispositif, Niveau, TypeNiveau
from certif.socle.extensions import db
from certif.socle.transaction import transaction


@dataclass(frozen=True)
class DispositifInitial:
    """One dispositif with its only acteur niveau; `certificats` maps label to title, `mois` is R7's n,
    `gabarit` the family whose template prints them.
    """

    code: str
    libelle: str
    certificats: dict[str, str]
    mois: int
    gabarit: str
    groupe: tuple[int, int] | None = None
    plateforme_requise: bool = False
    risque_mineur: bool = False


_PRAP = "Acteur prévention des risques liés à l’activité physique"

DISPOSITIFS = (
    DispositifInitial(
        "SST",
        "Sauvetage secourisme du travail",
        {"SST-1": "Sauveteur secouriste du travail"},
        24,
        "secourisme",
        (4, 10),
    ),
    DispositifInitial(
        "PRAP IBC",
        "Prévention des risques liés à l’activité physique – industrie, bâtiment, commerce",
        {"PRAP IBC-1": f"{_PRAP} – industrie, bâtiment, commerce"},
        24,
        "prap",
        (4, 10),
    ),
    DispositifInitial(
        "PRAP 2S",
        "Prévention des risques liés à l’activité physique – sanitaire et médico-social",
        {"PRAP 2S-1": f"{_PRAP} – sanitaire et médico-social"},
        24,
        "prap",
        (4, 10),
    ),
    DispositifInitial(
        "APS-ASD",
        "Accompagner la mobilité et prévenir les risques – aide et soins à domicile",
        {"APS-ASD-1": "Acteur prévention secours – aide et soins à domicile"},
        24,
        "soins",
        (4, 10),
    ),
    DispositifInitial(
        "Amiante sous-section 4",
        "Interventions sur des matériaux susceptibles de libérer des fibres d’amiante",
        {
            "Amiante s/s4-1 Opérateur de chantier": "Opérateur de chantier – amiante sous-section 4",
            "Amiante s/s4-1 Encadrant de chantier": "Encadrant de chantier – amiante sous-section 4",
            "Amiante s/s4-1 Encadrant technique": "Encadrant technique – amiante sous-section 4",
            "Amiante s/s4-1 Cumul de fonctions": "Cumul de fonctions – amiante sous-section 4",
        },
        36,
        "amiante",
        (1, 10),
        plateforme_requise=True,
        risque_mineur=True,
    ),
    DispositifInitial(
        "CATEC",
        "Travaux en espaces confinés dans l’eau potable et l’assainissement",
        {
            "CATEC-1 Intervenant": "Intervenant en espaces confinés",
            "CATEC-1 Surveillant": "Surveillant en espaces confinés",
        },
        36,
        "catec",
        (1, 10),
    ),
)


def charger_referentiel() -> None:
    """Add the dispositifs, niveaux and certificats that are missing; what exists is left as it is."""
    with transaction():
        for initial in DISPOSITIFS:
            _charger(initial)


def _charger(initial: DispositifInitial) -> None:
    dispositif = db.session.scalar(select(Dispositif).filter_by(code=initial.code))
    if dispositif is None:
        dispositif = Dispositif(
            code=initial.code,
            libelle=initial.libelle,
            plateforme_requise=initial.plateforme_requise,
            risque_mineur=initial.risque_mineur,
            groupe_min=initial.groupe[0] if initial.groupe else None,
            groupe_max=initial.groupe[1] if initial.groupe else None,
        )
        db.session.add(dispositif)
        db.session.flush()
    niveau = db.session.scalar(select(Niveau).filter_by(dispositif_id=dispositif.id, numero=1))
    if niveau is None:
        niveau = Niveau(dispositif=dispositif, numero=1, type=TypeNiveau.ACTEUR)
        db.session.add(niveau)
        db.session.flush()
    for libelle, titre in initial.certificats.items():
        if db.session.scalar(select(Certificat.id).filter_by(libelle=libelle)) is None:
            db.session.add(
                Certificat(
                    niveau=niveau,
                    libelle=libelle,
                    titre=titre,
                    mois_validite=initial.mois,
                    gabarit=initial.gabarit,
                )
            )
