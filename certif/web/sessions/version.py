"""What the forms of a session post: the hidden `version`, an answer per trainee."""

from flask import request

from certif.domaine.erreurs import SaisieInvalide
from certif.domaine.libelles.saisie import PAGE_INCOMPLETE

PREFIXE_REPONSE = "resultat-"
"""Before a trainee's id: the field of their answer."""

_LONGUEUR_MAX = 9


def version_postee() -> int:
    """The version that the page showed.

    Raises:
        SaisieInvalide: the field is missing or no number: nobody's page posts that.
    """
    texte = request.form.get("version", "")
    if not (texte.isascii() and texte.isdigit() and len(texte) <= _LONGUEUR_MAX):
        raise SaisieInvalide({"version": [PAGE_INCOMPLETE]})
    return int(texte)
