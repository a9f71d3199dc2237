"""What a person reads of their own account."""

from dataclasses import dataclass
from datetime import datetime

from certif.domaine.acces.changement_d_email import adresse_en_attente
from certif.domaine.acces.connexions import ConnexionOuverte, connexions_ouvertes
from certif.domaine.noms import nom_affiche
from certif.domaine.personnes.modeles import Individu
from certif.socle.base.extensions import db


@dataclass(frozen=True, slots=True)
class MonCompte:
    """Name, N°, address, the address that waits for its confirmation and until when, open logins."""

    nom: str
    numero: str
    email: str
    attendue: tuple[str, datetime] | None
    connexions: list[ConnexionOuverte]


def mon_compte(individu_id: int, connexion_id: str) -> MonCompte:
    """The account of who is logged in."""
    individu = db.session.get_one(Individu, individu_id)
    return MonCompte(
        nom_affiche(individu.nom, individu.prenom),
        individu.numero,
        individu.email or "",
        adresse_en_attente(individu_id),
        connexions_ouvertes(individu_id, connexion_id),
    )
