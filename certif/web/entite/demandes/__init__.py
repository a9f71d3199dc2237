"""DEMANDES."""
