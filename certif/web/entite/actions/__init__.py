"""The moves of a session, those that cannot be undone said before."""
