"""The demonstration's mailbox: what would have been sent. Not registered in production."""

from flask import Blueprint, render_template

from certif.domaine.courriers.actions import courrier, derniers_courriers
from certif.domaine.erreurs import Introuvable
from certif.web.acces import public

bp = public(Blueprint("demo", __name__, url_prefix="/demo"))


@bp.get("/courriers")
def courriers() -> str:
    """The last mails, latest first."""
    return render_template("demo/courriers.html", courriers=derniers_courriers())


@bp.get("/courriers/<int:courrier_id>")
def lire(courrier_id: int) -> str:
    """One mail, as text."""
    trouve = courrier(courrier_id)
    if trouve is None:
        raise Introuvable
    return render_template("demo/courrier.html", courrier=trouve)
