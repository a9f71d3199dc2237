"""ENTITÉS."""
