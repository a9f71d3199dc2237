"""The verbs of a session: one module per moment of its life."""
