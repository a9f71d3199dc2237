"""The overview, for the gestionnaires: a délégataire has but their own sessions, which the lists show."""

import re
from datetime import date

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from certif.domaine.acteur import TypeRole
from certif.domaine.libelles.sessions import ensemble as textes
from certif.domaine.sessions.ensemble.mois import SESSIONS_MAX
from certif.socle.horloge import aujourd_hui
from certif.web.acces import acteur, exige
from certif.web.document import reponse_classeur
from certif.web.entite.blueprint import bp
from certif.web.entite.ensemble.vue import vue_ensemble

ADRESSE = "/vue-d-ensemble"
_MOIS = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")


@bp.get(ADRESSE)
@exige(TypeRole.GESTIONNAIRE)
def ensemble(entite_id: int) -> ResponseReturnValue:
    """What waits, what ends, and one month."""
    vue = vue_ensemble(acteur(), entite_id, _mois_demande())
    return render_template("entite/ensemble.html", vue=vue, textes=textes)


@bp.get(f"{ADRESSE}/classeur")
@exige(TypeRole.GESTIONNAIRE)
def ensemble_classeur(entite_id: int) -> Response:
    """The same tables as a workbook, with more of the month."""
    vue = vue_ensemble(acteur(), entite_id, _mois_demande(), SESSIONS_MAX)
    return reponse_classeur(vue.feuilles, f"vue-d-ensemble-{vue.mois:%Y-%m}.xlsx")


def _mois_demande() -> date:
    """The first day of the month that the address names, as `2026-11`; of this month for anything else."""
    lu = _MOIS.fullmatch(request.args.get("mois", ""))
    return date(int(lu[1]), int(lu[2]), 1) if lu and lu[0].isascii() else aujourd_hui().replace(day=1)
