"""The entité's space."""
