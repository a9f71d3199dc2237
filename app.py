"""The WSGI application; what is wrong with its settings is said in a few lines, without a trace."""

from certif import create_app
from certif.config import ConfigurationInvalide

try:
    app = create_app()
except ConfigurationInvalide as erreur:
    raise SystemExit(str(erreur)) from None
