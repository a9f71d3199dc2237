"""JOURNAL."""
