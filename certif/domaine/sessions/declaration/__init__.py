"""What the entité types of a session: fields read, choices offered, warnings."""
