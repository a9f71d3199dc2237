"""Absolute addresses, built from the configured site and never from a request."""

_site = ""


def regler(site: str) -> None:
    """Set the site's address, such as https://certif.example, once at start."""
    global _site
    _site = site.rstrip("/")


def adresse(chemin: str) -> str:
    """The absolute address of a path that begins with a slash."""
    return _site + chemin
