"""The database before a command: reached, brought to its version; and what has to be erased."""

from collections.abc import Callable

import click
from sqlalchemy import Inspector, inspect
from sqlalchemy.exc import SQLAlchemyError

from certif.socle.base.copie_de_base import CopieImpossible
from certif.socle.base.extensions import db


def joindre() -> Inspector:
    """What the database holds; a database that does not answer is said by the name of its setting."""
    try:
        return inspect(db.engine)
    except SQLAlchemyError as erreur:
        raise click.ClickException(
            "DATABASE_URL : la base de données ne répond pas, ou refuse. Rien n’a été changé."
        ) from erreur


def mettre_a_jour(*, avec_copie: bool = True, pendant_une_restauration: bool = False) -> None:
    """The command may be the first one of an installation, or find a backup of an older version.

    What a backup held is not copied: it would outlive the days that backups have (R18).
    """
    from certif import migration
    from certif.sauvegarde.restaurer import inachevee

    joindre()
    if inachevee() and not pendant_une_restauration:
        raise click.ClickException(
            "une restauration a commencé dans cette base et n’a pas été achevée : lancez la commande "
            "« restaurer », sans fichier, puis recommencez."
        )
    try:
        migration.mettre_a_jour(avec_copie=avec_copie)
    except CopieImpossible as erreur:
        raise click.ClickException(
            "la base n’a pas pu être copiée avant sa mise à jour, qui n’a donc pas eu lieu : "
            "faites de la place dans le dossier de CERTIF_DONNEES, puis recommencez."
        ) from erreur


def effacer(*taches: Callable[[], object]) -> None:
    """Run them all; say so, and fail, when one could not erase everything."""
    rates = []
    for tache in taches:
        try:
            tache()
        except Exception as erreur:  # noqa: BLE001 - the next one is due all the same
            rates.append(str(erreur) or type(erreur).__name__)
    if rates:
        raise click.ClickException(f"tout n’a pas pu être effacé : {', '.join(rates)}. Recommencez.")
