"""The filters of a list of sessions, as its address writes them.

An address is read with indulgence: a value that makes no sense is as if it were absent. A person's name
never stands in one.
"""

from collections.abc import Mapping
from urllib.parse import urlencode

from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.listes import Filtres, Liste, Tri
from certif.web.adresses import ecrire_place, lire_place

TEXTE_MAX = 80


def lire_filtres(liste: Liste, arguments: Mapping[str, str]) -> Filtres:
    """Filters from the query of an address."""
    etats, tris = {e.value: e for e in Etat}, {t.value: t for t in Tri}
    return Filtres(
        liste=liste,
        etat=etats.get(arguments.get("etat", "")),
        par_moi=arguments.get("par") == "moi",
        recherche=lire_texte(arguments.get("recherche", "")),
        tri=tris.get(arguments.get("tri", ""), Tri.NUMERO),
        decroissant=arguments.get("sens") == "desc",
        place=lire_place(arguments.get("page", "")),
    )


def lire_texte(texte: str) -> str:
    """What was typed in a search box: 80 characters at most, without what no keyboard types."""
    return "".join(c for c in texte[: 4 * TEXTE_MAX] if c.isprintable()).strip()[:TEXTE_MAX]


def parametres(filtres: Filtres) -> dict[str, str]:
    """The query of these filters; what goes without saying is left out."""
    complets = {
        "recherche": filtres.recherche,
        "etat": filtres.etat.value if filtres.etat else "",
        "par": "moi" if filtres.par_moi else "",
        "tri": filtres.tri.value if filtres.tri is not Tri.NUMERO else "",
        "sens": "desc" if filtres.decroissant else "",
        "page": ecrire_place(filtres.place),
    }
    return {nom: valeur for nom, valeur in complets.items() if valeur}


def adresse_de(adresse: str, filtres: Filtres) -> str:
    """This address with the query of these filters."""
    requete = urlencode(parametres(filtres))
    return f"{adresse}?{requete}" if requete else adresse
