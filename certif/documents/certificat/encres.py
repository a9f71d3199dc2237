"""The colours of certificates and cards: those of each family, and the ink of each text."""

from certif.documents.certificat.places import LIBELLE
from certif.documents.donnees import DonneesCertificat

COMMUN = "commun"
COULEURS = {
    COMMUN: ("#124e5b", "#8fa9af"),
    "secourisme": ("#7a1f2b", "#c2989d"),
    "prap": ("#3f3a7d", "#a9a7c9"),
    "amiante": ("#5c4a1e", "#b9ac8c"),
    "soins": ("#1f5a3c", "#97b5a4"),
    "catec": ("#1f4276", "#9aabc6"),
}
"""Families of certificats, each with its template: the ink of its titles, and its light lines."""

_COURANTE = "#1d2b30"
_DE_LA_FAMILLE = {"entite", "commercial", "titre", "validite", "numero"}
_ENCRES = dict.fromkeys(("annonce", "remise", "porteur", "debut", "qualite"), "#44565c") | {
    "titulaire": "#10181b"
}
_DES_LIBELLES = "#4d5f65"


def famille(d: DonneesCertificat) -> str:
    """The family whose template prints a certificate; one that is unknown is printed by the common one."""
    return d.gabarit if d.gabarit in COULEURS else COMMUN


def couleurs(d: DonneesCertificat) -> tuple[str, str]:
    """The ink and the light lines of its family."""
    return COULEURS[famille(d)]


def encre_de(nom: str, encre: str) -> str:
    """The colour of the text of this name, where the ink of the family is `encre`."""
    if nom in _DE_LA_FAMILLE:
        return encre
    return _DES_LIBELLES if nom.startswith(LIBELLE) else _ENCRES.get(nom, _COURANTE)
