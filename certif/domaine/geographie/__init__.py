"""Where sessions are held: the towns of France by postcode, and the countries of the world (R13)."""
