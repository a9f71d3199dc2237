"""What a person reads of their own account."""

from dataclasses import dataclass
from datetime import datetime

from certif.domaine.acces.changement_d_email import adresse_en_attente
from certif.domaine.acces.connexions import ConnexionOuverte, connexions_ouvertes
from certif.domaine.courriers.remise import refus_de
from certif.domaine.noms import nom_affiche
from certif.domaine.personnes.modeles import Individu
from certif.socle.base.extensions import db


@dataclass(frozen=True, slots=True)
class MonCompte:
    """Name, N°, address, the address that waits for its confirmation and until when, open logins.

    `refuse_le`: when the last mail to the address was refused.
    """

    nom: str
    numero: str
    email: str
    attendue: tuple[str, datetime] | None
    connexions: list[ConnexionOuverte]
    refuse_le: datetime | None


def mon_compte(individu_id: int, connexion_id: str) -> MonCompte:
    """The account of who is logged in."""
    individu = db.session.get_one(Individu, individu_id)
    return MonCompte(
        nom_affiche(individu.nom, individu.prenom),
        individu.numero,
        individu.email or "",
        adresse_en_attente(individu_id),
        connexions_ouvertes(individu_id, connexion_id),
        refus_de(individu_id) if individu.email else None,
    )
