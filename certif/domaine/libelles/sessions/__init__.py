"""The words of sessions, on either side."""
