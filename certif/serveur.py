"""Settings of gunicorn (`gunicorn -c python:certif.serveur app:app`)."""

import gc
import os
from datetime import timedelta
from typing import Any

import structlog
from gunicorn.glogging import Logger
from sqlalchemy.orm import configure_mappers

from certif.config import Config
from certif.ouverture import exiger_une_base_entiere
from certif.socle.observation import journalisation, mesures

_config = Config.lire(os.environ)
_journal = structlog.get_logger("acces")


class Journal(Logger):
    """Sends what gunicorn says through our scrubber; an access line has no address and no query string."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        journalisation.regler(json=not _config.demonstration)
        for journal in (self.error_log, self.access_log):
            journal.handlers.clear()
            journal.propagate = True

    def access(self, resp: Any, _req: Any, environ: dict[str, Any], request_time: timedelta) -> None:
        if environ["PATH_INFO"] == "/sante":  # asked for all the time, and logged there when it changes
            return
        _journal.info(
            "acces",
            methode=environ["REQUEST_METHOD"],
            chemin=environ["PATH_INFO"],
            statut=resp.status.split()[0],
            octets=getattr(resp, "sent", None),
            ms=round(request_time.total_seconds() * 1000),
        )


def on_starting(serveur: Any) -> None:
    """The first process of the site starts; what it has loaded is its children's for ever.

    Nobody looks for garbage in it again: that would stop all threads of a process, for a tenth of a second.
    """
    exiger_une_base_entiere(serveur.app.wsgi())
    configure_mappers()
    gc.collect()
    gc.freeze()
    mesures.oublier_les_morts(_config.donnees / "mesures")


bind = _config.prise
worker_class = "certif.socle.guichet.Guichet"
# Loaded once, then forked: no connection is open yet, and the processes share what they only read.
preload_app = True
workers = _config.processus
# Only a few work at a time; the others wait for clients that are slow, within the bounds of Guichet.
threads = _config.fils
# A file is written as everything else is, at the pace that is checked.
sendfile = False
timeout = 60
graceful_timeout = 10
umask = 0o077
logger_class = Journal
control_socket_disable = True
# Proxies are believed by the application itself, to the depth of CERTIF_PROXYS.
forwarded_allow_ips = ""
