"""PLATEFORME: why a session is where it is, by its number (R9); never who its stagiaires are."""

import re

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from certif.domaine.exploitation.pourquoi import expliquer
from certif.domaine.exploitation.traces import Disparue
from certif.domaine.libelles import exploitation as textes
from certif.web.acces import acteur
from certif.web.administration.accueil import bp
from certif.web.administration.sessions.vue import vue_de, vue_de_la_disparue
from certif.web.entiers import lire_entier
from certif.web.htmx import redirection

_PREFIXE = re.compile(r"(?:session)?\s*(?:n[°ºo.]?)?\s*", re.IGNORECASE)


@bp.get("/sessions")
def sessions() -> ResponseReturnValue:
    """Where a number is typed; leads to its page."""
    if "numero" not in request.args:
        return render_template("administration/session.html", textes=textes)
    ecrit = request.args["numero"][:40]
    numero = lire_entier(_PREFIXE.sub("", ecrit.strip(), count=1).replace("\u202f", "").replace(" ", ""))
    if numero is None:
        page = render_template(
            "administration/session.html", textes=textes, ecrit=ecrit, erreurs=[textes.NUMERO_ILLISIBLE]
        )
        return page, 422
    return redirection(url_for("administration.session", numero=numero))


@bp.get("/sessions/<int:numero>")
def session(numero: int) -> ResponseReturnValue:
    """The session of this number, or what is left to say of it."""
    trouvee = expliquer(acteur(), numero)
    vue = disparue = None
    if isinstance(trouvee, Disparue):
        disparue = vue_de_la_disparue(trouvee)
    elif trouvee is not None:
        vue = vue_de(trouvee)
    return render_template(
        "administration/session.html",
        textes=textes,
        ecrit=str(numero),
        numero=numero,
        vue=vue,
        disparue=disparue,
    )
