"""Backups, made and restored."""

from pathlib import Path
from typing import IO

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import OperationalError

from certif.cli.base import effacer, joindre, mettre_a_jour
from certif.config import Config
from certif.socle.stockage import StockageIndisponible

# The imports inside commands keep what they need out of the web processes.


@click.command()
@click.argument("dossier", type=click.Path(file_okay=False, path_type=Path))
@with_appcontext
def sauvegarder(dossier: Path) -> None:
    """Écrit dans DOSSIER une sauvegarde chiffrée ; en retire celles qui ont 14 jours.

    Elle contient la base et les fichiers, tels qu’à cet instant ; la clé privée de CERTIF_CLES_SAUVEGARDE,
    gardée ailleurs, est seule à l’ouvrir.
    """
    from pyrage.x25519 import Recipient

    from certif.sauvegarde import faire

    config: Config = current_app.config["CERTIF"]
    if not config.cles_de_sauvegarde:
        raise click.ClickException("CERTIF_CLES_SAUVEGARDE manque : qui pourrait ouvrir cette sauvegarde ?")
    joindre()
    try:
        destinataires = [Recipient.from_str(cle) for cle in config.cles_de_sauvegarde]
        fichier, compte = faire.sauvegarder(dossier, destinataires)
    except StockageIndisponible as erreur:
        raise click.ClickException(f"rien n’a été écrit. {erreur.message}") from erreur
    except OSError as erreur:
        raise click.ClickException(f"rien n’a été écrit : {erreur.strerror or erreur}.") from erreur
    click.echo(f"{fichier} : {compte.lignes} lignes, {compte.fichiers} fichiers.")


@click.command()
@click.argument("fichier", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--cle", type=click.File(), help="Fichier de la clé privée d’age ; - pour l’entrée standard.")
@click.option("--sans-preuve", is_flag=True, help="Même si CERTIF_CLE_SECRETE n’est plus celle d’alors.")
@with_appcontext
def restaurer(fichier: Path | None, cle: IO[str] | None, sans_preuve: bool) -> None:
    """Remet la sauvegarde FICHIER dans une base vide, puis efface ce qui devait l'être.

    Sans FICHIER, achève une restauration faite autrement. Aucun numéro n’est réattribué. Les connexions sont
    fermées et les codes de remise n’ouvrent plus rien : ce qui l’a été depuis n’est pas dans la copie.
    """
    from certif import rythmes
    from certif.domaine.acces.authentification import fermer_les_connexions_de_tous
    from certif.domaine.certificats.remise.gestion import arreter_tous_les_codes
    from certif.domaine.sessions.numerotation import sauter_des_numeros
    from certif.sauvegarde import restaurer as restauration

    if fichier is not None:
        _remettre(fichier, cle, prouvee=not sans_preuve)
    mettre_a_jour(avec_copie=False, pendant_une_restauration=True)
    dernier = sauter_des_numeros()
    fermer_les_connexions_de_tous()
    arreter_tous_les_codes()
    effacer(rythmes.purger, rythmes.entretenir)
    restauration.terminer()
    click.echo(f"Prêt. La prochaine session portera un numéro supérieur à {dernier}.")


def _remettre(fichier: Path, cle: IO[str] | None, *, prouvee: bool) -> None:
    from certif import migration
    from certif.sauvegarde import restaurer as restauration
    from certif.sauvegarde.archive import SauvegardeIllisible, lire_les_cles

    if cle is None:
        raise click.UsageError("--cle manque : la clé privée qui ouvre cette sauvegarde.")
    joindre()
    try:
        compte = restauration.charger(fichier, lire_les_cles(cle.read()), migration.creer, prouvee=prouvee)
    except SauvegardeIllisible as erreur:
        raise click.ClickException(f"rien n’a été restauré : {erreur.message}") from erreur
    except StockageIndisponible as erreur:
        raise click.ClickException(f"rien n’a été restauré. {erreur.message}") from erreur
    except migration.VersionInconnue as erreur:
        raise click.ClickException(
            "rien n’a été restauré : cette sauvegarde vient d’une version plus récente de Certif."
        ) from erreur
    except restauration.OrigineInconnue as erreur:
        raise click.ClickException(
            "rien n’a été restauré : cette sauvegarde n’a pas été faite avec cette CERTIF_CLE_SECRETE, et "
            "rien ne dit qu’elle vient de cette plateforme. Si vous en êtes sûr, ajoutez --sans-preuve."
        ) from erreur
    except OperationalError as erreur:
        raise click.ClickException("rien n’a été restauré : la base de données ne répond plus.") from erreur
    except restauration.BaseOccupee as erreur:
        raise click.ClickException(
            "cette base n’est pas vide : rien n’a été touché. Donnez à la restauration un dossier de données "
            "neuf (CERTIF_DONNEES), ou une base neuve (DATABASE_URL)."
        ) from erreur
    click.echo(f"Restauré : {compte.lignes} lignes, {compte.fichiers} fichiers.")
