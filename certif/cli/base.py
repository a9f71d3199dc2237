"""What commands share: the database and the store made ready, what they refuse, what has to be erased."""

import errno
from collections.abc import Callable
from typing import Any

import click
from sqlalchemy import Inspector, inspect
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError, TimeoutError

from certif.sauvegarde import marque
from certif.sauvegarde.rangees import VERSION_DE_LA_BASE
from certif.socle import stockage
from certif.socle.base.copie_de_base import CopieImpossible
from certif.socle.base.extensions import db
from certif.socle.stockage import StockageIndisponible

_REFUS = "DATABASE_URL : la base de données ne répond pas, ou refuse."
_RAISONS = {
    errno.ENOSPC: "il n’y a plus de place",
    errno.EDQUOT: "il n’y a plus de place",
    errno.EACCES: "l’accès est refusé",
    errno.EPERM: "l’accès est refusé",
    errno.EROFS: "le disque est en lecture seule",
    errno.ENOTDIR: "ce n’est pas un dossier",
    errno.ENOENT: "le dossier n’existe pas",
    errno.EEXIST: "un fichier porte déjà ce nom",
    errno.EIO: "le disque est en panne",
}


class Commande(click.Command):
    """One whose refusals by the database or the store are sentences; a fault of ours keeps its trace."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except SQLAlchemyError as erreur:
            if refus := _refus_de_la_base(erreur):
                raise click.ClickException(refus) from erreur
            raise
        except StockageIndisponible as erreur:
            raise click.ClickException(erreur.message) from erreur


def joindre() -> Inspector:
    """What the database holds; a database that does not answer is said by the name of its setting."""
    try:
        return inspect(db.engine)
    except SQLAlchemyError as erreur:
        raise click.ClickException(f"{_REFUS} Rien n’a été changé.") from erreur


def exiger_la_base() -> None:
    """A database that answers, was prepared, and on which no restoration stands unfinished."""
    if not joindre().has_table(VERSION_DE_LA_BASE):
        raise click.ClickException("cette base n’a jamais été préparée : lancez d’abord « preparer ».")
    _exiger_qu_elle_soit_entiere()


def mettre_a_jour(*, avec_copie: bool = True, pendant_une_restauration: bool = False) -> None:
    """The command may be the first one of an installation, or find a backup of an older version.

    What a backup held is not copied: it would outlive the days that backups have (R18).
    """
    from certif import migration

    joindre()
    if not pendant_une_restauration:
        _exiger_qu_elle_soit_entiere()
    try:
        migration.mettre_a_jour(avec_copie=avec_copie)
    except CopieImpossible as erreur:
        raise click.ClickException(
            "la base n’a pas pu être copiée avant sa mise à jour, qui n’a donc pas eu lieu : "
            "faites de la place dans le dossier de CERTIF_DONNEES, puis recommencez."
        ) from erreur


def preparer_le_stockage() -> None:
    """Where there is none yet: those that serve make none, or one that is away would look empty."""
    try:
        stockage.preparer()
    except StockageIndisponible as erreur:
        raise click.ClickException(
            "CERTIF_STOCKAGE : ce dossier ne peut pas être préparé. Il doit exister, ou pouvoir être créé, "
            "et avoir de la place."
        ) from erreur


def effacer(*taches: Callable[[], object]) -> None:
    """Run them all; say so, and fail, when one could not erase everything."""
    rates = []
    for tache in taches:
        try:
            tache()
        except SQLAlchemyError as erreur:
            rates.append(_refus_de_la_base(erreur).rstrip(".") or type(erreur).__name__)
        except Exception as erreur:  # noqa: BLE001 - the next one is due all the same
            rates.append(str(erreur) or type(erreur).__name__)
    if rates:
        raise click.ClickException(f"tout n’a pas pu être effacé : {', '.join(rates)}. Recommencez.")


def raison(erreur: OSError) -> str:
    """What the system refused, in French."""
    return _RAISONS.get(erreur.errno or 0, f"le système refuse (erreur {erreur.errno or 'inconnue'})")


def _exiger_qu_elle_soit_entiere() -> None:
    if refus := marque.refus():
        raise click.ClickException(refus)


def _refus_de_la_base(erreur: SQLAlchemyError) -> str:
    """Why the database failed, told from what it answers now; "" when it is none of its making."""
    from certif import migration

    try:
        ancienne = not inspect(db.engine).has_table(VERSION_DE_LA_BASE) or migration.a_migrer()
    except SQLAlchemyError:
        return _REFUS
    if ancienne:
        return "cette base n’est pas à la version de ce programme : lancez « preparer », puis recommencez."
    return _REFUS if isinstance(erreur, (OperationalError, InterfaceError, TimeoutError)) else ""
