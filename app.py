"""The WSGI application."""

from certif.ouverture import creer

app = creer()
