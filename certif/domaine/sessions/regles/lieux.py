"""R13: where a session is held; France and abroad are read by `geographie.communes` and `.pays`."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar

from certif.domaine.erreurs import SaisieInvalide
from certif.domaine.geographie.pays import nom_pays
from certif.domaine.libelles.sessions import refus
from certif.domaine.sessions.valeurs import TypeLieu


class Plateforme(Protocol):
    @property
    def id(self) -> int: ...
    @property
    def debut(self) -> date: ...
    @property
    def fin(self) -> date | None: ...


L = TypeVar("L", bound=Plateforme)


def plateformes_actives(plateformes: Iterable[L], date_fin: date) -> list[L]:
    """Those of the entité, for the dispositif, that are active at F."""
    return [p for p in plateformes if p.debut <= date_fin and (p.fin is None or date_fin <= p.fin)]


def active_entre(plateforme: Plateforme, premier: date, dernier: date) -> bool:
    """Whether it is active on some day between these two, included."""
    return plateforme.debut <= dernier and (plateforme.fin is None or premier <= plateforme.fin)


def verifier_type_de_lieu(lieu_type: str, plateforme_requise: bool) -> None:
    """A dispositif that requires a platform takes nothing else; any other takes none.

    Raises:
        SaisieInvalide: on field `lieu_type`.
    """
    if lieu_type not in list(TypeLieu):
        raise SaisieInvalide({"lieu_type": [refus.LIEU_MANQUANT]})
    if plateforme_requise and lieu_type != TypeLieu.PLATEFORME:
        raise SaisieInvalide({"lieu_type": [refus.LIEU_LIBRE_REFUSE]})
    if not plateforme_requise and lieu_type == TypeLieu.PLATEFORME:
        raise SaisieInvalide({"lieu_type": [refus.PLATEFORME_INUTILE]})


def verifier_plateforme(plateforme_id: int | None, plateformes: Iterable[L], date_fin: date | None) -> L:
    """The chosen platform, among the entité's for the dispositif; active at F once there is one.

    Raises:
        SaisieInvalide: on field `plateforme_id`.
    """
    admises = list(plateformes) if date_fin is None else plateformes_actives(plateformes, date_fin)
    for plateforme in admises:
        if plateforme.id == plateforme_id:
            return plateforme
    raise SaisieInvalide({"plateforme_id": [refus.PLATEFORME_REFUSEE]})


def libelle_du_lieu(
    lieu_type: TypeLieu | None, code_postal: str | None, ville: str | None, pays: str | None
) -> str:
    """A place as shown: "26800 ETOILE SUR RHONE", or town and country abroad; "" if unknown."""
    if lieu_type is TypeLieu.ETRANGER:
        return ", ".join(partie for partie in (ville, nom_pays(pays) if pays else "") if partie)
    return " ".join(partie for partie in (code_postal, ville) if partie)
