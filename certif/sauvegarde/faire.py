"""Making a backup: the rows as they were at one moment, then the files that they speak of."""

import gzip
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pyrage.x25519 import Recipient
from sqlalchemy import Connection

from certif.sauvegarde import compteurs, rangees
from certif.sauvegarde.archive import Partie, chiffrer
from certif.sauvegarde.preuve import Preuve
from certif.socle import stockage
from certif.socle.horloge import instant_reel
from certif.socle.stockage import ObjetAbsent

CONSERVATION = timedelta(days=14)
"""R18: how long backups are kept."""
FORMAT = 1
MANIFESTE, FIN, LIGNES, FICHIERS = "manifeste.json", "fin.json", "lignes", "fichiers"
"""What the parts are called; the rows and the files stand in folders."""

_NOM = "certif-%Y%m%dT%H%M%SZ.tar.age"


class SauvegardeEnCours(Exception):
    """Another one began in this folder in the same second."""


@dataclass
class Compte:
    """What a backup holds."""

    lignes: int = 0
    fichiers: int = 0

    def en_json(self) -> dict[str, int | str]:
        """As the last part says it."""
        return {"lignes": self.lignes, "fichiers": self.fichiers}


def sauvegarder(dossier: Path, destinataires: Sequence[Recipient]) -> tuple[Path, Compte]:
    """Write a backup of this moment into the folder.

    It appears whole or not at all, readable by its owner only, who still needs the key. Needs an application
    context, outside any transaction; nobody is held up.

    Raises:
        SauvegardeEnCours: another one does just this.
        OSError: the folder refuses, or has no room left.
        StockageIndisponible: the files cannot be read.
    """
    dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
    fichier = dossier / instant_reel().astimezone(UTC).strftime(_NOM)
    inacheve = fichier.with_suffix(".inacheve")
    compte = Compte()
    try:
        ouvert = os.open(inacheve, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as erreur:
        raise SauvegardeEnCours from erreur
    try:
        with os.fdopen(ouvert, "wb") as sortie:
            chiffrer(_parties(compte), sortie, destinataires)
            sortie.flush()
            os.fsync(sortie.fileno())
        inacheve.replace(fichier)
    finally:
        with suppress(OSError):
            inacheve.unlink(missing_ok=True)
    return fichier, compte


def retirer_les_perimees(dossier: Path) -> list[str]:
    """Remove the backups of this folder that are 14 days old (R18), and what one that was cut off left.

    Be there another one or not: what is past its term goes. The names of those that cannot be removed.
    """
    limite, restees = instant_reel() - CONSERVATION, []
    for fichier in sorted(dossier.glob("certif-*.tar.*")):
        with suppress(ValueError):
            if datetime.strptime(fichier.with_suffix(".age").name, _NOM).replace(tzinfo=UTC) <= limite:
                try:
                    fichier.unlink(missing_ok=True)
                except OSError:
                    restees.append(fichier.name)
    return restees


def _parties(compte: Compte) -> Iterator[Partie]:
    """All of them, then the last one, which counts and proves the others."""
    preuve = Preuve()
    for partie in _contenu(compte):
        preuve.commencer(partie.nom, partie.taille)
        yield partie._replace(morceaux=preuve.suivre(partie.morceaux))
    yield _partie(FIN, json.dumps(compte.en_json() | {"preuve": preuve.valeur()}).encode())


def _contenu(compte: Compte) -> Iterator[Partie]:
    with rangees.instantane() as connexion:
        yield _partie(MANIFESTE, _manifeste(connexion))
        for table in rangees.tables(connexion):
            for rang, lot in enumerate(rangees.lire(connexion, table)):
                compte.lignes += len(lot)
                noms = [colonne.name for colonne in table.columns]
                contenu = gzip.compress(rangees.en_texte([noms, *lot]), 1, mtime=0)
                yield _partie(f"{LIGNES}/{table.name}/{rang:06}.jsonl.gz", contenu)
    for cle in stockage.lister():
        # What was erased since the rows were read is due to nobody any more.
        with suppress(ObjetAbsent):
            taille, morceaux = stockage.ouvrir(cle)
            compte.fichiers += 1
            yield Partie(f"{FICHIERS}/{cle}", taille, morceaux)


def _manifeste(connexion: Connection) -> bytes:
    dit = {
        "format": FORMAT,
        "faite_le": instant_reel().isoformat(),
        "version": rangees.version(connexion),
        "compteurs": compteurs.lire(connexion),
    }
    return json.dumps(dit).encode()


def _partie(nom: str, contenu: bytes) -> Partie:
    return Partie(nom, len(contenu), [contenu])
