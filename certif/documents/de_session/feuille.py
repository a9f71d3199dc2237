"""Having the sheet of a session made: in a process of its own, like a specimen.

Light: whoever only asks for a sheet loads no layout engine.
"""

import sys
from dataclasses import asdict
from datetime import date
from typing import Any

from certif.documents.de_session.entete import DonneesFeuille, EnTete, Inscrit
from certif.documents.hors_processus import executer, repondre

MODULE = "certif.documents.de_session.feuille"


def demander_feuille(donnees: DonneesFeuille) -> bytes:
    """The PDF of this sheet.

    Raises:
        DocumentIndisponible: it cannot be laid out, or not now.
    """
    return executer(MODULE, _en_json(donnees))


def _en_json(donnees: DonneesFeuille) -> dict[str, Any]:
    return {nom: _iso(valeur) for nom, valeur in asdict(donnees).items()}


def _iso(valeur: Any) -> Any:
    if isinstance(valeur, dict):
        return {nom: _iso(v) for nom, v in valeur.items()}
    if isinstance(valeur, (list, tuple)):
        return [_iso(v) for v in valeur]
    return valeur.isoformat() if isinstance(valeur, date) else valeur


def _de_json(valeurs: dict[str, Any]) -> DonneesFeuille:
    def jour(texte: str | None) -> date | None:
        return date.fromisoformat(texte) if texte else None

    entete = valeurs["entete"]
    return DonneesFeuille(
        **{
            **valeurs,
            "entete": EnTete(**{**entete, "date_fin": jour(entete["date_fin"])}),
            "inscrits": tuple(
                Inscrit(**{**inscrit, "date_naissance": jour(inscrit["date_naissance"])})
                for inscrit in valeurs["inscrits"]
            ),
            "emis_le": date.fromisoformat(valeurs["emis_le"]),
        }
    )


def _fabriquer(valeurs: dict[str, Any]) -> bytes:
    # Only this process needs the layout engine.
    from certif.documents.de_session.emargement import rendre_feuille

    return rendre_feuille(_de_json(valeurs))


if __name__ == "__main__":
    sys.exit(repondre(_fabriquer))
