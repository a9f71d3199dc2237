"""The six dispositifs that the application knows from the start; loading again never overwrites an edit."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select

from certif.domaine.journal import EntreeJournal, consigner
from certif.domaine.referentiel.modeles import Certificat, Dispositif, Niveau, TypeNiveau
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction


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


def charger_referentiel() -> list[str]:
    """Add the dispositifs that were never there, whole; the codes of those added.

    What was renamed or archived since is the administrateur's choice: it is not made again. A dispositif is
    known by its code, by its label, by any of its certificats, or by the journal of earlier loads.
    """
    with transaction():
        charges = _deja_charges()
        ajoutes = [i for i in DISPOSITIFS if i.code not in charges and not _connu(i)]
        for initial in ajoutes:
            _ajouter(initial)
        if ajoutes:
            codes = [initial.code for initial in ajoutes]
            consigner("", "charger", "referentiel", 0, apres={"codes": codes})
    return [initial.code for initial in ajoutes]


def chargements() -> ColumnElement[bool]:
    """Condition on the lines of the journal that remember what was loaded once: codes only, kept for ever."""
    return and_(EntreeJournal.action == "charger", EntreeJournal.objet.in_(("referentiel", "demonstration")))


def _deja_charges() -> set[str]:
    requete = select(EntreeJournal.apres).where(chargements())
    return {code for apres in db.session.scalars(requete) for code in (apres or {}).get("codes", [])}


def _connu(initial: DispositifInitial) -> bool:
    requete = (
        select(Dispositif.id)
        .outerjoin(Niveau, Niveau.dispositif_id == Dispositif.id)
        .outerjoin(Certificat, Certificat.niveau_id == Niveau.id)
        .where(
            or_(
                Dispositif.code == initial.code,
                Dispositif.libelle == initial.libelle,
                Certificat.libelle.in_(initial.certificats),
            )
        )
    )
    return db.session.scalar(requete.limit(1)) is not None


def _ajouter(initial: DispositifInitial) -> None:
    dispositif = Dispositif(
        code=initial.code,
        libelle=initial.libelle,
        plateforme_requise=initial.plateforme_requise,
        risque_mineur=initial.risque_mineur,
        groupe_min=initial.groupe[0] if initial.groupe else None,
        groupe_max=initial.groupe[1] if initial.groupe else None,
    )
    niveau = Niveau(dispositif=dispositif, numero=1, type=TypeNiveau.ACTEUR)
    db.session.add(niveau)
    db.session.flush()
    for libelle, titre in initial.certificats.items():
        db.session.add(
            Certificat(
                niveau=niveau,
                libelle=libelle,
                titre=titre,
                mois_validite=initial.mois,
                gabarit=initial.gabarit,
            )
        )
