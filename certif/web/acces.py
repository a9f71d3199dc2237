"""Who may reach a view. Nobody, until a decorator says otherwise.

    bp = exige(TypeRole.GESTIONNAIRE, TypeRole.DELEGATAIRE)(Blueprint("entite", __name__, ...))

    @bp.post("/utilisateurs")
    @exige(TypeRole.GESTIONNAIRE)      # stronger than the blueprint's
    def ajouter_utilisateur(entite_id: int) -> Response: ...

What the role does not open does not exist: 404. Nothing here reads an `HX-*` header to decide who comes in.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import structlog
from flask import Blueprint, Flask, current_app, g, request, session
from flask.typing import ResponseReturnValue
from flask.wrappers import Response
from sqlalchemy.exc import SQLAlchemyError

from certif.domaine.acces.espaces import Espace, Personne, espaces, noter_la_venue
from certif.domaine.acces.second_facteur import facteurs_de
from certif.domaine.acteur import ROLES_ENTITE, Acteur, TypeRole
from certif.domaine.erreurs import ActionImpossible, Introuvable
from certif.domaine.libelles.personnes import entite_suspendue
from certif.web.connexion import config, inviter_a_se_connecter, personne, redemander_la_cle, retenir_la_page
from certif.web.htmx import est_fragment, redirection

Cible = TypeVar("Cible", bound=Blueprint | Callable[..., Any])

SECOND_FACTEUR = "/compte/double-authentification"
"""Where an administrateur who shows none is sent."""

MOT_DE_PASSE = "/compte/mot-de-passe"
"""Where somebody who became an administrateur with a shorter password is sent."""

_VISITE = "espace"
"""In the session: the space that was visited last."""

_journal = structlog.get_logger(__name__)

METHODES_SURES = frozenset({"GET", "HEAD"})


@dataclass(frozen=True, slots=True)
class Acces:
    """What a view asks for: nothing (`public`), a login (`roles` empty), or one of these roles."""

    public: bool = False
    roles: frozenset[TypeRole] = frozenset()


def public(cible: Cible) -> Cible:
    """Open to anyone, logged in or not."""
    return _marquer(cible, Acces(public=True))


def connecte(cible: Cible) -> Cible:
    """Open to any logged-in person, outside of any space: `g.acteur` is not set."""
    return _marquer(cible, Acces())


def exige(*roles: TypeRole) -> Callable[[Cible], Cible]:
    """Open to an active role among these, in the space of the address: `g.acteur` and `g.espace` are set.

    With an `entite_id` in the address, the role is the one held in that very entité. On a view of a
    blueprint that has its own `exige`, both must be met.
    """
    if not roles:
        raise ValueError("exige() needs a role")

    def decorer(cible: Cible) -> Cible:
        return _marquer(cible, Acces(roles=frozenset(roles)))

    return decorer


def sans_ecriture(vue: Cible) -> Cible:
    """Mark a POST that changes nothing (a search by name): a suspended entité keeps it (R17)."""
    vue._sans_ecriture = True  # type: ignore[union-attr]
    return vue


def meme_suspendue(vue: Cible) -> Cible:
    """Mark a POST that only takes back what the entité gave: a suspended one still can (R17)."""
    return sans_ecriture(vue)


def acces_de(app: Flask, endpoint: str) -> Acces | None:
    """What this endpoint asks for; None means that nobody may reach it."""
    vue = app.view_functions[endpoint]
    propre: Acces | None = getattr(vue, "_acces", None)
    blueprint = app.blueprints.get(endpoint.rpartition(".")[0])
    commun: Acces | None = getattr(blueprint, "_acces", None)
    if propre is None or commun is None:
        return propre or commun
    if propre.roles and commun.roles:
        return Acces(roles=propre.roles & commun.roles) if propre.roles & commun.roles else None
    return propre


def demande_une_connexion(endpoint: str | None) -> bool:
    """Whether this endpoint is there, but not for whom nobody knows."""
    acces = acces_de(current_app, endpoint) if endpoint else None
    return acces is not None and not acces.public


def acteur() -> Acteur:
    """The actor of this request, in a view under `@exige`."""
    return cast(Acteur, g.acteur)


def espace() -> Espace:
    """The space of this request, in a view under `@exige`."""
    return cast(Espace, g.espace)


def acteur_peut_ecrire() -> bool:
    """Whether this request's space may change anything: a suspended entité reads and downloads only (R17)."""
    return not espace().suspendue


