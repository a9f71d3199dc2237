"""A demande d'habilitation as both sides see it: its lists, its page, its files."""
