"""The tab "Stagiaires"."""
