"""Addresses for the machines that watch the platform: whether it works, what it counts."""
