"""The states of a session, as users read them."""

from certif.domaine.sessions.etats import Etat

LIBELLES_ETATS = {
    Etat.SAISIE: "En cours de saisie",
    Etat.VALIDATION_FORMATEUR: "En cours de validation Formateur",
    Etat.VALIDATION_ENTITE: "En cours de validation Entité",
    Etat.GENERATION: "Génération en cours",
    Etat.GENERE: "Certificats générés",
}
