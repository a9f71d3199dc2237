"""Trainees from a list that somebody has: cut, read, judged line by line, then added at once."""
