"""The roles that one is offered: shown after login and in « Mon compte », accepted or refused there."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, flash, request, url_for

from certif.domaine.libelles.roles.roles_proposes import ACCEPTEE, REFUS_FAIT, invite_comme
from certif.domaine.roles import reponses
from certif.domaine.une_fois import une_fois
from certif.web.acces import connecte
from certif.web.htmx import redirection
from certif.web.presence import present

bp = connecte(Blueprint("invitations", __name__, url_prefix="/compte/invitations"))


@dataclass(frozen=True, slots=True)
class VueDInvitation:
    """One invitation to answer: what it offers, until when, and its two forms."""

    titre: str
    jusque: datetime
    accepter: str
    refuser: str
    jeton: str


def propositions(individu_id: int) -> list[VueDInvitation]:
    """What this person may answer now."""
    return [
        VueDInvitation(
            invite_comme(p.organisation, p.role, p.fin_le),
            p.expire_le,
            url_for("invitations.accepter", propose_id=p.id),
            url_for("invitations.refuser", propose_id=p.id),
            secrets.token_urlsafe(32),
        )
        for p in reponses.attendues(individu_id)
    ]


@bp.post("/<int:propose_id>/accepter")
def accepter(propose_id: int) -> Response:
    """Take the role, and go where it opens."""
    qui = present().individu_id
    entite_id = une_fois(qui, _jeton(), lambda: reponses.accepter(qui, propose_id))
    flash(ACCEPTEE, "succes")
    return redirection(f"/entite/{entite_id}/")


@bp.post("/<int:propose_id>/refuser")
def refuser(propose_id: int) -> Response:
    """Say no."""
    qui = present().individu_id

    def dire_non() -> int:
        reponses.refuser(qui, propose_id)
        return propose_id

    une_fois(qui, _jeton(), dire_non)
    flash(REFUS_FAIT, "succes")
    return redirection(url_for("compte.accueil"))


def _jeton() -> str:
    return request.form.get("jeton", "")
