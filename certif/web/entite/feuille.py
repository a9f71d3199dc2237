"""The sheet of a session, to print and have signed."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, request, url_for

from certif.domaine.certificats.feuille import DEMI_JOURNEES, DEMI_JOURNEES_D_USAGE, feuille
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.presentation import feuille_utile
from certif.web.acces import acteur
from certif.web.document import afficher_pdf
from certif.web.entite.blueprint import bp

CHAMP = "demi_journees"


@dataclass(frozen=True, slots=True)
class FeuilleOfferte:
    """The small form that asks for it: for how many half-days, one of them offered first."""

    adresse: str
    demi_journees: Sequence[int]
    usage: int


def feuille_offerte(session_certif: SessionCertification) -> FeuilleOfferte | None:
    """What `templates/entite/_feuille.html` reads; None once nothing is left to be signed."""
    if not feuille_utile(session_certif):
        return None
    s = session_certif
    adresse = url_for("entite.telecharger_feuille", entite_id=s.entite_id, numero=s.numero)
    return FeuilleOfferte(adresse, DEMI_JOURNEES, DEMI_JOURNEES_D_USAGE)


@bp.get("/sessions/<int:numero>/feuille")
def telecharger_feuille(entite_id: int, numero: int) -> Response:
    """The PDF, made on request; its name holds nobody's."""
    return afficher_pdf(*feuille(acteur(), numero, _demi_journees()))


def _demi_journees() -> int:
    """As asked, as usual when nothing is; 0, which is refused, for what is no number."""
    texte = request.args.get(CHAMP, str(DEMI_JOURNEES_D_USAGE))
    return int(texte) if texte.isascii() and texte.isdigit() and len(texte) < 3 else 0
