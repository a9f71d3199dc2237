"""The key that seals this installation's documents: from a file, or made once; its end told in time."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import structlog

from certif.documents.sceau import cle_de_sceau
from certif.documents.sceau.cle_de_sceau import CleDeSceau, CleInutilisable
from certif.documents.sceau.sceau import Sceau
from certif.domaine.acteur import TypeRole
from certif.domaine.courriers.actions import Lettre, ecrire_toutes
from certif.domaine.libelles.cadre_des_courriers import corps
from certif.domaine.libelles.certificats import generation as textes
from certif.domaine.personnes.titulaires import presents
from certif.domaine.temps import date_de
from certif.socle import cles
from certif.socle.adresses import adresse
from certif.socle.horloge import instant_reel

_journal = structlog.get_logger(__name__)
_lire: Callable[[], bytes] | None = None
_mot_de_passe: str | None = None
_cle: CleDeSceau | None = None
_sceau: Sceau | None = None


def regler(fichier: Path | None, mot_de_passe: str | None, demonstration: Path) -> None:
    """Set the PKCS#12 file once at start; without one, the demonstration makes and keeps its own."""
    global _lire, _mot_de_passe, _cle, _sceau
    _lire = fichier.read_bytes if fichier else lambda: cles.conserver(demonstration, _fabriquer)
    _mot_de_passe = mot_de_passe
    _cle = _sceau = None


def cle() -> CleDeSceau:
    """The key, read at the first call.

    Raises:
        CleInutilisable: the file cannot be read or holds no key that can seal.
        RuntimeError: `regler` was not called.
    """
    global _cle
    if _cle is None:
        if _lire is None:
            raise RuntimeError("no sealing key is set")
        try:
            _cle = cle_de_sceau.lire(_lire(), _mot_de_passe)
        except OSError as erreur:
            raise CleInutilisable(textes.sceau_illisible()) from erreur
    return _cle


def sceau() -> Sceau:
    """What seals with it, prepared at the first call. Raises as `cle`."""
    global _sceau
    if _sceau is None:
        _sceau = Sceau(cle())
    return _sceau


def empechement() -> str | None:
    """Why nothing can be sealed now, in a sentence for the page (R6); None when the key may seal."""
    try:
        return None if cle().utilisable(instant_reel()) else textes.sceau_expire()
    except CleInutilisable:
        return textes.sceau_illisible()


def avertissement() -> str | None:
    """For whoever runs the application: the key ends within sixty days, or cannot be used; else None."""
    try:
        fin = fin_proche()
    except CleInutilisable as erreur:
        return erreur.raison
    return None if fin is None else textes.sceau_finit_le(fin)


def fin_proche() -> date | None:
    """The last day of the key when it is less than sixty days away, or past; else None. Raises as `cle`."""
    actuelle = cle()
    return date_de(actuelle.fin) if actuelle.finit_bientot(instant_reel()) else None


def surveiller() -> None:
    """Leave a line in the log while the key is about to end, or cannot be used."""
    if avertissement() is not None:
        _journal.warning("sceau.fin_proche")


def _fabriquer() -> bytes:
    # A little back, for clocks that do not agree.
    return cle_de_sceau.fabriquer(instant_reel() - timedelta(days=1))


def avertir() -> None:
    """Leave a line in the log while the key ends soon or cannot be used; one mail a key to each of them."""
    surveiller()
    with suppress(CleInutilisable):
        if fin := fin_proche():
            _ecrire(fin)


def _ecrire(fin: date) -> None:
    message = corps(textes.sceau_finit_le(fin), adresse("/administration/"))
    ecrire_toutes(
        [
            Lettre(f"sceau:{fin.isoformat()}", administrateur_id, textes.sujet_du_sceau(fin), message)
            for administrateur_id in presents(TypeRole.ADMINISTRATEUR)
        ]
    )
