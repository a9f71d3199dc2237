"""The verbs of a session, one module per moment: saisie, formateur, stagiaires, soumission, resultats, suppression."""
