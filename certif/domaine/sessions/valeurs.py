"""What the fields of a session may hold where the list is closed, and how it is read."""

from certif.domaine.libelles.ecrans import CHAMPS
from certif.domaine.libelles.typographie import francais
from certif.domaine.valeurs import Valeur


class TypeLieu(Valeur):
    """Where a session is held (R13)."""

    FRANCE = "france", CHAMPS["lieu_france"]
    ETRANGER = "etranger", CHAMPS["lieu_etranger"]
    PLATEFORME = "plateforme", CHAMPS["plateforme_id"]


class Identification(Valeur):
    """What the training is for its trainees; printed on the certificate."""

    INITIAL = "initial", francais("Stage initial")
    MAJ = "maj", francais("Stage de mise à jour des compétences")


class Resultat(Valeur):
    """Of a trainee (R10)."""

    REUSSITE = "reussite", francais("Réussite")
    ECHEC = "echec", francais("Échec")


class MotifEchec(Valeur):
    """Why a trainee failed: for the bilan and the procès-verbal only (R10)."""

    EPREUVES = "epreuves", francais("Épreuves non réussies")
    ABSENT = "absent", francais("Absent")
    PARTI = "parti", francais("Parti avant la fin")


class GenreProposition(Valeur):
    """What the formateur asks for: an identity corrected, one trainee more or less, a field (R5)."""

    CORRIGER = "corriger", francais("À corriger")
    AJOUTER = "ajouter", francais("À ajouter")
    RETIRER = "retirer", francais("À retirer")
    SESSION = "session", francais("Session")


class MotifAnnulation(Valeur):
    """Why a certificate is cancelled: never told to the public (R14)."""

    IDENTITE = "identite", francais("Erreur d'identité")
    DATE = "date", francais("Erreur de date")
    TORT = "tort", francais("Déclaré à tort")
    FRAUDE = "fraude", francais("Fraude")
    AUTRE = "autre", francais("Autre")
