"""Outages: who waits for what, and who is told."""
