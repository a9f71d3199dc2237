"""Where the pages of a rubrique are: the space of the address comes along."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import url_for

from certif.web.acces import acteur


def adresse(endpoint: str, **parties: Any) -> str:
    """The address of a view of the present blueprint, in the actor's own entité if the space has one."""
    entite_id = acteur().entite_id
    espace: dict[str, Any] = {"entite_id": entite_id} if entite_id is not None else {}
    return url_for(f".{endpoint}", **espace, **parties)


def parametres(valeurs: Mapping[str, Any]) -> dict[str, str]:
    """The query of an address, without what goes without saying."""
    return {nom: str(valeur) for nom, valeur in valeurs.items() if valeur not in ("", None, False, 1)}
