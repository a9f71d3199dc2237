"""What anybody may ask of the site itself: whom it leaves out, and what it keeps of people."""

from itertools import groupby

from flask import Blueprint, render_template

from certif.domaine import conservation
from certif.web.acces import public

bp = public(Blueprint("mentions", __name__))


@bp.get("/accessibilite")
def accessibilite() -> str:
    """What was checked, what was not, and whom to tell."""
    return render_template("mentions/accessibilite.html")


@bp.get("/confidentialite")
def confidentialite() -> str:
    """What is kept of whom, for how long, and who reads it; the delays are those of the rules."""
    lignes = conservation.LIGNES
    return render_template(
        "mentions/confidentialite.html",
        gardes=lignes,
        groupes=[(qui, list(siennes)) for qui, siennes in groupby(lignes.values(), lambda li: li.de_qui)],
    )
