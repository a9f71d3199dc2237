"""A demande as both sides see it: its lists, its page, its files."""
