"""*Sans réseau*: what a phone may keep, and for how long; without network, what stands for all others."""

from flask import render_template

from certif.domaine.sessions.regles import delais
from certif.web.formateur.blueprint import bp


@bp.get("/telephone")
def telephone() -> str:
    """What is offered; what this phone keeps already is shown by its own script, which alone knows."""
    return render_template(
        "formateur/telephone.html",
        jours=delais.JOURS_SUR_LE_TELEPHONE,
        heures=delais.HEURES_SUR_LE_TELEPHONE,
    )
