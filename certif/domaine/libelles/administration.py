"""The administrateur's words."""

from certif.domaine.libelles.typographie import francais

DEJA_SUSPENDUE = francais("Cette entité est déjà suspendue : levez d'abord sa suspension.")
NON_SUSPENDUE = francais("Cette entité n'est pas suspendue.")
EFFET_DE_LA_SUSPENSION = francais(
    "À compter de ce jour, l'entité peut lire et télécharger, rien d'autre ; "
    "ses formateurs ne peuvent plus envoyer de résultats."
)
INVITER_UN_GESTIONNAIRE = francais(
    "Si cette adresse n'a pas encore de compte, une invitation valable sept jours lui est envoyée."
)
ANCIENS_NOMS = francais("Certificats délivrés sous une autre raison sociale")
PRECISIONS_AIDE = francais("Gardées avec la session, jamais montrées au public. 500 caractères au plus.")
OBJETS_DU_JOURNAL = {
    "session": "Session",
    "entite": francais("Entité"),
    "nom_commercial": "Nom commercial",
    "individu": "Individu",
    "demande": "Demande",
    "habilitation": "Habilitation",
    "qualification": "Qualification",
    "plateforme": francais("Plateforme"),
    "dispositif": "Dispositif",
    "certificat": "Certificat",
    "referentiel": francais("Référentiel"),
}
"""What lines are about, as the journal calls it."""
