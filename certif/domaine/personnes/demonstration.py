"""The accounts that the demonstration offers on its login page, and creates with its data."""

from dataclasses import dataclass

MOT_DE_PASSE_DEMO = "Certif-demo-2026!"


@dataclass(frozen=True, slots=True)
class CompteDemo:
    """One account of the demonstration: how to log in, and as whom."""

    identifiant: str
    prenom: str
    roles: str


COMPTES_DEMO = (
    CompteDemo("romain@marose.example", "Romain", "Gestionnaire de MAROSE FORMATION"),
    CompteDemo("delegue@marose.example", "Camille", "Délégataire de MAROSE FORMATION"),
    CompteDemo("delegue2@marose.example", "Hugo", "Délégataire de MAROSE FORMATION"),
    CompteDemo("karine@guy.example", "Karine", "Gestionnaire de FORMATION GUY"),
    CompteDemo("stephanie@formateurs.example", "Stéphanie", "Formateur (STE10001)"),
    CompteDemo("deux@roles.example", "Hélène", "Gestionnaire de MAROSE FORMATION et formateur (DUO10002)"),
    CompteDemo("admin@certif.example", "Alix", "Administrateur"),
)
