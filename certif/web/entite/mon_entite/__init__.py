"""MON ENTITÉ."""
