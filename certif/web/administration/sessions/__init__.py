"""One session by its number, without its stagiaires."""
