"""The script that stands between a phone and the site, once its formateur asked for it."""

import re
from pathlib import Path

from flask import Response, current_app, make_response

from certif.web.acces import public
from certif.web.formateur.blueprint import bp

PARTIES = ("coffre", "suite", "garde", "echanges", "service")
"""Files of `static/telephone/`, in the order in which each needs those before it."""

_IMPORT = re.compile(r'^import \{[^}]*\} from "[^"]+";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export ", re.MULTILINE)


@bp.get("/telephone/service.js")
@public
def service() -> Response:
    """One script under one address, where browsers look for a newer one; not all take modules there."""
    dossier = Path(current_app.static_folder or "") / "telephone"
    textes = [(dossier / f"{partie}.js").read_text(encoding="utf-8") for partie in PARTIES]
    reponse = make_response('"use strict";\n' + "\n".join(map(_assembler, textes)))
    reponse.mimetype = "text/javascript"
    reponse.headers["Service-Worker-Allowed"] = "/"
    return reponse


def _assembler(module: str) -> str:
    """A module as a part of the whole."""
    return _EXPORT.sub("", _IMPORT.sub("", module))
