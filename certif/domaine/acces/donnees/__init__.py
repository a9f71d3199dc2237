"""The passwords that are tried first."""
