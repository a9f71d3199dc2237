"""Models: what an entité keeps of a session to open others like it, until it is deleted (R18)."""
