"""Logging in and out, choosing a space, finding an unsent form again."""