def du_compte() -> bool:
    """Whether this is a page of one's account: it asks for a login, and stands outside of any space."""
    return request.endpoint is not None and acces_de(current_app, request.endpoint) == Acces()


def cadre() -> Espace | None:
    """The space whose menu stands around this page: its own; on a page of one's account, the last visited.

    None where there is none, or where this login may not stand in any.
    """
    if g.get("espace") or not du_compte():
        return cast(Espace | None, g.get("espace"))
    ouverts = [e for e in mes_espaces() if not second_facteur_manque(e) and not mot_de_passe_trop_court(e)]
    visite = session.get(_VISITE)
    return next((e for e in ouverts if _marque(e) == visite), ouverts[0] if ouverts else None)


def mes_espaces() -> Sequence[Espace]:
    """Every space of the logged-in person, read once per request; none when nobody is logged in.

    Outside of any space, it is read when it is asked for: a request may have changed it.
    """
    if "mes_espaces" not in g:
        present = personne()
        g.mes_espaces = espaces(present.individu_id) if present else []
    return cast(Sequence[Espace], g.mes_espaces)


def second_facteur_manque(candidat: Espace) -> bool:
    """Whether this login, opened with the password alone, may not stand there."""
    present = personne()
    return _gardee(candidat) and (present is None or not present.second_facteur)


def mot_de_passe_trop_court(candidat: Espace) -> bool:
    """Whether this person's password, chosen before they had that space, is too short for it."""
    present = personne()
    return _gardee(candidat) and (present is None or not present.mot_de_passe_long)


def installer(app: Flask) -> None:
    """Judge every request before its view."""
    app.before_request(_juger)
    app.after_request(_noter_la_venue)


def _juger() -> ResponseReturnValue | None:
    g.acteur = g.espace = None
    if request.endpoint is None:  # Flask answers 404 or 405 by itself
        return None
    acces = acces_de(current_app, request.endpoint)
    if acces is None:
        raise Introuvable
    if acces.public:
        return None
    present = personne()
    if present is None:
        return inviter_a_se_connecter()
    if acces.roles:
        g.mes_espaces = present.espaces
        _entrer(present, acces.roles)
        if second_facteur_manque(espace()):
            if est_fragment() and facteurs_de(present.individu_id).cles:
                return redemander_la_cle()
            retenir_la_page()
            return redirection(SECOND_FACTEUR)
        if mot_de_passe_trop_court(espace()):
            retenir_la_page()
            return redirection(MOT_DE_PASSE)
        _retenir_l_espace()
    return None


def _retenir_l_espace() -> None:
    """Whoever has several finds again, around the pages of their account, the one they come from."""
    if len(mes_espaces()) > 1 and session.get(_VISITE) != _marque(espace()):
        session[_VISITE] = _marque(espace())


def _marque(un_espace: Espace) -> str:
    return f"{un_espace.role.value} {un_espace.entite_id or ''}"


def _noter_la_venue(reponse: Response) -> Response:
    """Once a page is made: that it could not be noted who came keeps nobody from reading it."""
    entre = g.get("espace")
    present = personne() if entre and reponse.status_code < 400 else None
    if present and entre:
        try:
            noter_la_venue(present, entre)
        except SQLAlchemyError:
            _journal.warning("venue non notée")
    return reponse


def _gardee(candidat: Espace) -> bool:
    """An administrateur's space asks for more, except in a demonstration: its visitors only visit."""
    return candidat.role is TypeRole.ADMINISTRATEUR and not config().demonstration


def _entrer(present: Personne, roles: frozenset[TypeRole]) -> None:
    """Set the actor, or answer that the page does not exist."""
    trouve = next((e for e in mes_espaces() if _convient(e, roles)), None)
    if trouve is None:
        raise Introuvable
    g.espace, g.acteur = trouve, trouve.acteur
    vue = current_app.view_functions[cast(str, request.endpoint)]
    ecrit = request.method not in METHODES_SURES and not getattr(vue, "_sans_ecriture", False)
    if ecrit and not acteur_peut_ecrire():
        raise ActionImpossible(entite_suspendue(trouve.entite))


def _convient(candidat: Espace, roles: frozenset[TypeRole]) -> bool:
    if candidat.role not in roles:
        return False
    entite_id = (request.view_args or {}).get("entite_id")
    if candidat.role in ROLES_ENTITE:
        return entite_id is not None and candidat.entite_id == entite_id
    return entite_id is None or candidat.role is TypeRole.ADMINISTRATEUR


def _marquer(cible: Cible, acces: Acces) -> Cible:
    cible._acces = acces  # type: ignore[union-attr]
    return cible
