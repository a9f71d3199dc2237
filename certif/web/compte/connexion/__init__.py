"""Logging in, and the form that was being typed when a login ended."""
