"""The tab "Stagiaires" of the formateur: the results."""
