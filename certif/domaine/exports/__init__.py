"""What somebody takes away with them: a person their data, an entité its own, in tables."""
