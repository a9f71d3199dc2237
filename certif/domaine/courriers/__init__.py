"""Mails, as rows written with what causes them, and their sending."""
