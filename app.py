"""The WSGI application."""

from certif import create_app

app = create_app()
