"""The public page that says whether a certificate is genuine."""

from certif.web.verification.vues import bp

__all__ = ["bp"]
