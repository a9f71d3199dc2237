"""A table that a form sends: a file in `fichier`, or lines pasted in `lignes`."""

from collections.abc import Callable

from flask import request

from certif.domaine.erreurs import SaisieInvalide, ServiceIndisponible
from certif.domaine.libelles import saisie as textes
from certif.socle.tableur import tableur
from certif.socle.tableur.tableur import Table

FICHIER, LIGNES = "fichier", "lignes"


def lire_la_table(decouper: Callable[[str], Table]) -> tuple[Table, str]:
    """The table, and the field that it comes from; `decouper` cuts what was pasted.

    Raises:
        SaisieInvalide: on `fichier` or `lignes`: nothing, both, or no table in there.
        ServiceIndisponible: a file cannot be read now.
    """
    recu, collees = request.files.get(FICHIER), request.form.get(LIGNES, "")
    # Nothing is made of the name that the file comes with.
    fichier = recu.read(tableur.POIDS_MAX + 1) if recu and recu.filename else None
    if fichier is None and not collees.strip():
        raise SaisieInvalide({FICHIER: [textes.FICHIER_ABSENT]})
    if fichier is not None and collees.strip():
        raise SaisieInvalide({FICHIER: [textes.FICHIER_OU_LIGNES]})
    champ = LIGNES if fichier is None else FICHIER
    try:
        return (decouper(collees) if fichier is None else tableur.lire(fichier)), champ
    except tableur.TableurIndisponible as refus:
        raise ServiceIndisponible(refus.message) from refus
    except tableur.TableurRefuse as refus:
        raise SaisieInvalide({champ: [refus.message]}) from refus
