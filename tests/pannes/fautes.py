"""The faults that are tried, in eleven groups; each names what breaks. The report has a line for each."""

from enum import Enum

GROUPES = {
    1: "the working process",
    2: "the worker",
    3: "nobody works, or badly",
    4: "the queue",
    5: "the same thing twice",
    6: "people, and the purge, meanwhile",
    7: "the database",
    8: "the store",
    9: "the mail server",
    10: "the clock",
    11: "a backup, another version",
    12: "all of it, at random",
}


class Faute(Enum):
    """Group, and what happens."""

    APRES_LA_PRISE = 1, "killed after the claim"
    APRES_LE_RENDU = 1, "killed after a document is drawn"
    EN_PLEINE_ECRITURE = 1, "killed in the middle of a file"
    APRES_L_ECRITURE = 1, "killed after a file is written"
    AVANT_LE_COMMIT = 1, "killed before a commit"
    APRES_LE_COMMIT = 1, "killed after a commit"
    PENDANT_LE_ZIP = 1, "killed while a zip is packed"
    ECHOUE_A_UN_PAS = 1, "fails by itself at a step"
    PLEIN_A_UN_PAS = 1, "no room left at a step"
    LENT_A_UN_PAS = 1, "so slow at a step that another takes over"
    ECHOUE_TOUJOURS = 1, "fails at the same step however often it is tried"

    ENTRE_FILE_ET_TRAVAIL = 2, "killed between taking a job and starting it"
    ENFANT_VIVANT = 2, "killed, its child alive, and a second worker"
    RESERVE_TUEE = 2, "its child that waits for a job killed before one comes"
    DEPLOIEMENT = 2, "SIGTERM to the whole group in a deployment"
    GROUPE_TUE = 2, "the whole group killed"

    PERSONNE = 3, "no worker for an hour"
    STAGIAIRE_EMPOISONNE = 3, "one trainee among fifty whose certificate cannot be made"
    STAGIAIRE_MORTEL = 3, "one trainee among fifty whose certificate kills its process"
    TRAVAIL_FIGE = 3, "a job that hangs"

    FILE_ARRETEE_AU_CLIC = 4, "stopped at the click"
    FILE_ARRETEE_EN_TRAVAIL = 4, "stopped in mid-job"
    FILE_VIDE = 4, "restarted empty"
    FILE_SANS_MEMOIRE = 4, "out of memory"
    FILE_GELEE = 4, "frozen for five seconds"

    LIVRE_DEUX_FOIS = 5, "the same job delivered twice at once"
    VINGT_CLICS = 5, "twenty simultaneous “Générer”"
    DOUBLE_ENVOI = 5, "a form sent twice, and again after the back button"
    DEUX_ONGLETS = 5, "two tabs, two people, two choices"

    STAGIAIRE_MODIFIE = 6, "a trainee edited during a generation"
    FORMATEUR_DESACTIVE = 6, "the formateur deactivated during a generation"
    PURGE_CONTRE_GENERATION = 6, "purge against generation"
    PURGE_CONTRE_TELECHARGEMENT = 6, "purge against download"
    PURGE_DEUX_FOIS = 6, "purge twice, at once"
    PURGE_MANQUEE = 6, "purge missed for three days"
    PURGE_TUEE = 6, "purge killed half-way"

    BASE_REDEMARREE = 7, "restarted"
    VERROU_TENU = 7, "a lock held by somebody else"
    COUPEE_APRES_COMMIT = 7, "connection cut after COMMIT was sent"
    PLUS_DE_CONNEXION = 7, "every connection of the pool taken"
    BASE_VERROUILLEE = 7, "“database is locked” however often it is tried"

    DISQUE_PLEIN = 8, "the disk full"
    LECTURE_SEULE = 8, "turned read-only"
    STOCKAGE_LENT = 8, "slow"
    STOCKAGE_PARTI = 8, "gone for ten minutes, and back"
    OBJET_TRONQUE = 8, "a file cut short"
    OBJET_ALTERE = 8, "a file altered"

    SMTP_REFUSE = 9, "refuses the connection"
    SMTP_FIGE = 9, "hangs"
    SMTP_4XX = 9, "answers 4xx"
    SMTP_5XX = 9, "answers 5xx"
    SMTP_COUPE = 9, "cut after DATA"
    SMTP_TROIS_JOURS = 9, "down for three days"
    COURRIER_TUE = 9, "the process that sends breaks before or after sending"

    UNE_HEURE_EN_ARRIERE = 10, "put back an hour"
    NUITS_DU_CHANGEMENT = 10, "the nights when the hour changes"
    MINUIT = 10, "midnight in Paris"
    VINGT_NEUF_FEVRIER = 10, "29 February"
    FIN_D_ANNEE = 10, "the end of the year"

    SAUVEGARDE_RESTAUREE = 11, "an older backup restored: no number is issued again"
    MIGRATION_EN_MARCHE = 11, "a migration while a worker of the former version works"

    MARCHE = 12, "users, moves, faults and clocks in any order"

    @property
    def groupe(self) -> int:
        return self.value[0]

    @property
    def quoi(self) -> str:
        return self.value[1]
