"""A table that a form sends: a file in `fichier`, or lines pasted in `lignes`.

What was read of it may wait for its sender, encrypted, between two of their requests: no name stands in an
address.
"""

import base64
import json
import zlib
from collections.abc import Callable
from typing import Any

from flask import request

from certif.domaine.acces import formulaires_gardes
from certif.domaine.erreurs import SaisieInvalide, ServiceIndisponible
from certif.domaine.libelles import saisie as textes
from certif.socle.tableur import tableur
from certif.socle.tableur.tableur import Table
from certif.web.acces import acteur
from certif.web.connexion import config

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


def garder(contenu: Any, adresse: str, cle: str = "") -> str | None:
    """Keep this, which JSON writes, for who asks, for 15 minutes; its key, or None if it is too much.

    `adresse` is the page that it belongs to; `cle`: what it replaces, under the same key.
    """
    serre = base64.b64encode(zlib.compress(json.dumps(contenu).encode())).decode("ascii")
    return formulaires_gardes.conserver(
        acteur().individu_id, adresse, [("lignes", serre)], config().cle_secrete, a_la_place_de=cle
    )


def retrouver(cle: str, adresse: str) -> Any:
    """What was kept under this key for this very person and this page; None if it no longer is."""
    saisie = formulaires_gardes.retrouver(cle, acteur().individu_id, config().cle_secrete) if cle else None
    if saisie is None or saisie.adresse != adresse:
        return None
    return json.loads(zlib.decompress(base64.b64decode(dict(saisie.champs)["lignes"])))


def oublier(cle: str) -> None:
    """Erase what was kept under this key."""
    if cle:
        formulaires_gardes.oublier(cle, acteur().individu_id)
