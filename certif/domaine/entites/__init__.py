"""The organisation: what it is called, its logos, MON ENTITÉ, and ENTITÉS."""
