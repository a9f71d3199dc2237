"""A tab of the entité as it is now, for who has it open from before."""

from collections.abc import Callable

from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.portee import charger_pour_lire
from certif.web.acces import acteur
from certif.web.entite.certificats.page import fragments_telechargements
from certif.web.entite.formateur import fragments_formateur
from certif.web.entite.session.onglets import onglets_entite
from certif.web.entite.session.page import fragments_session
from certif.web.entite.stagiaires.page import fragments_stagiaires
from certif.web.htmx import Fragment
from certif.web.pages_ouvertes import relire_par
from certif.web.sessions.cadre import cadre, fragments_du_cadre

_ONGLETS: dict[str, Callable[[SessionCertification], list[Fragment]]] = {
    "session": fragments_session,
    "formateur": fragments_formateur,
    "stagiaires": lambda s: fragments_stagiaires(s, acteur()),
    "telechargements": fragments_telechargements,
}


def relire(numero: int, onglet: str) -> list[Fragment]:
    """The tab and its frame.

    Raises:
        Introuvable: not this actor's session.
    """
    session_certif = charger_pour_lire(acteur(), numero)
    if onglet not in _ONGLETS:
        return fragments_du_cadre(cadre(session_certif, acteur(), onglets_entite(session_certif, onglet)))
    return _ONGLETS[onglet](session_certif)


relire_par("entite", relire)
